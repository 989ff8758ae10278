"""Which field a value in the words is of, and what it says there."""

from __future__ import annotations

from decimal import Decimal

from audience.english.atoms import Atom, places_of
from audience.english.context import cue, type_of
from audience.english.events import is_action, is_past
from audience.english.fields_named import Names
from audience.english.frames import EventFrame, TraitFrame
from audience.english.implying import MOVES, side_of
from audience.english.lexicon import ValueLink
from audience.english.links import Link, NameLink
from audience.english.loose import SPEAKING
from audience.english.schema import Entry, likeness
from audience.english.sentence import english_stems, frame_words, low_at
from audience.english.tokens import stem
from audience.query import Boolean, Comparison, Literal, Not, Property


class Values(Names):
    """Takes the values of one piece."""

    def _value(self, place: int, atom: Atom, link: Link) -> int:
        if self._is_by(place, link):
            return place + 1
        after = self._name_after(place, link)
        best, rivals = self._best_value(place, atom, link, after)
        frame = self.reader.event()
        held = self._held_by(best, link, frame)
        if held is None:
            return place + 1
        if held is not best:
            best, rivals = held, ()
        listed = self._list_goes_on(best)  # "seniors and leads"
        if best.event is None and not listed and self._is_noun_for_people(atom, best):
            return place + 1
        end = place + 1
        places = self._places(atom)
        if best.event is None and self.reader.only is not None and type_of(best.entry) != "list":
            self.reader.context.used |= self._places(self.reader.only)
        if after is not None and best.entry is after[1].entry:
            end = after[0] + 1
            places |= self._places(self.reader.atoms[after[0]])
        if rivals:
            entry = self.reader.context.tie(atom.text, (best.entry, *rivals))
            best = next(each for each in (best, *link.values) if each.entry is entry)
        self._soft(place, places)
        self._own_noun(end, best.entry, places)
        if (
            best.entry.opaque
            and end < len(self.reader.atoms)
            and places_of(self.reader.atoms[end]) <= places
        ):
            self._own_noun(end + 1, best.entry, places)  # "high churn risk", as it is described
        end = self._own_gerund(end, best.entry, places)
        self._own_noun(place - 1, best.entry, places)  # "newsletter weekly"
        self._own_verb(place, best.entry, places)
        self._their_verb(end, best.entry, places)
        if best.event is not None and frame is not None:
            self._filter(frame, best.entry, self._equals(best), places, atom)
            return end
        if frame is None and self._is_unsaid_liking(best, link):
            self.reader.context.unclear |= places
        tree = self._equals(best)
        trait = TraitFrame(tree, places, entry=best.entry, value_like=True)
        self._soft(place, places)
        if not self._extends(trait, atom):
            self.reader.add_trait(trait, atom.first)
        return end

    def _is_noun_for_people(self, atom: Atom, link: ValueLink) -> bool:
        """ "warm leads", where a job's level may be "lead": people, if another field calls them so."""
        words = self.reader.world.sentence.words
        word, people = words[atom.first], frame_words()["subjects.users"]
        said = link.value.lower()
        kinds = (_KINDS | {word.stem}) & {*link.entry.words, *link.entry.about}
        several = atom.end == atom.first + 1 and word.low == f"{said}s" and word.low in people
        if not several or kinds or likeness(word.stem, link.entry.words[-1]):
            return False
        called = [
            each
            for each in self.reader.world.lexicon.users
            if word.stem in each.words and each is not link.entry
        ]
        if called:
            self.reader.context.used.add(atom.first)
            self.reader.context.assume(f"“{word.text}” are people of any {link.entry.field.name}.")
        return bool(called)

    def _held_by(self, best: ValueLink, link: Link, frame: EventFrame | None) -> ValueLink | None:
        """ "returned online": of what was done here or of the person, never of another thing done."""
        if best.event is None or (frame is not None and frame.entry.field.name == best.event):
            return best
        own = frame.entry.field.name if frame is not None else None
        return next((each for each in link.values if each.event in (own, None)), None)

    def _soft(self, place: int, places: set[int]) -> None:
        """Small words that only lead to a value ("living in", "residents of") are its own."""
        for step in (-1, 1, 2, -2):
            near = place + step
            if 0 <= near < len(self.reader.atoms):
                other = self.reader.atoms[near]
                named = other.kind == "link" and other.link is not None and not other.link.values
                if self._is_thing(other) or self._is_parted(place, near):
                    continue  # "a stay of 5 nights"
                if (other.kind == "word" or named) and other.text.lower() in cue("soft"):
                    places |= self._places(other)
                    self.reader.context.used |= self._places(other)

    def _is_parted(self, place: int, near: int) -> bool:
        """ "candidates we haven't called": a clause of its own begins between the two."""
        words = self.reader.world.sentence.words
        between = range(self.reader.atoms[place].end, self.reader.atoms[near].first)
        return any(each in self.reader.negations or words[each].low == "we" for each in between)

    def _is_thing(self, atom: Atom) -> bool:
        """ "a stay": one thing, and no verb."""
        words = self.reader.world.sentence.words
        led = atom.first > 0 and words[atom.first - 1].low in ("a", "an")
        return led and is_action(words[atom.first].stem)

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

    def _own_gerund(self, place: int, entry: Entry, places: set[int]) -> int:
        """ "a high risk of leaving", of a field described as that risk: no value of another field."""
        after = self.reader.atoms[place : place + 1]
        if not after or after[0].before != "of" or after[0].first - 2 not in places:
            return place
        word = self.reader.world.sentence.words[after[0].first]
        known = (*entry.words, *entry.about)
        if not word.low.endswith("ing") or not any(likeness(word.stem, e) for e in known):
            return place
        places |= self._places(after[0])
        self.reader.context.used |= self._places(after[0])
        return place + 1

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

    def _their_verb(self, place: int, entry: Entry, places: set[int]) -> None:
        """ "that Kim owns": of the owner, by the verb of that noun."""
        after = self.reader.atoms[place : place + 1]
        if not after or after[0].kind != "word" or self.reader.head is not None:
            return
        stem_ = self.reader.world.sentence.words[after[0].first].stem
        if any(each in (f"{stem_}er", f"{stem_}r", f"{stem_}or") for each in entry.words):
            places |= self._places(after[0])
            self.reader.context.used |= self._places(after[0])

    def _best_value(
        self, place: int, atom: Atom, link: Link, after: tuple[int, NameLink] | None
    ) -> tuple[ValueLink, tuple[Entry, ...]]:
        named = {id(after[1].entry)} if after is not None else set[int]()
        before = self.reader.atoms[place - 1] if place else None
        head = self.reader.head
        said = {word.low for word in self.reader.piece_words()}
        said |= self._of_list(atom)
        language = bool(said & (SPEAKING | _PREFERRING))
        led = self._led_by(atom)
        side = side_of(self.reader.world.sentence.words, atom.first)
        rows = []
        for each in link.values:
            score = each.score + 0.1 * min(1.0, each.entry.certainty)
            if id(each.entry) in named:
                score += 0.6
            if each.event is not None:
                following = head is not None and (
                    atom.first >= min(head.places, default=0)
                    or self._is_done_to(place)
                    or self._is_kind_of(atom)
                )
                own = following and each.event == head.entry.field.name  # type: ignore[union-attr]
                score += 0.25 if own or self._is_done_with(each) else -0.2
            if each.event is not None and self._is_its_noun(atom, each):
                score += 0.6
            if self._list_goes_on(each):
                score += 0.6
            if each.event is not None and (self._goes_with(place, each) or self._kept_out(each)):
                score += 0.5
            if self._is_of_those(each):
                score += 0.6
            if side in MOVES and MOVES[side] & set(each.entry.words):
                score += 0.3  # "upgraded from Basic to Pro"
            if self._is_counted_again(each):
                score += 0.6  # "booked by phone, not once on the website"
            if led in each.entry.words:
                score += 0.2  # "interested in climbing"
            if self._is_only_liked(each, link):
                score -= 0.6  # "put Funchal on the list": no favourite, where the list has places
            if each.event is None and self._is_verb_of(atom, each.entry):
                score += 0.5  # "prefer trains", of the preferred way
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

    def _is_counted_again(self, link: ValueLink) -> bool:
        """Whether this piece only tells how often what was done before was done with this value."""
        reader, event = self.reader, self.reader.context.event
        return (
            event is not None
            and event.entry.field.name == link.event
            and reader.head is None
            and event is reader.context.last
            and any(getattr(each.item, "unit", None) == "times" for each in reader.atoms)
        )

    def _is_only_liked(self, trait: ValueLink, link: Link) -> bool:
        """Whether the value is known as what people like best, which nobody says, and is of what was
        done in this piece as well."""
        event = self.reader.event()
        return event is not None and any(
            each.event == event.entry.field.name for each in _plain_fields(trait, link)
        )

    def _is_unsaid_liking(self, trait: ValueLink, link: Link) -> bool:
        """ "everybody for Porto": what they like best, or did there?"""
        words = self.reader.world.sentence.words
        if low_at(words, link.first - 1) not in _TOWARDS:
            return False  # "clients in Cologne": where they belong
        same = [
            each for each in self.reader.found if (each.first, each.end) == (link.first, link.end)
        ]
        return any(_plain_fields(trait, each) for each in same) and not any(
            word.stem in _LIKING for word in words
        )

    def _is_its_noun(self, atom: Atom, link: ValueLink) -> bool:
        """ "Denver store visitors": what was done is said right behind, by the noun of the value's field."""
        head, words = self.reader.head, self.reader.world.sentence.words
        return (
            head is not None
            and head.entry.field.name == link.event
            and atom.end in head.places
            and words[atom.end].stem in link.entry.words
        )

    def _is_done_with(self, link: ValueLink) -> bool:
        """ "logged in with Google", "booked in May, for a ballet": of what was done right before."""
        reader = self.reader
        before = reader.context.event
        return (
            reader.head is None
            and (reader.piece.connector.with_ or reader.adjunct)
            and not reader.frames
            and before is not None
            and before is reader.context.last
            and before.entry.field.name == link.event
        )

    def _led_by(self, atom: Atom) -> str:
        """The word that leads to a value by a preposition."""
        words = self.reader.world.sentence.words
        at = atom.first - 1
        if at < 1 or words[at].low not in frame_words()["empty.prepositions"]:
            return ""
        return words[at - 1].stem

    def _is_done_to(self, place: int) -> bool:
        """ "jackets bought by women": right before the participle stands what it was done to."""
        atom, following = self.reader.atoms[place], self.reader.atoms[place + 1 : place + 2]
        words = self.reader.world.sentence.words
        return (
            bool(following)
            and following[0].kind == "event"
            and following[0].first == atom.end
            and is_past(words[atom.end])
            and atom.end > max(self.reader.match.claimed, default=0) - 1  # type: ignore[union-attr]
        )

    def _is_kind_of(self, atom: Atom) -> bool:
        """ "vegan orders": right before the noun of what was done stands which kind of it."""
        head, words = self.reader.head, self.reader.world.sentence.words
        noun = words[atom.end] if atom.end < len(words) else None
        return (
            head is not None
            and noun is not None
            and atom.end in head.places
            and noun.stem in head.entry.words
            and not is_past(noun)
        )

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
        told = [each.item if isinstance(each, Not) else each for each in before.where]
        if reader.piece.connector.op != "and":
            told = told[-1:]
        left = Property(link.entry.field.name)
        return any(isinstance(each, Comparison) and each.left == left for each in told)

    def _of_list(self, atom: Atom) -> set[str]:
        """ "Portuguese or Italian speakers": the noun that ends the list is of each of its values."""
        piece, words = self.reader.piece, self.reader.world.sentence.words
        joins = atom.end == piece.end < len(words) and words[piece.end].low in ("or", "and", ",")
        return {word.low for word in words[piece.end : piece.end + 3]} if joins else set()

    def _goes_with(self, place: int, link: ValueLink) -> bool:
        """ "a Honda or a Toyota pickup", "a film or a series on a tablet": right after a value of the
        event before, one more of it."""
        reader = self.reader
        before = reader.atoms[place - 1] if place else None
        if before is None or before.kind != "link":
            return False
        between = reader.world.sentence.words[before.end : reader.atoms[place].first]
        small = frame_words()["empty.prepositions"] | frame_words()["empty.articles"] | {"a", "an"}
        return (
            all(word.low in small for word in between)
            and reader.head is None
            and reader.extends
            and reader.context.event is not None
            and reader.context.event.entry.field.name == link.event
        )

    def _is_verb_of(self, atom: Atom, entry: Entry) -> bool:
        """Whether the word right before the value is one of what the trait is described as."""
        word = self.reader.world.sentence.words[atom.first - 1] if atom.first else None
        if word is None or not word.is_word or word.low in frame_words()["empty"]:
            return False
        if self.reader.head is not None or is_past(word):
            return False  # "bought shoes", whatever a favourite is made of
        return word.stem in entry.about and word.stem not in entry.words

    def _is_of_those(self, link: ValueLink) -> bool:
        """ "viewed rooms and none was a suite": what those that were told of were like."""
        reader = self.reader
        before, words = reader.context.event, reader.world.sentence.words
        return (
            reader.head is None
            and before is not None
            and before is reader.context.last
            and before.entry.field.name == link.event
            and words[reader.piece.first].low in _THOSE
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
        operator = "one_of" if link.also else "equals"
        operator = "contains" if type_of(link.entry) == "list" else operator
        if link.side:
            those = ", ".join((link.value, *link.also))
            self.reader.context.assume(f"“{link.side}” means {those}.")
        if type_of(link.entry) == "number" and link.side and not link.also:
            return Comparison(left, operator, (Literal(Decimal(link.value)),))
        return Comparison(left, operator, tuple(map(Literal, (link.value, *link.also))))


def _plain_fields(trait: ValueLink, link: Link) -> list[ValueLink]:
    """For a value of a favourite, the same value where something done has it: the hotel of
    `favourite_hotel`."""
    noun = set(trait.entry.words) - _LIKING
    if trait.event is not None or not noun or len(noun) == len(set(trait.entry.words)):
        return []
    return [
        each
        for each in link.values
        if each.event is not None and each.value == trait.value and noun == set(each.entry.words)
    ]


_TOWARDS = frozenset(["for", "about", "to"])
_LIKING = frozenset(
    stem(each)
    for each in (
        "favourite",
        "favorite",
        "fav",
        "preferred",
        "prefer",
        "like",
        "love",
        "lover",
        "fan",
    )
)
_KINDS = frozenset(
    stem(each)
    for each in ("type", "kind", "role", "stage", "status", "segment", "group", "category", "class", "tier", "persona")
)  # fmt: skip
_THOSE = frozenset(["none", "neither", "one", "some", "all"])
_ANYTHING = frozenset(
    ["anything", "something", "everything", "any", "some", "items", "products", "things", "all"]
)
_PREFERRING = frozenset(["prefer", "prefers", "language"])
