"""Is what a prompt needs among the fields that a model is given? Recall within a budget of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from audience.english.reading import Request
from audience.mentioned import fields_of
from audience.validator import check
from evals.dataset import Case
from evals.worlds import eval_settings, open_world, prepare
from tools.modelling.linking import linked
from tools.modelling.vocabulary import vocabulary


def measure(cases: Sequence[Case], budgets: Sequence[int]) -> dict[str, Any]:
    """By workspace and budget: the share of the gold queries' fields that are there, the prompts that
    have all of theirs, and the letters of the lines, for prompts that can be built and stand alone."""
    settings = eval_settings()
    names = sorted({case.workspace for case in cases})
    prepare(names, settings)
    found: dict[str, Any] = {}
    for name in names:
        mine = [
            case for case in cases if case.workspace == name and case.query and not case.context
        ]
        context = open_world(name, settings)
        for budget in budgets:
            wanted = there = whole = letters = 0
            for case in mine:
                gold = check(case.query or "", context.catalog, audience_type=case.type).root
                saved = {f"trait:{each.key}" for each in context.catalog.audiences}
                needed = set(fields_of(gold)) - saved if gold is not None else set()
                request = Request(
                    prompt=case.prompt,
                    catalog=context.catalog,
                    finder=context.index,
                    as_of=context.moment(),
                )
                words = vocabulary(request, linked(request), case.type, None, budget)
                known = set(words.ids())
                wanted += len(needed)
                there += len(needed & known)
                whole += needed <= known
                letters += sum(map(len, words.lines()))
            found[f"{name} at {budget}"] = {
                "recall": there / wanted if wanted else None,
                "prompts": len(mine),
                "with_all": whole,
                "letters": letters / len(mine) if mine else None,
            }
    return found
