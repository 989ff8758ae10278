"""How good segments are: distinct, covering, readable, faithful, stable; and, on real data, useful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from audience.problems import MusterError
from audience.query import Property, Trait, walk
from audience.reader import read
from evals.worlds import eval_settings, open_world, prepare
from tools.context import ToolContext
from tools.generate_segments import segments_for
from tools.segments import Segmentation
from workspace.opening import Progress, silent
from workspace.strategies import Strategy, load_strategies

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Labels = NDArray[numpy.int64]

DEFAULT = ("shop", "grocer", "lumen")
CUTS = 3  # the first, and what "generate again" shows next
AIMS = {
    "overlap": "at most 0.15",
    "covered": "at least 0.70",
    "conditions": "at most 4",
    "f1": "at least 0.75",
    "same_seed": "the same",
    "other_seed": "at least 0.60",
    "sensitive": "0",
    "smallest": "at least 50",
}
_OWN = Path(__file__).parent / "datasets" / "strategies"


class NoStrategies(MusterError):
    """A workspace of the evaluation has no strategy to make segments for."""

    code = "no_strategies"


@dataclass(frozen=True)
class Measured:
    """Segments of one strategy. Shares and indexes go from 0 to 1; `seconds` are of one generation."""

    workspace: str
    strategy: str
    cut: int
    segments: int
    base: int
    overlap: float
    covered: float
    conditions: int
    f1: float
    f1_mean: float
    same_seed: bool
    other_seed: float
    stability: float
    sensitive: int
    smallest: int
    seconds: float

    @property
    def reached(self) -> bool:
        """Whether all aims are."""
        return (
            self.overlap <= 0.15
            and self.covered >= 0.7
            and self.conditions <= 4
            and self.f1 >= 0.75
            and self.same_seed
            and self.other_seed >= 0.6
            and self.sensitive == 0
            and self.smallest >= 50
        )


def measure(
    workspaces: Sequence[str] = (), *, cuts: int = CUTS, progress: Progress = silent
) -> dict[str, Any]:
    """All figures, as JSON: a row for each strategy and cut, and on `grocer` what the cuts foretell."""
    names = tuple(workspaces) or DEFAULT
    settings = eval_settings("builtin")
    prepare(names, settings, progress)
    rows: list[Measured] = []
    useful: dict[str, Any] | None = None
    for number, name in enumerate(names):
        context = open_world(name, settings)
        strategies = strategies_of(context)
        for place, strategy in enumerate(strategies):
            progress(f"Segments of {name}", (number + place / len(strategies)) / len(names))
            rows += _of_strategy(context, strategy, cuts)
        if name == "grocer":
            from evals.foretelling import foretold

            progress("What the segments of grocer foretell", (number + 0.8) / len(names))
            useful = foretold(context, strategies)
    reached = sum(row.reached for row in rows)
    return {
        "segments": [asdict(row) | {"reached": row.reached} for row in rows],
        "aims": AIMS,
        "reached": reached,
        "of": len(rows),
        "useful": useful,
    }


def lines(found: dict[str, Any]) -> list[str]:
    """The figures as Markdown tables."""
    shown = [
        "workspace", "strategy", "cut", "segments", "overlap", "covered", "conditions", "f1",
        "same_seed", "other_seed", "sensitive", "smallest", "seconds",
    ]  # fmt: skip
    text = _table(shown, found["segments"])
    aims = ", ".join(f"{name} {aim}" for name, aim in found["aims"].items())
    text += ["", f"Aims: {aims}. {found['reached']} of {found['of']} cuts reach them all."]
    if found["useful"]:
        text += ["", "What the segments of grocer foretell:", ""]
        text += _table([*found["useful"]["rows"][0]], found["useful"]["rows"])
        text += ["", f"Means: {found['useful']['mean']}"]
    return text


def _table(columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> list[str]:
    return [
        f"| {' | '.join(columns)} |",
        f"|{'---|' * len(columns)}",
        *(f"| {' | '.join(str(row[name]) for name in columns)} |" for row in rows),
    ]


def strategies_of(context: ToolContext) -> tuple[Strategy, ...]:
    """The workspace's own; where it has none, those of `datasets/strategies`."""
    name = context.workspace.name
    found = context.workspace.strategies or load_strategies(_OWN / f"{name}.yaml")
    if not found:
        raise NoStrategies(f"{name} has no strategies, and there is no {_OWN / name}.yaml.")
    return found


def assigned(context: ToolContext, made: Segmentation) -> tuple[list[str], Labels]:
    """Everybody's id, and the number of the segment that each is in: of several the first; -1 of none."""
    import numpy

    from audience.validator import bind

    everybody = _ids(context)
    place = {id: number for number, id in enumerate(everybody)}
    groups = numpy.full(len(everybody), -1)
    moment = context.moment()
    for number in reversed(range(len(made.segments))):
        query = made.segments[number].query
        if query is not None:
            bound = bind(query, context.catalog)
            for id in context.runner.members(bound, as_of=moment):
                groups[place[id]] = number
    return everybody, groups


def _of_strategy(context: ToolContext, strategy: Strategy, cuts: int) -> Iterator[Measured]:
    """A row for each cut, as far as there are so many that differ."""
    shown = set()
    for cut in range(cuts):
        started = perf_counter()
        made = segments_for(context, strategy, cut=cut)
        seconds = perf_counter() - started
        queries = tuple(each.query for each in made.segments)
        if queries in shown:
            return
        shown.add(queries)
        yield _measured(context, strategy, made, seconds)


def _measured(
    context: ToolContext, strategy: Strategy, made: Segmentation, seconds: float
) -> Measured:
    from sklearn.metrics import adjusted_rand_score

    cut = made.cut
    again = segments_for(context, strategy, cut=cut)
    other = segments_for(context, strategy, cut=cut, seed=1)
    pairs = [each.share for segment in made.segments for each in segment.overlaps]
    faithful = [each.faithful or 0.0 for each in made.segments]
    _, one = assigned(context, made)
    _, two = assigned(context, other)
    return Measured(
        workspace=context.workspace.name,
        strategy=strategy.key,
        cut=cut,
        segments=len(made.segments),
        base=made.base_reach or 0,
        overlap=round(sum(pairs) / len(pairs), 3) if pairs else 0.0,
        covered=round(made.covered or 0.0, 3),
        conditions=max(len(each.english) for each in made.segments),
        f1=min(faithful),
        f1_mean=round(sum(faithful) / len(faithful), 3),
        same_seed=made == again,
        other_seed=round(float(adjusted_rand_score(one, two)), 3),
        stability=made.stability or 0.0,
        sensitive=_sensitive(context, made),
        smallest=min(each.reach or 0 for each in made.segments),
        seconds=round(seconds, 1),
    )


def _sensitive(context: ToolContext, made: Segmentation) -> int:
    """Conditions on fields of a special category; there must be none."""
    from audience.english.guards.sensitive import sensitive_field

    catalog = context.workspace.catalog
    special = {
        field.name for field in catalog.fields() if field.kind != "event" and sensitive_field(field)
    }
    return sum(
        isinstance(node, Trait | Property) and node.name in special
        for segment in made.segments
        if segment.query
        for node in walk(read(segment.query))
    )


def _ids(context: ToolContext) -> list[str]:
    found: list[str] = []
    catalog = context.workspace.catalog
    while page := context.runner.browse(catalog, after=found[-1] if found else "", limit=5_000):
        found += [each.id for each in page]
    return found
