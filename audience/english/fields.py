"""What links become: values and names of traits and properties, saved audiences, glossary terms."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from audience.english.atoms import Atom
from audience.english.context import cue, property_of, type_of
from audience.english.events import is_past
from audience.english.frames import EventFrame, TraitFrame, alternatives
from audience.english.implying import MOVES
from audience.english.lexicon import ValueLink
from audience.english.links import Link, NameLink
from audience.english.schema import Entry, likeness
from audience.english.sentence import english_stems
from audience.query import Boolean, Comparison, Literal, Not, Property, Trait

if TYPE_CHECKING:
    from audience.english.piece import PieceReader


class Fields:
    """Takes the links of one piece."""

    def __init__(self, reader: PieceReader) -> None:
        self.reader = reader

    def take(self, place: int, atom: Atom) -> int:
        """Read the link at `place`; the place of the atom after all that was read."""
        link = atom.link
        assert link is not None
        if link.audience is not None and not link.values:
            tree = Comparison(Trait(link.audience.key), "equals", (Literal("true"),))
            self.reader.add_trait(TraitFrame(tree, self._places(atom)), atom.first)
            return place + 1
        if link.term is not None:
            return self._term(place, atom, link.term)
        named = self._name(place, link, asks=not link.values)
        family = named is not None and self._like_before(named) > 0
        if (
            named is not None
            and named.score >= 0.99
            and named.event is None
            and self._is_had(place)
        ):
            family = family or all(each.score <= 1.0 for each in link.values)
        if (
            link.values
            and not family
            and not (named and named.score > 0.97 and self._goes_on(place))
            and not (named and self._is_what_it_was(place, named))
            and not self._is_dated(place, link)
        ):
            return self._value(place, atom, link)
        if link.values:
            named = self._is_dated(place, link) or self._name(place, link)
        words = self.reader.world.sentence.words[atom.first : atom.end]
        paid = all(word.low in cue("spend") for word in words)
        if named is not None and not (paid and named.score < 0.85):
            return self._named(place, atom, named)
        return place + 1

    def _is_what_it_was(self, place: int, named: NameLink) -> bool:
        """ "added vegan items": a flag of the event itself, before the noun that it happened to."""
        following = self.reader.atoms[place + 1] if place + 1 < len(self.reader.atoms) else None
        return (
            named.event is not None
            and named.score >= 0.99
            and type_of(named.entry) == "boolean"
            and following is not None
            and following.kind == "event"
        )

    def _is_dated(self, place: int, link: Link) -> NameLink | None:
        """ "contract ended": the noun of a date, not a value that is only called alike."""
        if any(each.score >= 0.95 for each in link.values):
            return None
        following = self.reader.atoms[place + 1 : place + 2]
        if not following or following[0].text.split()[-1].lower() not in cue("seem"):
            return None
        dated = [
            each
            for each in link.names
            if each.event is None and type_of(each.entry) in ("date", "timestamp")
        ]
        verb = self.reader.world.sentence.words[following[0].first].stem
        told = [each for each in dated if any(likeness(verb, w) for w in each.entry.words)]
        return told[0] if len(told) == 1 else None

    def _places(self, atom: Atom) -> set[int]:
        return set(range(atom.first, atom.end))

    def _term(self, place: int, atom: Atom, term: str) -> int:
        from audience.reader import read

        tree = read(self.reader.world.catalog.glossary[term])
        self.reader.context.assume(f"“{atom.text}” means what the glossary says.")
        self.reader.add_trait(TraitFrame(tree, self._places(atom)), atom.first)
        return place + 1

    # Values -------------------------------------------------------------------------------------

    def _value(self, place: int, atom: Atom, link: Link) -> int:
        if self._is_by(place, link):
            return place + 1
        after = self._name_after(place, link)
        best, rivals = self._best_value(place, atom, link, after)
        end = place + 1
        places = self._places(atom)
        if best.event is None and self.reader.only is not None and type_of(best.entry) != "list":
            self.reader.context.used |= self._places(self.reader.only)
        if after is not None and best.entry is after[1].entry:
            end = after[0] + 1
            places |= self._places(self.reader.atoms[after[0]])
        frame = self.reader.event()
        if rivals:
            entry = self.reader.context.tie(atom.text, (best.entry, *rivals))
            best = next(each for each in (best, *link.values) if each.entry is entry)
        self._soft(place, places)
        self._own_noun(end, best.entry, places)
        self._own_noun(place - 1, best.entry, places)  # "newsletter weekly"
        self._own_verb(place, best.entry, places)
        if best.event is not None and frame is not None:
            self._filter(frame, best.entry, self._equals(best), places, atom)
            return end
        tree = self._equals(best)
        trait = TraitFrame(tree, places, entry=best.entry, value_like=True)
        self._soft(place, places)
        if not self._extends(trait, atom):
            self.reader.add_trait(trait, atom.first)
        return end

    def _soft(self, place: int, places: set[int]) -> None:
        """Small words that only lead to a value ("living in", "residents of") are its own."""
        for step in (-1, 1, 2, -2):
            near = place + step
            if 0 <= near < len(self.reader.atoms):
                other = self.reader.atoms[near]
                named = other.kind == "link" and other.link is not None and not other.link.values
                if (other.kind == "word" or named) and other.text.lower() in cue("soft"):
                    places |= self._places(other)
                    self.reader.context.used |= self._places(other)

    def _own_noun(self, place: int, entry: Entry, places: set[int]) -> None:
        """ "a plus plan": the noun after a value may be a word of the field's own name."""
        if not 0 <= place < len(self.reader.atoms):
            return
        after = self.reader.atoms[place]
        word = self.reader.world.sentence.words[after.first]
        named = after.kind == "link" and after.link is not None and not after.link.values
        if not (after.kind == "word" or named) or after.first not in self.reader.words:
            return
        known = entry.words if english_stems() & set(entry.words) else (*entry.words, *entry.about)
        if any(likeness(word.stem, each) for each in known):
            places |= self._places(after)
            self.reader.context.used |= self._places(after)

    def _is_by(self, place: int, link: Link) -> bool:
        """ "referred by a partner": who did it is the value, the verb only leads to it."""
        following = self.reader.atoms[place + 1] if place + 1 < len(self.reader.atoms) else None
        if following is None or following.link is None or link.length != 1:
            return False
        words = self.reader.world.sentence.words
        mine = {id(each.entry) for each in link.values}
        return (
            is_past(words[link.first])
            and words[link.end].low == "by"
            and any(id(each.entry) in mine for each in following.link.values)
        )

    def _own_verb(self, place: int, entry: Entry, places: set[int]) -> None:
        """ "managed by Kim": a verb before a value that its field's description says too."""
        before = self.reader.atoms[place - 1] if place else None
        if before is None or self.reader.head is not None:
            return
        led = before.link is not None and self._is_by(place - 1, before.link)
        if before.kind != "word" and not led:
            return
        word = self.reader.world.sentence.words[before.first]
        own = any(each.startswith(word.stem) for each in entry.words)  # "owned", of the owner
        if own or led or (is_past(word) and any(likeness(word.stem, each) for each in entry.about)):
            places |= self._places(before)
            self.reader.context.used |= self._places(before)

    def _best_value(
        self, place: int, atom: Atom, link: Link, after: tuple[int, NameLink] | None
    ) -> tuple[ValueLink, tuple[Entry, ...]]:
        named = {id(after[1].entry)} if after is not None else set[int]()
        before = self.reader.atoms[place - 1] if place else None
        head = self.reader.head
        said = {word.low for word in self.reader.piece_words()}
        said |= self._of_list(atom)
        language = bool(
            said
            & {
                "prefer",
                "prefers",
                "speak",
                "speaks",
                "speaking",
                "speaker",
                "speakers",
                "language",
            }
        )
        rows = []
        for each in link.values:
            score = each.score + 0.1 * min(1.0, each.entry.certainty)
            if id(each.entry) in named:
                score += 0.6
            if each.event is not None:
                following = head is not None and atom.first >= min(head.places, default=0)
                score += 0.25 if following and each.event == head.entry.field.name else -0.2  # type: ignore[union-attr]
            if self._list_goes_on(each):
                score += 0.6
            if each.event is not None and (self._goes_with(place, each) or self._kept_out(each)):
                score += 0.5
            if atom.before in MOVES and MOVES[atom.before] & set(each.entry.words):
                score += 0.3  # "upgraded from Basic to Pro"
            if each.entry.place == "language":
                score += 0.6 if language else -0.15
            if before is not None and before.kind == "word" and before.text in cue("soft"):
                score += 0.2 if each.entry.role in ("country", "state", "city") else 0.0
            rows.append((score, each))
        rows.sort(key=lambda row: -row[0])
        best = rows[0][1]
        rivals = tuple(
            each.entry
            for score, each in rows[1:]
            if rows[0][0] - score < 0.05 and each.entry is not best.entry
        )
        return best, rivals

    def _list_goes_on(self, link: ValueLink) -> bool:
        """Whether the list before this piece is of values of the same field."""
        reader = self.reader
        if reader.head is not None or reader.frames or reader.piece.connector.op == "none":
            return False
        before = reader.context.last
        if isinstance(before, TraitFrame):
            return before.entry is link.entry
        if before is None or not before.where or link.event != before.entry.field.name:
            return False
        last = before.where[-1]
        last = last.item if isinstance(last, Not) else last
        return isinstance(last, Comparison) and last.left == Property(link.entry.field.name)

    def _of_list(self, atom: Atom) -> set[str]:
        """ "Portuguese or Italian speakers": the noun that ends the list is of each of its values."""
        piece, words = self.reader.piece, self.reader.world.sentence.words
        joins = atom.end == piece.end < len(words) and words[piece.end].low in ("or", "and", ",")
        return {word.low for word in words[piece.end : piece.end + 3]} if joins else set()

    def _goes_with(self, place: int, link: ValueLink) -> bool:
        """ "a Honda or a Toyota pickup": right after a value of the event before, one more of it."""
        reader = self.reader
        before = reader.atoms[place - 1] if place else None
        return (
            before is not None
            and before.kind == "link"
            and before.end == reader.atoms[place].first
            and reader.head is None
            and reader.extends
            and reader.context.event is not None
            and reader.context.event.entry.field.name == link.event
        )

    def _kept_out(self, link: ValueLink) -> bool:
        """ "bought anything other than shoes": of what was bought, not of what is known of people."""
        reader = self.reader
        event = reader.context.event
        if not reader.piece.connector.minus or reader.head is not None or reader.frames:
            return False
        if (
            event is None
            or event.entry.field.name != link.event
            or reader.context.last is not event
        ):
            return False
        words = reader.world.sentence.words
        first = min(reader.piece.connector.places, default=reader.piece.first)
        return any(word.low in _ANYTHING for word in words[max(0, first - 3) : first])

    def _equals(self, link: ValueLink) -> Boolean:
        left = self._left(link.entry, link.event)
        operator = "contains" if type_of(link.entry) == "list" else "equals"
        return Comparison(left, operator, (Literal(link.value),))

    def _left(self, entry: Entry, event: str | None) -> Trait | Property:
        return Property(entry.field.name) if event is not None else Trait(entry.field.name)

    def _filter(
        self, frame: EventFrame, entry: Entry, tree: Boolean, places: set[int], atom: Atom
    ) -> None:
        """Hold an event to a property; one more value of the same property is an alternative."""
        reader = self.reader
        reader_event = frame is not reader.head
        mine = [each for each in reader.pending if min(frame.places, default=0) < each < atom.first]
        if mine and reader_event and reader.match is None:
            reader.pending = [each for each in reader.pending if each not in mine]
            self._not_such(frame, tree, places | set(mine))
            return
        words = reader.world.sentence.words
        if mine and len(mine) == 1 and words[mine[0]].low in ("no", "zero", "nothing"):
            # "watched no comedy": it did not happen with that value
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
            if same and op == "and":
                self._another(frame, tree, places)
                return
        if same and last is not None:
            frame.where[-1] = alternatives([last, tree])
        else:
            frame.where.append(tree)
        frame.places |= places
        reader.context.used |= places

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
        """ "but not apparel": the event did not happen with that value, in the same window."""
        from dataclasses import replace

        left = tree.left if isinstance(tree, Comparison) else None
        kept = [
            each for each in frame.where if not (isinstance(each, Comparison) and each.left == left)
        ]
        none = replace(
            frame, places=set(places), where=[*kept, tree], negated=True, counts=[], method=None,
            of=None, times=list(frame.times),
        )  # fmt: skip
        self.reader.extends = False
        self.reader.frames.append(none)
        self.reader.head = none
        self.reader.context.used |= places

    def _another(self, frame: EventFrame, tree: Boolean, places: set[int]) -> None:
        """ "bought shoes and bags": a second event like the first, with the other value."""
        from dataclasses import replace

        from audience.english.times import is_time

        own = any(atom.item is not None and is_time(atom.item) for atom in self.reader.atoms)
        times = [] if own else list(frame.times)  # "shoes last month and bags this month"
        second = replace(frame, places=set(places), where=[*frame.where[:-1], tree], times=times)
        self.reader.extends = False
        self.reader.frames.append(second)
        self.reader.head = second

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
        if type_of(trait.entry) == "list" and op != "or" and trait.entry is not None:  # type: ignore[arg-type]
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

    # Names --------------------------------------------------------------------------------------

    def _name(self, place: int, link: Link, *, asks: bool = True) -> NameLink | None:
        """The best field that the words name here: of the head event if they follow it.

        A near tie is asked about, unless it is only looked at (`asks`).
        """
        if not link.names:
            return None
        event = self.reader.event()
        rows = []
        for each in link.names:
            score = each.score
            if each.event is not None:
                if event is None or each.event != event.entry.field.name:
                    continue
                if self.reader.head is not None:
                    score += 0.15
            rows.append((score, each))
        if not rows:
            return None
        rows = [(score + self._like_before(each), each) for score, each in rows]
        rows = self._wanted(rows) or rows
        rows.sort(key=lambda row: -row[0])
        best = rows[0][1]
        rivals = [
            each.entry
            for score, each in rows[1:]
            if rows[0][0] - score < 0.03 and each.entry is not best.entry
        ]
        if rivals and best.score < 0.99 and asks:
            said = self.reader.world.sentence.said(link.first, link.end)
            wanted = self._fitting(place, [best.entry, *rivals])
            if len(wanted) == 1:
                return next(each for _, each in rows if each.entry is wanted[0])
            entry = self.reader.context.tie(said, tuple(wanted))
            return next(each for _, each in rows if each.entry is entry)
        return best

    def _wanted(self, rows: list[tuple[float, NameLink]]) -> list[tuple[float, NameLink]]:
        """ "get the newsletter": the consent to it, where there is one, not an address."""
        said = {word.low for word in self.reader.piece_words()}
        if self.reader.head is not None or not said & _WANTING:
            return []
        return [
            (score, each)
            for score, each in rows
            if each.event is None
            and type_of(each.entry) == "boolean"
            and set(each.entry.words) & cue("consent")
        ]

    def _is_had(self, place: int) -> bool:
        """ "no email", "with a phone": having the field itself, when no value is named after it."""
        reader = self.reader
        atom = reader.atoms[place]
        return (
            bool(
                [each for each in reader.pending if each < atom.first]
                or reader.piece.connector.with_
                or atom.before in ("no", "an", "a", "any")
            )
            and reader.head is None
            and len(reader.atoms) == 1
        )

    def _like_before(self, named: NameLink) -> float:
        """ "opted in to email but not SMS": the second flag is of the first one's family."""
        before = self.reader.context.last
        if not isinstance(before, TraitFrame) or before.entry is None or self.reader.frames:
            return 0.0
        if type_of(before.entry) != "boolean" or type_of(named.entry) != "boolean":
            return 0.0
        shared = set(before.entry.words) & set(named.entry.words)
        return 0.5 if shared and named.entry is not before.entry else 0.0

    def _fitting(self, place: int, entries: list[Entry]) -> list[Entry]:
        """Those of `entries` whose type suits what stands beside them."""
        following = self.reader.atoms[place + 1] if place + 1 < len(self.reader.atoms) else None
        if following is not None and following.link is not None:
            valued = {id(each.entry) for each in following.link.values}
            kept = [each for each in entries if id(each) in valued]
            if kept:
                return kept  # "whose pet is a dog"
        near = [
            self.reader.atoms[each].item
            for each in (place - 1, place + 1)
            if 0 <= each < len(self.reader.atoms)
        ]
        from audience.english.amounts import is_amount
        from audience.english.times import is_time

        if any(item is not None and is_amount(item) for item in near):
            kept = [each for each in entries if type_of(each) == "number"]
        elif any(item is not None and is_time(item) for item in near):
            kept = [each for each in entries if type_of(each) in ("date", "timestamp")]
        else:
            kept = [each for each in entries if type_of(each) == "boolean"]
        return kept or entries

    def _name_after(self, place: int, link: Link) -> tuple[int, NameLink] | None:
        """ "pro plan": the name of the field may follow its value."""
        if place + 1 >= len(self.reader.atoms):
            return None
        following = self.reader.atoms[place + 1]
        if following.kind != "link" or following.link is None:
            return None
        fields = {id(each.entry): each for each in link.values}
        for each in following.link.names:
            if id(each.entry) in fields:
                return place + 1, each
        return None

    def _goes_on(self, place: int) -> bool:
        """Whether a value or an amount follows the name."""
        if place + 1 >= len(self.reader.atoms):
            return False
        following = self.reader.atoms[place + 1]
        return following.kind in ("item", "sign") or (
            following.link is not None and bool(following.link.values)
        )

    def _named(self, place: int, atom: Atom, named: NameLink) -> int:
        """A field by its name: with a value, an amount or a date beside it, or by itself."""
        from audience.english.named import take_named

        return take_named(self, place, atom, named)

    def compare_value(self, named: NameLink, value: str | Decimal) -> Boolean:
        left = self._left(named.entry, named.event)
        return Comparison(left, "equals", (Literal(value),))

    def place_condition(
        self, named: NameLink, tree: Boolean, places: set[int], atom: Atom, *, valued: bool = False
    ) -> None:
        """Put a condition where its field belongs: in the event's `where`, or beside it."""
        event = self.reader.event()
        if named.event is not None and event is not None:
            property_of(named.entry)
            self._filter(event, named.entry, tree, places, atom)
        else:
            self.reader.context.used |= places
            frame = TraitFrame(tree, places, entry=named.entry, value_like=valued)
            self.reader.add_trait(frame, atom.first)


_ANYTHING = frozenset(
    ["anything", "something", "everything", "any", "some", "items", "products", "things", "all"]
)
_WANTING = frozenset(
    ["get", "gets", "getting", "receive", "receives", "receiving", "want", "wants", "subscribed"]
)
