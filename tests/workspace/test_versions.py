"""A new version takes the place of the old one at once, whoever reads meanwhile."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from tests.workspace.folders import imported, parquet, rows
from workspace.versions import new_version


def folder(path: Path, size: int) -> Path:
    parquet(path, "users", id=[f"u{each}" for each in range(size)], size=[size] * size)
    return path


def versions(home: Path) -> list[str]:
    return sorted(
        each.name for each in (home / "workspaces" / ".versions").iterdir() if each.is_dir()
    )


def test_the_old_version_is_removed_and_open_readers_keep_theirs(tmp_path: Path) -> None:
    imported(folder(tmp_path / "one", 10), tmp_path)
    database = str(tmp_path / "workspaces" / "w" / "data.duckdb")
    with duckdb.connect(database, read_only=True) as old:
        imported(folder(tmp_path / "two", 20), tmp_path)
        assert old.execute("SELECT count(*), max(size) FROM users").fetchall() == [(10, 10)]
    assert len(versions(tmp_path)) == 1
    assert rows(tmp_path, "SELECT count(*) FROM users") == [(20,)]
    assert (tmp_path / "workspaces" / "w").is_symlink()


def read_all(home: Path, stop: threading.Event, wrong: list[str], sizes: set[int]) -> None:
    """What another program does: resolve the link, read the files there, find them to agree."""
    while not stop.is_set():
        path = (home / "workspaces" / "w").resolve()
        try:
            report = json.loads((path / "report.json").read_bytes())
            with duckdb.connect(str(path / "data.duckdb"), read_only=True) as connection:
                ((count, size),) = connection.execute(
                    "SELECT count(*), max(size) FROM users"
                ).fetchall()
        except (OSError, duckdb.IOException):
            if path == (home / "workspaces" / "w").resolve():
                wrong.append("the present version could not be read")
            continue
        sizes.add(count)
        if count != size or report["users"] != count:
            wrong.append(f"{count} users of {size}, {report['users']} reported")


def test_readers_see_one_version_or_the_other(tmp_path: Path) -> None:
    folders = [folder(tmp_path / "one", 10), folder(tmp_path / "two", 20)]
    imported(folders[0], tmp_path)
    stop, wrong, sizes = threading.Event(), list[str](), set[int]()
    readers = [
        threading.Thread(target=read_all, args=(tmp_path, stop, wrong, sizes)) for _ in range(2)
    ]
    for each in readers:
        each.start()
    for turn in range(12):
        imported(folders[turn % 2], tmp_path)
    stop.set()
    for each in readers:
        each.join()
    assert wrong == []
    assert sizes <= {10, 20}
    assert len(versions(tmp_path)) == 1


IMPORT = """
import sys
from pathlib import Path
from workspace.importer import import_folder
import_folder(Path(sys.argv[1]), Path(sys.argv[2]), "w", replace=True)
"""


def test_two_processes_import_at_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    sources = [folder(tmp_path / f"{size}", size) for size in (10, 20, 30)]
    running = [subprocess.Popen([sys.executable, "-c", IMPORT, each, home]) for each in sources]
    assert [each.wait() for each in running] == [0, 0, 0]
    assert len(versions(home)) == 1
    ((count, size),) = rows(home, "SELECT count(*), max(size) FROM users")
    assert count == size


def test_what_a_crash_left_is_removed_and_what_is_being_built_is_not(tmp_path: Path) -> None:
    home = tmp_path / "workspaces" / ".versions"
    (home / "w-crashed").mkdir(parents=True)
    (home / "w-other-workspace").mkdir()
    with new_version(tmp_path, "w", replace=False) as building:
        imported(folder(tmp_path / "one", 10), tmp_path)
        assert building.is_dir()
        assert "w-crashed" not in versions(tmp_path)
        assert "w-other-workspace" in versions(tmp_path)
        building.joinpath("report.json").write_text("{}")
        with pytest.raises(Exception, match="--replace"), new_version(tmp_path, "w", replace=False):
            pass
        (tmp_path / "workspaces" / "w").unlink()
    assert (tmp_path / "workspaces" / "w").resolve() == building


def test_an_error_while_building_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> None:
        with new_version(tmp_path, "w", replace=False) as building:
            (building / "half").write_text("x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert versions(tmp_path) == []
    assert not (tmp_path / "workspaces" / "w").exists()
