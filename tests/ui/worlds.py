"""The workspaces that the browser tests run on, and what they say about the people of each.

`shop` alone, except where a test names others; with `MUSTER_TEST_WORLDS=grocer,large` every test of
the page runs on those (`make test-large`). `large` is generated, of `MUSTER_TEST_EVENTS` orders.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.large import make_large
from workspace.grocer import make_grocer

WANTED = tuple(filter(None, os.environ.get("MUSTER_TEST_WORLDS", "").split(",")))
EVENTS = int(os.environ.get("MUSTER_TEST_EVENTS", "5000000"))


@dataclass(frozen=True)
class World:
    """A workspace with the event Order Completed, and descriptions of some of its people."""

    name: str
    make: Callable[[Path], None] | None
    """Writes its folder; none for the demo, which makes itself."""
    lacking: str
    """A description of the people without the trait `lacked`; `having`: of all others."""
    having: str
    lacked: str
    trait: str
    value: str
    of_value: str
    """A description of the people whose `trait` is `value`; `buying`: of those who bought too."""
    buying: str
    three: str
    """A description of three conditions that no order has to do with."""
    rival: str
    """Another trait of the same type."""
    event: str
    event_property: str
    person: str
    """The id of somebody."""
    personas: int
    """How many the first strategy has; there is also a strategy without any."""

    @property
    def lacking_idle(self) -> str:
        return f"{self.lacking.rstrip('.')} and have not purchased in the last 30 days"

    @property
    def lacks(self) -> str:
        """The condition of `lacking`, as a card says it."""
        return f"{self.lacked} is not set"

    @property
    def has(self) -> str:
        return f"{self.lacked} is set"

    @property
    def is_value(self) -> str:
        return f"{self.trait} is {self.value}"

    @property
    def is_other(self) -> str:
        return f"{self.trait} is not {self.value}"

    @property
    def query(self) -> str:
        """The query of `of_value`."""
        return f"trait('{self.trait}') = '{self.value}'"

    def orders(self, days: int, least: int) -> str:
        """The query of `buying` but for the trait: it says 90 days and 2."""
        return f"event('Order Completed').within({days} days).count() >= {least}"


SHOP = World(
    name="shop",
    make=None,
    lacking="Customers who don't have a phone number.",
    having="Customers who do have a phone number.",
    lacked="phone",
    trait="state",
    value="CA",
    of_value="Customers who live in the state of California",
    buying="Customers in California who bought at least twice in the last 90 days",
    three="Women in Barcelona who are 25 or older",
    rival="city",
    event="Email Opened",
    event_property="email_subject",
    person="u10001",
    personas=6,
)
GROCER = World(
    name="grocer",
    make=make_grocer,
    lacking="Shoppers who don't have a marital status.",
    having="Shoppers who do have a marital status.",
    lacked="marital_status",
    trait="home_ownership",
    value="Homeowner",
    of_value="Shoppers who are homeowners",
    buying="Homeowners who bought at least twice in the last 90 days",
    three="Married shoppers who are homeowners and whose kids count is 0",
    rival="marital_status",
    event="Coupon Redeemed",
    event_property="campaign_type",
    person="1",
    personas=4,
)
LARGE = World(
    name="large",
    make=lambda folder: make_large(folder, EVENTS),
    lacking="Customers who don't have a phone number.",
    having="Customers who do have a phone number.",
    lacked="phone",
    trait="state",
    value="CA",
    of_value="Customers who live in the state of California",
    buying="Customers with state CA who bought at least twice in the last 90 days",
    three="Customers with state CA in Lakewood who are 25 or older",
    rival="city",
    event="Email Opened",
    event_property="email_subject",
    person="p1",
    personas=6,
)
WORLDS = {each.name: each for each in (SHOP, GROCER, LARGE)}
