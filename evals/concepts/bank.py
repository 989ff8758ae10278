"""The bank of concepts in `datasets/concepts/`: how each is kept, what can be meant, how it is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from evals.dataset import DATASETS

FOLDER = DATASETS / "concepts"


@dataclass(frozen=True)
class Field:
    """A trait, an event, or a property of the event `of`, with the names it may have."""

    kind: str  # trait, event, property
    names: tuple[str, ...]  # in small words: "email opt in"
    type: str = "text"
    values: tuple[str, ...] = ()
    range: tuple[float, float] | None = None
    days: tuple[int, int] | None = None  # of a date: from today, the earliest and the latest
    of: str | None = None


@dataclass(frozen=True)
class Way:
    """One way to keep a concept: its fields by their gaps, and the query of each meaning."""

    name: str
    fields: Mapping[str, Field]
    means: Mapping[str, tuple[str, ...]]  # each as right as the others


@dataclass(frozen=True)
class Concept:
    name: str
    ways: tuple[Way, ...]
    said: Mapping[str, tuple[str, ...]]  # meaning → sentences


@dataclass(frozen=True)
class Area:
    """The concepts that one company may have, and sentences that speak of several."""

    name: str
    concepts: tuple[Concept, ...]
    together: tuple[tuple[str, tuple[str, ...]], ...]  # sentence, queries with `[concept: meaning]`


def areas() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def area(name: str) -> Area:
    rows: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    together = rows.pop("together", [])
    return Area(
        name,
        tuple(_concept(key, row) for key, row in rows.items()),
        tuple((each["say"], _listed(each["means"])) for each in together),
    )


def _concept(name: str, row: Mapping[str, Any]) -> Concept:
    ways = tuple(_way(key, way) for key, way in row["kept"].items())
    return Concept(name, ways, {key: tuple(said) for key, said in row["said"].items()})


def _way(name: str, row: Mapping[str, Any]) -> Way:
    fields = {gap: _field(each) for gap, each in row["fields"].items()}
    return Way(name, fields, {key: _listed(means) for key, means in row["means"].items()})


def _field(row: Mapping[str, Any]) -> Field:
    kind = next(each for each in ("property", "event", "trait") if each in row)
    span, days = row.get("range"), row.get("days")
    return Field(
        kind,
        _listed(row[kind]),
        row.get("type", "text"),
        tuple(map(_shown, row.get("values", ()))),
        (span[0], span[1]) if span else None,
        (days[0], days[1]) if days else None,
        row.get("of"),
    )


def _shown(value: object) -> str:
    """YAML reads a bare Y, NO or 3 as something else than the text that is kept."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _listed(one_or_more: str | Sequence[str]) -> tuple[str, ...]:
    return (one_or_more,) if isinstance(one_or_more, str) else tuple(one_or_more)
