"""Numbers, money and lengths of time in a piece: counted, added up, or held against a field."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from audience.english.amounts import (
    Bounds,
    bounds,
    is_amount,
    is_of_time,
    is_percent,
    is_share,
)
from audience.english.atoms import Atom
from audience.english.context import cue, type_of
from audience.english.counted_nouns import what_is_counted
from audience.english.events import is_past
from audience.english.fees import CURRENCY, MONEY, is_money, may_be_money
from audience.english.frames import EventFrame, TraitFrame
from audience.english.literals.items import (
    Item,
    LengthRange,
    Money,
    Number,
    Range,
    Vague,
)
from audience.english.marks import take_mark
from audience.english.named_numbers import is_own_period
from audience.english.of_people import comparison, sounds_like_age
from audience.english.one_more import THEM
from audience.english.prices import Prices
from audience.english.schema import Entry, beginning, likeness
from audience.english.sentence import Word, low_at
from audience.english.shares import take_share
from audience.english.tokens import name_words, stem
from audience.query import Boolean, Comparison, Literal, Property, Trait


class Amounts(Prices):
    """What a number says of the event or the trait beside it."""

    def count(self, place: int, atom: Atom, item: Item) -> int:
        """How often the event happened; see `Counts`."""
        raise NotImplementedError

    def amount(self, place: int, atom: Atom, item: Item) -> int:
        """A number or a sum of money: counted, added up, or held against a field."""
        reader = self.reader
        following = reader.atoms[place + 1] if place + 1 < len(reader.atoms) else None
        frame = reader.event()
        if isinstance(item, LengthRange | Vague):
            return self._length(place, atom, item, frame)
        if self._of_number_before(place, atom, item, frame):
            return place + 1
        if self.method() is None and take_mark(reader, place, atom, item, frame):
            return place + 1
        if isinstance(item, Number | Range) and self._is_of_them(atom):
            return self.count(place, atom, item)
        if (
            frame is not None
            and " ".join(atom.text.lower().split()) in SINGLE
            and not self._is_one(place, atom)
        ):
            self.own(frame, atom)  # "in a single payment": each by itself
            return place + 1
        if isinstance(item, Range) and item.unit == "years_old":
            return self._age(place, atom, item)
        if isinstance(item, Number | Range) and self._household(atom, item):
            return place + 1
        if self._of_persons(place, atom, item):
            return place + 1
        money = isinstance(item, Money) or (isinstance(item, Range) and item.unit == "money")
        named = following is not None and following.kind == "link"
        if is_percent(item) and not named:
            return take_share(self, place, atom, item)
        if money and frame is None and self._is_fee(atom, item):
            return place + 1
        if following is not None and self._of_things(atom, item, following, frame):
            return place + 2
        if following is not None and frame is not None and self.is_its_unit(following, frame):
            return self._of_measure(place, atom, item, following, frame)
        if following is not None and frame is not None and self._stock(item, following, frame):
            return self._of_stock(place, atom, item, following, frame)
        if following is not None and (named or not money):
            taken = self._before_name(place, atom, item, following, frame)
            if taken:
                return taken
        if money and frame is None and self._is_wanted(atom, item):
            return place + 1
        again = self._same_trait(atom, item)
        if again:
            return place + 1
        if following is not None and following.text in cue("measures") and not is_percent(item):
            if frame is not None:
                taken = self._verb_measured(place, atom, item, following, frame)
                if taken:
                    return taken
            return self._of_measure(place, atom, item, following, frame)
        if frame is None:
            if money:
                return self._trait_spend(place, atom, item)
            return self._age(place, atom, item)
        if self._distinct(place, atom, item, frame):
            return place + 3
        counts = following is not None and following.kind in ("event", "item")
        if is_percent(item):
            return place + 1
        plain = not money and isinstance(item, Range) and self.method() is None and not counts
        if plain and isinstance(item, Range) and self._of_verb(atom, item, frame):
            return place + 1
        worth = self._money_worth(place, frame) if money else None
        if worth is not None:
            tree = comparison(reader, worth, item)
            reader.fields._filter(frame, worth, tree, set(range(atom.first, atom.end)), atom)
            return place + 1
        if money or self._is_price(place, atom, item, frame):
            return self._money(place, atom, item, frame)
        only = None if counts else self.only_number(place, atom, item, frame)
        if only is not None:
            places = set(range(atom.first, atom.end))
            self.reader.fields._filter(
                frame, only, comparison(self.reader, only, item), places, atom
            )
            return place + 1
        method = self.method()
        counted = method == "sum" and counts and not self._is_added_up_to(atom)
        if method in ("avg", "max", "min", "sum") and frame.method is None and not counted:
            entry = self._measure(frame, money=True, item=item)
            if entry is not None:
                self.aggregate(frame, method, entry, bounds(item), atom)
                return place + 1
        if self._is_which(atom, item, frame):
            return place + 1
        if frame.counts or (frame is not reader.head and not self._alone()):
            return self._age(place, atom, item)
        if (
            frame is not reader.head
            and sounds_like_age(item)
            and (
                reader.world.lexicon.roles.get("age")
                or reader.world.lexicon.roles.get("date_of_birth")
            )
        ):
            return self._age(place, atom, item)
        return self.count(place, atom, item)

    def _of_number_before(
        self, place: int, atom: Atom, item: Item, frame: EventFrame | None
    ) -> bool:
        """ "bought credits, with minutes watched below 19": a number of it is called so, right before."""
        sized = isinstance(item, Range) and item.unit is None and item.text.split()[0] in _SIZED_SO
        if frame is None or not sized or frame.method is not None or self.method() is not None:
            return False
        words, known = self.reader.world.sentence.words, frame.entry.properties.values()
        found = []
        for entry in known:
            first = atom.first - len(entry.words)
            said = [words[p].stem for p in range(max(first, self.reader.piece.first), atom.first)]
            if type_of(entry) == "number" and said and tuple(said) == entry.words:
                found.append((entry, set(range(first, atom.end))))
        if len(found) != 1:
            return False
        entry, places = found[0]
        self.reader.context.used |= places
        self.reader.fields._filter(frame, entry, comparison(self.reader, entry, item), places, atom)
        return True

    def _is_of_them(self, atom: Atom) -> bool:
        """ "at least one of them paid by card": so many of those."""
        words = self.reader.world.sentence.words
        return low_at(words, atom.end) == "of" and low_at(words, atom.end + 1) in THEM

    def _of_things(self, atom: Atom, item: Item, noun: Atom, frame: EventFrame | None) -> bool:
        """ "more than 10 items in total", "3 items per order on average": so many, and no money."""
        words = self.reader.world.sentence.words
        plain = isinstance(item, Number | Range) and getattr(item, "unit", None) is None
        method = self.method()
        if frame is None or frame.method is not None or noun.kind == "event" or not plain:
            return False
        if words[noun.first].stem not in _THINGS or method is None:
            return False
        rows = frame.entry.properties.values()
        counting = [
            each for each in rows if type_of(each) == "number" and _HOW_MANY & {*each.words}
        ]
        if len(counting) != 1:
            self.reader.context.unclear.update(range(atom.first, noun.end))
            return True
        self.aggregate(frame, method, counting[0], bounds(item), atom)
        self.reader.claim(noun, frame)
        return True

    def _is_added_up_to(self, atom: Atom) -> bool:
        """ "orders adding up to 500 this year", and not "50 orders in total"."""
        words = self.reader.world.sentence.words
        before = [each.low for each in words[max(0, atom.first - 3) : atom.first]]
        return bool(set(before) & cue("total"))

    def _is_which(self, atom: Atom, item: Item, frame: EventFrame) -> bool:
        """ "completed level 40 or above": which one, where the event has a number called so."""
        words = self.reader.world.sentence.words
        noun = words[atom.first - 1] if atom.first else None
        if noun is None or noun.low.endswith("s") or getattr(item, "unit", None) is not None:
            return False
        places = set(range(atom.first, atom.end))
        for entry in frame.entry.properties.values():
            said, tree = noun.stem in entry.words, None
            if type_of(entry) == "number" and entry.words == (noun.stem,):
                tree = comparison(self.reader, entry, item)
                said = atom.first - 1 in frame.places
            elif isinstance(item, Number) and said and set(entry.words) <= {noun.stem, *_CALLED}:
                values = getattr(getattr(entry.field, "stats", None), "values", ())
                if f"{item.value:f}" not in values:
                    continue
                tree = Comparison(
                    Property(entry.field.name), "equals", (Literal(f"{item.value:f}"),)
                )
                places.add(atom.first - 1)  # "campaign 18", as an id has it
            if tree is not None and said:
                self.reader.context.used |= places
                self.reader.fields._filter(frame, entry, tree, places, atom)
                return True
        return False

    def _is_one(self, place: int, atom: Atom) -> bool:
        """ "with a single order": one and no more; not "in a single order", "a single one over 200"."""
        words = self.reader.world.sentence.words
        before = words[atom.first - 1].low if atom.first else ""
        return before in _HAVING and not self._has_amount_after(place)

    def _has_amount_after(self, place: int) -> bool:
        return _has_amount(self.reader.atoms[place + 1 :])

    def _has_amount_before(self, place: int) -> bool:
        return _has_amount(self.reader.atoms[:place])

    def _alone(self) -> bool:
        """Whether the piece has nothing but literal phrases and small words."""
        return not self.reader.words

    def _before_name(
        self, place: int, atom: Atom, item: Item, following: Atom, frame: EventFrame | None
    ) -> int:
        """ "more than 500 points": the number stands before the field that it is a value of."""
        reader = self.reader
        step = place + 1
        item_is_money = isinstance(item, Money) or getattr(item, "unit", None) == "money"
        word = reader.world.sentence.words[following.first]
        if following.kind == "cue" and following.text in cue("distinct"):
            return 0
        later = reader.atoms[step + 1].item if step + 1 < len(reader.atoms) else None
        if word.low.endswith("ing") and later is not None and is_amount(later):
            return 0  # "under 35 earning over 50k": the verb has a number of its own
        if following.kind == "event" and frame is not None and frame.method is None:
            return self._of_claimed(place, atom, item, self._noun(step).stem, frame)
        if following.kind == "link" and following.link is not None:
            named = reader.fields._name(step, following.link)
            if named is None:
                return 0
            if frame is not None and named.event is None and self._is_unit_of(following, frame):
                return self._measured(place, atom, item, following, word.low, frame)
            mine = frame is not None and self._is_part_of_it(named.entry, following)
            if item_is_money and named.event is not None and not mine:
                return 0
            if type_of(named.entry) == "text" and named.event is not None and frame is not None:
                if frame.method is not None or not isinstance(item, Range | Number):
                    return 0
                if named.score < 0.8:
                    return 0  # only its description has the word
                self.aggregate(frame, "unique", named.entry, self._so_many(atom, item), atom)
                reader.claim(following, frame)
                return step + 1
            places = set(range(atom.first, atom.end)) | set(range(following.first, following.end))
            if type_of(named.entry) == "text" and named.event is None:
                ranged = self.ranged(named.entry, item, atom)
                if ranged is None:
                    return 0
                reader.context.used |= places
                reader.add_trait(TraitFrame(ranged, places, entry=named.entry), atom.first)
                return step + 1
            if (
                type_of(named.entry) == "list"
                and named.event is None
                and bounds(item) == [("at_least", Decimal(1))]
            ):  # "at least one integration"
                reader.context.used |= places
                there: Boolean = Comparison(Trait(named.entry.field.name), "exists")
                reader.add_trait(TraitFrame(there, places, entry=named.entry), atom.first)
                return step + 1
            if type_of(named.entry) != "number" or not _suits(named.entry, item):
                return 0
            if named.event is not None and frame is not None:
                added = self._added_up(place) and not isinstance(item, Number)
                added = added and not self._is_alone(named.entry)
                added = added or self.method() in ("avg", "max", "min")
                if added and frame.method is None and not frame.counts:
                    self.aggregate(frame, self.method() or "sum", named.entry, bounds(item), atom)
                    reader.claim(following, frame)
                    return step + 1
                tree = comparison(self.reader, named.entry, item)
                reader.fields._filter(frame, named.entry, tree, places, atom)
                return step + 1
            if not bounds(item):
                return 0  # "more than", and no number
            tree = comparison(self.reader, named.entry, item)
            after = reader.atoms[step + 1] if step + 1 < len(reader.atoms) else None
            if after is not None and is_own_period(reader.fields, named.entry, after):
                step += 1  # "15,000 miles per year"
                places |= set(range(after.first, after.end))
            places |= self._held_by(place, step, named.entry)
            reader.context.used |= places
            reader.add_trait(TraitFrame(tree, places, entry=named.entry), atom.first)
            return step + 1
        if frame is not None and word.low in cue("measures"):
            return self._measured(place, atom, item, following, word.low, frame)
        return 0

    def _is_unit_of(self, noun: Atom, frame: EventFrame) -> bool:
        """ "watched ads for more than 10 minutes": of what was done, whatever else is in minutes."""
        low = self.reader.world.sentence.words[noun.first].low
        unit = noun.end - noun.first == 1 and low in cue("measures") and is_of_time(low)
        return unit and frame is self.reader.head and self._lasting(frame) is not None

    def _held_by(self, place: int, step: int, entry: Entry) -> set[int]:
        """ "using 500 kWh", "two certificates earned": verbs that say only that it is so."""
        atoms = self.reader.atoms
        before = atoms[place - 1 : place] if place else []
        words = self.reader.world.sentence.words
        near = [
            each
            for each in before  # "following 12 shows" of the shows followed
            if each.text.lower() in _HOLDING or words[each.first].stem in entry.words
        ]
        near += [each for each in atoms[step + 1 : step + 2] if each.text.lower() in _HELD]
        if words[atoms[step].end - 1].low not in cue("stocks"):  # points earned may be spent
            near += [each for each in before if each.text.lower() in _GAINED]
        said = [at for at in near if at.item is None and not (at.link and at.link.values)]
        return {each for at in said for each in range(at.first, at.end)}

    def _is_part_of_it(self, entry: Entry, noun: Atom) -> bool:
        """ "more than $40 of extras": the money of the event that is called so, and not all of it."""
        if noun.text.lower() in cue("total"):
            return False  # "over $100 in total"
        told = bool((MONEY | CURRENCY) & {*entry.words, *entry.about})
        inside = self.reader.world.sentence.words[noun.first].low  # "on extras", as one name
        return (entry.role == "money" or told) and bool({noun.before, inside} & _PART_OF)

    def _noun(self, place: int) -> Word:
        """The last of the event's words that begin there: "10 raffle tickets"."""
        atoms, words = self.reader.atoms, self.reader.world.sentence.words
        while (
            place + 1 < len(atoms)
            and atoms[place + 1].kind == "event"
            and atoms[place + 1].first == atoms[place].end
            and not is_past(words[atoms[place + 1].first])
        ):
            place += 1
        return words[atoms[place].first]

    def _counts_noun(self, entry: Entry, stem_: str, frame: EventFrame) -> bool:
        """Whether the number is of what the noun says: its one word, or what its description says."""
        if entry.words == (stem_,):
            if name_words(entry.field.name)[-1] == stem_ in frame.entry.words:
                return False  # "failed 2 levels": a level is one of them, where points are many
            return stem_ in frame.entry.words or not any(
                likeness(stem_, each) == 1.0 for each in frame.entry.words
            )
        told = stem_ in what_is_counted(entry) and entry.role != "money"
        only_described = entry.opaque and stem_ in frame.entry.about
        return told and (only_described or stem_ not in frame.entry.words)

    def _of_claimed(self, place: int, atom: Atom, item: Item, stem_: str, frame: EventFrame) -> int:
        """ "redeemed 1,000 points": the event's own noun is also what one of its numbers counts."""
        for entry in frame.entry.properties.values():
            if type_of(entry) != "number" or not self._counts_noun(entry, stem_, frame):
                continue
            alone = self._is_alone(entry) or self._of_one() or self.reader.is_each()
            alone = alone or atom.before == "of"  # "orders of 5 or more dishes"
            alone = alone or self._in_such_a(place, frame)
            if (alone or isinstance(item, Number)) and self.method() is None:
                tree = comparison(self.reader, entry, item)
                self.reader.fields._filter(
                    frame, entry, tree, set(range(atom.first, atom.end)), atom
                )
            else:
                self.aggregate(frame, self.method() or "sum", entry, bounds(item), atom)
            return place + 1
        return 0

    def _of_verb(self, atom: Atom, item: Range, frame: EventFrame) -> bool:
        """ "rated a product below 3": the number is of what the verb itself measures."""
        words = self.reader.world.sentence.words
        if self._spends():
            return False  # "spent over 500 on their stay": money
        match = self.reader.match if frame is self.reader.head else None
        own = frame.places if match is None else match.claimed
        claimed = {words[place].stem for place in own if 0 <= place < len(words)}
        for entry in frame.entry.properties.values():
            if (
                type_of(entry) != "number"
                or entry.role == "money"
                or atom.first < min(frame.places, default=0)
            ):
                continue
            if len(entry.words) == 1 and any(likeness(entry.words[0], each) for each in claimed):
                if entry.words[0] in frame.entry.words or item.text[:1] in "<>=≥≤":
                    continue
                tree = comparison(self.reader, entry, item)
                self.reader.fields._filter(
                    frame, entry, tree, set(range(atom.first, atom.end)), atom
                )
                return True
        return False

    def _distinct(self, place: int, atom: Atom, item: Item, frame: EventFrame) -> bool:
        """ "3 different categories": how many distinct values of a property."""
        near = self.reader.atoms[place + 1 : place + 2]
        if not near or near[0].kind != "cue" or near[0].text not in cue("distinct"):
            return False
        following = self.reader.atoms[place + 2] if place + 2 < len(self.reader.atoms) else None
        if following is None:
            return False
        word = self.reader.world.sentence.words[following.first]
        entry = self._of_noun(frame, following, word.stem)
        if following.link is not None:
            own = [each for each in following.link.names if each.event == frame.entry.field.name]
            entry = own[0].entry if own else entry
        if entry is None:
            return False
        if following.link is None and word.stem not in (*entry.words, *entry.about):
            self.reader.context.assume(f"“{word.text}” means {entry.field.name}.")
        self.aggregate(frame, "unique", entry, self._so_many(atom, item), atom)
        self.reader.claim(near[0], frame)
        self.reader.claim(following, frame)
        return True

    def _so_many(self, atom: Atom, item: Item) -> Bounds:
        """ "in two different shops": whoever was in a third one was in two as well."""
        rows = bounds(item)
        if rows[:1] != [("equals", rows[0][1])] or rows[0][1] <= 1 or not isinstance(item, Number):
            return rows
        if low_at(self.reader.world.sentence.words, atom.first - 1) in cue("only"):
            return rows
        self.reader.context.assume(f"“{atom.text}” different ones are at least so many.")
        return [("at_least", rows[0][1])]

    def _of_noun(self, frame: EventFrame, atom: Atom, stem: str) -> Entry | None:
        rows = []
        for entry in frame.entry.properties.values():
            like = max((likeness(stem, word) for word in entry.words), default=0.0)
            like = like or _BY_DESCRIPTION * (
                type_of(entry) == "text" and stem in beginning(entry.field.description)
            )
            if not like:
                continue
            exact = len(entry.words) == 1
            telling = "id" in entry.words or "sku" in entry.words
            rows.append((like + 0.3 * exact + 0.2 * telling - 0.05 * len(entry.words), entry))
        if not rows:
            return None
        return max(rows, key=lambda row: row[0])[1]


def _has_amount(atoms: Sequence[Atom]) -> bool:
    return any(atom.item is not None and is_amount(atom.item) for atom in atoms)


def _suits(entry: Entry, item: Item) -> bool:
    """A percentage is held against nothing but a field of percentages, and money against no size."""
    if is_money(item) and not may_be_money(entry):
        return False
    return not is_percent(item) or is_share(entry)


_BY_DESCRIPTION = 0.5  # what the description's word is worth, where the name has another
_HOLDING = frozenset(
    ["use", "uses", "using", "used", "hold", "holds", "holding", "own", "owns", "owning"]
)
_HELD = frozenset(["earned", "held", "owned", "reached", "attained", "achieved"])
_GAINED = frozenset(["earned", "reached", "gained", "accumulated", "amassed", "attained"])
_SIZED_SO = frozenset(
    ["over", "above", "under", "below", "exceeding", "greater", "higher", "lower"]
)
_PART_OF = frozenset(["of", "in", "on", "for"])
_HAVING = frozenset(["with", "have", "has", "had", "having"])
SINGLE = frozenset({"a single", "single", "any single", "one single"})
_THINGS = frozenset(stem(each) for each in ("item", "product", "thing", "article", "piece", "unit"))
_CALLED = frozenset(
    stem(each) for each in ("id", "no", "nr", "number", "code", "key", "name", "ref")
)
_HOW_MANY = frozenset(stem(each) for each in ("quantity", "qty", "items", "units", "pieces"))
