"""Guards against shortcuts: does the engine read the words and the schema, or know them by heart?

Three checks, each a command of `python -m evals`: the schema in invented words, one content word
left out or swapped, and prompts said another way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from audience.problems import MusterError
from evals.asking import ask_cases
from evals.baselines.ours import answered
from evals.dataset import Case
from evals.figures import Share
from evals.members import MemberCounter
from evals.scoring import Answered
from evals.variations import (
    Variation,
    other_number,
    paraphrases,
    with_a_clause_too_many,
    with_a_strange_word,
    without_a_word,
)
from evals.worlds import eval_settings, maker, open_world, prepare, save_audiences
from tools.context import ToolContext
from workspace.opening import Progress, silent

_LITERAL = {"rule-notation", "own-names"}  # tags of prompts that call fields by their names


@dataclass(frozen=True)
class Check:
    """What a check found. `kept` is the share of variations that did as they should."""

    kept: Mapping[str, Share]
    examples: tuple[Mapping[str, Any], ...] = ()  # of the train split, where they did not

    def to_json(self) -> dict[str, Any]:
        return {
            "kept": {kind: share.to_json() for kind, share in self.kept.items()},
            "examples": list(self.examples),
        }


@dataclass(frozen=True)
class Renamed:
    """Right answers with the names that there are, and with invented ones, over the same cases."""

    before: Share
    after: Share
    lost: tuple[Mapping[str, Any], ...]  # of the train split: what only the real names get right

    @property
    def points(self) -> float:
        """How many points of a hundred are lost."""
        return 100 * ((self.before.value or 0.0) - (self.after.value or 0.0))

    def to_json(self) -> dict[str, Any]:
        return {
            "before": self.before.to_json(),
            "after": self.after.to_json(),
            "points_lost": self.points,
            "lost": list(self.lost),
        }


def renamed(cases: Sequence[Case], progress: Progress = silent) -> Renamed:
    """The cases over their own workspaces and over copies in which every name is invented.

    Only over workspaces with a tracking plan: it is the plan that says what an invented name means.
    """
    before: list[bool] = []
    after: list[bool] = []
    lost: list[Mapping[str, Any]] = []
    for name, own in _by_workspace([case for case in cases if not _LITERAL & set(case.tags)]):
        progress(f"Asking {name}", 0.0)
        first = [scored.right for _, _, scored in ask_cases(_opened(name), own)]
        progress(f"Asking {name} in invented words", 0.5)
        second = list(_in_invented_words(name, own))
        if not second:
            continue
        before += first
        after += [right for right, _ in second]
        lost += [
            {"id": case.id, "prompt": case.prompt, "gold": case.query or case.code, **said}
            for case, was, (right, said) in zip(own, first, second, strict=True)
            if was and not right and case.split == "train"
        ]
    return Renamed(Share(sum(before), len(before)), Share(sum(after), len(after)), tuple(lost))


def words(cases: Sequence[Case], progress: Progress = silent) -> Check:
    """One content word left out: other people, or no draft. One swapped for nonsense: no draft."""

    def fails(changed: Variation, got: Answered, same: bool) -> bool:
        return same or (changed.kind == "swapped" and got.status == "draft")

    def variations(case: Case) -> Iterator[Variation]:
        yield from without_a_word(case.prompt)
        yield from with_a_strange_word(case.prompt)

    return _check(cases, variations, fails, progress)


def metamorphic(cases: Sequence[Case], progress: Progress = silent) -> Check:
    """The same said otherwise: the same people. Another number: its people. A clause too many: asked."""

    def fails(changed: Variation, got: Answered, same: bool) -> bool:
        return got.status == "draft" if changed.kind == "clause" else not same

    def variations(case: Case) -> Iterator[Variation]:
        yield from paraphrases(case.prompt)
        yield with_a_clause_too_many(case.prompt)
        if case.query is not None and not case.also and "lookback" not in case.tags:
            changed = other_number(case.prompt, case.query)
            if changed is not None:
                yield changed

    return _check(cases, variations, fails, progress)


def _check(
    cases: Sequence[Case],
    variations: Callable[[Case], Iterable[Variation]],
    fails: Callable[[Variation, Answered, bool], bool],
    progress: Progress,
) -> Check:
    """Over single prompts that are answered right as they stand: what is wrong anyway shows nothing."""
    from tools.build_conditions import build

    hits: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    examples: list[Mapping[str, Any]] = []
    single = [case for case in cases if case.status == "draft" and not case.context]
    for name, own in _by_workspace(single):
        context = _opened(name)
        counter = MemberCounter(context)
        for number, (case, answer, scored) in enumerate(ask_cases(context, own, counter)):
            progress(f"Asking {name}", number / len(own))
            if not scored.right or answer.status != "draft" or answer.query is None:
                continue
            for changed in variations(case):
                got = answered(build(context, changed.prompt, counts=False))
                same = _same(counter, case, got, changed.query or answer.query)
                failed = fails(changed, got, same)
                totals[changed.kind] += 1
                hits[changed.kind] += not failed
                if failed and case.split == "train":
                    examples.append(_example(case, changed, answer, got))
    kept = {kind: Share(hits[kind], total) for kind, total in totals.items()}
    return Check(dict(sorted(kept.items(), key=lambda pair: pair[1].value or 0.0)), tuple(examples))


def _same(counter: MemberCounter, case: Case, got: Answered, wanted: str) -> bool:
    """Whether the answer is a draft that selects the people of the query `wanted`."""
    if got.status != "draft" or got.query is None or got.type != case.type:
        return False
    return got.query == wanted or counter.of(got.query, got.type) == counter.of(wanted, case.type)


def _example(case: Case, changed: Variation, answer: Answered, got: Answered) -> Mapping[str, Any]:
    return {
        "id": case.id,
        "kind": changed.kind,
        "word": changed.word,
        "prompt": changed.prompt,
        "before": answer.query,
        "got": got.status if got.code is None else f"{got.status}: {got.code}",
        "query": got.query,
        "unmatched": list(got.unmatched),
    }


def _in_invented_words(
    name: str, cases: Sequence[Case]
) -> Iterator[tuple[bool, Mapping[str, Any]]]:
    """Whether each case is right, and what was answered, in the old names again."""
    from audience.printer import show
    from audience.reader import read
    from evals.invented import invent
    from workspace.importer import import_folder

    settings = eval_settings()
    with TemporaryDirectory(prefix="muster-") as scratch:
        home = Path(scratch) / "home"
        own = settings.model_copy(update={"home": home})
        real, made = Path(scratch) / name, Path(scratch) / "invented"
        real.mkdir()
        maker(name)(real)
        if not (real / "tracking_plan.json").exists():
            return
        names = invent(real, made)
        import_folder(made, home, name, replace=True, progress=silent)

        def translated(query: str) -> str:
            return show(names.query(read(query)))

        save_audiences(name, own, translated)
        context = ToolContext.open(own, name)
        asked = [
            replace(
                case,
                query=case.query and translated(case.query),
                also=tuple(translated(each) for each in case.also),
                options=tuple(translated(each) for each in case.options),
            )
            for case in cases
        ]
        counter = MemberCounter(context)
        for case in asked:
            try:
                ((_, answer, scored),) = ask_cases(context, [case], counter)
            except MusterError as error:
                raise MusterError(f"{case.id} in invented words: {error.message}") from error
            yield (
                scored.right,
                {
                    "got": answer.status if answer.code is None else f"refused: {answer.code}",
                    "query": answer.query and names.back(answer.query),
                    "unmatched": list(answer.unmatched),
                    "question": answer.question and names.back(answer.question),
                },
            )


def _opened(name: str) -> ToolContext:
    settings = eval_settings()
    prepare([name], settings)
    return open_world(name, settings)


def _by_workspace(cases: Sequence[Case]) -> Iterator[tuple[str, list[Case]]]:
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.workspace].append(case)
    yield from sorted(groups.items())
