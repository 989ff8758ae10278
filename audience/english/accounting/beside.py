"""A number is held only by a condition that tells of what the number stands beside."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from audience.english.accounting.fields import entries_of, means
from audience.english.accounting.leaves import Leaf
from audience.english.amounts import bounds, unit_of
from audience.english.context import cue
from audience.english.events import is_action, is_past
from audience.english.fees import may_be_money
from audience.english.lexicon import Lexicon
from audience.english.literals.items import Number, Range
from audience.english.persons import is_age_of, is_size_of
from audience.english.schema import Entry
from audience.english.sentence import Sentence, frame_words, low_at
from audience.english.tokens import stem
from audience.query import Aggregate, Comparison, Literal, Property, Trait


def far_off(every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """First words of numbers that are held by what stands elsewhere in the sentence.

    A count needs the event's noun or verb beside its number, an amount the noun or the unit of its
    field; an age is of the people before it, and so is how many of them there are.
    """
    lost = set[int]()
    for leaf in every:
        for place, (end, item) in words.items.items():
            if place not in leaf.places or not isinstance(item, Number | Range):
                continue
            if getattr(item, "unit", None) is not None:
                continue
            counted, held = _held(leaf, item)
            if (
                counted
                and (
                    is_age_of(words.words, place, end, item)
                    or is_size_of(words.words, place, end, item) is not None
                    or _is_of_one(leaf, place, end, words)
                    or (not held and _is_a_mark(place, words))
                    or _is_of_money(leaf, place, end, words, lexicon)
                    or not _is_beside(leaf, place, end, words)
                )
            ) or (
                held
                and not counted
                and (
                    not _is_of_field(leaf, place, end, words, lexicon)
                    or _is_out_of_reach(leaf, item, lexicon)
                )
            ):
                lost.add(place)
    return lost


def _held(leaf: Leaf, item: Number | Range) -> tuple[bool, bool]:
    """Whether a count is held against the number, and whether an amount of a field is."""
    said = {number for _, number in bounds(item)}
    counted = held = False
    for node in leaf.nodes():
        if not isinstance(node, Comparison):
            continue
        if not said & {each.value for each in node.values if isinstance(each, Literal)}:
            continue
        method = node.left.reducer.method if isinstance(node.left, Aggregate) else None
        counted = counted or method == "count"
        held = (
            held
            or method in ("sum", "avg", "max", "min")
            or isinstance(node.left, Trait | Property)
        )
    return counted, held


def _is_beside(leaf: Leaf, place: int, end: int, words: Sentence) -> bool:
    """Whether a word of the condition is in the number's own phrase: "more than 3 of our spin classes"."""
    rest = leaf.places - set(range(place, end))
    if _is_elliptic(place, end, words):
        return True
    at = end
    while at < min(end + _REACH, len(words.words)):
        word = words.words[at]
        if at in rest:
            return True
        verb = is_action(word.stem) and (is_past(word) or word.low.endswith("ing"))
        if not word.is_word or verb or word.low in _STOPS:
            break
        at += 1
    at = place - 1
    small = frame_words()["empty"] | _MARKS
    while (
        at >= 0 and at not in rest and (words.words[at].low in small or not words.words[at].is_word)
    ):
        at -= 1
    return at in rest


def _is_of_one(leaf: Leaf, place: int, end: int, words: Sentence) -> bool:
    """ "orders of 5 or more items", "a booking for 4 guests": what is in one of them, and no count."""
    if place < 2 or words.words[place - 1].low not in _HOLDING or end >= len(words.words):
        return False
    noun, after = place - 2, words.words[end]
    return (
        noun in leaf.places
        and not is_past(words.words[noun])
        and after.low.endswith("s")
        and end not in leaf.places - _quantity(words)
    )


def _is_a_mark(place: int, words: Sentence) -> bool:
    """ "gave us a 9 or 10": a mark, and not so many of them."""
    return low_at(words.words, place - 1) in ("a", "an") and words.words[place].text[:1].isdigit()


def _is_of_money(leaf: Leaf, place: int, end: int, words: Sentence, lexicon: Lexicon) -> bool:
    """ "donated more than 100 to the fund": so much, more likely than so many, where nothing is counted."""
    paid = any(
        held.role == "money"
        for each in entries_of(leaf.tree, lexicon)
        for held in each.properties.values()
    )
    first, after = words.words[place], low_at(words.words, end)
    kinds = frame_words()
    alone = (
        after in (kinds["empty.prepositions"] | kinds["relatives"]) - {"of"} or end in words.items
    )
    done = place > 0 and is_past(words.words[place - 1])
    return paid and done and first.text[0].isalnum() and (alone or not after.isalnum())


def _is_out_of_reach(leaf: Leaf, item: Number | Range, lexicon: Lexicon) -> bool:
    """ "two or more cars" of the year that they were built in: a number far from any that the field has."""
    said = {number for _, number in bounds(item)}
    for node in leaf.nodes():
        if not isinstance(node, Comparison) or not isinstance(node.left, Trait | Property):
            continue
        held = said & {each.value for each in node.values if isinstance(each, Literal)}
        for entry in entries_of(leaf.tree, lexicon) if held else ():
            stats = getattr(entry.field, "stats", None)
            if entry.field.name != node.left.name or stats is None:
                continue
            least, most = _number(stats.minimum), _number(stats.maximum)
            if least is None or most is None or least <= 0:
                continue
            if any(number * _FAR < least or number > most * _FAR for number in said):
                return True
    return False


def _number(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None


def _quantity(words: Sentence) -> set[int]:
    return {place for place, word in enumerate(words.words) if word.stem in _THINGS}


def _is_elliptic(place: int, end: int, words: Sentence) -> bool:
    """ "two tours with Clara and one with Omar", "none since March, but two before": of the same."""
    before = words.words[place - 1].low if place else ","
    after = words.words[end].low if end < len(words.words) else "."
    return before in _JOINING and (after in _STOPS | _LATER or not after.isalnum())


def _is_of_field(leaf: Leaf, place: int, end: int, words: Sentence, lexicon: Lexicon) -> bool:
    """Whether a word near the number may stand for a field of the condition, or its unit does."""
    numbers = [
        each
        for each in entries_of(leaf.tree, lexicon)
        if getattr(each.field, "type", None) == "number"
    ]
    if not numbers or _is_age(numbers) or _is_beside(leaf, place, end, words):
        return True
    spoken = words.words[max(0, place - _NEAR) : end + _NEAR]
    if any(
        word.low == each.field.name.lower() or means(word.stem, each)
        for word in spoken
        for each in numbers
    ):
        return True
    lows = {word.low for word in spoken}
    if any(may_be_money(each) for each in numbers):
        return bool(lows & (cue("spend") | cue("money") | cue("total") | cue("average"))) or any(
            each in leaf.places for each in _around(place, end)
        )
    timed = any(unit_of(each) is not None for each in numbers)
    return (timed and bool(lows & (cue("measures") | _HOURS))) or any(
        each in leaf.places for each in _around(place, end)
    )


def _around(place: int, end: int) -> Iterator[int]:
    yield from (place - 1, end)


def _is_age(numbers: list[Entry]) -> bool:
    return any(each.role in ("age", "year_born", "date_of_birth") for each in numbers)


_REACH, _NEAR = 5, 6
_FAR = 20  # times as large
_HOURS = frozenset(["hour", "hours", "half", "minutes", "minute", "mins", "day", "days"])
_STOPS = frozenset(
    ["in", "for", "with", "who", "that", "which", "whose", "and", "or", "but", "from", "on", "at", "by",
     "to", "while", "where", "than", "since", "without", "not"]
)  # fmt: skip
_HOLDING = frozenset(["of", "with", "for", "containing", "including"])
_THINGS = frozenset(stem(each) for each in ("item", "product", "thing", "article", "piece", "unit"))
_JOINING = frozenset([",", ";", "and", "or", "but", "though", "although", "yet"])
_LATER = frozenset([".", "before", "after", "later", "earlier", "then", "-", "last", "this"])
_MARKS = frozenset([":", "-", "–", "=", "(", "≥", ">", "<", "x", "×"])
