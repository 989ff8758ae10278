"""The body that creates an audience in Segment."""

from __future__ import annotations

import pytest

from audience.exporters import segment
from audience.problems import NotSupported
from tests.audience.exporters.exports import body, notes


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
