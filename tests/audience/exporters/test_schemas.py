"""Exports against what Klaviyo and HubSpot publish of their requests, in packages of theirs."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import hubspot.crm.lists.models as hubspot_models
import pytest
import yaml
from hubspot.crm.lists.configuration import Configuration
from openapi_client.models.segment_create_query import SegmentCreateQuery

from audience.exporters import hubspot, klaviyo
from audience.problems import NotSupported
from audience.validator import bind, check
from tests.audience.small_catalog import CATALOG

CORPUS = Path(__file__).parents[1] / "corpus" / "queries.yaml"
OTHERS = (
    "event('Order Completed').between(36 hours, 10 days).count() = 0",
    "event('Order Completed').between(2 days, 10 days).count() >= 1",
    "event('Order Completed').within(36 hours).count() >= 2",
    "event('Order Completed').where(context('timestamp') > '2026-01-01').count() >= 1",
    "event('Order Completed').where(context('timestamp').before_date('2026-01-01')).count() = 0",
    "event('Order Completed').where(property('category').one_of('Boots', 'Tents')).count() >= 1",
    "event('Order Completed').where(NOT property('category') = 'Boots').count() >= 1",
    "event('Order Completed').where(property('products').contains('b')).count() >= 1",
    "event('Order Completed').where(property('gift') != 'true').count() >= 1",
    "event('Order Completed').count() <= 3",
    "NOT event('Order Completed').count() = 3",
    "trait('lastSeenAt').within_last(7 days)",
    "trait('lastSeenAt').within_last(7 hours)",
    "NOT trait('lastSeenAt').within_last(7 days)",
    "trait('lastSeenAt').before_last(30 days)",
    "trait('lastSeenAt') > '2026-01-01'",
    "NOT trait('birthday') = '1990-01-01'",
    "trait('birthday') != '1990-01-01'",
    "NOT trait('age') < 30.5",
)


def queries() -> list[str]:
    found = [each["query"] for each in yaml.safe_load(CORPUS.read_text(encoding="utf-8"))]
    return [each for each in dict.fromkeys((*found, *OTHERS)) if check(each, CATALOG).bound]


def exported(target: ModuleType, query: str) -> Any:
    """The body, or None where the target cannot say it."""
    try:
        return target.export(bind(query, CATALOG), name="Mine", description="Words.").body
    except NotSupported:
        return None


def test_most_of_the_corpus_can_be_exported() -> None:
    for target in (klaviyo, hubspot):
        assert sum(exported(target, query) is not None for query in queries()) > 50


@pytest.mark.parametrize("query", queries())
def test_klaviyo_reads_what_is_written(query: str) -> None:
    body = exported(klaviyo, query)
    if body is not None:
        read = SegmentCreateQuery.model_validate(body).model_dump(
            by_alias=True, exclude_none=True, mode="json"
        )
        assert read["data"]["attributes"].pop("is_starred") is False  # its default
        assert read == body


@pytest.mark.parametrize("query", queries())
def test_hubspot_reads_what_is_written(query: str) -> None:
    body = exported(hubspot, query)
    if body is not None:
        checked(hubspot_models.ListCreateRequest, body)


def test_what_is_no_filter_of_hubspot_is_found() -> None:
    branch = {"filterBranchType": "OR", "filterBranchOperator": "OR", "filterBranches": []}
    for wrong in ({**branch, "filters": [], "more": 1}, branch, {**branch, "filters": 1}):
        with pytest.raises((AssertionError, ValueError)):
            checked(hubspot_models.PublicOrFilterBranch, wrong)


# The package has one model for each kind of filter and none that tells them apart: what each says of
# itself does. It is older than `pruningRefineBy` of events, which has the type of the other refinement.
_TELLING = (
    "filter_branch_type",
    "filter_type",
    "operation_type",
    "time_type",
    "reference_type",
    "type",
)
_NEWER = {
    "PublicUnifiedEventsFilterBranch": {
        "pruningRefineBy": "PublicFormSubmissionFilterCoalescingRefineBy"
    }
}
_PLAIN: Mapping[str, type | tuple[type, ...]] = {
    "str": str, "bool": bool, "int": int, "float": (int, float),
}  # fmt: skip


_UNIONS = (
    "PublicFormSubmissionFilterCoalescingRefineBy",
    "PublicSurveyMonkeyValueFilterValueComparison",
)
_UNTOLD = ("PublicTimeOffset", "PublicIndexOffset")


def checked(model: Any, content: Any) -> Any:
    """`content` as a model of the package, which checks what is needed and what is allowed."""
    assert isinstance(content, dict)
    names = {json: name for name, json in model.attribute_map.items()}
    newer = _NEWER.get(model.__name__, {})
    values = {}
    for key, value in content.items():
        if key in newer:
            of_type(newer[key], value)
            continue
        assert key in names, f"{model.__name__} has no {key}"
        values[names[key]] = of_type(model.openapi_types[names[key]], value)
    return model(**values, local_vars_configuration=strict())


@cache
def strict() -> Configuration:
    configuration = Configuration()
    configuration.client_side_validation = True
    return configuration


def of_type(name: str, value: Any) -> Any:
    if name.startswith("list["):
        assert isinstance(value, list)
        return [of_type(name[5:-1], each) for each in value]
    if name in _PLAIN:
        assert isinstance(value, _PLAIN[name]), (name, value)
        assert isinstance(value, bool) == (name == "bool"), (name, value)
        return value
    assert isinstance(value, dict), (name, value)
    said = {_attribute(key): each for key, each in value.items()}
    for key in _TELLING:
        if key in said:
            known = models().get((key, said[key]))
            if known is not None:
                return checked(known, value)
    assert name in _UNTOLD, (name, value)
    return checked(getattr(hubspot_models, name), value)


def _attribute(key: str) -> str:
    return "".join(f"_{each.lower()}" if each.isupper() else each for each in key)


@cache
def models() -> Mapping[tuple[str, str], Any]:
    """The models by what they say of themselves, which is the default of one of their parameters."""
    found: dict[tuple[str, str], Any] = {}
    for name, model in vars(hubspot_models).items():
        if (
            not hasattr(model, "openapi_types")
            or name == "PublicFormSubmissionFilterCoalescingRefineBy"
        ):
            continue
        for key in _TELLING:
            given = inspect.signature(model.__init__).parameters.get(key)
            if given is not None and isinstance(given.default, str):
                found.setdefault((key, given.default), model)
                break
    return found
