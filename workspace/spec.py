"""Which events, properties and traits Segment's specs define: the system fields of a catalog."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from audience.catalog import FieldOrigin, Owner
from workspace.snake_case import snake_case

_FILE = Path(__file__).parent / "catalog_data" / "segment_spec.yaml"


def event_origin(event: str) -> FieldOrigin:
    return "system" if snake_case(event) in _events() else "custom"


def property_origin(event: str, column: str) -> FieldOrigin:
    """The origin of a property, by its column: what a custom event carries is custom."""
    return "system" if column in _events().get(snake_case(event), ()) else "custom"


def trait_origin(column: str, owner: Owner) -> FieldOrigin:
    return "system" if column in _content()["traits"][owner] else "custom"


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(_FILE.read_text(encoding="utf-8"), _loader())
    return content


@cache
def _events() -> Mapping[str, frozenset[str]]:
    """The properties of each event, both in snake_case."""
    found: dict[str, frozenset[str]] = {}
    for family in _content()["families"].values():
        shared = frozenset(family.get("properties", ()))
        events = family["events"]
        for event in events:
            own = events[event] if isinstance(events, dict) else ()
            found[snake_case(event)] = shared | frozenset(own)
    return found


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)
