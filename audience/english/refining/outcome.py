"""What a change comes to: a draft with the difference, or a question about where it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audience.catalog import Catalog
from audience.describer import describe_condition
from audience.english.judging import judge
from audience.english.looking_back import lookback
from audience.english.read import Read, in_history
from audience.english.reading import Draft, Option, Question, Reading, Request
from audience.english.scope import no
from audience.english.tree_edits import swapped
from audience.kinds import simplified
from audience.query import (
    Aggregate,
    And,
    Boolean,
    Comparison,
    Events,
    Literal,
    Not,
    Reducer,
    conditions,
    joined,
)
from audience.validator import check

MOST = 4  # options of a question


def outcome(
    request: Request, draft: Draft, read: Read, root: Boolean, *, assumed: bool = True
) -> Reading:
    """The draft changed to `root`; `assumed` says whether what was taken for granted still is."""
    before = draft.root
    root = in_history(root, request.catalog.lookback_days) or root
    too_long = lookback(request, root)
    if too_long is not None:
        return too_long
    reading = judge(request, draft.type, replace(read, tree=root, other=None))
    if not assumed:
        reading = replace(reading, assumptions=())
    if before is None or reading.root is None:
        return reading
    return replace(reading, difference=difference(before, reading.root, request.catalog))


def in_its_place(request: Request, draft: Draft, read: Read, more: Boolean) -> Reading:
    """The draft with `more` as well; what of it cannot hold together with that makes room."""
    root = draft.root
    assert root is not None
    reading = outcome(request, draft, read, joined(And, (root, more)))
    problem = reading.problem
    if (
        problem is None
        or problem.code != "impossible"
        or not isinstance(root, And | Comparison | Not)
    ):
        return reading
    held = root.items if isinstance(root, And) else (root,)
    contrary = [each for each in held if _is_contrary(request, draft, each, more)]
    kept = tuple(each for each in held if each not in contrary)
    if len(contrary) == len(held) > 1 or not contrary:
        return reading
    for each in contrary:
        more = _denied(more, each)
    return outcome(request, draft, read, joined(And, (*kept, more)) if kept else more)


def _denied(more: Boolean, held: Boolean) -> Boolean:
    """ "booked but did not attend", of a talk that was attended: it is that one which was not."""
    for leaf in conditions(more):
        match leaf, held:
            case (
                Comparison(
                    Aggregate(Events(name=name, filters=()), Reducer(method="count")),
                    "equals",
                    (Literal(value=value),),
                ),
                Comparison(Aggregate(Events(name=other))),
            ) if name == other and value == 0:
                return swapped(more, leaf, no(held))
    return more


def _is_of_values(node: Boolean) -> bool:
    return isinstance(node, Comparison) and any(
        isinstance(getattr(each, "value", None), str) for each in node.values
    )


def _is_contrary(request: Request, draft: Draft, one: Boolean, other: Boolean) -> bool:
    for leaf in other.items if isinstance(other, And) else (other,):
        if _is_of_values(one) and _is_of_values(leaf):
            continue  # another value of it may be meant instead, or as well
        both = check(joined(And, (one, leaf)), request.catalog, audience_type=draft.type)
        if any(each.code == "contradiction" for each in both.problems):
            return True
    return False


def changed(request: Request, draft: Draft, root: Boolean) -> Reading:
    """The draft changed to `root` by words that are all accounted for."""
    from audience.english.judging import valid_draft

    assert draft.root is not None
    whole = simplified(in_history(root, request.catalog.lookback_days) or root)
    reading = valid_draft(request, whole, draft.type)
    return replace(reading, difference=difference(draft.root, whole, request.catalog))


def difference(before: Boolean, after: Boolean, catalog: Catalog) -> tuple[str, ...]:
    old, new = conditions(before), conditions(after)
    gone = [f"Removed: {said(each, catalog)}" for each in old if each not in new]
    come = [f"Added: {said(each, catalog)}" for each in new if each not in old]
    return (*gone, *come)


def said(node: Boolean, catalog: Catalog) -> str:
    return describe_condition(node, catalog)


def not_placed(request: Request, draft: Draft, read: Read) -> Reading:
    text = " ".join(request.prompt.split())
    question = Question(f"“{text}” could not be placed in the audience. Say it another way.")
    return Reading("clarify", draft.root, draft.type, unmatched=read.unmatched, question=question)


def which(
    request: Request, draft: Draft, found: Sequence[tuple[Boolean, Boolean]], text: str = ""
) -> Reading:
    """Which condition is meant? `found` are conditions, each with the whole audience then."""
    root = draft.root
    assert root is not None
    named = [condition for condition, _ in found] or list(conditions(root))
    held = "; ".join(said(each, request.catalog) for each in named)
    ask = text or f"Which condition should that change? There are: {held}."
    options = tuple(
        Option(said(condition, request.catalog), simplified(tree)) for condition, tree in found
    )
    return Reading("clarify", root, draft.type, question=Question(ask, options[:MOST]))
