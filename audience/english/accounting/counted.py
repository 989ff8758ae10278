"""What a number counts: the noun after it, the field before it, and nothing that another verb speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from audience.english.accounting.all_time import counts_all
from audience.english.accounting.fields import entries_of, means, values_of
from audience.english.accounting.leaves import Leaf
from audience.english.amounts import bounds
from audience.english.events import is_action, is_past
from audience.english.fees import is_money, may_be_money
from audience.english.lexicon import Lexicon
from audience.english.literals.items import Length, LengthRange, Number, Range, Within
from audience.english.schema import Entry, light, likeness, stemmed
from audience.english.sentence import Sentence, frame_words
from audience.english.stocks import how_many
from audience.english.tokens import stem
from audience.query import Aggregate, Comparison, Literal, Not, Property, Trait, Where, walk
from audience.query import Within as WithinFilter


def miscounted(every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """First words of numbers that are held against something else than what they stand beside."""
    lost = set[int]()
    for leaf in every:
        for place, (end, item) in words.items.items():
            if place not in leaf.places:
                continue
            counted = (
                isinstance(item, Range | Number)
                and getattr(item, "unit", None) in (None, "times")
                and (
                    _is_of_noun(leaf, place, end, item, words, lexicon)
                    or _is_of_verb(leaf, every, place, item, words)
                    or _is_spent(leaf, place, words, lexicon)
                    or (
                        _is_added(leaf, item, words, lexicon)
                        and not _is_never(leaf, every, item, lexicon)
                    )
                    or _is_bare(leaf, place, end, item, words)
                )
            )
            aged = getattr(item, "unit", None) == "years_old" and _is_no_age(leaf, lexicon)
            sized = isinstance(item, Within | Length | LengthRange) and _is_size(leaf, place, words)
            if counted or aged or sized or (is_money(item) and _is_no_money(leaf, lexicon)):
                lost.add(place)
        lost |= _of_one_value(leaf) | _one_only(leaf, words) | _to_one(leaf, words)
        lost |= _by_degree(leaf, words, lexicon)
    return lost


def _one_only(leaf: Leaf, words: Sentence) -> set[int]:
    """ "failed two quizzes and passed one": one, and not as many as were told of before."""
    place = max(leaf.places, default=-1) + 1
    if place >= len(words.words) or words.words[place].low != "one" or place in words.covered():
        return set()
    many = any(
        isinstance(node, Comparison)
        and isinstance(node.left, Aggregate)
        and node.left.reducer.method == "count"
        and any(
            isinstance(e, Literal) and isinstance(e.value, Decimal) and e.value > 1
            for e in node.values
        )
        for node in leaf.nodes()
    )
    return {place} if many else set()


def _to_one(leaf: Leaf, words: Sentence) -> set[int]:
    """ "gave over 20 to one fund": to the same one each time, and not once."""
    once = any(
        isinstance(node, Comparison)
        and isinstance(node.left, Aggregate)
        and node.left.reducer.method == "count"
        and node.operator == "equals"
        for node in leaf.nodes()
    )
    bounded = any(
        isinstance(item, Range | Number) or is_money(item)
        for place, (_, item) in words.items.items()
        if place in leaf.places and words.words[place].low != "one"
    )
    return {
        place
        for place in leaf.places
        if once
        and bounded
        and words.words[place].low == "one"
        and words.words[place - 1].low in _TOWARDS
    }


def _is_of_noun(
    leaf: Leaf, place: int, end: int, item: Range | Number, words: Sentence, lexicon: Lexicon
) -> bool:
    """ "paid at least 3 premiums", "rated two thrillers": so many of them, and no amount of each."""
    if end >= len(words.words) or not _holds_amount(leaf, item):
        return False
    noun = words.words[end]
    plain = noun.is_word and noun.low not in frame_words()["empty"]
    if end + 1 < len(words.words) and plain and not noun.low.endswith("s"):
        noun = words.words[end + 1]  # "at least two late deliveries"
    if not noun.is_word or not noun.low.endswith("s") or noun.low in frame_words()["empty"]:
        return False
    entries = entries_of(leaf.tree, lexicon)
    events = [each for each in entries if each.properties]
    counted = [each for each in entries if getattr(each.field, "type", None) == "number"]
    if any(means(noun.stem, each) for each in counted):
        return False
    if any(how_many(each, noun) in counted for each in events):
        return False  # "spent 500 gems", where the event has an amount
    valued = any(noun.stem in stemmed(each) for each in values_of(leaf.nodes()))
    return valued or any(means(noun.stem, each) for each in events)


def _holds_amount(leaf: Leaf, item: Range | Number) -> bool:
    """Whether a property, or a sum of one, is held against the number."""
    said = {number for _, number in bounds(item)}
    for node in leaf.nodes():
        if not isinstance(node, Comparison):
            continue
        amount = isinstance(node.left, Property) or (
            isinstance(node.left, Aggregate) and node.left.reducer.method not in ("count", "unique")
        )
        numbers = {each.value for each in node.values if isinstance(each, Literal)}
        if amount and said & numbers:
            return True
    return False


def _is_of_verb(
    leaf: Leaf, every: list[Leaf], place: int, item: Range | Number, words: Sentence
) -> bool:
    """ "spent more than 300 gems": what the verb before it was done with, and not what they have."""
    tree = leaf.tree
    if not isinstance(tree, Comparison) or not isinstance(tree.left, Trait) or place == 0:
        return False
    before = place - 1
    if not is_past(words.words[before]) or words.words[before].low in _HAVING:
        return False
    return any(before in other.places and bool(other.events()) for other in every)


def _is_bare(leaf: Leaf, place: int, end: int, item: Range | Number, words: Sentence) -> bool:
    """ "did not rate us 9", "scored 40": a number with nothing behind it that it could count."""
    tree = leaf.tree.item if isinstance(leaf.tree, Not) else leaf.tree
    if not isinstance(item, Number) or not item.text.isdigit() or not isinstance(tree, Comparison):
        return False
    counted = isinstance(tree.left, Aggregate) and tree.left.reducer.method == "count"
    if not counted or [getattr(each, "value", None) for each in tree.values] != [item.value]:
        return False
    told = min((each for each in leaf.places if words.words[each].is_word), default=place) < place
    return told and (end >= len(words.words) or not words.words[end].is_word)


def _is_spent(leaf: Leaf, place: int, words: Sentence, lexicon: Lexicon) -> bool:
    """ "spent more than 300 gems": what went out, and not what they have, where no field tells of it."""
    tree = leaf.tree
    if not isinstance(tree, Comparison) or not isinstance(tree.left, Trait) or place == 0:
        return False
    verb = words.words[place - 1]
    return (
        verb.stem == "spend"
        and is_past(verb)
        and not any(means(verb.stem, each) for each in entries_of(tree, lexicon))
    )


def _is_added(leaf: Leaf, item: Range | Number, words: Sentence, lexicon: Lexicon) -> bool:
    """ "gave £50 in total, 5 times": how often it happened, and no amount of all together."""
    if getattr(item, "unit", None) != "times":
        return False
    said = {number for _, number in bounds(item)}
    held = [
        node
        for node in leaf.nodes()
        if isinstance(node, Comparison)
        and said & {each.value for each in node.values if isinstance(each, Literal)}
    ]
    if said == {Decimal(0)} and all(isinstance(node.left, Trait) for node in held):
        return not _is_named(leaf, words, lexicon)  # "never reviewed us" of a number of reviews
    return bool(held) and not any(
        isinstance(node.left, Aggregate) and node.left.reducer.method in ("count", "unique")
        for node in held
    )


def _is_never(leaf: Leaf, every: list[Leaf], item: Range | Number, lexicon: Lexicon) -> bool:
    """ "never made a claim" of the number of their claims, and of nothing that stands right behind it."""
    none = all(number == 0 for _, number in bounds(item))
    end = max(leaf.places)
    behind = any({end + 1, end + 2} & other.places for other in every if other is not leaf)
    entries = entries_of(leaf.tree, lexicon)
    listed = isinstance(leaf.tree, Not) and all(map(_is_list_of_deeds, entries))
    return none and not behind and (listed or all(map(counts_all, entries)))


def _is_list_of_deeds(entry: Entry) -> bool:
    """ "never watched sports" of the list of what was watched."""
    return getattr(entry.field, "type", "") == "list" and any(map(is_action, entry.words))


def _is_named(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> bool:
    """Whether all that the number is of was said: no trips booked, where only "booked" was."""
    said = {words.words[place].stem for place in leaf.places}
    return all(
        any(likeness(each, word) for each in said)
        for entry in entries_of(leaf.tree, lexicon)
        for word in entry.words
        if word not in light() and not word[:1].isdigit()
    )


def _is_no_age(leaf: Leaf, lexicon: Lexicon) -> bool:
    """ "animals under one year old": how old they are, and not how many."""
    numbers = [
        each
        for each in entries_of(leaf.tree, lexicon)
        if getattr(each.field, "type", None) == "number"
    ]
    return bool(numbers) and any(_COUNTING & {*each.words} for each in numbers)


def _is_no_money(leaf: Leaf, lexicon: Lexicon) -> bool:
    """ "spent over $200 on shoes" is no shoe size: money is held against what may be an amount of it."""
    if any(_is_in_words(each) for each in values_of(leaf.nodes())):
        return False  # "$50-100", as a value says it
    numbers = [
        each
        for each in entries_of(leaf.tree, lexicon)
        if getattr(each.field, "type", None) == "number"
    ]
    held = [
        node.left
        for node in leaf.nodes()
        if isinstance(node, Comparison)
        and any(isinstance(e, Literal) and isinstance(e.value, Decimal) for e in node.values)
    ]
    counted = [e for e in held if isinstance(e, Aggregate) and e.reducer.method == "count"]
    if not numbers:
        return bool(counted) and len(counted) == len(held)
    return not any(may_be_money(each) for each in numbers)


def _is_in_words(value: str) -> bool:
    return any(letter in "$€£" for letter in value)


def _is_size(leaf: Leaf, place: int, words: Sentence) -> bool:
    """ "trials of 30 days": how long the thing is, and not when it happened."""
    if place < 2 or words.words[place - 1].low != "of" or place - 2 not in leaf.places:
        return False
    return any(isinstance(node, WithinFilter) and not node.of_parent for node in leaf.nodes())


def _of_one_value(leaf: Leaf) -> set[int]:
    """How many different values there are of a field that is held to one of them."""
    for node in leaf.nodes():
        if not isinstance(node, Aggregate) or node.reducer.method != "unique":
            continue
        held = [
            each.left
            for filter_ in node.events.filters
            if isinstance(filter_, Where)
            for each in walk(filter_.condition)
            if isinstance(each, Comparison) and each.operator == "equals"
        ]
        if node.reducer.property in held:
            return set(leaf.places)
    return set()


def _by_degree(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "low spenders": a degree is a field's value only where a word says of what."""
    lost = set[int]()
    tree = leaf.tree
    if not isinstance(tree, Comparison) or tree.operator not in ("equals", "one_of"):
        return lost
    entries = entries_of(tree, lexicon)
    for place in leaf.places:
        if words.words[place].low in _DEGREES and not _is_said(entries, words):
            lost.add(place)
    return lost


def _is_said(entries: Sequence[Entry], words: Sentence) -> bool:
    said = {word.stem for word in words.words if word.is_word}
    return any(said & {*each.words, *each.about} for each in entries)


_COUNTING = frozenset(map(stem, ("count", "cnt", "number", "num", "qty", "quantity", "nr")))
_HAVING = frozenset(["had", "got", "has", "have"])
_DEGREES = frozenset(["low", "mid", "medium", "high", "small", "large", "big", "light", "heavy"])
_TOWARDS = frozenset(["to", "for", "with", "at", "from", "by", "on"])
