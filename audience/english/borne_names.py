"""Values that are only a word of something else's name: the "app" of an app login is no channel of another thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audience.english.context import type_of
from audience.english.lexicon import Lexicon, ValueLink
from audience.english.links import Link
from audience.english.literals.items import Ever
from audience.english.schema import Entry, light
from audience.english.sentence import Sentence, frame_words, low_at
from audience.english.times import is_time
from audience.english.tokens import stem, stem_set


def without_borne(words: Sentence, found: Sequence[Link], lexicon: Lexicon) -> list[Link]:
    """`found` without values that are told by a word of another field's name, where nothing else of
    the value's own field is said, without values that only resemble what an event is called, and
    without numbers of which only the time is said."""
    said = {word.stem for word in words.words if word.is_word}
    valued = {id(each.entry) for link in found for each in link.values if each.score >= _ALIKE}
    kept: list[Link] = []
    for link in found:
        values = tuple(
            each
            for each in link.values
            if not _is_borne(words, link, each, said, valued, lexicon)
            and not _is_called(words, link, each, lexicon)
            and not _is_sold_inside(words, link, each)
        )
        names = () if _is_told_by_time(words, link) else link.names
        if values or names or link.audience or link.term:
            same = len(values) == len(link.values) and len(names) == len(link.names)
            kept.append(link if same else replace(link, names=names, values=values))
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
    before = [low_at(words.words, link.first - 1), low_at(words.words, link.first - 2)]
    if _BY & {*before} or before[0] in _SIGNS:  # "through the app"
        return False
    word = telling[0].stem
    others = [
        each
        for each in _named(lexicon)
        if word in each.words and len(each.words) > 1 and each is not value.entry
    ]
    known = {id(each) for each in (*lexicon.users, *lexicon.events)}
    return any(
        id(each) in valued or (id(each) in known and (said - {word}) & set(each.words) - light())
        for each in others
    )


def _is_told_by_time(words: Sentence, link: Link) -> bool:
    """ "this month", "GB this month": when it was, and no part of what a number is called."""
    timed = any(
        link.first <= first and end == link.end and is_time(item) and not isinstance(item, Ever)
        for first, (end, item) in words.items.items()
    )
    return timed and all(
        each.score < _LITERALLY and type_of(each.entry) == "number" for each in link.names
    )


def _is_called(words: Sentence, link: Link, value: ValueLink, lexicon: Lexicon) -> bool:
    """ "a credit card" that is issued: no payment by card, which is only like it."""
    inside = [word for word in words.words[link.first : link.end] if word.is_word]
    one = len(inside) == 1 and inside[0].stem == stem(inside[0].low)  # no compound
    if not inside or one or value.score >= _LITERALLY:
        return False
    told = {word.stem for word in inside}
    return any(told <= set(each.words) for each in lexicon.events)


def _is_sold_inside(words: Sentence, link: Link, value: ValueLink) -> bool:
    """ "an in-app purchase": of things in the app, and nothing else that was paid in it."""
    inside = words.words[link.end - 1].stem == _IN_APP and value.score < _LITERALLY
    behind = words.words[link.end].stem if link.end < len(words.words) else ""
    return inside and behind in _SALES


_IN_APP = "inapp"
_SALES = stem_set("purchase", "buy", "spend", "transaction", "order", "sale", "payment")


def _named(lexicon: Lexicon) -> Iterator[Entry]:
    """What people have, what they did, and what is known of that."""
    yield from (*lexicon.users, *lexicon.events)
    for event in lexicon.events:
        yield from event.properties.values()


_BY = frozenset(["by", "via", "through", "in", "on", "from", "using", "with", "is", "are", "was"])
_SIGNS = frozenset(["=", ":"])
_KINDS = frozenset(["kind", "type", "category"])
_ALIKE = 0.9
_LITERALLY = 0.95
