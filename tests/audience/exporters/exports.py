"""What a target is sent for a query over the small catalog."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from audience.exporters import hubspot, klaviyo
from audience.validator import bind
from tests.audience.small_catalog import CATALOG


def body(target: ModuleType, query: str) -> Any:
    return target.export(bind(query, CATALOG), name="My audience", description="Words.").body


def notes(target: ModuleType, query: str) -> str:
    return " ".join(target.export(bind(query, CATALOG), name="My audience").notes)


def klaviyo_conditions(query: str) -> list[list[Any]]:
    groups = body(klaviyo, query)["data"]["attributes"]["definition"]["condition_groups"]
    return [group["conditions"] for group in groups]


def hubspot_branches(query: str) -> list[Any]:
    root = body(hubspot, query)["filterBranch"]
    assert (root["filterBranchType"], root["filterBranchOperator"], root["filters"]) == (
        "OR",
        "OR",
        [],
    )
    assert all(each["filterBranchType"] == "AND" for each in root["filterBranches"])
    return list(root["filterBranches"])
