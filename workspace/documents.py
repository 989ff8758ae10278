"""What the index knows of each field: its name in words, its event, its description, its values."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from audience.catalog import Catalog, EventField, Field, PropertyField, TraitField

VALUES_IN_MEANING = 6  # more would drown the name in the mean of the vectors
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class FieldDocument:
    id: str
    field: Field
    name: str  # in words: "order completed"
    event: str  # the event's name in words; empty for events and traits
    description: str
    values: tuple[str, ...]

    @property
    def event_id(self) -> str | None:
        """The id of a property's event."""
        return f"event:{self.field.event}" if isinstance(self.field, PropertyField) else None

    @property
    def meaning(self) -> str:
        """The text that is embedded. The name comes twice: it weighs more than what explains it."""
        parts = [self.name, f"{self.name} {self.event}".strip(), self.description]
        parts += [", ".join(self.values[:VALUES_IN_MEANING])]
        return ". ".join(part for part in parts if part)

    @property
    def hash(self) -> str:
        """Changes when anything that the index holds of the field changes."""
        parts = (self.id, self.name, self.event, self.description, *self.values)
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()


def documents(catalog: Catalog) -> Iterator[FieldDocument]:
    """One document for every field of the catalog, active or not, in the catalog's order."""
    for field in catalog.fields():
        match field:
            case EventField():
                yield FieldDocument(
                    f"event:{field.name}", field, in_words(field.name), "", field.description, ()
                )
            case PropertyField():
                yield FieldDocument(
                    f"property:{field.event}\x1f{field.name}",
                    field,
                    in_words(field.name),
                    in_words(field.event),
                    field.description,
                    _values(field),
                )
            case TraitField():
                yield FieldDocument(
                    f"trait:{field.owner}:{field.name}",
                    field,
                    in_words(field.name),
                    "account" if field.owner == "account" else "",
                    field.description,
                    _values(field),
                )


def in_words(name: str) -> str:
    """A name split into lower-case words: `orderCompleted_v2` is "order completed v 2"."""
    return " ".join(part.lower() for word in _WORD.findall(name) for part in _parts(word))


def _parts(word: str) -> Iterator[str]:
    """`HTTPServer2` in its parts, HTTP, Server and 2, in any script that has capitals."""
    start = 0
    for at in range(1, len(word)):
        before, here, after = word[at - 1], word[at], word[at + 1 : at + 2]
        if (
            before.isdigit() != here.isdigit()
            or (here.isupper() and not before.isupper())
            or (here.isupper() and after.islower())
        ):
            yield word[start:at]
            start = at
    yield word[start:]


def _values(field: PropertyField | TraitField) -> tuple[str, ...]:
    """The values by which a field can be found: words, and nobody's own."""
    worded = field.type in ("text", "list") and not field.stats.personal
    return field.stats.values if worded else ()
