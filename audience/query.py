"""The typed tree of an audience query: one small frozen class per node.

A tree made of these nodes is a *draft*: its names are only text. The validator turns a draft into
a `Bound` (see `audience.bound`), and only that can be compiled, saved or exported.

Two trees are equal when they mean the same text; where a node came from (`origin`) is not compared.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from functools import reduce
from typing import Any, NamedTuple, TypeVar, cast
from typing import Literal as Choice

Unit = Choice["hour", "day"]


class Span(NamedTuple):
    """`[start, end)` in code points of the text that a node was read from."""

    start: int
    end: int


@dataclass(frozen=True)
class Origin:
    """Where a node came from: the words of one turn (0 is the first prompt of a conversation)."""

    turn: int = 0
    spans: tuple[Span, ...] = ()


NOWHERE = Origin()


@dataclass(frozen=True)
class Node:
    """What every node has: an origin that takes no part in equality."""

    origin: Origin = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


# Values ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Literal(Node):
    """A constant. Numbers are `Decimal`; strings, dates, timestamps and booleans are text as written."""

    value: str | Decimal


LARGEST = 999_999_999
"""A larger amount is read as this one, which is far beyond every limit."""


@dataclass(frozen=True)
class Duration(Node):
    """A length of time; a day is 24 hours on events and one calendar day on date fields."""

    amount: int
    unit: Unit

    @property
    def hours(self) -> int:
        return self.amount * (24 if self.unit == "day" else 1)


@dataclass(frozen=True)
class Trait(Node):
    """A trait of the user, or of the account outside ANY and ALL in an account audience."""

    name: str


@dataclass(frozen=True)
class Property(Node):
    """A property of the event whose `where` or reducer it stands in, or of that event's parent."""

    name: str
    of_parent: bool = False


@dataclass(frozen=True)
class Context(Node):
    """A context field of an event; only `timestamp` exists."""

    name: str


# Events ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Where(Node):
    condition: Boolean


@dataclass(frozen=True)
class Sources(Node):
    exclude: tuple[str, ...]


@dataclass(frozen=True)
class Within(Node):
    """The last `duration` before as_of, or, `of_parent`, the `duration` after the parent event."""

    duration: Duration
    of_parent: bool = False


@dataclass(frozen=True)
class Between(Node):
    """From `oldest` ago to `newest` ago: `between(newest, oldest)`."""

    newest: Duration
    oldest: Duration


Filter = Where | Sources | Within | Between


@dataclass(frozen=True)
class Events(Node):
    """The events of one name that pass every filter."""

    name: str
    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True)
class Entity(Node):
    """`entity('…')`, for Linked audiences: read so that it can be refused by name."""

    name: str
    filters: tuple[Filter, ...] = ()


Method = Choice["count", "sum", "avg", "max", "min", "mode", "first", "last", "unique"]


@dataclass(frozen=True)
class Reducer(Node):
    """How many events become one value. `unique` stands for `unique(p).count()`."""

    method: Method
    property: Property | None = None
    as_type: str | None = None
    min_frequency: int | None = None


@dataclass(frozen=True)
class Aggregate(Node):
    events: Events | Entity
    reducer: Reducer


# Booleans -------------------------------------------------------------------------------------

Scalar = Trait | Property | Context | Aggregate
Value = Literal | Duration | Trait | Property


@dataclass(frozen=True)
class Comparison(Node):
    """`left operator values`; `operator` is a key of `audience.operators.OPERATORS`."""

    left: Scalar
    operator: str
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class And(Node):
    items: tuple[Boolean, ...]


@dataclass(frozen=True)
class Or(Node):
    items: tuple[Boolean, ...]


@dataclass(frozen=True)
class Not(Node):
    item: Boolean


@dataclass(frozen=True)
class AnyUser(Node):
    """`ANY (…)`: some user of the account."""

    item: Boolean


@dataclass(frozen=True)
class AllUsers(Node):
    """`ALL (…)`: every user of the account, and at least one."""

    item: Boolean


Boolean = Comparison | And | Or | Not | AnyUser | AllUsers

N = TypeVar("N", bound=Node)
T = TypeVar("T")


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below `node`, from left to right."""
    for name in _parts(node):
        value = getattr(node, name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, Node))


def _parts(node: Node) -> tuple[str, ...]:
    """The names of what a node consists of."""
    kind: type[Any] = type(node)
    if kind not in _PARTS:
        _PARTS[kind] = tuple(each.name for each in fields(kind) if each.name != "origin")
    return _PARTS[kind]


_PARTS: dict[type[Any], tuple[str, ...]] = {}


def walk(node: Node) -> Iterator[Node]:
    """`node` and everything below it, depth first, from left to right."""
    yield node
    for child in children(node):
        yield from walk(child)


def transformed(node: N, change: Callable[[Node], Node]) -> N:
    """`node` with `change` made to every node below it, from the leaves upwards, and then to itself."""
    new: dict[str, Any] = {}
    for name in _parts(node):
        value = getattr(node, name)
        if isinstance(value, Node):
            new[name] = transformed(value, change)
        elif isinstance(value, tuple) and any(isinstance(item, Node) for item in value):
            new[name] = tuple(transformed(item, change) for item in value)
    return cast(N, change(replace(node, **new) if new else node))


def with_origin(node: N, origin: Origin) -> N:
    return replace(node, origin=origin)


def conditions(root: Boolean) -> tuple[Boolean, ...]:
    """The conditions of an audience: each leaf outside `where`, with a NOT directly on it."""
    match root:
        case And(items=items) | Or(items=items):
            return tuple(leaf for item in items for leaf in conditions(item))
        case Not(item=And() | Or() | Not() as inner):
            return conditions(inner)
        case _:
            return (root,)


def top_level(root: Boolean) -> tuple[Boolean, ...]:
    """The parts of the top-level AND, from left to right; anything else is an AND of one."""
    if isinstance(root, And):
        return tuple(part for item in root.items for part in top_level(item))
    return (root,)


def combined(
    root: Boolean, says: Mapping[Any, T], negated: Callable[[Any], Any] = operator.invert
) -> T:
    """`root` out of what is said of each of its conditions; T knows `&` and `|`, and `negated` a T."""
    if root in says:
        return says[root]
    whole: T
    match root:
        case And(items=items):
            whole = reduce(operator.and_, (combined(item, says, negated) for item in items))
        case Or(items=items):
            whole = reduce(operator.or_, (combined(item, says, negated) for item in items))
        case Not(item=item):
            whole = negated(combined(item, says, negated))
        case _:
            raise KeyError(root)
    return whole


def joined(kind: type[And] | type[Or], items: tuple[Boolean, ...]) -> Boolean:
    """`items` under one AND or OR, flattened; a single item stands alone."""
    flat: list[Boolean] = []
    for item in items:
        flat.extend(item.items if isinstance(item, kind) else (item,))
    return flat[0] if len(flat) == 1 else kind(tuple(flat))
