"""Amounts of what is known of people: ages, fees, sums, and values that are ranges of numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from audience.catalog import TraitField
from audience.english.ages import by_birth, by_year
from audience.english.amounts import (
    Bounds,
    bounds,
    compared,
    is_outside,
    unit_scale,
)
from audience.english.atoms import Atom
from audience.english.context import cue, type_of
from audience.english.fees import PAYING, fee_after, fee_paid, may_be_money
from audience.english.frames import TraitFrame
from audience.english.literals.items import (
    Item,
    Range,
)
from audience.english.persons import end_of_party, is_age_of, is_person, is_size_of
from audience.english.schema import Entry, likeness
from audience.english.sentence import Word, low_at
from audience.english.sizes import size_factor
from audience.english.tokens import stem
from audience.query import Boolean, Comparison, Literal, Property, Trait

if TYPE_CHECKING:
    from audience.english.piece import PieceReader


class OfPeople:
    """What a number says of a trait."""

    def __init__(self, reader: PieceReader) -> None:
        self.reader = reader

    def owner(self) -> str:
        return "account" if self.reader.context.accounts else "user"

    def _is_fee(self, atom: Atom, item: Item) -> bool:
        """ "15 euros per month": the monthly sum that is known of them."""
        reader = self.reader
        fee = fee_after(reader.world, atom.end, self.owner())
        if fee is None and any(word.low in PAYING for word in reader.words.values()):
            fee = fee_paid(reader.world, atom.end, self.owner())
        if fee is None:
            return False
        entry, end = fee
        places = set(range(atom.first, end))
        reader.context.asks = [
            each
            for each in reader.context.asks
            if not any(
                first in places and each is other
                for first, (_, other) in reader.world.sentence.items.items()
            )
        ]
        places |= {
            each
            for each, word in reader.words.items()
            if any(likeness(word.stem, named) for named in entry.words)
        }
        reader.context.used |= places
        tree = comparison(reader, entry, item)
        reader.add_trait(TraitFrame(tree, places, entry=entry), atom.first)
        return True

    def _household(self, atom: Atom, item: Item) -> bool:
        """ "two-person households", "households of five or more people": how many live together."""
        reader, words = self.reader, self.reader.world.sentence.words
        after = atom.end + (atom.end < len(words) and words[atom.end].text == "-")
        around = range(max(0, atom.first - 3), min(len(words), after + 4))
        homes = {place for place in around if words[place].low in _HOMES}
        inside = {low_at(words, place) for place in range(after, after + 3)}
        within = low_at(words, after) == "in" and bool(inside & _HOMES)  # "four in the household"
        if after >= len(words) or not (words[after].low in _LIVING or within) or not homes:
            return False
        people = (
            reader.world.lexicon.accounts
            if reader.context.accounts
            else (reader.world.lexicon.users)
        )
        sizes = [each for each in people if {stem("size")} < set(each.words) & _SIZED]
        if len(sizes) != 1:
            return False
        left = Trait(sizes[0].field.name)
        tree = (
            compared(left, item)
            if type_of(sizes[0]) == "number"
            else self.ranged(sizes[0], item, atom)
        )
        if tree is None:
            return False
        places = {*range(atom.first, after + 1), *homes}
        valued = {link.first for link in reader.world.found if link.values}
        reader.context.unclear |= {p for p in homes & valued if p >= reader.piece.end}
        reader.context.used |= places
        reader.add_trait(TraitFrame(tree, places, entry=sizes[0]), atom.first)
        return True

    def _of_persons(self, place: int, atom: Atom, item: Item) -> bool:
        """ "women under 30", "families of four": of the people before it, and never of what they did."""
        reader, words = self.reader, self.reader.world.sentence.words
        if is_age_of(words, atom.first, atom.end, item) and not self._is_beside_number(place):
            self._age(place, atom, item, surely=True)
            return True
        noun = is_size_of(words, atom.first, atom.end, item)
        if noun is None:
            return self._are_together(atom, item)
        frame = reader.head
        people = (
            reader.world.lexicon.accounts
            if reader.context.accounts
            else (reader.world.lexicon.users)
        )
        known = [each for each in people if {stem("size")} < set(each.words) & _SIZED]
        if frame is not None and words[noun].low not in _HOMES:
            rows = frame.entry.properties.values()
            known = [e for e in rows if type_of(e) == "number" and _TOGETHER & set(e.words)]
        tree = None
        if len(known) == 1:
            number = type_of(known[0]) == "number"
            tree = comparison(reader, known[0], item) if number else None
            tree = tree or self.ranged(known[0], item, atom)
        places = set(range(noun + 1, atom.end))
        if tree is None:
            reader.context.unclear.update(places)
            return True
        reader.context.used |= places
        if getattr(known[0].field, "owner", None) is None and frame is not None:
            reader.fields._filter(frame, known[0], tree, places, atom)
        else:
            reader.add_trait(TraitFrame(tree, places, entry=known[0]), atom.first)
        return True

    def _are_together(self, atom: Atom, item: Item) -> bool:
        """ "booked for 4 people": of the one number of a party that the event has."""
        reader, frame = self.reader, self.reader.head
        words = reader.world.sentence.words
        end = end_of_party(words, atom.first, atom.end, item)
        if frame is None or end is None:
            return False
        rows = frame.entry.properties.values()
        known = [e for e in rows if type_of(e) == "number" and _PARTY & set(e.words)]
        if len(known) != 1:
            return False
        places = set(range(atom.first, end))
        reader.context.used |= places
        reader.fields._filter(frame, known[0], comparison(reader, known[0], item), places, atom)
        return True

    def _is_beside_number(self, place: int) -> bool:
        """ "customers over 40 NPS": a unit, or a number that is known of them, follows."""
        following = self.reader.atoms[place + 1 : place + 2]
        if not following or following[0].first != self.reader.atoms[place].end:
            return False
        link = following[0].link
        return following[0].text in cue("measures") or (
            link is not None
            and any(e.score >= _SURELY and type_of(e.entry) == "number" for e in link.names)
        )

    def _same_trait(self, atom: Atom, item: Item) -> bool:
        """ "above 8 and below 3": one more bound of the trait before."""
        reader = self.reader
        before = reader.context.last
        if reader.frames or reader.words or not isinstance(before, TraitFrame):
            return False
        if before.entry is None or type_of(before.entry) != "number":
            return False
        if any(word.stem in _WANTING for word in reader.piece_words()):
            return False  # "a salary over 30k, but wanting 45k"
        tree = comparison(reader, before.entry, item)
        places = set(range(atom.first, atom.end))
        reader.context.used |= places
        reader.add_trait(TraitFrame(tree, places, entry=before.entry), atom.first)
        return True

    def _trait_spend(self, place: int, atom: Atom, item: Item) -> int:
        reader = self.reader
        entries = [
            each
            for each in reader.world.lexicon.roles.get("spend", ())
            if getattr(each.field, "owner", "user") == self.owner()
        ]
        before = reader.words.get(atom.first - 1)
        if entries and before is not None and not self._is_spent(before, entries[0]):
            return place + 1  # "earning under £30,000": other money than what was spent
        return self._role(place, atom, item, entries)

    def _is_wanted(self, atom: Atom, item: Item) -> bool:
        """ "looking for £40k or more", "wanting at least 30k": the one sum that is called wanted."""
        reader = self.reader
        said = enumerate(reader.world.sentence.words[: atom.first])
        verbs = {p for p, word in said if p >= reader.piece.first and word.stem in _WANTING}
        lexicon = reader.world.lexicon
        people = lexicon.accounts if reader.context.accounts else lexicon.users
        found = [e for e in people if _CALLED_WANTED & {*e.words} and _is_sum_of_money(e)]
        if not verbs or len(found) != 1:
            return False
        places = {*range(atom.first, atom.end)} | verbs
        reader.context.used |= places
        tree = comparison(reader, found[0], item)
        reader.add_trait(TraitFrame(tree, places, entry=found[0]), atom.first)
        return True

    def _is_spent(self, word: Word, entry: Entry) -> bool:
        known = (*entry.words, *entry.about)
        said = word.low in cue("spend") | cue("soft") | cue("money")
        return said or any(likeness(word.stem, each) for each in known)

    def _age(self, place: int, atom: Atom, item: Item, surely: bool = False) -> int:
        rows = bounds(item)
        plain = surely or (
            isinstance(item, Range)
            and (item.unit == "years_old" or sounds_like_age(item) or self._is_called_age(atom))
        )
        if not plain and self._is_bare_range(atom, item):
            said = " ".join(atom.text.split())
            self.reader.context.assume(f"“{said}” is read as an age.")
            plain = True
        if not plain or not all(5 <= number <= 120 for _, number in rows):
            return place + 1
        called = surely or getattr(item, "unit", None) == "years_old" or self._is_called_age(atom)
        if self.reader.adjunct and not called:
            return place + 1  # "bought a coat last month, over 40": dearer, or older?
        entries = [
            each
            for each in self.reader.world.lexicon.roles.get("age", ())
            if getattr(each.field, "owner", "user") == self.owner()
        ]
        if not entries:
            return self._birth(place, atom, item, rows)
        return self._role(place, atom, item, entries)

    def _is_called_age(self, atom: Atom) -> bool:
        """ "age 30 to 45", "ages 25-34"."""
        words = self.reader.world.sentence.words
        place = atom.first - 1
        while place > 0 and words[place].text in (":", "=", "-"):
            place -= 1
        called = place >= 0 and words[place].low in ("age", "ages", "aged")
        if called:
            self.reader.context.used.update(range(place, atom.first))
        return called

    def _is_bare_range(self, atom: Atom, item: Item) -> bool:
        """ "women, 30-45, Germany": two ages and nothing else between two commas."""
        reader = self.reader
        if not isinstance(item, Range) or item.unit is not None or item.negated:
            return False
        if item.low is None or item.high is None or not 13 <= item.low < item.high <= 99:
            return False
        plain = re.fullmatch(r"\d\d\s*(-|–|to)\s*\d\d", item.text.strip())
        alone = len(reader.atoms) == 1 and not reader.words and not reader.pending
        return bool(plain) and alone and reader.piece.connector.op in ("none", "comma")

    def _birth(self, place: int, atom: Atom, item: Item, rows: Bounds) -> int:
        """An age where only the date of birth is known."""
        entries = [
            each
            for each in self.reader.world.lexicon.roles.get("date_of_birth", ())
            if getattr(each.field, "owner", "user") == self.owner()
        ]
        if not entries:
            return self._birth_year(place, atom, item, rows)
        if len(entries) != 1 or is_outside(item):
            return place + 1
        entry = entries[0]
        tree = by_birth(entry.field.name, rows, self.reader.world.today)
        if tree is None:
            return place + 1
        self.reader.context.assume(
            f"The age in “{' '.join(atom.text.split())}” is counted in whole years from {entry.field.name}."
        )
        return self._role(place, atom, item, entries, tree)

    def _birth_year(self, place: int, atom: Atom, item: Item, rows: Bounds) -> int:
        """An age where only the year of birth is known."""
        entries = [
            each
            for each in self.reader.world.lexicon.roles.get("year_born", ())
            if getattr(each.field, "owner", "user") == self.owner()
        ]
        if len(entries) != 1 or is_outside(item):
            return self._age_range(place, atom, item, rows)
        tree = by_year(entries[0].field.name, rows, self.reader.world.today)
        if tree is None:
            return place + 1
        said = " ".join(atom.text.split())
        self.reader.context.assume(
            f"The age in “{said}” is what they turn this year, from {entries[0].field.name}."
        )
        return self._role(place, atom, item, entries, tree)

    def _age_range(self, place: int, atom: Atom, item: Item, rows: Bounds) -> int:
        """An age where people are known by ranges of ages only."""
        entries = [
            each
            for each in self.reader.world.lexicon.fields_like(("age",))
            if type_of(each) == "text"
            and getattr(each.field, "owner", None) == self.owner()
            and "age" in each.words
        ]
        tree = self.ranged(entries[0], item, atom) if len(entries) == 1 else None
        if tree is None:
            return place + 1
        return self._role(place, atom, item, entries, tree)

    def ranged(self, entry: Entry, item: Item, atom: Atom) -> Boolean | None:
        """An amount of a trait whose values are ranges, as the values that lie within it."""
        from audience.english.bins import within

        stats = getattr(entry.field, "stats", None)
        if stats is None or is_outside(item) or not stats.complete:
            return None
        tree = within(Trait(entry.field.name), stats.values, bounds(item))
        if isinstance(tree, Comparison):
            names = ", ".join(str(each.value) for each in tree.values if isinstance(each, Literal))
            said = " ".join(atom.text.split())
            self.reader.context.assume(f"“{said}” is {entry.field.name} {names}.")
        return tree

    def _role(
        self,
        place: int,
        atom: Atom,
        item: Item,
        entries: list[Entry],
        tree: Boolean | None = None,
    ) -> int:
        if not entries:
            return place + 1
        if len(entries) > 1 and entries[0].certainty - entries[1].certainty < 0.03:
            entries = [self.reader.context.tie(atom.text, tuple(entries[:3]))]
        tree = tree or comparison(self.reader, entries[0], item)
        places = set(range(atom.first, atom.end))
        for near in (place - 1, place + 1):
            if 0 <= near < len(self.reader.atoms) and self.reader.atoms[near].kind == "word":
                other = self.reader.atoms[near]
                if other.text in cue("soft"):
                    places |= set(range(other.first, other.end))
        places |= self._said_by_age(atom)
        self.reader.context.used |= places
        self.reader.add_trait(TraitFrame(tree, places, entry=entries[0]), atom.first)
        return place + 1

    def _said_by_age(self, atom: Atom) -> set[int]:
        """ "young customers (18 to 25)", "seniors over 65": words that the number explains."""
        words, place = self.reader.world.sentence.words, atom.first - 1
        told = set[int]()
        while place >= 0 and (
            words[place].text == "(" or words[place].low in _OF_AGE or is_person(words[place].low)
        ):
            told |= {place} if words[place].low in _OF_AGE else set()
            place -= 1
        called = {
            place
            for link in self.reader.world.found
            if any(each.score >= _SURELY for each in link.values)
            for place in range(link.first, link.end)
        }
        for each in sorted(told - called):
            self.reader.context.assume(f"“{words[each].text}” is explained by “{atom.text}”.")
        return told - called


def _is_sum_of_money(entry: Entry) -> bool:
    return getattr(entry.field, "type", None) == "number" and may_be_money(entry)


_WANTING = frozenset(
    stem(each) for each in ("want", "wanting", "looking", "seeking", "expecting", "hoping", "asking", "after")
)  # fmt: skip
_CALLED_WANTED = frozenset(
    stem(each) for each in ("desired", "wanted", "target", "expected", "wished", "ideal", "asking")
)
_SURELY = 0.9
_OF_AGE = frozenset(
    ["young", "younger", "old", "older", "elderly", "senior", "seniors", "adult", "adults", "teen", "teens",
     "teenage", "teenagers", "pensioners", "retirees", "aged", "mature"]
)  # fmt: skip
_TOGETHER = frozenset(
    stem(each) for each in ("size", "party", "group", "people", "guests", "persons", "passengers")
)
_PARTY = _TOGETHER - {stem("size")}
_LIVING = frozenset(["person", "persons", "people", "member", "members"])
_HOMES = frozenset(["household", "households", "family", "families", "hh", "hhs"])
_SIZED = frozenset(stem(each) for each in ("size", "household", "family"))


def sounds_like_age(item: Item) -> bool:
    """ "only the ones under 35": a bare bound in a sentence of its own is an age."""
    words = item.text.lower().split()
    return isinstance(item, Range) and words[0] in (
        "under",
        "over",
        "between",
        "below",
        "above",
        "aged",
        "older",
        "younger",
    )


def comparison(reader: PieceReader, entry: Entry, item: Item) -> Boolean:
    """The field held to the amount, in the field's own unit."""
    field = entry.field
    left = Trait(field.name) if isinstance(field, TraitField) else Property(field.name)
    return compared(left, item, own_unit(reader, entry, item))


def own_unit(reader: PieceReader, entry: Entry, item: Item | None) -> Decimal:
    """See `unit_scale`; that the unit was changed is told."""
    scale = unit_scale(entry, item, reader.world.sentence.text)
    if scale < 1:
        reader.context.assume(f"{entry.field.name} is kept from 0 to 1: 1 % is {scale}.")
    elif scale != 1:
        reader.context.assume(f"{entry.field.name} is kept in cents: amounts are times {scale}.")
    size = _size(reader, entry, item)
    if size != 1:
        reader.context.assume(f"{entry.field.name}: amounts are times {size.normalize():f}.")
    return scale * size


def _size(reader: PieceReader, entry: Entry, item: Item | None) -> Decimal:
    """ "more than 5 GB" of a number of megabytes: what turns the unit behind the amount into its own."""
    words = reader.world.sentence.words
    behind = next((each for each in words if item is not None and each.start >= item.end), None)
    if behind is None or not isinstance(entry.field, TraitField):
        return Decimal(1)
    return size_factor(entry, behind.low) or Decimal(1)
