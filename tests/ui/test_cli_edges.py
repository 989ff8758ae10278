"""Every command that takes a query, with a date that does not exist and with an event that has no rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.cli import make_acme, muster
from workspace.importer import import_folder

NO_SUCH_DAY = "event('Order Completed').where(context('timestamp') > '2026-02-30').count() >= 1"
NEVER = "event('trip_booked').within(30 days).count() >= 1"
LAST = "event('trip_booked').last(property('price')) != '5'"
TARGETS = ("segment", "klaviyo", "hubspot", "sql", "csv")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_acme(tmp_path / "acme")
    (folder / "trip_booked.csv").write_text("id,user_id,timestamp,event,event_text,price\n")
    import_folder(folder, tmp_path / "home")
    monkeypatch.setenv("MUSTER_HOME", str(tmp_path / "home"))


def test_a_date_that_does_not_exist_is_said_with_its_place_by_every_command() -> None:
    checked = muster("check", NO_SUCH_DAY, "--json").json
    assert checked["valid"] is False
    (problem,) = checked["problems"]
    assert problem["code"] == "type_mismatch"
    assert problem["message"] == "The date 2026-02-30 does not exist."
    assert NO_SUCH_DAY[problem["start"] : problem["end"]] == "'2026-02-30'"
    commands = [("preview", NO_SUCH_DAY), ("why", "u1", NO_SUCH_DAY)]
    commands += [("export", NO_SUCH_DAY, f"--to={target}") for target in TARGETS]
    for command in commands:
        ran = muster(*command, "--json")
        assert ran.status == 1
        assert ran.json["error"]["code"] == "invalid_query"
        assert ran.json["error"]["problems"] == [problem]
        words = muster(*command)
        assert (words.status, words.out) == (1, "")
        assert "2026-02-30 does not exist" in words.err


def test_an_event_that_nobody_ever_did_is_counted_explained_and_exported() -> None:
    assert muster("check", NEVER, "--json").json["valid"] is True
    for query, reach in ((NEVER, 0), (f"NOT {NEVER}", 6), (LAST, 0)):
        found = muster("preview", query, "--members", "--json").json
        assert (found["reach"], found["universe"], len(found["members"])) == (reach, 6, reach)
        why = muster("why", "u1", query, "--json").json
        assert why["in"] is (reach == 6)
        assert why["conditions"][0]["because"]
        assert len(muster("export", query, "--to=csv").out.split()) == 1 + reach
    for target in ("segment", "klaviyo", "sql"):
        assert muster("export", NEVER, f"--to={target}", "--json").status == 0


def test_of_a_long_query_only_the_place_of_a_problem_is_shown() -> None:
    ran = muster("check", f"trait('{'a' * 10_000}') = 1")
    assert ran.status == 0
    assert "There is no trait" in ran.out
    assert len(ran.out) < 1_500
