"""A filter branch for HubSpot: an OR of ANDs."""

from __future__ import annotations

from typing import Any

import pytest

from audience.exporters import hubspot
from tests.audience.exporters.exports import body, hubspot_branches


def operations(query: str) -> list[list[Any]]:
    return [[each["operation"] for each in branch["filters"]] for branch in hubspot_branches(query)]


def test_hubspot() -> None:
    found = body(hubspot, "trait('plan') = 'pro' AND trait('age') >= 18")
    assert (found["name"], found["objectTypeId"], found["processingType"]) == (
        "My audience",
        "0-1",
        "DYNAMIC",
    )
    assert found["filterBranch"]["filterBranches"] == [
        {
            "filterBranchType": "AND",
            "filterBranchOperator": "AND",
            "filterBranches": [],
            "filters": [
                {
                    "filterType": "PROPERTY",
                    "property": "plan",
                    "operation": {
                        "operationType": "MULTISTRING",
                        "operator": "IS_EQUAL_TO",
                        "includeObjectsWithNoValueSet": False,
                        "values": ["pro"],
                    },
                },
                {
                    "filterType": "PROPERTY",
                    "property": "age",
                    "operation": {
                        "operationType": "NUMBER",
                        "operator": "IS_GREATER_THAN_OR_EQUAL_TO",
                        "includeObjectsWithNoValueSet": False,
                        "value": 18,
                    },
                },
            ],
        }
    ]


def _operation(kind: str, operator: str, unset: bool, **rest: Any) -> dict[str, Any]:
    return {
        "operationType": kind,
        "operator": operator,
        "includeObjectsWithNoValueSet": unset,
        **rest,
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "NOT trait('plan') = 'pro'",
            [[_operation("MULTISTRING", "IS_NOT_EQUAL_TO", True, values=["pro"])]],
        ),
        (
            "trait('plan') != 'pro'",
            [[_operation("MULTISTRING", "IS_NOT_EQUAL_TO", False, values=["pro"])]],
        ),
        (
            "NOT trait('plan') != 'pro'",
            [
                [_operation("ALL_PROPERTY", "IS_UNKNOWN", True)],
                [_operation("MULTISTRING", "IS_EQUAL_TO", False, values=["pro"])],
            ],
        ),
        (
            "trait('country').none_of('Spain', 'France')",
            [[_operation("MULTISTRING", "IS_NOT_EQUAL_TO", False, values=["Spain", "France"])]],
        ),
        (
            "trait('address_city').contains('a', 'b')",
            [
                [_operation("STRING", "CONTAINS", False, value="a")],
                [_operation("STRING", "CONTAINS", False, value="b")],
            ],
        ),
        (
            "NOT trait('address_city').contains('a', 'b')",
            [
                [
                    _operation("STRING", "DOES_NOT_CONTAIN", True, value="a"),
                    _operation("STRING", "DOES_NOT_CONTAIN", True, value="b"),
                ]
            ],
        ),
        (
            "NOT trait('age') < 18",
            [[_operation("NUMBER", "IS_GREATER_THAN_OR_EQUAL_TO", True, value=18)]],
        ),
        ("NOT trait('vip') = 'true'", [[_operation("BOOL", "IS_NOT_EQUAL_TO", True, value=True)]]),
        ("trait('plan').exists()", [[_operation("ALL_PROPERTY", "IS_KNOWN", False)]]),
        (
            "trait('plan').exists() AND (trait('age').exists() OR trait('vip').absent())",
            [
                [_operation("ALL_PROPERTY", "IS_KNOWN", False)] * 2,
                [
                    _operation("ALL_PROPERTY", "IS_KNOWN", False),
                    _operation("ALL_PROPERTY", "IS_UNKNOWN", True),
                ],
            ],
        ),
    ],
)
def test_hubspot_operations(query: str, expected: list[list[Any]]) -> None:
    assert operations(query) == expected


def test_hubspot_dates() -> None:
    ((point,),) = operations("trait('birthday') <= '1990-05-17'")
    assert (point["operator"], point["endpointBehavior"]) == ("IS_BEFORE", "INCLUSIVE")
    assert point["timePoint"] == {
        "timeType": "DATE", "year": 1990, "month": 5, "day": 17, "zoneId": "UTC",
    }  # fmt: skip
    ((span,),) = operations("trait('lastSeenAt').within_last(7 days)")
    assert span["lowerBoundTimePoint"]["offset"] == {"days": -7}
    # Today belongs to it, up to the next midnight.
    assert (span["upperBoundTimePoint"]["offset"], span["upperBoundEndpointBehavior"]) == (
        {"days": 1},
        "EXCLUSIVE",
    )
    outside = operations("NOT trait('lastSeenAt').within_last(7 days)")
    assert [each[0]["operator"] for each in outside] == ["IS_BEFORE", "IS_AFTER"]
    assert all(each[0]["includeObjectsWithNoValueSet"] for each in outside)


def test_hubspot_events() -> None:
    ((event,),) = [
        branch["filterBranches"]
        for branch in hubspot_branches("event('Page Viewed').between(7 days, 14 days).count() >= 1")
    ]
    assert (event["filterBranchType"], event["operator"], event["eventTypeId"]) == (
        "UNIFIED_EVENTS",
        "HAS_COMPLETED",
        "Page Viewed",
    )
    assert event["pruningRefineBy"]["lowerBoundOffset"] == {
        "amount": 14,
        "timeUnit": "DAYS",
        "offsetDirection": "PAST",
    }
    (never,) = hubspot_branches("event('Page Viewed').within(7 days).count() = 0")
    assert never["filterBranches"][0]["operator"] == "HAS_NOT_COMPLETED"
    few = hubspot_branches("event('Page Viewed').count() <= 3")
    assert [each["filterBranches"][0]["operator"] for each in few] == [
        "HAS_NOT_COMPLETED",
        "HAS_COMPLETED",
    ]
    assert few[1]["filterBranches"][0]["coalescingRefineBy"] == {
        "type": "NUM_OCCURRENCES",
        "minOccurrences": 1,
        "maxOccurrences": 3,
    }
