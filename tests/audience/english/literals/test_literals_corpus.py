"""The corpus of literals: four ways to fail, and what must not be read at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from audience.english.literals import literals
from audience.english.literals.items import (
    Calendar,
    Comparator,
    Ever,
    Future,
    Item,
    Length,
    LengthRange,
    Money,
    Number,
    OpenFrom,
    OpenTo,
    Ordinal,
    Percent,
    Range,
    Rolling,
    Vague,
    Within,
)
from audience.query import Duration

CORPUS = Path(__file__).parent / "corpus"


def loaded(name: str) -> Any:
    return yaml.safe_load((CORPUS / name).read_text(encoding="utf-8"))


def length(duration: Duration | None) -> str:
    assert duration is not None
    return f"{duration.amount} {duration.unit}{'' if duration.amount == 1 else 's'}"


def unit_of(item: Range) -> str:
    units = {None: "", "money": f" {item.currency}", "percent": " %", "times": " times"}
    return units.get(item.unit, " years old")


def ends(item: Range) -> str:
    if item.low is not None and item.low == item.high:
        return f"{'!=' if item.negated else '='} {item.low:g}"
    both = item.low is not None and item.high is not None
    if both and item.low_inclusive and item.high_inclusive and "range: two ends" not in item.rules:
        return f"{item.low:g} to {item.high:g}"
    found = []
    if item.low is not None:
        found.append(f"{'>=' if item.low_inclusive else '>'} {item.low:g}")
    if item.high is not None:
        found.append(f"{'<=' if item.high_inclusive else '<'} {item.high:g}")
    return ", ".join(found)


def lengths(item: LengthRange) -> str:
    approach = f"{item.approach} " if item.approach else ""
    if item.low and item.high:
        return f"lengths {approach}{length(item.low)} to {length(item.high)}"
    if item.low:
        return f"lengths {approach}{'>=' if item.low_inclusive else '>'} {length(item.low)}"
    return f"lengths {approach}{'<=' if item.high_inclusive else '<'} {length(item.high)}"


def window(name: str, near: Duration | None, far: Duration | None, beyond: str) -> str:
    if near and far:
        return f"{name} {length(far)} to {length(near)}"
    return f"{name} {length(far)}" if far else f"{name} {beyond} {length(near)}"


def plain(item: Item) -> str:
    match item:
        case Number(value=value):
            return f"number {value.normalize():f}"
        case Ordinal(value=value):
            return f"ordinal {value}"
        case Percent(value=value):
            return f"percent {value:f}"
        case Money(value=value, currency=currency):
            return f"money {value.normalize():f} {currency}"
        case Comparator(operator=operator):
            return f"comparator {operator}"
        case Range():
            return ends(item) + unit_of(item)
        case Length(duration=duration):
            return f"length {length(duration)}"
        case LengthRange():
            return lengths(item)
        case Within(duration=duration, approach=approach):
            return f"within {length(duration)} {approach}"
        case Rolling(newest=newest, oldest=oldest):
            return window("rolling", newest, oldest, "older than")
        case Future(soonest=soonest, latest=latest):
            if soonest and latest:
                return f"future {length(soonest)} to {length(latest)}"
            return window("future", soonest, latest, "after")
        case Calendar(first=first, last=last, bare=bare):
            return f"{'bare' if bare else 'calendar'} {first}..{last}"
        case OpenFrom(first=first):
            return f"from {first}"
        case OpenTo(last=last):
            return f"to {last}"
        case Ever():
            return "ever"
        case Vague(subject=subject):
            return f"vague {subject}"
    raise AssertionError(item)


def compact(item: Item) -> str:
    """An item as the corpus writes it."""
    text = plain(item)
    if item.assumption and not item.ask:
        text += " (assumes)"
    if item.ask:
        text += " ?"
        if item.ask.options:
            text += " " + " | ".join(plain(option) for option in item.ask.options)
    return text


def cases() -> Iterator[Any]:
    for path in sorted(CORPUS.glob("*.yaml")):
        corpus = loaded(path.name)
        for group in corpus.get("groups", [corpus]):
            for case in group.get("cases", ()):
                for phrase in case["phrases"]:
                    yield pytest.param(
                        group["as_of"], group["timezone"], str(phrase), case["value"],
                        id=f"{path.stem}: {phrase} @ {group['as_of']:%Y-%m-%d}",
                    )  # fmt: skip


@pytest.mark.parametrize(("as_of", "timezone", "phrase", "value"), list(cases()))
def test_a_phrase_is_read_whole_in_one_way_with_its_value(
    as_of: datetime, timezone: str, phrase: str, value: str
) -> None:
    items = literals(phrase, as_of=as_of, timezone=timezone)
    assert items, "no reading"
    assert {(item.start, item.end) for item in items} == {(0, len(phrase))}, "a partial span"
    assert len(items) == 1 + value.count(" & "), "more than one reading"
    found = sorted(compact(item) for item in items)
    assert found == sorted(value.split(" & ")), "another value"
    assert all(item.text == phrase for item in items)


@pytest.mark.parametrize("text", loaded("none.yaml")["none"])
def test_what_is_no_literal_is_not_read_as_one(text: str) -> None:
    assert literals(text, as_of=datetime.fromisoformat("2026-11-22T10:00:00Z")) == ()


@pytest.mark.parametrize("case", loaded("none.yaml")["exactly"], ids=lambda case: case["text"])
def test_a_sentence_holds_these_literals_and_no_others(case: dict[str, Any]) -> None:
    items = literals(case["text"], as_of=datetime.fromisoformat("2026-11-22T10:00:00Z"))
    assert {item.text: compact(item) for item in items} == case["items"]
    for item in items:
        assert case["text"][item.start : item.end] == item.text
