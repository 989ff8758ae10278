"""Words that belong together: values of one list, a heading and what it heads, a field's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audience.english.accounting.fields import entries_of, means, values_of
from audience.english.accounting.leaves import Leaf
from audience.english.events import is_action
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.schema import Entry
from audience.english.sentence import Sentence, frame_words

_TITLE = re.compile("^“(.+)” is taken as the name of the audience")


def torn_apart(
    every: list[Leaf],
    words: Sentence,
    lexicon: Lexicon,
    found: Sequence[Link],
    assumed: Sequence[str],
) -> set[int]:
    """Places of words that were taken apart from those which they stand with."""
    return (
        _split_values(every, words, lexicon, found)
        | _named_beside(every, words, lexicon)
        | _headed(every, words, lexicon, found, assumed)
    )


def _split_values(
    every: list[Leaf], words: Sentence, lexicon: Lexicon, found: Sequence[Link]
) -> set[int]:
    """ "ballet or opera attended": two values of one field, of which one went to another, or nowhere."""
    lost = set[int]()
    for first, second in _neighbours(words, found):
        mine = [leaf for leaf in every if first.first in leaf.places]
        its = [leaf for leaf in every if second.first in leaf.places]
        lost |= _left_out(first, mine, second, its, lexicon)
        if not mine or not its or set(map(id, mine)) & set(map(id, its)):
            continue
        held, other = _held(mine, lexicon, first), _held(its, lexicon, second)
        if not held or not other or set(held) & set(other):
            continue
        for here, there in ((first, other), (second, held)):
            if any(id(each.entry) in there and each.score >= _SURE for each in here.values):
                lost |= set(range(here.first, here.end))
    return lost


def _left_out(
    first: Link, mine: list[Leaf], second: Link, its: list[Leaf], lexicon: Lexicon
) -> set[int]:
    """ "because of time or content": a small word that is a value as well, which no condition took."""
    if bool(mine) == bool(its):
        return set()
    gone, beside, leaves = (second, first, mine) if mine else (first, second, its)
    held = _held(leaves, lexicon, beside)
    exact = any(id(each.entry) in held and each.score >= _SURE for each in gone.values)
    return set(range(gone.first, gone.end)) if exact else set()


def _neighbours(words: Sentence, found: Sequence[Link]) -> Iterator[tuple[Link, Link]]:
    """Values with nothing but an "or" or an "and" between them."""
    joints = frame_words()["or"] | frame_words()["and"]
    valued = [each for each in found if each.values]
    for first in valued:
        for second in valued:
            if second.first == first.end + 1 and words.words[first.end].low in joints:
                yield first, second


def _held(leaves: Sequence[Leaf], lexicon: Lexicon, link: Link) -> dict[int, Entry]:
    """The fields that the conditions hold to a value of the link."""
    values = {value for leaf in leaves for value in values_of(leaf.nodes())}
    entries = {id(each): each for leaf in leaves for each in entries_of(leaf.tree, lexicon)}
    return {
        id(each.entry): each.entry
        for each in link.values
        if id(each.entry) in entries and each.value in values
    }


def _named_beside(every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "a plus pass", "open pipeline": a word of the field beside it, and nothing that happened."""
    lost = set[int]()
    for leaf in every:
        events = leaf.events()
        if len(events) != 1 or events[0].filters or len(leaf.places) != 1:
            continue
        place = next(iter(leaf.places))
        for other in every:
            beside = {place - 1, place + 1} & other.places
            if other is leaf or not beside or other.events():
                continue
            said = {word for each in entries_of(other.tree, lexicon) for word in each.words}
            if words.words[place].stem in said:
                lost.add(place)
    return lost


def _headed(
    every: list[Leaf],
    words: Sentence,
    lexicon: Lexicon,
    found: Sequence[Link],
    assumed: Sequence[str],
) -> set[int]:
    """ "bundle offer mail: a click last month": a value of what is asked for, and no mere name."""
    titles = [match.group(1) for each in assumed if (match := _TITLE.match(each))]
    if not titles or not words.text.lstrip().startswith(titles[0]):
        return set()
    end = len(words.text) - len(words.text.lstrip()) + len(titles[0])
    names = {each.name for leaf in every for each in leaf.events()}
    done = [lexicon.by_event[each] for each in names if each in lexicon.by_event]
    heading = [
        place
        for place, word in enumerate(words.words)
        if word.end <= end and word.is_word and word.low not in frame_words()["empty"]
    ]
    body = [word.low for word in words.words if word.start >= end]
    pointed = any(
        low in _POINTING for low in body[1:]
    )  # "stopped buying dairy: bought it before June"
    deeds = [place for place in heading[:-1] if is_action(words.words[place].stem)]
    if pointed and deeds:
        return set(heading[heading.index(deeds[-1]) + 1 :])
    for link in found:
        inside = set(range(link.first, link.end))
        if not inside <= set(heading) or not any(
            each.event in names and each.score >= _SURE for each in link.values
        ):
            continue
        rest = [words.words[place].stem for place in heading if place not in inside]
        if (
            pointed
            or link.length > 1
            or (rest and all(any(means(r, e) for e in done) for r in rest))
        ):
            return inside
    return set()


_SURE = 0.95
_POINTING = frozenset(["it", "them", "these", "those"])
