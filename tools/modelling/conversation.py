"""A conversation read with an outside model at hand."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from audience.english.engine import read_prompt
from audience.english.reading import Option, Question, Reading, Request
from audience.problems import MusterError, Problem
from audience.query import Boolean
from audience.validator import check
from tools.build_conditions import Read
from tools.context import ToolContext
from tools.modelling.client import ModelUnavailable, require_address
from tools.modelling.reading import model_reading
from workspace.settings import BUILTIN
from workspace.terms import TermsNotAccepted, require_accepted

log = logging.getLogger(__name__)

# What the built-in engine refuses for good: no model is asked, and nothing is sent.
_FINAL = frozenset(
    {
        "personal_data",
        "prompt_too_short",
        "prompt_too_long",
        "sensitive_attribute",
        "lookback_exceeded",
        "unsupported_audience_type",
    }
)
BOTH = "The built-in engine and the model read this differently. Which do you mean?"


def converse_with_model(prompts: Sequence[str], request: Request, context: ToolContext) -> Read:
    """The reading of the last prompt, in the conversation that the earlier ones make.

    The built-in engine reads first; what it does not read fully, the model reads. With
    MUSTER_BUILTIN_FIRST=0 the model reads everything that may be sent at all.
    """
    draft, read = request.draft, None
    for place, prompt in enumerate(prompts):
        turn = replace(request, prompt=prompt, draft=draft, turn=request.turn + place)
        read = _read(turn, context)
        if read.reading.next is not None:
            draft = read.reading.next
    if read is None:
        raise ValueError("A conversation needs at least one prompt.")
    return read


def _read(request: Request, context: ToolContext) -> Read:
    settings = context.settings
    guess = read_prompt(request)
    if _is_final(guess) or (settings.builtin_first and _is_full(guess)):
        return Read(guess, BUILTIN)
    try:
        require_accepted(settings, context.workspace.name, settings.model)
        require_address(settings)
        context.progress(f"Asking {settings.model}", 0.3)
        reading = model_reading(request, guess, settings)
    except (TermsNotAccepted, ModelUnavailable) as error:
        if _is_full(guess):  # a full reading wins over a model that is not there
            return Read(guess, BUILTIN)
        return Read(guess, BUILTIN, _problem(error))
    if settings.builtin_first:
        reading = _settled(guess, reading, request, context)
    return Read(reading, settings.model)


def _settled(guess: Reading, reading: Reading, request: Request, context: ToolContext) -> Reading:
    """What both engines make of it. Where the built-in one sees choices, the person chooses.

    A choice of the built-in engine that selects the model's people stands first; where none does,
    the model's reading is one more choice.
    """
    question = guess.question
    ties = [] if question is None else [each for each in question.options if each.root is not None]
    if reading.status != "draft" or guess.unmatched or question is None or len(ties) < 2:
        return reading
    mine = _members(reading.root, reading, request, context)
    same = [each for each in ties if mine == _members(each.root, reading, request, context)]
    options = [*same, *(each for each in question.options if each not in same)]
    text = question.text
    if not same:
        from audience.describer import describe

        assert reading.root is not None
        said = describe(reading.root, request.catalog)
        options = [Option(said[:1].upper() + said[1:], reading.root), *question.options]
        text = f"{BOTH} {question.text}"
    return replace(guess, question=Question(text, tuple(options)))


def _members(
    root: Boolean | None, reading: Reading, request: Request, context: ToolContext
) -> frozenset[str] | str | None:
    """Whom a tree selects; its text where there is no data; None where it cannot run."""
    from audience.printer import show

    if root is None:
        return None
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


def _is_full(reading: Reading) -> bool:
    return reading.status == "draft" and not reading.unmatched


def _is_final(reading: Reading) -> bool:
    return reading.problem is not None and reading.problem.code in _FINAL


def _problem(error: MusterError) -> Problem:
    return Problem(error.code, error.message, suggestions=error.suggestions)
