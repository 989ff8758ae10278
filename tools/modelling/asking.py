"""What a model is told: the language, the fields that may be meant, and the person's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audience.catalog import EventField, Field, PropertyField
from audience.english.reading import Request
from audience.operators import OPERATORS
from audience.printer import show
from audience.problems import Problem
from tools.modelling.client import Message
from tools.prompt_files import prompt

NEAREST = 24
MOST_VALUES = 15
MOST_PROPERTIES = 8


def first_messages(request: Request, guess: str | None) -> list[Message]:
    """The request for a query. `guess` is what the built-in engine made of it, if anything."""
    system = (
        prompt("write_query")
        .replace("{operators}", _operators())
        .replace("{fields}", "\n".join(_fields(request)))
        .replace("{today}", f"{request.as_of:%Y-%m-%d}")
    )
    parts = []
    if request.draft is not None and request.draft.root is not None:
        parts.append(f"The query so far, which the words change:\n{show(request.draft.root)}")
    if guess is not None:
        parts.append(f"A first guess, which may lack something:\n{guess}")
    parts.append(f"The words:\n{request.prompt}")
    return [
        {"role": "system", "content": system},
        {"role": "user", "content": "\n\n".join(parts)},
    ]


def repair(answer: str, problems: Sequence[Problem]) -> list[Message]:
    """What follows an answer that is no valid query."""
    said = "\n".join(
        f"- {each.message}"
        + (f" Perhaps: {', '.join(each.suggestions[:5])}." if each.suggestions else "")
        for each in problems
        if each.severity == "error"
    )
    return [
        {"role": "assistant", "content": answer},
        {
            "role": "user",
            "content": f"That is not valid:\n{said}\nAnswer with the corrected query alone.",
        },
    ]


def quoting(text: str, conditions: Sequence[str]) -> list[Message]:
    """The request for the words that each condition comes from."""
    listed = "\n".join(f"{number}: {each}" for number, each in enumerate(conditions, 1))
    return [
        {"role": "system", "content": prompt("quote_words")},
        {"role": "user", "content": f"The description:\n{text}\n\nThe conditions:\n{listed}"},
    ]


def _operators() -> str:
    return "\n".join(
        f"- {each.symbol or f'.{each.key}(…)'}: {each.model} ({', '.join(sorted(each.types))})"
        for each in OPERATORS.values()
        if not each.extension
    )


def _fields(request: Request) -> Iterator[str]:
    """The events and traits nearest to the words, each event with its nearest properties."""
    found = [each.field for each in request.finder.find(request.prompt, NEAREST)]
    events: dict[str, list[PropertyField]] = {}
    traits: list[Field] = []
    for field in found:
        if isinstance(field, EventField):
            events.setdefault(field.name, [])
        elif isinstance(field, PropertyField):
            events.setdefault(field.event, []).append(field)
        else:
            traits.append(field)
    for name, near in events.items():
        event = request.catalog.event(name)
        if event is None:
            continue
        yield f"event {event.name!r}{_about(event.description)}"
        chosen = dict.fromkeys((*near, *event.properties))
        for each in list(chosen)[:MOST_PROPERTIES]:
            yield f"  property {each.name!r}: {each.type}{_values(each)}{_about(each.description)}"
    for trait in traits:
        yield f"trait {trait.name!r}: {_type(trait)}{_values(trait)}{_about(trait.description)}"
    for audience in request.catalog.audiences[-20:]:
        yield f"saved audience {audience.key!r}: {audience.name}"


def _type(field: Field) -> str:
    return "event" if isinstance(field, EventField) else field.type


def _values(field: Field) -> str:
    """Values, unless they are personal: those never leave the machine."""
    if isinstance(field, EventField) or field.stats.personal or not field.stats.values:
        return ""
    shown = ", ".join(repr(each[:60]) for each in field.stats.values[:MOST_VALUES])
    more = "" if field.stats.complete and len(field.stats.values) <= MOST_VALUES else ", and others"
    return f" ({shown}{more})"


def _about(description: str) -> str:
    line = " ".join(description.split())[:120]
    return f" — {line}" if line else ""
