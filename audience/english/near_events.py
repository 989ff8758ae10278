"""A value with no word of what was done: "interested in fragrance" viewed it, wished for it or bought it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from audience.english.events import is_action
from audience.english.lexicon import ValueLink
from audience.english.links import Link
from audience.english.near_ties import happened
from audience.english.read import Read, heard
from audience.english.reading import Hint, Option, Request
from audience.english.schema import light, noise
from audience.english.sentence import frame_words
from audience.kinds import simplified
from audience.query import Comparison, Literal, Property

_MOST = 4
_SURE = 0.95


def done_with_it(
    request: Request, read: Read, again: Callable[[Request], Read]
) -> tuple[Option, ...]:
    """What may have been done with a value that only properties have; each with its whole audience."""
    if read.sentence.text != request.prompt:
        return ()
    found: list[Option] = []
    for hint in _hints(request, read):
        better = again(replace(request, hints=(*request.hints, hint)))
        if better.tree is None or hint.event is None:
            continue
        name = hint.event.field.name
        root = simplified(better.tree)
        if name in str(root) and all(each.root != root for each in found):
            said = request.prompt[hint.start : hint.end]
            found.append(Option(f"“{said}” means {name}", root))
        if len(found) == _MOST:
            break
    return tuple(found) or _value_alone(request, read)


def of_their_noun(
    request: Request, read: Read, again: Callable[[Request], Read]
) -> tuple[Option, ...]:
    """ "whose first lesson was in May" where lessons are begun and completed: with each of these."""
    if read.sentence.text != request.prompt:
        return ()
    found: list[Option] = []
    for hint in _named(read):
        better = again(replace(request, hints=(*request.hints, hint)))
        if better.tree is None or better.unmatched or hint.event is None:
            continue
        name = hint.event.field.name
        root = simplified(better.tree)
        if name in str(root) and all(each.root != root for each in found):
            said = request.prompt[hint.start : hint.end]
            found.append(Option(f"“{said}” means {name}", root))
    return tuple(found)


def _named(read: Read) -> Iterator[Hint]:
    """A word left over as each of the few things done whose names have it."""
    for place, word in enumerate(read.sentence.words):
        left = any(each.start <= word.start < each.end for each in read.unmatched)
        if not left or place in read.sentence.covered() or word.stem in light() | noise():
            continue
        if is_action(word.stem):
            continue
        mine = [each for each in read.lexicon.by_event.values() if word.stem in each.words]
        if len(mine) <= _MOST:
            yield from (Hint(word.start, word.end, event=each) for each in mine)


def _value_alone(request: Request, read: Read) -> tuple[Option, ...]:
    """Nothing but the value was left over: each thing done that has it."""
    words = read.sentence.words
    found: list[Option] = []
    for link, values in _valued(request, read):
        said = request.prompt[words[link.first].start : words[link.end - 1].end]
        if [each.text for each in read.unmatched] != [said]:
            continue
        for each in values:
            row = Comparison(Property(each.entry.field.name), "equals", (Literal(each.value),))
            found.append(Option(f"“{said}” of {each.event}", happened(str(each.event), row)))
    return tuple(found[:_MOST])


def _valued(request: Request, read: Read) -> Iterator[tuple[Link, list[ValueLink]]]:
    """Words left over that are values, and of nothing that is known of people."""
    words = read.sentence.words
    _, links = heard(request, read.lexicon)
    for link in links:
        left = any(each.start <= words[link.first].start < each.end for each in read.unmatched)
        sure = [
            each
            for each in link.values
            if each.score >= _SURE and getattr(each.entry.field, "owner", "user") == "user"
        ]
        if left and sure and all(each.event is not None for each in sure):
            yield link, sure


def _hints(request: Request, read: Read) -> Iterator[Hint]:
    """The word before the value as each of the things done that have the value."""
    words = read.sentence.words
    small = frame_words()["empty"] | frame_words()["subjects.users"]
    for link, sure in _valued(request, read):
        before = link.first - 1
        while before >= 0 and (words[before].low in small or not words[before].is_word):
            before -= 1
        if before < 0:
            continue
        for each in dict.fromkeys(each.event for each in sure):
            event = read.lexicon.by_event.get(each or "")
            if event is not None:
                yield Hint(words[before].start, words[before].end, event=event)
