"""`python -m evals …`: what `muster eval` does, and the checks beside it. See evals/README.md."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from audience.problems import MusterError
from evals.baselines import ENGINES, OURS
from evals.dataset import Case, load

CHECKS = ("renamed", "words", "metamorphic")


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return int(options.does(options))
    except MusterError as error:
        print(error.message, file=sys.stderr)  # noqa: T201
        return 1


def _run(options: argparse.Namespace) -> int:
    from evals.gate import write_baseline
    from evals.report import lines
    from evals.run import BASELINE, Options, evaluate

    summary = evaluate(
        Options(
            model=options.model,
            engine=options.engine,
            limit=options.limit,
            workspaces=tuple(options.workspace),
            split=options.split,
            tags=tuple(options.tag),
            out=options.out,
            gate=options.gate,
            compare=options.compare,
            jobs=options.jobs,
            deepeval=options.deepeval,
            dataset=options.dataset,
        )
    )
    if options.baseline:
        write_baseline(summary, BASELINE)
    if options.write is not None:
        from evals.page import page

        options.write.write_text("\n".join(page(summary)), "utf-8")
    _say(json.dumps(summary.to_json(), indent=1) if options.json else "\n".join(lines(summary)))
    return 1 if summary.fallen else 0


def _check(options: argparse.Namespace) -> int:
    from evals import shortcuts

    found = getattr(shortcuts, options.check)(_cases(options))
    _say(json.dumps(found.to_json(), indent=1, ensure_ascii=False))
    return 0


def _vocabulary(options: argparse.Namespace) -> int:
    from evals.vocabulary import measure

    _say(json.dumps(measure(_cases(options), options.budget or [300, 500]), indent=1))
    return 0


def _judge(options: argparse.Namespace) -> int:
    from evals.judge import write_judgements
    from evals.run import read_results
    from evals.worlds import eval_settings

    results = read_results(options.run, options.dataset)[: options.limit]
    path = options.run / "judgements.jsonl"
    settings = eval_settings(options.model, own=options.dataset is not None)
    mean = write_judgements(results, settings, path)
    _say(f"{path}: " + ("no score" if mean is None else f"{mean:.2f} of 5 on average"))
    return 0


def _table(options: argparse.Namespace) -> int:
    from evals.side_by_side import TITLES, lead, lines, measured, page

    folders = [
        found
        for each in options.runs
        for found in ([each / name for name in TITLES if (each / name).exists()] or [each])
    ]
    rows = measured(folders)
    if options.write is not None:
        options.write.write_text(page(folders), "utf-8")
    if options.json:
        _say(json.dumps(rows, indent=1))
    else:
        _say("\n".join([*lines(rows), "", *lead(folders)]))
    return 0


def _local(options: argparse.Namespace) -> int:
    from evals.local import run
    from evals.side_by_side import lead, lines, measured

    folders = run(
        options.out,
        engines=options.engine or ENGINES,
        workspaces=tuple(options.workspace),
        limit=options.limit,
        seconds=options.seconds,
        threads=options.threads,
        address=options.address,
        split=options.split,
        say=_say,
    )
    _say("\n".join([*lines(measured(folders)), "", *lead(folders)]))
    return 0


def _sound(options: argparse.Namespace) -> int:
    from evals.corpus_check import problems
    from evals.worlds import eval_settings, prepare

    cases = _cases(options)
    prepare(sorted({case.workspace for case in cases}), eval_settings())
    found = list(problems(cases))
    _say("\n".join(found) or f"{len(cases)} cases are sound.")
    return 1 if found else 0


def _retrieval(options: argparse.Namespace) -> int:
    from evals.retrieval import measure
    from evals.worlds import WORKSPACES

    found = measure(options.fields, tuple(options.workspace) or WORKSPACES)
    _say(json.dumps(found, indent=1, ensure_ascii=False))
    return 0


def _composed(options: argparse.Namespace) -> int:
    from evals.composing import measure
    from evals.worlds import WORKSPACES

    found = measure(tuple(options.workspace) or WORKSPACES, options.number, options.seed)
    _say(json.dumps(found, indent=1, ensure_ascii=False))
    return 0


def _swept(options: argparse.Namespace) -> int:
    from evals.sweeping import measure, table
    from evals.worlds import WORKSPACES

    names = tuple(options.workspace) or WORKSPACES
    found = measure(names, options.seed, options.each, tuple(options.template), options.spread)
    _say(
        json.dumps(found, indent=1, ensure_ascii=False) if options.json else "\n".join(table(found))
    )
    return 0


def _concepts(options: argparse.Namespace) -> int:
    from evals.concepts.bank import areas
    from evals.concepts.measure import measure, table

    names = tuple(options.area) or areas()
    found = measure(names, range(options.companies), options.split)
    _say(
        json.dumps(found, indent=1, ensure_ascii=False) if options.json else "\n".join(table(found))
    )
    return 0


def _mutated(options: argparse.Namespace) -> int:
    from evals.mutating import measure
    from evals.worlds import WORKSPACES

    found = measure(tuple(options.workspace) or WORKSPACES, options.number, options.seed)
    _say(json.dumps(found, indent=1, ensure_ascii=False))
    return 1 if found["errors"] else 0


def _scale(options: argparse.Namespace) -> int:
    from evals.scale import measure

    _say(json.dumps(measure(options.events, options.people), indent=1))
    return 0


def _cases(options: argparse.Namespace) -> tuple[Case, ...]:
    return load(workspaces=options.workspace, split=options.split, tags=options.tag)


def _parser() -> argparse.ArgumentParser:
    which = argparse.ArgumentParser(add_help=False)
    which.add_argument("--workspace", action="append", default=[])
    which.add_argument("--split", choices=("train", "test", "all"), default="all")
    which.add_argument("--tag", action="append", default=[])
    parser = argparse.ArgumentParser(prog="python -m evals")
    commands = parser.add_subparsers(required=True)
    run = commands.add_parser("run", parents=[which], help="answer the corpus and score it")
    run.add_argument("--model")
    run.add_argument("--engine", choices=ENGINES, default=OURS)
    run.add_argument("--limit", type=int)
    run.add_argument("--out", type=Path)
    run.add_argument("--compare", type=Path, help="the folder of another run")
    run.add_argument("--jobs", type=int)
    run.add_argument("--dataset", type=Path, help="a file of cases on workspaces of your own")
    run.add_argument("--write", type=Path, help="a page of Markdown, as evals/FIGURES.md")
    for flag in ("--gate", "--json", "--deepeval", "--baseline"):
        run.add_argument(flag, action="store_true")
    run.set_defaults(does=_run)
    for name in CHECKS:
        check = commands.add_parser(name, parents=[which], help="a guard against shortcuts")
        check.set_defaults(does=_check, check=name)
    words = commands.add_parser("vocabulary", parents=[which], help="the fields a model is given")
    words.add_argument("--budget", type=int, action="append", default=[], help="tokens")
    words.set_defaults(does=_vocabulary)
    judge = commands.add_parser("judge", help="a model's opinion of a run's answers, 1 to 5")
    judge.add_argument("run", type=Path, help="the folder of a run")
    judge.add_argument("--model", required=True)
    judge.add_argument("--limit", type=int)
    judge.add_argument("--dataset", type=Path, help="of the run, where it was not the corpus")
    judge.set_defaults(does=_judge)
    table = commands.add_parser("table", help="several runs side by side, over the cases of all")
    table.add_argument("runs", type=Path, nargs="+", help="folders of runs, or of `evals local`")
    table.add_argument("--write", type=Path, help="a page of Markdown, as evals/LOCAL.md")
    table.add_argument("--json", action="store_true")
    table.set_defaults(does=_table)
    local = commands.add_parser("local", help="ours and the baselines with a real small model")
    local.add_argument("--out", type=Path, help="goes on with what is there")
    local.add_argument("--engine", action="append", default=[], choices=ENGINES)
    local.add_argument("--workspace", action="append", default=[])
    local.add_argument("--limit", type=int, default=60, help="prompts; a third for the SQL agent")
    local.add_argument("--seconds", type=float, default=90, help="for one request")
    local.add_argument("--threads", type=int)
    local.add_argument("--address", help="of a server that has the model already, with /v1")
    local.add_argument("--split", choices=("train", "test"), default="test")
    local.set_defaults(does=_local)
    sound = commands.add_parser("sound", parents=[which], help="are the gold queries sound?")
    sound.set_defaults(does=_sound)
    composed = commands.add_parser("composed", help="prompts put together from phrases")
    composed.add_argument("--workspace", action="append", default=[])
    composed.add_argument("--number", type=int, default=240, help="of each workspace")
    composed.add_argument("--seed", type=int, default=1)
    composed.set_defaults(does=_composed)
    swept = commands.add_parser("swept", help="plain sentences that name a field by its own words")
    swept.add_argument("--workspace", action="append", default=[])
    swept.add_argument("--template", action="append", default=[], help="how its name begins")
    swept.add_argument("--each", type=int, default=3, help="prompts of a template and workspace")
    swept.add_argument("--seed", type=int, default=1)
    swept.add_argument("--spread", type=int, help="of each template so many workspaces only")
    swept.add_argument("--json", action="store_true", help="with every prompt that was not right")
    swept.set_defaults(does=_swept)
    concepts = commands.add_parser("concepts", help="what is kept and said in many ways")
    concepts.add_argument("--area", action="append", default=[])
    concepts.add_argument("--companies", type=int, default=4, help="drawn of each area")
    concepts.add_argument("--split", choices=("train", "test"), default="train")
    concepts.add_argument("--json", action="store_true", help="with every sentence not right")
    concepts.set_defaults(does=_concepts)
    mutated = commands.add_parser("mutated", help="random and mutated prompts: no error?")
    mutated.add_argument("--workspace", action="append", default=[])
    mutated.add_argument("--number", type=int, default=100_000)
    mutated.add_argument("--seed", type=int, default=1)
    mutated.set_defaults(does=_mutated)
    scale = commands.add_parser("scale", help="segments of many events: seconds and memory")
    scale.add_argument("--events", type=int, default=10_000_000)
    scale.add_argument("--people", type=int, default=200_000)
    scale.set_defaults(does=_scale)
    retrieval = commands.add_parser("retrieval", help="recall of the field index at size")
    retrieval.add_argument("--workspace", action="append", default=[])
    retrieval.add_argument("--fields", type=int, default=10_000)
    retrieval.set_defaults(does=_retrieval)
    return parser


def _say(text: str) -> None:
    whole = text.encode("utf-8", "backslashreplace").decode("utf-8")  # mutated prompts: half a sign
    print(whole)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
