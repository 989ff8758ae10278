"""`muster brief`: whom a campaign is for, for those who write its goals, messages and posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from audience.problems import MusterError
from ui.cli import options
from ui.cli.output import answering, clean, write_line, write_text

if TYPE_CHECKING:
    from audience.catalog import SavedAudience
    from tools.context import ToolContext


class NothingChosen(MusterError):
    """Nobody said whom the campaign is for."""

    code = "nothing_chosen"


def register(app: typer.Typer) -> None:
    app.command("brief")(brief)


def brief(
    audience: Annotated[
        str | None,
        typer.Argument(
            metavar="[AUDIENCE]",
            help="The key or name of a saved audience; else that of the latest campaign.",
        ),
    ] = None,
    strategy: Annotated[str | None, typer.Option("--strategy", help="Its key or name.")] = None,
    persona: Annotated[
        list[str] | None, typer.Option("--persona", help="One to five of the strategy's personas.")
    ] = None,
    as_of: options.AsOf = None,
    workspace: options.Workspace = None,
    as_json: options.Json = False,
) -> None:
    """Write the hand-over brief, in Markdown or JSON."""
    from ui.cli.opened import opened

    if persona and strategy is None:
        raise typer.BadParameter("--persona needs --strategy.")
    if persona and audience is not None:
        raise typer.BadParameter("Give either AUDIENCE or --persona.")
    with answering(as_json), opened(workspace, as_of=as_of) as context:
        from tools.list_personas import find_strategy
        from tools.select_personas import select_personas
        from tools.write_brief import write_brief

        written = write_brief(
            context,
            strategy=None if strategy is None else find_strategy(context, clean(strategy)),
            personas=select_personas(context, clean(strategy or ""), persona) if persona else (),
            audiences=() if persona else (_chosen(context, audience),),
        )
        if as_json:
            write_line(written.to_json())
        else:
            write_text(written.to_markdown())


def _chosen(context: ToolContext, audience: str | None) -> SavedAudience:
    """The audience that was named, else that of the campaign which was worked on last."""
    from tools.list_audiences import find_audience

    if audience is not None:
        return find_audience(context, clean(audience))
    there = {each.key: each for each in context.catalog.audiences}
    for campaign in context.store.campaigns(context.workspace.name) if there else ():
        if campaign.audience_key in there:
            return there[campaign.audience_key]
    raise NothingChosen(
        "No campaign has an audience yet. Name a saved audience (see muster audiences), or give "
        "--strategy and --persona."
    )
