"""The grammar and the schema that hold a model: whatever fits them is a query that can run."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark
from lark import Lark, UnexpectedInput

from audience.catalog import Catalog
from audience.english.reading import NoFinder, Request
from audience.printer import show
from audience.reader import read
from audience.validator import check
from tests.audience.small_catalog import CATALOG
from tools.modelling.grammar import narrowed
from tools.modelling.linking import linked
from tools.modelling.schema import schema_of, written
from tools.modelling.vocabulary import Vocabulary, can_be_used, vocabulary

AS_OF = datetime(2026, 3, 1, 12, tzinfo=UTC)
# What no grammar can keep out: a window of 30 to 10 days, a date and its opposite, more than 50 parts.
BEYOND_GRAMMAR = {"invalid_window", "too_many_expressions", "contradiction"}


def words_for(prompt: str, catalog: Catalog = CATALOG, kind: Any = "users") -> Vocabulary:
    request = Request(prompt=prompt, catalog=catalog, finder=NoFinder(), as_of=AS_OF)
    return vocabulary(request, linked(request), kind, None, 600)


def whole(catalog: Catalog = CATALOG, kind: Any = "users") -> Vocabulary:
    """Everything that the catalog has."""
    return Vocabulary(
        kind,
        tuple((event, event.properties) for event in catalog.events),
        catalog.user_traits,
        catalog.account_traits,
        tuple(
            each for each in catalog.audiences if each.type == kind and can_be_used(each, catalog)
        ),
    )


def queries(kind: Any) -> st.SearchStrategy[tuple[str, Any]]:
    grammar = Lark(narrowed(whole(kind=kind)), parser="earley")
    return from_lark(grammar, start="either").map(lambda text: (text, kind))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(queries("users"), queries("accounts")))
def test_what_the_grammar_allows_is_valid(query: tuple[str, Any]) -> None:
    text, kind = query
    assert show(read(text))  # the language's own reader takes it
    found = check(text, CATALOG, audience_type=kind)
    errors = {each.code for each in found.problems if each.severity == "error"}
    assert errors <= BEYOND_GRAMMAR, (text, found.problems)


def test_no_other_name_fits() -> None:
    grammar = Lark(narrowed(whole()), parser="earley")
    grammar.parse("UNKNOWN: shoe size")
    for text in ("trait('invented') = 'x'", "SELECT 1", "event('Nope').count() >= 1"):
        with pytest.raises(UnexpectedInput):
            grammar.parse(text)


def test_queries_of_every_kind_fit() -> None:
    words = whole()
    grammar = Lark(narrowed(words), parser="earley")
    event, properties = next((e, p) for e, p in words.events if any(x.type == "number" for x in p))
    number = next(each for each in properties if each.type == "number")
    for text in (
        f"event('{event.name}').within(30 days).count() >= 1",
        f"event('{event.name}').within(30 days).count() = 0",
        f"event('{event.name}').where(property('{number.name}') > 50).between(1 day, 9 days).count() >= 2",
        f"event('{event.name}').sum(property('{number.name}')) > 99.5",
        f"NOT event('{event.name}').count() >= 1 OR (event('{event.name}').count() = 3)",
        f"event('{event.name}').where(event('{event.name}').within(parent: 3 days).count() = 0).count() >= 1",
    ):
        grammar.parse(text)
        assert check(text, CATALOG).valid


def test_json_of_the_schema_is_the_same_language() -> None:
    event, properties = next(
        (e, p) for e, p in whole().events if any(each.type == "number" for each in p)
    )
    number = next(each for each in properties if each.type == "number")
    did = {"event": event.name, "figure": "count", "is": "at_least", "number": 2, "days": 30}
    paid = {
        "event": event.name,
        "where": {"property": number.name, "is": "greater_than", "values": [50.5]},
        "figure": "sum",
        "of": number.name,
        "is": "at_most",
        "number": 100,
    }
    text = written(json.dumps({"any": [did, {"not": paid}]}))
    assert show(read(text)) == (
        f"event('{event.name}').within(30 days).count() >= 2 OR "
        f"NOT event('{event.name}').where(property('{number.name}') > 50.5)"
        f".sum(property('{number.name}')) <= 100"
    )
    assert check(text, CATALOG).valid
    assert written('{"unknown": "shoe size"}') == "UNKNOWN: shoe size"
    for other in ("trait('x') = 'y'", "[]", '{"event": 1}', '{"all": {}}', "{"):
        assert written(other) == other


def test_the_schema_names_what_there_is_and_nothing_personal() -> None:
    text = json.dumps(schema_of(whole()))
    assert all(json.dumps(event.name) in text for event in CATALOG.events)
    personal = [each for each in CATALOG.user_traits if each.stats.personal]
    values = [value for each in personal for value in each.stats.values]
    assert not any(value in text or value in narrowed(whole()) for value in values)


def test_fields_that_the_words_name_are_there_whatever_the_budget() -> None:
    event = CATALOG.events[0]
    request = Request(
        prompt=f"Customers with {event.name} lately",
        catalog=CATALOG,
        finder=NoFinder(),
        as_of=AS_OF,
    )
    words = vocabulary(request, linked(request), "users", None, 1)
    assert event.name in {each.name for each, _ in words.events}
