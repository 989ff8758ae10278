"""Plans that are paid for, and values that end in the noun of their own field."""

from __future__ import annotations

import pytest

from audience.catalog import Catalog, EventField, FieldType, TraitField, ValueStats
from audience.english.engine import read_prompt
from audience.english.reading import NoFinder, Reading, Request
from audience.printer import show
from tests.audience.english.worlds import AS_OF, SEEN


def _trait(name: str, kind: FieldType, *values: str) -> TraitField:
    stats = ValueStats(values=values, complete=True)
    return TraitField(name, name, kind, "user", "", seen=SEEN, stats=stats)


def _read(prompt: str, *traits: TraitField) -> Reading:
    events = (EventField("bill_paid", "bill_paid", (), seen=SEEN),)
    return read_prompt(Request(prompt, Catalog(events, traits), NoFinder(), AS_OF, prompt_min=3))


TIER = _trait("tier", "text", "free", "solo", "studio")
NAMED = _trait("package", "text", "Free Package", "Solo Package", "Studio Package")
FLAG = _trait("has_paid_subscription", "boolean", "true", "false")
SWITCH = _trait("autorenewal_setting", "text", "on", "off")


@pytest.mark.parametrize(
    ("trait", "prompt", "query"),
    [
        (TIER, "everyone on a paid plan", "trait('tier').one_of('solo', 'studio')"),
        (TIER, "people with any paid subscription", "trait('tier').one_of('solo', 'studio')"),
        (NAMED, "all paid plans", "trait('package').one_of('Solo Package', 'Studio Package')"),
        (NAMED, "customers on Solo", "trait('package') = 'Solo Package'"),
        (NAMED, "solo or studio customers", "trait('package').one_of('Solo Package', 'Studio Package')"),
        (NAMED, "free users", "trait('package') = 'Free Package'"),
        (FLAG, "free users", "trait('has_paid_subscription') = 'false'"),
        (FLAG, "people on the free tier", "trait('has_paid_subscription') = 'false'"),
        (FLAG, "users on a paid plan", "trait('has_paid_subscription') = 'true'"),
        (SWITCH, "auto-renew off", "trait('autorenewal_setting') = 'off'"),
        (SWITCH, "everyone who renews automatically", "trait('autorenewal_setting') = 'on'"),
    ],
)  # fmt: skip
def test_plans_and_switches(trait: TraitField, prompt: str, query: str) -> None:
    reading = _read(prompt, trait)
    assert reading.status == "draft", reading
    assert show(reading.root) == query


def test_who_paid_is_on_no_plan_for_that() -> None:
    reading = _read("customers who paid subscription fees in May", TIER)
    assert "tier" not in (show(reading.root) if reading.root is not None else "")
