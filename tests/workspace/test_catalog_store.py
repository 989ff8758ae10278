"""A catalog survives the way through JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from audience.catalog import (
    Catalog,
    EventField,
    PropertyField,
    SavedAudience,
    Seen,
    TraitField,
    ValueStats,
)
from workspace.catalog_store import dump, load

FULL = Catalog(
    events=(
        EventField(
            "Order Completed",
            "order_completed",
            (
                PropertyField(
                    "Order Completed",
                    'a"b',
                    "a_b",
                    "number",
                    "Größe",
                    "system",
                    Seen(3, datetime(2026, 5, 1, 2, 3, 4, 5, tzinfo=UTC), True),
                    ValueStats(("1", "2"), True, 2, "1", "2", True),
                ),
                PropertyField("Order Completed", "plain", "plain", "list"),
            ),
            "Bought",
            "system",
            Seen(4, None, False),
            has_sources=True,
        ),
        EventField("__proto__", "__proto__"),
    ),
    user_traits=(TraitField("t", "t", "boolean"),),
    account_traits=(TraitField("a", "a", "date", "account"),),
    has_data=False,
    has_accounts=True,
    timezone="Europe/Madrid",
    currency="EUR",
    lookback_days=90,
    glossary={"VIP": "trait('t') = 'true'"},
    audiences=(SavedAudience("k", "K", "trait('t') = 'true'", kind="dynamic"),),
)


@pytest.mark.parametrize("catalog", [FULL, Catalog()])
def test_load_undoes_dump(catalog: Catalog) -> None:
    assert load(json.loads(json.dumps(dump(catalog)))) == catalog


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format"):
        load(dump(FULL) | {"format": 0})
    with pytest.raises(KeyError):
        load({})
    with pytest.raises(TypeError):
        load(dump(FULL) | {"surprise": 1})
