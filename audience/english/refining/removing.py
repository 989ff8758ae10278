"""Less of the draft: a condition, a value of one, or its window taken out."""

from __future__ import annotations

import re

from audience.english.reading import Draft, Option, Question, Reading, Request
from audience.english.refining.forms import PART
from audience.english.refining.fragment import Span, fragment, matching
from audience.english.refining.outcome import changed, said, which
from audience.english.refining.values import (
    held_by_name,
    mention,
    named_field,
    unfiltered,
    values_held,
    without_values,
)
from audience.english.tree_edits import field_of, has_window, swapped, windowed, without
from audience.kinds import simplified
from audience.query import Boolean, conditions

_WINDOW = re.compile(
    r"^\W*(the |any |all |its )?(window|windows|time|date|dates|period|timeframe|time ?frame|time ?span|look-?back|deadline)"
    r"( (limit|window|range|frame|period|restriction|condition|filter|part))?\W*$",
    re.IGNORECASE,
)


def removed(request: Request, draft: Draft, what: Span, *, certain: bool) -> Reading | None:
    """ "drop the email part". None where nothing of the kind is there and an exclusion may be meant."""
    root = draft.root
    assert root is not None
    words = request.prompt[what[0] : what[1]]
    if _WINDOW.match(words):
        return at_any_time(request, draft)
    mentioned = mention(request, draft, *what)
    if mentioned is not None and set(mentioned.values) < set(values_held(mentioned)):
        fewer = without_values(root, mentioned)
        if fewer is not None:
            return changed(request, draft, fewer)
    named = named_field(request, draft, *what)
    if named is not None and (rest := without_values(root, named)) is not None:
        return changed(request, draft, rest)
    held = held_by_name(request, draft, *what)
    if held is not None:
        return changed(request, draft, unfiltered(root, held))
    targets = _by_order(request, root, words) or matching(request, draft, words)
    if not targets:
        if not certain:
            return None
        question = Question(f"No condition is about “{words}”. Which one should go?")
        return Reading("clarify", root, draft.type, question=question)
    fields = {field_of(each) for each in targets}
    if len(fields) > 1 and not re.search(r"\b(all|both|every|parts|conditions)\b", request.prompt):
        return _which_goes(request, draft, targets, words)
    return _gone(request, draft, targets)


def _by_order(request: Request, root: Boolean, words: str) -> list[Boolean]:
    """ "the last condition": by where it stands among those that there are."""
    place = _ORDER.get(words.strip().lower())
    if place is None or not PART.search(request.prompt):
        return []
    held = list(conditions(root))
    return [held[place]] if len(held) > max(place, 1) else []


_ORDER = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "final": -1}


def is_of_others(request: Request, draft: Draft, what: Span) -> bool:
    """ "leave staff out": a condition of its own, on a field that the draft says nothing of."""
    root = draft.root
    assert root is not None
    read, _ = fragment(request, draft, *what, seeded=False)
    if read.tree is None or read.unmatched or read.ties:
        return False
    held = {field_of(each) for each in conditions(root)}
    mine = {field_of(each) for each in conditions(read.tree)}
    return None not in mine and not mine & held and mention(request, draft, *what) is None


def _gone(request: Request, draft: Draft, targets: list[Boolean]) -> Reading:
    tree = draft.root
    for target in targets:
        tree = without(tree, target) if tree is not None else None
    if tree is None:
        question = Question("That was the only condition. What should set these people apart?")
        return Reading("clarify", None, draft.type, question=question)
    gone = tuple(f"Removed: {said(each, request.catalog)}" for each in targets)
    return Reading("draft", simplified(tree), draft.type, difference=gone)


def _which_goes(request: Request, draft: Draft, targets: list[Boolean], words: str) -> Reading:
    root = draft.root
    assert root is not None
    options = []
    for target in targets:
        left = without(root, target)
        if left is not None:
            options.append(Option(f"Without: {said(target, request.catalog)}", simplified(left)))
    tree: Boolean | None = root
    for target in targets:
        tree = without(tree, target) if tree is not None else None
    if tree is not None:
        options.append(Option("Without any of them", simplified(tree)))
    question = Question(
        f"Several conditions are about “{words}”. Which one should go?", tuple(options)
    )
    return Reading("clarify", root, draft.type, question=question)


def at_any_time(request: Request, draft: Draft) -> Reading:
    """The draft with no window where there was one."""
    root = draft.root
    assert root is not None
    held = [each for each in conditions(root) if has_window(each)]
    tries = [(each, swapped(root, each, windowed(each, ()))) for each in held]
    if len(tries) == 1:
        return changed(request, draft, tries[0][1])
    if not tries:
        return Reading(
            "clarify", root, draft.type, question=Question("No condition has a window of time.")
        )
    return which(request, draft, tries)
