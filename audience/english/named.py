"""A field called by its name, and what stands beside it: a value, an amount, a date, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from audience.english.amounts import (
    compared,
    counted_in,
    is_amount,
    is_percent,
    is_share,
    scaled,
    unit_of,
)
from audience.english.atoms import Atom, places_of
from audience.english.coded import meanings
from audience.english.context import cue, type_of
from audience.english.fees import fee_after, is_money
from audience.english.frames import EventFrame, TraitFrame
from audience.english.holding import SINGLE
from audience.english.links import NameLink
from audience.english.literals.items import (
    Comparator,
    ComparatorKey,
    Length,
    LengthRange,
    Number,
    Range,
)
from audience.english.named_dates import date_tree, is_dated_thing, is_other_date, later_date
from audience.english.named_flags import (
    answered,
    is_applied,
    is_had,
    is_negative,
    is_undone,
    switched_off,
)
from audience.english.named_numbers import (
    counts_years,
    in_its_unit,
    in_years,
    is_aggregated,
    is_count,
    is_own_period,
    positive,
    signed,
    two_fields,
)
from audience.english.of_people import own_unit
from audience.english.outcomes import is_contrary
from audience.english.schema import Entry, likeness
from audience.english.times import is_time
from audience.english.tokens import stem
from audience.english.used_when import is_given
from audience.query import And, Boolean, Comparison, Literal, Not, Property, joined

if TYPE_CHECKING:
    from audience.english.fields import Fields


def take_named(fields: Fields, place: int, atom: Atom, named: NameLink) -> int:
    """Read the name at `place` with its neighbours; the place of the atom after all that was read."""
    reader = fields.reader
    atoms = reader.atoms
    places = set(range(atom.first, atom.end))
    kind = type_of(named.entry)
    if place and atoms[place - 1].kind == "cue" and atoms[place - 1].text in cue("missing"):
        return _finish(
            fields,
            place + 1,
            named,
            _absent(fields, named, atoms[place - 1].text),
            places | places_of(atoms[place - 1]),
            atom,
        )
    against = signed(fields, place, named)
    if against is not None:
        at, held = against
        return _finish(fields, max(place, at) + 1, named, held, places | places_of(atoms[at]), atom)
    step = place + 1
    sign = ""
    while step < len(atoms) and (
        atoms[step].kind == "sign"
        or _fills(atoms[step], kind)
        or (kind in ("date", "timestamp") and is_dated_thing(fields, named, step))
    ):
        sign = atoms[step].text if atoms[step].kind == "sign" else sign
        if not _fills_missing(atoms[step]):
            places |= places_of(atoms[step])
            step += 1
        else:
            break
    following = atoms[step] if step < len(atoms) else None
    if following is not None:
        if following.kind == "cue" and following.text in cue("missing"):
            places |= places_of(following)
            missing = _absent(fields, named, following.text)
            denials = [each for each in reader.pending if atom.end <= each < following.first]
            if denials:  # "renewal IS NOT NULL"
                reader.pending = [each for each in reader.pending if each not in denials]
                missing = Comparison(fields._left(named.entry, named.event), "exists")
                places |= set(denials)
            return _finish(fields, step + 1, named, missing, places, atom)
        if is_aggregated(fields, named, following):
            return step + 1
        fee = _is_fee_instead(fields, named, following, places)
        if fee:
            return fee
        tree = _beside(fields, named, following, sign, step)
        if tree is not None:
            places |= places_of(following)
            if isinstance(following.item, Comparator):  # the other field behind it
                step += 1
                places |= places_of(atoms[step])
            if step + 1 < len(atoms) and (
                _is_counted_noun(named.entry, following, atoms[step + 1])
                or is_own_period(fields, named.entry, atoms[step + 1])
            ):
                step += 1
                places |= places_of(atoms[step])
            return _finish(fields, step + 1, named, tree, places, atom)
        if kind in ("date", "timestamp") and reader.head is None and _stands_apart(named):
            tree = later_date(fields, named, step, places)
            if tree is not None:
                return _finish(fields, step, named, tree, places, atom)
    return _alone(fields, place, step, atom, named, places)


def _fills(atom: Atom, kind: str) -> bool:
    """Words between a field and its value that say nothing more."""
    if atom.kind != "word":
        return False
    return (
        atom.text in cue("seem")
        if kind in ("date", "timestamp")
        else atom.text
        in ("set", "equal", "equals", "include", "includes", "including", "contain", "contains")
    )


def _stands_apart(named: NameLink) -> bool:
    return named.score >= 0.85 or named.entry.role in ("sign_up_date", "date_last_active")


def _fills_missing(atom: Atom) -> bool:
    return atom.kind == "cue" and atom.text in cue("missing")


def _finish(
    fields: Fields, step: int, named: NameLink, tree: Boolean, places: set[int], atom: Atom
) -> int:
    at = fields.reader.atoms.index(atom)
    fields._soft(at, places)
    _own_words(fields, at, named, places)
    valued = isinstance(tree, Comparison) and tree.operator in ("equals", "contains")
    fields.place_condition(named, tree, places, atom, valued=valued)
    return step


def _own_words(fields: Fields, at: int, named: NameLink, places: set[int]) -> None:
    """Words beside a field that its name or description says too: "club contract"."""
    atoms = fields.reader.atoms
    known = {*named.entry.words, *named.entry.about}
    for near in (at - 2, at - 1, at + 1, at + 2):
        if not 0 <= near < len(atoms):
            continue
        word = fields.reader.world.sentence.words[atoms[near].first]
        counted = near == at + 2 and atoms[at + 1].item is not None  # "follow more than 15 shows"
        own = counted and atoms[near].kind == "link" and word.stem in named.entry.words
        told = atoms[near].kind == "word" and any(likeness(word.stem, each) for each in known)
        if own or told:
            places |= places_of(atoms[near])
            fields.reader.context.used |= places_of(atoms[near])


def _is_fee_instead(fields: Fields, named: NameLink, following: Atom, places: set[int]) -> int:
    """ "paying over 15 a month": the monthly sum, and not all that was ever paid; the place after it."""
    reader, item = fields.reader, following.item
    if named.event is not None or item is None or not is_money(item) or reader.head is not None:
        return 0
    fee = fee_after(reader.world, following.end, reader.modifiers.owner())
    if fee is None or fee[0] is named.entry or named.score >= _WHOLE:
        return 0
    entry, end = fee
    tree = compared(fields._left(entry, None), item, own_unit(reader, entry, item))
    places = places | set(range(following.first, end))
    reader.context.used |= places
    reader.context.asks = [each for each in reader.context.asks if each.subject != "rate"]  # type: ignore[attr-defined]
    reader.add_trait(TraitFrame(tree, places, entry=entry), following.first)
    return next(
        (at for at, each in enumerate(reader.atoms) if each.first >= end), len(reader.atoms)
    )


_WHOLE = 0.95


def _is_counted_noun(entry: Entry, number: Atom, noun: Atom) -> bool:
    """ "invited three or more friends": what the number counts, as its description says."""
    item, link = number.item, noun.link
    plain = isinstance(item, Number | Range) and getattr(item, "unit", None) is None
    own = link is not None and any(each.entry is entry for each in link.names)
    return plain and own and noun.first == number.end and not noun.before


def _absent(fields: Fields, named: NameLink, said: str = "") -> Boolean:
    """Not there; "empty" of what they may have none of is none: "the basket is empty"."""
    if said == "not missing":  # "whose phone is known", as `in_full` has it
        return Comparison(fields._left(named.entry, named.event), "exists")
    if said == "empty" and type_of(named.entry) == "number" and is_count(named.entry):
        left = fields._left(named.entry, named.event)
        return Comparison(left, "equals", (Literal(Decimal(0)),))
    return Comparison(fields._left(named.entry, named.event), "absent")


def _beside(
    fields: Fields, named: NameLink, following: Atom, sign: str, step: int
) -> Boolean | None:
    """The comparison with the atom that follows, or None where that is another matter."""
    left = fields._left(named.entry, named.event)
    kind = type_of(named.entry)
    if following.kind == "link" and following.link is not None:
        for each in following.link.values:
            if each.entry is named.entry:
                tree = fields._equals(each)
                return Not(tree) if sign == "!=" else tree
        if sign not in _SAME or following.link.values:
            return None
        return two_fields(fields, named, _SAME[sign], following)
    item = following.item
    if item is None:
        return _literal(fields, named, following, sign)
    if " ".join(item.text.lower().split()) in SINGLE:
        return None  # "add-ons in a single order": which one, and no amount of the field
    if isinstance(item, Comparator):
        other = next(iter(fields.reader.atoms[step + 1 : step + 2]), None)
        return None if other is None else two_fields(fields, named, item.operator, other)
    if isinstance(item, Range) and item.unit == "times":
        return None  # "with a discount more often than twice": how often, and no amount
    if kind == "number" and is_amount(item):
        measured = in_its_unit(fields, named, item, step)
        if measured is not None:
            return measured
        if is_percent(item) and not is_share(named.entry):
            return None
        return compared(left, item, own_unit(fields.reader, named.entry, item))
    if kind == "text" and named.event is None and is_amount(item):
        return fields.reader.modifiers.ranged(named.entry, item, following)
    if kind in ("date", "timestamp") and (is_time(item) or isinstance(item, Range)):
        if is_other_date(fields, named):
            return None
        return date_tree(fields, named, item)
    if kind == "number" and is_time(item) and counts_years(named.entry):
        return in_years(left, item)
    unit = unit_of(named.entry)
    if kind == "number" and isinstance(item, Length) and unit is not None:
        return Comparison(left, "equals", (Literal(counted_in(item.duration, unit)),))
    if kind == "number" and isinstance(item, LengthRange) and unit is not None:
        rows = scaled(item, unit)  # "a term longer than 5 years"
        asks = fields.reader.context.asks
        fields.reader.context.asks = [each for each in asks if each is not item]
        return joined(And, tuple(Comparison(left, op, (Literal(number),)) for op, number in rows))
    return None


def _literal(fields: Fields, named: NameLink, following: Atom, sign: str) -> Boolean | None:
    """A value that was not seen in the data counts only where it is plainly given as one."""
    word = fields.reader.world.sentence.words[following.first]
    if following.kind != "word" or type_of(named.entry) not in ("text", "list"):
        return None
    if not (sign or word.quoted):
        return None
    if named.entry.field.stats.complete and named.entry.field.stats.values:  # type: ignore[union-attr]
        fields.reader.context.unknown_values.append((named.entry, word.text))
    tree = fields.compare_value(named, word.text)
    fields.reader.context.assume(
        f"“{word.text}” is not among the values seen of {named.entry.field.name}."
    )
    return Not(tree) if sign == "!=" else tree


def _alone(
    fields: Fields, place: int, step: int, atom: Atom, named: NameLink, places: set[int]
) -> int:
    """Nothing beside the name: a boolean holds, a date is past, anything else is there."""
    reader = fields.reader
    left = fields._left(named.entry, named.event)
    kind = type_of(named.entry)
    words = reader.world.sentence.words[atom.first : atom.end]
    if kind == "boolean":
        holds = not any(
            is_negative(word) or is_undone(word, named.entry) or is_contrary(word.stem, named.entry)
            for word in words
        )
        holds = holds != named.entry.refuses
        answer = answered(fields, atom)
        if answer is not None:
            holds, places = holds == answer[0], places | answer[1]
        said = switched_off(reader.atoms, step)
        if said is not None:
            holds = named.entry.refuses
            places |= {each for at in reader.atoms[step : said + 1] for each in places_of(at)}
            step = said + 1
        step = _said_once_more(fields, step, named, places)
        near = reader.atoms[place - 1] if place else None
        if (
            near is not None
            and near.kind in ("word", "cue")
            and (near.text in cue("off") or is_negative(reader.world.sentence.words[near.first]))
        ):
            holds = named.entry.refuses
            places |= places_of(near)
        tree: Boolean = Comparison(left, "equals", (Literal("true" if holds else "false"),))
        beside = [reader.atoms[at] for at in (place - 1, step) if 0 <= at < len(reader.atoms)]
        for each in beside:
            if each.kind == "word" and each.text in cue("on_") | cue("soft"):
                places |= places_of(each)
        return _finish(fields, step, named, tree, places, atom)
    over = any(word.low in _OVER for word in reader.piece_words())
    if kind in ("date", "timestamp") and over and not _BEGINNING & set(named.entry.words):
        return _is_over(fields, step, atom, named, places)
    if (
        named.event is not None
        and reader.head is not None
        and kind != "boolean"
        and (named.score < 0.97 or named.entry.opaque)
        and not is_applied(fields, place, named)
        and not is_given(reader.world.sentence.words, atom.first, named)
    ):
        reader.head.places |= places
        reader.context.used |= places
        return step
    if reader.head is not None and _is_held(reader.head, named):
        reader.claim(atom, reader.head)
        return step
    money = reader.atoms[step] if step < len(reader.atoms) else None
    if kind == "number" and named.event is None and money and money.text.lower() in cue("money"):
        tree = Comparison(left, "greater_than", (Literal(Decimal(0)),))  # "owes us money"
        return _finish(fields, step + 1, named, tree, places | places_of(money), atom)
    other = kind in ("date", "timestamp") and is_other_date(fields, named)
    if other or not is_had(fields, place, named):
        return step
    tree = Comparison(left, "exists")
    nouns = [
        each for each in words if each.stem in named.entry.words
    ] or words  # "children under 12"
    several = nouns[-1].low.endswith("s") or nouns[-1].low in ("children", "people")
    if any(word.low == "known" for word in reader.piece_words()):
        several = False  # "whose points are known": some number, and be it none
    if kind == "text" and several and named.event is None:
        counted = positive(named.entry)  # "with kids", where their number is kept as a text
        if counted is not None:
            return _finish(fields, step, named, counted, places, atom)
    told = named.event is not None and reader.event() is not None
    told = told or named.entry.field.name in reader.world.lexicon.states
    if kind == "number" and several and told:
        denied = [each for each in reader.pending if 0 < atom.first - each <= _NEXT]
        if denied:  # "searched and got no results": it happened, and there were none
            reader.pending = [each for each in reader.pending if each not in denied]
            none = Comparison(left, "equals", (Literal(Decimal(0)),))
            return _finish(fields, step, named, none, places | set(denied), atom)
    nothing = none_value(named.entry) if kind == "text" and named.event is None else None
    if nothing is not None:  # "no plan", where "none" is a value of it
        denied = [each for each in reader.pending if each < atom.first]
        reader.pending = [each for each in reader.pending if each not in denied]
        operator = "equals" if len(denied) % 2 else "differs"
        held = Comparison(left, operator, (Literal(nothing),))
        return _finish(fields, step, named, held, places | set(denied), atom)
    several = several or (atom.before in ("a", "an") and is_count(named.entry))  # "with a child"
    owned = reader.piece.connector.with_ and named.event is None and is_count(named.entry)
    if kind == "number" and owned and not several and not reader.pending:
        tree = Comparison(left, "greater_than", (Literal(Decimal(0)),))  # "with credit": not 0
    spoken = {word.low for word in reader.piece_words()}
    owned = named.event is None and is_count(named.entry) and bool(spoken & _SOME)
    none_of = any(each < atom.first for each in reader.pending) and is_count(named.entry)
    none_of = none_of or owned  # "something overdue", "nothing overdue"
    plain = named.entry.role is None or (named.event is not None and is_count(named.entry))
    if kind == "number" and (several or none_of) and plain:
        tree = Comparison(left, "greater_than", (Literal(Decimal(0)),))
        if any(each < atom.first for each in reader.pending):
            reader.context.assume(f"No {atom.text}: those without a value are in.")
    return _finish(fields, step, named, tree, places, atom)


_SAME: Mapping[str, ComparatorKey] = {"=": "equals", "==": "equals", "!=": "differs"}
_SOME = frozenset(["something", "anything", "nothing"])


def _is_held(frame: EventFrame, named: NameLink) -> bool:
    """ "five stars for the staff": the noun of a number that was said before it."""
    return (
        named.event == frame.entry.field.name
        and type_of(named.entry) == "number"
        and any(
            isinstance(each, Comparison) and each.left == Property(named.entry.field.name)
            for each in frame.where
        )
    )


def _said_once_more(fields: Fields, step: int, named: NameLink, places: set[int]) -> int:
    """ "no panels on the roof": the place behind the words that name the same yes or no again."""
    atoms = fields.reader.atoms
    while step < len(atoms):
        link = atoms[step].link
        if link is None or link.values or all(e.entry is not named.entry for e in link.names):
            break
        places |= places_of(atoms[step])
        step += 1
    return step


def _is_over(fields: Fields, step: int, atom: Atom, named: NameLink, places: set[int]) -> int:
    """ "whose trial has ended", "… has not ended yet": the day lies back, or it does not."""
    reader = fields.reader
    left = fields._left(named.entry, named.event)
    tree: Boolean = Comparison(left, "less_than", (Literal(reader.world.today.isoformat()),))
    verb = reader.atoms[step] if step < len(reader.atoms) else None
    if verb is None or verb.text.lower() not in _OVER:
        return _finish(fields, step, named, tree, places, atom)
    denials = [each for each in reader.pending if atom.end <= each < verb.first]
    reader.pending = [each for each in reader.pending if each not in denials]
    if len(denials) % 2:
        tree = And((Comparison(left, "exists"), Not(tree)))
    return _finish(fields, step + 1, named, tree, places | places_of(verb) | set(denials), atom)


_BEGINNING = frozenset(map(stem, ("start", "begin", "sign", "since", "open", "create", "join")))
_OVER = frozenset(["expired", "ended", "lapsed", "past", "passed"])


def none_value(entry: Entry) -> str | None:
    """The value of a text that says that there is none, as it is written or as it is explained."""
    stats = getattr(entry.field, "stats", None)
    values = stats.values if stats is not None else ()
    told = {value for value, said in meanings(entry.field.description, values) if said in NOTHING}
    found = [each for each in values if each.lower() in NOTHING or each in told]
    return found[0] if len(found) == 1 else None


NOTHING = frozenset(["none", "no", "nothing", "n/a"])
_NEXT = 2  # words from a "no" to the noun that it belongs to
