"""Words left over that say once more what a condition of their clause holds: "an approved claim decision".

The other way round from the other checks: not what was taken and is not held, but what nothing took
and is held all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from audience.catalog import TraitField
from audience.english.accounting.fields import entries_of, values_of
from audience.english.accounting.leaves import Leaf, leaves
from audience.english.accounting.own_verbs import is_own_verb
from audience.english.accounting.small_words import small_words
from audience.english.accounting.things import is_of_money, is_thing_of, only_does
from audience.english.coded import meanings
from audience.english.context import type_of
from audience.english.events import WHY, is_action
from audience.english.journeys import is_way_there
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.paraphrase import are_one_idea
from audience.english.schema import Entry, stemmed
from audience.english.sentence import Sentence, frame_words, low_at
from audience.english.tokens import stem
from audience.query import Aggregate, Boolean, Comparison, Literal, Not, Reducer


def said_again(
    places: Collection[int],
    tree: Boolean | None,
    words: Sentence,
    lexicon: Lexicon,
    found: Sequence[Link],
) -> set[int]:
    """Those of `places` that name a field which their clause holds, or are verbs that say nothing.

    After a number stands what is measured by it ("2 GB of data"), which may not be what holds it.
    """
    if tree is None or not places:
        return set()
    every = leaves(tree, words)
    again = set[int]()
    for place in places:
        clause = set(clause_of(words, place))
        if is_plain(words, place) and _is_idle(words, place):
            again.add(place)
            continue
        if words.words[place].low in _REPEAT and any(map(_is_repeated, every)):
            again.add(place)
            continue
        held = [leaf for leaf in every if leaf.places & clause]
        if held and is_plain(words, place):
            said = [leaf for leaf in held if not isinstance(leaf.tree, Not)]
            entries = [entry for leaf in said for entry in entries_of(leaf.tree, lexicon)]
            if (
                words.words[place].low in _SAY_NOTHING
                or _is_family(words.words[place].low, entries)
                or _is_leave(words, place)
                or _is_reason(words, place, entries)
                or _is_way(words, place, said, found)
                or is_of_money(words.words[place].low, entries)
                or _is_remaining(words, place, held, lexicon)
                or any(_is_of_value(words, place, leaf, found, entries, lexicon) for leaf in said)
                or any(_is_of_price(words, place, leaf) for leaf in said)
                or any(_is_feature(words, place, leaf, lexicon) for leaf in said)
                or any(is_way_there(words, place, leaf, lexicon) for leaf in said)
                or any(leaf.events() and only_does(words, place, leaf, lexicon) for leaf in said)
                or any(is_own_verb(words, place, leaf, lexicon) for leaf in said)
                or _is_next(words.words[place].low, entries)
                or any(
                    place - 1 in leaf.places and _is_described(words, place, leaf, lexicon)
                    for leaf in said
                )
                or (
                    _is_noun(words, place, found, entries, every)
                    and not _is_measured(words, place, clause)
                    and (
                        any(
                            words.words[place].stem in (*each.words, *each.about)
                            and not _is_of_other_value(words.words[place].stem, each, said)
                            for each in entries
                        )
                        or any(is_thing_of(words.words[place].stem, e, lexicon) for e in said)
                    )
                )
            ):
                again.add(place)
    return again


def _is_of_other_value(stem: str, entry: Entry, said: Sequence[Leaf]) -> bool:
    """Whether a description has the word to explain a value, and that one is not held."""
    values = getattr(getattr(entry.field, "stats", None), "values", ())
    held = {value for leaf in said for value in values_of(leaf.nodes())}
    told = [
        value
        for value, meaning in meanings(entry.field.description, values)
        if stem in stemmed(meaning)
    ]
    return bool(told) and stem not in entry.words and not held & set(told)


def _is_idle(words: Sentence, place: int) -> bool:
    """ "one donation to their name": a phrase that says no more."""
    for phrase in _IDLE:
        for first in range(place - len(phrase) + 1, place + 1):
            if phrase == tuple(low_at(words.words, first + step) for step in range(len(phrase))):
                return True
    return False


def _is_repeated(leaf: Leaf) -> bool:
    """ "repeat guests, 3+ stays": something that happened twice at the least."""
    tree = leaf.tree
    return (
        isinstance(tree, Comparison)
        and isinstance(tree.left, Aggregate)
        and tree.left.reducer.method == "count"
        and tree.operator in ("at_least", "greater_than")
        and any(
            isinstance(each, Literal)
            and isinstance(each.value, Decimal)
            and each.value + (tree.operator == "greater_than") >= _TWICE
            for each in tree.values
        )
    )


def _is_family(low: str, entries: Sequence[Entry]) -> bool:
    """ "families with kids": people together, where it is held that they have children."""
    return low in _KINDS["gatherings"] and any(_CHILDREN & set(each.words) for each in entries)


def _is_remaining(words: Sentence, place: int, held: list[Leaf], lexicon: Lexicon) -> bool:
    """ "800 points left": of a number that is known of them; not of all the seats that they bought."""
    return words.words[place].low in ("left", "remaining") and any(
        isinstance(each.field, TraitField)
        and each.field.type == "number"
        and not _is_whole(each, lexicon)
        for leaf in held
        for each in entries_of(leaf.tree, lexicon)
    )


def _is_whole(entry: Entry, lexicon: Lexicon) -> bool:
    """Whether another number tells how many of them are used up: seats, and seats used."""
    owned = lexicon.users if getattr(entry.field, "owner", "") == "user" else lexicon.accounts
    return any(
        each is not entry
        and type_of(each) == "number"
        and _USED & set(each.words)
        and (set(entry.words) & set(each.words)) - _USED
        for each in owned
    )


def _is_of_value(
    words: Sentence,
    place: int,
    leaf: Leaf,
    found: Sequence[Link],
    entries: Sequence[Entry],
    lexicon: Lexicon,
) -> bool:
    """ "on the monthly plan", "a detached house": what a value may be said of, right behind it."""
    told = words.words[place].stem
    thing = any(told in each.words for each in lexicon.events)  # "remote jobs" are viewed
    said = words.words[place].low in _OF_VALUES or (
        not thing and any(are_one_idea(told, word) for each in entries for word in each.words)
    )
    said = said or (told in _CARDS and any(each.role == "tier" for each in entries))
    return (
        said
        and place - 1 in leaf.places
        and not leaf.events()
        and any(link.end == place and link.first in leaf.places and link.values for link in found)
    )


def _is_feature(words: Sentence, place: int, leaf: Leaf, lexicon: Lexicon) -> bool:
    """ "the export feature" of an export that is held: what it is, where nothing else is called so."""
    word = words.words[place]
    if word.low not in _FEATURES or place - 1 not in leaf.places or place - 1 in words.covered():
        return False
    before = words.words[place - 1].stem
    held = entries_of(leaf.tree, lexicon)
    named = any(before in each.words for each in held)
    return named or any(before in stemmed(each) for each in values_of(leaf.nodes()))


def _is_of_price(words: Sentence, place: int, leaf: Leaf) -> bool:
    """ "and cost at least 100": right before an amount of money that is held."""
    item = words.items.get(place + 1)
    money = item is not None and getattr(item[1], "unit", "money") == "money"
    return words.words[place].low in _OF_PRICES and money and place + 1 in leaf.places


def _is_reason(words: Sentence, place: int, entries: Sequence[Entry]) -> bool:
    """ "cancelled over the price": because of it, where the reason is held."""
    if words.words[place].low != "over" or place + 1 in words.covered():
        return False
    return any(WHY & set(each.words) for each in entries)


def _is_way(words: Sentence, place: int, said: Sequence[Leaf], found: Sequence[Link]) -> bool:
    """ "booked over the phone": how it was done, by a value that is held."""
    after = place + 1 + (low_at(words.words, place + 1) in ("the", "our"))
    return words.words[place].low == "over" and any(
        link.first == after and link.first in leaf.places and link.values
        for link in found
        for leaf in said
        if leaf.events() and after not in words.covered() and not _is_summed(leaf)
    )


def _is_summed(leaf: Leaf) -> bool:
    """Whether several of them are added up: which of them were done so?"""
    return any(isinstance(each, Reducer) and each.method == "sum" for each in leaf.nodes())


def _is_leave(words: Sentence, place: int) -> bool:
    """ "may be contacted by sms": no month."""
    return words.words[place].low == "may" and low_at(words.words, place + 1) == "be"


def _is_next(low: str, entries: Sequence[Entry]) -> bool:
    """ "with an upcoming trip" of the date of the next one."""
    return low in _NEXT and any(_NEXT_STEMS & set(each.words) for each in entries)


def is_plain(words: Sentence, place: int) -> bool:
    """A common word by itself: a name may be of something that is not here."""
    word = words.words[place]
    first = place == 0 or words.words[place - 1].line != word.line
    return word.is_word and not word.quoted and (first or word.text.islower())


def _is_measured(words: Sentence, place: int, clause: set[int]) -> bool:
    """ "2 GB of data": what a number before it counts, which "above 80 in the test" does not."""
    before = [each for each in clause & set(words.covered()) if each < place]
    between = range(max(before, default=place) + 1, place)
    said = [words.words[each].low for each in between]
    return bool(before) and not any(
        low in _CLOSING and after in _KINDS["empty.articles"] for low, after in pairwise(said)
    )


def _is_noun(
    words: Sentence,
    place: int,
    found: Sequence[Link],
    entries: Sequence[Entry],
    every: Sequence[Leaf],
) -> bool:
    """No verb, no value of what may be meant here, and the name of no other field."""
    word = words.words[place]
    if is_action(word.stem) or {word.low, word.stem} & _KINDS["light_verbs"]:
        return False
    own = {id(each) for each in entries}
    done = {each.name for leaf in every for each in leaf.events()}
    for link in found:
        if not link.first <= place < link.end:
            continue
        if link.audience is not None or link.term is not None:
            return False
        if any(each.event is None or each.event in done for each in link.values):
            return False
        if any(each.score >= _NAMED and id(each.entry) not in own for each in link.names):
            return False
    return True


def _is_described(words: Sentence, place: int, leaf: Leaf, lexicon: Lexicon) -> bool:
    """ "live event" of what is described as "a live event was joined": the end of its own phrase."""
    phrase = (words.words[place - 1].stem, words.words[place].stem)
    return any(
        phrase in pairwise(stemmed(each.field.description))
        for each in entries_of(leaf.tree, lexicon)
    )


def clause_of(words: Sentence, place: int) -> Iterator[int]:
    """The places around, up to a sign, a new line or a word that begins something else."""
    yield place
    after = place + 1 + (low_at(words.words, place + 1) == "us")  # "told us that they moved"
    led = low_at(words.words, after) in ("who", "that")  # "volunteers who did 20 hours"
    for step in (-1, 1):
        other = after + 1 if step > 0 and led else place + step
        while 0 <= other < len(words.words) and not _is_border(words, other, place):
            yield other
            other += step


def _is_border(words: Sentence, other: int, place: int) -> bool:
    word = words.words[other]
    return (
        word.line != words.words[place].line
        or (not word.is_word and word.text in _SIGNS)
        or word.low in _BORDERS
    )


_KINDS = frame_words()
_BORDERS = _KINDS["and"] | _KINDS["or"] | _KINDS["but"] | _KINDS["except"] | _KINDS["relatives"]
_SIGNS = frozenset(",;:()•-–—/&|")
_SAY_NOTHING = small_words("say_nothing")
_IDLE = tuple(tuple(phrase.split()) for phrase in sorted(small_words("idle_phrases")))
_FEATURES = frozenset(["feature", "function", "functionality"])
_OF_VALUES = small_words("of_values")
_CARDS = frozenset(["card", "status", "level"])  # "an Onyx card"
_OF_PRICES = small_words("of_prices")
_REPEAT = frozenset(["repeat", "returning"])
_TWICE = 2
_CHILDREN = frozenset(map(stem, ("kids", "children", "child", "family", "household")))
_CLOSING = frozenset(["in", "at", "on", "for", "with", "from", "by", "during"])
_NEXT = frozenset(["upcoming", "coming", "next"])
_NEXT_STEMS = frozenset(["next", "upcom", "upcoming"])
_NAMED = 0.9
_USED = frozenset(map(stem, ("used", "taken", "occupied", "filled", "consumed", "assigned")))
