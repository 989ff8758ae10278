"""Tens of thousands of generated pairs, part by part: reference against engines. `make prove`.

    python -m tests.reference.prove [--engine NAME ...] [--pairs N] [--minutes N] [--folder DIR]

Every part is a seed of its own. What has been looked at is written down in the folder, so that a run that
was stopped goes on where it was; once the code is another, it begins anew. Where an engine and the
reference differ, the run ends with the smallest example. On Spark it is a tenth of the pairs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic

import hypothesis

from tests.reference.same_people import (
    Engine,
    Opening,
    Queries,
    World,
    cases,
    installed,
    opened,
    pairs,
    the_same_people,
)
from workspace.settings import CHECKOUT

PART = 100  # pairs
SPARK = 10  # times fewer


@dataclass(frozen=True)
class Proven:
    """What has been looked at on an engine, with which code."""

    code: str
    first: int = 0  # seed
    parts: int = 0

    @property
    def pairs(self) -> int:
        return self.parts * PART


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--engine", nargs="+", choices=installed(), default=installed())
    parser.add_argument("--pairs", type=int, default=20_000)
    parser.add_argument("--minutes", type=float, help="stop after so many, to go on another time")
    parser.add_argument("--folder", type=Path, default=CHECKOUT / ".muster/proven")
    given = parser.parse_args(arguments)
    until = monotonic() + given.minutes * 60 if given.minutes else None
    code = _code()
    for engine in given.engine:
        _prove(engine, given.pairs, given.folder / f"{engine}.json", code, until)


def _prove(engine: Engine, wanted: int, kept: Path, code: str, until: float | None) -> None:
    wanted = wanted // SPARK if engine == "spark" else wanted
    proven = _read(kept, code)
    if proven.pairs < wanted:
        with opened(engine) as opening:
            while proven.pairs < wanted and (until is None or monotonic() < until):
                _part(opening, proven.first + proven.parts)
                proven = Proven(code, proven.first, proven.parts + 1)
                kept.parent.mkdir(parents=True, exist_ok=True)
                kept.write_text(json.dumps(asdict(proven)))
                _say(engine, proven, wanted)
    _say(engine, proven, wanted)


def _say(engine: Engine, proven: Proven, wanted: int) -> None:
    seeds = f"seeds {proven.first} to {proven.first + proven.parts - 1}" if proven.parts else "none"
    sys.stdout.write(f"{engine}: {proven.pairs:,} of {wanted:,} pairs, no difference ({seeds})\n")
    sys.stdout.flush()


def _part(opening: Opening, seed: int) -> None:
    @hypothesis.seed(seed)
    @pairs(PART)
    @hypothesis.given(case=cases())
    def look(case: tuple[World, Queries]) -> None:
        the_same_people(opening, *case)

    look()


def _read(kept: Path, code: str) -> Proven:
    """What is written down; with other code, nothing, and seeds that have not been tried."""
    if not kept.exists():
        return Proven(code)
    found = Proven(**json.loads(kept.read_text()))
    return found if found.code == code else Proven(code, found.first + found.parts)


def _code() -> str:
    """A mark of the code that is proven, and of what it is proven with."""
    found = hashlib.sha256()
    for folder in ("audience", "audience/compiler", "workspace", "tests/reference"):
        for path in sorted((CHECKOUT / folder).glob("*.py")):
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:16]


if __name__ == "__main__":
    main()
