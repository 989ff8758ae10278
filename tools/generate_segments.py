"""Segments of the workspace's own people, for a strategy."""

from __future__ import annotations

from datetime import datetime

from audience.bound import Bound
from audience.problems import MusterError
from audience.query import And, Boolean, conditions, joined
from tools.context import ToolContext
from tools.list_personas import find_strategy
from tools.segmenting.base import SMALLEST, Base, base_of
from tools.segments import Segmentation
from workspace.strategies import Strategy

MOST_CONDITIONS = 4
MOST_CUTS = 8  # ways of cutting one base; then they begin anew
_FEWEST_PEOPLE = 3 * SMALLEST


class TooFewPeople(MusterError):
    """The people cannot be parted into groups that are large enough."""

    code = "too_few_people"


class NothingSaid(MusterError):
    """Neither data nor the strategy tells anything of people."""

    code = "nothing_to_go_by"


def generate_segments(
    context: ToolContext,
    strategy: str,
    *,
    about: str = "",
    cut: int = 0,
    as_of: datetime | None = None,
    allow_sensitive: bool = False,
) -> Segmentation:
    """Part the people of the workspace into 3 to 6 distinct segments for the chosen strategy.

    Each has a name, demographics, geography, interests and behaviours, pain points of the strategy,
    conditions that run, a size, what sets it apart, and what it shares with the others. `about`
    restricts them to people described in words; words after "mostly" lean the cut. Generating again
    cuts another way and replaces all segments.

    The same arguments on the same data give the same segments. `allow_sensitive` is an explicit yes
    to what `about` says. Raises `ContextNotUnderstood`, `SensitiveContext`, `NobodyMatches`, `TooFewPeople`, `NothingSaid`, `tools.errors.NotFound`.
    """
    chosen = find_strategy(context, strategy)
    return segments_for(
        context, chosen, about=about, cut=cut, as_of=as_of, allow_sensitive=allow_sensitive
    )


def segments_for(
    context: ToolContext,
    strategy: Strategy,
    *,
    about: str = "",
    cut: int = 0,
    as_of: datetime | None = None,
    allow_sensitive: bool = False,
    seed: int = 0,
) -> Segmentation:
    """`generate_segments` for any strategy; `seed` is of the sample and of the search for clusters."""
    if not context.workspace.catalog.has_data:
        return _from_words(strategy, about, "this workspace has no data to find groups in")
    moment = context.moment(as_of)
    base = base_of(context, strategy, about, moment, allow_sensitive=allow_sensitive)
    if base.size < _FEWEST_PEOPLE:
        if base.said:
            raise TooFewPeople(
                f"There are {base.size:,} people to part, too few for segments of at least {SMALLEST}. "
                "Widen the description."
            )
        return _from_words(
            strategy, about, f"{base.size:,} people are too few to find groups of {SMALLEST} among"
        )
    made = _made(context, strategy, base, about, cut, moment, seed)
    if made is not None:
        return made
    if base.said:
        raise TooFewPeople(
            f"What is known of these {base.size:,} people does not part them into three groups of at "
            f"least {SMALLEST}. Widen the description."
        )
    return _from_words(
        strategy, about, f"nothing that is known of the {base.size:,} people parts them clearly"
    )


def _made(
    context: ToolContext,
    strategy: Strategy,
    base: Base,
    about: str,
    number: int,
    as_of: datetime,
    seed: int,
) -> Segmentation | None:
    from tools.segmenting.assembling import Ground, assembled
    from tools.segmenting.cutting import FEWEST, cuts_of, ranked
    from tools.segmenting.making import features_of
    from tools.segmenting.material import material_of
    from tools.segmenting.proposing import advice_of
    from tools.segmenting.relevance import relevance, texts_of
    from tools.segmenting.words import worded

    texts = texts_of(strategy, about)
    near = relevance(texts, context.index)
    context.progress("Looking at what people do", 0.3)
    material = material_of(context, base, texts, near, as_of=as_of, seed=seed)
    features = ranked(features_of(material), near)
    advice = advice_of(context, texts, features)
    taken = 0 if base.bound is None else len(conditions(base.bound.root))
    context.progress("Looking for groups", 0.5)
    found = []
    for cut in cuts_of(
        features,
        most=max(2, MOST_CONDITIONS - taken),
        smallest=max(1.2 * SMALLEST / base.size, 0.02),
        seed=seed,
        first=advice.cuts,
    ):
        found.append(cut)
        if len(found) > number or len(found) == MOST_CUTS:
            break
    if not found:
        return None
    chosen = found[number % len(found)]
    context.progress("Counting people", 0.8)
    bounds = [_within(context, base, part.condition) for part in chosen.parts]
    ground = Ground(context, strategy, base, material, as_of)
    made = assembled(ground, chosen, bounds, about=about, number=number)
    if len(made.segments) < FEWEST:
        return None
    notes = [*made.notes, *advice.notes]
    if advice.cuts and not found[0].proposed:
        notes.append(
            f"The cut is built in: what {context.settings.model} proposed does not part these people clearly."
        )
    if number >= len(found):
        notes.append(f"All {len(found)} different cuts have been shown; they begin anew.")
    made = made.model_copy(update={"notes": tuple(notes)})
    return worded(context, made) if advice.available else made


def _within(context: ToolContext, base: Base, condition: Boolean) -> Bound:
    from audience.validator import bind

    root = condition if base.bound is None else joined(And, (base.bound.root, condition))
    return bind(root, context.catalog)


def _from_words(strategy: Strategy, about: str, why: str) -> Segmentation:
    from tools.segmenting.from_words import from_words

    made = from_words(strategy, about, why)
    if not made.segments:
        raise NothingSaid(
            f"No segments were made: {why}, and “{strategy.name}” says nothing of whom it is for. "
            "Describe its audience, or add personas."
        )
    return made
