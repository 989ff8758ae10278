"""What stands before the noun, settled by what its clause turned out to be about."""

from __future__ import annotations

from itertools import pairwise

from audience.english.frames import EventFrame, TraitFrame, alternatives
from audience.english.interpret import Interpreter
from audience.english.schema import likeness
from audience.english.sentence import Word, frame_words
from audience.query import Comparison, Literal, Property


def settle(interpreter: Interpreter) -> None:
    """Account for nouns and values that only the clause after them could tell the meaning of."""
    _settle_values(interpreter)
    _settle_heads(interpreter)


def _settle_values(interpreter: Interpreter) -> None:
    """ "iPhone and Android users who logged in": of what the noun's clause is about."""
    waiting: list[dict[int, Word]] = []
    for words, frames in interpreter.trace:
        if words and not frames:
            waiting.append(words)
        if frames:
            first = frames[0]
            if waiting and isinstance(first, EventFrame):
                _tell(interpreter, waiting, first)
            waiting = []


def _tell(interpreter: Interpreter, waiting: list[dict[int, Word]], frame: EventFrame) -> None:
    rows: list[Comparison] = []
    places = {place for words in waiting for place in words}
    noun = max(places) + 1
    denied = any(interpreter.is_negation(each) for each in range(min(places), noun))
    if frame.negated or frame.counts_negated or denied or noun not in _subjects(interpreter):
        return
    if places & interpreter.context.used:
        return
    for words in waiting:
        held = [
            each
            for link in interpreter.world.found
            if set(range(link.first, link.end)) == set(words)
            for each in link.values
            if each.event == frame.entry.field.name and each.score >= 0.9
        ]
        if len(held) != 1:
            return
        left = Property(held[0].entry.field.name)
        rows.append(Comparison(left, "equals", (Literal(held[0].value),)))
    if len({each.left for each in rows}) != 1 or _is_valued(frame, rows[0]):
        return
    frame.where.append(alternatives(list(rows)))
    frame.places |= places
    interpreter.context.used |= places


def _is_valued(frame: EventFrame, row: Comparison) -> bool:
    return any(not isinstance(each, Comparison) or each.left == row.left for each in frame.where)


def _settle_heads(interpreter: Interpreter) -> None:
    """ "memberships that expire", "people on a trial that ends": the noun is the field's own."""
    for (words, frames), (later, following) in pairwise(interpreter.trace):
        first = following[0] if following else None
        if words and not frames and isinstance(first, EventFrame):
            _settle_object(interpreter, words, first)
            continue
        if _kept_out(interpreter, max(words, default=0), min(later, default=0)):
            continue  # "in the loyalty program apart from bronze": two things are said
        if frames or not words or not isinstance(first, TraitFrame) or first.entry is None:
            continue
        known = {*first.entry.words, *first.entry.about}
        people = frame_words()["gatherings"]  # a family is no home
        if all(
            word.stem in known
            or (word.low not in people and any(likeness(word.stem, each) for each in known))
            for word in words.values()
        ):
            interpreter.context.used |= set(words)
            first.places |= set(words)
            denials = {
                place
                for place in range(max(0, min(words) - 2), min(words))
                if interpreter.is_negation(place) and place not in interpreter.context.used
            }
            if denials and not first.negated:
                first.negated = len(denials) % 2 == 1
                first.places |= denials
                interpreter.context.used |= denials


def _settle_object(interpreter: Interpreter, words: dict[int, Word], frame: EventFrame) -> None:
    """ "app users who opened the app": before who did it stands what it was done to."""
    noun = max(words) + 1
    own = {*frame.entry.words, *frame.entry.about}
    if frame.negated or frame.counts_negated or noun not in _subjects(interpreter):
        return
    if len(words) == 1 and all(word.stem in own for word in words.values()):
        interpreter.context.used |= set(words)
        frame.places |= set(words)


def _subjects(interpreter: Interpreter) -> set[int]:
    return {place for place in range(len(interpreter.words)) if interpreter.is_plain_subject(place)}


def _kept_out(interpreter: Interpreter, last: int, first: int) -> bool:
    """Whether an "except" or a "not" stands between two pieces."""
    kinds = frame_words()
    return any(
        interpreter.words[place].low in kinds["except"] | {"apart", "other", "aside"}
        or interpreter.is_negation(place)
        for place in range(last + 1, first)
    )
