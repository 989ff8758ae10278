"""What is not known of people."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, Seen, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF


def _field(name: str, kind: str, set_for: int, *values: str, about: str = "") -> TraitField:
    stats = ValueStats(values, complete=True, distinct=len(values))
    return TraitField(name, name, kind, "user", about, seen=Seen(set_for), stats=stats)  # type: ignore[arg-type]


_CATALOG = Catalog(
    events=(),
    user_traits=(
        _field("city", "text", 100, "York", "Leeds"),
        _field("tenure", "text", 60, "O", "R", about="O owns the home, R rents it"),
        _field("has_garden", "boolean", 70, "true", "false"),
        _field("has_heating", "boolean", 100, "true", "false"),
    ),
)


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("we don't know whether they have a garden", "trait('has_garden').absent()"),
        ("people who have not told us if they rent", "trait('tenure').absent()"),
        ("people who didn't say whether they rent or own", "trait('tenure').absent()"),
        ("people in York where it is unknown whether they have a garden",
         "trait('city') = 'York' AND trait('has_garden').absent()"),
        ("we never asked whether they have a garden, only York",
         "trait('has_garden').absent() AND trait('city') = 'York'"),
        ("we don't know whether they have heating", None),  # it is known of everybody
        ("we don't know whether they rent in York", None),  # more than one thing
        ("people who have a garden and rent", "trait('has_garden') = 'true' AND trait('tenure') = 'R'"),
    ],
)  # fmt: skip
def test_it_is_the_field_that_is_not_set(prompt: str, query: str | None) -> None:
    reading = read_prompt(Request(prompt, _CATALOG, NoFinder(), AS_OF))
    drafted = reading.status == "draft" and reading.root is not None
    assert (show(reading.root) if drafted and reading.root is not None else None) == query
