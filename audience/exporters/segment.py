"""The body of Segment's request to create an audience: the query language as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from math import ceil

from audience.bound import Bound
from audience.exporters.exported import Exported
from audience.operators import OPERATORS
from audience.printer import show
from audience.problems import NotSupported
from audience.query import (
    Between,
    Boolean,
    Comparison,
    Events,
    Literal,
    Node,
    Within,
    transformed,
    walk,
)
from audience.scope import Scope, comparisons
from audience.values import cast

TARGET = "Segment"
LONGEST_BACKFILL = 3 * 365  # days: Segment's own limit of event history


def export(bound: Bound, *, name: str, description: str = "") -> Exported:
    """POST /spaces/{spaceId}/audiences. Muster's own comparisons are refused by name."""
    for node in walk(bound.root):
        if isinstance(node, Comparison) and OPERATORS[node.operator].extension:
            raise NotSupported(f"Segment's language has no {node.operator}.")
    options: dict[str, object] = {"includeHistoricalData": True}
    days = _history(bound)
    if days is not None:
        options["backfillEventDataDays"] = days
    body = {
        "name": name,
        "description": description,
        "enabled": True,
        "audienceType": bound.type.upper(),
        "definition": {"query": show(_with_offsets(bound))},
        "options": options,
    }
    return Exported(body, tuple(_notes(bound)))


def _history(bound: Bound) -> int | None:
    """How many days of events it needs; Segment's default would cut off what has no window."""
    days = []
    for node in walk(bound.root):
        if isinstance(node, Events):
            own = [_hours(each) for each in node.filters]
            hours = [each for each in own if each is not None]
            days.append(ceil(max(hours) / 24) if hours else LONGEST_BACKFILL)
    return min(max(days), LONGEST_BACKFILL) if days else None


def _hours(node: Node) -> int | None:
    match node:
        case Within(duration=duration, of_parent=False) | Between(oldest=duration):
            return duration.hours
        case _:
            return None


def _notes(bound: Bound) -> Iterator[str]:
    if bound.members:
        keys = ", ".join(sorted(bound.members))
        yield f"It refers to audiences that have to exist in Segment under these keys: {keys}."
    if any(
        isinstance(node, Events) and all(_hours(each) is None for each in node.filters)
        for node in walk(bound.root)
    ):
        yield f"Segment looks back {LONGEST_BACKFILL} days where no window is set."


def _with_offsets(bound: Bound) -> Boolean:
    """Times written as instants in UTC, so that they do not depend on the workspace's zone."""
    changed: dict[int, Literal] = {}
    zone = bound.catalog.timezone
    for node, scope in comparisons(bound.root, Scope.top(bound.catalog, bound.type)):
        if scope.type_of(node.left) == "timestamp":
            for value in node.values:
                if isinstance(value, Literal):
                    moment = cast(value, "timestamp", zone)
                    assert isinstance(moment, datetime)
                    text = moment.isoformat().replace("+00:00", "Z")
                    changed[id(value)] = replace(value, value=text)
    return transformed(bound.root, lambda node: changed.get(id(node), node))
