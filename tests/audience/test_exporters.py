"""Exports, in the formats of their targets; what a target cannot say is refused by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest
import sqlglot

from audience.catalog import TraitField
from audience.exporters import hubspot, klaviyo, segment, sql
from audience.problems import NotSupported
from audience.validator import bind
from tests.audience.small_catalog import CATALOG

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)


def body(target: ModuleType, query: str) -> Any:
    return target.export(bind(query, CATALOG), name="My audience", description="Words.").body


def notes(target: ModuleType, query: str) -> str:
    return " ".join(target.export(bind(query, CATALOG), name="My audience").notes)


# Segment --------------------------------------------------------------------------------------


def test_segment() -> None:
    query = "event('Order Completed').within(90 days).count() >= 2 AND trait('plan') = 'pro'"
    assert body(segment, query) == {
        "name": "My audience",
        "description": "Words.",
        "enabled": True,
        "audienceType": "USERS",
        "definition": {"query": query},
        "options": {"includeHistoricalData": True, "backfillEventDataDays": 90},
    }


def test_segment_keeps_all_of_history_where_there_is_no_window() -> None:
    query = (
        "event('Page Viewed').count() = 0 AND event('Order Completed').within(30 days).count() = 1"
    )
    assert body(segment, query)["options"]["backfillEventDataDays"] == 1095
    assert "1095 days" in notes(segment, query)
    assert "backfillEventDataDays" not in body(segment, "trait('plan') = 'pro'")["options"]
    assert (
        body(segment, "event('Page Viewed').within(36 hours).count() > 1")["options"][
            "backfillEventDataDays"
        ]
        == 2
    )


def test_segment_gets_instants_not_dates_of_the_zone_of_the_workspace() -> None:
    query = "event('Page Viewed').where(context('timestamp') > '2026-07-01').count() >= 1"
    assert "'2026-06-30T22:00:00Z'" in body(segment, query)["definition"]["query"]
    assert body(segment, "trait('birthday') > '2026-07-01'")["definition"]["query"].endswith(
        "'2026-07-01'"
    )


def test_segment_accounts_and_membership() -> None:
    query = "ANY trait('plan') = 'pro'"
    assert body(segment, query)["audienceType"] == "ACCOUNTS"
    assert "big_spenders" in notes(segment, "trait('big_spenders') = 'true'")


@pytest.mark.parametrize(
    "comparison",
    ["anniversary_within_next(7 days)", "anniversary_within_last(7 days)", "anniversary_month(5)"],
)
def test_segment_has_no_extensions(comparison: str) -> None:
    with pytest.raises(NotSupported, match=comparison.split("(")[0]):
        body(segment, f"trait('plan') = 'pro' AND trait('birthday').{comparison}")


# Klaviyo --------------------------------------------------------------------------------------


def conditions(query: str) -> list[list[Any]]:
    groups = body(klaviyo, query)["data"]["attributes"]["definition"]["condition_groups"]
    return [group["conditions"] for group in groups]


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
    assert conditions(query) == groups


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
    ((condition,),) = conditions(f"event('Page Viewed'){filters}.count() = 0")
    assert condition["timeframe_filter"] == timeframe
    assert condition["measurement_filter"] == {"type": "numeric", "operator": "equals", "value": 0}


def test_klaviyo_or_in_where_becomes_several_counts() -> None:
    where = ".where(property('category') = 'Boots' OR property('gift') = 'true')"
    (either,) = conditions(f"event('Order Completed'){where}.count() >= 1")
    assert [each["metric_filters"][0]["property"] for each in either] == ["category", "gift"]
    both = conditions(f"event('Order Completed'){where}.count() = 0")
    assert [[each["metric_filters"][0]["property"] for each in group] for group in both] == [
        ["category"],
        ["gift"],
    ]
    with pytest.raises(NotSupported, match="OR inside the where"):
        conditions(f"event('Order Completed'){where}.count() >= 2")
    # Not a gift: "not set" or "no", which are two counts as well.
    (apart,) = conditions(
        "event('Order Completed').where(NOT property('gift') = 'true').count() >= 1"
    )
    assert len(apart) == 2


def test_several_counts_are_several_conditions() -> None:
    query = "event('Page Viewed').count().one_of(0, 2)"
    (either,) = conditions(query)
    assert [each["measurement_filter"]["value"] for each in either] == [0, 2]
    assert len(branches(query)) == 2
    assert len(conditions(f"NOT {query}")) == 2


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


# HubSpot --------------------------------------------------------------------------------------


def branches(query: str) -> list[Any]:
    root = body(hubspot, query)["filterBranch"]
    assert (root["filterBranchType"], root["filterBranchOperator"], root["filters"]) == (
        "OR",
        "OR",
        [],
    )
    assert all(each["filterBranchType"] == "AND" for each in root["filterBranches"])
    return list(root["filterBranches"])


def operations(query: str) -> list[list[Any]]:
    return [[each["operation"] for each in branch["filters"]] for branch in branches(query)]


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
        for branch in branches("event('Page Viewed').between(7 days, 14 days).count() >= 1")
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
    (never,) = branches("event('Page Viewed').within(7 days).count() = 0")
    assert never["filterBranches"][0]["operator"] == "HAS_NOT_COMPLETED"
    few = branches("event('Page Viewed').count() <= 3")
    assert [each["filterBranches"][0]["operator"] for each in few] == [
        "HAS_NOT_COMPLETED",
        "HAS_COMPLETED",
    ]
    assert few[1]["filterBranches"][0]["coalescingRefineBy"] == {
        "type": "NUM_OCCURRENCES",
        "minOccurrences": 1,
        "maxOccurrences": 3,
    }


# Refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", [klaviyo, hubspot], ids=["klaviyo", "hubspot"])
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("ANY trait('plan') = 'pro'", "accounts"),
        ("event('Order Completed').sum(property('total')) > 5", "sum"),
        ("event('Order Completed').unique(property('total')).count() > 5", "unique"),
        ("event('Order Completed').sources({exclude: ['web']}).count() > 5", "sources"),
        (
            "event('Order Completed').where(property('total') > trait('age')).count() > 5",
            "another field",
        ),
        ("trait('age') > trait('average_order_value')", "another field"),
        ("event('Order Completed').count() > trait('age')", "field"),
        ("event('Order Completed').where(trait('age') > 3).count() > 5", "inside the where"),
        (
            "event('Page Viewed').where(event('Email Opened').within(parent: 5 days).count() > 0).count() > 5",
            "inside the where",
        ),
        (
            "event('Page Viewed').where(context('timestamp') >= '2026-01-01').count() > 5",
            "at_least",
        ),
        ("trait('interests').contains('ski')", "interests"),
        ("NOT trait('birthday').anniversary_month(5)", "anniversary_month"),
    ],
)
def test_refused_by_name(target: ModuleType, query: str, words: str) -> None:
    with pytest.raises(NotSupported, match=words):
        body(target, query)


@pytest.mark.parametrize(
    ("target", "query", "words"),
    [
        (klaviyo, "trait('birthday').after_next(3 days)", "after_next"),
        (klaviyo, "NOT trait('lastSeenAt').within_last(3 days)", "NOT within_last"),
        (
            klaviyo,
            "event('Order Completed').where(property('due') > '2026-01-01').count() > 0",
            "due",
        ),
        (hubspot, "trait('birthday').anniversary_within_next(3 days)", "anniversary_within_next"),
        (hubspot, "NOT trait('address_city').starts_with('a')", "NOT starts_with"),
        (hubspot, "event('Page Viewed').within(7 days).count() >= 2", "together with when"),
        (hubspot, "event('Page Viewed').within(36 hours).count() >= 1", "whole days"),
        (hubspot, "event('Page Viewed').count() >= 0", "at_least 0 times"),
        (hubspot, "event('Page Viewed').count() < 0", "less_than 0 times"),
    ],
)
def test_refused_by_one(target: ModuleType, query: str, words: str) -> None:
    with pytest.raises(NotSupported, match=words):
        body(target, query)


def test_normal_forms_are_capped_and_that_is_said() -> None:
    pairs = [f"(trait('age') > {i} OR trait('average_order_value') > {i})" for i in range(10)]
    with pytest.raises(NotSupported, match="groups of conditions; 100 is the most"):
        body(hubspot, " AND ".join(pairs))
    assert len(conditions(" AND ".join(pairs))) == 10


def test_what_differs_is_said() -> None:
    assert "ids of your metrics" in notes(klaviyo, "event('Page Viewed').count() > 1")
    assert "time zone" in notes(klaviyo, "trait('lastSeenAt').within_last(7 days)")
    assert "capital" in notes(hubspot, "trait('plan') = 'pro'")
    assert "midnight" in notes(hubspot, "trait('birthday').within_last(7 days)")
    assert notes(klaviyo, "trait('age') > 3") == notes(hubspot, "trait('age') > 3") == ""


# SQL ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "postgresql", "spark"])
def test_sql_holds_names_and_values_in_quotes(dialect: str) -> None:
    value = "x'; DROP TABLE users; --"
    bound = bind(
        f"""trait('address_city') = "{value}" AND event('Order Completed').within(7 days).count() = 0""",
        CATALOG,
    )
    text = sql.export(bound, as_of=AS_OF, dialect=dialect)
    escaped = value.replace("'", "\\'") if dialect == "spark" else value.replace("'", "''")
    assert f"'{escaped}'" in text
    assert "order_completed" in text
    assert "2026" in text


def test_sql_runs_on_duckdb() -> None:
    import duckdb

    bound = bind("trait('age') > 30 AND NOT trait('plan') = 'pro'", CATALOG)
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE users (id VARCHAR, plan VARCHAR, country VARCHAR, age DOUBLE, average_order_value DOUBLE,"
        " vip BOOLEAN, birthday DATE, last_seen_at TIMESTAMP, address_city VARCHAR, interests VARCHAR)"
    )
    rows = [
        ("a", "pro", 40),
        ("b", None, 40),
        ("c", "free", 20),
        ("d", "free", None),
        ("e", "free", 31),
    ]
    connection.executemany("INSERT INTO users (id, plan, age) VALUES (?, ?, ?)", rows)
    found = connection.execute(sql.export(bound, as_of=AS_OF)).fetchall()
    assert sorted(found) == [("b",), ("e",)]


UTC_CATALOG = replace(CATALOG, timezone="UTC")


@pytest.mark.parametrize(
    ("dialect", "written"),
    [
        ("snowflake", """"T1"."TIMESTAMP" >= TIMESTAMP_FROM_PARTS(2026, 8, 24, 12, 0, 0, 0)"""),
        ("bigquery", "`t1`.`timestamp` >= TIMESTAMP('2026-08-24T12:00:00+00:00')"),
        ("trino", """CAST(FROM_ISO8601_TIMESTAMP('2026-08-24T12:00:00"""),
        ("databricks", "`t1`.`timestamp` >= "),
    ],
)
def test_sql_for_engines_that_are_like_duckdb(dialect: str, written: str) -> None:
    bound = bind(
        "event('Order Completed').where(property('gift') = 'true').within(90 days).count() >= 1"
        " AND trait('plan') = 'it\\'s'",
        UTC_CATALOG,
    )
    text = sql.export(bound, as_of=AS_OF, dialect=dialect)
    assert written in text
    assert sqlglot.parse_one(text, read=dialect).find(sqlglot.exp.Literal)
    assert (dialect == "databricks") == ("tests" not in " ".join(sql.notes(bound, dialect)))


def test_names_for_snowflake_are_capitals_unless_they_need_quotes() -> None:
    trait = TraitField("Odd name", "Odd name", "text")
    catalog = replace(UTC_CATALOG, user_traits=(trait,))
    text = sql.export(bind("trait('Odd name') = 'ID'", catalog), as_of=AS_OF, dialect="snowflake")
    assert '"USERS"' in text
    assert "\"Odd name\" = 'ID'" in text


@pytest.mark.parametrize(
    ("query", "dialect", "what"),
    [
        ("event('Order Completed').first(property('category')) = 'Boots'", "snowflake", "first"),
        ("trait('big_spenders') = 'true'", "bigquery", None),
        ("trait('lastSeenAt').anniversary_month(5)", "trino", "time zone"),
    ],
)
def test_sql_that_would_not_be_the_same_is_refused_or_noted(
    query: str, dialect: str, what: str | None
) -> None:
    bound = bind(query, CATALOG)
    if what is None:
        assert "sixth decimal" in " ".join(sql.notes(bound, dialect))
        return
    with pytest.raises(NotSupported, match=what):
        sql.export(bound, as_of=AS_OF, dialect=dialect)


def test_sql_of_other_dialects_is_refused() -> None:
    with pytest.raises(NotSupported, match="oracle"):
        sql.export(bind("trait('plan') = 'pro'", CATALOG), as_of=AS_OF, dialect="oracle")
