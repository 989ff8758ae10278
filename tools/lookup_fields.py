"""The fields of a workspace: events, their properties, and traits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from audience.catalog import EventField, Field, PropertyField
from tools.context import ToolContext
from workspace.clock import text_of

SHOWN_VALUES = 20


@dataclass(frozen=True)
class FoundField:
    """A field, and how near it is to what was asked; 0 to 1, None when nothing was asked."""

    field: Field
    score: float | None = None

    def to_json(self) -> dict[str, Any]:
        """One entry of what `muster fields --json` prints."""
        field = self.field
        return {
            "kind": field.kind,
            "name": field.name,
            "event": field.event if isinstance(field, PropertyField) else None,
            "type": None if isinstance(field, EventField) else field.type,
            "values": []
            if isinstance(field, EventField)
            else list(field.stats.values[:SHOWN_VALUES]),
            "origin": field.origin,
            "active": field.seen.active,
            "last_seen": text_of(field.seen.last) if field.seen.last else None,
            "score": self.score,
        }


def lookup_fields(
    context: ToolContext, text: str = "", k: int = 10, *, inactive: bool = False
) -> tuple[FoundField, ...]:
    """Find the events, properties and traits that words may mean, best first.

    Use it when the person asks which fields there are. Without `text`: all of them, events first.
    Inactive fields, not seen lately, are only given with `inactive`, or where there is only a plan.
    """
    inactive = inactive or not context.workspace.catalog.has_data
    if not text.strip():
        return tuple(
            _active((FoundField(each) for each in context.workspace.catalog.fields()), inactive)
        )
    found = context.index.find(text, k if inactive else k * 4)
    return tuple(_active((FoundField(each.field, each.score) for each in found), inactive))[:k]


def _active(fields: Iterable[FoundField], inactive: bool) -> Iterable[FoundField]:
    return (each for each in fields if inactive or each.field.seen.active)
