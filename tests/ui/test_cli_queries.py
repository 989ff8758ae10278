"""muster check, preview, why, export, save, audiences, brief: what is done with a query."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from types import ModuleType

import duckdb
import pytest
from sqlalchemy import create_engine

from tests.ui.cli import batch, make_acme, muster
from tests.workspace import postgres_server
from workspace.importer import import_folder

SPAIN = "trait('country') = 'ES'"
BOUGHT = "event('Order Completed').within(7 days).count() >= 1"
BAGS = "event('Order Completed').where(property('category') = 'bags').count() >= 1"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    import_folder(make_acme(folder / "acme"), folder / "home")
    return folder / "home"


@pytest.fixture(autouse=True)
def _home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    shutil.copytree(made, home, symlinks=True)
    monkeypatch.setenv("MUSTER_HOME", str(home))


def test_a_valid_query_is_said_in_its_canonical_form_and_in_english() -> None:
    ran = muster("check", "trait('country') == 'ES' and not trait(\"age\")>30", "--json")
    assert ran.status == 0
    answer = ran.json
    assert (answer["valid"], answer["problems"]) == (True, [])
    assert answer["query"] == "trait('country') = 'ES' AND NOT trait('age') > 30"
    assert (answer["type"], answer["kind"]) == ("users", "dynamic")
    assert "ES" in answer["english"]


def test_an_invalid_query_is_an_answer_with_place_and_suggestion() -> None:
    query = "trait('contry') = 'ES'"
    ran = muster("check", query, "--json")
    assert ran.status == 0
    (problem,) = ran.json["problems"]
    assert ran.json["valid"] is False
    assert problem["severity"] == "error"
    assert problem["suggestions"][0] == "country"
    assert "contry" in query[problem["start"] : problem["end"]]
    words = muster("check", query)
    assert words.status == 0
    assert "cannot run" in words.out
    assert "^^^" in words.out


@pytest.mark.parametrize("query", ["", "trait(", "((((", "🎉", "a" * 20_000, "'" * 999])
def test_what_is_no_query_at_all_is_an_answer_too(query: str) -> None:
    ran = muster("check", query, "--json")
    assert (ran.status, ran.json["valid"]) == (0, False)


def test_a_batch_has_one_line_out_for_each_line_in(tmp_path: Path) -> None:
    lines: list[object] = [
        {"id": 1, "query": SPAIN},
        b"",
        b"not json",
        b'{"id": 4, "query": "\xff"}',
        b'{"id": 5, "query": "a\x00b"}',
        {"id": "six", "query": 6},
        {"query": "trait('x') = "},
        b"[1]",
        b"[" * 100_000,
        b'{"id": NaN, "query": "x"}',
        {"id": {"nested": ["id"]}, "query": BOUGHT},
        {"id": "huge", "query": "x" * 3_000_000},
        {"id": "é\ud800", "query": "trait('é\ud800') = '1'"},
        b'\xef\xbb\xbf{"id": "last", "query": "' + SPAIN.encode() + b'"}',
    ]
    ran = muster("check", "--batch", batch(tmp_path, lines))
    assert ran.status == 0
    answers = ran.lines
    ids = [each["id"] for each in answers]
    assert ids == [1, None, None, None, None, "six", None, None, None, None,
                   {"nested": ["id"]}, "huge", "é?", "last"]  # fmt: skip
    assert ["error" in each for each in answers] == [
        False, True, True, True, True, True, False, True, True, True, False, False, False, False,
    ]  # fmt: skip
    assert answers[0]["valid"]
    assert answers[-1]["valid"]
    assert next(iter(answers[0])) == "id"


def test_a_batch_can_come_from_standard_input_and_have_no_line_break_at_its_end() -> None:
    ran = muster("check", "--batch", "-", input=json.dumps({"id": 1, "query": SPAIN}).encode())
    assert [each["valid"] for each in ran.lines] == [True]


def test_a_batch_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    ran = muster("check", "--batch", str(tmp_path / "none.jsonl"), "--json")
    assert (ran.status, ran.json["error"]["code"]) == (1, "no_such_file")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", SPAIN, "--batch", "x.jsonl"],
        ["check", SPAIN, "--type", "linked"],
        ["preview", SPAIN, "--as-of", "soon"],
        ["fields", "-k", "0"],
        ["export", SPAIN, "--to", "mailchimp"],
        ["export", SPAIN, "--to", "sql:"],
        ["build", "--batch", "x.jsonl", "--refine", SPAIN],
        ["nothing"],
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    ran = muster(*arguments)
    assert ran.status == 2
    assert ran.out == ""


def test_a_preview_counts_and_lists() -> None:
    answer = muster("preview", f"{SPAIN} AND {BOUGHT}", "--members", "--json").json
    assert (answer["reach"], answer["universe"], answer["members"]) == (2, 6, ["u1", "u3"])
    spain, bought = answer["conditions"]
    assert (spain["query"], spain["reach"], spain["kept"], spain["dropped"]) == (SPAIN, 3, 3, 3)
    assert (bought["reach"], bought["kept"], bought["dropped"]) == (3, 2, 1)
    assert answer["ms"] >= 0
    assert "2 of 6 users" in muster("preview", f"{SPAIN} AND {BOUGHT}").out


def test_what_is_saved_already_and_nearly_the_same_is_said() -> None:
    assert muster("save", SPAIN, "--name", "Spain", "--json").err == ""
    same = muster("preview", SPAIN, "--json")
    assert same.err == "Note: “Spain” is saved already with the same conditions.\n"
    assert same.json["reach"] == 3
    alike = f"{SPAIN} AND NOT trait('age') = 99"
    saved = muster("save", alike, "--name", "Spain again")
    assert "“Spain” is saved already and nearly the same: 100%" in saved.err
    assert muster("preview", "trait('country') = 'FR'").err == ""


def test_what_nobody_can_match_is_said_beside_the_count() -> None:
    found = muster("preview", "trait('age') > 40 AND trait('age') < 30", "--json")
    assert found.json["reach"] == 0
    assert "cannot hold together" in found.err


def test_ids_are_sorted_by_code_point() -> None:
    members = muster("preview", "trait('age').exists()", "--members", "--json").json["members"]
    assert members == ["u1", "u10", "u3", "u4"]


def test_a_preview_is_as_of_an_instant() -> None:
    for moment in ("2026-11-10", "2026-11-10T00:00:00Z", "2026-11-10T01:00:00+01:00"):
        assert muster("preview", BOUGHT, "--as-of", moment, "--json").json["reach"] == 1


def test_an_invalid_query_cannot_be_previewed_and_the_error_carries_its_problems() -> None:
    ran = muster("preview", "trait('contry') = 'ES'", "--json")
    assert ran.status == 1
    error = ran.json["error"]
    assert error["code"] == "invalid_query"
    assert error["problems"][0]["suggestions"][0] == "country"


def test_a_batch_of_previews_goes_on_after_an_invalid_query(tmp_path: Path) -> None:
    lines = [{"id": 1, "query": "trait('x') = 1"}, {"id": 2, "query": SPAIN}]
    first, second = muster("preview", "--batch", batch(tmp_path, lines), "--members").lines
    assert first["error"]["problems"]
    assert (second["id"], second["reach"], second["members"]) == (2, 3, ["u1", "u3", "u5"])


def test_an_engine_that_is_none_is_an_error() -> None:
    ran = muster("preview", SPAIN, "--engine", "ftp://somewhere", "--json")
    assert (ran.status, ran.json["error"]["code"]) == (1, "unknown_engine")
    gone = muster(
        "preview", SPAIN, "--engine", "postgresql://ana:secret@127.0.0.1:1/none", "--json"
    )
    assert (gone.status, gone.json["error"]["code"]) == (1, "database_error")
    assert "secret" not in gone.out


@pytest.mark.parametrize("server", [postgres_server] if postgres_server.installed() else [])
def test_a_warehouse_counts_the_same_people(server: ModuleType) -> None:
    query = f"{SPAIN} AND {BOUGHT}"
    with server.running() as url:
        _copied(os.environ["MUSTER_HOME"], url)
        for arguments in (("preview", query, "--members"), ("why", "u5", query)):
            there = muster(*arguments, "--engine", url.replace("+psycopg", ""), "--json").json
            here = muster(*arguments, "--json").json
            assert there | {"ms": 0} == here | {"ms": 0}


def _copied(home: str, url: str) -> None:
    """The tables of acme, written into an empty PostgreSQL."""
    data = duckdb.connect(f"{home}/workspaces/acme/data.duckdb", read_only=True)
    engine = create_engine(url)
    with engine.begin() as connection:
        for table in ("users", "order_completed"):
            data.table(table).df().to_sql(table, connection, index=False)
    engine.dispose()
    data.close()


def test_why_says_which_condition_decides() -> None:
    answer = muster("why", "u5", f"{SPAIN} AND {BOUGHT}", "--json").json
    assert (answer["id"], answer["in"]) == ("u5", False)
    assert [each["in"] for each in answer["conditions"]] == [True, False]
    assert all(each["because"] for each in answer["conditions"])
    words = muster("why", "u1", f"{SPAIN} AND {BOUGHT}")
    assert "u1 is in this audience" in words.out


def test_why_of_nobody_is_an_error() -> None:
    ran = muster("why", "u999", SPAIN, "--json")
    assert ran.status == 1
    assert "u999" in ran.json["error"]["message"]


def test_a_saved_audience_is_listed_referred_to_and_deleted() -> None:
    saved = muster("save", SPAIN, "--name", "Spanish people", "--json").json
    assert (saved["key"], saved["kind"], saved["query"]) == ("spanish_people", "dynamic", SPAIN)
    listed = muster("audiences", "--json").json["audiences"]
    assert [each["key"] for each in listed] == ["spanish_people"]
    not_member = "NOT trait('spanish_people') = 'true'"
    assert muster("check", not_member, "--json").json["valid"]
    members = muster("preview", not_member, "--members", "--json").json["members"]
    assert members == ["u10", "u2", "u4"]
    assert muster("audiences", "--delete", "spanish_people", "--json").json["deleted"] == saved
    assert muster("check", not_member, "--json").json["valid"] is False
    assert "No audience" in muster("audiences").out


def test_the_rules_of_saving_hold_here_too() -> None:
    assert muster("save", SPAIN, "--name", "Country", "--json").json["key"] == "country_2"
    assert muster("save", BOUGHT, "--name", "One", "--json").status == 0
    assert muster("save", BAGS, "--name", "Two", "--json").status == 0
    full = muster("save", BAGS, "--name", "Three", "--json")
    assert (full.status, full.json["error"]["code"]) == (1, "dynamic_plus_limit")
    assert set(full.json["error"]["suggestions"]) == {"one", "two"}
    assert "2 of 2 Dynamic Plus" in muster("audiences").out
    invalid = muster("save", "trait('x') = 1", "--name", "Four", "--json")
    assert (invalid.status, invalid.json["error"]["code"]) == (1, "invalid_query")
    unknown = muster("audiences", "--delete", "twoo", "--json")
    assert (unknown.status, unknown.json["error"]["suggestions"]) == (1, ["two"])


def test_exports_are_what_the_other_system_takes() -> None:
    body = muster(
        "export", f"{SPAIN} AND {BOUGHT}", "--to", "segment", "--name", "Mine", "--json"
    ).json
    assert body["name"] == "Mine"
    assert body["definition"]["query"] == f"{SPAIN} AND {BOUGHT}"
    as_text = muster("export", SPAIN, "--to", "segment")
    assert as_text.json["audienceType"] == "USERS"
    for target in ("klaviyo", "hubspot"):
        assert muster("export", BOUGHT, "--to", target, "--json").json
    sql = muster("export", SPAIN, "--to", "sql:postgres", "--json").json["sql"]
    assert muster("export", SPAIN, "--to", "sql:postgres").out.strip() == sql.strip()
    assert sql.startswith("SELECT")


def test_ids_are_exported_as_csv() -> None:
    assert muster("export", SPAIN, "--to", "csv").out.split() == ["id", "u1", "u3", "u5"]
    assert muster("export", SPAIN, "--to", "csv", "--json").json == {"ids": ["u1", "u3", "u5"]}


def test_what_a_target_cannot_say_is_refused_by_name() -> None:
    query = "trait('age').exists() AND trait('country').omits('x')"
    for target in ("sql:oracle", "klaviyo"):
        ran = muster("export", query, "--to", target, "--json")
        if target == "sql:oracle":
            assert (ran.status, ran.json["error"]["code"]) == (1, "not_supported")
            assert "oracle" in ran.json["error"]["message"]


def test_a_brief_hands_the_audience_on() -> None:
    nothing = muster("brief", "--json")
    assert (nothing.status, nothing.json["error"]["code"]) == (1, "nothing_chosen")
    muster("save", SPAIN, "--name", "Spanish people")
    brief = muster("brief", "spanish_people", "--json").json
    assert (brief["groups"][0]["reach"], brief["groups"][0]["query"]) == (3, SPAIN)
    assert muster("brief", "Spanish people", "--strategy", "Walks").out.startswith("# ")
    personas = muster("brief", "--strategy", "walks", "--persona", "ana", "--json").json
    assert personas["groups"][0]["voice"] == ["warm"]
    assert muster("brief", "--persona", "ana").status == 2
