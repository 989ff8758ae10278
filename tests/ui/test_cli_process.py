"""The command line as a process: exit statuses, streams, what is imported. Each run costs seconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.cli import make_acme
from workspace.importer import import_folder

HEAVY = "ibis pandas chromadb langgraph langchain_core chainlit sqlalchemy duckdb wordllama lingua"
SPAIN = "trait('country') = 'ES'"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("process")
    import_folder(make_acme(folder / "acme"), folder / "home")
    return folder / "home"


def muster(home: Path, *arguments: str, code: str = "") -> subprocess.CompletedProcess[bytes]:
    start = [sys.executable, *(["-c", code] if code else ["-m", "ui.cli"])]
    environment = os.environ | {"MUSTER_HOME": str(home), "PYTHONIOENCODING": "ascii"}
    return subprocess.run([*start, *arguments], capture_output=True, env=environment, check=False)


def test_check_imports_nothing_heavy(home: Path) -> None:
    code = f"""
import atexit, sys
from ui.cli import main
atexit.register(lambda: print(*sorted(set(sys.modules) & set("{HEAVY}".split())), file=sys.stderr))
main()
"""
    ran = muster(home, "check", SPAIN, "--json", code=code)
    assert json.loads(ran.stdout)["valid"]
    assert ran.stderr.strip() == b""


def test_what_is_to_run_at_the_end_runs_and_what_was_said_arrives(home: Path) -> None:
    code = """
import atexit, sys, threading, time
from ui.cli import main
atexit.register(lambda: print("the handler's"))
threading.Thread(target=lambda: (time.sleep(0.5), print("the thread's"))).start()
main()
"""
    ran = muster(home, "preview", "trait('x') = 1", code=code)
    assert ran.returncode == 1
    said = ran.stdout.decode()
    assert said.index("the thread's") < said.index("the handler's")


def test_an_answer_that_does_not_arrive_is_no_success(home: Path) -> None:
    with open("/dev/full", "wb") as full:
        start = [sys.executable, "-m", "ui.cli", "workspaces"]
        environment = os.environ | {"MUSTER_HOME": str(home)}
        ran = subprocess.run(start, stdout=full, stderr=subprocess.PIPE, env=environment)
    assert ran.returncode != 0


def test_json_is_utf_8_and_alone_whatever_the_terminal_is(home: Path) -> None:
    ran = muster(home, "check", "trait('país') = 'España'", "--json")
    assert ran.returncode == 0
    assert "país".encode() in ran.stdout
    assert json.loads(ran.stdout)["valid"] is False
    assert ran.stderr == b""


def test_an_error_ends_with_1_and_wrong_usage_with_2_in_json_too(home: Path) -> None:
    ran = muster(home, "preview", "trait('x') = 1", "--json")
    assert (ran.returncode, json.loads(ran.stdout)["error"]["code"]) == (1, "invalid_query")
    ran = muster(home, "preview", "--jsn", "--json")
    assert (ran.returncode, json.loads(ran.stdout)["error"]["code"]) == (2, "usage")
    ran = muster(home, "preview", "--jsn")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"--jsn" in ran.stderr


def test_what_breaks_is_said_without_a_traceback_and_logged_when_asked(home: Path) -> None:
    code = """
import tools.validate_conditions as broken
def fails(*_, **__): raise RuntimeError("inner workings")
broken.validate_conditions = fails
from ui.cli import main
main()
"""
    ran = muster(home, "check", SPAIN, "--json", code=code)
    assert (ran.returncode, json.loads(ran.stdout)["error"]["code"]) == (1, "unexpected")
    assert ran.stderr == b""
    os.environ["MUSTER_TRACE"] = "1"
    try:
        assert b"inner workings" in muster(home, "check", SPAIN, code=code).stderr
    finally:
        del os.environ["MUSTER_TRACE"]


def test_a_name_cannot_steer_the_terminal(home: Path) -> None:
    ran = muster(home, "save", SPAIN, "--name", "\x1b[31mred[/] [bold]\x07", "-w", "acme")
    assert ran.returncode == 0
    assert b"\x1b" not in ran.stdout
    assert b"[bold]" in ran.stdout


def test_a_terminal_that_cannot_show_a_letter_gets_another(home: Path) -> None:
    ran = muster(home, "check", "trait('país') = 'España'")
    assert ran.returncode == 0
    assert b"pa?s" in ran.stdout


def test_help_names_every_command(home: Path) -> None:
    said = muster(home, "--help").stdout.decode()
    commands = "chat import sample workspaces fields build check preview why save audiences export"
    for command in (*commands.split(), "brief", "terms", "doctor", "eval"):
        assert f" {command} " in said
