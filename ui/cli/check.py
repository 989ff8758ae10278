"""`muster check`: reads and validates a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli import options
from ui.cli.output import answering, clean, show, write_line

if TYPE_CHECKING:
    from tools.validate_conditions import Validation


def register(app: typer.Typer) -> None:
    app.command("check")(check)


def check(
    query: Annotated[str | None, typer.Argument(metavar="QUERY", show_default=False)] = None,
    batch: options.Batch = None,
    audience_type: options.AudienceType = None,
    workspace: options.Workspace = None,
    as_json: options.Json = False,
) -> None:
    """Read a query and say whether it can run, what is wrong with it, and what it means."""
    from ui.cli.batch import answer_lines, one_or_batch, text_of
    from ui.cli.opened import opened

    one_or_batch(query, batch, "QUERY")
    with answering(as_json), opened(workspace) as context:
        from tools.validate_conditions import validate_conditions

        def checked(text: str) -> Validation:
            return validate_conditions(context, text, audience_type=audience_type)

        if batch is not None:
            answer_lines(batch, lambda line: checked(text_of(line, "query")).to_json())
            return
        text = clean(query or "")
        found = checked(text)
        if as_json:
            write_line(found.to_json())
        else:
            show(*_words(found, text))


def _words(found: Validation, query: str) -> list[Any]:
    from ui.cli.words import KINDS, facts, heading, problem

    parts: list[Any] = [heading("This query can run." if found.valid else "This query cannot run.")]
    parts += [problem(each, query) for each in found.problems]
    if found.valid:
        parts.append(
            facts(
                ("Means", found.english),
                ("Query", found.query),
                ("Type", found.type),
                ("Kind", found.kind and KINDS[found.kind]),
            )
        )
    return parts
