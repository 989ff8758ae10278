"""The body that creates an audience in Segment."""

from __future__ import annotations

from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict

from audience.exporters import segment
from audience.problems import NotSupported
from audience.reader import read
from tests.audience.exporters.exports import body, notes


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Definition(Strict):
    query: str
    targetEntity: str | None = None  # noqa: N815


class Options(Strict):
    filterByExternalIds: list[str] | None = None  # noqa: N815
    includeHistoricalData: bool | None = None  # noqa: N815
    backfillEventDataDays: int | float | None = None  # noqa: N815


class CreateAudienceInput(Strict):
    """As the models of Segment's own client have it (segmentio/public-api-sdk-python, version 71).

    Written here: that client is in no package index.
    """

    name: str
    enabled: bool | None = None
    description: str | None = None
    definition: Definition
    audienceType: Literal["ACCOUNTS", "LINKED", "USERS"]  # noqa: N815
    options: Options | None = None


@pytest.mark.parametrize(
    "query",
    [
        "trait('plan') = 'pro'",
        "event('Order Completed').within(90 days).count() >= 2",
        "event('Order Completed').count() = 0",
        "ANY trait('plan') = 'pro' AND NOT ALL event('Page Viewed').count() >= 1",
        "trait('big_spenders') = 'true'",
    ],
)
def test_the_body_is_what_segments_own_client_sends(query: str) -> None:
    sent = CreateAudienceInput.model_validate(body(segment, query))
    assert read(sent.definition.query)


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
