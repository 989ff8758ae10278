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
    what: Annotated[
        Literal["prompts", "segments", "campaigns"],
        typer.Argument(
            metavar="[segments|campaigns]",
            help="Prompts, the segments that AI finds, or scripted campaigns of several turns.",
        ),
    ] = "prompts",
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
    dataset: Annotated[
        Path | None,
        typer.Option("--dataset", metavar="FILE.jsonl", help="Your prompts on your workspaces."),
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Score how often prompts become the right conditions, on prompts with known answers.

    `muster eval segments` measures AI segments instead: how distinct, covering, readable, faithful and
    stable they are, and on the grocer what they foretell. `muster eval campaigns` plays scripted
    campaigns to their end, and scores what was stored and whether the rules held.
    """
    if what == "campaigns":
        _campaigns(workspace, model, gate=gate, as_json=as_json)
        return
    if what == "segments":
        _segments(workspace, gate=gate, as_json=as_json)
        return
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
                    dataset=dataset,
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


def _campaigns(
    workspace: list[str] | None, model: str | None, *, gate: bool, as_json: bool
) -> None:
    with answering(as_json):
        from evals.campaigns import lines, measure

        with progress() as advance:
            found = measure(tuple(workspace or ()), model, progress=advance)
        answer = found.to_json()
        failed = len(answer["failures"])
        if gate and failed:
            message = f"{failed} of {len(found.played)} scripted campaigns do not end as they must."
            answer["error"] = {"code": "campaigns_failed", "message": message}
        if as_json:
            write_line(answer)
        else:
            show(*map(plain, lines(found)))
        if gate and failed:
            raise typer.Exit(1)


def _segments(workspace: list[str] | None, *, gate: bool, as_json: bool) -> None:
    with answering(as_json):
        from evals.segments import lines, measure

        with progress() as advance:
            found = measure(tuple(workspace or ()), progress=advance)
        missed = found["of"] - found["reached"]
        if gate and missed:
            message = f"{missed} of {found['of']} cuts miss an aim."
            found["error"] = {"code": "aims_missed", "message": message}
        if as_json:
            write_line(found)
        else:
            show(*map(plain, lines(found)))
        if gate and missed:
            raise typer.Exit(1)
