"""`muster preview` and `muster why`: who matches a query, and why one person does or does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.cli import options
from ui.cli.output import answering, clean, note, show, write_line

if TYPE_CHECKING:
    from tools.preview_audience import Previewed


def register(app: typer.Typer) -> None:
    app.command("preview")(preview)
    app.command("why")(why)


def preview(
    query: Annotated[str | None, typer.Argument(metavar="QUERY", show_default=False)] = None,
    batch: options.Batch = None,
    members: options.Members = False,
    as_of: options.AsOf = None,
    engine: options.Engine = None,
    audience_type: options.AudienceType = None,
    workspace: options.Workspace = None,
    as_json: options.Json = False,
) -> None:
    """Count who matches a query, and what each of its conditions keeps and drops."""
    from ui.cli.batch import answer_lines, one_or_batch, text_of
    from ui.cli.opened import opened

    one_or_batch(query, batch, "QUERY")
    with answering(as_json), opened(workspace, as_of=as_of, engine=engine) as context:
        from tools.preview_audience import preview_audience

        def previewed(text: str) -> Previewed:
            return preview_audience(context, text, members=members, audience_type=audience_type)

        if batch is not None:
            answer_lines(batch, lambda line: previewed(text_of(line, "query")).to_json())
            return
        text = clean(query or "")
        found = previewed(text)
        from tools.validate_conditions import validate_conditions

        for warning in validate_conditions(context, text, audience_type=audience_type).problems:
            note(f"Note: {warning.message}")
        if engine is None:
            from tools.review_notes import like_saved

            for each in like_saved(context, found.bound, found.reach):
                note(f"Note: {each.message}")
        if as_json:
            write_line(found.to_json())
        else:
            show(*_words(found))


def why(
    id: Annotated[str, typer.Argument(metavar="ID", help="Of a person, or of an account.")],
    query: Annotated[str, typer.Argument(metavar="QUERY")],
    as_of: options.AsOf = None,
    engine: options.Engine = None,
    audience_type: options.AudienceType = None,
    workspace: options.Workspace = None,
    as_json: options.Json = False,
) -> None:
    """Say why one person is in an audience or not, condition by condition."""
    from ui.cli.opened import opened

    with answering(as_json), opened(workspace, as_of=as_of, engine=engine) as context:
        from tools.explain_person import explain_person

        found = explain_person(context, clean(id), clean(query), audience_type=audience_type)
        answer = {
            "id": found.id,
            "in": found.inside,
            "conditions": [
                {
                    "query": each.query,
                    "english": each.english,
                    "in": each.inside,
                    "because": each.because,
                }
                for each in found.conditions
            ],
        }
        if as_json:
            write_line(answer)
        else:
            show(*_why_words(answer))


def _words(found: Previewed) -> list[Any]:
    from ui.cli.output import plain
    from ui.cli.words import conditions, heading, of_all

    parts: list[Any] = [heading(of_all(found.reach, found.universe, found.bound.type))]
    parts.append(conditions(found.to_json()["conditions"]))
    if found.members is not None:
        parts.append("\n".join(plain(each) for each in found.members))
    return parts


def _why_words(answer: dict[str, Any]) -> list[Any]:
    from ui.cli.output import plain
    from ui.cli.words import heading, table

    rows = table("", "Condition", "Because")
    for each in answer["conditions"]:
        rows.add_row("yes" if each["in"] else "no", plain(each["english"]), plain(each["because"]))
    return [heading(f"{answer['id']} is {'in' if answer['in'] else 'not in'} this audience."), rows]
