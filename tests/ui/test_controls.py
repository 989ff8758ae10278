"""What of a query the condition editor can change."""

from __future__ import annotations

from typing import Any

import pytest

from audience.catalog import AudienceType
from audience.query import conditions
from audience.reader import read
from tests.ui.editing_catalog import CATALOG, QUERY
from ui.controls import control, structure


def controls(query: str, type: AudienceType = "users") -> list[dict[str, Any]]:
    root = read(query)
    return [control(root, number, CATALOG, type) for number in range(len(conditions(root)))]


def test_every_part_is_found_with_its_suggestions() -> None:
    state, orders, vip, birthday = controls(QUERY)
    assert [(each["part"], each.get("label")) for each in orders["parts"]] == [
        ("comparison", "Order Completed, how often"),
        ("window", "Order Completed, when"),
        ("group", None),
        ("comparison", "total"),
        ("comparison", "store"),
        ("rows", None),
    ]
    assert [each["title"] for each in (state, orders)] == ["state", "Order Completed"]
    assert state["parts"][0]["suggestions"] == ["CA", "NY"]
    assert orders["parts"][4]["suggestions"] == ["Web", "Madrid"]
    assert (orders["parts"][3]["range"], orders["parts"][3]["removable"]) == ("5 to 900", True)
    assert [each["excluded"] for each in (state, orders, vip, birthday)] == [
        False,
        False,
        False,
        True,
    ]
    keys = {each["key"] for each in vip["parts"][0]["operators"]}
    assert "equals" in keys
    assert "greater_than" not in keys


def test_values_of_a_personal_field_are_not_suggested() -> None:
    (only,) = controls("trait('phone') = '555'")
    assert only["parts"][0]["suggestions"] == []


def test_groups_say_how_conditions_hang_together() -> None:
    found = structure(read(QUERY))
    assert (found["kind"], found["negated"], len(found["items"])) == ("and", False, 3)
    inner = found["items"][2]
    assert (inner["kind"], inner["negated"], inner["path"]) == ("or", True, [2, 0])
    assert [each["condition"] for each in inner["items"]] == [2, 3]


def test_what_is_taken_of_events_can_be_chosen() -> None:
    (spent,) = controls("event('Order Completed').sum(property('total')) > 500")
    measure = spent["parts"][0]["measure"]
    assert (measure["method"], measure["property"]) == ("sum", "total")
    of = {each["key"]: each["properties"] for each in measure["methods"]}
    assert of["count"] == []
    assert of["avg"] == ["total"]
    assert of["unique"] == ["total", "store", "gift"]


def test_a_not_inside_where_and_a_child_event_are_shown() -> None:
    (found,) = controls(
        "event('Order Completed').where(NOT property('store') = 'Web' AND event('Order Completed')"
        ".within(parent: 14 days).count() = 0).count() >= 1"
    )
    store = next(each for each in found["parts"] if each.get("label") == "store")
    assert store["excluded"] is True
    after = next(each for each in found["parts"] if each["part"] == "after")
    assert (after["amount"], after["unit"], after["level"]) == (14, "day", 1)


def test_users_of_an_account_are_some_or_every_one() -> None:
    (found,) = controls("ALL event('Order Completed').count() >= 1", "accounts")
    assert (found["parts"][0]["part"], found["parts"][0]["kind"]) == ("users", "all")
    assert found["parts"][1]["label"] == "Order Completed, how often"


def test_a_field_is_compared_with_another_that_fits() -> None:
    (found,) = controls(
        "event('Order Completed').where(property('store') = trait('state')).count() >= 1"
    )
    store = next(each for each in found["parts"] if each.get("label") == "store")
    names = [(each["kind"], each["name"]) for each in store["rivals"]]
    assert names == [("trait", "state"), ("trait", "phone"), ("trait", "__proto__")]
    assert (store["against"], store["values"]) == (0, [])


@pytest.mark.parametrize("operand", ["trait('birthday')", "trait('size')", "property('gift')"])
def test_a_field_that_does_not_fit_is_shown_and_not_taken_apart(operand: str) -> None:
    query = f"event('Order Completed').where(property('total') > {operand}).count() >= 1"
    (found,) = controls(query)
    assert [each["part"] for each in found["parts"]][2] == "fixed"
