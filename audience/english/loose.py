"""Values that a word only resembles give way to a field that the words beside it say in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from audience.english.context import type_of
from audience.english.data import load
from audience.english.links import Link, NameLink
from audience.english.persons import is_person
from audience.english.schema import light
from audience.english.sentence import Sentence, Word
from audience.english.used_when import USING


def without_loose(words: Sequence[Word], found: list[Link]) -> list[Link]:
    """ "jobs online", of the number of jobs that are online: no "web", which is only like that word."""
    told = {place for link in found if _says_field(words, link) for place in _places(link)}
    found = [_as_spoken(words, each) for each in found if not _counts_off(words, each)]
    found = _without_fewer(words, found)
    kept = [each for each in found if each.length > 1 or each.first not in told or _is_sure(each)]
    return [each for each in kept if not _leads_with_its_verb(words, each, kept)]


def _without_fewer(words: Sequence[Word], found: list[Link]) -> list[Link]:
    """ "donors" of a flag of monthly donors: the flag says more than was said of them."""
    said = {word.stem for word in words}
    kept: list[Link] = []
    for link in found:
        names = tuple(each for each in link.names if not _says_more(words, link, each, said))
        if names == link.names:
            kept.append(link)
        elif names or link.audience or link.term:
            kept.append(replace(link, names=names))
    return kept


def _says_more(words: Sequence[Word], link: Link, named: NameLink, said: set[str]) -> bool:
    """Whether a flag is called by a noun of people at its end and by more that nobody said."""
    word, own = words[link.first], named.entry.words
    return (
        link.length == 1
        and not link.values
        and named.event is None
        and type_of(named.entry) == "boolean"
        and word.low.endswith("s")
        and own[-1:] == (word.stem,)
        and (is_person(word.low) or word.low in _callings())
        and not {*own[:-1]} <= _BEING | said
    )


def _as_spoken(words: Sequence[Word], link: Link) -> Link:
    """ "speak French", "Italian speakers": a language, and no country."""
    before = [word.low for word in reversed(words[max(0, link.first - _NEAR) : link.first])]
    after = [word.low for word in words[link.end : link.end + _NEAR]]
    if not (_reaches(before, _SPEAK) or _reaches(after, _SPEAKERS)):
        return link
    values = tuple(each for each in link.values if each.entry.place not in ("country", "state"))
    return replace(link, values=values)


def _reaches(lows: Sequence[str], verbs: frozenset[str]) -> bool:
    """Whether a verb comes before anything that begins something else."""
    for low in lows:
        if low in verbs or low in _ENDS:
            return low in verbs
    return False


def _counts_off(words: Sequence[Word], link: Link) -> bool:
    """ "whose first class was yoga", "first ever": the first of them in time, and no value called so."""
    if not link.values or words[link.first].low != "first":
        return False
    before = words[link.first - 1].low if link.first else ""
    after = words[link.first + 1].low if link.first + 1 < len(words) else ""
    return before in _THEIR or after == "ever"


def _leads_with_its_verb(words: Sequence[Word], link: Link, found: list[Link]) -> bool:
    """ "used a promo code": the field is called by the noun, though its description says "used"."""
    if link.length < _VERB_AND_NOUN or link.values or not link.names:
        return False
    if words[link.first].low not in USING or words[link.first + 1].low not in _A:
        return False
    return any(
        link.first < each.first
        and each.end >= link.end
        and any(
            one.entry is other.entry and one.score > other.score
            for one in each.names
            for other in link.names
        )
        for each in found
    )


def with_sure(words: Sentence, found: list[Link]) -> list[Link]:
    """The links of what was said in full, and none beside them over their words."""
    starts = {each.start: each for each in words.sure}
    sure = {place: starts[w.start] for place, w in enumerate(words.words) if w.start in starts}
    kept = [each for each in found if not sure.keys() & set(_places(each))]
    return kept + [
        Link(place, place + 1, tuple(NameLink(e, 1.0, e.event) for e in each.names), each.values)
        for place, each in sure.items()
        if each.names or each.values
    ]


def _places(link: Link) -> range:
    return range(link.first, link.end)


def _is_sure(link: Link) -> bool:
    return not link.values or link.values[0].score >= _LITERALLY


def _says_field(words: Sequence[Word], link: Link) -> bool:
    """Whether two words or more are those of one field's name and description."""
    said = {words[place].stem for place in _places(link) if words[place].is_word}
    telling = said - light()
    return (
        len(telling) > 1
        and not link.values
        and any(
            telling <= {*each.entry.words, *each.entry.about}
            and (said & set(each.entry.words) or each.entry.opaque)
            for each in link.names
            if each.event is None
        )
    )


@cache
def _callings() -> frozenset[str]:
    return frozenset(noun for line in load("callings.yaml") for noun in line["said"])


_BEING = frozenset(["is", "be", "a", "an", "ever", "our", "current"])
_VERB_AND_NOUN = 3  # words, with the article between
_A = frozenset(["a", "an", "any", "the", "their"])
_LITERALLY = 0.95
_THEIR = frozenset(["whose", "their", "his", "her", "very"])
_NEAR = 3
_ENDS = frozenset(
    ["who", "that", "in", "from", "with", "outside", "near", "at", "live", "lives", "living"]
)
_SPEAK = frozenset(["speak", "speaks", "speaking"])
_SPEAKERS = frozenset(["speaking", "speaker", "speakers"])
SPEAKING = _SPEAK | _SPEAKERS
