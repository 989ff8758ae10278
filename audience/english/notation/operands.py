"""One condition of a rule: a trait held to a value, or an event counted or added up."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from audience.catalog import EventField, PropertyField, TraitField
from audience.english.notation.signs import MOST_WORDS, F, Fields, Names, Sign, number_of
from audience.english.tokens import joined as glued
from audience.query import (
    Aggregate,
    And,
    Boolean,
    Comparison,
    Context,
    Duration,
    Events,
    Filter,
    Literal,
    Method,
    Not,
    Property,
    Reducer,
    Scalar,
    Trait,
    Where,
    Within,
    joined,
)
from audience.wording import in_hundredths

Held = TraitField | PropertyField


class Unread(Exception):
    """What stands here is no rule."""


class Operands:
    """Reads conditions at `at`, the place of the next sign."""

    def __init__(self, signs: list[Sign], text: str, fields: Fields) -> None:
        self.signs, self.text, self.fields = signs, text, fields
        self.at = 0

    # Signs --------------------------------------------------------------------------------------

    def at_end(self) -> bool:
        return self.at >= len(self.signs)

    def low(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.signs[place].low if place < len(self.signs) else ""

    def peek(self, *texts: str) -> bool:
        return self.low() in texts

    def take_any(self, *texts: str) -> bool:
        if not self.at_end() and self.peek(*texts):
            self.at += 1
            return True
        return False

    def need(self, *texts: str) -> None:
        if not self.take_any(*texts):
            raise Unread

    # Conditions ---------------------------------------------------------------------------------

    def condition(self) -> Boolean:
        method = _METHODS.get(self.low())
        if method is not None and self.low(1) == "(":
            self.at += 2
            return self._called(method)
        trait, after = self._longest(self.fields.traits)
        event, event_after = self._longest(self.fields.events)
        if event is not None and (trait is None or event_after > after):
            self.at = event_after
            return self._event(event)
        if trait is None or event is not None:
            raise Unread
        self.at = after
        return self._held(Trait(trait.name), trait)

    def _longest(self, names: Names[F]) -> tuple[F | None, int]:
        """The field that most of the next words name, and the place after them."""
        for end in self._ends():
            field = names.get(self.text[self.signs[self.at].start : self.signs[end - 1].end])
            if field is not None:
                return field, end
        return None, self.at

    def _ends(self) -> list[int]:
        """Where a name or a value that begins here may end, the furthest first."""
        ends: list[int] = []
        for place in range(self.at, min(len(self.signs), self.at + MOST_WORDS)):
            sign = self.signs[place]
            if sign.kind in ("word", "number"):
                ends.insert(0, place + 1)
            elif sign.text not in _INSIDE:
                break
        return ends

    def _held(self, left: Scalar, field: Held) -> Boolean:
        """A trait or a property with what it is held to."""
        if self.take_any("is"):
            denied = self.take_any("not")
            if self.take_any("null", "empty", "missing", "unknown", "blank"):
                return Comparison(left, "exists" if denied else "absent", ())
            if self.take_any("known", "set"):
                return Comparison(left, "absent" if denied else "exists", ())
            return self._no(self._equal(left, field), denied)
        if self.take_any("exists"):
            return Comparison(left, "exists", ())
        denied = self.peek("not") and self.low(1) in ("in", "between", "contains")
        self.at += denied
        if self.low() == "in" and self.low(1) in ("(", "["):
            self.at += 2
            return self._no(self._among(left, field), denied)
        if self.take_any("between"):
            low = self._number(field)
            self.need("and")
            bounds = (("at_least", low), ("at_most", self._number(field)))
            rows = tuple(Comparison(left, op, (each,)) for op, each in bounds)
            return self._no(joined(And, rows), denied)
        if self.take_any("contains", "includes"):
            return self._no(Comparison(left, "contains", (self._value(field),)), denied)
        if self.take_any("in", "within"):
            return self._dated(left, field)
        operator = _OPERATORS.get(self.low())
        if operator is None:
            if field.type == "boolean" and (self.at_end() or self.peek(*_BREAKS)):
                return Comparison(left, "equals", (Literal("true"),))
            raise Unread
        self.at += 1
        if operator in ("equals", "differs"):
            return self._no(self._equal(left, field), operator == "differs")
        other, after = self._longest(self.fields.traits)
        if other is not None and isinstance(left, Trait | Property) and other.type == field.type:
            self.at = after
            return Comparison(left, operator, (Trait(other.name),))
        return Comparison(left, operator, (self._number(field),))

    def _equal(self, left: Scalar, field: Held) -> Boolean:
        """Equal to a value, or to one of "low or mid"."""
        if field.type in ("number", "date", "timestamp"):
            return Comparison(left, "equals", (self._number(field),))
        if field.type == "list":
            return Comparison(left, "contains", (self._value(field),))
        values = [self._value(field)]
        while self.peek("or", "/"):
            begun = self.at
            self.at += 1
            try:
                values.append(self._value(field))
            except Unread:
                self.at = begun
                break
            if not self.at_end() and not self.peek(*_BREAKS):
                self.at = begun
                values.pop()
                break
        operator = "equals" if len(values) == 1 else "one_of"
        return Comparison(left, operator, tuple(values))

    def _among(self, left: Scalar, field: Held) -> Boolean:
        numeric = field.type == "number"
        values = [self._number(field) if numeric else self._value(field)]
        while self.take_any(",", "or"):
            values.append(self._number(field) if numeric else self._value(field))
        self.need(")", "]")
        operator = "equals" if len(values) == 1 else "one_of"
        return Comparison(left, operator, tuple(values))

    def _dated(self, left: Scalar, field: Held) -> Boolean:
        """ "renews_on in the next 30 days"."""
        self.take_any("the")
        ahead = self.peek("next")
        if field.type not in ("date", "timestamp") or not self.take_any("next", "last", "past"):
            raise Unread
        length = self._length()
        if length is None:
            raise Unread
        return Comparison(left, "within_next" if ahead else "within_last", (length,))

    def _no(self, tree: Boolean, denied: bool) -> Boolean:
        return Not(tree) if denied else tree

    # Events -------------------------------------------------------------------------------------

    def _event(self, event: EventField) -> Boolean:
        """ "purchase >= 3 in last 30 days", "purchase.value > 100 (last 30 days)"."""
        filters: list[Filter] = []
        if self.take_any("."):
            filters.append(Where(self._property(event)))
            window = self._window()
            return _counted(Events(event.name, (*filters, *window)), "at_least", Decimal(1))
        window = self._window()
        self.take_any("count")
        operator = _OPERATORS.get(self.low())
        if operator is None:
            if not window:
                raise Unread
            return _counted(Events(event.name, window), "at_least", Decimal(1))
        self.at += 1
        number = self._count()
        window = window or self._window()
        return _counted(Events(event.name, window), operator, number)

    def _property(self, event: EventField) -> Boolean:
        field, after = self._longest(self.fields.properties(event))
        if field is None:
            raise Unread
        self.at = after
        return self._held(Property(field.name), field)

    def _called(self, method: Method) -> Boolean:
        """ "count(login, 30d) >= 3", "sum(purchase.value, 90d) > 300"."""
        event, after = self._longest(self.fields.events)
        if event is None:
            raise Unread
        self.at = after
        of: PropertyField | None = None
        if self.take_any("."):
            of, after = self._longest(self.fields.properties(event))
            if of is None:
                raise Unread
            self.at = after
        if (of is None) != (method == "count"):
            raise Unread
        rows: list[Boolean] = []
        window: tuple[Filter, ...] = ()
        while self.take_any(",", "where"):
            found = self._window()
            if found and window:
                raise Unread
            if found:
                window = found
            else:
                rows.append(self._property(event))
        self.need(")")
        window = window or self._window()
        filters = (*((Where(joined(And, tuple(rows))),) if rows else ()), *window)
        reducer = Reducer(method, None if of is None else Property(of.name))
        left = Aggregate(Events(event.name, filters), reducer)
        if of is not None and method in ("first", "last"):
            tree = self._held(left, of)
        else:
            operator = _OPERATORS.get(self.low())
            if operator is None or (operator == "differs"):
                raise Unread
            self.at += 1
            number = (
                Literal(self._count()) if of is None or method == "unique" else self._number(of)
            )
            tree = Comparison(left, operator, (number,))
        late = self._window() if not window else ()
        return _windowed(tree, late) if late else tree

    # Values -------------------------------------------------------------------------------------

    def _number(self, field: Held) -> Literal:
        if self.at_end():
            raise Unread
        sign = self.signs[self.at]
        if field.type in ("date", "timestamp"):
            match = _DATE.match(self.text, sign.start)
            if match is None:
                raise Unread
            while not self.at_end() and self.signs[self.at].start < match.end():
                self.at += 1
            return Literal(match.group())
        found = number_of(sign)
        if field.type != "number" or found is None or self.low(1) == "%":
            raise Unread
        self.at += 1
        number, money = found
        return Literal(number * (100 if money and in_hundredths(field) else 1))

    def _count(self) -> Decimal:
        """How often: a plain number, and none that can only be a sum."""
        found = None if self.at_end() else number_of(self.signs[self.at])
        if found is None or found[1] or found[0] >= _TOO_OFTEN or found[0] % 1:
            raise Unread
        self.at += 1
        self.take_any("times", "x")
        return found[0]

    def _value(self, field: Held) -> Literal:
        """The value of the field that most of the next words name, as the catalog writes it."""
        if self.at_end():
            raise Unread
        if field.type == "boolean":
            answer = _ANSWERS.get(self.signs[self.at].text.strip("'\"").lower())
            if answer is None:
                raise Unread
            self.at += 1
            return Literal(answer)
        sign = self.signs[self.at]
        known = {glued(each): each for each in field.stats.values}
        if sign.kind == "text":
            inside = sign.text[1:-1]
            value = known.get(glued(inside))
            if value is None and field.stats.complete:
                raise Unread
            self.at += 1
            return Literal(inside if value is None else value)
        for end in self._ends():
            value = known.get(glued(self.text[sign.start : self.signs[end - 1].end]))
            if value is not None:
                self.at = end
                return Literal(value)
        raise Unread

    def _window(self) -> tuple[Filter, ...]:
        """ "in last 7 days", "(last 30 days)", "90d", "since 2026-01-01"; nothing where none stands."""
        begun = self.at
        closing = {"(": ")", "[": "]"}.get(self.low())
        self.at += closing is not None
        if self.take_any("since"):
            match = None if self.at_end() else _DATE.match(self.text, self.signs[self.at].start)
            if match is not None:
                while not self.at_end() and self.signs[self.at].start < match.end():
                    self.at += 1
                day = Comparison(Context("timestamp"), "at_least", (Literal(match.group()),))
                if closing is None or self.take_any(closing):
                    return (Where(day),)
            self.at = begun
            return ()
        led = self.take_any("in", "within", "over", "during")
        self.take_any("the")
        led = self.take_any("last", "past") or led or closing is not None
        length = self._length(short=not led)
        if length is None or (closing is not None and not self.take_any(closing)):
            self.at = begun
            return ()
        return (Within(length),)

    def _length(self, *, short: bool = False) -> Duration | None:
        """ "7 days", "30d"; with `short` only as one word."""
        if self.at_end():
            return None
        match = _SHORT.fullmatch(self.signs[self.at].low)
        if match is not None:
            self.at += 1
            return _duration(int(match[1]), match[2])
        found = number_of(self.signs[self.at])
        unit = self.low(1).rstrip("s")
        if short or found is None or unit not in _UNITS:
            return None
        self.at += 2
        return _duration(int(found[0]), unit)


def _duration(number: int, unit: str) -> Duration:
    hours, days = ("hour", 1) if unit in ("h", "hr", "hour") else ("day", _UNITS[unit])
    return Duration(number * days, hours)  # type: ignore[arg-type]


def _counted(events: Events, operator: str, number: Decimal) -> Boolean:
    left = Aggregate(events, Reducer("count"))
    if operator == "differs":
        return Not(Comparison(left, "equals", (Literal(number),)))
    return Comparison(left, operator, (Literal(number),))


def _windowed(tree: Boolean, window: tuple[Filter, ...]) -> Boolean:
    """The comparison with the window that stands behind its number."""
    match tree:
        case Not(item=item):
            return Not(_windowed(item, window))
        case Comparison(left=Aggregate() as left) if isinstance(left.events, Events):
            events = replace(left.events, filters=(*left.events.filters, *window))
            return replace(tree, left=replace(left, events=events))
    raise Unread


_OPERATORS = {
    ">=": "at_least", "≥": "at_least", "=>": "at_least", ">": "greater_than",
    "<=": "at_most", "≤": "at_most", "=<": "at_most", "<": "less_than",
    "=": "equals", "==": "equals", "!=": "differs", "<>": "differs", "≠": "differs",
}  # fmt: skip
_METHODS: dict[str, Method] = {
    "count": "count", "sum": "sum", "total": "sum", "avg": "avg", "average": "avg", "mean": "avg",
    "min": "min", "max": "max", "first": "first", "last": "last", "unique": "unique",
    "distinct": "unique", "count_distinct": "unique",
}  # fmt: skip
_INSIDE = (".", "&", ":", "%", "+", "/", "'", "!")  # signs that a name or a value may hold
_BREAKS = ("and", "or", "&&", "&", "||", "|", ",", ";", ")", "]", "\n")
_ANSWERS = {"true": "true", "yes": "true", "y": "true", "1": "true", "false": "false", "no": "false", "n": "false", "0": "false"}  # fmt: skip
_UNITS = {"h": 0, "hr": 0, "hour": 0, "d": 1, "day": 1, "w": 7, "wk": 7, "week": 7, "month": 30, "mo": 30, "quarter": 90, "y": 365, "yr": 365, "year": 365}  # fmt: skip
_SHORT = re.compile(r"l?(\d+)(h|d|w|y)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d\b")
_TOO_OFTEN = 1000
