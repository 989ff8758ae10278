"""`muster doctor`: checks the settings and says what to mend; shows what leaves the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli import options
from ui.cli.output import answering, show, write_line

if TYPE_CHECKING:
    from workspace.health import Finding


EXAMPLE = "Customers who bought something in the last 30 days"


def register(app: typer.Typer) -> None:
    app.command("doctor")(doctor)


def doctor(
    what_is_sent: Annotated[
        bool,
        typer.Option(
            "--what-is-sent", help="Print what would leave this machine, and send nothing."
        ),
    ] = False,
    workspace: options.Workspace = None,
    model: options.Model = None,
    as_json: options.Json = False,
) -> None:
    """Check the settings, the store, the workspaces and the model, and say what to mend."""
    with answering(as_json):
        if what_is_sent:
            _show_sent(workspace, model, as_json)
            return
        from workspace.health import findings
        from workspace.settings import load_settings

        settings = load_settings(workspace=workspace, model=model)
        found = findings(settings)
        if all(each.ok for each in found):  # a model that cannot be had needs no more questions
            from tools.modelling.probing import model_findings

            found += model_findings(settings)
        ok = all(each.ok for each in found)
        if as_json:
            rows = [{"check": each.check, "ok": each.ok, "message": each.message} for each in found]
            write_line({"ok": ok, "checks": rows})
        else:
            show(*_words(found))


def _show_sent(workspace: str | None, model: str | None, as_json: bool) -> None:
    """The first request of a dialogue, as it would go out."""
    import json

    from ui.cli.opened import opened

    with opened(workspace, model=model) as context:
        from agent.models import request_of

        sent = request_of(context, EXAMPLE)
        if as_json:
            write_line({"sent": sent})
        elif sent is None:
            from ui.cli.words import heading

            show(heading("Nothing leaves this machine: the built-in engine answers."))
        else:
            from ui.cli.output import write_text

            write_text(json.dumps(sent, ensure_ascii=False, indent=2))


def _words(found: tuple[Finding, ...]) -> list[Any]:
    from rich.text import Text

    from ui.cli.output import plain

    parts: list[Any] = []
    for each in found:
        mark = ("ok   ", "green") if each.ok else ("mend ", "bold red")
        parts.append(Text.assemble(mark, (f"{each.check}: ", "bold"), plain(each.message)))
    return parts
