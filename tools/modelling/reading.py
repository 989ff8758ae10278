"""A prompt read by an outside model: retrieved fields in, a checked tree with its words out."""

from __future__ import annotations

import re
from dataclasses import replace

from audience.english.guarding import sensitive
from audience.english.judging import valid_draft
from audience.english.reading import Draft, Question, Reading, Request, refused
from audience.printer import show
from audience.problems import Problem
from audience.query import Boolean, Origin, conditions
from audience.validator import check
from tools.modelling.asking import first_messages, quoting, repair
from tools.modelling.client import ask
from tools.modelling.words import left_over, quoted
from tools.origins import placed, restored
from workspace.settings import Settings

REPAIRS = 2
_FENCE = re.compile(r"^```\w*\n?|\n?```$")
_SAID = re.compile(r"(UNKNOWN|ASK)\s*:\s*(.+)", re.DOTALL)


def model_reading(request: Request, guess: Reading, settings: Settings) -> Reading:
    """What the model reads the prompt as. Never a draft with words left over.

    Raises `tools.modelling.client.ModelUnavailable`.
    """
    said = None if guess.root is None else show(guess.root)
    root, problem = _written(request, said, settings)
    if isinstance(problem, Reading):
        return problem
    if root is None:
        return refused("not_understood", "The model wrote no valid query. Say it another way.")
    judged = sensitive(request, root) or valid_draft(request, root, request.audience_type)
    if judged.status != "draft":
        return judged
    root = _with_words(request, root, settings)
    spans = [
        span
        for each in conditions(root)
        for span in each.origin.spans
        if each.origin.turn == request.turn
    ]
    unmatched = left_over(request.prompt, spans)
    reading = Reading("draft", root, judged.type, unmatched)
    if unmatched:
        words = ", ".join(f"“{each.text}”" for each in unmatched)
        question = Question(
            f"No condition accounts for {words}. Say it another way, or leave it out."
        )
        reading = replace(reading, status="clarify", question=question)
    return replace(reading, next=Draft(root, judged.type, reading.question))


def _written(
    request: Request, guess: str | None, settings: Settings
) -> tuple[Boolean | None, Reading | None]:
    """The tree that the model writes, after at most two repairs; or what it says instead."""
    messages = first_messages(request, guess)
    for _ in range(1 + REPAIRS):
        answer = _FENCE.sub("", ask(settings, messages)).strip()
        said = _SAID.match(answer)
        if said is not None:
            return None, _instead(said[1], " ".join(said[2].split())[:300], request)
        checked = check(answer[:10_000], request.catalog, audience_type=request.audience_type)
        if checked.bound is not None:
            return checked.bound.root, None
        messages += repair(answer[:2_000], checked.problems or (_NOTHING,))
    return None, None


_NOTHING = Problem("syntax", "There is no query in that answer.")


def _instead(kind: str, text: str, request: Request) -> Reading:
    if kind == "ASK":
        return Reading("clarify", None, question=Question(text), next=request.draft)
    return refused("unknown_field", f"No field for this was found: {text}")


def _with_words(request: Request, root: Boolean, settings: Settings) -> Boolean:
    """The tree, each condition with its words; what stood in the draft before keeps its own."""
    before: dict[str, Origin] = {}
    if request.draft is not None and request.draft.root is not None:
        before = {show(each): each.origin for each in conditions(request.draft.root)}
    leaves = [show(each) for each in conditions(root)]
    new = [each for each in leaves if each not in before]
    places: dict[str, Origin] = {}
    if new:
        answer = ask(settings, quoting(request.prompt, new))
        for text, spans in zip(new, quoted(request.prompt, answer, len(new)), strict=True):
            places[text] = Origin(request.turn, spans)
    origins = {number: before.get(text) or places[text] for number, text in enumerate(leaves)}
    return restored(placed(root, Origin(request.turn)), origins)
