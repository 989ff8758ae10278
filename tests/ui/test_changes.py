"""Changes that the condition editor sends: what they make, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from audience.editor import BadEdit
from audience.printer import show
from audience.query import conditions
from audience.reader import read
from tests.ui.editing_catalog import CATALOG, QUERY
from ui.changes import made
from ui.controls import control

EVENTS = [1, 0, 0]
WINDOW = EVENTS
TOTAL = [1, 0, 0, 1, 0, 0]
STORE = [1, 0, 0, 1, 0, 1]


def field(kind: str, name: str, event: str | None = None) -> dict[str, Any]:
    return {"kind": kind, "name": name, "event": event}


def added(
    path: list[int], of: str, name: str, *, kind: str = "and", event: str | None = None
) -> dict[str, Any]:
    return {"part": "add", "path": path, "kind": kind, "field": field(of, name, event)}


def compared(path: list[int], operator: str, *values: str, unit: str = "day") -> dict[str, Any]:
    return {
        "part": "comparison",
        "path": path,
        "operator": operator,
        "values": list(values),
        "unit": unit,
    }


def against(path: list[int], operator: str, kind: str, name: str) -> dict[str, Any]:
    return compared(path, operator) | {"against": {"kind": kind, "name": name}}


def query_of(changes: Any, opened: int | None = None) -> str:
    return show(made(read(QUERY), changes, CATALOG, "users", opened).root)


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ([compared([0], "one_of", "CA", "NY", "")], "trait('state').one_of('CA', 'NY')"),
        ([compared([0], "absent", "CA")], "trait('state').absent()"),
        ([against([0], "differs", "trait", "phone")], "trait('state') != trait('phone')"),
        ([against(STORE, "equals", "trait", "state")], "property('store') = trait('state')"),
        ([against(TOTAL, "absent", "trait", "state")], "property('total').absent()"),
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
        ([{"part": "exclude", "path": [2, 0]}], "count() >= 2 AND (trait('vip') = 'true' OR"),
        ([{"part": "remove", "path": [0]}], "event('Order Completed').within(90 days).where"),
        ([{"part": "remove", "path": TOTAL}], ".where(property('store') = 'Web').count()"),
        ([{"part": "row", "path": EVENTS, "property": "gift"}], "AND property('gift') = 'true')"),
        ([added([], "event", "Order Completed")], "AND event('Order Completed').count() >= 1"),
        (
            [added([0], "trait", "vip", kind="or")],
            "(trait('state') = 'CA' OR trait('vip') = 'true'",
        ),
        (
            [added([], "property", "store", event="Order Completed")],
            ".where(property('store').exists()).count() >= 1",
        ),
        ([added([], "audience", "vips")], "AND trait('vips') = 'true'"),
        (
            [{"part": "replace", "path": [0], "field": field("trait", "phone")}],
            "trait('phone').exists() AND",
        ),
        (
            [{"part": "together", "paths": [[0], [1]], "kind": "or"}],
            "(trait('state') = 'CA' OR event(",
        ),
        (
            [{"part": "dissolve", "path": [2, 0]}],
            "AND NOT trait('vip') = 'true' AND trait('birthday')",
        ),
        (
            [{"part": "shift", "path": [0], "step": 1}],
            "count() >= 2 AND trait('state') = 'CA' AND NOT",
        ),
        (
            [{"part": "measure", "path": [1], "method": "sum", "property": "total"}],
            ".sum(property('total')) >= 2",
        ),
        (
            [{"part": "measure", "path": [1], "method": "last", "property": "store"}],
            ".last(property('store')).exists()",
        ),
    ],
)
def test_a_change_is_made(changes: list[dict[str, Any]], wanted: str) -> None:
    assert wanted in query_of(changes)


def test_changes_at_once_do_not_get_in_each_others_way() -> None:
    changes = [
        {"part": "window", "path": WINDOW},
        {"part": "exclude", "path": [1]},
        compared(TOTAL, "less_than", "10"),
        compared([1], "at_least", "3"),
    ]
    query = query_of(changes)
    assert (
        "NOT event('Order Completed').where(property('total') < 10 AND property('store') = 'Web')"
        ".count() >= 3" in query
    )


def test_values_are_values_whatever_they_look_like() -> None:
    hostile = "') OR trait('vip') = ('<script>"
    query = query_of([compared([0], "equals", hostile)])
    assert query.count("script") == 1
    assert len(conditions(read(query))) == 4
    again = control(read(query), 0, CATALOG, "users")
    assert again["parts"][0]["values"] == [hostile]


@pytest.mark.parametrize(
    "payload",
    [
        None,
        "drop",
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
        [added([], "trait", "no such trait")],
        [added([], "event", "') OR ('")],
        [added([1], "property", "store", event="nothing")],
        [{"part": "row", "path": EVENTS, "property": "nothing"}],
        [{"part": "row", "path": [0], "property": "store"}],
        [{"part": "together", "paths": [[0]], "kind": "or"}],
        [{"part": "together", "paths": [[0], [2, 0, 0]], "kind": "or"}],
        [{"part": "shift", "path": [0], "step": 2}],
        [{"part": "shift", "path": [0], "step": 1}, {"part": "remove", "path": [0]}],
        [{"part": "dissolve", "path": []}],
        [{"part": "measure", "path": [0], "method": "sum", "property": "total"}],
        [{"part": "users", "path": [0], "kind": "all"}],
        [{"part": "exclude", "path": [0]}] * 51,
    ],
)
def test_what_is_no_change_is_refused(payload: Any) -> None:
    with pytest.raises(BadEdit):
        query_of(payload)


def test_the_opened_condition_is_followed() -> None:
    def opened(change: dict[str, Any], before: int | None) -> int | None:
        return made(read(QUERY), [change], CATALOG, "users", before).opened

    shift = {"part": "shift", "path": [0], "step": 1}
    assert opened(shift, 0) == 1
    assert opened(shift, 1) == 0
    assert opened({"part": "exclude", "path": [0]}, 0) == 0
    assert opened({"part": "remove", "path": [0]}, 0) is None
    assert opened(added([], "trait", "vip"), 0) == 4
    assert opened({"part": "dissolve", "path": [2, 0]}, 2) == 2


def test_what_belongs_to_users_is_asked_of_some_users_of_an_account() -> None:
    root = read("trait('size') > 5")
    change = added([], "event", "Order Completed")
    query = show(made(root, [change], CATALOG, "accounts").root)
    assert query.endswith("AND ANY event('Order Completed').count() >= 1")
