"""A flag whose name is said in two parts: "onboarding not completed", "the profile is not yet verified"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audience.english.context import cue
from audience.english.events import is_action
from audience.english.links import Link, NameLink
from audience.english.schema import light
from audience.english.sentence import Sentence, Word, frame_words
from audience.english.tokens import name_words


def parted(words: Sentence, found: Sequence[Link]) -> list[Link]:
    """Links over the words that name one flag together, with nothing but a "not" and a "been" between."""
    alone = [link for link in found if link.length <= _LONG and link.names]
    more = list[Link]()
    for one in alone:
        for other in alone:
            between = words.words[one.end : other.first]
            if not between or not _are_small(between):
                continue
            inside = (*words.words[one.first : one.end], *words.words[other.first : other.end])
            said = {word.stem for word in inside}
            known = {id(each.entry) for each in other.names}
            names = tuple(
                NameLink(each.entry, _SURE, each.event)
                for each in one.names
                if id(each.entry) in known
                and getattr(each.entry.field, "type", None) == "boolean"
                and said == {word for word in each.entry.words if word not in light()}
            )
            if names:
                more.append(Link(one.first, other.end, names))
    return more


def without_alike(words: Sentence, found: Sequence[Link]) -> list[Link]:
    """The links without fields that a word is only like: "working in retail" is no work permit, a
    family no home."""
    kept = list[Link]()
    for link in found:
        word = words.words[link.first]
        people = word.low in frame_words()["gatherings"]
        if link.length > 1 or not (people or word.low.endswith("ing")):
            kept.append(link)
            continue
        names = tuple(
            each
            for each in link.names
            if not (_is_only_like(word, each) if people else _is_of_thing(word, each))
        )
        if names or link.values or link.audience or link.term:
            kept.append(replace(link, names=names))
    return kept


def _is_only_like(word: Word, named: NameLink) -> bool:
    return word.stem not in (*named.entry.words, *named.entry.about)


def _is_of_thing(word: Word, named: NameLink) -> bool:
    """Whether the flag tells of a thing that is only described by the word."""
    if getattr(named.entry.field, "type", None) != "boolean" or word.stem not in named.entry.words:
        return False
    field = named.entry.field
    if word.low in (*name_words(field.name), *name_words(field.description)):
        return False  # "marketing", where it is called so
    last = named.entry.words[-1]
    return last != word.stem and not is_action(last)


def _are_small(between: Sequence[Word]) -> bool:
    kinds = frame_words()
    known = kinds["negations"] | kinds["empty.aux"] | _FULLY
    lows = [word.low for word in between]
    return all(low in known or low.endswith("n't") for low in lows) and not cue("only") & set(lows)


_SURE = 1.0
_LONG = 2
_FULLY = frozenset(["yet", "still", "already", "fully", "been"])
