"""What a small model is told of a prompt's words, and what it may write of numbers and texts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files

import pytest
import yaml
from lark import Lark, UnexpectedInput

from audience.english.reading import NoFinder, Reading, Request, refused
from audience.query import Span
from tests.audience.small_catalog import CATALOG
from tools.modelling.fragments import fragments
from tools.modelling.glossing import gloss
from tools.modelling.linking import linked
from tools.modelling.reading import Prepared, prepared
from tools.modelling.servers import Server
from workspace.settings import load_settings

AS_OF = datetime(2026, 3, 1, 12, tzinfo=UTC)
LLAMA = Server("llamacpp", "llama_grammar", tools=False)
FOREIGN = refused("unsupported_language", "This reads as another language.")


def asked(prompt: str, guess: Reading | None = None) -> Prepared:
    request = Request(prompt=prompt, catalog=CATALOG, finder=NoFinder(), as_of=AS_OF)
    settings = load_settings(model="small", builtin_first=False)
    return prepared(request, guess or Reading("draft"), settings, LLAMA)


def said(prompt: str, guess: Reading | None = None) -> list[str]:
    return list(fragments(asked(prompt, guess).words))


def test_an_event_stands_with_its_window_its_count_and_its_denial() -> None:
    assert said("Customers who haven't ordered in the last 6 months") == [
        "“haven't ordered”: event('Order Completed').within(180 days).count() = 0"
    ]
    assert said("people who placed more than 2 orders in the last 30 days") == [
        "“placed more than 2 orders”: event('Order Completed').within(30 days).count() > 2"
    ]


def test_what_is_not_said_of_an_event_stands_by_itself() -> None:
    lines = said("people whose biggest order was over 400")
    assert "“over 400”: > 400" in lines
    assert "“biggest”: .max(property(…)) in place of .count()" in lines


def test_numbers_and_windows_that_nobody_said_do_not_fit() -> None:
    grammar = Lark(asked("customers with 3 orders in the last 30 days").shape.lark, parser="earley")
    grammar.parse("event('Order Completed').within(30 days).count() >= 3")
    for text in (
        "event('Order Completed').within(31 days).count() >= 3",
        "event('Order Completed').within(30 days).count() >= 7",
    ):
        with pytest.raises(UnexpectedInput):
            grammar.parse(text)
    without = Lark(asked("customers with at least one order").shape.lark, parser="earley")
    with pytest.raises(UnexpectedInput):
        without.parse("event('Order Completed').within(30 days).count() >= 1")


def test_no_window_fits_where_another_language_says_no_time() -> None:
    question = asked("Clients qui ont acheté", FOREIGN)
    assert question.vocabulary.amounts.lengths == ()
    grammar = Lark(question.shape.lark, parser="earley")
    with pytest.raises(UnexpectedInput):
        grammar.parse("event('Order Completed').within(30 days).count() >= 1")


def test_the_schema_has_the_numbers_and_lengths_that_were_said() -> None:
    said = json.dumps(asked("customers with 3 orders in the last 30 days").shape.schema)
    assert '"days": {"enum": [30]}' in said
    assert '"number": {"enum": [0, 1, 3, 30, 720]}' in said
    without = json.dumps(asked("customers with at least one order").shape.schema)
    assert '"days"' not in without


def test_a_model_may_not_say_unknown_of_words_that_are_all_known() -> None:
    known = Lark(asked("customers with at least one order").shape.lark, parser="earley")
    with pytest.raises(UnexpectedInput):
        known.parse("UNKNOWN: shoe size")
    odd = Lark(asked("customers with flibbertigibbets and an order").shape.lark, parser="earley")
    odd.parse("UNKNOWN: flibbertigibbets")
    with pytest.raises(UnexpectedInput):
        odd.parse("UNKNOWN: order")


@pytest.mark.parametrize(
    ("language", "prompt", "english", "word"),
    [
        ("es", "Clientes de España que no compraron en los últimos 30 días", "Spain", "España"),
        ("fr", "Clients en Allemagne avec plus de 2 commandes", "Germany", "Allemagne"),
        ("de", "Kunden aus Österreich mit mehr als 2 Bestellungen", "Austria", "Österreich"),
        ("pt", "Clientes da Espanha que compraram uma vez", "Spain", "Espanha"),
    ],
)
def test_a_gloss_points_back_into_the_prompt(
    language: str, prompt: str, english: str, word: str
) -> None:
    made = gloss(prompt, language)
    assert made is not None
    start = made.text.index(english)
    back = made.back(Span(start, start + len(english)))
    assert prompt[back.start : back.end] == word
    here = made.here(back)
    assert made.text[here.start : here.end] == english


def test_english_and_unknown_languages_have_no_gloss() -> None:
    assert gloss("customers in Spain", None) is None
    assert gloss("asiakkaat Suomesta", "fi") is None


def test_what_another_language_says_is_found_by_its_gloss() -> None:
    lines = said("Kunden mit mehr als 2 Bestellungen in den letzten 30 Tagen", FOREIGN)
    assert "event('Order Completed').within(30 days).count() > 2" in lines[0]
    question = asked("Clientes que no compraron en los últimos 30 días", FOREIGN)
    assert (
        "Word by word in English: customers who did not bought" in question.messages[1]["content"]
    )


@pytest.mark.parametrize(
    ("language", "prompt", "english"),
    [
        ("de", "Kunden, die keine E-Mail geöffnet haben", "no email opened"),
        ("fr", "Clients qui n'ont pas acheté", "did not bought"),
        ("fr", "Clients qui n'ont jamais acheté", "did never bought"),
        ("es", "Clientes que no compraron", "did not bought"),
        ("pt", "Clientes que não compraram", "did not bought"),
    ],
)
def test_no_gloss_loses_a_not(language: str, prompt: str, english: str) -> None:
    made = gloss(prompt, language)
    assert made is not None
    assert english in made.text


def test_every_counterpart_is_a_word() -> None:
    said = yaml.safe_load(files("tools.modelling").joinpath("counterparts.yaml").read_text("utf-8"))
    for language in said.values():
        for words in language.values():
            assert all(isinstance(each, str) for pair in words.items() for each in pair), words


def test_a_never_belongs_to_its_own_part_of_the_sentence() -> None:
    lines = said("people who opened an email but never ordered")
    assert not any("Email Opened" in each and "= 0" in each for each in lines)


def test_values_of_a_property_stand_with_its_event() -> None:
    event, prop = next(
        (event, each)
        for event in CATALOG.events
        for each in event.properties
        if len(each.stats.values) > 1 and each.type == "text"
    )
    one, two = prop.stats.values[:2]
    found = " ".join(said(f"people with {event.name} of {one} or {two} in the last 30 days"))
    assert f"event('{event.name}').where(property('{prop.name}').one_of(" in found


@pytest.mark.parametrize(
    ("prompt", "line"),
    [
        ("orders over $100 in the last 30 days",
         "event('Order Completed').where(property('total') > 100).within(30 days)"),
        ("people who spent over $100 in the last 30 days",
         "event('Order Completed').within(30 days).sum(property('total')) > 100"),
        ("customers in Spain or France who ordered", "trait('country').one_of('Spain', 'France')"),
        ("anybody who ordered, except people from Spain", "NOT trait('country') = 'Spain'"),
        ("customers without a birthday", "trait('birthday').absent()"),
        ("average order value over $80", "trait('average_order_value') > 80"),
        ("never ordered but opened an email", "event('Order Completed').count() = 0"),
    ],
)  # fmt: skip
def test_what_belongs_together_is_one_piece(prompt: str, line: str) -> None:
    assert any(each.endswith(f"”: {line}") for each in said(prompt)), said(prompt)


def test_what_is_not_said_after_a_but_not_is_a_piece_of_its_own() -> None:
    lines = said("customers who bought in July but not in August")
    assert [each.endswith(".count() = 0") for each in lines] == [False, True]
    assert "'2025-07-01'" in lines[0]
    assert "'2025-08-01'" in lines[1]


def test_a_term_and_a_saved_audience_stand_for_what_they_mean() -> None:
    catalog = replace(CATALOG, glossary={"late payer": "trait('country') = 'Spain'"})
    request = Request(
        prompt="late payers with an order", catalog=catalog, finder=NoFinder(), as_of=AS_OF
    )
    lines = fragments(linked(request))
    assert "“late payers”: trait('country') = 'Spain'" in lines
