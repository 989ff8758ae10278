"""Where the parts of a query stand after a change."""

from __future__ import annotations

from typing import Any

import pytest

from audience.editor import Path, part
from audience.printer import show
from audience.query import Boolean
from audience.reader import read
from tests.ui.editing_catalog import CATALOG
from ui.changes import made
from ui.tracing import standing

ROW = "event('Order Completed').where(property('total') > 5 AND NOT property('gift') = 'true')"
QUERY = (
    "trait('vip') = 'true' AND NOT trait('state') = 'CA'"
    f" AND NOT (trait('phone').exists() OR {ROW}.count() >= 2)"
)
VIP, STATE, OTHERS, PHONE, ORDERS = (0,), (1,), (2, 0), (2, 0, 0), (2, 0, 1)
TOTAL, GIFT = (*ORDERS, 0, 0, 0, 0, 0), (*ORDERS, 0, 0, 0, 0, 1)
ADDED = {"part": "add", "kind": "and", "field": {"kind": "trait", "name": "vip", "event": None}}


def after(change: dict[str, Any]) -> tuple[Boolean, dict[Path, Path]]:
    """The changed query as it is read again, and where its parts went."""
    root = read(QUERY)
    changed = made(root, [change], CATALOG, "users").root
    return read(show(changed)), standing(root, changed)


@pytest.mark.parametrize(
    ("change", "gone"),
    [
        ({"part": "remove", "path": VIP}, [VIP]),
        ({"part": "remove", "path": STATE}, [STATE]),
        ({"part": "remove", "path": PHONE}, [PHONE]),
        ({"part": "remove", "path": GIFT}, [GIFT]),
        ({"part": "exclude", "path": VIP}, []),
        ({"part": "exclude", "path": STATE}, []),
        ({"part": "exclude", "path": OTHERS}, []),
        ({"part": "exclude", "path": ()}, []),
        ({"part": "exclude", "path": TOTAL}, []),
        ({"part": "group", "path": (), "kind": "or"}, []),
        ({"part": "shift", "path": VIP, "step": 1}, []),
        ({"part": "shift", "path": STATE, "step": 1}, []),
        ({"part": "shift", "path": OTHERS, "step": -1}, []),
        ({"part": "dissolve", "path": OTHERS}, []),
        ({"part": "together", "paths": [VIP, STATE], "kind": "or"}, []),
        ({"part": "window", "path": (*ORDERS, 0, 0), "oldest": 30}, []),
        (ADDED | {"path": ()}, []),
        (ADDED | {"path": PHONE}, []),
        (ADDED | {"path": STATE}, []),
    ],
    ids=str,
)
def test_each_condition_and_row_is_found_where_it_went(
    change: dict[str, Any], gone: list[Path]
) -> None:
    root, went = after(change)
    for path, words in {
        VIP: "trait('vip') =",
        STATE: "trait('state') =",
        PHONE: "trait('phone')",
        ORDERS: "event('Order Completed')",
        TOTAL: "property('total')",
        GIFT: "property('gift')",
    }.items():
        assert (path in went) == (path not in gone)
        if path in went:
            assert show(part(root, went[path])).startswith(words)


def test_a_group_is_found_though_it_was_made_anew() -> None:
    for change, wanted in (
        (ADDED | {"path": OTHERS, "kind": "or"}, (2, 0)),
        ({"part": "group", "path": OTHERS, "kind": "and"}, (2, 0)),
        ({"part": "shift", "path": OTHERS, "step": -1}, (1, 0)),
        ({"part": "exclude", "path": OTHERS}, (2,)),
        ({"part": "dissolve", "path": OTHERS}, None),
    ):
        root, went = after(change)
        assert went.get(OTHERS) == wanted
        assert went[()] == ()
        if wanted is not None:
            assert "phone" in show(part(root, wanted))
