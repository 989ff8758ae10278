"""Every part of a condition goes back to words of the prompt: its event, its number, its window."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal

from audience.english.accounting.fields import entries_of, means, values_of
from audience.english.accounting.happened import unhappened
from audience.english.accounting.leaves import Leaf
from audience.english.accounting.small_words import small_words
from audience.english.amounts import bounds
from audience.english.context import cue
from audience.english.events import WHY, is_action, is_past
from audience.english.implying import MOVES, side_of
from audience.english.in_full.said import called
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.literals.items import Length, Money, Number, Range, Within
from audience.english.schema import likeness, stemmed
from audience.english.sentence import Sentence, Word, frame_words
from audience.english.tokens import stem
from audience.query import (
    Aggregate,
    Comparison,
    Events,
    Literal,
    Not,
    Property,
    Reducer,
    Trait,
)
from audience.query import Within as WithinFilter

_ONE_DAY = re.compile(
    r"((in|within|during) )?(one|a|a single|any|the same|1) (day|week|month|quarter|year)$", re.I
)


def unproven(
    every: list[Leaf],
    words: Sentence,
    lexicon: Lexicon,
    found: Sequence[Link],
    known: Collection[str] = (),
) -> set[int]:
    """Places of words that came to a condition which they do not say.

    `known` are events that need no words, being what an earlier prompt was about.
    """
    lost = set[int]()
    for leaf in every:
        if leaf.is_named(found):
            continue
        lost |= unhappened(leaf, every, words, lexicon, found, known)
        lost |= _other_things(leaf, words, lexicon, found)
        lost |= _taken_object(leaf, every, words, found)
        lost |= _total(leaf, words, lexicon)
        lost |= _is_in_one_day(leaf, words)
        lost |= _of_many(leaf, words, lexicon)
        lost |= _from_to(leaf, words, found) | _other_end(leaf, words, lexicon, found)
        lost |= _not_last(leaf, words) | _last_of_such(leaf, every, words, lexicon)
        lost |= _no_reason(leaf, words, lexicon, found)
        lost |= _of_itself(leaf, words, lexicon)
        lost |= _to_come(leaf, every, words, lexicon) | _not_over(leaf, words, lexicon)
    return lost


def _aggregates(leaf: Leaf) -> list[Comparison]:
    return [
        node
        for node in leaf.nodes()
        if isinstance(node, Comparison) and isinstance(node.left, Aggregate)
    ]


def _of_itself(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "renewed a pass", and not that it renews by itself; "an order over 50", and not the average one."""
    if leaf.events():
        return set()
    entries = entries_of(leaf.tree, lexicon)
    if {called(each) for each in entries} & {words.words[place].low for place in leaf.places}:
        return set()
    own = {word for each in entries for word in each.words}
    done = any(is_past(words.words[place]) for place in leaf.places)
    if _AUTO in own and done:
        told = any(word.stem.startswith(_AUTO) for word in words.words)
        return set() if told else set(leaf.places)
    if own & _AVERAGE and not any(
        word.low in cue("average") or word.stem in _AVERAGE for word in words.words
    ):
        if any(word.low in _TOTALS - {"spent", "spend", "spends"} for word in words.words):
            return set(leaf.places)  # "total spend": of all together
        said = leaf.places - set(words.covered())
        one = any(place and words.words[place - 1].low in _ONE for place in said)
        one = one or any(words.words[place].low in _SEVERAL for place in said)
        return set(leaf.places) if one else set()
    return set()


def _other_things(leaf: Leaf, words: Sentence, lexicon: Lexicon, found: Sequence[Link]) -> set[int]:
    """A number held against how often it happened, though it counts something else.

    "rated it 1 or 2 stars", "booked for two people", "received campaign 18".
    """
    lost = set[int]()
    for comparison in _aggregates(leaf):
        left = comparison.left
        assert isinstance(left, Aggregate)
        if left.reducer.method != "count" or not isinstance(left.events, Events):
            continue
        entry = lexicon.by_event.get(left.events.name)
        numbers = {each.value for each in comparison.values if isinstance(each, Literal)}
        known = _known_of_each(leaf) if numbers == {Decimal(1)} else set[object]()
        for place, (end, item) in words.items.items():
            if place not in leaf.places or not isinstance(item, Range | Number):
                continue
            if {number for _, number in bounds(item)} <= known:
                continue  # "a review of 1 or 2 stars": of how it was, and not how often
            if isinstance(item, Range) and item.unit is not None:
                continue
            if not {number for _, number in bounds(item)} & numbers:
                continue
            noun = words.words[end] if end < len(words.words) else None
            if noun is not None and noun.is_word and entry is not None:
                own = any(
                    noun.stem in each.words
                    and len(each.words) == 1
                    and getattr(each.field, "type", None) == "number"
                    and not (noun.low.endswith("s") and noun.stem in entry.words)
                    for each in entry.properties.values()
                )
                valued = any(noun.stem in stemmed(each) for each in values_of(leaf.nodes()))
                if own or (noun.low in _PEOPLE and not valued):
                    lost.add(place)
                    continue
            if _is_of_field(words.words, place, found) or _is_worth(words.words, place):
                lost.add(place)
            if place and words.words[place - 1].low in ("all", "both", "from"):
                lost.add(place)  # "all four podcasts", "from 20 up to 10 days back"
            if (
                noun is not None
                and noun.text.lower() in frame_words()["subjects.users"]
                and not any(noun.stem in stemmed(each) for each in values_of(leaf.nodes()))
            ):
                lost.add(place)  # "more than 2 buyers"
            if _is_label(words.words, place, end, item, found):
                lost.add(place)
    return lost


def _known_of_each(leaf: Leaf) -> set[object]:
    """The numbers that properties are held against."""
    return {
        value.value
        for node in leaf.nodes()
        if isinstance(node, Comparison) and isinstance(node.left, Property)
        for value in node.values
        if isinstance(value, Literal)
    }


def _is_of_field(words: Sequence[Word], place: int, found: Sequence[Link]) -> bool:
    """ "a discount of more than 20": the number is that of a field which is named before it."""
    if place < 2 or words[place - 1].low != "of":
        return False
    return any(
        link.end == place - 1
        and any(
            e.score >= 0.9 and getattr(e.entry.field, "type", "") == "number" for e in link.names
        )
        for link in found
    )


def _is_worth(words: Sequence[Word], place: int) -> bool:
    """ "worth exactly 25": an amount."""
    return place > 0 and words[place - 1].low in _WORTH


def _is_label(
    words: Sequence[Word], place: int, end: int, item: Range | Number, found: Sequence[Link]
) -> bool:
    """ "campaign 18": a number that tells which one, right after the noun and with none after it."""
    bare = isinstance(item, Number) or (item.low is not None and item.low == item.high)
    if not bare or place == 0 or not item.text.isdigit():
        return False
    before = words[place - 1]
    named = any(link.end == place and any(e.score >= 0.6 for e in link.names) for link in found)
    if not before.is_word or (is_action(before.stem) and not named):
        return False
    if before.low in frame_words()["empty"] and not named:
        return False
    if named and not is_action(before.stem) and item.text.isdigit():
        return True  # "campaign 8 coupons"
    after = words[end] if end < len(words) else None
    return after is None or not after.is_word or after.low in _AFTER_LABEL


def _taken_object(
    leaf: Leaf, every: list[Leaf], words: Sentence, found: Sequence[Link]
) -> set[int]:
    """ "use Slack": the object of a verb went into another condition, and the verb stands alone.

    What happened is then held to nothing, and the value to a field that the verb may not be about.
    """
    if not isinstance(leaf.tree, Comparison) or not leaf.places:
        return set()
    events = leaf.events()
    if len(events) != 1 or events[0].filters:
        return set()
    if [getattr(each, "value", None) for each in leaf.tree.values] != [Decimal(1)]:
        return set()
    place = max(leaf.places) + 1
    articles = frame_words()["empty.articles"]
    while place < len(words.words) and words.words[place].low in articles:
        place += 1
    if place >= len(words.words) or not words.words[place].is_word:
        return set()
    for other in every:
        if other is leaf or place not in other.places or min(other.places) < place:
            continue
        if _is_value(other.tree) and any(
            link.first == place and any(each.score >= 0.9 for each in link.values) for link in found
        ):
            return set(other.places)
    return set()


def _is_value(tree: object) -> bool:
    return (
        isinstance(tree, Comparison)
        and isinstance(tree.left, Trait)
        and tree.operator in ("equals", "one_of", "contains")
    )


def _is_in_one_day(leaf: Leaf, words: Sentence) -> set[int]:
    """ "ordered twice in one day": any day, not the last one."""
    if not leaf.events():
        return set()
    return {
        place
        for place, (_, item) in words.items.items()
        if place in leaf.places
        and (
            (isinstance(item, Within) and item.approach in ("in", "within"))
            or (isinstance(item, Length) and any(isinstance(n, WithinFilter) for n in leaf.nodes()))
        )
        and _ONE_DAY.match(item.text)
        and not any(isinstance(n, WithinFilter) and n.of_parent for n in leaf.nodes())
    }


def _of_many(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "1000 euros of bookings", "$50 in refunds": of all together, where each was looked at."""
    lost = set[int]()
    events = leaf.events()
    entry = lexicon.by_event.get(events[0].name) if events else None
    if entry is None or any(isinstance(n, Reducer) and n.method == "sum" for n in leaf.nodes()):
        return lost
    for place, (end, item) in words.items.items():
        money = isinstance(item, Money) or (isinstance(item, Range) and item.unit == "money")
        if place not in leaf.places or not money or end + 1 >= len(words.words):
            continue
        noun = words.words[end + 1]
        many = noun.low.endswith("s") and means(noun.stem, entry)
        if words.words[end].low in ("of", "in") and many:
            lost.add(place)
    return lost


def _from_to(leaf: Leaf, words: Sentence, found: Sequence[Link]) -> set[int]:
    """ "changed from starter to business": two values of which one comes after the other."""
    values = {
        str(each.value)
        for node in leaf.nodes()
        if isinstance(node, Comparison) and node.operator == "one_of"
        for each in node.values
        if isinstance(each, Literal)
    }
    placed = {
        link.first
        for link in found
        if link.first in leaf.places and any(each.value in values for each in link.values)
    }
    return {
        place
        for place in placed
        if words.words[place - 1].low == "to"
        and any(words.words[other - 1].low == "from" for other in placed if other < place)
    }


def _other_end(leaf: Leaf, words: Sentence, lexicon: Lexicon, found: Sequence[Link]) -> set[int]:
    """ "moved from Basic", where the event only knows of a Basic that somebody moved to."""
    lost = set[int]()
    for node in leaf.nodes():
        if not isinstance(node, Comparison) or not isinstance(node.left, Property):
            continue
        values = values_of([node])
        entries = [
            entry
            for each in leaf.events()
            if (event := lexicon.by_event.get(each.name)) is not None
            and (entry := event.properties.get(node.left.name)) is not None
        ]
        for link in found:
            before = side_of(words.words, link.first)
            if before not in MOVES or link.first not in leaf.places:
                continue
            other = MOVES["to" if before == "from" else "from"]
            if any(each.value in values and each.entry in entries for each in link.values) and all(
                other & set(each.words) and not MOVES[before] & set(each.words) for each in entries
            ):
                lost |= set(range(link.first, link.end))
    return lost


def _not_last(leaf: Leaf, words: Sentence) -> set[int]:
    """ "did not open the last newsletter": not the last one that they opened."""
    if not isinstance(leaf.tree, Not):
        return set()
    if not any(isinstance(n, Reducer) and n.method in ("first", "last") for n in leaf.nodes()):
        return set()
    cues = cue("last") | cue("first")
    denied = [each for each in leaf.places if words.words[each].low in frame_words()["negations"]]
    denied += [each for each in leaf.places if words.words[each].low.endswith("n't")]
    start = min(denied, default=0)  # "whose last call was not resolved" is of the last one
    return {place for place in leaf.places if place > start and words.words[place].low in cues}


def _last_of_such(leaf: Leaf, every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "whose last express order was returned": the last of those, and not the last that was one."""
    values = {word for value in values_of(leaf.nodes()) for word in stemmed(value)}
    told = [
        node.left.reducer.method
        for node in leaf.nodes()
        if isinstance(node, Comparison) and isinstance(node.left, Aggregate)
    ]
    entry = lexicon.by_event.get(leaf.events()[0].name) if leaf.events() else None
    if entry is None or told not in (["last"], ["first"]):
        return set()
    same = [each for each in every if [e.name for e in each.events()] == [entry.field.name]]
    return {
        place
        for place in leaf.places
        if len(same) > 1
        and words.words[place].stem in values
        and words.words[place - 1].low in cue(told[0])
        and place + 1 in leaf.places
        and means(words.words[place + 1].stem, entry)
    }


def _no_reason(leaf: Leaf, words: Sentence, lexicon: Lexicon, found: Sequence[Link]) -> set[int]:
    """ "complained and were refunded": what happened to them, not what they complained about."""
    values = values_of(leaf.nodes())
    lost = set[int]()
    for link in found:
        place = link.first
        if place not in leaf.places or link.length > 1 or place < 2:
            continue
        if not is_past(words.words[place]) or words.words[place - 1].low not in _BECAME:
            continue
        held = [each for each in link.values if each.value in values and each.event is not None]
        if held and all(WHY & set(each.entry.words) for each in held):
            lost.add(place)
    return lost


_BECAME = frozenset(["was", "were", "got", "been", "being"])


def _to_come(leaf: Leaf, every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "no trips since January": a date of the next trip says nothing of those gone by."""
    verbs = [p for p in leaf.places if is_past(words.words[p]) and not _is_noun(words.words[p])]
    if _is_span(leaf, every) and not verbs:
        return set()  # "whose road test is this month"
    said = {words.words[place].low for place in leaf.places}
    for node in leaf.nodes():
        if not isinstance(node, Comparison) or not isinstance(node.left, Trait):
            continue
        if node.operator not in _GONE_BY or said & _COMING:
            continue
        entries = entries_of(node, lexicon)
        if said & {called(each) for each in entries}:
            continue
        if any(_COMING & set(each.words) for each in entries):
            return set(leaf.places)
    return set()


def _not_over(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "started a trial in the last 2 weeks": the day until which it runs says nothing of when it began."""
    tree = leaf.tree
    if not isinstance(tree, Comparison) or tree.operator != "within_last":
        return set()
    said = {words.words[place].stem for place in leaf.places}
    for entry in entries_of(tree, lexicon):
        ends = _ENDS & set(entry.words)
        if (
            ends
            and called(entry) not in said
            and not any(likeness(each, word) for each in said for word in _ENDS)
        ):
            return set(leaf.places)
    return set()


def _is_noun(word: Word) -> bool:
    """ "arrival", "departure": what a date may be of, and no verb."""
    return word.low.endswith(("al", "als", "ure", "ures"))


def _is_span(leaf: Leaf, every: list[Leaf]) -> bool:
    """Whether the date is asked to lie between two days."""
    return not isinstance(leaf.tree, Not) and any(
        isinstance(other.tree, Comparison)
        and isinstance(leaf.tree, Comparison)
        and other.tree.left == leaf.tree.left
        and other.tree.operator in ("at_most", "less_than")
        for other in every
    )


_ENDS = frozenset(
    map(
        stem, ("until", "end", "ends", "ended", "expires", "expiry", "over", "lapsed", "ran", "out")
    )
)
_COMING = frozenset(["next", "upcoming", "upcom", "coming", "come", "future", "futur"])
_GONE_BY = frozenset(["within_last", "at_least", "greater_than", "after_date"])


def _total(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "hotels under 150": a sum where the amount stands with the thing, not with the verb."""
    lost = set[int]()
    for comparison in _aggregates(leaf):
        left = comparison.left
        assert isinstance(left, Aggregate)
        if left.reducer.method != "sum" or left.reducer.property is None:
            continue
        if any(word.low in _TOTALS or likeness(word.stem, "spend") for word in words.words):
            continue
        for place, (_, item) in words.items.items():
            if place in leaf.places and isinstance(item, Range | Number | Money) and place:
                before = words.words[place - 1]
                sized = item.text.split()[0].lower() in _SIZES
                if sized and before.is_word and not is_action(before.stem):
                    lost.add(place)
    return lost


_AUTO = "auto"
_AVERAGE = frozenset(map(stem, ("average", "avg", "mean", "typical", "usual")))
_ONE = frozenset(["a", "an", "one", "single"])
_SEVERAL = frozenset(["orders", "purchases", "bookings", "payments", "visits"])
_PEOPLE = small_words("people")
_WORTH = small_words("worth")
_AFTER_LABEL = small_words("after_label")
_TOTALS = small_words("totals")
_SIZES = small_words("sizes")
