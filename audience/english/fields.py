"""What links become: values and names of traits and properties, saved audiences, glossary terms."""

from __future__ import annotations

from decimal import Decimal

from audience.english.atoms import Atom
from audience.english.chances import is_chance
from audience.english.context import cue, property_of, type_of
from audience.english.events import is_past
from audience.english.explained import meant
from audience.english.fields_valued import Values
from audience.english.frames import TraitFrame
from audience.english.links import Link, NameLink
from audience.english.named_numbers import more_of_one
from audience.english.schema import likeness
from audience.english.times import is_time
from audience.glossary import meaning
from audience.query import Boolean, Comparison, Literal, Trait


def _is_written(value: str, said: str) -> bool:
    """Whether the value is said as it is written, and not by its noun: "pause" where it is "paused"."""
    return not value.lower().startswith(said) or value.lower() in (said, f"{said}s")


class Fields(Values):
    """Takes the links of one piece."""

    def take(self, place: int, atom: Atom) -> int:
        """Read the link at `place`; the place of the atom after all that was read."""
        link = atom.link
        assert link is not None
        taken = more_of_one(self, place, atom)
        if taken:
            return taken
        if link.audience is not None and not link.values:
            tree = Comparison(Trait(link.audience.key), "equals", (Literal("true"),))
            self.reader.add_trait(TraitFrame(tree, self._places(atom)), atom.first)
            return place + 1
        if link.term is not None:
            return self._term(place, atom, link.term)
        context = self.reader.context
        if is_chance(self.reader.world, atom.first, accounts=context.accounts):
            context.used |= self._places(atom)
            return place + 1
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
            and not (
                named
                and named.score > 0.97
                and self._goes_on(place)
                and not self._is_both(link, named)
            )
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

    def _is_both(self, link: Link, named: NameLink) -> bool:
        """ "senior nurses": a value of the very field that is called alike."""
        return any(each.entry is named.entry and each.score >= 0.95 for each in link.values)

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
        timed = self._done_then(place, link)
        if timed is not None:
            return timed
        said = self.reader.world.sentence.words[link.first].low
        if any(each.score >= 0.95 and _is_written(each.value, said) for each in link.values):
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
        told = [
            each
            for each in dated
            if any(likeness(verb, w) for w in (*each.entry.words, *each.entry.about))
        ]
        return told[0] if len(told) == 1 else None

    def _done_then(self, place: int, link: Link) -> NameLink | None:
        """ "cancelled in August": the day of it, where a value only tells how it is now."""
        item = self._item(place + 1)
        if item is None or not is_time(item) or link.length > 1:
            return None
        word = self.reader.world.sentence.words[link.first]
        days = [
            each
            for each in link.names
            if type_of(each.entry) in ("date", "timestamp") and word.stem in each.entry.words
        ]
        known = len(days) == 1 and days[0].event is None
        return days[0] if known and is_past(word) else None

    def _term(self, place: int, atom: Atom, term: str) -> int:
        tree = meaning(self.reader.world.catalog, term)
        self.reader.context.assume(meant(atom.text))
        self.reader.add_trait(TraitFrame(tree, self._places(atom), term=atom.text), atom.first)
        return place + 1

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
