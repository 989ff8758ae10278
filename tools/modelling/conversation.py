"""A conversation read with an outside model at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audience.english.engine import read_prompt
from audience.english.reading import Reading, Request
from audience.english.sentence import frame_words
from audience.english.tokens import tokens
from audience.english.vague import is_vague
from audience.problems import MusterError, Problem
from tools.build_conditions import Read
from tools.context import ToolContext
from tools.modelling.client import ModelUnavailable, require_address
from tools.modelling.privacy import names_a_person
from tools.modelling.reading import model_reading
from tools.modelling.settling import settled
from workspace.settings import BUILTIN
from workspace.terms import TermsNotAccepted, require_accepted

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
# What it is as sure of, unless the model is to read everything.
_CERTAIN = frozenset({"not_an_audience", "impossible"})


def converse_with_model(prompts: Sequence[str], request: Request, context: ToolContext) -> Read:
    """The reading of the last prompt, in the conversation that the earlier ones make.

    The built-in engine reads first; what it leaves words of, the model reads. With
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
    if _is_refused(guess, _FINAL) or (settings.builtin_first and _is_settled(guess)):
        return Read(guess, BUILTIN)
    draft = request.draft.root if request.draft is not None else None
    if draft is not None and names_a_person(draft, request.catalog):
        return Read(guess, BUILTIN)  # the draft would be sent with the prompt
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
        reading = settled(guess, reading, request, context)
    return Read(reading, settings.model)


def _is_full(reading: Reading) -> bool:
    return reading.status == "draft" and not reading.unmatched


def _is_refused(reading: Reading, codes: frozenset[str]) -> bool:
    return reading.problem is not None and reading.problem.code in codes


def _is_settled(guess: Reading) -> bool:
    """Whether no model could do better: a full reading, a sure refusal, or a question that only the
    person can answer: every word is read then, and they leave it open, or there is a word in what is
    left whose measure the person alone knows.
    """
    if _is_full(guess) or _is_refused(guess, _CERTAIN):
        return True
    if guess.status != "clarify":
        return False
    empty = frame_words()["empty"]
    words = [word for each in guess.unmatched for word in tokens(each.text) if word.is_word]
    return not words or any(is_vague(each.text) for each in words if each.low not in empty)


def _problem(error: MusterError) -> Problem:
    return Problem(error.code, error.message, suggestions=error.suggestions)
