"""A segment's definition for Klaviyo: groups AND, conditions OR."""

from __future__ import annotations

from typing import Any

import pytest

from audience.exporters import klaviyo
from audience.problems import NotSupported
from audience.validator import bind
from tests.audience.exporters.exports import body, hubspot_branches, klaviyo_conditions
from tests.audience.small_catalog import CATALOG


def profile(property_: str, **filter_: Any) -> dict[str, Any]:
    return {"type": "profile-property", "property": f"properties['{property_}']", "filter": filter_}


def test_klaviyo() -> None:
    found = body(
        klaviyo,
        "event('Order Completed').where(property('total') >= 100 AND property('gift') = 'true')"
        ".within(7 days).count() >= 2",
    )
    assert found == {
        "data": {
            "type": "segment",
            "attributes": {
                "name": "My audience",
                "definition": {
                    "condition_groups": [
                        {
                            "conditions": [
                                {
                                    "type": "profile-metric",
                                    "metric_id": "Order Completed",
                                    "measurement": "count",
                                    "measurement_filter": {
                                        "type": "numeric",
                                        "operator": "greater-than-or-equal",
                                        "value": 2,
                                    },
                                    "timeframe_filter": {
                                        "type": "date",
                                        "operator": "in-the-last",
                                        "unit": "day",
                                        "quantity": 7,
                                    },
                                    "metric_filters": [
                                        {
                                            "property": "total",
                                            "filter": {
                                                "type": "numeric",
                                                "operator": "greater-than-or-equal",
                                                "value": 100,
                                            },
                                        },
                                        {
                                            "property": "gift",
                                            "filter": {
                                                "type": "boolean",
                                                "operator": "equals",
                                                "value": True,
                                            },
                                        },
                                    ],
                                }
                            ]
                        }
                    ]
                },
            },
        }
    }


UNSET = {"type": "existence", "operator": "not-set"}
SET = {"type": "existence", "operator": "is-set"}


@pytest.mark.parametrize(
    ("query", "groups"),
    [
        (
            "trait('plan') = 'pro'",
            [[profile("plan", type="string", operator="equals", value="pro")]],
        ),
        (
            "NOT trait('plan') = 'pro'",
            [
                [
                    profile("plan", **UNSET),
                    profile("plan", type="string", operator="not-equals", value="pro"),
                ]
            ],
        ),
        (
            "trait('plan') != 'pro'",
            [
                [profile("plan", **SET)],
                [profile("plan", type="string", operator="not-equals", value="pro")],
            ],
        ),
        (
            "trait('country').one_of('Spain', 'France')",
            [[profile("country", type="string", operator="in", value=["Spain", "France"])]],
        ),
        (
            "trait('address_city').omits('a', 'b')",
            [
                [profile("address_city", **SET)],
                [profile("address_city", type="string", operator="not-contains", value="a")],
                [profile("address_city", type="string", operator="not-contains", value="b")],
            ],
        ),
        (
            "trait('age') > 30.5",
            [[profile("age", type="numeric", operator="greater-than", value=30.5)]],
        ),
        (
            "NOT trait('age') > 30",
            [
                [
                    profile("age", **UNSET),
                    profile("age", type="numeric", operator="less-than-or-equal", value=30),
                ]
            ],
        ),
        (
            "NOT trait('vip') = 'true'",
            [
                [
                    profile("vip", **UNSET),
                    profile("vip", type="boolean", operator="equals", value=False),
                ]
            ],
        ),
        ("trait('plan').absent()", [[profile("plan", **UNSET)]]),
        ("NOT trait('plan').absent()", [[profile("plan", **SET)]]),
        (
            "trait('birthday') >= '1990-05-17'",
            [[profile("birthday", type="date", operator="after", date="1990-05-16T00:00:00Z")]],
        ),
        (
            "trait('birthday') = '1990-05-17'",
            [
                [profile("birthday", type="date", operator="after", date="1990-05-16T00:00:00Z")],
                [profile("birthday", type="date", operator="before", date="1990-05-18T00:00:00Z")],
            ],
        ),
        (
            "trait('lastSeenAt').before_date('2026-01-01')",
            [[profile("lastSeenAt", type="date", operator="before", date="2025-12-31T23:00:00Z")]],
        ),
        (
            "trait('lastSeenAt').before_last(90 days)",
            [[profile("lastSeenAt", type="date", operator="at-least", unit="day", quantity=90)]],
        ),
        (
            "trait('birthday').anniversary_within_next(7 days)",
            [
                [
                    profile(
                        "birthday", type="date", operator="anniversary-next", unit="day", quantity=7
                    )
                ]
            ],
        ),
        (
            "trait('birthday').anniversary_within_next(0 days)",
            [[profile("birthday", type="date", operator="anniversary")]],
        ),
        (
            "trait('birthday').anniversary_month(5)",
            [[profile("birthday", type="date", operator="calendar-month", value=5)]],
        ),
        (
            "trait('plan').exists() AND trait('age').exists() OR trait('vip').exists()",
            [
                [profile("plan", **SET), profile("vip", **SET)],
                [profile("age", **SET), profile("vip", **SET)],
            ],
        ),
        (
            "NOT (trait('plan').exists() AND trait('age').exists())",
            [[profile("plan", **UNSET), profile("age", **UNSET)]],
        ),
    ],
)
def test_klaviyo_conditions(query: str, groups: list[list[Any]]) -> None:
    assert klaviyo_conditions(query) == groups


@pytest.mark.parametrize(
    ("filters", "timeframe"),
    [
        ("", {"type": "date", "operator": "alltime"}),
        (
            ".within(36 hours)",
            {"type": "date", "operator": "in-the-last", "unit": "hour", "quantity": 36},
        ),
        (
            ".between(7 days, 10 days)",
            {"type": "date", "operator": "between", "start": 7, "end": 10, "unit": "day"},
        ),
        (
            ".between(12 hours, 10 days)",
            {"type": "date", "operator": "between", "start": 12, "end": 240, "unit": "hour"},
        ),
        (
            ".where(context('timestamp').after_date('2026-01-01T10:00:00Z'))",
            {"type": "date", "operator": "after", "date": "2026-01-01T10:00:00Z"},
        ),
    ],
)
def test_klaviyo_timeframes(filters: str, timeframe: dict[str, Any]) -> None:
    ((condition,),) = klaviyo_conditions(f"event('Page Viewed'){filters}.count() = 0")
    assert condition["timeframe_filter"] == timeframe
    assert condition["measurement_filter"] == {"type": "numeric", "operator": "equals", "value": 0}


def test_klaviyo_or_in_where_becomes_several_counts() -> None:
    where = ".where(property('category') = 'Boots' OR property('gift') = 'true')"
    (either,) = klaviyo_conditions(f"event('Order Completed'){where}.count() >= 1")
    assert [each["metric_filters"][0]["property"] for each in either] == ["category", "gift"]
    both = klaviyo_conditions(f"event('Order Completed'){where}.count() = 0")
    assert [[each["metric_filters"][0]["property"] for each in group] for group in both] == [
        ["category"],
        ["gift"],
    ]
    with pytest.raises(NotSupported, match="OR inside the where"):
        klaviyo_conditions(f"event('Order Completed'){where}.count() >= 2")
    # Not a gift: "not set" or "no", which are two counts as well.
    (apart,) = klaviyo_conditions(
        "event('Order Completed').where(NOT property('gift') = 'true').count() >= 1"
    )
    assert len(apart) == 2


def test_several_counts_are_several_conditions() -> None:
    query = "event('Page Viewed').count().one_of(0, 2)"
    (either,) = klaviyo_conditions(query)
    assert [each["measurement_filter"]["value"] for each in either] == [0, 2]
    assert len(hubspot_branches(query)) == 2
    assert len(klaviyo_conditions(f"NOT {query}")) == 2


def test_klaviyo_saved_audiences_are_written_out() -> None:
    catalog = CATALOG.with_audiences(
        tuple(each for each in CATALOG.audiences if each.key != "big_spenders")
    )
    saved = next(each for each in CATALOG.audiences if each.key == "big_spenders")
    simple = type(saved)("big_spenders", "Big", "trait('age') > 3")
    bound = bind(
        "NOT trait('paying') = 'true'", catalog.with_audiences((*catalog.audiences, simple))
    )
    groups = klaviyo.export(bound, name="N").body["data"]["attributes"]["definition"][
        "condition_groups"
    ]
    assert len(groups) == 1
    assert len(groups[0]["conditions"]) == 4
