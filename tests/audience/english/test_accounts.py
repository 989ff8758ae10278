"""Companies with users of whom something is said: which words are of whom, and of how many."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audience.catalog import Catalog, TraitField, ValueStats
from audience.english import kept
from audience.english.engine import read_prompt
from audience.kinds import simplified
from audience.printer import show
from audience.query import walk
from tests.audience.english.worlds import request

SIGNED_IN = "event('Logged In').count() >= 1"
PAID = "event('Invoice Paid').count() >= 1"
DRAFTS = [
    ("companies where somebody paid an invoice but nobody logged in",
     f"ANY {PAID} AND NOT ANY {SIGNED_IN}"),
    ("companies with at least one user in Germany but none in France",
     "ANY trait('country') = 'DE' AND NOT ANY trait('country') = 'FR'"),
    ("companies with an owner and an admin",
     "ANY trait('role') = 'owner' AND ANY trait('role') = 'admin'"),
    ("companies where an owner and an admin logged in",
     f"ANY (trait('role') = 'owner' AND {SIGNED_IN}) AND ANY (trait('role') = 'admin' AND {SIGNED_IN})"),
    ("companies where an owner or an admin logged in",
     f"ANY (trait('role').one_of('owner', 'admin') AND {SIGNED_IN})"),
    ("companies where not everyone logged in",
     "ANY event('Logged In').count() = 0"),
    ("companies whose admins never logged in",
     "ANY trait('role') = 'admin' AND NOT ANY (trait('role') = 'admin' AND NOT event('Logged In').count() = 0)"),
    ("companies whose only users are guests", "ALL trait('role') = 'guest'"),
    ("software companies with French users",
     "trait('industry') = 'software' AND ANY trait('country') = 'FR'"),
    ("companies with an admin who paid an invoice, in retail and with over 50 seats",
     f"trait('industry') = 'retail' AND trait('seats') > 50 AND ANY (trait('role') = 'admin' AND {PAID})"),
    ("companies with an owner who logged in and whose industry is software",
     f"trait('industry') = 'software' AND ANY (trait('role') = 'owner' AND {SIGNED_IN})"),
]  # fmt: skip


@pytest.mark.parametrize(("prompt", "query"), DRAFTS)
def test_every_part_is_said_of_the_right_ones(prompt: str, query: str) -> None:
    reading = read_prompt(request("saas", prompt))
    assert reading.status == "draft", reading
    assert reading.root is not None
    assert reading.type == "accounts"
    assert show(simplified(reading.root)) == query


@pytest.mark.parametrize(
    "prompt",
    [
        "companies where all owners logged in and none of the admins did",
        "companies where everybody but the owner logged in",
    ],
)
def test_what_is_said_of_others_is_asked_about(prompt: str) -> None:
    reading = read_prompt(request("saas", prompt))
    assert reading.status == "clarify"


def test_a_term_of_the_glossary_is_somebody() -> None:
    asked = request("saas", "companies with promoters but no detractors")
    terms = {"promoter": "trait('npsScore') >= 9", "detractor": "trait('npsScore') <= 6"}
    reading = read_prompt(replace(asked, catalog=replace(asked.catalog, glossary=terms)))
    assert reading.root is not None
    assert (
        show(simplified(reading.root))
        == "ANY trait('npsScore') >= 9 AND NOT ANY trait('npsScore') <= 6"
    )


def test_what_a_term_means_points_at_no_words_of_the_prompt() -> None:
    asked = request("saas", "companies with an admin who is a detractor")
    terms = {"detractor": "trait('npsScore') >= 0 AND trait('npsScore') <= 6"}
    reading = read_prompt(replace(asked, catalog=replace(asked.catalog, glossary=terms)))
    assert reading.root is not None
    assert reading.status == "draft"
    spans = {span for each in walk(reading.root) for span in each.origin.spans}
    assert {asked.prompt[each.start : each.end] for each in spans} == {"admin", "detractor"}


@pytest.mark.parametrize(
    "prompt",
    [
        "companies where an admin had two or more failed harbor in the two 90 days",
        "accounts where an admin paid two failed harbor in the two 90 days, in retail",
        "companies in retail with an admin who did not harbor anything, on that; with those, and in it",
    ],
)
def test_a_clause_is_read_a_few_times_however_many_values_have_a_word_left_over(
    prompt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[tuple[object, ...]] = []
    plainly = kept.read_text

    def counted(request, **said):  # type: ignore[no-untyped-def]
        read.append((request.prompt, str(request.hints), *said.values()))
        return plainly(request, **said)

    monkeypatch.setattr(kept, "read_text", counted)
    asked = request("saas", prompt)
    reading = read_prompt(replace(asked, catalog=_with_names(asked.catalog, 200)))
    assert reading.status == "clarify"
    assert len(read) == len(set(read)), "the same words were read twice"
    assert len(read) <= 20


def _with_names(catalog: Catalog, number: int) -> Catalog:
    """The catalog with a name for each account, all of which have a word in common."""
    names = tuple(f"Harbor Foods {place}" for place in range(number))
    stats = ValueStats(values=names, complete=True, distinct=number)
    named = replace(catalog.account_traits[0], name="label", column="label", stats=stats)
    assert isinstance(named, TraitField)
    return replace(catalog, account_traits=(*catalog.account_traits, named))
