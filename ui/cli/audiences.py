"""`muster save` and `muster audiences`: what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from audience.catalog import AudienceType, SavedAudience
from ui.cli import options
from ui.cli.output import answering, clean, note, show, write_line

if TYPE_CHECKING:
    from tools.context import ToolContext


def register(app: typer.Typer) -> None:
    app.command("save")(save)
    app.command("audiences")(audiences)


def save(
    query: Annotated[str, typer.Argument(metavar="QUERY")],
    name: Annotated[
        str, typer.Option("--name", help="What to call it; its key is made from this.")
    ],
    description: Annotated[
        str | None, typer.Option("--description", help="One sentence; else made from the query.")
    ] = None,
    audience_type: options.AudienceType = None,
    workspace: options.Workspace = None,
    as_json: options.Json = False,
) -> None:
    """Save a query as an audience."""
    from ui.cli.opened import opened

    with answering(as_json), opened(workspace) as context:
        from tools.save_audience import save_audience

        alike = _alike(context, clean(query), audience_type)
        saved = save_audience(
            context,
            clean(query),
            clean(name),
            description=None if description is None else clean(description),
            audience_type=audience_type,
        )
        for each in alike:
            note(f"Note: {each}")
        if as_json:
            write_line(_json(saved))
        else:
            show(*_saved_words(saved))


def audiences(
    delete: Annotated[
        str | None,
        typer.Option("--delete", metavar="KEY", help="Delete the audience with this key."),
    ] = None,
    workspace: options.Workspace = None,
    as_json: options.Json = False,
) -> None:
    """List the saved audiences, or delete one."""
    from ui.cli.opened import opened

    with answering(as_json), opened(workspace) as context:
        if delete is not None:
            gone = context.store.delete_audience(
                context.workspace.name, clean(delete), person=context.person
            )
            if as_json:
                write_line({"deleted": _json(gone)})
            else:
                from ui.cli.words import heading

                show(heading(f"Deleted {gone.name}."))
            return
        from tools.list_audiences import list_audiences

        found = list_audiences(context)
        if as_json:
            write_line(
                {
                    "audiences": [_json(each) for each in found.audiences],
                    "dynamic_plus": found.dynamic_plus,
                    "dynamic_plus_limit": found.dynamic_plus_limit,
                }
            )
        else:
            show(*_list_words(found.audiences, found.dynamic_plus, found.dynamic_plus_limit))


def _alike(context: ToolContext, query: str, audience_type: AudienceType | None) -> list[str]:
    """What is saved already and nearly the same; an audience is saved whether that can be told or not."""
    from tools.preview_audience import preview_audience
    from tools.review_notes import like_saved
    from workspace.database import DatabaseError

    try:
        found = preview_audience(context, query, audience_type=audience_type)
        return [each.message for each in like_saved(context, found.bound, found.reach)]
    except DatabaseError as error:
        return [f"It was not compared with what is saved. {error.message}"]


def _json(saved: SavedAudience) -> dict[str, Any]:
    return {
        "key": saved.key,
        "name": saved.name,
        "description": saved.description,
        "query": saved.query,
        "type": saved.type,
        "kind": saved.kind,
    }


def _saved_words(saved: SavedAudience) -> list[Any]:
    from ui.cli.words import KINDS, facts, heading

    return [
        heading(f"Saved {saved.name}."),
        facts(
            ("Key", saved.key),
            ("Who", saved.description or None),
            ("Kind", KINDS[saved.kind]),
            ("Query", saved.query),
        ),
    ]


def _list_words(
    found: tuple[SavedAudience, ...], dynamic_plus: int, limit: int | None
) -> list[Any]:
    from ui.cli.output import plain
    from ui.cli.words import KINDS, heading, table

    if not found:
        return [heading("No audience is saved yet.")]
    rows = table("Key", "Name", "Kind", "Type", "Who")
    for each in found:
        rows.add_row(
            each.key, plain(each.name), KINDS[each.kind], each.type, plain(each.description)
        )
    parts: list[Any] = [rows]
    if limit is not None:
        parts.append(f"{dynamic_plus} of {limit} Dynamic Plus audiences are used.")
    return parts
