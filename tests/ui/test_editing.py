"""The condition editor's side of the server: what can be changed, and what the changes make."""

from __future__ import annotations

from typing import Any

import pytest

from audience.catalog import Catalog, EventField, PropertyField, TraitField, ValueStats
from audience.editor import BadEdit
from audience.printer import show
from audience.reader import read
from ui.editing import controls, made, structure

CATALOG = Catalog(
    events=(
        EventField(
            "Order Completed",
            "order_completed",
            (
                PropertyField("Order Completed", "total", "total", "number"),
                PropertyField(
                    "Order Completed", "store", "store", "text", stats=ValueStats(("Web", "Madrid"))
                ),
            ),
        ),
    ),
    user_traits=(
        TraitField("state", "state", "text", stats=ValueStats(("CA", "NY"))),
        TraitField("phone", "phone", "text", stats=ValueStats(("555",), personal=True)),
        TraitField("vip", "vip", "boolean"),
        TraitField("birthday", "birthday", "date"),
        TraitField("__proto__", "__proto__", "text"),
    ),
)
QUERY = (
    "trait('state') = 'CA' AND event('Order Completed').within(90 days)"
    ".where(property('total') > 50 AND property('store') = 'Web').count() >= 2"
    " AND NOT (trait('vip') = 'true' OR NOT trait('birthday').within_next(7 days))"
)
WINDOW = [1, 0, 0]
TOTAL = [1, 0, 0, 1, 0, 0]


def compared(path: list[int], operator: str, *values: str, unit: str = "day") -> dict[str, Any]:
    return {
        "part": "comparison",
        "path": path,
        "operator": operator,
        "values": list(values),
        "unit": unit,
    }


def test_every_part_is_found_with_its_suggestions() -> None:
    state, orders, vip, birthday = controls(read(QUERY), CATALOG, "users")
    assert [each["label"] for each in orders["parts"]] == [
        "Order Completed, how often",
        "Order Completed, when",
        "total",
        "store",
    ]
    assert state["parts"][0]["suggestions"] == ["CA", "NY"]
    assert orders["parts"][3]["suggestions"] == ["Web", "Madrid"]
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
    (only,) = controls(read("trait('phone') = '555'"), CATALOG, "users")
    assert only["parts"][0]["suggestions"] == []


def test_groups_say_how_conditions_hang_together() -> None:
    found = structure(read(QUERY))
    assert (found["kind"], found["negated"], len(found["items"])) == ("and", False, 3)
    inner = found["items"][2]
    assert (inner["kind"], inner["negated"], inner["path"]) == ("or", True, [2, 0])
    assert [each["condition"] for each in inner["items"]] == [2, 3]


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ([compared([0], "one_of", "CA", "NY", "")], "trait('state').one_of('CA', 'NY')"),
        ([compared([0], "absent", "CA")], "trait('state').absent()"),
        ([compared([1], "less_than", "5")], ".count() < 5"),
        ([compared(TOTAL, "at_least", "99.50")], "property('total') >= 99.5"),
        ([compared([2, 0, 1, 0], "within_last", "48", unit="hour")], ".within_last(48 hours)"),
        ([{"part": "window", "path": WINDOW, "oldest": 30}], ".within(30 days)"),
        (
            [{"part": "window", "path": WINDOW, "oldest": 30, "newest": 7}],
            ".between(7 days, 30 days)",
        ),
        ([{"part": "window", "path": WINDOW}], "event('Order Completed').where("),
        ([{"part": "group", "path": [], "kind": "or"}], "trait('state') = 'CA' OR event("),
        ([{"part": "exclude", "path": [0]}], "NOT trait('state') = 'CA'"),
        ([{"part": "exclude", "path": [2, 0, 1]}], "OR trait('birthday').within_next(7 days)"),
    ],
)
def test_a_change_is_made(changes: list[dict[str, Any]], wanted: str) -> None:
    assert wanted in show(made(read(QUERY), changes))


def test_changes_at_once_do_not_get_in_each_others_way() -> None:
    changes = [
        {"part": "window", "path": WINDOW},
        {"part": "exclude", "path": [1]},
        compared(TOTAL, "less_than", "10"),
        compared([1], "at_least", "3"),
    ]
    query = show(made(read(QUERY), changes))
    assert (
        "NOT event('Order Completed').where(property('total') < 10 AND property('store') = 'Web')"
        ".count() >= 3" in query
    )


def test_values_are_values_whatever_they_look_like() -> None:
    hostile = "') OR trait('vip') = ('<script>"
    query = show(made(read(QUERY), [compared([0], "equals", hostile)]))
    assert query.count("script") == 1
    assert len(controls(read(query), CATALOG, "users")) == 4
    (again, *_) = controls(read(query), CATALOG, "users")
    assert again["parts"][0]["values"] == [hostile]


@pytest.mark.parametrize(
    "payload",
    [
        None,
        "drop",
        [],
        [{}],
        [{"part": "window"}],
        [{"part": "window", "path": [9, 9]}],
        [{"part": "window", "path": [0], "oldest": 3}],
        [{"part": "window", "path": WINDOW, "oldest": -3}],
        [{"part": "window", "path": WINDOW, "oldest": ""}],
        [{"part": "group", "path": [0], "kind": "or"}],
        [{"part": "group", "path": [], "kind": "xor"}],
        [{"part": "exclude", "path": [0, 0]}],
        [{"part": "exclude", "path": ["__proto__"]}],
        [compared([0], "__class__", "x")],
        [compared([0], "equals")],
        [compared([1], "at_least", "many")],
        [compared([1], "at_least", "NaN")],
        [compared([2, 0, 1, 0], "within_next", "1e9")],
        [compared([0], "equals", "x") | {"root": "y"}],
        [{"part": "exclude", "path": [0]}] * 51,
    ],
)
def test_what_is_no_change_is_refused(payload: Any) -> None:
    with pytest.raises(BadEdit):
        made(read(QUERY), payload)
