"""A catalog as JSON values, for `catalog.json`: read whole by every command, so it loads fast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from audience.catalog import (
    Catalog,
    EventField,
    PropertyField,
    SavedAudience,
    Seen,
    TraitField,
    ValueStats,
)

FORMAT = 1


def dump(catalog: Catalog) -> dict[str, Any]:
    """`catalog` as dicts, lists, texts and numbers; what has its default value is left out."""
    return {"format": FORMAT, **_dump(catalog)}


def load(data: Mapping[str, Any]) -> Catalog:
    """The catalog that `dump` made `data` from.

    Raises `KeyError`, `TypeError` or `ValueError` for anything else.
    """
    if data["format"] != FORMAT:
        raise ValueError(f"format {data['format']!r}, not {FORMAT}")
    given = {key: value for key, value in data.items() if key != "format"}
    return Catalog(
        **given
        | {
            "events": tuple(_event(each) for each in given.get("events", ())),
            "user_traits": tuple(_trait(each) for each in given.get("user_traits", ())),
            "account_traits": tuple(_trait(each) for each in given.get("account_traits", ())),
            "audiences": tuple(SavedAudience(**each) for each in given.get("audiences", ())),
        }
    )


def _dump(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_dump(each) for each in value]
    if isinstance(value, Mapping):
        return dict(value)
    if not hasattr(value, "__dataclass_fields__"):
        return value
    parts = {each.name: (getattr(value, each.name), each.default) for each in fields(value)}
    return {
        key: _dump(part)
        for key, (part, default) in parts.items()
        if part != default and part not in ((), {})
    }


def _event(data: Mapping[str, Any]) -> EventField:
    properties = tuple(PropertyField(**_with_figures(each)) for each in data.get("properties", ()))
    return EventField(**_with_figures(data) | {"properties": properties})


def _trait(data: Mapping[str, Any]) -> TraitField:
    return TraitField(**_with_figures(data))


def _with_figures(data: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(data)
    if seen := data.get("seen"):
        last = seen.get("last")
        made["seen"] = Seen(**seen | {"last": last and datetime.fromisoformat(last)})
    if stats := data.get("stats"):
        made["stats"] = ValueStats(**stats | {"values": tuple(stats.get("values", ()))})
    return made
