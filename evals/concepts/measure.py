"""Asks the sentences of the bank over drawn companies, and counts what came of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from audience.problems import MusterError
from evals.concepts.bank import area
from evals.concepts.company import Company, cases, drawn
from evals.dataset import Case
from evals.members import MemberCounter
from evals.workspaces.making import write
from evals.worlds import eval_settings
from tools.context import ToolContext

_OUTCOMES = ("right", "silently wrong", "clarify", "refused")


def measure(names: Sequence[str], companies: Sequence[int], split: str = "train") -> dict[str, Any]:
    """The sentences of these areas over the companies of these numbers, by concept and way."""
    counted: dict[str, Counter[str]] = {}
    wrong: list[dict[str, Any]] = []
    unsound: list[str] = []
    with TemporaryDirectory(prefix="muster-") as home:
        for name in names:
            for number in companies:
                whole = area(name)
                company = drawn(whole, number)
                context = _opened(company, Path(home))
                asked = [each for each in cases(whole, company) if each.split == split]
                _ask(asked, context, counted, wrong, unsound)
    total = sum(counted.values(), Counter[str]())
    wrong.sort(key=lambda row: (row["outcome"] != "silently wrong", row["tag"]))
    return {
        "prompts": total.total(),
        "outcomes": dict(total),
        "right": round(total["right"] / max(total.total(), 1), 4),
        "by_concept": {name: dict(each) for name, each in sorted(counted.items())},
        "wrong": wrong,
        "unsound": unsound,
    }


def _opened(company: Company, home: Path) -> ToolContext:
    from workspace.importer import import_folder
    from workspace.opening import silent

    settings = eval_settings().model_copy(update={"home": home})
    folder = home / "made" / company.world.name
    write(company.world, folder)
    import_folder(folder, home, company.world.name, replace=True, progress=silent)
    return ToolContext.open(settings, company.world.name)


def _ask(
    asked: Sequence[Case],
    context: ToolContext,
    counted: dict[str, Counter[str]],
    wrong: list[dict[str, Any]],
    unsound: list[str],
) -> None:
    from evals.asking import ask_cases

    members = MemberCounter(context)
    sound: list[Case] = []
    for case in asked:
        try:
            found = [members.of(query, case.type) for query in (case.query, *case.also) if query]
        except MusterError as problem:
            unsound.append(f"{case.id}: {case.query}: {problem}")
            continue
        if any(found):  # where nobody is meant, every wrong answer that finds nobody looks right
            sound.append(case)
        else:
            unsound.append(f"{case.id}: {case.query}: selects nobody")
    for case, answer, scored in ask_cases(context, sound, members):
        outcome = (
            "right"
            if scored.right
            else "silently wrong"
            if scored.silently_wrong
            else answer.status
        )
        counted.setdefault(case.tags[0], Counter())[outcome] += 1
        if outcome != "right":
            wrong.append(
                {
                    "workspace": case.workspace,
                    "tag": case.tags[0],
                    "outcome": outcome,
                    "prompt": case.prompt,
                    "gold": case.query,
                    "got": answer.query,
                    "unmatched": list(answer.unmatched),
                    "said": answer.question or answer.message,
                    "options": [query for _, query in answer.choices],
                }
            )


def table(found: Mapping[str, Any]) -> list[str]:
    """The figures by concept, as Markdown."""
    by_concept: dict[str, Counter[str]] = {}
    for tag, counted in found["by_concept"].items():
        by_concept.setdefault(tag.split(" (")[0], Counter()).update(counted)
    lines = [
        "| concept | sentences | right | silently wrong | asked | refused |",
        "|---|---|---|---|---|---|",
    ]
    for name, counted in [*by_concept.items(), ("all", sum(by_concept.values(), Counter[str]()))]:
        total = max(counted.total(), 1)
        shares = [f"{counted[each] / total:.1%}" for each in _OUTCOMES]
        lines.append(f"| {name} | {counted.total()} | {' | '.join(shares)} |")
    return lines
