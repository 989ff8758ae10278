"""Query text → tree.

The grammar is `grammar.lark`; the parser is built on first use (about 70 ms) and kept. Nothing here
recurses, so that no text, however deep, can exhaust the stack.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from audience.operators import BY_SYMBOL
from audience.problems import InvalidQuery, Problem
from audience.query import (
    LARGEST,
    Aggregate,
    AllUsers,
    And,
    AnyUser,
    Between,
    Boolean,
    Comparison,
    Context,
    Duration,
    Entity,
    Events,
    Filter,
    Literal,
    Method,
    Node,
    Not,
    Or,
    Origin,
    Property,
    Reducer,
    Scalar,
    Sources,
    Span,
    Trait,
    Unit,
    Value,
    Where,
    Within,
    children,
)
from audience.text import unquoted

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

MOST_CHARACTERS = 200_000
MOST_LEVELS = 50  # of AND, OR, NOT, ANY, ALL and where inside one another

_GRAMMAR = Path(__file__).with_name("grammar.lark")


def read(text: str) -> Boolean:
    """The tree of `text`; every node's origin is turn 0 and its place in `text`.

    Raises InvalidQuery with one Problem, whose code is "syntax", "too_deep" or "too_long".
    """
    from lark.exceptions import UnexpectedInput

    from audience.syntax import explain, unreadable_characters

    problem = unreadable_characters(text, MOST_CHARACTERS)
    if problem is not None:
        raise InvalidQuery((problem,))
    try:
        parsed = _parser().parse(text)
    except UnexpectedInput as error:
        raise InvalidQuery((explain(error, text),)) from None
    root = _tree(parsed)
    problem = too_deep(root)
    if problem is not None:
        raise InvalidQuery((problem,))
    return root


@lru_cache(maxsize=1)
def _parser() -> Lark:
    from lark import Lark

    return Lark(
        _GRAMMAR.read_text(encoding="utf-8"),
        parser="lalr",
        propagate_positions=True,
        maybe_placeholders=True,
    )


def too_deep(root: Boolean) -> Problem | None:
    """A problem with a tree that is nested deeper than anything that walks it may have to go."""
    pending: list[tuple[Node, int]] = [(root, 1)]
    while pending:
        node, level = pending.pop()
        if level > MOST_LEVELS:
            span = node.origin.spans[0] if node.origin.spans else None
            message = (
                f"The query is nested more than {MOST_LEVELS} levels deep. "
                "Take out brackets or NOTs that are not needed."
            )
            return Problem("too_deep", message, start=span and span.start, end=span and span.end)
        inner = level + isinstance(node, And | Or | Not | AnyUser | AllUsers | Where)
        pending.extend((child, inner) for child in children(node))
    return None


# Parse tree → query tree ----------------------------------------------------------------------


def _tree(parsed: Tree[Token]) -> Boolean:
    """Builds bottom-up with a stack of its own."""
    from lark import Tree as ParseTree

    order: list[Any] = []
    pending: list[Any] = [parsed]
    while pending:
        each = pending.pop()
        order.append(each)
        if isinstance(each, ParseTree):
            pending.extend(each.children)
    built: list[Any] = []
    for each in reversed(order):
        if not isinstance(each, ParseTree):
            built.append(each)
            continue
        first = len(built) - len(each.children)
        parts, built[first:] = built[first:], []
        origin = Origin(0, (Span(each.meta.start_pos, each.meta.end_pos),))
        built.append(_BUILDERS[str(each.data)](parts, origin))
    return cast(Boolean, built[0])


def _text(token: Token) -> str:
    return unquoted(str(token))


def _comparison(parts: list[Any], origin: Origin) -> Comparison:
    left, sign, *values = parts
    operator = BY_SYMBOL[sign].key if sign in BY_SYMBOL else str(sign)
    return Comparison(
        cast(Scalar, left), operator, cast("tuple[Value, ...]", tuple(values)), origin=origin
    )


def _filtered(parts: list[Any], origin: Origin) -> Events | Entity:
    vector, filter_ = cast("tuple[Events | Entity, Filter]", parts)
    return type(vector)(vector.name, (*vector.filters, filter_), origin=origin)


def _literal(parts: list[Any], origin: Origin) -> Literal:
    token = parts[0]
    if token.type == "NUMBER":
        return Literal(Decimal(str(token)), origin=origin)
    return Literal(_text(token) if token.type == "STRING" else str(token), origin=origin)


def _duration(parts: list[Any], origin: Origin) -> Duration:
    amount, unit = parts
    return Duration(_integer(amount), cast(Unit, unit.rstrip("s")), origin=origin)


def _integer(token: Token) -> int:
    """An amount; no more of its digits are read than count: Python refuses huge integers."""
    digits = str(token).lstrip("0")
    return int(digits or "0") if len(digits) <= len(str(LARGEST)) else LARGEST


def _month(parts: list[Any], origin: Origin) -> Literal:
    token = parts[0]
    value = _text(token) if token.type == "STRING" else Decimal(_integer(token))
    return Literal(value, origin=origin)


def _extreme(parts: list[Any], origin: Origin) -> Reducer:
    method, property_, as_type = parts
    return Reducer(
        cast(Method, str(method)), property_, as_type=as_type and str(as_type), origin=origin
    )


def _mode(parts: list[Any], origin: Origin) -> Reducer:
    property_, as_type, least = parts
    return Reducer("mode", property_, as_type and str(as_type), _integer(least), origin=origin)


_BUILDERS: dict[str, Callable[[list[Any], Origin], Any]] = {
    "start": lambda parts, _: parts[0],
    "either": lambda parts, origin: Or(tuple(parts), origin=origin),
    "both": lambda parts, origin: And(tuple(parts), origin=origin),
    "negation": lambda parts, origin: Not(parts[0], origin=origin),
    "any_user": lambda parts, origin: AnyUser(parts[0], origin=origin),
    "all_users": lambda parts, origin: AllUsers(parts[0], origin=origin),
    "comparison": _comparison,
    "trait": lambda parts, origin: Trait(_text(parts[0]), origin=origin),
    "property": lambda parts, origin: Property(_text(parts[0]), origin=origin),
    "parent_property": lambda parts, origin: Property(_text(parts[0]), True, origin=origin),
    "context": lambda parts, origin: Context(_text(parts[0]), origin=origin),
    "aggregate": lambda parts, origin: Aggregate(parts[0], parts[1], origin=origin),
    "event": lambda parts, origin: Events(_text(parts[0]), origin=origin),
    "entity": lambda parts, origin: Entity(_text(parts[0]), origin=origin),
    "filtered": _filtered,
    "where": lambda parts, origin: Where(parts[0], origin=origin),
    "sources": lambda parts, origin: Sources(tuple(map(_text, parts)), origin=origin),
    "within": lambda parts, origin: Within(parts[0], origin=origin),
    "within_parent": lambda parts, origin: Within(parts[0], True, origin=origin),
    "between": lambda parts, origin: Between(parts[0], parts[1], origin=origin),
    "count": lambda _, origin: Reducer("count", origin=origin),
    "unique": lambda parts, origin: Reducer("unique", parts[0], origin=origin),
    "fold": lambda parts, origin: Reducer(cast(Method, str(parts[0])), parts[1], origin=origin),
    "extreme": _extreme,
    "mode": _mode,
    "literal": _literal,
    "duration": _duration,
    "month": _month,
}
