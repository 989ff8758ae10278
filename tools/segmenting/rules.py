"""Rules: what describes a cluster, by a shallow tree over conditions that people can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audience.query import Boolean, conditions
from tools.segmenting.base import flat
from tools.segmenting.features import Feature
from tools.segmenting.labels import Label

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Flags = NDArray[numpy.bool_]
    Numbers = NDArray[numpy.float64]

Literals = tuple[tuple[int, bool], ...]  # which flag, and whether it holds


@dataclass(frozen=True)
class Cells:
    """People who are alike in all flags of some features put together, with how many they are."""

    flags: Flags  # one row for each cell, one column for each flag of each feature
    columns: Numbers  # where the cells lie, for clustering
    weights: Numbers
    of: NDArray[numpy.int64]  # the cell of each person


@dataclass(frozen=True)
class Rule:
    """`holds` is by cell; `f1` is against the cluster that it describes, 0 to 1."""

    condition: Boolean
    labels: tuple[Label, ...]
    holds: Flags
    f1: float


def cells_of(features: Sequence[Feature]) -> Cells:
    import numpy

    flags = numpy.column_stack([each for feature in features for each in feature.flags()])
    digits = flags @ (1 << numpy.arange(flags.shape[1], dtype=numpy.int64))
    _, first, of, counts = numpy.unique(
        digits, return_index=True, return_inverse=True, return_counts=True
    )
    columns = numpy.column_stack([each for feature in features for each in feature.columns()])
    return Cells(flags[first], columns[first], counts.astype(float), of.reshape(-1))


def rule_of(
    features: Sequence[Feature], cells: Cells, cluster: Flags, *, most: int, seed: int
) -> Rule | None:
    """The rule of at most `most` conditions that describes the cells of a cluster best."""
    from sklearn.tree import DecisionTreeClassifier

    tree = DecisionTreeClassifier(
        max_depth=most + 1, criterion="entropy", class_weight="balanced", random_state=seed
    ).fit(cells.flags, cluster, sample_weight=cells.weights)
    best: tuple[float, int, Literals] | None = None
    for literals in _paths(tree.tree_):
        shorter = literals
        score = _f1(cells, cluster, _holds(cells, shorter))
        for each in literals:  # what adds nothing is left out
            without = tuple(other for other in shorter if other != each)
            if without and _f1(cells, cluster, _holds(cells, without)) >= score:
                shorter, score = without, _f1(cells, cluster, _holds(cells, without))
        condition, _ = _said(features, shorter)
        if len(conditions(condition)) > most:
            continue
        if best is None or (score, -len(shorter)) > (best[0], -best[1]):
            best = (score, len(shorter), shorter)
    if best is None:
        return None
    condition, labels = _said(features, best[2])
    return Rule(condition, labels, _holds(cells, best[2]), best[0])


def _paths(tree: Any) -> Iterator[Literals]:
    """The way to every node but the root."""
    waiting: list[tuple[int, Literals]] = [(0, ())]
    while waiting:
        node, way = waiting.pop()
        if way:
            yield way
        if tree.children_left[node] >= 0:
            flag = int(tree.feature[node])
            waiting.append((int(tree.children_left[node]), (*way, (flag, False))))
            waiting.append((int(tree.children_right[node]), (*way, (flag, True))))


def _holds(cells: Cells, literals: Literals) -> Flags:
    import numpy

    holds = numpy.ones(len(cells.weights), dtype=bool)
    for flag, wanted in literals:
        holds &= cells.flags[:, flag] == wanted
    return holds


def _f1(cells: Cells, cluster: Flags, holds: Flags) -> float:
    both = float(cells.weights[cluster & holds].sum())
    total = float(cells.weights[cluster].sum() + cells.weights[holds].sum())
    return 2 * both / total if total else 0.0


def _said(features: Sequence[Feature], literals: Literals) -> tuple[Boolean, tuple[Label, ...]]:
    wanted = dict(literals)
    found: list[Boolean] = []
    labels: list[Label] = []
    start = 0
    for feature in features:
        length = len(feature.flags())
        held = [each - start for each in range(start, start + length) if wanted.get(each) is True]
        lacking = [
            each - start for each in range(start, start + length) if wanted.get(each) is False
        ]
        start += length
        if held or lacking:
            said = feature.said(held, lacking)
            found += said.conditions
            labels.append(said.label)
    return flat(*found), tuple(labels)
