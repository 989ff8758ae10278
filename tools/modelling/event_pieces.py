"""What words surely say that people did, as pieces of the query language: an event with its values, its
window, its count and its denial."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from audience.catalog import PropertyField
from audience.english.amounts import bounds, compared, unit_scale
from audience.english.events import EventMatch, is_past
from audience.english.links import Link
from audience.english.literals.items import Item, Range
from audience.english.sentence import frame_words
from audience.operators import OPERATORS
from audience.query import Comparison, Literal, Property
from audience.text import plain, quoted
from tools.modelling.linking import MOST_OF_A_KIND, Linked
from tools.modelling.literal_pieces import folds, is_days, piece, window
from tools.modelling.trait_pieces import NAMED, beside, denied, is_part

_BEFORE = 3  # words between a denial and what it denies
_ENOUGH = 0.8  # how well words must fit an event


def spoken_of(words: Linked) -> Iterator[EventMatch]:
    """The best of the events that share words; a number in its name is no event by itself."""
    taken: set[int] = set()
    empty = frame_words()["empty"]
    covered = set(words.sentence.covered())
    for match in words.events:
        said = any(
            words.sentence.words[place].low not in empty for place in match.claimed - covered
        )
        if match.score >= _ENOUGH and said and not match.claimed & taken:
            taken |= match.claimed
            yield match


class EventPieces:
    """The pieces of `events`, in their order; puts the places of amounts, times and denials into `used`,
    and those of values and names into `taken`."""

    def __init__(
        self, words: Linked, events: Sequence[EventMatch], taken: set[int], used: set[int]
    ) -> None:
        self.words, self.events, self.taken, self.used = words, events, taken, used
        self.folds = [fold for _, fold in folds(words)]

    def lines(self) -> Iterator[str]:
        for match in self.events:
            yield from self._lines(match)

    def _lines(self, match: EventMatch) -> Iterator[str]:
        """The event, and once more where a "but not" says of what, or when, there is none."""
        first, last = min(match.claimed), max(match.claimed)
        later = [min(each.claimed) for each in self.events if min(each.claimed) > last]
        end = min(later, default=len(self.words.sentence.words))
        start = last if len(self.events) > 1 else -1
        turn = self._turn(match, last, end)
        query = self._query(match, start, end if turn is None else turn)
        counts = self._counts(match, start, end)
        for place in self.words.denials:
            near = first - _BEFORE <= place <= last and not self._is_parted(first, place)
            if near and place not in self.used and not counts:
                counts = [".count() = 0"]
                first = min(first, place)
                self.used.add(place)
        said = self.words.sentence.said(first, last + 1)
        yield f"“{said}”: {' AND '.join(query + each for each in counts or [''])}"
        if turn is not None:
            self.used.add(turn)
            none = self._query(match, turn, end)
            yield f"“{self.words.sentence.said(turn, end)}”: {none}.count() = 0"

    def _turn(self, match: EventMatch, last: int, end: int) -> int | None:
        """The place of a "not" after the event with values or times on both sides of it."""
        denials = [
            *self.words.denials,
            *(
                place
                for place, (_, item) in self.words.sentence.items.items()
                if isinstance(item, Range) and bounds(item) == [("equals", Decimal(0))]
            ),
        ]
        spots = {
            link.first
            for link, values in self.words.values
            if any(each.event == match.name for each in values)
        }
        spots |= {
            place
            for place, (_, item) in self.words.sentence.items.items()
            if window(item) or is_days(item)
        }
        for place in sorted(denials):
            after = any(place < spot < end for spot in spots)
            before = any(spot < place for spot in spots)
            if last < place < end and place not in self.used and after and before:
                return place
        return None

    def _query(self, match: EventMatch, start: int, end: int) -> str:
        """The event with what is said of it between two places."""
        wheres = [*self._valued(match, end), *self._named(match)]
        within = ""
        windows = {
            place: item
            for place, (_, item) in self.words.sentence.items.items()
            if start < place < end
            and place not in self.used
            and item.ask is None
            and (window(item) or is_days(item))
        }
        if len(windows) == 1:
            self.used |= set(windows)
            (item,) = windows.values()
            within = window(item)
            wheres += [] if within else [piece(item)]
        wheres += self._costs(match, start, end)
        where = f".where({' AND '.join(wheres)})" if wheres else ""
        return f"event({quoted(match.name)}){where}{within}"

    def _valued(self, match: EventMatch, end: int) -> Iterator[str]:
        """Values that are said and are nearer to this event than to any other."""
        found: dict[str, list[str]] = {}
        for link, values in self.words.values:
            places = set(range(link.first, link.end))
            if places <= match.claimed or not link.first < end or is_part(link, self.words):
                continue
            mine = [each for each in values if each.event == match.name]
            able = [e for e in self.events if any(value.event == e.name for value in values)]
            if not mine or places <= self.taken - match.claimed:
                continue
            if min(able, key=lambda each: _distance(each, link)) is match:
                self.taken |= places
                found.setdefault(mine[0].entry.field.name, []).append(mine[0].value)
        for name, said in found.items():
            texts = [quoted(each) for each in dict.fromkeys(said)]
            several = f".one_of({', '.join(texts)})" if len(texts) > 1 else f" = {texts[0]}"
            yield f"property({quoted(name)}){several}"

    def _named(self, match: EventMatch) -> Iterator[str]:
        """Properties of the event that are named: a flag, or a number with its amount beside it."""
        words, done = self.words, set[str]()
        for link in words.links:
            places = set(range(link.first, link.end))
            for each in link.names[:MOST_OF_A_KIND]:
                field = each.entry.field
                if not isinstance(field, PropertyField) or each.event != match.name:
                    continue
                if each.score < NAMED or places <= match.claimed or field.name in done:
                    continue
                left, held = Property(field.name), None
                if field.type == "boolean" and not places <= self.taken:
                    yes = Comparison(left, "equals", (Literal("true"),))
                    held = denied(yes, link, words, self.used)
                elif field.type == "number":
                    for place, after, item in beside(link, words, self.used):
                        if isinstance(item, Range) and item.unit != "times":
                            scale = unit_scale(each.entry, item, words.sentence.text)
                            held = compared(left, item, scale)
                            self.used.add(place)
                            places |= set(range(place, after))
                            break
                if held is not None:
                    done.add(field.name)
                    self.taken |= places
                    yield words.shown(held)

    def _costs(self, match: EventMatch, start: int, end: int) -> Iterator[str]:
        """What one of them cost, where nothing adds it up: "orders over $100", "bought one for $100"."""
        money = _money(match)
        for place, (_, item) in self.words.sentence.items.items():
            if money is None or not self._is_money(match, place, item, start, end):
                continue
            if not self._added_up(match, place):
                scale = unit_scale(match.entry.properties[money.name], item, "")
                self.used.add(place)
                yield self.words.shown(compared(Property(money.name), item, scale))

    def _counts(self, match: EventMatch, start: int, end: int) -> list[str]:
        """How often, or how much all of them came to."""
        first, last = min(match.claimed), max(match.claimed)
        counts: list[str] = []
        for place, (after, item) in self.words.sentence.items.items():
            if not isinstance(item, Range) or place in self.used or item.ask is not None:
                continue
            if self._is_parted(last, place):
                continue
            near = after == first or first <= place <= last
            figure = ""
            money = _money(match)
            if item.unit == "money":
                fold = self._added_up(match, place)
                if money is not None and fold and start < place < end:
                    figure = f".{fold}(property({quoted(money.name)}))"
            elif (near and item.unit is None) or (
                item.unit == "times" and (near or start < place < end)
            ):
                figure = self._sum(match, after) or ".count()"
            if figure:
                counts = [
                    f"{figure} {OPERATORS[key].symbol} {plain(value)}"
                    for key, value in bounds(item)
                ]
                self.used.add(place)
        return counts

    def _is_money(self, match: EventMatch, place: int, item: Item, start: int, end: int) -> bool:
        return (
            isinstance(item, Range)
            and item.unit == "money"
            and item.ask is None
            and start < place < end
            and place not in self.used
            and not self._is_parted(max(match.claimed), place)
        )

    def _added_up(self, match: EventMatch, place: int) -> str:
        """The fold of money that a verb or a word asks for: "spent over $100", "average payment"."""
        words = self.words.sentence.words
        verb = any(is_past(words[each]) for each in match.claimed)
        single = place > 0 and words[place - 1].low in ("for", "at", "of", "costing")
        return next(iter(self.folds), "sum" if verb and not single else "")

    def _is_parted(self, last: int, place: int) -> bool:
        """Whether another part of the sentence begins between an event and what comes after it."""
        kinds = frame_words()
        parting = kinds["and"] | kinds["or"] | kinds["but"] | {",", ";"}
        return any(each.low in parting for each in self.words.sentence.words[last + 1 : place])

    def _sum(self, match: EventMatch, place: int) -> str:
        """Where the word at `place` is a number that the event has: "redeemed more than 100 points"."""
        for link in self.words.links:
            for name in link.names:
                field = name.entry.field
                if not isinstance(field, PropertyField) or field.event != match.name:
                    continue
                if link.first == place and name.score >= NAMED and field.type == "number":
                    return f".sum(property({quoted(field.name)}))"
        return ""


def _money(match: EventMatch) -> PropertyField | None:
    found = [each for each in match.entry.properties.values() if each.role == "money"]
    best = max(found, key=lambda each: each.certainty).field if found else None
    return best if isinstance(best, PropertyField) else None


def _distance(match: EventMatch, link: Link) -> int:
    """Words between them; what stands before its event is a little further."""
    if link.first > min(match.claimed):
        return max(0, link.first - max(match.claimed))
    return min(match.claimed) - link.end + 2
