"""Who is a member of a programme, and who is none."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, Seen, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _catalog(*values: str, set_for: int = 40) -> Catalog:
    stats = ValueStats(values=values, complete=True, distinct=len(values))
    about = "Level in the rewards programme Wave Club"
    return Catalog(
        events=(EventField("Order Placed", "order_placed", (), seen=SEEN),),
        user_traits=(
            TraitField("city", "city", "text", seen=Seen(100), stats=ValueStats(("York", "Leeds"), True, 2)),
            TraitField("wave_tier", "wave_tier", "text", "user", about, seen=Seen(set_for), stats=stats),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("prompt", "query"),
    [
        ("customers who are in the rewards programme", "trait('wave_tier').exists()"),
        ("customers who are not in our loyalty scheme", "trait('wave_tier').absent()"),
        ("rewards members in York", "trait('wave_tier').exists() AND trait('city') = 'York'"),
        ("non-members who placed an order",
         "trait('wave_tier').absent() AND event('Order Placed').count() >= 1"),
        ("people in Leeds who are no members", "trait('city') = 'Leeds' AND trait('wave_tier').absent()"),
        ("Wave Club members in Leeds", "trait('wave_tier').exists() AND trait('city') = 'Leeds'"),
        ("everybody outside the rewards programme", "trait('wave_tier').absent()"),
        ("members who placed an order", "event('Order Placed').count() >= 1"),
    ],
)  # fmt: skip
def test_members_are_those_with_a_level(prompt: str, query: str) -> None:
    assert _read(prompt, _catalog("Ripple", "Tide")) == query


@pytest.mark.parametrize("catalog", [_catalog("none", "Tide"), _catalog("Ripple", set_for=100)])
def test_what_everybody_has_tells_of_no_members(catalog: Catalog) -> None:
    assert "exists" not in (_read("customers who are in the rewards programme", catalog) or "")


def _read(prompt: str, catalog: Catalog) -> str | None:
    reading = read_prompt(Request(prompt, catalog, NoFinder(), AS_OF))
    return show(reading.root) if reading.status == "draft" and reading.root is not None else None
