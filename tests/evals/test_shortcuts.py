"""Guards against shortcuts, over a part of the corpus: `python -m evals …` runs them over all of it."""

from __future__ import annotations

from pathlib import Path

from evals.dataset import Case, load
from evals.shortcuts import metamorphic, renamed, words
from evals.worlds import eval_settings, prepare

NUMBER = 14


def some(name: str, tags: tuple[str, ...] = ()) -> list[Case]:
    """Prompts of the train split that stand alone, every so many."""
    prepare([name], eval_settings())
    cases = [
        case
        for case in load(workspaces=[name], split="train", tags=tags)
        if case.status == "draft" and not case.context
    ]
    return cases[:: max(1, len(cases) // NUMBER)][:NUMBER]


def test_a_strange_word_is_never_passed_over(eval_home: Path) -> None:
    kept = words(some("planboard")).kept
    assert kept["swapped"].hits == kept["swapped"].total > 0
    assert kept["deleted"].total > 0  # what language says twice may be left out once


def test_the_same_said_otherwise_is_the_same(eval_home: Path) -> None:
    kept = metamorphic(some("viento")).kept
    assert kept["clause"].hits == kept["clause"].total > 0
    for kind in ("capital", "full stop", "thanks", "wide", "polite"):
        assert kept[kind].hits == kept[kind].total > 0, kind


def test_invented_names_with_descriptions_are_read(eval_home: Path) -> None:
    cases = some("lumen")
    found = renamed(cases)
    assert found.before.total == len(
        [c for c in cases if not {"own-names", "rule-notation"} & set(c.tags)]
    )
    assert found.points <= 15  # of a dozen prompts; the whole corpus may lose 5
