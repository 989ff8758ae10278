"""`muster export`: an audience as another system wants it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli import options
from ui.cli.output import answering, clean, note, write_line, write_text

if TYPE_CHECKING:
    from audience.bound import Bound
    from tools.context import ToolContext

BODIES = ("segment", "klaviyo", "hubspot")


def register(app: typer.Typer) -> None:
    app.command("export")(export)


def _target(text: str) -> str:
    system, _, dialect = text.partition(":")
    if system not in (*BODIES, "sql", "csv") or (":" in text and (system != "sql" or not dialect)):
        raise typer.BadParameter("Choose segment, klaviyo, hubspot, sql, sql:DIALECT or csv.")
    return text


def export(
    query: Annotated[str, typer.Argument(metavar="QUERY")],
    to: Annotated[
        str,
        typer.Option("--to", parser=_target, metavar="segment|klaviyo|hubspot|sql[:dialect]|csv"),
    ],
    name: Annotated[str | None, typer.Option("--name", help="Else made from the query.")] = None,
    as_of: options.AsOf = None,
    engine: options.Engine = None,
    audience_type: options.AudienceType = None,
    workspace: options.Workspace = None,
    as_json: options.Json = False,
) -> None:
    """Write a query for another system: a request's body, SQL, or everybody's id as CSV.

    What the system cannot say is refused by name. What it reckons otherwise is said on standard error.
    On an engine (--engine, or a workspace made of one) ids come from there, and plain sql is in its
    dialect, with its own types.
    """
    from ui.cli.opened import opened

    with answering(as_json), opened(workspace, as_of=as_of, engine=engine) as context:
        from audience.validator import bind

        text = clean(query)
        bound = bind(text, context.catalog_for(text), audience_type=audience_type)
        if to == "csv":
            _write_ids(context, bound, as_json)
        elif to.startswith("sql"):
            _write_sql(context, bound, to.partition(":")[2], as_json)
        else:
            _write_body(bound, to, None if name is None else clean(name), as_json)


def _write_body(bound: Bound, to: str, name: str | None, as_json: bool) -> None:
    import json
    from importlib import import_module

    from audience.naming import description_of, name_of

    exported = import_module(f"audience.exporters.{to}").export(
        bound,
        name=name or name_of(bound.root, bound.catalog, audience_type=bound.type),
        description=description_of(bound.root, bound.catalog, audience_type=bound.type),
    )
    for each in exported.notes:
        note(f"Note: {each}")
    if as_json:
        write_line(exported.body)
    else:
        write_text(json.dumps(exported.body, ensure_ascii=False, indent=2))


def _write_sql(context: ToolContext, bound: Bound, dialect: str, as_json: bool) -> None:
    from audience.exporters.sql import export as to_sql
    from audience.exporters.sql import notes

    tables = context.runner.warehouse
    wanted = dialect or (tables.dialect if tables is not None else "duckdb")
    sql = to_sql(bound, as_of=context.moment(), dialect=wanted, tables=tables)
    for each in notes(bound, wanted):
        note(f"Note: {each}")
    if as_json:
        write_line({"sql": sql})
    else:
        write_text(sql)


def _write_ids(context: ToolContext, bound: Bound, as_json: bool) -> None:
    import csv
    import shutil
    import tempfile

    ids = context.runner.stream(bound, as_of=context.moment())
    if as_json:
        write_line({"ids": list(ids)})
        return
    # Aside first: who reads it gets all ids, or none where the data are lost on the way.
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as aside:
        writer = csv.writer(aside)
        writer.writerow(["id"])
        writer.writerows([id] for id in ids)
        aside.seek(0)
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text file, always
        shutil.copyfileobj(aside, sys.stdout)
