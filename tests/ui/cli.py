"""Running the command line in this process, and a small workspace for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from ui.cli import app


@dataclass(frozen=True)
class Ran:
    """What a command wrote, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on standard output; fails when there is anything else."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


def muster(*arguments: str, input: bytes | None = None) -> Ran:
    result = CliRunner().invoke(app, list(arguments), input=input)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def batch(folder: Path, lines: Sequence[object]) -> str:
    """A file with `lines`: bytes as they are, everything else as JSON."""
    path = folder / "lines.jsonl"
    path.write_bytes(
        b"".join(
            (line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n"
            for line in lines
        )
    )
    return str(path)


def make_acme(folder: Path) -> Path:
    """Six people in two countries and their orders, as of 22 November 2026."""
    folder.mkdir(parents=True)
    people = ["id,country,age,email,vip", "u1,ES,31,ana@example.com,true", "u2,FR,,,false"]
    people += ["u3,ES,45,,", "u4,FR,22,,true", "u5,ES,,,", "u10,,60,,"]
    (folder / "users.csv").write_text("\n".join(people) + "\n")
    orders = ["id,user_id,timestamp,event,event_text,total,category"]
    for number in range(12):
        category = "shoes" if number % 2 else "bags"
        orders.append(
            f"o{number},u{1 + number % 3},2026-11-{20 - number:02d}T10:00:00Z,"
            f"order_completed,Order Completed,{number * 10}.5,{category}"
        )
    (folder / "order_completed.csv").write_text("\n".join(orders) + "\n")
    (folder / "workspace.yaml").write_text(
        "name: acme\nas_of: 2026-11-22T00:00:00Z\ndynamic_plus_limit: 2\nlookback_days: 365\n"
    )
    (folder / "strategies.yaml").write_text(
        "strategies: [{key: walks, name: Walks, personas: [{key: ana, name: Ana, voice: warm}]}]"
    )
    return folder


def make_plan_only(folder: Path) -> Path:
    """A tracking plan and no data."""
    folder.mkdir(parents=True)
    schema = {
        "description": "A trip was booked",
        "properties": {
            "properties": {"properties": {"destination": {"type": "string", "enum": ["Rome"]}}}
        },
    }
    rule = {"type": "TRACK", "key": "Trip Booked", "jsonSchema": schema, "version": 1}
    (folder / "tracking_plan.json").write_text(json.dumps({"rules": [rule]}))
    return folder
