"""Conditions while they are being read: what is known of each, and the tree it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from audience.catalog import PropertyField
from audience.english.literals.items import Calendar, Item, Length, OpenFrom, Range, Rolling
from audience.english.literals.items import Within as Lately
from audience.english.schema import Entry
from audience.english.times import after, before, event_filters
from audience.query import (
    Aggregate,
    And,
    Boolean,
    Comparison,
    Duration,
    Events,
    Filter,
    Literal,
    Method,
    Not,
    Or,
    Property,
    Reducer,
    Where,
    Within,
    joined,
)


@dataclass
class EventFrame:
    """An event that happened, or did not, so often, in a window, with these properties."""

    entry: Entry
    places: set[int]
    rivals: tuple[Entry, ...] = ()  # other events that fit as well
    negated: bool = False
    where: list[Boolean] = field(default_factory=list)
    times: list[Item] = field(default_factory=list)
    counts: list[tuple[str, Decimal]] = field(default_factory=list)  # operator, number
    counts_negated: bool = False
    method: Method | None = None  # instead of count
    of: PropertyField | None = None
    child: EventFrame | None = None  # what happened, or did not, after each of them
    child_within: Duration | None = None
    first_time: bool = False  # in its window for the first time
    last_time: bool = False  # the window holds the last time
    nth: int = 0  # "a second order": in its window for that time
    first_step: bool = False  # "first signed up, and later bought": no more than their order
    repeated: set[int] = field(default_factory=set)  # where "again" was said, which is its count
    again: bool = False  # what was told of before, named once more: "after the quote"
    same: list[tuple[str, ...]] = field(default_factory=list)  # as the other step has them
    part: bool = False  # "3 orders, at least one in May": of those before, and its own window
    since: bool = False  # "and never bought again": not after what was done before
    cues: set[int] = field(default_factory=set)  # where "first" or "last" was said
    only: bool = False  # nothing but what `where` says
    sole: bool = False  # it happened once in all, and so
    own_subject: bool = False  # said with a "who" or a verb of its own
    perfect: bool = False  # "have done"
    bare_verb: bool = False
    inflected: bool = False  # "opened", "opens": no verb behind a "did not"
    apart: bool = False  # "but not bags": the "not" is of the thing, and not of the verb
    pointed: bool = False  # "the link was not clicked": of what was told of before
    carried: bool = False  # the "not" is that of the verb before it
    at_all: bool = False  # "booked nothing", "haven't bought anything": whatever it is of
    never: bool = False  # "never": at no time, whatever window the verb before it has

    def events(self) -> Events:
        filters: list[Filter] = []
        where = list(self.where)
        for each in event_filters(self.times):
            if isinstance(each, Where):
                where.append(each.condition)
            else:
                filters.append(each)
        where = _without_spare(where)
        if self.child is not None:
            where.append(self.child.as_child(self.child_within))
        if where:
            filters.insert(0, Where(joined(And, tuple(where))))
        return Events(self.entry.field.name, tuple(filters))

    def as_child(self, within: Duration | None) -> Boolean:
        events = self.events()
        if within is not None:
            events = replace(events, filters=(*events.filters, Within(within, of_parent=True)))
        return _counted(
            events,
            self.counts
            or [("equals" if self.negated else "at_least", _number(0 if self.negated else 1))],
        )

    def build(self) -> Boolean:
        """The condition, or the conditions, that this frame stands for."""
        if self.method is not None:
            method = self.method
            if method == "sum" and (self.last_time or self.first_time):
                method = "last" if self.last_time else "first"  # "spent 500 on their last stay"
            reducer = Reducer(method, None if self.of is None else Property(self.of.name))
            left = Aggregate(self.events(), reducer)
            tree = joined(
                And, tuple(Comparison(left, op, (Literal(value),)) for op, value in self.counts)
            )
            return Not(tree) if self.negated else tree
        if self.sole:
            return self._sole()
        alone = not self.times and self.child is None
        if (self.last_time or self.first_time) and self.where and alone:
            return self._of_one("last" if self.last_time else "first")
        if self.nth:
            return self._nth()
        if self.last_time:
            return self._last()
        if self.first_time:
            return self._first()
        if self.only and (self.where or self.times):
            return self._only()
        if self.negated:
            if not self.counts:
                return _counted(self.events(), [("equals", _number(0))])
            return Not(_counted(self.events(), self.counts))
        return _counted(self.events(), self.counts or [("at_least", _number(1))])

    def _of_one(self, method: Method) -> Boolean:
        """What the last, or the first, of them was like: `last(property) = …`."""
        bare = Events(self.entry.field.name, ())
        rows: list[Boolean] = []
        if not self.tells_of_one():
            return replace(self, last_time=False, first_time=False).build()
        for each in _apart(self.where):
            told = each.item if isinstance(each, Not) else each
            assert isinstance(told, Comparison)
            assert isinstance(told.left, Property)
            row = replace(told, left=Aggregate(bare, Reducer(method, told.left)))
            if told is not each:  # "whose last call was not resolved": so there was one
                rows.append(_counted(bare, [("at_least", _number(1))]))
            rows.append(row if told is each else Not(row))
        tree = joined(And, tuple(rows))
        return Not(tree) if self.negated else tree

    def tells_of_one(self) -> bool:
        """Whether all that is said of each can be said of the last, or the first, of them alone."""
        rows = [each.item if isinstance(each, Not) else each for each in _apart(self.where)]
        return all(isinstance(e, Comparison) and isinstance(e.left, Property) for e in rows)

    def _last(self) -> Boolean:
        """The last time was in the window: so it happened, and not since."""
        ever = replace(self, last_time=False, times=[], counts=[], negated=False)
        if len(self.times) == 1 and isinstance(self.times[0], Rolling) and self.times[0].newest:
            item = self.times[0]
            recent = replace(item, newest=None, oldest=item.newest)
            none = _counted(replace(ever, times=[recent]).events(), [("equals", _number(0))])
            since = (
                replace(self, last_time=False, counts=[]).build() if item.oldest else ever.build()
            )
            return joined(And, (since, none))
        later = after(self.times)
        if later is None:
            return replace(self, last_time=False).build()
        inside = replace(self, last_time=False, negated=False).build()
        none = _counted(replace(ever, times=[later]).events(), [("equals", _number(0))])
        tree = joined(And, (inside, none))  # "the last order was in September"
        return Not(tree) if self.negated else tree

    def _first(self) -> Boolean:
        """The first time was in the window: so it happened there, and not before."""
        earlier = before(self.times)
        inside = replace(self, first_time=False).build()
        if earlier is None:
            return inside
        bare = replace(
            self, first_time=False, times=[earlier], counts=[], negated=False, child=None
        )
        return joined(And, (inside, _counted(bare.events(), [("equals", _number(0))])))

    def is_plain(self) -> bool:
        """Whether nothing is said but when it happened, up to now."""
        open_end = all(
            isinstance(each, Lately | Length | OpenFrom)
            or (isinstance(each, Rolling) and each.newest is None)
            or (isinstance(each, Calendar) and each.text.lower().startswith("this"))
            for each in self.times
        )
        other = self.where or self.counts or self.method or self.child or self.negated
        return open_end and len(self.times) < 2 and not other

    def _nth(self) -> Boolean:
        """ "a second order this month": two or more by now, and the second of them in the window."""
        bare = replace(self, nth=0, times=[])
        if not self.is_plain():
            return replace(self, nth=0).build()
        often = _counted(bare.events(), [("at_least", _number(self.nth))])
        earlier = before(self.times)
        if earlier is None:
            return often
        fewer = replace(bare, times=[earlier]).events()
        return joined(And, (often, _counted(fewer, [("less_than", _number(self.nth))])))

    def _sole(self) -> Boolean:
        """Once in all, and that one time as told."""
        such = replace(self, sole=False, negated=False)
        once = _counted(replace(such, where=[], times=[]).events(), [("equals", _number(1))])
        told = such.where or such.times
        tree = joined(And, (once, such.build())) if told else once
        return Not(tree) if self.negated else tree

    def _only(self) -> Boolean:
        """At least one such, and none that is not such."""
        such = replace(self, only=False)
        if self.where:
            others = [replace(such, where=[Not(joined(And, tuple(self.where)))])]
        else:  # "only bought in June"
            outside = (before(self.times), after(self.times))
            others = [replace(such, times=[each]) for each in outside if each is not None]
        none = [_counted(each.events(), [("equals", _number(0))]) for each in others]
        return joined(And, (such.build(), *none))


@dataclass
class TraitFrame:
    """A comparison of a trait, or membership of a saved audience, or a glossary term."""

    tree: Boolean
    places: set[int]
    entry: Entry | None = None
    negated: bool = False
    value_like: bool = False  # only a value of the field was said: it may go on in a list
    keeps_missing: bool = True  # its negation holds for people without a value
    term: str | None = None  # the term of the glossary, as it was said

    def build(self) -> Boolean:
        return negation(self.tree) if self.negated else self.tree


Frame = EventFrame | TraitFrame


def negation(tree: Boolean) -> Boolean:
    """NOT, but for `exists` and `absent`, which have each other, and a NOT, which goes away."""
    match tree:
        case Not(item=item):
            return item
        case Comparison(operator="exists"):
            return replace(tree, operator="absent")
        case Comparison(operator="absent"):
            return replace(tree, operator="exists")
        case Comparison(
            left=Aggregate(reducer=Reducer(method="count")),
            operator="at_least",
            values=(Literal(value=value),),
        ) if value == 1:
            return replace(tree, operator="equals", values=(Literal(Decimal(0)),))
        case _:
            return Not(tree)


def alternatives(trees: list[Boolean]) -> Boolean:
    """One of several: equals on one field become `one_of`, anything else an OR."""
    flat: list[Boolean] = []
    for tree in trees:
        if isinstance(tree, Or):
            flat.extend(tree.items)
        else:
            flat.append(tree)
    firsts = [each for each in flat if isinstance(each, Comparison)]
    if len(firsts) == len(flat) and len({each.left for each in firsts}) == 1:
        if all(each.operator in ("equals", "one_of") for each in firsts):
            values = tuple(dict.fromkeys(value for each in firsts for value in each.values))
            operator = "one_of" if len(values) > 1 else "equals"
            return Comparison(firsts[0].left, operator, values)
        if all(each.operator == "contains" for each in firsts):
            values = tuple(dict.fromkeys(value for each in firsts for value in each.values))
            return Comparison(firsts[0].left, "contains", values)
    return joined(Or, tuple(dict.fromkeys(flat)))


def comparisons(item: Range) -> list[tuple[str, Decimal]]:
    return list(item.comparisons)


def _apart(where: list[Boolean]) -> list[Boolean]:
    """The conditions one by one: "a score of 9 or 10" is two bounds of one number."""
    return [part for each in where for part in (each.items if isinstance(each, And) else (each,))]


def _without_spare(where: list[Boolean]) -> list[Boolean]:
    """Without "is set" of what is held to something as well: "with less than 3 days' notice"."""
    held = {
        each.left for each in where if isinstance(each, Comparison) and each.operator not in _IS_SET
    }
    return [
        each
        for each in where
        if not (isinstance(each, Comparison) and each.operator == "exists" and each.left in held)
    ]


_IS_SET = ("exists", "absent")


def _counted(events: Events, counts: list[tuple[str, Decimal]]) -> Boolean:
    left = Aggregate(events, Reducer("count"))
    return joined(And, tuple(Comparison(left, op, (Literal(value),)) for op, value in counts))


def _number(value: int) -> Decimal:
    return Decimal(value)
