"""`muster terms`: what an owner accepts before an outside model is used."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli import options
from ui.cli.output import answering, show, write_line


def register(app: typer.Typer) -> None:
    app.command("terms")(terms)


def terms(
    accept: Annotated[
        bool, typer.Option("--accept", help="Accept them, as an owner of the workspace.")
    ] = False,
    workspace: options.Workspace = None,
    as_json: options.Json = False,
) -> None:
    """Show the terms for using an outside model, and whether they are accepted."""
    from ui.cli.opened import opened

    with answering(as_json), opened(workspace) as context:
        from workspace.clock import text_of
        from workspace.terms import VERSION, text

        name = context.workspace.name
        if accept:
            context.store.accept_terms(name, VERSION, person=context.person)
        accepted = context.store.accepted_terms(name, VERSION)
        if as_json:
            write_line(
                {
                    "workspace": name,
                    "version": VERSION,
                    "accepted": accepted is not None,
                    "by": accepted and accepted.person,
                    "at": accepted and text_of(accepted.at),
                    "terms": text(),
                }
            )
            return
        from rich.markdown import Markdown

        from ui.cli.words import heading
        from workspace.times import day_text

        if accepted is None:
            said = f"Not accepted for {name} yet. Accept them with: muster terms --accept"
        else:
            day = day_text(accepted.at, context.workspace.config.timezone)
            said = f"Accepted for {name} by {accepted.person} on {day}."
        show(Markdown(text()), "", heading(said))
