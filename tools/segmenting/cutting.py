"""Cuts: people parted into clusters, each of which a short rule describes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from audience.query import Boolean
from tools.segmenting.features import Feature, balance
from tools.segmenting.judging import Told, distances, overlap, silhouette
from tools.segmenting.labels import Label
from tools.segmenting.relevance import of_fields
from tools.segmenting.rules import Cells, Rule, cells_of, rule_of

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Flags = NDArray[numpy.bool_]
    Labels = NDArray[numpy.int64]
    Numbers = NDArray[numpy.float64]

FEWEST, MOST = 3, 6
FAITHFUL = 0.75  # F1 of a rule against its cluster, at least
COVERED = 0.7  # of the people, at least
OVERLAP = 0.15  # mean Jaccard of two segments, at most
STABLE = 0.75  # adjusted Rand index of the clusters of another half of the people, at least
_TOGETHER = {1: 8, 2: 8, 3: 7, 4: 5}  # how many features are put together, of how many
_LIKE = 0.6  # adjusted Rand index from which on two cuts show the same
_ALIKE = 0.65  # correlation from which on two features tell the same
_TELLS, _APART, _RICH, _MANY = 0.6, 0.2, 0.05, 0.03  # weights of what makes a cut promising
_STARTS = 16  # so many that another seed ends in the same clusters
_HALVES = 5
_OTHERS = 30  # features that a cut may tell of


@dataclass(frozen=True)
class Part:
    """One segment: its rule, for whom of the people it holds, and how well it describes its cluster."""

    condition: Boolean
    labels: tuple[Label, ...]
    holds: Flags
    f1: float


@dataclass(frozen=True)
class Cut:
    """Segments, the largest first. `covered` and `stability` go from 0 to 1, as measured on the people
    it was found in; `groups` is the cluster of each."""

    features: tuple[Feature, ...]
    parts: tuple[Part, ...]
    covered: float
    stability: float
    groups: Labels
    proposed: bool = False
    """By a model; it is held to the same aims."""


@dataclass(frozen=True)
class Proposal:
    """What to cut by, and into how many groups, as far as rules can describe so many."""

    features: tuple[Feature, ...]
    groups: int


def ranked(
    features: Sequence[Feature], relevance: Mapping[str, float]
) -> tuple[tuple[Feature, float], ...]:
    """Features with what each is worth for this strategy, the most telling first."""

    def worth(feature: Feature) -> float:
        near = of_fields(feature.fields, relevance)
        return balance(feature) * (0.3 + 0.3 * near) + feature.prior

    found = [(each, worth(each)) for each in features]
    return tuple(sorted(found, key=lambda each: (-each[1], each[0].key)))


def cuts_of(
    features: Sequence[tuple[Feature, float]],
    *,
    most: int,
    smallest: float,
    seed: int,
    first: Sequence[Proposal] = (),
) -> Iterator[Cut]:
    """Cuts that differ from one another: those of `first` that hold, then the best.

    `features` come from `ranked`; a rule has at most `most` conditions, and holds for at least the
    share `smallest` of the people. The same for the same seed.
    """
    shown: list[Cut] = []
    for ways in _tried(features, first, seed):
        with _one_thread():
            cut = next(
                (cut for each in ways if (cut := _shown(each, shown, most, smallest, seed))), None
            )
        if cut is not None:
            shown.append(cut)
            yield cut


def _tried(
    features: Sequence[tuple[Feature, float]], first: Sequence[Proposal], seed: int
) -> Iterator[Sequence[_Candidate]]:
    """What is tried, one thing after the other: of the ways to do each, the first that holds."""
    for proposal in first:
        with _one_thread():
            ways = _ways(proposal, seed)
        yield ways
    with _one_thread():
        found = _candidates(features, seed)
    for each in found:
        yield (each,)


def _ways(proposal: Proposal, seed: int) -> Sequence[_Candidate]:
    """The proposed cut with the number of groups that was proposed, then with the nearest."""
    view = proposal.features
    cells = cells_of(view)
    numbers = range(FEWEST, min(MOST, len(cells.weights)) + 1)
    return [
        _Candidate(view, cells, _clusters(cells, number, seed), proposed=True)
        for number in sorted(numbers, key=lambda each: (abs(each - proposal.groups), each))
    ]


def _shown(
    candidate: _Candidate, shown: Sequence[Cut], most: int, smallest: float, seed: int
) -> Cut | None:
    """The candidate's cut; None where it does not hold, or is like one that was shown."""
    if any(_like(candidate.groups, each.groups) for each in shown):
        return None
    cut = _described(candidate, most, smallest, seed)
    if cut is None or any(_like(cut.groups, each.groups) for each in shown):
        return None
    return cut


def _one_thread() -> AbstractContextManager[object]:
    """Sums in one order, whatever the machine; and no threads that wait for one another in vain."""
    import sklearn.cluster  # noqa: F401  # a library is only held to it once it is loaded
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[object] = threadpool_limits(1)
    return limits


@dataclass(frozen=True)
class _Candidate:
    """Clusters of the cells of some features, not described yet."""

    view: tuple[Feature, ...]
    cells: Cells
    clusters: Labels
    score: float = 0.0
    proposed: bool = False

    @property
    def groups(self) -> Labels:
        return self.clusters[self.cells.of]


def _candidates(features: Sequence[tuple[Feature, float]], seed: int) -> list[_Candidate]:
    """All that may be tried, the most promising first.

    What counts: how much the features are worth for the strategy, how much the clusters tell of
    everything else that is known of people, and how clearly they lie apart.
    """
    if not features:
        return []
    told_of = Told([each for each, _ in features[:_OTHERS]])
    found = []
    for view, worth in _views(features):
        cells = cells_of(view)
        apart = distances(cells)
        for number in range(FEWEST, min(MOST, len(cells.weights)) + 1):
            clusters = _clusters(cells, number, seed)
            clear = silhouette(cells, clusters, apart)
            told = told_of(clusters[cells.of], view)
            found.append((view, cells, number, clusters, clear, worth, told))
    highest = max((told for *_, told in found), default=0.0) or 1.0
    candidates = [
        _Candidate(
            view,
            cells,
            clusters,
            worth + _TELLS * told / highest + _APART * clear + _RICH * len(view) - _MANY * number,
        )
        for view, cells, number, clusters, clear, worth, told in found
    ]
    return sorted(candidates, key=lambda each: -each.score)


def _views(
    features: Sequence[tuple[Feature, float]],
) -> Iterator[tuple[tuple[Feature, ...], float]]:
    """Features to be looked at together, none of which tells what another tells; and their worth."""
    import numpy

    means = [numpy.mean(each.columns(), axis=0) for each, _ in features[: max(_TOGETHER.values())]]
    with numpy.errstate(divide="ignore", invalid="ignore"):  # what is alike for all is like nothing
        alike = numpy.abs(numpy.corrcoef(means)) if len(means) > 1 else numpy.ones((1, 1))
    highest = features[0][1] or 1.0
    for size, most in _TOGETHER.items():
        for places in combinations(range(len(features[:most])), size):
            view = tuple(features[place][0] for place in places)
            if len({each.family for each in view}) < size:
                continue
            if any(alike[one, two] > _ALIKE for one, two in combinations(places, 2)):
                continue
            worth = sum(features[place][1] for place in places) / size / highest
            # One feature alone makes groups that are known before: it is the last resort.
            yield view, worth - (1.0 if size == 1 else 0.0)


def _clusters(cells: Cells, number: int, seed: int) -> Labels:
    from sklearn.cluster import KMeans

    model = KMeans(number, n_init=_STARTS, random_state=seed)
    found: Labels = model.fit(cells.columns, sample_weight=cells.weights).labels_.astype(int)
    return found


def _described(candidate: _Candidate, most: int, smallest: float, seed: int) -> Cut | None:
    """The cut with its rules; None where they describe it badly, or it is not stable."""
    import numpy

    cells, view = candidate.cells, candidate.view
    total = float(cells.weights.sum())
    clusters, rules = _ruled(view, cells, candidate.clusters, most, seed)
    rules = {
        place: rule
        for place, rule in rules.items()
        if rule.f1 >= FAITHFUL and cells.weights[rule.holds].sum() >= smallest * total
    }
    if not FEWEST <= len(rules) <= MOST:
        return None
    holds = numpy.array([rule.holds for rule in rules.values()])
    covered = float(cells.weights[holds.any(axis=0)].sum()) / total
    if covered < COVERED or overlap(cells, holds) > OVERLAP:
        return None
    stability = _stability(candidate, seed)
    if stability < STABLE:
        return None
    parts = sorted(
        (
            Part(rule.condition, rule.labels, rule.holds[cells.of], rule.f1)
            for rule in rules.values()
        ),
        key=lambda part: -int(part.holds.sum()),
    )
    groups = clusters[cells.of]
    return Cut(view, tuple(parts), covered, stability, groups, candidate.proposed)


def _ruled(
    view: tuple[Feature, ...], cells: Cells, clusters: Labels, most: int, seed: int
) -> tuple[Labels, dict[int, Rule]]:
    """A rule for each cluster; one that no rule describes well is put together with its neighbour."""
    import numpy

    clusters = clusters.copy()
    rules: dict[int, Rule] = {}
    for place in sorted(set(clusters.tolist())):
        rule = rule_of(view, cells, clusters == place, most=most, seed=seed)
        if rule is not None:
            rules[place] = rule
    for place in sorted(rules, key=lambda each: rules[each].f1):
        if rules[place].f1 >= FAITHFUL or len(rules) <= FEWEST:
            continue
        near = _nearest(place, sorted(rules), cells, clusters)
        merged = numpy.where(clusters == place, near, clusters)
        rule = rule_of(view, cells, merged == near, most=most, seed=seed)
        if rule is not None and rule.f1 >= FAITHFUL:
            clusters = merged
            rules[near] = rule
            del rules[place]
    return clusters, rules


def _nearest(place: int, others: Sequence[int], cells: Cells, clusters: Labels) -> int:
    import numpy

    def centre(cluster: int) -> Numbers:
        inside = clusters == cluster
        found: Numbers = numpy.average(cells.columns[inside], axis=0, weights=cells.weights[inside])
        return found

    own = centre(place)
    return min(
        (each for each in others if each != place),
        key=lambda each: (float(((centre(each) - own) ** 2).sum()), each),
    )


def _like(one: Labels, two: Labels) -> bool:
    from sklearn.metrics import adjusted_rand_score

    return bool(adjusted_rand_score(one, two) >= _LIKE)


def _stability(candidate: _Candidate, seed: int) -> float:
    """How alike the clusters are that halves of the people give, on all people: a mean."""
    import numpy
    from sklearn.cluster import KMeans
    from sklearn.metrics import adjusted_rand_score

    cells = candidate.cells
    number = len(set(candidate.clusters.tolist()))
    rng = numpy.random.default_rng(seed)
    found = []
    for _ in range(_HALVES):
        half = rng.random(len(cells.of)) < 0.5
        weights = numpy.bincount(cells.of[half], minlength=len(cells.weights)).astype(float)
        seen = weights > 0
        if seen.sum() < number:
            return 0.0
        model = KMeans(number, n_init=_STARTS, random_state=int(rng.integers(2**31)))
        model.fit(cells.columns[seen], sample_weight=weights[seen])
        again = model.predict(cells.columns)[cells.of]
        found.append(float(adjusted_rand_score(candidate.groups, again)))
    return sum(found) / len(found)
