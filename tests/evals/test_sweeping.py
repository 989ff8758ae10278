"""Plain sentences made of a schema: the same for a seed, with gold queries that are valid, nearly all read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from audience.catalog import Catalog
from audience.validator import check
from evals.inflecting import base_of, past_of, plural_of, with_article
from evals.sweeping import measure, sweep, table, templates
from evals.worlds import eval_settings, open_world, prepare

TODAY = date(2026, 3, 18)
WORLDS = ("planboard", "harbourfit", "viento", "closebook", "torque", "murmur", "shop")
LEAST = 0.975  # of the sentences, each over one of these workspaces; see evals/README.md


def _catalog(name: str) -> Catalog:
    settings = eval_settings()
    prepare([name], settings)
    return open_world(name, settings).catalog


def test_the_same_seed_makes_the_same_sentences(eval_home: Path) -> None:
    catalog = _catalog("shop")
    first = list(sweep("shop", catalog, TODAY, each=1, seed=3))
    assert first == list(sweep("shop", catalog, TODAY, each=1, seed=3))
    assert first != list(sweep("shop", catalog, TODAY, each=1, seed=4))
    assert len({case.id for case in first}) == len(first)
    assert {case.tags[0] for case in first} <= {each.name for each in templates()}


@pytest.mark.parametrize("name", ["closebook", "harbourfit", "viento"])
def test_every_gold_query_is_valid(eval_home: Path, name: str) -> None:
    catalog = _catalog(name)
    for case in sweep(name, catalog, TODAY, each=1):
        assert len((*case.context, case.prompt)[0]) >= 20
        for query in case.queries:
            assert check(query, catalog, audience_type=case.type).valid, (case.prompt, query)


def test_nearly_every_sentence_is_read_and_none_is_silently_wrong(eval_home: Path) -> None:
    found = measure(WORLDS, each=1, spread=1)
    assert found["prompts"] > 300
    wrong = [row["prompt"] for row in found["wrong"] if row["outcome"] == "silently wrong"]
    assert wrong == []
    assert found["right"] >= LEAST, [row["prompt"] for row in found["wrong"]]
    assert sum(line.startswith("|") for line in table(found)) > 10


@pytest.mark.parametrize(
    ("participle", "base", "past"),
    [
        ("completed", "complete", "completed"),
        ("cancelled", "cancel", "cancelled"),
        ("skipped", "skip", "skipped"),
        ("replied", "reply", "replied"),
        ("viewed", "view", "viewed"),
        ("missed", "miss", "missed"),
        ("given", "give", "gave"),
        ("sent", "send", "sent"),
    ],
)
def test_verbs_are_told_from_their_participles(participle: str, base: str, past: str) -> None:
    assert (base_of(participle), past_of(participle)) == (base, past)


def test_nouns() -> None:
    assert [plural_of(each) for each in ("order", "reply", "match", "credits")] == [
        "orders", "replies", "matches", "credits",
    ]  # fmt: skip
    assert [with_article(each) for each in ("email", "plan", "credits")] == [
        "an email", "a plan", "credits",
    ]  # fmt: skip
