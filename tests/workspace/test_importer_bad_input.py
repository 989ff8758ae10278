"""What an import says of a bad folder, and that it leaves what was there untouched."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from audience.problems import MusterError
from tests.workspace.folders import MAY, event, identify, imported, parquet, plan, rows, text, track

Writer = Callable[[Path], None]


def users(folder: Path) -> None:
    parquet(folder, "users", id=["u1", "u2"])


def csv_users(folder: Path, content: str) -> None:
    text(folder, "users.csv", content)


def with_users(write: Writer) -> Writer:
    def both(folder: Path) -> None:
        users(folder)
        write(folder)

    return both


EVENTS = "id,user_id,timestamp,event,event_text,total\n"
BAD: dict[str, tuple[Writer, tuple[str, ...]]] = {
    "nothing in it": (lambda f: f.mkdir(), ("holds no workspace", "users.parquet")),
    "not a folder": (lambda f: None, ("is not a folder",)),
    "only other files": (lambda f: text(f, "a.txt", "x"), ("holds no workspace",)),
    "events without users": (
        lambda f: event(f, "seen", "Seen", ["u1"]),
        ("users.parquet", "is missing"),
    ),
    "a table twice": (
        with_users(lambda f: text(f, "users.csv", "id\nu1\n")),
        ("users.csv", "users.parquet", "same table"),
    ),
    "a broken parquet file": (
        with_users(lambda f: text(f, "seen.parquet", "PAR1 nonsense")),
        ("seen.parquet", "cannot be read as Parquet"),
    ),
    "a cut parquet file": (
        with_users(
            lambda f: (
                event(f, "seen", "Seen", ["u1"] * 99),
                os.truncate(f / "seen.parquet", 300),
            )
        ),
        ("seen.parquet",),
    ),
    "an empty parquet file": (with_users(lambda f: text(f, "seen.parquet", "")), ("seen.parquet",)),
    "an empty csv file": (with_users(lambda f: text(f, "seen.csv", "")), ("seen.csv", "is empty")),
    "a missing id": (
        lambda f: parquet(f, "users", name=["x"]),
        ("users.parquet", "'id'", "missing"),
    ),
    "a missing event column": (
        with_users(lambda f: parquet(f, "seen", id=["1"], user_id=["u1"], event_text=["Seen"])),
        ("seen.parquet", "'timestamp'", "missing"),
    ),
    "a missing event text": (
        with_users(lambda f: parquet(f, "seen", id=["1"], user_id=["u1"], timestamp=[MAY])),
        ("seen.parquet", "'event_text'", "missing"),
    ),
    "a duplicate user": (
        lambda f: parquet(f, "users", id=[1, 2, 3, 2]),
        ("users.parquet", "column id", "row 4", "'2'", "row 2"),
    ),
    "a duplicate user in csv": (
        lambda f: csv_users(f, 'id,note\na,"x"\nb,y\na,z\n'),
        ("users.csv", "column id", "row 3", "line 4", "row 1"),
    ),
    "a duplicate account": (
        with_users(lambda f: parquet(f, "accounts", id=["a", "a"])),
        ("accounts.parquet", "column id", "row 2"),
    ),
    "a user without id": (
        lambda f: parquet(f, "users", id=["u1", None]),
        ("users.parquet", "column id", "row 2", "empty"),
    ),
    "an event without time": (
        with_users(lambda f: event(f, "seen", "Seen", ["u1", "u2"], timestamp=[MAY, None])),
        ("seen.parquet", "column timestamp", "row 2", "empty"),
    ),
    "a time of the wrong type": (
        with_users(lambda f: event(f, "seen", "Seen", ["u1"], timestamp=[12.5])),
        ("seen.parquet", "column timestamp", "DOUBLE"),
    ),
    "a time that is none": (
        with_users(
            lambda f: event(f, "seen", "Seen", ["u1", "u2"], timestamp=["2026-05-01", "soon"])
        ),
        ("seen.parquet", "column timestamp", "row 2", "'soon'", "date and time"),
    ),
    "a time that does not exist, in csv": (
        with_users(
            lambda f: text(
                f,
                "seen.csv",
                EVENTS + "1,u1,2026-02-28,s,S,1\n2,u1,2026-02-30 10:00,s,S,1\n",
            )
        ),
        ("seen.csv", "column timestamp", "row 2", "line 3", "'2026-02-30 10:00'"),
    ),
    "a cell that the plan does not allow": (
        with_users(
            lambda f: (
                text(
                    f, "seen.csv", EVENTS + '1,u1,2026-05-01,s,S,"1\n"\n2,u1,2026-05-01,s,S,ten\n'
                ),
                plan(f, track("S", {"total": {"type": "number"}})),
            )
        ),
        ("seen.csv", "column total", "row 2: 'ten'", "a number"),
    ),
    "a trait that the plan does not allow": (
        lambda f: (
            csv_users(f, "id,age,ok\n1,30,true\n2,x,maybe\n"),
            plan(f, identify({"age": {"type": "integer"}, "ok": {"type": "boolean"}})),
        )[0],
        ("users.csv", "column age", "row 2", "'x'", "a number"),
    ),
    "a csv row that is too long": (
        lambda f: csv_users(f, "id,name\n1,a\n2,b,c\n"),
        ("users.csv", "line 3", "row 2"),
    ),
    "a csv row that is too short": (
        lambda f: csv_users(f, "id,name\n1,a\n2,b\n3\n"),
        ("users.csv", "line 4", "row 3"),
    ),
    "a csv quote that never ends": (
        lambda f: csv_users(f, 'id,name\n1,"a\n2,b\n'),
        ("users.csv",),
    ),
    "a csv that is not utf-8": (
        lambda f: (f.mkdir(), (f / "users.csv").write_bytes(b"id,name\n1,a\n2,\xff\xfe\n"))[0],
        ("users.csv", "line 3"),
    ),
    "a csv header that is not utf-8": (
        lambda f: (f.mkdir(), (f / "users.csv").write_bytes(b"id,\xff\n1,a\n"))[0],
        ("users.csv", "UTF-8"),
    ),
    "a csv column twice": (
        lambda f: csv_users(f, "id,a,A\n1,2,3\n"),
        ("users.csv", "'A'", "twice"),
    ),
    "a csv column without name": (
        lambda f: csv_users(f, "id,,b\n1,2,3\n"),
        ("users.csv", "column 2"),
    ),
    "a column whose name cannot be": (
        lambda f: parquet(f, "users", **{"id": ["u"], "a\0b": [1]}),
        ("users.parquet", "null character"),
    ),
    "a plan that is not json": (
        with_users(lambda f: text(f, "tracking_plan.json", '{"rules": [}')),
        ("tracking_plan.json", "line 1"),
    ),
    "a plan without rules": (
        with_users(lambda f: text(f, "tracking_plan.json", "[]")),
        ("tracking_plan.json", "rules"),
    ),
    "a rule without key": (
        with_users(lambda f: plan(f, track("A", {}), {"type": "TRACK", "jsonSchema": {}})),
        ("tracking_plan.json", "rule 2", "key"),
    ),
    "a rule that is a text": (
        with_users(lambda f: text(f, "tracking_plan.json", '{"rules": ["x"]}')),
        ("tracking_plan.json", "rule 1"),
    ),
    "settings that are not yaml": (
        with_users(lambda f: text(f, "workspace.yaml", "a: [")),
        ("workspace.yaml",),
    ),
    "a time zone that is none": (
        with_users(lambda f: text(f, "workspace.yaml", "timezone: Mars/Olympus")),
        ("workspace.yaml", "line 1", "Mars/Olympus"),
    ),
    "strategies without key": (
        with_users(lambda f: text(f, "strategies.yaml", "strategies: [{name: A}]")),
        ("strategies.yaml", "key"),
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_says_what_is_wrong_and_changes_nothing(case: str, tmp_path: Path) -> None:
    write, words = BAD[case]
    home = tmp_path / "home"
    users(tmp_path / "good")
    imported(tmp_path / "good", home)
    before = sorted((home / "workspaces" / ".versions").iterdir())

    folder = tmp_path / "in"
    write(folder)
    with pytest.raises(MusterError) as caught:
        imported(folder, home)

    for word in words:
        assert word in caught.value.message
    assert caught.value.code in {"invalid_file", "invalid_folder"}
    assert sorted((home / "workspaces" / ".versions").iterdir()) == before
    assert rows(home, "FROM users") == [("u1",), ("u2",)]


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "-x", "x" * 61, "a\nb", "a\0b", "  "])
def test_names_that_cannot_be(name: str, tmp_path: Path) -> None:
    users(tmp_path / "in")
    with pytest.raises(MusterError) as caught:
        imported(tmp_path / "in", tmp_path / "home", name=name)
    assert caught.value.code == "invalid_name"
    assert not (tmp_path / "home").exists()


def test_a_workspace_is_not_replaced_unasked(tmp_path: Path) -> None:
    users(tmp_path / "in")
    imported(tmp_path / "in", tmp_path)
    with pytest.raises(MusterError) as caught:
        imported(tmp_path / "in", tmp_path, replace=False)
    assert caught.value.code == "workspace_exists"
    assert "--replace" in caught.value.message


def test_a_person_who_stops_an_import_loses_nothing(tmp_path: Path) -> None:
    users(tmp_path / "good")
    imported(tmp_path / "good", tmp_path)
    parquet(tmp_path / "other", "users", id=["u9"])
    for stop_at in ("users.parquet", "catalog"):

        def stop(stage: str, share: float, stop_at: str = stop_at) -> None:
            if stop_at in stage:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            imported(tmp_path / "other", tmp_path, progress=stop)
        assert rows(tmp_path, "FROM users") == [("u1",), ("u2",)]
        versions = (tmp_path / "workspaces" / ".versions").iterdir()
        assert len([each for each in versions if each.is_dir()]) == 1


def test_a_home_that_cannot_be_written_to(tmp_path: Path) -> None:
    users(tmp_path / "in")
    (tmp_path / "home").write_text("a file")
    with pytest.raises(MusterError) as caught:
        imported(tmp_path / "in", tmp_path / "home")
    assert "cannot be written to" in caught.value.message
