"""`muster roles`: what each event is for, to see and to correct."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli import options
from ui.cli.output import answering, clean, plain, show, write_line


def register(app: typer.Typer) -> None:
    app.command("roles")(roles)


def roles(
    say: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="EVENT=ROLE",
            help="What an event is for, such as txn_done=purchase; =none for no role.",
        ),
    ] = None,
    forget: Annotated[
        list[str] | None,
        typer.Option("--unset", metavar="EVENT", help="Let the event's name decide again."),
    ] = None,
    workspace: options.Workspace = None,
    as_json: options.Json = False,
) -> None:
    """Show what each event is for, as the built-in engine takes it, or correct it."""
    from ui.cli.opened import opened

    with answering(as_json), opened(workspace) as context:
        from tools.event_roles import UnknownRole, event_roles, set_event_role

        for each in say or ():
            event, sign, role = clean(each).rpartition("=")
            if not sign or not role.strip():
                raise UnknownRole(f"{each} is not EVENT=ROLE, such as txn_done=purchase.")
            set_event_role(context, event.strip(), role.strip())
        for each in forget or ():
            set_event_role(context, clean(each).strip(), None)
        found = event_roles(context)
        if as_json:
            write_line({"roles": [each.to_json() for each in found]})
            return
        from ui.cli.words import table

        rows = table("Event", "Is for", "Known from", whole=("Event",))
        for row in found:
            by = {"name": "its name", "person": "a person", None: ""}[row.by]
            rows.add_row(plain(row.event), row.role or "", by)
        show(rows)
