"""The baselines answer cases with the model of the settings, and are scored by the people selected."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.__main__ import main
from evals.baselines import ENGINES, MissingBaseline, asker
from evals.baselines.flat import attributes, condition
from evals.baselines.written_calls import sql_in
from evals.dataset import DATASETS, Case, load
from evals.figures import Result, Share
from evals.judge import write_judgements
from evals.run import limited, row_of
from evals.scoring import Answered, score
from evals.side_by_side import lead, lines
from tests.agent.model_server import ModelServer, serving
from tools.context import ToolContext
from workspace.settings import Settings, load_settings

CASE = Case(
    "x-1", "shop", "Customers in Spain who bought", "draft", "train", query="trait('a') = 'b'"
)
QUERY = "trait('country') = 'ES' AND event('Order Completed').count() >= 1"


LANGUAGES = DATASETS.parent / "languages.jsonl"


@contextmanager
def with_model(settings: Settings, *answers: Any) -> Iterator[tuple[ToolContext, ModelServer]]:
    with serving(*({"content": each} for each in answers)) as server:
        told = load_settings(
            home=settings.home,
            workspace="shop",
            model="test-model",
            openai_base_url=server.address,
            model_timeout=60,
        )
        yield ToolContext.open(told), server


def test_the_plain_model_gets_the_whole_schema_and_no_help(shop_settings: Settings) -> None:
    with with_model(shop_settings, f"```\n{QUERY}\n```", "SELECT 1", "") as (context, server):
        ask = asker("whole-schema", context)
        answer = ask(CASE)
        assert (answer.status, answer.query) == ("draft", QUERY)
        assert (answer.tokens_in, answer.tokens_out) == (1, 1)
        sent = server.requests[0]["messages"][0]["content"]
        assert all(repr(event.name) in sent for event in context.catalog.events)
        assert "response_format" not in server.requests[0]
        assert ask(CASE).status == "failed"  # no repair
        assert ask(CASE).status == "failed"
        assert len(server.requests) == 3


def test_flat_attributes_say_what_they_can(shop_settings: Settings) -> None:
    from audience.validator import check

    catalog = ToolContext.open(shop_settings).catalog
    known = {each.name: each for each in attributes(catalog, accounts=False)}
    for name, comparison, value, text in (
        ("country", "eq", "ES", "trait('country') = 'ES'"),
        ("country", "in", ["ES", "FR"], "trait('country').one_of('ES', 'FR')"),
        ("Order Completed count", "gte", 2, "event('Order Completed').count() >= 2"),
        (
            "Order Completed days ago",
            "lte",
            30,
            "event('Order Completed').within(30 days).count() >= 1",
        ),
        (
            "Order Completed days ago",
            "gt",
            90,
            "event('Order Completed').within(90 days).count() = 0",
        ),
        (
            "Order Completed total",
            "gt",
            50.5,
            "event('Order Completed').where(property('total') > 50.5).count() >= 1",
        ),
    ):
        assert condition(known[name], comparison, value) == text
        assert check(text, catalog).valid


@pytest.mark.parametrize("engine", ENGINES[2:])
def test_a_baseline_that_is_not_installed_says_so(shop_settings: Settings, engine: str) -> None:
    needed = {
        "self-query": "langchain_classic",
        "auto-retriever": "llama_index",
        "sql-agent": "vanna",
    }
    if importlib.util.find_spec(needed[engine]) is None:
        with pytest.raises(MissingBaseline, match=r"\.\[eval\]"):
            asker(engine, ToolContext.open(shop_settings))
    else:
        assert callable(asker(engine, ToolContext.open(shop_settings)))


def test_a_judge_gives_scores_with_reasons(shop_settings: Settings, tmp_path: Path) -> None:
    answered = Answered("draft", query=QUERY)
    scored = score(CASE, answered, lambda _query, _type: frozenset())
    cases = [replace(CASE, id=f"x-{number}") for number in range(5)]
    results = [Result(each, answered, scored) for each in cases[:4]]
    results.append(Result(cases[4], Answered("refused"), scored))
    answers = ('{"reason": "All there.", "score": 5}', '{"score": 9, "reason": "?"}', "five")
    with with_model(shop_settings, *answers, '{"reason": "Less.", "score": 2}') as (
        context,
        server,
    ):
        path = tmp_path / "out" / "judgements.jsonl"
        assert write_judgements(results, context.settings, path) == 3.5
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        assert [each["score"] for each in rows] == [5, None, None, 2]
        assert rows[0]["reason"] == "All there."
        assert "trait('a') = 'b'" not in str(server.requests)  # the gold answer
        for score_given in (4, 1):
            server.answers.append({"content": f'{{"reason": "?", "score": {score_given}}}'})
        assert write_judgements(results, context.settings, path) == 3.0
        assert len(server.requests) == 6  # those without a score alone


def test_people_who_were_selected_without_a_query_are_scored() -> None:
    people = {"trait('a') = 'b'": frozenset({"1", "2"})}
    scored = score(CASE, Answered("draft", members=frozenset({"1", "2"})), lambda q, _: people[q])
    assert scored.right
    wider = score(CASE, Answered("draft", members=frozenset("123")), lambda q, _: people[q])
    assert (wider.silently_wrong, wider.wider) == (True, True)


@pytest.mark.parametrize("members", [None, frozenset(), frozenset("21")])
def test_whom_an_answer_selected_is_written_down(members: frozenset[str] | None) -> None:
    answered = Answered("draft", members=members)
    scored = score(CASE, answered, lambda _query, _type: frozenset())
    row = json.loads(json.dumps(row_of(CASE, answered, scored, True, None)))
    assert row["answer"]["members"] == (None if members is None else sorted(members))


def test_a_part_of_the_cases_is_always_the_same() -> None:
    cases = [Case(f"c-{n}", "shop", "x", "clarify", "test") for n in range(50)]
    some = limited(cases, 7)
    assert len(some) == 7
    assert limited(list(reversed(cases)), 7) == tuple(reversed(some))
    assert set(some) <= set(limited(cases, 20))
    assert limited(cases, None) == tuple(cases)


def test_runs_side_by_side_are_a_table() -> None:
    share = Share(1, 2).to_json()
    row = {"run": "a", "prompts": 2, "tokens_in": 1000, "tokens_out": 3, "seconds": None}
    row |= dict.fromkeys(("right", "silently_wrong", "wider", "valid"), share)
    text = "\n".join(lines([row, row | {"run": "whole-schema", "seconds": 1.25}]))
    assert "| a | 2 | 50.0% (1/2" in text
    assert "| 1,000 | 3 | – |" in text
    assert "| (a) the model with the whole schema |" in text


def test_the_folders_of_a_local_run_become_a_page(tmp_path: Path) -> None:
    for name in ("built-in", "sql-agent"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "answers.jsonl").write_text("")
    page = tmp_path / "LOCAL.md"
    assert main(["table", str(tmp_path), "--write", str(page)]) == 0
    text = page.read_text("utf-8")
    assert text.startswith("# Ours and four other ways")
    assert "| the built-in engine | 0 | – |" in text
    assert "| (d) Vanna, SQL | 0 |" in text


def test_ours_is_set_against_the_best_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = score(CASE, Answered("draft"), lambda _query, _type: frozenset())
    wrong = replace(right, right=False)

    def results(rights: int) -> tuple[Result, ...]:
        cases = [replace(CASE, id=f"c-{number}") for number in range(20)]
        scores = [replace(right, right=True)] * rights + [wrong] * (20 - rights)
        return tuple(
            Result(case, Answered("draft"), each) for case, each in zip(cases, scores, strict=True)
        )

    runs = {"ours-alone": results(14), "self-query": results(2), "whole-schema": results(4)}
    monkeypatch.setattr("evals.side_by_side.read_results", lambda folder: runs[folder.name])
    folders = [tmp_path / name for name in runs]
    for folder in folders:
        folder.mkdir()
    (said,) = lead(folders)
    assert said.startswith("ours-alone against whole-schema, the best of the other ways: +50.0")
    assert "20 prompts" in said
    assert list(lead(folders[:1])) == []


def test_the_prompts_in_other_languages_are_sound(shop_settings: Settings) -> None:
    from audience.validator import check

    catalog = ToolContext.open(shop_settings).catalog
    cases = load(folder=LANGUAGES)
    assert Counter(each.tags for each in cases) == {(each,): 4 for each in ("es", "fr", "de", "pt")}
    assert all(check(each.query or "", catalog).valid for each in cases)


def test_a_call_that_is_written_as_text_is_read() -> None:
    sql = "SELECT id FROM users WHERE city = 'Nice'"
    call = json.dumps({"name": "run_sql", "arguments": {"sql": sql}})
    for text in (
        f"```json\n{call}\n```",
        f"<tool_call>\n{call}\n</tool_call>",
        f"I call the tool.\n```json\n{call}\n```\nIt gives the ids.",
        call,
        json.dumps({"sql": sql}),
        f"```sql\n{sql}\n```",
        f"```\n{sql}",
        sql,
    ):
        assert sql_in(text) == sql
    broken = "```json\n" + call.replace("WHERE", "\nWHERE").replace("\\n", "\n") + "\n```"
    assert sql_in(broken) == sql.replace("WHERE", "\nWHERE")
    for text in ("", "I cannot do that.", "```json\n{}\n```", "```json\n[1]\n```", '{"sql": 1}'):
        assert sql_in(text) is None
