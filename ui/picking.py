"""Picking a field for a condition: the search, and the condition that a picked field begins with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any
from typing import Literal as Choice

from pydantic import BaseModel, ConfigDict, Field

from audience.catalog import (
    AudienceType,
    Catalog,
    EventField,
    FieldType,
    PropertyField,
    SavedAudience,
    TraitField,
)
from audience.catalog import Field as AnyField
from audience.editor import BadEdit
from audience.query import (
    Aggregate,
    AnyUser,
    Boolean,
    Comparison,
    Events,
    Literal,
    Property,
    Reducer,
    Trait,
    Where,
)
from tools.context import ToolContext
from tools.lookup_fields import lookup_fields
from ui.cards import last_seen
from workspace.times import value_text

MOST = 30
EXAMPLES = 4


class Picked(BaseModel):
    """A field of the workspace, or a saved audience."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: Choice["event", "property", "trait", "audience"]
    name: str = Field(max_length=500)
    event: str | None = Field(None, max_length=500)
    owner: Choice["user", "account"] = "user"


def condition_of(picked: Picked, catalog: Catalog, type: AudienceType) -> Boolean:
    """The plainest condition on a field, with no window and no value that nobody asked for.

    Raises `BadEdit` for a field that the workspace does not have.
    """
    match picked.kind:
        case "trait":
            field = catalog.trait(picked.name, picked.owner)
            if field is None:
                raise _missing(picked.name)
            plain = _plain(Trait(field.name), field.type)
        case "audience":
            if catalog.audience(picked.name) is None:
                raise _missing(picked.name)
            return Comparison(Trait(picked.name), "equals", (Literal("true"),))
        case "event" | "property":
            name = picked.name if picked.kind == "event" else picked.event or ""
            if catalog.event(name) is None:
                raise _missing(name)
            rows = (
                (Where(property_row(name, picked.name, catalog)),)
                if picked.kind == "property"
                else ()
            )
            counted = Aggregate(Events(name, rows), Reducer("count"))
            plain = Comparison(counted, "at_least", (Literal(Decimal(1)),))
    # In an audience of accounts, what belongs to users holds for some of an account's users.
    of_users = picked.kind in ("event", "property") or picked.owner == "user"
    return AnyUser(plain) if type == "accounts" and of_users else plain


def property_row(event: str, name: str, catalog: Catalog) -> Boolean:
    """The plainest condition on a property of an event."""
    found = catalog.event(event)
    field = found.property(name) if found is not None else None
    if field is None:
        raise _missing(name)
    return _plain(Property(field.name), field.type)


def result_type(reducer: Reducer, event: str, catalog: Catalog) -> FieldType | None:
    """The type of what a reducer gives; None for a property that the event does not have."""
    if reducer.method in ("count", "sum", "avg", "unique"):
        return "number"
    found = catalog.event(event)
    field = found.property(reducer.property.name) if found and reducer.property else None
    return None if field is None else field.type


def fields(payload: dict[str, Any], tools: ToolContext, type: AudienceType) -> list[dict[str, Any]]:
    """Rows for the picker: fields near to `text`, best first, or the properties of one `event`.

    Each has `kind`, `name`, `event`, `owner`, `type`, `examples`, `note` (activity) and `active`.
    """
    text = str(payload.get("text") or "")[:300].strip()
    event = payload.get("event")
    catalog = tools.catalog
    zone = catalog.timezone
    if isinstance(event, str):
        found = catalog.event(event)
        rows = [
            _row(each, zone) for each in (found.properties if found else ()) if _has(each, text)
        ]
        return sorted(rows, key=lambda row: not row["active"])[:MOST]
    saved = [
        _audience(each) for each in catalog.audiences if each.type == type and _has(each, text)
    ]
    near = [each.field for each in lookup_fields(tools, text, MOST, inactive=True)]
    if not text:
        near = [each for each in near if not isinstance(each, PropertyField)]
    usable = [each for each in near if type == "accounts" or not _of_accounts(each)]
    ranked = sorted(usable, key=lambda each: not each.seen.active) if not text else usable
    return [*[_row(each, zone) for each in ranked[: MOST if text else 200]], *saved[:MOST]]


def _plain(left: Trait | Property, type: FieldType) -> Comparison:
    if type == "boolean":
        return Comparison(left, "equals", (Literal("true"),))
    return Comparison(left, "exists")


def _missing(name: str) -> BadEdit:
    return BadEdit(f"There is no field called “{name[:80]}” in this workspace.")


def _of_accounts(field: AnyField) -> bool:
    return isinstance(field, TraitField) and field.owner == "account"


def _has(thing: PropertyField | SavedAudience, text: str) -> bool:
    words = text.casefold().split()
    known: Iterable[str] = thing.stats.values if isinstance(thing, PropertyField) else ()
    said = " ".join([thing.name.replace("_", " "), thing.name, *known]).casefold()
    return all(word in said for word in words)


def _row(field: AnyField, timezone: str) -> dict[str, Any]:
    return {
        "kind": field.kind,
        "name": field.name,
        "event": field.event if isinstance(field, PropertyField) else None,
        "owner": field.owner if isinstance(field, TraitField) else "user",
        "type": "event" if isinstance(field, EventField) else field.type,
        "examples": list(_examples(field, timezone)),
        "note": last_seen(field.seen.last, timezone, active=field.seen.active),
        "active": field.seen.active,
        "origin": field.origin,
    }


def _examples(field: AnyField, timezone: str) -> Iterator[str]:
    """A few values, or for numbers and dates from where to where they go."""
    if isinstance(field, EventField) or field.stats.personal:
        return
    if field.stats.minimum is not None and field.type in ("number", "date", "timestamp"):
        least, most = field.stats.minimum, field.stats.maximum
        yield f"{value_text(least, timezone)} to {value_text(most, timezone)}"
        return
    yield from field.stats.values[:EXAMPLES]


def _audience(saved: SavedAudience) -> dict[str, Any]:
    return {
        "kind": "audience",
        "name": saved.key,
        "title": saved.name,
        "event": None,
        "owner": "user",
        "type": "saved audience",
        "examples": [],
        "note": "",
        "active": True,
        "origin": "custom",
    }
