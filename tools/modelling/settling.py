"""What becomes of a prompt of which the built-in engine left words over, and a model read all.

The model's reading is taken where it is the engine's with more conditions, and where what those hold is
what the words left over name. Else the person is asked, and the model's reading is one of the choices.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from audience.english.reading import Option, Question, Reading, Request
from audience.english.sentence import frame_words
from audience.english.tokens import tokens
from audience.printer import show
from audience.query import And, Boolean, conditions, joined
from audience.validator import check
from tools.context import ToolContext
from tools.modelling.linking import linked
from tools.modelling.words import aligned, held

log = logging.getLogger(__name__)
_IS_IT = "Is this what you mean?"


def settled(guess: Reading, reading: Reading, request: Request, context: ToolContext) -> Reading:
    """`guess` is the engine's, and no draft; `reading` is the model's.

    What the engine read nothing of, as another language, is the model's alone.
    """
    if not guess.unmatched:
        return reading
    if reading.status != "draft" or reading.root is None:
        return guess
    if _is_guess_and_more(guess, reading, request, context):
        return reading
    return _asked(guess, reading, request, context)


def _is_guess_and_more(
    guess: Reading, reading: Reading, request: Request, context: ToolContext
) -> bool:
    """Whether the model's tree is the engine's with conditions that each word left over names."""
    assert reading.root is not None
    sure = {}
    if guess.root is not None:
        sure = {
            show(each): _members(each, guess, request, context) for each in conditions(guess.root)
        }

    def is_new(leaf: Boolean) -> bool:
        return not (
            show(leaf) in sure or _members(leaf, reading, request, context) in sure.values()
        )

    new: list[Boolean] = []
    rest: list[Boolean] = []
    for part in reading.root.items if isinstance(reading.root, And) else (reading.root,):
        leaves = conditions(part)
        fresh = [each for each in leaves if is_new(each)]
        if not fresh:
            rest.append(part)
        elif len(fresh) == len(leaves):
            new += fresh
        else:
            return False  # an OR of both would let others in
    if guess.root is not None:
        mine = _members(joined(And, tuple(rest)), reading, request, context) if rest else None
        if mine is None or mine != _members(guess.root, guess, request, context):
            return False
    return _are_named(new, guess, request)


def _are_named(new: Sequence[Boolean], guess: Reading, request: Request) -> bool:
    """Whether each word left over names a field, a value or a number that one of the conditions holds."""
    leaves = aligned(linked(request), list(map(held, new)))
    spans = [span for each in leaves for span in each]
    empty = frame_words()["empty"]
    for each in guess.unmatched:
        words = [word for word in tokens(each.text) if word.is_word]
        telling = [word for word in words if word.low not in empty] or words
        for word in telling:
            start, end = each.start + word.start, each.start + word.end
            if not any(span.start <= start and end <= span.end for span in spans):
                return False
    return True


def _asked(guess: Reading, reading: Reading, request: Request, context: ToolContext) -> Reading:
    """The engine's question, or its refusal, with the model's reading as the first choice."""
    from audience.describer import describe

    assert reading.root is not None
    options = guess.question.options if guess.question is not None else ()
    mine = _members(reading.root, reading, request, context)
    same = [
        each
        for each in options
        if each.root is not None and _members(each.root, reading, request, context) == mine
    ]
    said = describe(reading.root, request.catalog)
    first = same or [Option(said[:1].upper() + said[1:], reading.root)]
    choices = (*first, *(each for each in options if each not in same))
    if guess.question is not None:
        return _asking(guess, Question(guess.question.text, choices))
    problem = f"{guess.problem.message} " if guess.problem is not None else ""
    asked = replace(guess, status="clarify", root=reading.root, problem=None, next=reading.next)
    return _asking(asked, Question(f"{problem}{_IS_IT}", choices))


def _asking(reading: Reading, question: Question) -> Reading:
    """With this question, in what the conversation goes on with as well."""
    after = reading.next
    if after is not None:
        after = replace(after, question=question)
    return replace(reading, question=question, next=after)


def _members(
    root: Boolean, reading: Reading, request: Request, context: ToolContext
) -> frozenset[str] | str | None:
    """Whom a tree selects; its text where there is no data; None where it cannot run."""
    checked = check(root, request.catalog, audience_type=reading.type)
    if checked.bound is None:
        return None
    if not context.catalog.has_data:
        return show(checked.bound.root)
    try:
        return frozenset(context.runner.members(checked.bound, as_of=request.as_of))
    except Exception:
        log.exception("A reading could not be counted.")
        return show(checked.bound.root)
