"""A persona as conditions: what of its words the workspace's fields can say, and what they cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from audience.query import And, Boolean, Comparison, Literal, Trait, joined
from tools.context import ToolContext
from tools.segmenting.fields import kind_of, usable_traits
from tools.segmenting.pieces import pieces_of, read_piece, without_model
from tools.segmenting.relevance import spoken_of
from workspace.strategies import Persona


@dataclass(frozen=True)
class Expressed:
    """`root` is None where nothing could be said; `left_out` are the persona's own words."""

    root: Boolean | None
    said: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """What a workspace knows of a persona: conditions in words, whom they hold for, what no field says.

    `reach` and `universe` are None where nothing could be said, or there is nobody to count.
    """

    query: str | None
    english: tuple[str, ...]
    left_out: tuple[str, ...]
    reach: int | None = None
    universe: int | None = None


def known_of(context: ToolContext, persona: Persona, *, as_of: datetime | None = None) -> Known:
    """A persona as conditions, counted."""
    from audience.printer import show
    from tools.preview_audience import preview_audience

    expressed = persona_conditions(context, persona)
    if expressed.root is None:
        return Known(None, (), expressed.left_out)
    query = show(expressed.root)
    counted = preview_audience(context, query, as_of=as_of, audience_type="users")
    english = tuple(each.english for each in counted.conditions)
    return Known(query, english, expressed.left_out, counted.reach, counted.universe)


def persona_conditions(context: ToolContext, persona: Persona) -> Expressed:
    """Say as much of a persona in conditions as the workspace's fields allow.

    Every piece is read by the engine that reads every description; one that it does not read fully
    is left out and named.
    """
    found: list[Boolean] = []
    said: list[str] = []
    left_out: list[str] = []
    interests = _of_interests(context, persona.interests)
    if interests is not None:
        found.append(interests[0])
        said += interests[1]
    left_out += [each for each in persona.interests if each not in said]
    engine = without_model(context)
    for part, text in pieces_of(persona):
        read = read_piece(engine, part, text)
        if read is None:
            left_out.append(text)
        else:
            found.append(read)
            said.append(text)
    root = joined(And, tuple(dict.fromkeys(found))) if found else None
    return Expressed(root, tuple(said), tuple(left_out))


def _of_interests(
    context: ToolContext, interests: Sequence[str]
) -> tuple[Boolean, list[str]] | None:
    """The trait of interests that knows most of these words."""
    best: tuple[Boolean, list[str]] | None = None
    for trait in usable_traits(context.workspace.catalog):
        if kind_of(trait) != "interests" or trait.type not in ("text", "list"):
            continue
        values = spoken_of(trait.stats.values, interests)
        if not values or (best is not None and len(best[1]) >= len(values)):
            continue
        operator = "contains" if trait.type == "list" else "one_of"
        root = Comparison(Trait(trait.name), operator, tuple(Literal(each) for each in values))
        words = [each for each in interests if spoken_of(values, [each])]
        best = (root, words)
    return best
