"""A persona as conditions: what of its words the workspace's fields can say, and what they cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audience.query import And, Boolean, Comparison, Literal, Trait, joined
from tools.answer import Answer
from tools.build_conditions import build
from tools.context import ToolContext
from tools.segmenting.fields import kind_of, usable_traits
from tools.segmenting.relevance import spoken_of
from workspace.strategies import Persona

_PIECES = re.compile(r"\s*[,;]\s*|\s+and\s+(?=[a-z]+s\b)")
_BY_PART = {
    "demographics": ("customers aged {}", "customers who are {}", "customers {}"),
    "geography": ("customers in {}",),
    "behaviours": ("customers who {}", "customers with {}"),
}


@dataclass(frozen=True)
class Expressed:
    """`root` is None where nothing could be said; `left_out` are the persona's own words."""

    root: Boolean | None
    said: tuple[str, ...]
    left_out: tuple[str, ...]


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
    for part, text in _pieces(persona):
        read = _read(context, part, text)
        if read is None:
            left_out.append(text)
        else:
            found.append(read)
            said.append(text)
    root = joined(And, tuple(dict.fromkeys(found))) if found else None
    return Expressed(root, tuple(said), tuple(left_out))


def _pieces(persona: Persona) -> Iterator[tuple[str, str]]:
    for piece in _PIECES.split(persona.demographics):
        if piece:
            yield "demographics", piece
    if persona.geography:
        yield "geography", persona.geography
    for text in persona.behaviours:
        yield "behaviours", text


def _read(context: ToolContext, part: str, text: str) -> Boolean | None:
    for form in _BY_PART[part]:
        answer: Answer = build(
            context, form.format(text), counts=False, audience_type="users", shortest=0
        )
        if answer.status == "draft" and not answer.warnings and answer.root is not None:
            return answer.root
    return None


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
