"""`muster build`: English to conditions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli import options
from ui.cli.output import answering, clean, note, show, write_line

if TYPE_CHECKING:
    from tools.answer import Answer
    from tools.context import ToolContext


def register(app: typer.Typer) -> None:
    app.command("build")(build)


def build(
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="TEXT", help="Who the audience is, in a sentence.", show_default=False
        ),
    ] = None,
    batch: options.Batch = None,
    refine: Annotated[
        str | None, typer.Option("--refine", metavar="QUERY", help="The query that TEXT changes.")
    ] = None,
    members: options.Members = False,
    as_of: options.AsOf = None,
    allow_sensitive: Annotated[
        bool,
        typer.Option("--allow-sensitive", help="Health, religion and the like may be used."),
    ] = False,
    audience_type: options.AudienceType = None,
    workspace: options.Workspace = None,
    model: options.Model = None,
    as_json: options.Json = False,
) -> None:
    """Turn a sentence into conditions, count who matches, and save nothing."""
    from ui.cli.batch import answer_lines, one_or_batch, text_of, texts_of
    from ui.cli.opened import opened

    one_or_batch(text, batch, "TEXT")
    if batch is not None and refine is not None:
        raise typer.BadParameter("--refine goes with TEXT; a line has its own `context`.")
    with answering(as_json), opened(workspace, model=model, as_of=as_of) as context:
        from tools.build_conditions import build as build_conditions

        def built(prompt: str, earlier: Sequence[str] = ()) -> Answer:
            return build_conditions(
                context,
                prompt,
                earlier=earlier,
                refine=None if refine is None else clean(refine),
                members=members,
                allow_sensitive=allow_sensitive,
                audience_type=audience_type,
            )

        if batch is not None:
            answer_lines(
                batch,
                lambda line: built(text_of(line, "prompt"), texts_of(line, "context")).to_json(),
                lambda error: {"status": "failed", "problem": error},
            )
            return
        prompt = clean(text or "")
        answer = built(prompt)
        if as_json:
            write_line(answer.to_json())
        else:
            show(*_words(answer, prompt))
            _note_cost(context, answer)


def _note_cost(context: ToolContext, answer: Answer) -> None:
    """What the model cost, for owners."""
    if answer.spent is None:
        return
    if context.store.role(context.workspace.name, context.person) == "owner":
        note(f"{context.settings.model}: {answer.spent.words(context.settings)}")


def _words(answer: Answer, prompt: str) -> list[Any]:
    from rich.text import Text

    from ui.cli.output import plain
    from ui.cli.words import KINDS, bullet, conditions, facts, heading, of_all, problem

    parts: list[Any] = []
    if answer.problem is not None:
        parts.append(Text(plain(answer.problem.message), "bold red"))
        parts += [bullet(each) for each in answer.problem.suggestions]
    if answer.question is not None:
        parts.append(Text(plain(answer.question.text), "bold yellow"))
        parts += [bullet(each.text) for each in answer.question.options]
    if answer.query is not None:
        if answer.status != "draft":
            parts.append(heading("The best guess so far:"))
        parts.append(
            facts(
                ("Name", answer.name),
                ("Who", answer.description),
                ("Reach", of_all(answer.reach, answer.universe, answer.type)),
                ("Kind", answer.kind and KINDS[answer.kind]),
                ("Query", answer.query),
            )
        )
        parts.append(conditions(_row(each, prompt) for each in answer.conditions))
    if answer.unmatched:
        left = ", ".join(f"“{each.text}”" for each in answer.unmatched)
        parts.append(Text(f"Not understood: {plain(left)}", "yellow"))
    if answer.assumptions:
        parts.append(heading("Taken for granted:"))
        parts += [bullet(each) for each in answer.assumptions]
    parts += [problem(each, answer.query or "") for each in answer.warnings]
    if answer.members is not None:
        parts.append("\n".join(plain(each) for each in answer.members))
    return parts


def _row(condition: Any, prompt: str) -> dict[str, Any]:
    """A row of the table of conditions, with the words of this prompt that made it."""
    words = [prompt[start:end] for start, end in condition.spans] if condition.turn == 0 else []
    said = f" (“{' … '.join(words)}”)" if words else ""
    return {
        "english": f"{condition.english}{said}",
        "query": condition.query,
        "reach": condition.reach,
        "kept": condition.kept,
        "dropped": condition.dropped,
    }
