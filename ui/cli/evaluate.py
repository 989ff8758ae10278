"""`muster eval`: the evaluation harness. Its figures are explained in evals/README.md."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from ui.cli import options
from ui.cli.output import answering, plain, progress, show, write_line


def register(app: typer.Typer) -> None:
    app.command("eval")(evaluate)


def evaluate(
    _dataset: Annotated[
        Literal["segments"], typer.Argument(metavar="[segments]", help="What to evaluate.")
    ] = "segments",
    gate: Annotated[
        bool, typer.Option("--gate", help="Fail when the committed baseline is undercut.")
    ] = False,
    model: options.Model = None,
    workspace: Annotated[
        list[str] | None, typer.Option("--workspace", "-w", help="Only cases of this workspace.")
    ] = None,
    split: Annotated[
        Literal["train", "test", "all"], typer.Option("--split", help="Which part of the corpus.")
    ] = "all",
    tag: Annotated[
        list[str] | None, typer.Option("--tag", help="Only cases with this tag.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Keep answers and report here.")
    ] = None,
    compare: Annotated[
        Path | None, typer.Option("--compare", metavar="DIR", help="The --out of another run.")
    ] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", min=1, help="How many at once.")] = None,
    as_json: options.Json = False,
) -> None:
    """Score how often prompts become the right conditions, on prompts with known answers."""
    with answering(as_json):
        from evals.run import Options
        from evals.run import evaluate as run

        with progress() as advance:
            summary = run(
                Options(
                    model=model,
                    workspaces=tuple(workspace or ()),
                    split=split,
                    tags=tuple(tag or ()),
                    out=out,
                    gate=gate,
                    compare=compare,
                    jobs=jobs,
                ),
                advance,
            )
        answer = summary.to_json()
        if summary.fallen:
            message = "The baseline is undercut: " + "; ".join(summary.fallen)
            answer["error"] = {"code": "baseline_undercut", "message": message}
        if as_json:
            write_line(answer)
        else:
            from evals.report import lines

            show(*map(plain, lines(summary)))
        if summary.fallen:
            raise typer.Exit(1)
