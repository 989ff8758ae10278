"""An amount whose field nobody named apart: "a salary over 60,000" where there are two, "more than 500 kWh".

What the words say of the field that was taken they say of others as well: the person chooses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from audience.english.accounting.fields import entries_of, means
from audience.english.accounting.leaves import Leaf, leaves
from audience.english.accounting.words import telling
from audience.english.amounts import compared, is_amount, unit_scale
from audience.english.context import cue, key_of, type_of
from audience.english.events import is_action
from audience.english.fees import is_money
from audience.english.held_now import was_once
from audience.english.lexicon import Lexicon
from audience.english.literals.items import Item, Money, Range
from audience.english.read import Read
from audience.english.reading import Option, Question
from audience.english.schema import Entry, periods, stemmed
from audience.english.sentence import Sentence
from audience.english.tokens import stem
from audience.kinds import simplified
from audience.query import (
    Aggregate,
    Boolean,
    Comparison,
    Events,
    Literal,
    Node,
    Property,
    Reducer,
    Trait,
    Where,
    transformed,
)

MOST = 4


def amount_of_several(read: Read, root: Boolean, *, accounts: bool) -> Question | None:
    """The question of which field an amount is, where the words fit several equally well."""
    for leaf in leaves(root, read.sentence):
        held = _held(leaf.tree)
        if held is None or not _has_amount(leaf, read.sentence):
            continue
        mine = [
            each
            for each in entries_of(leaf.tree, read.lexicon)
            if each.field.name == getattr(held.left, "name", None) and type_of(each) == "number"
        ]
        if len(mine) != 1:
            continue
        said = _said(leaf, mine[0], read.sentence)
        others = list(_others(leaf, held, mine[0], said, read, root, accounts))
        if others:
            options = (Option(key_of(mine[0]), root), *others[: MOST - 1])
            first, last = (read.sentence.words[end(leaf.places)] for end in (min, max))
            words = read.sentence.text[first.start : last.end]
            return Question(f"“{words}” could be held against several fields. Which one?", options)
    return None


def _held(tree: Node) -> Comparison | None:
    """The comparison of a number with an amount, in the condition."""
    match tree:
        case Comparison(left=Trait() | Property()):
            return tree
        case Comparison(left=Aggregate(events=Events() as events, reducer=Reducer(method="count"))):
            rows = [each.condition for each in events.filters if isinstance(each, Where)]
            return _held(rows[0]) if len(rows) == 1 else None
    return None


def _has_amount(leaf: Leaf, words: Sentence) -> bool:
    return any(
        place in leaf.places and isinstance(item, Range | Money) and is_amount(item)
        for place, (_, item) in words.items.items()
    )


def _said(leaf: Leaf, mine: Entry, words: Sentence) -> set[str]:
    """What is said of the field, and the unit of the amount."""
    covered = words.covered()
    free = [words.words[place] for place in leaf.places if place not in covered]
    named = {each.stem for each in free if each.low in _units() or each.stem in mine.words}
    return named | {words.words[place].stem for place in telling(leaf, words)}


def _others(
    leaf: Leaf,
    held: Comparison,
    mine: Entry,
    said: set[str],
    read: Read,
    root: Boolean,
    accounts: bool,
) -> Iterator[Option]:
    """The other fields that the words fit as well, each with the whole audience."""
    named = {word for word in said if word in mine.words}
    told = named or {word for word in said if word in mine.about}
    if _is_yearly(leaf, read.sentence):
        return
    if not leaf.events() and said <= _stems() | _GENERAL and _is_by_unit(mine, said):
        item = next(
            item for place, (_, item) in read.sentence.items.items() if place in leaf.places
        )
        for key, tree in amounts(item, said - _GENERAL, read, accounts):
            if key != key_of(mine):
                yield Option(key, simplified(exchanged(root, leaf.tree, tree)))
        return
    if leaf.events() and said and told == said and not _tells_event(leaf, said, read.lexicon):
        item = next(i for place, (_, i) in read.sentence.items.items() if place in leaf.places)
        for key, tree in amounts(item, told, read, accounts, described=True):
            if key != key_of(mine):
                yield Option(key, simplified(exchanged(root, leaf.tree, tree)))
        return
    if not told or (named and not _unsaid(mine, said)):
        return
    spoken = {read.sentence.words[place].stem for place in leaf.places}
    for entry in _numbers(leaf, held, read.lexicon, accounts):
        known = set(entry.words) if named else {*entry.words, *entry.about}
        if entry is mine or not told <= known or _unsaid(entry, said) > _unsaid(mine, said):
            continue
        if spoken & mine.about - {*entry.words, *entry.about}:
            continue  # "who want a salary of 70k", of the salary wanted
        if any(is_action(word) for word in set(entry.words) - said):
            continue  # points that were redeemed are had no longer
        if was_once(entry, mine):
            continue  # "a streak over 30" is the one that goes on
        name = entry.field.name
        left = Trait(name) if isinstance(held.left, Trait) else Property(name)
        other = replace(held, left=left)
        yield Option(key_of(entry), simplified(exchanged(root, held, other)))


def _is_by_unit(entry: Entry, said: set[str]) -> bool:
    """Whether nothing but the unit of the amount tells of the field, or not even that."""
    return bool(said - _GENERAL) or entry.role in ("money", "spend")


def _is_yearly(leaf: Leaf, words: Sentence) -> bool:
    """ "12,000 kWh a year": the period tells which field it is."""
    last = max(leaf.places)
    return any(word.stem in periods() for word in words.words[last : last + 3])


def _tells_event(leaf: Leaf, said: set[str], lexicon: Lexicon) -> bool:
    """Whether a word tells what was done, and not only the number that belongs to it."""
    entry = lexicon.by_event.get(leaf.events()[0].name)
    return entry is not None and any(means(each, entry) for each in said)


def amounts(
    item: Item, said: set[str], read: Read, accounts: bool, *, described: bool = False
) -> Iterator[tuple[str, Boolean]]:
    """The numbers of people and of what they did that are in the unit, or are money; each held to the amount."""
    if not said and not is_money(item):
        return

    def fits(entry: Entry) -> bool:
        known = {*entry.words, *entry.about} if described else {*entry.words}
        return type_of(entry) == "number" and (
            said <= known if said else entry.role in ("money", "spend")
        )

    text = read.sentence.text
    for each in read.lexicon.accounts if accounts else read.lexicon.users:
        if fits(each):
            left = Trait(each.field.name)
            yield key_of(each), compared(left, item, unit_scale(each, item, text))
    for event in () if accounts else read.lexicon.events:
        for each in event.properties.values():
            if fits(each):
                row = compared(Property(each.field.name), item, unit_scale(each, item, text))
                yield key_of(each), happened(event.field.name, row)


def happened(event: str, row: Boolean) -> Boolean:
    """That it was done at least once, so."""
    counted = Aggregate(Events(event, (Where(row),)), Reducer("count"))
    return Comparison(counted, "at_least", (Literal(Decimal(1)),))


def of_total(read: Read, accounts: bool) -> tuple[Option, ...]:
    """ "a total of more than £100" and nothing else: what the one amount may be of."""
    left = {  # what is said of it, beside its unit
        word.stem
        for place, word in enumerate(read.sentence.words)
        if word.is_word
        and place not in read.sentence.covered()
        and any(each.start <= word.start < each.end for each in read.unmatched)
    }
    items = [item for _, item in read.sentence.items.values() if is_amount(item)]
    if len(items) != 1 or not left <= _stems() | _GENERAL:
        return ()
    found = sorted(
        amounts(items[0], left - _GENERAL, read, accounts),
        key=lambda row: -len(left & set(stemmed(row[0]))),
    )
    return tuple(Option(key, simplified(tree)) for key, tree in found)[:MOST]


@cache
def _units() -> frozenset[str]:
    """Units of what was used or lasted; what is had in gigabytes is theirs to use."""
    return (cue("measures") - _STOCKS) | _MORE_UNITS


@cache
def _stems() -> frozenset[str]:
    return frozenset(stem(each) for each in _units())


def _unsaid(entry: Entry, said: set[str]) -> int:
    """How many words of the name were not said."""
    return len(set(entry.words) - said)


def _numbers(leaf: Leaf, held: Comparison, lexicon: Lexicon, accounts: bool) -> list[Entry]:
    """The numbers that may stand in the place of the one that was taken."""
    if isinstance(held.left, Trait):
        every = lexicon.accounts if accounts else lexicon.users
        return [each for each in every if type_of(each) == "number"]
    entry = lexicon.by_event.get(leaf.events()[0].name) if leaf.events() else None
    return (
        [e for e in entry.properties.values() if type_of(e) == "number"]
        if entry is not None
        else []
    )


def exchanged(root: Boolean, old: Boolean, new: Boolean) -> Boolean:
    """`root` with `new` wherever `old` stands."""
    return transformed(root, lambda node: new if node == old else node)


_GENERAL = frozenset(stem(each) for each in ("total", "amount", "value", "sum", "more", "with"))
_STOCKS = frozenset(["gb", "mb", "gigabytes", "megabytes", "percent"])
_MORE_UNITS = frozenset(["kwh", "mwh", "kw", "litres", "liters", "gallons", "calories", "kcal"])
