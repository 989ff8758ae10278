"""Answers to what was asked: one of the choices, or the measure of a word that only the person can give."""

from __future__ import annotations

import re

from audience.catalog import Catalog
from audience.english.lexicon import lexicon_of
from audience.english.read import heard
from audience.english.reading import Draft, Option, Reading, Request
from audience.english.refining.forms import FOLLOWS, ORDINALS
from audience.english.refining.fragment import words_of
from audience.english.refining.jointly import Stretch, jointly
from audience.english.schema import likeness, stemmed
from audience.english.sentence import frame_words
from audience.kinds import simplified
from audience.query import Or, joined

_YES = frozenset(["yes", "yes please", "ok", "okay", "sure", "yes that", "yes exactly", "exactly", "correct", "right", "go ahead",
                  "do that", "that one", "that", "leave it out", "leave out", "leave that out"])  # fmt: skip
_EITHER = re.compile(
    r"^\W*(?:either(?: one)?|any(?: one)? of (?:them|these|those|the two)|both|whichever)(?: (?:is|are|will|would|works?|counts?|do|fine|ok|okay|good))*\W*$",
    re.IGNORECASE,
)
_FILLING = frozenset(["the", "one", "option", "number", "please", "i", "mean", "meant", "choice", "take", "it", "is", "s", "use", "by",
                      "go", "with", "for", "of", "that", "this", "let", "as", "their", "thanks", "actually", "a", "an", "in"])  # fmt: skip
_MEANS = re.compile(
    r"^\W*(?:(?:by|with) (?:that|this|it) )?i (?:mean|meant)\b\W*|^\W*(?:meaning|that is|that means|say|let'?s say|i'?d say)\b\W*",
    re.IGNORECASE,
)


def chosen(request: Request, draft: Draft, start: int, end: int) -> Option | None:
    """The option of the pending question that the words `[start, end)` name."""
    if draft.question is None:
        return None
    usable = [each for each in draft.question.options if each.root is not None]
    said = _plain(request.prompt[start:end])
    for option in usable:
        if said and said == _plain(option.text):
            return option
    if len(said) > 2:
        same = [each for each in usable if re.search(rf"\b{re.escape(said)}\b", _plain(each.text))]
        if same:
            return same[0] if len(same) == 1 else None
    words = [word for word in said.split() if word not in _FILLING or word in ORDINALS]
    words = [word for word in words if word != "one"] or words
    if len(words) == 1 and words[0] in ORDINALS:
        place = ORDINALS[words[0]]
        return usable[place] if place < len(usable) else None
    if said in _YES and len(usable) == 1:
        return usable[0]
    if _EITHER.match(request.prompt[start:end]) and len(usable) > 1:
        roots = tuple(each.root for each in usable if each.root is not None)
        return Option(said, simplified(joined(Or, roots)))
    return _told(usable, words, request.catalog)


def _told(usable: list[Option], words: list[str], catalog: Catalog) -> Option | None:
    """The one option that all the words are about: "the loyalty programme", of two dates of joining."""
    stems = [each for each in stemmed(" ".join(words)) if each not in frame_words()["empty"]]
    if not stems or len(usable) < 2:
        return None
    known = [
        {*stemmed(each.text), *(words_of(each.root, catalog) if each.root is not None else ())}
        for each in usable
    ]
    fitting = [
        option
        for option, about in zip(usable, known, strict=True)
        if all(any(likeness(stem, other) >= _SURE for other in about) for stem in stems)
    ]
    return fitting[0] if len(fitting) == 1 else None


_SURE = 0.9


def measured(request: Request, draft: Draft) -> Reading | None:
    """The first prompt again, with the answer where it had the words that were asked about.

    "Accounts with many seats", then "more than 100"; a plain condition ("in Spain") is no answer to "many".
    """
    said, text = draft.said, request.prompt
    if said is None or not said.asked or draft.question is None or FOLLOWS.match(text):
        return None
    meant = _MEANS.match(text)
    start = meant.end() if meant is not None else len(text) - len(text.lstrip())
    end = len(text.rstrip(" .!?"))
    words, _ = heard(request, lexicon_of(request.catalog, request.roles))
    if not words.items or start >= end:
        return None
    first, last = said.asked[0][0], said.asked[-1][1]
    if said.text[first:last].strip() != " ".join(said.text[a:b] for a, b in said.asked).strip():
        return None  # several things were asked about
    before = len(_ARTICLE.sub("", said.text[:first]))
    own = Stretch(request.turn, text, start, end)
    if said.text[first:last].lower().endswith(" ago") and not text[:end].lower().endswith(" ago"):
        before_then: tuple[Stretch | str, ...] = ("more than", own, "ago")
    else:
        before_then = (own,)
    head, tail = (
        Stretch(said.turn, said.text, 0, before),
        Stretch(said.turn, said.text, last, len(said.text.rstrip(" .!?"))),
    )
    for parts in ((head, *before_then, tail), (head, tail, own), (head, tail, "of", own)):
        reading = jointly(request, parts)
        if reading is not None:
            return reading
    return None


_ARTICLE = re.compile(r"\b(?:a|an|the|some|quite|very|really)\s+$", re.IGNORECASE)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w$€£%.]+", text.lower())).strip(". ")
