"""Words left over that can keep nobody out, whatever the workspace: "who hold a licence themselves".

Each stands beside a condition that holds what is said: a phrase of its own description, the verb of
what its field is ("sit" of a seat), a total of what is added up anyway, now of what is known of now.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from audience.english.accounting.all_time import (
    is_ever,
    is_of_all_time,
    is_of_its_days,
    is_of_once,
    is_once,
)
from audience.english.accounting.fields import entries_of
from audience.english.accounting.leaves import Leaf, leaves
from audience.english.accounting.makings import is_making
from audience.english.accounting.said_again import clause_of, is_plain
from audience.english.accounting.small_words import small_words
from audience.english.context import type_of
from audience.english.data import load
from audience.english.events import WHY, is_action, is_past
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.schema import Entry, likeness, stemmed
from audience.english.sentence import Sentence, frame_words, low_at
from audience.english.sizes import is_of_data
from audience.english.tokens import stem, stem_set
from audience.query import Aggregate, Boolean, Comparison, Literal, Not, Property, Trait


def harmless(
    places: Collection[int],
    tree: Boolean | None,
    words: Sentence,
    lexicon: Lexicon,
    found: Sequence[Link],
) -> set[int]:
    """Those of `places` that say no more than the conditions of their clause do."""
    if tree is None or not places:
        return set()
    every = leaves(tree, words)
    none = _times(places, every, words, lexicon)
    for place in places:
        clause = set(clause_of(words, place))
        held = [leaf for leaf in every if leaf.places & clause]
        if not held or not is_plain(words, place):
            continue
        entries = [entry for leaf in held for entry in entries_of(leaf.tree, lexicon)]
        if (
            _is_in_phrase(words, place, held, lexicon)
            or _is_picked(words, place, held, lexicon)
            or _is_use(words, place, held, lexicon)
            or _is_used_up(words, place, held, lexicon)
            or any(is_making(words, place, leaf, lexicon) for leaf in held)
            or _is_said_of(words, place, held, lexicon)
            or _is_set_up(words, place, held, lexicon)
            or _is_total(words, place, held)
            or _is_now(words, place, held, lexicon)
            or _is_oneself(words, place, held, lexicon)
            or _is_anywhere(words, place, held, every)
            or _is_matter(words, place, held, found)
            or _is_how(words.words[place].low, entries)
            or _is_us(words, place, entries, lexicon, found)
            or _is_home(words, place, entries)
        ):
            none.add(place)
    return none


def _times(
    places: Collection[int], every: list[Leaf], words: Sentence, lexicon: Lexicon
) -> set[int]:
    """ "ever" of what is known of all time, "at least once" of more than none, the days of a field's name."""
    none = set[int]()
    for first, (end, item) in words.items.items():
        if first not in places:
            continue
        clause = set(clause_of(words, first))
        held = [leaf for leaf in every if leaf.places & clause]
        if held and (
            (is_ever(item) and _are_of_all_time(held, lexicon))
            or (is_once(item) and all(map(is_of_once, held)))
            or all(is_of_its_days(item, leaf, lexicon) for leaf in held)
        ):
            none |= set(range(first, end))
    return none


def _are_of_all_time(held: list[Leaf], lexicon: Lexicon) -> bool:
    """Whether all are; of one that is denied and one that is not, the word tells that both are one."""
    denied = {isinstance(leaf.tree, Not) for leaf in held}
    return len(denied) == 1 and all(is_of_all_time(leaf, lexicon) for leaf in held)


def _is_said_of(words: Sentence, place: int, held: list[Leaf], lexicon: Lexicon) -> bool:
    """ "abandoned their cart" of the date of the last abandoned cart: a verb that the name has too."""
    word = words.words[place]
    if not (is_past(word) or is_action(word.stem)) or word.low in _HAVING:
        return False
    return any(
        _follows(leaf, place) and any(likeness(word.stem, each) for each in entry.words)
        for leaf in held
        if not leaf.events()
        for entry in entries_of(leaf.tree, lexicon)
    )


def _is_set_up(words: Sentence, place: int, held: list[Leaf], lexicon: Lexicon) -> bool:
    """ "with a direct debit set up", of a flag: there is one."""
    low, before = words.words[place].low, low_at(words.words, place - 1)
    if (
        low != "set up"
        and (before, low) != ("set", "up")
        and (low != "set" or low_at(words.words, place + 1) != "up")
    ):
        return False
    first = place - (low == "up")
    return any(
        first - 1 in leaf.places and type_of(entry) == "boolean"
        for leaf in held
        for entry in entries_of(leaf.tree, lexicon)
    )


def _is_in_phrase(words: Sentence, place: int, held: list[Leaf], lexicon: Lexicon) -> bool:
    """ "personal trainer" of what is described as their personal trainer: a part of its own phrase."""
    for leaf in held:
        pairs = {
            pair
            for each in entries_of(leaf.tree, lexicon)
            for pair in (*pairwise(each.words), *pairwise(stemmed(each.field.description)))
        }
        for one, two in ((place - 1, place), (place, place + 1)):
            beside = two if one == place else one
            if beside in leaf.places and beside not in words.covered():
                pair = (words.words[one].stem, words.words[two].stem)
                if pair in pairs:
                    return True
    return False


def _is_picked(words: Sentence, place: int, held: list[Leaf], lexicon: Lexicon) -> bool:
    """ "picked history" of the topics that they picked: the verb that only this field's description has."""
    said = words.words[place].stem
    if not is_action(said) or any(said in (*e.words, *e.about) for e in lexicon.events):
        return False
    return any(
        said in each.about and place + 1 in leaf.places
        for leaf in held
        if not leaf.events() and not isinstance(leaf.tree, Not)
        for each in entries_of(leaf.tree, lexicon)
        if type_of(each) in ("text", "list")
    )


def _is_use(words: Sentence, place: int, held: list[Leaf], lexicon: Lexicon) -> bool:
    """ "prefer to sit by the window", "flying from Madrid": what one does with what the field is."""
    word = words.words[place]
    things = _uses().get(word.stem, frozenset())
    if not things or word.low.endswith("ed"):
        return False
    return any(
        things & {*each.words, *each.about}
        for leaf in held
        if not leaf.events() and isinstance(leaf.tree, Comparison) and _follows(leaf, place)
        for each in entries_of(leaf.tree, lexicon)
        if type_of(each) in ("text", "list")
    )


def _is_used_up(words: Sentence, place: int, held: list[Leaf], lexicon: Lexicon) -> bool:
    """ "used 5 GB", "5 GB of data": what the unit of a number of data says already."""
    if words.words[place].stem not in _DATA:
        return False
    numbers = (
        each
        for leaf in held
        if not leaf.events()
        for each in entries_of(leaf.tree, lexicon)
        if type_of(each) == "number" and not _TO_USE & {*each.words, *each.about}
    )
    return any(map(is_of_data, numbers))


_DATA = stem_set("data", "use", "consume", "surf", "burn", "go")
_TO_USE = stem_set(
    "left", "remaining", "balance", "allowance", "included", "limit", "cap", "quota", "plan", "bundle"
)  # fmt: skip


def _follows(leaf: Leaf, place: int) -> bool:
    """Whether a word of the condition stands behind the verb, with no more than two between."""
    return any(0 < each - place <= _NEAR for each in leaf.places)


def _is_total(words: Sentence, place: int, held: list[Leaf]) -> bool:
    """ "more than 10 shows in total", "all bookings together": of what is one number anyway."""
    low, before = words.words[place].low, low_at(words.words, place - 1)
    said = {low_at(words.words, each) for each in range(max(0, place - _NEAR), place)}
    together = low == "together" and bool(said & _ALL)
    if not together and low not in _TOTALS and (before, low) not in _IN_TOTAL:
        return False
    after = place + 1
    ends = after >= len(words.words) or low_at(words.words, after) not in ("with", "of")
    return ends and any(map(_is_one_number, held)) and not any(map(_is_of_each, held))


def _is_one_number(leaf: Leaf) -> bool:
    """A number that is known of them, a sum, or how often something was done, if more than once."""
    tree = leaf.tree
    if not isinstance(tree, Comparison):
        return False
    held = [e.value for e in tree.values if isinstance(e, Literal)]
    numbers = [each for each in held if isinstance(each, Decimal)]
    if len(numbers) < len(held):
        return False
    if isinstance(tree.left, Trait):
        return bool(numbers)
    if not isinstance(tree.left, Aggregate):
        return False
    method = tree.left.reducer.method
    return method == "sum" or (method in ("count", "unique") and any(e > 1 for e in numbers))


def _is_of_each(leaf: Leaf) -> bool:
    """Whether a number is held of each that happened."""
    return any(
        isinstance(node, Comparison)
        and isinstance(node.left, Property)
        and any(isinstance(e, Literal) and isinstance(e.value, Decimal) for e in node.values)
        for node in leaf.nodes()
    )


def _is_now(words: Sentence, place: int, held: list[Leaf], lexicon: Lexicon) -> bool:
    """ "on the free plan today", "these days": what is known of people is known of now."""
    low = words.words[place].low
    these_days = low == "days" and low_at(words.words, place - 1) == "these"
    if low not in _NOW and not these_days:
        return False
    return all(
        not leaf.events()
        and all(
            type_of(each) not in ("date", "timestamp") for each in entries_of(leaf.tree, lexicon)
        )
        for leaf in held
    )


def _is_oneself(words: Sentence, place: int, held: list[Leaf], lexicon: Lexicon) -> bool:
    """ "who hold a licence themselves": those that are described, unless it is told who did it."""
    if words.words[place].low not in _ONESELF:
        return False
    if low_at(words.words, place - 1) in frame_words()["empty.prepositions"]:
        return False  # "bought for themselves"
    done = [lexicon.by_event.get(each.name) for leaf in held for each in leaf.events()]
    return not any(
        _BY & {*each.words, *each.about}
        for event in done
        if event is not None
        for each in event.properties.values()
    )


def _is_anywhere(words: Sentence, place: int, held: list[Leaf], every: list[Leaf]) -> bool:
    """ "from anywhere", "everywhere except in Spain": no place, or but the one that is kept out."""
    low, after = words.words[place].low, low_at(words.words, place + 1)
    kept_out = after in frame_words()["except"] or after in ("but", "other")
    if kept_out:
        return low in _ANYWHERE and any(isinstance(leaf.tree, Not) for leaf in every)
    if low == "anywhere":
        return after not in _NOT_ANY
    return low == "everywhere" and after in ("in", "within") and not any(e.events() for e in held)


def _is_matter(words: Sentence, place: int, held: list[Leaf], found: Sequence[Link]) -> bool:
    """ "luggage problems", "for financial reasons": beside what it was about, or why."""
    if words.words[place].low not in _MATTERS:
        return False
    for link in found:
        if place not in (link.end, link.first - 1) or not any(
            link.first in leaf.places for leaf in held
        ):
            continue
        if any((WHY | _TOPICS) & {*each.entry.words, *each.entry.about} for each in link.values):
            return True
    return False


def _is_how(low: str, entries: Sequence[Entry]) -> bool:
    """ "renew automatically" of an `auto_renew`: the adverb of a word of its name."""
    return low.endswith("ly") and any(
        len(word) >= _ROOT and low.startswith(word) for each in entries for word in each.words
    )


def _is_us(
    words: Sentence,
    place: int,
    entries: Sequence[Entry],
    lexicon: Lexicon,
    found: Sequence[Link],
) -> bool:
    """ "joined the gym", "hotels of the group": we, by what we are, where nothing here is called so."""
    word = words.words[place]
    if word.low not in _COMPANIES or low_at(words.words, place - 1) not in ("the", "our"):
        return False
    if any(link.first <= place < link.end and link.values for link in found):
        return False
    others = (*lexicon.users, *lexicon.accounts, *lexicon.events)
    named = any(word.stem in each.words for each in others) or any(
        word.stem in each.words for event in lexicon.events for each in event.properties.values()
    )
    return bool(entries) and not named


def _is_home(words: Sentence, place: int, entries: Sequence[Entry]) -> bool:
    """ "with kids at home": where it is held that there are children."""
    said = (low_at(words.words, place - 2), low_at(words.words, place - 1), words.words[place].low)
    return (
        said[1:] == ("at", "home")
        and stem(said[0]) in _CHILDREN
        and any(_CHILDREN & {*each.words, *each.about} for each in entries)
    )


@cache
def _uses() -> dict[str, frozenset[str]]:
    """The stem of a verb → stems of what it says nothing more beside."""
    return {
        stem(str(verb)): frozenset(stem(str(each)) for each in things)
        for verb, things in load("uses.yaml").items()
    }


_NEAR = 3
_HAVING = frozenset(["have", "has", "had", "got", "get", "be", "been", "is", "are", "was", "were"])
_ROOT = 4  # letters of "auto"
_ALL = frozenset(["all", "taken", "added", "put", "everything"])
_TOTALS = small_words("totals") - {"spent", "spend", "spends", "total", "totals", "sum"}
_IN_TOTAL = {("in", "total"), ("in", "sum"), ("in", "all")}
_NOW = frozenset(["today", "nowadays", "presently", "currently", "now"])
_ONESELF = frozenset(["themselves", "himself", "herself", "themself"])
_BY = frozenset(map(stem, ("by", "who", "actor", "initiator", "author")))
_ANYWHERE = frozenset(["anywhere", "everywhere"])
_NOT_ANY = frozenset(["else", "near", "outside", "between", "around", "close", "beyond"])
_MATTERS = small_words("matters")
_TOPICS = frozenset(map(stem, ("topic", "subject", "reason", "issue", "problem", "concern")))
_COMPANIES = small_words("companies")
_CHILDREN = frozenset(map(stem, ("kid", "kids", "child", "children")))
