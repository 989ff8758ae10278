"""A sentence → its literal phrases: every reading of every stretch, then the best that fit together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from audience.english.literals.clock import Clock
from audience.english.literals.grammar import TOP, Match, Reading
from audience.english.literals.items import (
    Ask,
    Calendar,
    Item,
    Length,
    Money,
    Number,
    OpenFrom,
    OpenTo,
    Percent,
    Rolling,
    Vague,
)
from audience.english.literals.makers.dates import calendar_draft, dated
from audience.english.literals.rules import grammar, tokenizer
from audience.english.literals.tokens import Token
from audience.english.literals.values import Amount, Days, Draft, Lapse, words_of
from audience.query import Duration

Stretch = tuple[int, int]  # tokens


def literals(
    text: str,
    *,
    as_of: datetime,
    timezone: str = "UTC",
    currency: str = "USD",
    taken: Sequence[tuple[int, int]] = (),
) -> tuple[Item, ...]:
    """The literal phrases of `text`, from left to right.

    Those that cover the most words are chosen, in the fewest phrases. Two items with the same span
    are two real readings of it. Words in `taken` (`[start, end)`, such as a value that was linked)
    belong to no phrase. Raises ZoneInfoNotFoundError for an unknown time zone.
    """
    clock = Clock(as_of, timezone, currency)
    found = _Text(text, clock, taken)
    items = [item for stretch in found.chosen() for item in found.items(stretch)]
    return tuple(_before_that(item, items[:index], clock) for index, item in enumerate(items))


def _before_that(item: Item, earlier: Sequence[Item], clock: Clock) -> Item:
    """ "the 90 days before that", where a window stands before it: 90 to 180 days ago."""
    if not (isinstance(item, Vague) and item.subject == "earlier"):
        return item
    length = next((part.duration for part in item.parts if isinstance(part, Length)), None)
    kinds = Rolling | Calendar if length is not None else Rolling | Calendar | OpenFrom
    window = next((each for each in reversed(earlier) if isinstance(each, kinds)), None)
    if window is None or window.ask is not None:
        return item
    place = {key: getattr(item, key) for key in ("start", "end", "text", "rules", "parts")}
    if length is None:
        return _all_before(window, place) or item
    if isinstance(window, Rolling) and window.oldest is not None:
        newest, hours = window.oldest, window.oldest.hours + length.hours
        oldest = Duration(hours // 24, "day") if hours % 24 == 0 else Duration(hours, "hour")
        note = f'"{item.text}" = {words_of(newest)} to {words_of(oldest)} ago'
        return Rolling(newest=newest, oldest=oldest, assumption=note, **place)
    if isinstance(window, Calendar) and length.unit == "day":
        last = window.first - timedelta(days=1)
        days = Days(last - timedelta(days=length.amount - 1), last, "span")
        fields = calendar_draft(days, clock).fields
        return Calendar(assumption=f'"{item.text}" = {dated(days)}', **place, **fields)
    return item


def _all_before(window: Item, place: dict[str, Any]) -> Item | None:
    """ "before then": all the time before that window began."""
    if isinstance(window, Calendar | OpenFrom):
        return OpenTo(until=window.since, last=window.first - timedelta(days=1), **place)
    if isinstance(window, Rolling) and window.oldest is not None:
        return Rolling(newest=window.oldest, **place)
    return None


def every_literal(
    text: str,
    *,
    as_of: datetime,
    timezone: str = "UTC",
    currency: str = "USD",
    taken: Sequence[tuple[int, int]] = (),
) -> tuple[Item, ...]:
    """Every phrase that can be read in `text`, those that overlap included, by start and end."""
    found = _Text(text, Clock(as_of, timezone, currency), taken)
    return tuple(item for stretch in sorted(found.stretches) for item in found.items(stretch))


class _Text:
    """The matches of one text, by the tokens that they cover."""

    def __init__(self, text: str, clock: Clock, taken: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self._clock = clock
        self._tokens = tokenizer().tokens(text, taken)
        self.stretches = self._matched(grammar().reading(self._tokens, text, clock))

    def _matched(self, reading: Reading) -> dict[Stretch, list[Match]]:
        """The best readings of every stretch that has one."""
        found: dict[Stretch, list[Match]] = defaultdict(list)
        for start in range(len(self._tokens)):
            for match in reading.matches(TOP, start):
                found[start, match.end].append(match)
        best = {stretch: _best(matches) for stretch, matches in found.items()}
        return {
            stretch: matches
            for stretch, matches in best.items()
            if not (self._takes_a_particle(stretch[0]) and _same_without_first(stretch, best))
        }

    def _takes_a_particle(self, start: int) -> bool:
        """Whether the word at `start` belongs to the verb before it: the "in" of "logged in"."""
        return (
            start > 0
            and "@particle" in self._tokens[start].symbols
            and "@takes_particle" in self._tokens[start - 1].symbols
        )

    def chosen(self) -> list[Stretch]:
        """Stretches that do not overlap: the most words covered, then the fewest stretches."""
        by_start: dict[int, list[Stretch]] = defaultdict(list)
        for stretch in self.stretches:
            by_start[stretch[0]].append(stretch)
        count = len(self._tokens)
        score = [(0, 0)] * (count + 1)  # words covered, stretches (negative), from here on
        choice: list[Stretch | None] = [None] * (count + 1)
        for at in range(count - 1, -1, -1):
            score[at] = score[at + 1]
            for stretch in by_start[at]:
                words, fewer = score[stretch[1]]
                new = (words + stretch[1] - at, fewer - 1)
                if new > score[at]:
                    score[at], choice[at] = new, stretch
        found, at = [], 0
        while at < count:
            stretch_here = choice[at]
            if stretch_here is None:
                at += 1
            else:
                found.append(stretch_here)
                at = stretch_here[1]
        return found

    def items(self, stretch: Stretch) -> Iterator[Item]:
        """The item of a stretch, or one for each of its real readings."""
        readings: dict[str, list[Match]] = defaultdict(list)
        for match in self.stretches[stretch]:
            readings[match.category if match.questions else match.rule.name].append(match)
        for matches in readings.values():
            first = self._item(matches[0])
            if first is None:
                continue
            if matches[0].questions:
                options = [self._item(match) for match in matches] if len(matches) > 1 else []
                known = tuple(replace(each, ask=None) for each in options if each is not None)
                first = replace(first, ask=Ask(matches[0].questions[0], known))
            yield first

    def _item(self, match: Match) -> Item | None:
        draft = _draft(match.value, self._clock)
        if draft is None:
            return None
        start, end = _place(match, self._tokens)
        parts = tuple(
            item for _, child in match.children for item in self._parts(child) if item is not None
        )
        return draft.kind(
            start=start,
            end=end,
            text=self._text[start:end],
            rules=tuple(_rules(match)),
            assumption="; ".join(match.assumptions) or None,
            parts=parts,
            **draft.fields,
        )

    def _parts(self, match: Match) -> Iterator[Item | None]:
        """The phrases inside a phrase: the outermost that have a value of their own."""
        if _draft(match.value, self._clock) is not None:
            yield self._item(match)
        else:
            for _, child in match.children:
                yield from self._parts(child)


def _best(matches: list[Match]) -> list[Match]:
    top = max(match.rule.rank for match in matches)
    best: list[Match] = []
    for match in sorted(matches, key=lambda each: len(each.questions) + len(each.assumptions)):
        if match.rule.rank == top and all(match.value != other.value for other in best):
            best.append(match)
    return best


def _same_without_first(stretch: Stretch, best: dict[Stretch, list[Match]]) -> bool:
    """Whether the words after the first mean the same: "this week" for "in this week"."""
    values = [match.value for match in best.get((stretch[0] + 1, stretch[1]), ())]
    return any(match.value in values for match in best[stretch])


def _place(match: Match, tokens: Sequence[Token]) -> tuple[int, int]:
    return tokens[match.start].start, tokens[match.end - 1].end


def _rules(match: Match) -> Iterator[str]:
    yield match.rule.name
    for _, child in match.children:
        yield from _rules(child)


def _draft(value: object, clock: Clock) -> Draft | None:
    """What a value is as an item of its own; None for comparators, units and other helpers."""
    match value:
        case Draft():
            return value
        case Amount(number, "money", currency):
            return Draft(Money, {"value": number, "currency": currency})
        case Amount(number, "percent"):
            return Draft(Percent, {"value": number})
        case Amount(number):
            return Draft(Number, {"value": number})
        case Lapse():
            return Draft(Length, {"duration": value.duration})
        case Days():
            return calendar_draft(value, clock, bare=True)
        case _:
            return None


__all__ = ["every_literal", "literals"]
