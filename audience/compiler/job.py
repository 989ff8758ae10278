"""What every part of one compilation shares: tables, catalog, clock, fresh names; and truth itself.

A *frame* is a table whose rows a boolean is asked of: users, accounts, or the events of one name. It
knows which of its columns holds a trait, a property or an aggregate; `truth` combines the answers.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import count
from typing import Any, Protocol, TypeVar

from audience.bound import Bound
from audience.catalog import Catalog, EventField, FieldType, Owner
from audience.compiler.comparators import (
    Comparing,
    Condition,
    Operand,
    Value,
    all_of,
    any_of,
    settled,
)
from audience.compiler.dialect import MOST_BITS, Dialect
from audience.compiler.moments import Clock
from audience.operators import OPERATORS
from audience.problems import NotSupported
from audience.query import (
    Aggregate,
    AllUsers,
    And,
    AnyUser,
    Boolean,
    Comparison,
    Duration,
    Literal,
    Node,
    Not,
    Or,
    Property,
    Reducer,
    Sources,
    Trait,
    walk,
)
from audience.text import plain
from audience.values import cast, month_of

_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "equals": operator.eq,
    "differs": operator.ne,
    "greater_than": operator.gt,
    "at_least": operator.ge,
    "less_than": operator.lt,
    "at_most": operator.le,
}

Table = Any  # an Ibis table
T = TypeVar("T")


class Tables(Protocol):
    """A workspace's tables as Ibis tables, named and typed as the engine has them.

    `users` and `accounts` have `id` and one column per trait; an event has `id`, `user_id`,
    `timestamp` and one column per property; `groups` has `user_id` and `group_id`.
    """

    @property
    def dialect(self) -> Dialect: ...
    @property
    def finite(self) -> bool:
        """Whether it is known that no number is NaN or infinite, so that nothing guards against it."""
        ...

    @property
    def as_imported(self) -> bool:
        """Whether these are the tables as an import stored them: a user's events are numbered in the order
        of time and id, and a field has no values but those that the catalog calls complete."""
        ...

    def users(self) -> Table: ...
    def accounts(self) -> Table: ...
    def groups(self) -> Table: ...
    def event(self, event: EventField) -> Table: ...


@dataclass(frozen=True)
class Held:
    """The column that holds a node's value."""

    name: str
    type: FieldType
    counts: bool = False  # no row means 0
    finite: bool = False  # never NaN


@dataclass(frozen=True)
class Frame:
    """A table whose rows a boolean is asked of, and the column in which each thing it knows is held.

    `owner` says whose a trait is. The keys of `columns` are traits, properties, contexts, aggregates,
    ANY and ALL; a trait that stands for a saved audience may be among them.
    """

    table: Table
    columns: Mapping[Node, Held]
    owner: Owner = "user"
    other: Table | None = None  # for what the table does not have, where two are about to be joined

    def value(self, node: Node, *, zeros: bool = True) -> Value:
        """What is known of `node`. A count of nothing is 0; NULL where no `zeros` are wanted."""
        held = self.columns.get(node)
        if held is None:
            raise NotSupported(f"{type(node).__name__} cannot stand here.")
        table = self.table
        if self.other is not None and held.name not in table.columns:
            table = self.other
        found = table[held.name]
        filled = found.fill_null(0) if held.counts and zeros else found
        return Value(filled, held.type, held.finite)

    def joined(self, other: Table, mine: Node, its: str, columns: Mapping[Node, Held]) -> Frame:
        """This frame with columns of a table that has at most one row for each value of `mine`."""
        key = self.table[self.columns[mine].name]
        table = self.table.left_join(other, key == other[its])
        return replace(self, table=table, columns={**self.columns, **columns})

    def matched(self, other: Table, together: Any, *, some: bool) -> Frame:
        """The rows that some row of `other` goes together with, or, if not `some`, that none does."""
        join = self.table.semi_join if some else self.table.anti_join
        return replace(self, table=join(other, together))


@dataclass(frozen=True)
class Job:
    """One compilation. Column names are made here, so that no name of a workspace can clash."""

    tables: Tables
    catalog: Catalog
    audiences: Mapping[str, Bound]
    clock: Clock
    numbered: bool = False  # users and accounts come with the numbers of their rows
    _numbers: Iterator[int] = field(default_factory=count)

    @staticmethod
    def of(bound: Bound, tables: Tables, clock: Clock) -> Job:
        return Job(tables, bound.catalog, _all_audiences(bound), clock)

    @property
    def dialect(self) -> Dialect:
        return self.tables.dialect

    @property
    def comparing(self) -> Comparing:
        return Comparing(self.clock, self.dialect)

    def name(self) -> str:
        return f"c{next(self._numbers)}"

    def hold(self, type: FieldType, *, counts: bool = False) -> Held:
        """A place for a new column."""
        return Held(self.name(), type, counts, self.tables.finite)

    def event(self, name: str) -> EventField:
        found = self.catalog.event(name)
        if found is None:
            raise NotSupported(f"There is no event {name!r} in this workspace.")
        return found

    def saved_audience(self, node: Node, owner: Owner) -> str | None:
        """The key of the saved audience that `node` stands for, where it is not a trait."""
        if isinstance(node, Trait) and node.name in self.audiences:
            return None if self.catalog.trait(node.name, owner) else node.name
        return None

    def truth(self, root: Boolean, frame: Frame) -> Condition:
        """Where `root` holds: true, or false or NULL where it does not."""
        match root:
            case And(items=items):
                return all_of([self.truth(item, frame) for item in items])
            case Or(items=items):
                return any_of([self.truth(item, frame) for item in items])
            case Not(item=item):
                return ~settled(self.truth(item, frame))
            case Comparison():
                return self._comparison(root, frame)
            case AnyUser() | AllUsers():
                return frame.value(root).column
        raise NotSupported(f"{type(root).__name__} cannot be run.")

    def _comparison(self, node: Comparison, frame: Frame) -> Condition:
        key = self.saved_audience(node.left, frame.owner)
        if key is not None:
            left = Value(settled(self._membership(key, node.left, frame)), "boolean")
        else:
            # What is false of 0 may be NULL: an engine then joins only those whom it is true of.
            zeros = count_meets(node, 0, self.clock.timezone) is not False
            left = frame.value(node.left, zeros=zeros)
        operands = [self._operand(each, node.operator, left.type, frame) for each in node.values]
        return self.comparing.compare(left, node.operator, operands)

    def _membership(self, key: str, node: Node, frame: Frame) -> Condition:
        if node in frame.columns:
            return frame.value(node).column
        return self.truth(self.audiences[key].root, frame)

    def _operand(self, value: Node, operator: str, type: FieldType, frame: Frame) -> Operand:
        match value:
            case Duration():
                return value
            case Trait() | Property():
                return frame.value(value)
            case Literal() if operator in OPERATORS:
                kind = OPERATORS[operator].value
                if kind == "month":
                    return Decimal(month_of(value))
                return cast(value, "text" if kind == "text" else type, self.clock.timezone)
        raise NotSupported(f"A {type} cannot be compared by {operator} with {value!r}.")


def texts_of(bound: Bound) -> frozenset[str]:
    """Every text that the audience, and those it refers to, compare with."""
    found: set[str] = set()
    for each in [bound, *_all_audiences(bound).values()]:
        for node in walk(each.root):
            if isinstance(node, Literal):
                found.add(node.value if isinstance(node.value, str) else plain(node.value))
            elif isinstance(node, Sources):
                found.update(node.exclude)
            elif isinstance(node, Aggregate):
                found.update(all_values(each.catalog, node))
    return frozenset(found)


def count_meets(node: Node, count: int, timezone: str) -> bool | None:
    """Whether a comparison of a count holds for `count`; None where it is no comparison with a constant."""
    match node:
        case Comparison(
            left=Aggregate(reducer=Reducer(method="count" | "unique")),
            values=(Literal() as value,),
        ) if node.operator in _ORDER:
            return bool(_ORDER[node.operator](count, cast(value, "number", timezone)))
    return None


def all_values(catalog: Catalog, aggregate: Aggregate) -> tuple[str, ...]:
    """Every text there is of the property that `aggregate` reckons with; none where they are not known,
    or more than the bits of a number."""
    events, asked_for = aggregate.events, aggregate.reducer.property
    if aggregate.reducer.method != "unique" or asked_for is None or asked_for.of_parent:
        return ()
    event = catalog.event(events.name)
    known = event.property(asked_for.name) if event else None
    if known is None or known.type != "text" or not known.stats.complete:
        return ()
    return known.stats.values if len(known.stats.values) <= MOST_BITS else ()


def leaves(root: Boolean) -> Iterator[Comparison | AnyUser | AllUsers]:
    """What a boolean is made of under AND, OR and NOT, from left to right; not inside `where`."""
    match root:
        case And(items=items) | Or(items=items):
            for item in items:
                yield from leaves(item)
        case Not(item=item):
            yield from leaves(item)
        case _:
            yield root


def asked(roots: Iterable[Boolean]) -> Iterator[Node]:
    """What `roots` ask of a row: scalars, ANY and ALL, from left to right; not inside `where`."""
    for root in roots:
        for leaf in leaves(root):
            if isinstance(leaf, Comparison):
                yield leaf.left
                yield from (each for each in leaf.values if isinstance(each, Trait | Property))
            else:
                yield leaf


def unique(items: Iterable[T]) -> list[T]:
    """Without what is there twice, in order."""
    return list(dict.fromkeys(items))


def column(table: Table, name: str, type: FieldType) -> Any:
    """The column of a field, as text where the language has text."""
    if name not in table.columns:
        raise NotSupported(f"The data has no column {name!r}. Import it again with --replace.")
    found = table[name]
    kind = found.type()
    fits: dict[FieldType, Callable[[], bool]] = {
        "number": kind.is_numeric,
        "boolean": kind.is_boolean,
        "date": kind.is_date,
        "timestamp": kind.is_timestamp,
    }
    if type in fits:
        if not fits[type]():
            raise NotSupported(f"The column {name!r} was expected to be a {type} and is {kind}.")
        return found
    return as_text(found)


def as_text(found: Any) -> Any:
    return found if found.type().is_string() else found.cast("string")


def _all_audiences(bound: Bound) -> dict[str, Bound]:
    """Every saved audience that `bound` needs, by key, those of its saved audiences included."""
    found: dict[str, Bound] = {}
    pending = [bound]
    while pending:
        for key, audience in pending.pop().members.items():
            if key not in found:
                found[key] = audience
                pending.append(audience)
    return found
