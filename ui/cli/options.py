"""The options that several commands share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import typer


def _instant(text: str) -> datetime:
    from workspace.clock import InvalidInstant, instant

    try:
        return instant(text)
    except InvalidInstant as error:
        raise typer.BadParameter(error.message) from None


Workspace = Annotated[
    str | None,
    typer.Option("--workspace", "-w", help="The workspace; else the only one, else the demo."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Model = Annotated[
    str | None, typer.Option("--model", help="builtin, or the name of a model; else MUSTER_MODEL.")
]
AudienceType = Annotated[
    Literal["users", "accounts"] | None,
    typer.Option("--type", help="Of whom the audience is made; else found from the words."),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        parser=_instant,
        metavar="T",
        help="The date or time at which it is evaluated; else the workspace's, else now.",
    ),
]
Engine = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="URL",
        help="Where the tables are: postgresql://user@host/database, sc://host:15002 or spark:///folder.",
    ),
]
Batch = Annotated[
    str | None,
    typer.Option(
        "--batch", metavar="FILE.jsonl", help="One answer for each line; - reads standard input."
    ),
]
Members = Annotated[bool, typer.Option("--members", help="Add the ids of everybody who matches.")]
