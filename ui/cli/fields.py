"""`muster fields`: the events, properties and traits of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli import options
from ui.cli.output import answering, clean, show, write_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.lookup_fields import FoundField


def register(app: typer.Typer) -> None:
    app.command("fields")(fields)


def fields(
    text: Annotated[
        str, typer.Argument(metavar="[TEXT]", help="What to look for; else every field.")
    ] = "",
    k: Annotated[
        int | None, typer.Option("-k", min=1, help="How many; 10 when TEXT is given.")
    ] = None,
    inactive: Annotated[
        bool, typer.Option("--inactive", help="Also fields not seen lately.")
    ] = False,
    workspace: options.Workspace = None,
    as_json: options.Json = False,
) -> None:
    """List the fields nearest to some words, best first."""
    from ui.cli.opened import opened

    with answering(as_json), opened(workspace) as context:
        from tools.lookup_fields import lookup_fields

        asked = clean(text)
        found = lookup_fields(context, asked, k or 10, inactive=inactive)
        if k is not None:
            found = found[:k]
        if as_json:
            write_line({"fields": [each.to_json() for each in found]})
        else:
            show(*_words(found))


def _words(found: Sequence[FoundField]) -> list[Any]:
    from ui.cli.output import plain
    from ui.cli.words import heading, table

    if not found:
        return [heading("No field was found. Try other words, or --inactive.")]
    columns = ("Field", "Of event", "Type", "Last seen")
    rows = table(*columns, "Values", whole=columns)
    for each in found:
        row = each.to_json()
        last = (row["last_seen"] or "")[:10]
        values = ", ".join(row["values"][:5])
        rows.add_row(
            plain(row["name"]),
            plain(row["event"] or ""),
            row["type"] or row["kind"],
            last if row["active"] else f"{last} inactive".strip(),
            plain(values[:60]),
        )
    return [rows]
