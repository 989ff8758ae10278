"""How fast the built-in engine reads, in what memory, and how soon after it is started. Part of `make bench`.

    python -m tests.bench.english [--workspace W] [--fields N …] [--prompts N] [--runs N]

A workspace of the evaluation with made-up fields beside its own. Read are prompts of the corpus, each
once, in a process that has read others before: from the prompt to the checked query, nobody counted.
Cold is `muster build`, counting included, against a process that imports the same packages and ends. Nothing
here is a test: what the clock says depends on the machine's mood, so processor time stands beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evals.dataset import load
from evals.timing import Took
from tests.bench.tables import table
from tools.build_conditions import build
from tools.context import ToolContext
from workspace.settings import CHECKOUT, load_settings

_FIRST = 40  # prompts before those that are measured
_AIMS = {500: 20, 10_000: 60}  # milliseconds
_PROMPT = "Customers in Spain who signed up in the last 30 days"
_FOREIGN = (
    "Clientes de España que se registraron en los últimos 30 días"  # for which a detector is loaded
)
_IMPORTED = """
import json, sys
from ui.cli import main
try:
    main()
except SystemExit:
    pass
own = {"audience", "workspace", "tools", "agent", "ui", "prompts", "__main__"}
names = [each for each in sys.modules if each.split(".")[0] not in own and sys.modules[each] is not None]
sys.stderr.write(json.dumps(names))
"""
_IMPORT = """
import contextlib, importlib, json, sys
for name in json.loads(sys.argv[1]):
    with contextlib.suppress(Exception):
        importlib.import_module(name)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--workspace", default="planboard")
    parser.add_argument("--fields", type=int, nargs="+", default=[*_AIMS])
    parser.add_argument("--prompts", type=int, default=120)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)  # the home, in its own process
    options = parser.parse_args()
    if options.read is not None:
        sys.stdout.write(json.dumps(_read(options.read, options.workspace, options.prompts)))
        return
    rows: list[tuple[str, ...]] = []
    for size in options.fields:
        with TemporaryDirectory(prefix="muster-") as scratch:
            home = Path(scratch)
            _make(home, options.workspace, size)
            rows += _warm(home, options.workspace, options.prompts, size)
            rows += _cold(home, options.workspace, options.runs, size)
    table(("measured", "by the clock", "processors", "aim"), rows)


def _make(home: Path, name: str, size: int) -> None:
    """The workspace with `size` fields, and its index, in a home of its own.

    What it takes is imported here: a process that reads prompts has none of it.
    """
    from evals.retrieval import large
    from evals.worlds import maker
    from workspace.catalog_store import dump
    from workspace.importer import import_folder
    from workspace.opening import open_workspace

    folder = home / "folder"
    folder.mkdir()
    maker(name)(folder)
    import_folder(folder, home, name, replace=False, progress=lambda _stage, _share: None)
    settings = load_settings(home=home, workspace=name)
    opened = open_workspace(settings, name)
    text = json.dumps(dump(large(opened.catalog, size)))
    (opened.path / "catalog.json").write_text(text, "utf-8")
    ToolContext.open(settings, name).index.prepare()


def _warm(home: Path, name: str, prompts: int, size: int) -> list[tuple[str, ...]]:
    """In a process of its own, so that its memory is that of reading alone."""
    command = [sys.executable, "-m", "tests.bench.english", "--read", str(home)]
    command += ["--workspace", name, "--prompts", str(prompts)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=CHECKOUT)
    found: Mapping[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    rows = [
        (
            f"{kind} of {found['prompts']} prompts, {size:,} fields",
            *(f"{milliseconds:.1f} ms" for milliseconds in found[kind]),
            f"{_AIMS[size]} ms" if kind == "p50" and size in _AIMS else "",
        )
        for kind in ("p50", "p95")
    ]
    return [*rows, (f"memory at its most, {size:,} fields", f"{found['mb']:.0f} MB", "", "400 MB")]


def _read(home: Path, name: str, most: int) -> Mapping[str, Any]:
    context = ToolContext.open(load_settings(home=home, workspace=name), name)
    cases = [
        case
        for case in load(workspaces=[name], split="train")
        if case.status == "draft" and not case.context
    ]
    spent = list[Took]()
    for case in cases[: _FIRST + most]:
        started = Took.now()
        build(context, case.prompt, counts=False)
        spent.append(started.since())
    build(context, _FOREIGN, counts=False)
    measured = spent[_FIRST:]
    clock, processors = (
        statistics.quantiles([1000 * getattr(each, kind) for each in measured], n=20)
        for kind in ("clock", "processors")
    )
    return {
        "prompts": len(measured),
        "p50": (clock[9], processors[9]),
        "p95": (clock[18], processors[18]),
        "mb": _peak(),
    }


def _peak() -> float:
    """The most memory that this process has had, in MB; what it was started by does not count."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(each.split()[1]) / 1024 for each in lines if each.startswith("VmHWM:"))


def _cold(home: Path, name: str, runs: int, size: int) -> list[tuple[str, ...]]:
    """`muster build` against the import of what it imports; they take turns."""
    arguments = ["build", _PROMPT, "--workspace", name, "--json"]
    asked = _ended([sys.executable, "-c", _IMPORTED, *arguments], home)
    names = asked.stderr.strip().splitlines()[-1]
    mine, its = list[Took](), list[Took]()
    for _ in range(runs):
        mine.append(_took([str(Path(sys.executable).parent / "muster"), *arguments], home))
        its.append(_took([sys.executable, "-c", _IMPORT, names], home))
    ratios = [
        statistics.median(getattr(each, kind) for each in mine)
        / statistics.median(getattr(each, kind) for each in its)
        for kind in ("clock", "processors")
    ]
    seconds = [statistics.median(getattr(each, kind) for each in mine) for kind in vars(mine[0])]
    return [
        (f"muster build, cold, {size:,} fields", *(f"{each:.2f} s" for each in seconds), ""),
        (f"  against its imports, {size:,} fields", *(f"{each:.2f}" for each in ratios), "1.3"),
    ]


def _took(command: Sequence[str], home: Path) -> Took:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), Took.now()
    _ended(command, home)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(started.since().clock, busy)


def _ended(command: Sequence[str], home: Path) -> subprocess.CompletedProcess[str]:
    told = os.environ | {"MUSTER_HOME": str(home), "MUSTER_MODEL": "builtin"}
    told.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed is there as bytecode
    return subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=CHECKOUT, env=told
    )


if __name__ == "__main__":
    main()
