"""The hand-made catalogs of `catalogs.yaml`."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from audience.catalog import (
    Catalog,
    EventField,
    PropertyField,
    SavedAudience,
    Seen,
    TraitField,
    ValueStats,
)
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Request
from audience.printer import show

HERE = Path(__file__).parent
AS_OF = datetime(2026, 9, 10, tzinfo=UTC)
SEEN = Seen(count=10, active=True)


def table(name: str) -> Any:
    return yaml.load((HERE / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@cache
def catalog(name: str) -> Catalog:
    row = table("catalogs.yaml")[name]
    abouts = row.get("abouts", {})
    return Catalog(
        events=tuple(_event(each, data) for each, data in row["events"].items()),
        user_traits=tuple(_trait(n, data, abouts, "user") for n, data in row["traits"].items()),
        account_traits=tuple(
            _trait(n, data, {}, "account") for n, data in row.get("accounts", {}).items()
        ),
        has_accounts="accounts" in row,
        glossary=row.get("glossary", {}),
        audiences=tuple(
            SavedAudience(key, label, "event('Email Opened').count() >= 5")
            for key, label in row.get("audiences", {}).items()
        ),
    )


def request(workspace: str, prompt: str) -> Request:
    return Request(prompt, catalog(workspace), NoFinder(), AS_OF)


def drafted(workspace: str, prompt: str) -> str:
    """The query of a prompt that must be a draft."""
    reading = read_prompt(request(workspace, prompt))
    said = (prompt, reading.unmatched, reading.question, reading.problem)
    assert reading.status == "draft", said
    assert reading.root is not None
    return show(reading.root)


def _shape(data: Any) -> tuple[Any, ValueStats]:
    if isinstance(data, str):
        return data, ValueStats()
    kind, *values = data
    return kind, ValueStats(values=tuple(values), complete=True, distinct=len(values))


def _event(name: str, data: dict[str, Any]) -> EventField:
    properties = []
    for each, shape in data.get("properties", {}).items():
        kind, stats = _shape(shape)
        about = data.get("abouts", {}).get(each, "")
        properties.append(PropertyField(name, each, each, kind, about, seen=SEEN, stats=stats))
    slug = name.lower().replace(" ", "_")
    return EventField(name, slug, tuple(properties), data.get("about", ""), seen=SEEN)


def _trait(name: str, data: Any, abouts: dict[str, str], owner: Any) -> TraitField:
    kind, stats = _shape(data)
    return TraitField(name, name, kind, owner, abouts.get(name, ""), seen=SEEN, stats=stats)
