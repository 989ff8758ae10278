"""Checking and binding; single queries are in the corpus (`test_query_corpus.py`)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audience.catalog import Catalog, EventField, SavedAudience, Seen, TraitField, ValueStats
from audience.printer import show
from audience.problems import InvalidQuery
from audience.query import Comparison, Events, Literal, Not, Origin, Span, Trait, walk
from audience.reader import read
from audience.validator import MOST_EXPRESSIONS, bind, check
from tests.audience.small_catalog import CATALOG


def codes(query: str, catalog: Catalog = CATALOG) -> list[str]:
    return [each.code for each in check(query, catalog).problems]


def test_the_bound_tree_has_the_names_of_the_catalog_and_the_origins_of_the_query() -> None:
    query = "event('order_completed').where(property('order_id') = 'A').sum(property('total')) > 5"
    bound = bind(query, CATALOG)
    assert show(bound.root) == query.replace("order_completed", "Order Completed").replace(
        "order_id", "orderId"
    )
    (events,) = [node for node in walk(bound.root) if isinstance(node, Events)]
    (span,) = events.origin.spans
    assert query[slice(*span)].startswith("event('order_completed')")


def test_type_is_inferred_or_given() -> None:
    assert check("trait('plan') = 'pro'", CATALOG).type == "users"
    assert check("ANY trait('plan') = 'pro'", CATALOG).type == "accounts"
    assert check("trait('seats') = 5", CATALOG, audience_type="accounts").valid
    assert not check("trait('seats') = 5", CATALOG).valid


def test_syntax_errors_are_problems_too() -> None:
    checked = check("trait('plan' = 'pro'", CATALOG)
    assert [each.code for each in checked.problems] == ["syntax"]
    assert (checked.root, checked.bound, checked.kind) == (None, None, None)


def test_bind_raises_with_every_problem() -> None:
    with pytest.raises(InvalidQuery) as caught:
        bind("trait('a') = 1 AND trait('b') = 2", CATALOG)
    assert [each.code for each in caught.value.problems] == ["unknown_trait"] * 2
    assert caught.value.message == caught.value.problems[0].message


def test_expressions_are_counted_inside_where_too() -> None:
    inner = " AND ".join(["property('total') > 5"] * (MOST_EXPRESSIONS - 1))
    fits = f"event('Order Completed').where({inner}).count() >= 1"
    assert "too_many_expressions" not in codes(fits)
    assert "too_many_expressions" in codes(f"{fits} AND trait('age') > 3")


def test_a_tree_is_checked_like_its_text_and_problems_are_placed_in_that() -> None:
    tree = Not(
        Comparison(
            Trait("contry"), "equals", (Literal("Spain"),), origin=Origin(2, (Span(900, 999),))
        )
    )
    (problem,) = check(tree, CATALOG).problems
    assert show(tree)[problem.start : problem.end] == "trait('contry')"
    (warning,) = check(
        Comparison(Trait("country"), "equals", (Literal("spain"),)), CATALOG
    ).problems
    assert warning.start is not None


def test_a_tree_that_cannot_be_walked_is_a_problem() -> None:
    tree = read("trait('plan') = 'pro'")
    for _ in range(5000):
        tree = Not(tree)
    assert [each.code for each in check(tree, CATALOG).problems] == ["too_deep"]


def test_accounts_without_accounts() -> None:
    alone = replace(CATALOG, has_accounts=False)
    assert codes("ANY trait('plan') = 'pro'", alone) == ["not_supported"]


def test_a_trait_is_stronger_than_an_audience_of_the_same_name() -> None:
    saved = SavedAudience("plan", "Plan", "trait('nothing') = 'x'")
    bound = bind("trait('plan') = 'true'", CATALOG.with_audiences((saved,)))
    assert bound.members == {}
    assert bound.kind == "dynamic"


def test_members_are_bound_with_theirs() -> None:
    bound = bind("trait('paying') = 'true' AND trait('big_spenders') = 'true'", CATALOG)
    assert set(bound.members) == {"paying", "big_spenders"}
    assert set(bound.members["paying"].members) == {"big_spenders"}


def test_an_audience_cannot_refer_to_itself_by_way_of_others() -> None:
    query = "trait('paying') = 'true'"
    assert check(query, CATALOG).valid
    (problem,) = check(query, CATALOG, key="big_spenders").problems
    assert problem.code == "audience_cycle"
    assert "big_spenders → paying → big_spenders" in problem.message


def test_a_long_chain_of_audiences_is_refused_in_time() -> None:
    chain = [SavedAudience("a0", "A0", "trait('plan') = 'pro'")]
    chain += [SavedAudience(f"a{i}", f"A{i}", f"trait('a{i - 1}') = 'true'") for i in range(1, 200)]
    catalog = CATALOG.with_audiences(tuple(chain))
    assert check("trait('a20') = 'true'", catalog).valid
    checked = check("trait('a199') = 'true'", catalog)
    assert not checked.valid
    assert [each.code for each in checked.problems] == ["broken_audience"]


def test_audiences_that_share_others_are_checked_once() -> None:
    layers = [SavedAudience("b0", "B0", "trait('plan') = 'pro'")]
    for i in range(1, 30):
        both = f"trait('b{i - 1}') = 'true' AND NOT trait('b{i - 1}') = 'true'"
        layers.append(SavedAudience(f"b{i}", f"B{i}", both))
    assert check("trait('b29') = 'true'", CATALOG.with_audiences(tuple(layers))).valid


def test_an_event_that_never_happened_is_said_where_others_did() -> None:
    events = (EventField("Done", "done", seen=Seen(3)), EventField("Undone", "undone"))
    query = "event('Done').where(event('Undone').count() = 0).count() >= 1"
    (problem,) = check(query, Catalog(events=events)).problems
    assert (problem.code, query[problem.start : problem.end]) == (
        "value_never_occurs",
        "event('Undone')",
    )
    assert not check(query, Catalog(events=(EventField("Done", "done"), events[1]))).problems


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("trait('age') > 40 AND trait('age') < 30", "together, so this matches nobody."),
        ("NOT (trait('age') > 40 AND trait('age') < 30)", "cannot hold together."),
        (
            "event('Order Completed').where(property('total') > 9 AND property('total') < 5).count() = 0",
            "together, so no event matches.",
        ),
        (
            "event('Order Completed').within(5 days).between(10 days, 20 days).count() >= 1",
            "have no time in common.",
        ),
    ],
)
def test_a_contradiction_says_what_it_leaves_empty(query: str, says: str) -> None:
    problems = [each for each in check(query, CATALOG).problems if each.code == "contradiction"]
    assert [each.message.endswith(says) for each in problems] == [True]


def test_windows_that_meet_are_no_contradiction() -> None:
    assert (
        codes("event('Order Completed').within(10 days).between(10 days, 20 days).count() >= 1")
        == []
    )


def test_a_property_that_is_not_there_is_said_with_those_that_are_once() -> None:
    (problem,) = check("event('Order Completed').sum(property('zzzz')) > 1", CATALOG).problems
    assert problem.message.count("it has") == 1


def test_a_country_is_found_by_its_name() -> None:
    stats = ValueStats(("ES", "DE"), complete=True)
    catalog = Catalog(user_traits=(TraitField("country", "country", "text", stats=stats),))
    (problem,) = check("trait('country') = 'Spain'", catalog).problems
    assert (problem.code, problem.suggestions) == ("value_never_occurs", ("ES",))


def test_values_of_personal_fields_are_not_suggested() -> None:
    stats = ValueStats(("ana@example.com",), complete=True, personal=True)
    catalog = Catalog(user_traits=(TraitField("email", "email", "text", stats=stats),))
    (problem,) = check("trait('email') = 'anna@example.com'", catalog).problems
    assert problem.code == "value_never_occurs"
    assert problem.suggestions == ()
    assert "ana@example.com" not in problem.message


def test_names_in_any_script_are_names() -> None:
    catalog = Catalog(
        user_traits=(
            TraitField("__proto__", "proto", "text"),
            TraitField("größe", "gr_e", "number"),
        )
    )
    assert check("trait('__proto__') = 'x' AND trait('größe') > 3", catalog).valid
    assert check("trait('proto') = 'x'", catalog).valid


def test_suggestions_for_a_name_of_ten_thousand_characters_are_none() -> None:
    (problem,) = check(f"trait('{'x' * 10_000}') = 1", CATALOG).problems
    assert problem.code == "unknown_trait"
    assert len(problem.message) < 200


@pytest.mark.parametrize("digits", ["99999999999", "1" + "0" * 6000])
def test_a_window_of_many_digits_is_not_shown_as_another(digits: str) -> None:
    query = f"event('Order Completed').within({digits} days).count() >= 1"
    (problem,) = check(query, CATALOG).problems
    assert problem.code == "invalid_window"
    assert problem.message == "So large a number of days is too long: 3,660 days is the most here."
