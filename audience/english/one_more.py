"""The event of before in one more condition: "twice, once by card", "3, one of them in May", "something new
and something old"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from audience.english.amounts import Bounds, bounds
from audience.english.atoms import Atom
from audience.english.context import cue, type_of
from audience.english.fields_held import is_thing
from audience.english.frames import EventFrame
from audience.english.literals.items import Item, Money, Number, Range
from audience.english.literals.lexicon import NUMBERS
from audience.english.times import is_time
from audience.query import Boolean, Comparison, Property

if TYPE_CHECKING:
    from audience.english.piece import PieceReader


def begun_anew(reader: PieceReader) -> EventFrame | None:
    """That event once more where the piece tells of some of them, of the other end, or of another one."""
    frame = reader.event()
    if frame is None or frame is reader.head or frame.negated:
        return None
    pronoun = of_them(reader)
    least = _so_many(reader, pronoun)
    end, own_end = _other_end(reader, frame), _its_end(reader, frame)
    if own_end is not None:
        last = reader.world.sentence.words[own_end].low in cue("last")
        again = EventFrame(frame.entry, {own_end}, cues={own_end}, last_time=last)
        again.first_time = not last
    elif end is not None:
        again = EventFrame(frame.entry, {end}, cues={end})
        again.last_time, again.first_time = frame.first_time, frame.last_time
    elif _is_some_of_them(reader, frame):
        times = [] if _is_timed(reader) else [*frame.times]
        again = replace(frame, times=times, counts=least, method=None, of=None, part=True)
        again.places, again.where = pronoun, [*frame.where]
    elif _is_other_number(reader, frame):
        kept = [each for each in frame.where if not _is_told(each, reader)]
        times = [] if reader.says_never() else [*frame.times]
        again = replace(frame, counts=least, places=pronoun, where=kept, times=times)
        again.part = _is_fewer(reader, frame) or bool(pronoun)
    elif _is_other_one(reader, frame):
        again = _other_one(reader, frame)
    else:
        return None
    return again


def _is_some_of_them(reader: PieceReader, frame: EventFrame) -> bool:
    """ "3 orders, at least one in the last 30 days": so many, and of those so many then."""
    items = [each.item for each in reader.atoms if each.item is not None]
    numbers = [each for each in items if isinstance(each, Range | Number)]
    sums: list[Item] = [each for each in items if isinstance(each, Money)]
    sums += [each for each in numbers if getattr(each, "unit", None) == "money"]
    counted = bool(of_them(reader)) or any(each not in sums for each in numbers)
    return (
        bool(frame.counts or frame.method is not None)
        and not (reader.words or reader.pending)
        and reader.piece.connector.op in ("comma", "and")
        and len(items) == len(reader.atoms)
        and counted
        and (bool(sums) or _is_timed(reader))
    )


def _other_end(reader: PieceReader, frame: EventFrame) -> int | None:
    """ "whose first order was under 30 and the last one over 100": the place of the other end."""
    wanted = cue("last") if frame.first_time else cue("first") if frame.last_time else frozenset()
    said = [each for each in reader.atoms if each.kind == "cue" and each.text in wanted]
    others = [each for each in reader.atoms if each.kind in ("word", "event")]
    return said[0].first if len(said) == 1 and not others else None


def _its_end(reader: PieceReader, frame: EventFrame) -> int | None:
    """ "5 orders, last order more than 45 days ago": the place of the word for the end of those."""
    cues = [each for each in reader.atoms if each.kind == "cue"]
    times = [each for each in reader.atoms if each.item is not None and is_time(each.item)]
    if not frame.counts or frame.where or frame.times or reader.pending:
        return None
    if len(cues) != 1 or cues[0].text not in cue("last") | cue("first") or len(times) != 1:
        return None
    words = reader.world.sentence.words
    told = {place for each in (*cues, *times) for place in range(each.first, each.end)}
    rest = {*range(reader.piece.first, reader.piece.end)} - told
    nouns = {*frame.entry.words, "one"}
    same = all(words[at].stem in nouns or words[at].low in _LITTLE for at in rest)
    same = same and any(words[at].stem in nouns for at in rest)
    return cues[0].first if same and reader.piece.connector.op in ("comma", "and") else None


def _is_other_number(reader: PieceReader, frame: EventFrame) -> bool:
    """ "more than 2 xlsx files or more than 3 csv files", "twice, once by card": each of them so often."""
    told, them, numbers = _own_places(reader, frame), of_them(reader), _numbers(reader)
    others = [each for each in reader.atoms if each.item is not None and each not in numbers]
    some = bool(them) or _is_fewer(reader, frame)
    return (
        bool(frame.counts and (frame.where or some) and (told or them))
        and frame.method is None
        and not (reader.pending or reader.match is not None)
        and reader.piece.connector.op in ("or", "and", "comma")
        and set(reader.words) - them <= told
        and (len(numbers) == 1 or bool(them))
        and (bool(them) or not _is_measured(reader, numbers[0]))
        and all(getattr(each.item, "unit", None) in (None, "times") for each in numbers)
        and not others
    )


def _is_other_one(reader: PieceReader, frame: EventFrame) -> bool:
    """ "heard something offline and something on the web", "a tour with Clara and one of over an hour"."""
    words = reader.world.sentence.words
    first = reader.piece.first
    low = words[first].low
    said = set(reader.words) - {first}
    held = any(each.item is not None and not is_time(each.item) for each in reader.atoms)
    told = _own_places(reader, frame)
    again = low in _OTHERS and bool(frame.where) and first not in reader.world.covered
    if low in _THINGS:
        again = any(word.low in _THINGS for word in words[max(0, first - _REACH) : first])
    return (
        again
        and reader.match is None
        and not reader.pending
        and reader.piece.connector.op in ("and", "or", "comma")
        and not any(_is_told(each, reader) for each in frame.where)
        and said <= told
        and (bool(told) or held)
        and not of_them(reader)
    )


def _other_one(reader: PieceReader, frame: EventFrame) -> EventFrame:
    """Another one: of the same things, but for what was said of how that one was."""
    first = reader.piece.first
    thing = reader.world.sentence.words[first].low in _OTHERS
    kept = [each for each in frame.where if thing and is_thing(frame, each)]
    if thing and len(frame.where) - len(kept) > 1:
        reader.context.unclear.add(first)  # like that one in some of it?
    times = [] if _is_timed(reader) else [*frame.times]
    return EventFrame(frame.entry, {first}, where=kept, times=times)


def _own_places(reader: PieceReader, frame: EventFrame) -> set[int]:
    """Where the piece names a field of the event, or a value of one."""
    return {
        place
        for link in reader.found
        for each in link.all()
        if each.event == frame.entry.field.name and (each in link.values or each.score >= _SURE)
        for place in range(link.first, link.end)
    }


def _is_told(tree: Boolean, reader: PieceReader) -> bool:
    """Whether the piece has another value of the field that `tree` holds to one."""
    names = {Property(each.entry.field.name) for link in reader.found for each in link.values}
    return isinstance(tree, Comparison) and tree.left in names


def _is_fewer(reader: PieceReader, frame: EventFrame) -> bool:
    """ "ordered twice, once with a coupon": so many of those, where the number begins or ends it."""
    numbers = _numbers(reader)
    ends = (reader.atoms[0], reader.atoms[-1]) if reader.atoms else ()
    if not numbers or not any(numbers[0] is each for each in ends):
        return False
    if _is_measured(reader, numbers[0]):
        return False
    rows = bounds(numbers[0].item) if numbers[0].item is not None else []
    return all(number < most for _, number in rows for _, most in frame.counts)


def _is_measured(reader: PieceReader, number: Atom) -> bool:
    """ "over 3 minutes", "5 items", "each over 3": how long or how much one of them was."""
    if any(word.low in _EACH for word in reader.piece_words()):
        return True
    following = [each for each in reader.atoms if each.first == number.end]
    named = [name for each in following if each.link is not None for name in each.link.names]
    return any(each.text in cue("measures") for each in following) or any(
        type_of(each.entry) == "number" for each in named
    )


def of_them(reader: PieceReader) -> set[int]:
    """The places of "one of them", "of which" behind a number: a pronoun."""
    first, covered = reader.piece.first, reader.world.covered
    said = [each.low for each in reader.piece_words()]
    frame = reader.event()
    of_those = frame is not None and frame is not reader.head and bool(frame.counts)
    if of_those and said[:1] == ["one"] and said[1:2] == ["with"] and first not in covered:
        return {first}  # "two audiobooks, one with a voucher"
    for at in range(1, len(said) - 1):
        counted = first + at - 1 in covered
        if said[at] == "of" and said[at + 1] in THEM and (counted or _value(said[at - 1])):
            own = set[int]() if counted else {first + at - 1}
            return {first + at, first + at + 1} | own
    return set()


def _so_many(reader: PieceReader, pronoun: set[int]) -> Bounds:
    """How many "two of them" are; nothing where a number stands before, which says it."""
    if not pronoun or any(each.end == min(pronoun) for each in _numbers(reader)):
        return []
    word = reader.world.sentence.words[min(pronoun)]
    value = _value(word.low)
    if value is None or value == 1:
        return [("at_least", Decimal(1))]
    reader.context.assume(f"“{word.text}” means exactly {value}.")
    return [("equals", value)]


def _value(low: str) -> Decimal | None:
    return Decimal(NUMBERS[low]) if low in NUMBERS else Decimal(low) if low.isdigit() else None


def _numbers(reader: PieceReader) -> list[Atom]:
    return [each for each in reader.atoms if isinstance(each.item, Range | Number)]


def _is_timed(reader: PieceReader) -> bool:
    return any(each.item is not None and is_time(each.item) for each in reader.atoms)


THEM = frozenset(["them", "these", "those", "which"])
_EACH = frozenset(["each", "every", "apiece"])
_OTHERS = frozenset(["one", "another"])
_THINGS = frozenset(["something", "somewhere"])
_LITTLE = frozenset(["the", "their", "was", "is", "being", "with", "of"])
_REACH = 8  # words back to the first "something"
_SURE = 0.5
