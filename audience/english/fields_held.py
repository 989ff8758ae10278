"""Conditions put where they belong: into an event's `where`, or beside the trait they go on with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audience.english.amounts import Bounds, bounds
from audience.english.atoms import Atom
from audience.english.context import type_of
from audience.english.frames import EventFrame, TraitFrame, alternatives
from audience.english.literals.items import Number, Range
from audience.english.schema import Entry, likeness
from audience.english.sentence import frame_words
from audience.english.tokens import stem
from audience.query import Boolean, Comparison, Literal, Not, Property, Trait

if TYPE_CHECKING:
    from audience.english.piece import PieceReader


class Filters:
    """Holds the events and traits of one piece to conditions."""

    def __init__(self, reader: PieceReader) -> None:
        self.reader = reader

    def _places(self, atom: Atom) -> set[int]:
        return set(range(atom.first, atom.end))

    def _left(self, entry: Entry, event: str | None) -> Trait | Property:
        return Property(entry.field.name) if event is not None else Trait(entry.field.name)

    def _with_claimed(self, frame: EventFrame, entry: Entry, tree: Boolean) -> Boolean:
        """ "watched a film or a series" of films that were watched: the word by which what was done is
        told is one of the values, too."""
        place = min(self.reader.piece.connector.places, default=0) - 1
        values = [
            each
            for link in self.reader.world.found
            if (link.first, link.end) == (place, place + 1) and place in frame.places
            for each in link.values
            if each.entry is entry and each.score >= _EXACT
        ]
        told = any(
            isinstance(e, Comparison) and e.left == Property(entry.field.name) for e in frame.where
        )
        if not values or told or not isinstance(tree, Comparison):
            return tree
        return alternatives([replace(tree, values=(Literal(values[0].value),)), tree])

    def _filter(
        self, frame: EventFrame, entry: Entry, tree: Boolean, places: set[int], atom: Atom
    ) -> None:
        """Hold an event to a property; one more value of the same property is an alternative."""
        reader = self.reader
        reader_event = frame is not reader.head
        tree = self._but_that(tree, places, atom)
        mine = [each for each in reader.pending if min(frame.places, default=0) < each < atom.first]
        if mine and reader_event and reader.match is None and self._is_without(frame, tree, mine):
            assert isinstance(tree, Comparison)
            tree = replace(tree, values=(Literal("false"),))
            reader.pending = [each for each in reader.pending if each not in mine]
            places, mine = places | set(mine), []
        if mine and reader_event and reader.match is None and not self._turned_out(mine):
            reader.pending = [each for each in reader.pending if each not in mine]
            self._not_such(frame, tree, places | set(mine))
            return
        words = reader.world.sentence.words
        if mine and len(mine) == 1 and words[mine[0]].low in ("no", "zero", "nothing", "neither"):
            # "watched no comedy", "neither drama nor comedy": it did not happen with that value
            frame.negated = True
            places |= set(mine)
            reader.pending = [each for each in reader.pending if each not in mine]
            mine = []
        if mine:
            tree = Not(tree) if len(mine) % 2 else tree
            reader.pending = [each for each in reader.pending if each not in mine]
            places |= set(mine)
        if reader_event and reader.match is None and reader.piece.connector.minus:
            self._other_than(frame, entry, tree, places)
            return
        op = reader.piece.connector.op
        if reader_event and op == "or" and not mine:
            tree = self._with_claimed(frame, entry, tree)
        last = frame.where[-1] if frame.where else None
        if (
            reader_event
            and isinstance(last, Not)
            and isinstance(last.item, Comparison)
            and isinstance(tree, Comparison)
            and last.item.left == tree.left
            and op in ("or", "comma", "and")
        ):
            frame.where[-1] = Not(alternatives([last.item, tree]))
            reader.extends = True
            frame.places |= places
            reader.context.used |= places
            return
        same = (
            isinstance(last, Comparison)
            and isinstance(tree, Comparison)
            and last.left == tree.left
            and last.operator in ("equals", "one_of", "contains")
            and tree.operator in ("equals", "contains")
        )
        if frame is not reader.head:
            reader.extends = True
            each_of = "and" in (op, reader.piece.connector.ends)
            listed = _place_of_same(frame, tree) if each_of else None
            if listed is not None and not self._is_in_one(frame, tree, atom):
                self._another(replace(frame, where=frame.where[: listed + 1]), tree, places, atom)
                return
        if same and last is not None and not self._is_in_one(frame, tree, atom):
            frame.where[-1] = alternatives([last, tree])
        else:
            frame.where.append(tree)
        frame.places |= places
        reader.context.used |= places

    def _is_in_one(self, frame: EventFrame, tree: Boolean, atom: Atom) -> bool:
        """ "an order with both a lamp and a rug": one thing that holds the one and the other."""
        if not isinstance(tree, Comparison) or tree.operator != "contains":
            return False
        words = self.reader.world.sentence.words
        if "or" in (self.reader.piece.connector.op, self.reader.piece.connector.ends):
            return False
        return any(
            words[place - 1].low in _ONE
            and words[place].stem in frame.entry.words
            and not words[place].low.endswith("s")
            for place in range(1, max(frame.places, default=0) + 1)
        )

    def _but_that(self, tree: Boolean, places: set[int], atom: Atom) -> Boolean:
        """ "where the hotel was not Lisbon": a "not" between a field and its value is of the value."""
        reader, end = self.reader, max(places, default=0)
        words = reader.world.sentence.words
        inner = [
            each
            for each in reader.pending
            if atom.first < each < end
            and (words[each].low == "not" or words[each].low.endswith("n't"))
        ]
        reader.pending = [each for each in reader.pending if each not in inner]
        places.update(inner)
        return Not(tree) if len(inner) % 2 else tree

    def _is_without(self, frame: EventFrame, tree: Boolean, denials: list[int]) -> bool:
        """ "saved it without being on Wi-Fi", "renewed, though not automatically": how it was done."""
        words = self.reader.world.sentence.words
        return (
            not frame.negated
            and frame.child is None
            and isinstance(tree, Comparison)
            and tree.operator == "equals"
            and tree.values == (Literal("true"),)
            and not any(isinstance(e, Comparison) and e.left == tree.left for e in frame.where)
            and len(denials) == 1
            and words[denials[0]].low in ("not", "without")
            and not self._is_any_of_them()
        )

    def _is_any_of_them(self) -> bool:
        """ "did not pass any of them": none of those, and not that each was not passed."""
        said = [word.low for word in self.reader.piece_words()]
        return any(
            (low in _ANY and said[place + 1 : place + 2] == ["of"]) or low in ("any", "either")
            for place, low in enumerate(said)
        )

    def _turned_out(self, denials: list[int]) -> bool:
        """ "and it wasn't resolved": what that same one was not, and not that there was no such one."""
        words = self.reader.world.sentence.words
        said = {words[each].low for place in denials for each in (place - 1, place)}
        piece = self.reader.piece
        begins = words[piece.first].low in ("it", "they", "this", "that")
        first = min(piece.connector.places, default=0)
        of_thing = (  # "a call that was not resolved": what was done, and not who did it
            piece.connector.relative
            and first > 0
            and words[first].low in ("that", "which")
            and words[first - 1].low not in frame_words()["subjects.users"]
        )
        return (begins or of_thing) and bool(said & _WAS_NOT)

    def _other_than(self, frame: EventFrame, entry: Entry, tree: Boolean, places: set[int]) -> None:
        """ "cancelled for any reason other than price": with another value than this one."""
        reader = self.reader
        frame.where.append(Not(tree))
        reader.extends = True
        words = reader.world.sentence.words
        first = min(reader.piece.connector.places, default=reader.piece.first)
        named = {
            place
            for place in range(max(0, first - 2), first)
            if any(likeness(words[place].stem, each) for each in entry.words)
        }
        frame.places |= places | named
        reader.context.used |= places | named

    def _not_such(self, frame: EventFrame, tree: Boolean, places: set[int]) -> None:
        """ "but not apparel": the event did not happen with that value, in the same window; "but never
        apparel": at no time."""
        never = self.reader.says_never()
        kept = [each for each in frame.where if not _are_alike(frame, each, tree)]
        none = replace(
            frame, places=set(places), where=[*kept, tree], negated=True, counts=[], method=None,
            of=None, times=[] if never else list(frame.times), never=never, apart=True, only=False,
        )  # fmt: skip
        self.reader.extends = False
        self.reader.frames.append(none)
        self.reader.head = none
        self.reader.context.used |= places

    def _another(self, frame: EventFrame, tree: Boolean, places: set[int], atom: Atom) -> None:
        """ "bought shoes and bags", "three dramas and two comedies": a second event like the first,
        with the other value."""
        from audience.english.times import is_time

        own = any(atom.item is not None and is_time(atom.item) for atom in self.reader.atoms)
        own = own or self.reader.says_never()  # "twice in May and never by phone"
        times = [] if own else list(frame.times)  # "shoes last month and bags this month"
        counts, own_places = self._counts_of(frame, atom)
        places = places | own_places
        second = replace(
            frame, places=set(places), where=[*frame.where[:-1], tree], times=times, counts=counts
        )
        self.reader.extends = False
        self.reader.frames.append(second)
        self.reader.head = second

    def _counts_of(self, frame: EventFrame, atom: Atom) -> tuple[Bounds, set[int]]:
        """How often, with that other value: as said before it ("two comedies", "one with Reyes"),
        else as often as before."""
        reader = self.reader
        at = reader.atoms.index(atom)
        before = reader.atoms[at - 1 : at]
        number = before[0].item if before else None
        if frame.method is None and isinstance(number, Range | Number):
            rows = bounds(number)
            if number.text.lower() == "one" and not frame.counts:
                rows = []  # "a class with Okafor and one with Reyes"
            elif rows[:1] and rows[0][0] == "equals" and number.assumption is None:
                reader.context.assume(f"“{number.text}” means exactly {rows[0][1]}.")
            return rows, self._places(before[0])
        words = reader.world.sentence.words
        single = {
            place
            for place in range(reader.piece.first, atom.first)
            if words[place].low in _SINGLE and place not in reader.world.covered
        }
        return ([], single) if single and frame.counts else (list(frame.counts), set())

    def _extends(self, trait: TraitFrame, atom: Atom) -> bool:
        """One more value of the trait before: "in Spain or France"."""
        reader = self.reader
        op = reader.piece.connector.op
        before = reader.frames[-1] if reader.frames else reader.context.last
        if (
            not isinstance(before, TraitFrame)
            or before.entry is not trait.entry
            or not before.value_like
            or any(each < atom.first for each in reader.pending)
            or reader.head is not None
            or (reader.frames and before is not reader.frames[-1])
        ):
            return False
        if not reader.frames and (
            op == "none" or reader.piece.connector.minus or reader.piece.connector.relative
        ):
            return False
        if not reader.frames and (reader.piece.connector.but or reader.piece.connector.aside):
            return False
        listed = trait.entry is not None and type_of(trait.entry) == "list"
        if listed and op != "or" and not self._are_people(before, atom):
            return False
        before.tree = alternatives([before.tree, trait.tree])
        before.places |= trait.places
        if op in ("and", "comma"):
            reader.context.assume("Several values of one field in a list mean any of them.")
        reader.context.used |= trait.places
        if not reader.frames:
            reader.extends = True
            reader.fragment = False
        return True

    def _are_people(self, before: TraitFrame, atom: Atom) -> bool:
        """ "vegans and vegetarians": these people and those, where the nouns are all that is said."""
        words = self.reader.world.sentence.words
        first = min(before.places)
        kinds = frame_words()
        lead = kinds["empty.lead"] | kinds["empty.articles"] | {"all", "every", "our"}
        nouns = (words[max(before.places)], words[atom.end - 1])
        between = range(max(before.places) + 1, atom.first)
        return (
            all(word.low in lead for word in words[:first])
            and all(word.low.endswith("s") and word.low != word.stem for word in nouns)
            and all(words[at].low in kinds["and"] | {","} for at in between)
        )


def _place_of_same(frame: EventFrame, tree: Boolean) -> int | None:
    """Where an event is held to another value of the property that `tree` holds to one."""
    if not isinstance(tree, Comparison) or tree.operator not in ("equals", "contains", "one_of"):
        return None
    for place in range(len(frame.where) - 1, -1, -1):
        each = frame.where[place]
        if (
            _are_alike(frame, each, tree)
            and isinstance(each, Comparison)
            and each.operator in ("equals", "one_of", "contains")
        ):
            return place
    return None


def _are_alike(frame: EventFrame, one: Boolean, other: Boolean) -> bool:
    """Whether both are of one property, or both tell the thing: "shoes" its category, "tents" its name."""
    if not isinstance(one, Comparison) or not isinstance(other, Comparison):
        return False
    return one.left == other.left or (is_thing(frame, one) and is_thing(frame, other))


def is_thing(frame: EventFrame, tree: Boolean) -> bool:
    """Whether it tells what the thing is: its kind, its name, its number."""
    if not isinstance(tree, Comparison):
        return False
    entry = frame.entry.properties.get(getattr(tree.left, "name", ""))
    if entry is None or _BRAND in entry.words:
        return False
    return bool(_THINGS & set(entry.words)) or entry.words == ("name",)


_EXACT = 0.95
_SINGLE = frozenset(["a", "an", "one", "another"])
_ONE = frozenset(["a", "an", "one", "single", "same"])
_BRAND = stem("brand")
_THINGS = frozenset(stem(each) for each in ("category", "product", "item", "sku"))


_ANY = frozenset(["any", "either", "one", "single"])
_WAS_NOT = frozenset(["wasn't", "weren't", "wasnt", "werent", "isn't", "was", "were", "is"])
