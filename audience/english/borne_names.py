"""Values that are only a word of something else's name: the "app" of an app login is no channel of another thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audience.english.lexicon import Lexicon, ValueLink
from audience.english.links import Link
from audience.english.schema import light
from audience.english.sentence import Sentence, frame_words, low_at


def without_borne(words: Sentence, found: Sequence[Link], lexicon: Lexicon) -> list[Link]:
    """`found` without values that are told by a word of another field's name, where nothing else of
    the value's own field is said, and without values that only resemble what an event is called."""
    said = {word.stem for word in words.words if word.is_word}
    valued = {id(each.entry) for link in found for each in link.values if each.score >= _ALIKE}
    kept: list[Link] = []
    for link in found:
        values = tuple(
            each
            for each in link.values
            if not _is_borne(words, link, each, said, valued, lexicon)
            and not _is_called(words, link, each, lexicon)
        )
        if values or link.names or link.audience or link.term:
            kept.append(link if len(values) == len(link.values) else replace(link, values=values))
    return kept


def _is_borne(
    words: Sentence,
    link: Link,
    value: ValueLink,
    said: set[str],
    valued: set[int],
    lexicon: Lexicon,
) -> bool:
    """ "the app on Android" of an app platform: no recharge channel that is called so."""
    people = frame_words()["subjects.users"]  # "app users" are told by one word
    telling = [each for each in words.words[link.first : link.end] if each.low not in people]
    if len(telling) != 1 or telling[0].quoted or value.entry.place is not None:
        return False
    own = set(value.entry.words) - light()
    if value.event in lexicon.by_event:
        own |= set(lexicon.by_event[value.event].words)
    if own & said or not own - _KINDS:
        return False
    before = (low_at(words.words, link.first - 1), low_at(words.words, link.first - 2))
    if _BY & {*before}:  # "through the app"
        return False
    word = telling[0].stem
    others = (
        each
        for each in (*lexicon.users, *lexicon.events)
        if word in each.words and len(each.words) > 1 and each is not value.entry
    )
    return any((said - {word}) & set(each.words) - light() or id(each) in valued for each in others)


def _is_called(words: Sentence, link: Link, value: ValueLink, lexicon: Lexicon) -> bool:
    """ "a credit card" that is issued: no payment by card, which is only like it."""
    if link.length < 2 or value.score >= _LITERALLY:
        return False
    told = {word.stem for word in words.words[link.first : link.end] if word.is_word}
    return any(told <= set(each.words) for each in lexicon.events)


_BY = frozenset(
    ["by", "via", "through", "in", "on", "from", "using", "with", "is", "are", "was", "=", ":"]
)
_KINDS = frozenset(["kind", "type", "category"])
_ALIKE = 0.9
_LITERALLY = 0.95
