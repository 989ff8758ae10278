"""`muster import`, `muster sample` and `muster workspaces`: the data there is."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ui.cli import options
from ui.cli.output import answering, progress, show, write_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workspace.importer import ImportReport
    from workspace.opening import WorkspaceSummary


def register(app: typer.Typer) -> None:
    app.command("import")(import_)
    app.command("sample")(sample)
    app.command("workspaces")(workspaces)


Name = Annotated[str | None, typer.Option("--name", help="What to call the workspace.")]
Replace = Annotated[bool, typer.Option("--replace", help="Take the place of one of this name.")]


def import_(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR",
            help="A folder of Parquet or CSV files; with --engine, of what describes them.",
            show_default=False,
        ),
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(
            "--engine",
            metavar="URL",
            help="Leave the data in this warehouse, as in postgresql://user@host/database?schema=S.",
        ),
    ] = None,
    name: Name = None,
    replace: Replace = False,
    as_json: options.Json = False,
) -> None:
    """Import a folder as a workspace, all of it or nothing; or make one of a warehouse's tables."""
    if folder is None and engine is None:
        raise typer.BadParameter("DIR or --engine is missing.")
    with answering(as_json):
        _import(folder, name, replace, as_json, engine)


def sample(
    which: Annotated[
        Literal["grocer", "shop"],
        typer.Argument(help="grocer: a real retailer's year. shop: the made-up demo."),
    ],
    name: Name = None,
    replace: Replace = False,
    as_json: options.Json = False,
) -> None:
    """Make a sample workspace and import it."""
    from tempfile import TemporaryDirectory

    with answering(as_json), TemporaryDirectory(prefix="muster-") as scratch:
        from workspace.settings import load_settings
        from workspace.versions import check_free

        check_free(load_settings().home, name or which, replace=replace)
        folder = Path(scratch) / which
        with progress() as advance:
            advance(f"Making {which}", 0.0)
            if which == "grocer":
                from workspace.grocer import make_grocer

                make_grocer(folder)
            else:
                from workspace.shop import make_shop

                make_shop(folder)
        _import(folder, name or which, replace, as_json)


def workspaces(as_json: options.Json = False) -> None:
    """List the workspaces there are."""
    with answering(as_json):
        from workspace.opening import list_workspaces
        from workspace.settings import load_settings

        found = list_workspaces(load_settings())
        if as_json:
            write_line({"workspaces": [_json(each) for each in found]})
        else:
            show(*_words(found))


def _import(
    folder: Path | None, name: str | None, replace: bool, as_json: bool, engine: str | None = None
) -> None:
    from workspace.settings import load_settings

    settings = load_settings()
    days = settings.active_days
    with progress() as advance:
        if engine is not None:
            from workspace.connecting import connect_warehouse

            report = connect_warehouse(
                engine,
                settings.home,
                name,
                folder=folder,
                replace=replace,
                progress=advance,
                active_days=days,
            )
        elif folder is not None:
            from workspace.importer import import_folder

            report = import_folder(
                folder, settings.home, name, replace=replace, progress=advance, active_days=days
            )
    if as_json:
        write_line(asdict(report))
    else:
        show(*_report_words(report))


def _json(summary: WorkspaceSummary) -> dict[str, Any]:
    from workspace.clock import text_of

    return {
        "name": summary.name,
        "users": summary.users,
        "events": summary.events,
        "fields": summary.fields,
        "as_of": None if summary.as_of is None else text_of(summary.as_of),
    }


def _words(found: Sequence[WorkspaceSummary]) -> list[Any]:
    from ui.cli.output import plain
    from ui.cli.words import heading, table
    from workspace.clock import text_of

    if not found:
        return [
            heading("There is no workspace yet. Import one, or say `muster chat` for the demo.")
        ]
    rows = table("Name", "Users", "Events", "Fields", "As of", right=("Users", "Events", "Fields"))
    for each in found:
        as_of = "now" if each.as_of is None else text_of(each.as_of)
        rows.add_row(
            plain(each.name), f"{each.users:,}", f"{each.events:,}", f"{each.fields:,}", as_of
        )
    return [rows]


def _report_words(report: ImportReport) -> list[Any]:
    from ui.cli.words import bullet, facts, heading, number

    left_out = (
        (
            "Left out",
            f"{report.unknown_users:,} events of unknown users" if report.unknown_users else None,
        ),
        (
            "Left out",
            f"{report.duplicates:,} events that were there twice" if report.duplicates else None,
        ),
    )
    return [
        heading(f"Imported {report.name}."),
        facts(
            ("Users", number(report.users) if report.has_data else "none: a tracking plan only"),
            ("Accounts", number(report.accounts) if report.accounts else None),
            ("Events", number(report.events)),
            ("Fields", number(report.fields)),
            *left_out,
        ),
        *(bullet(each) for each in report.notes),
    ]
