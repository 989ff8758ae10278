"""Which field a name in the words means, by what stands beside it."""

from __future__ import annotations

from dataclasses import replace

from audience.english.amounts import is_amount
from audience.english.context import cue, type_of
from audience.english.events import is_action, is_past
from audience.english.fields_held import Filters
from audience.english.frames import TraitFrame
from audience.english.held_now import held_now
from audience.english.links import Link, NameLink
from audience.english.literals.items import Item
from audience.english.schema import Entry
from audience.english.taken_up import what_there_is
from audience.english.times import is_time
from audience.english.tokens import name_words, stem
from audience.query import Comparison


class Names(Filters):
    """Chooses among the fields that words may name."""

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
                if self.reader.head is not None or self.reader.adjunct:
                    score += 0.15
            rows.append((score, each))
        if not rows:
            return None
        rows = [(score + self._like_before(each), each) for score, each in rows]
        rows = self._wanted(rows) or self._with_time(place, rows) or rows
        rows.sort(key=lambda row: -row[0])
        best = rows[0][1]
        if self._is_common(link, best):
            return None
        rivals = [
            each.entry
            for score, each in rows[1:]
            if rows[0][0] - score < 0.03 and each.entry is not best.entry
        ]
        counted = self._counted_alike(place, link, best)
        if counted and asks:
            named = [each for each in counted if self._is_named_too(link, each)]
            if len(named) == 1 or len(counted) == 1:
                return replace(best, entry=(*named, *counted)[0])  # "five stars for the staff"
            said = self.reader.world.sentence.said(link.first, link.end)
            return replace(best, entry=self.reader.context.tie(said, tuple(counted)))
        if rivals and best.score < 0.99 and asks:
            said = self.reader.world.sentence.said(link.first, link.end)
            wanted = self._had(self._fitting(place, [best.entry, *rivals]))
            if len(wanted) == 1:
                return next(each for _, each in rows if each.entry is wanted[0])
            entry = self.reader.context.tie(said, tuple(wanted))
            return next(each for _, each in rows if each.entry is entry)
        return best

    def _counted_alike(self, place: int, link: Link, best: NameLink) -> list[Entry]:
        """ "five stars", where two numbers of what was done are in stars: of which of them?"""
        before = self.reader.atoms[place - 1] if place else None
        if before is None or before.item is None or before.first in self.reader.context.used:
            return []
        stem = self.reader.world.sentence.words[link.first].stem
        if best.event is None or link.length > 1 or type_of(best.entry) != "number":
            return []
        if stem in best.entry.words or stem == best.entry.role:
            return []
        rows = self.reader.world.lexicon.by_event[best.event].properties.values()
        found = [each for each in rows if type_of(each) == "number" and stem in each.about]
        return found if found != [best.entry] else []

    def _is_named_too(self, link: Link, entry: Entry) -> bool:
        """Whether another word of the piece is the field's own name."""
        return any(
            word.stem in entry.words and not link.first <= place < link.end
            for place, word in self.reader.words.items()
        )

    def _is_common(self, link: Link, named: NameLink) -> bool:
        """ "their animal": a word that many descriptions have is no flag's of which one tells."""
        stem = self.reader.world.sentence.words[link.first].stem
        if link.length > 1 or type_of(named.entry) != "boolean" or stem in named.entry.words:
            return False
        lexicon = self.reader.world.lexicon
        people = lexicon.accounts if self.reader.context.accounts else lexicon.users
        return stem in named.entry.about and sum(stem in each.about for each in people) >= _MANY

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
                or self._goes_on_with_having()
            )
            and reader.head is None
            and len(reader.atoms) == 1
        )

    def _goes_on_with_having(self) -> bool:
        """ "no phone or email": one more thing that they have or have not."""
        before = self.reader.context.last
        return (
            self.reader.piece.connector.op in ("and", "or", "comma")
            and isinstance(before, TraitFrame)
            and isinstance(before.tree, Comparison)
            and before.tree.operator in ("exists", "absent")
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
        near = [self._item(place - 1), self._item_after(place)]
        if any(item is not None and is_amount(item) for item in near):
            kept = [each for each in entries if type_of(each) == "number"]
        elif any(item is not None and is_time(item) for item in near):
            kept = [each for each in entries if type_of(each) in ("date", "timestamp")]
        else:
            kept = [each for each in entries if type_of(each) == "boolean"]
        return kept or entries

    def _had(self, entries: list[Entry]) -> list[Entry]:
        """ "with more than 1000 points": those they have, not those that were redeemed, where nobody said so."""
        words = self.reader.piece_words()
        if any(is_past(word) and word.low not in _HAD for word in words):
            return entries
        said = {word.stem for word in words}
        kept = [each for each in entries if not _tells_of_past(each, said)] or entries
        now = held_now(kept, said) or what_there_is(kept)
        if now is None:
            return kept
        self.reader.context.assume(f"What they have now is {now.field.name}.")
        return [now]

    def _with_time(
        self, place: int, rows: list[tuple[float, NameLink]]
    ) -> list[tuple[float, NameLink]]:
        """ "the policy renews in December": a day, and no yes or no, where a time follows."""
        item = self._item_after(place)
        if item is None or not is_time(item) or self.reader.head is not None:
            return []
        best = max(rows, key=lambda row: row[0])[1]
        if type_of(best.entry) != "boolean":
            return []
        return [row for row in rows if type_of(row[1].entry) in ("date", "timestamp")]

    def _item(self, place: int) -> Item | None:
        atoms = self.reader.atoms
        return atoms[place].item if 0 <= place < len(atoms) else None

    def _item_after(self, place: int) -> Item | None:
        """The literal that follows: "the renewal is coming up in two weeks"."""
        atoms, after = self.reader.atoms, place + 1
        while after < len(atoms) and atoms[after].text in cue("seem"):
            after += 1
        return self._item(after)

    def _name_after(self, place: int, link: Link) -> tuple[int, NameLink] | None:
        """ "pro plan": the name of the field may follow its value."""
        if place + 1 >= len(self.reader.atoms):
            return None
        following = self.reader.atoms[place + 1]
        if following.kind != "link" or following.link is None:
            return None
        fields = {id(each.entry): each for each in link.values}
        told = max((each.score for each in following.link.values), default=0.0)
        for each in following.link.names:
            if id(each.entry) in fields and each.score > told - _ABOVE:
                return place + 1, each  # and not the next value: "from plus to premium plus"
        return None

    def _goes_on(self, place: int) -> bool:
        """Whether a value or an amount follows the name."""
        if place + 1 >= len(self.reader.atoms):
            return False
        following = self.reader.atoms[place + 1]
        return following.kind in ("item", "sign") or (
            following.link is not None and bool(following.link.values)
        )


def _tells_of_past(entry: Entry, said: set[str]) -> bool:
    """Whether the name has a participle that was not said: `points_redeemed`."""
    return type_of(entry) == "number" and any(
        low.endswith("ed") and is_action(stem(low)) and stem(low) not in said
        for low in name_words(entry.field.name)
    )


_HAD = frozenset(["had", "got", "left"])
_MANY = 3
_ABOVE = 0.25  # a value that is surer by this is no name
_WANTING = frozenset(
    ["get", "gets", "getting", "receive", "receives", "receiving", "want", "wants", "subscribed"]
)
