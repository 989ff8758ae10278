"""Runs the corpus through `tools.build_conditions.build`, in parallel, and can go on where it stopped."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal

from audience.problems import MusterError
from evals.baselines import OURS
from evals.dataset import DATASETS, Case, Split, load
from evals.figures import Figures, Result, by_tag, by_workspace, figures
from evals.scoring import Answered, Score
from evals.worlds import accept_terms, eval_settings, prepare
from workspace.opening import Progress, silent
from workspace.settings import BUILTIN

CHECKOUT = Path(__file__).parent.parent
BASELINE = Path(__file__).parent / "baseline.json"
RECALL_AT = 10
_CHUNK = 24  # cases that one process answers before they are written down
_CHUNK_OF_A_MODEL = 2  # each of which may take a minute
_SCORED = ("evals/baselines/*", "evals/workspaces/*", "evals/scoring.py", "evals/members.py")
_OURS = ("audience/**/*", "tools/**/*", "workspace/**/*", "prompts/*", *_SCORED)
_OTHERS = ("audience/*", "tools/modelling/*", "prompts/write_query.md", *_SCORED)


@dataclass(frozen=True)
class Options:
    """What to run. `out` keeps the answers: a second run with the same code goes on from there."""

    model: str | None = None
    engine: str = OURS
    limit: int | None = None  # cases, chosen by a hash of their ids
    workspaces: tuple[str, ...] = ()
    split: Split | Literal["all"] = "all"
    tags: tuple[str, ...] = ()
    out: Path | None = None
    gate: bool = False
    compare: Path | None = None  # the `out` of another run
    jobs: int | None = None
    resume: bool = True
    deepeval: bool = False  # a second opinion by deepeval, with our metrics
    dataset: Path | None = (
        None  # in place of the corpus: prompts on the installation's own workspaces
    )


@dataclass(frozen=True)
class Summary:
    """The outcome of a run. `fallen` says what undercut the baseline; empty without a gate."""

    model: str
    all: Figures
    splits: Mapping[str, Figures]
    workspaces: Mapping[str, Figures]
    tags: Mapping[str, Figures]
    results: tuple[Result, ...]
    fallen: tuple[str, ...] = ()
    comparison: Mapping[str, Any] | None = None
    before: tuple[Result, ...] = ()  # of the other run, where there is one
    report: Path | None = None

    def to_json(self) -> dict[str, Any]:
        """The figures. Prompts, and answers to them, are in the files of `out` only."""
        return {
            "model": self.model,
            "cases": len(self.results),
            "figures": self.all.to_json(),
            "splits": {name: each.to_json() for name, each in self.splits.items()},
            "workspaces": {name: each.to_json() for name, each in self.workspaces.items()},
            "tags": {name: each.to_json() for name, each in self.tags.items()},
            "gate": {"passed": not self.fallen, "fallen": list(self.fallen)},
            "comparison": self.comparison,
            "report": str(self.report) if self.report else None,
        }


def evaluate(options: Options, progress: Progress = silent) -> Summary:
    """Answers every case, scores it, and writes the report into `options.out`.

    Raises `MusterError` when a workspace cannot be made or a gold query cannot be run.
    """
    from evals.compare import compare
    from evals.gate import fallen
    from evals.report import write_report

    if options.gate and options.dataset is not None:
        raise MusterError("The gate is about the corpus, and about no dataset of one's own.")
    cases = load(
        workspaces=options.workspaces,
        split=options.split,
        tags=options.tags,
        folder=options.dataset or DATASETS,
    )
    cases = limited(cases, options.limit)
    if not cases:
        raise MusterError("No case of the corpus has this workspace, split and tag.")
    settings = eval_settings(options.model, own=options.dataset is not None)
    names = sorted({case.workspace for case in cases})
    if options.dataset is None:
        prepare(names, settings, progress)
        if settings.model != BUILTIN:
            accept_terms(names, settings)
    name = settings.model if options.engine == OURS else f"{options.engine} with {settings.model}"
    if options.engine == OURS and settings.model != BUILTIN and not settings.builtin_first:
        name += " alone"
    results = _results(cases, options, name, progress)
    summary = summarise(name, results)
    if options.compare is not None:
        before = read_results(options.compare, options.dataset)
        summary = _with(summary, comparison=compare(before, results), before=before)
    if options.gate:
        summary = _with(summary, fallen=fallen(summary, BASELINE))
    if options.deepeval:
        from evals.metrics import measure

        measure(results, options.out)
    if options.out is not None:
        summary = _with(summary, report=write_report(summary, options.out))
    return summary


def limited(cases: Sequence[Case], limit: int | None) -> tuple[Case, ...]:
    """So many of the cases, the same ones every time, in their order."""
    if limit is None:
        return tuple(cases)
    ranked = sorted(cases, key=lambda case: hashlib.sha256(f"part {case.id}".encode()).hexdigest())
    chosen = {case.id for case in ranked[:limit]}
    return tuple(case for case in cases if case.id in chosen)


def summarise(model: str, results: Sequence[Result]) -> Summary:
    """The figures of some results."""
    splits = {
        name: figures([each for each in results if each.case.split == name])
        for name in ("train", "test")
        if any(each.case.split == name for each in results)
    }
    return Summary(
        model, figures(results), splits, by_workspace(results), by_tag(results), tuple(results)
    )


def read_results(folder: Path, dataset: Path | None = None) -> tuple[Result, ...]:
    """What a run left in its folder, without what is no longer in the corpus, or in its dataset."""
    cases = {case.id: case for case in load(folder=dataset or DATASETS)}
    path = folder / "answers.jsonl"
    if not path.exists():
        raise MusterError(f"{folder} holds no run: answers.jsonl is not there.")
    return tuple(_result(cases[row["id"]], row) for row in _rows(path) if row["id"] in cases)


def _with(summary: Summary, **changes: Any) -> Summary:
    from dataclasses import replace

    return replace(summary, **changes)


def _results(
    cases: Sequence[Case], options: Options, model: str, progress: Progress
) -> tuple[Result, ...]:
    """In the order of `cases`; each is written down as soon as it is known."""
    kept = _Kept(options.out, _mark(model, options.engine), resume=options.resume)
    todo = [case for case in cases if kept.rows.get(case.id, {}).get("case") != _case_mark(case)]
    done = len(cases) - len(todo)
    for row in _answers(todo, options):
        kept.add(row)
        done += 1
        progress("Asking", done / len(cases))
    return tuple(_result(case, kept.rows[case.id]) for case in cases)


def _answers(cases: Sequence[Case], options: Options) -> Iterator[dict[str, Any]]:
    from evals.asking import ask

    own = options.dataset is not None
    size = _CHUNK if eval_settings(options.model).model == BUILTIN else _CHUNK_OF_A_MODEL
    jobs = options.jobs or min(4, os.cpu_count() or 1)
    if jobs == 1 or len(cases) <= size:
        for name in sorted({case.workspace for case in cases}):
            mine = [case for case in cases if case.workspace == name]
            yield from ask(name, mine, options.model, options.engine, own=own)
        return
    listed = partial(_list_of, ask, model=options.model, engine=options.engine, own=own)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        asked = [pool.submit(listed, name, chunk) for name, chunk in _chunks(cases, size)]
        for each in as_completed(asked):
            yield from each.result()


def _list_of(
    ask: Callable[..., Iterator[dict[str, Any]]], name: str, chunk: list[Case], **how: Any
) -> list[dict[str, Any]]:
    return list(ask(name, chunk, **how))


def _chunks(cases: Sequence[Case], size: int) -> Iterator[tuple[str, list[Case]]]:
    for name in sorted({case.workspace for case in cases}):
        own = iter([case for case in cases if case.workspace == name])
        while chunk := list(islice(own, size)):
            yield name, chunk


class _Kept:
    """The answers there are, by id; on disk where there is a folder for them."""

    def __init__(self, folder: Path | None, mark: str, *, resume: bool) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self._path = folder / "answers.jsonl" if folder is not None else None
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        marked = self._path.with_name("answers.mark")
        if resume and self._path.exists() and marked.exists() and marked.read_text() == mark:
            self.rows = {row["id"]: row for row in _rows(self._path)}
        marked.write_text(mark)
        kept = [json.dumps(row, ensure_ascii=False) + "\n" for row in self.rows.values()]
        self._path.write_text("".join(kept), "utf-8")

    def add(self, row: dict[str, Any]) -> None:
        self.rows[row["id"]] = row
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """What a run wrote down, without the half line of one that was ended while it wrote."""
    for line in path.read_text("utf-8").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict) and {"id", "answer", "score"} <= set(row):
            yield row


def _mark(model: str, engine: str) -> str:
    """Changes with the code that the answers depend on."""
    digest = hashlib.sha256(model.encode())
    for part in _OURS if engine == OURS else _OTHERS:
        for path in sorted(CHECKOUT.glob(part)):
            if path.suffix in {".py", ".yaml", ".lark", ".md"} and path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _case_mark(case: Case) -> str:
    """Changes with the case, so that a corpus that grows asks what is new alone."""
    return hashlib.sha256(json.dumps(asdict(case)).encode()).hexdigest()[:16]


def _result(case: Case, row: Mapping[str, Any]) -> Result:
    answer, score = dict(row["answer"]), row["score"]
    for part in ("choices", "unmatched", "assumptions"):
        answer[part] = tuple(tuple(x) if isinstance(x, list) else x for x in answer[part])
    answer["spans"] = tuple(
        (turn, tuple((start, end) for start, end in spans)) for turn, spans in answer["spans"]
    )
    if answer.get("members") is not None:
        answer["members"] = frozenset(answer["members"])
    return Result(case, Answered(**answer), Score(**score), row["valid"], row["recall"])


def row_of(
    case: Case, answer: Answered, score: Score, valid: bool, recall: float | None
) -> dict[str, Any]:
    """A result as a line of `answers.jsonl`."""
    return {
        "id": case.id,
        "case": _case_mark(case),
        "answer": asdict(answer)
        | {"members": None if answer.members is None else sorted(answer.members)},
        "score": asdict(score),
        "valid": valid,
        "recall": recall,
    }
