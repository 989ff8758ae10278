"""Tree → canonical query text: `read(show(t)) == t`."""

from __future__ import annotations

from audience.operators import OPERATORS
from audience.problems import NotSupported
from audience.query import (
    Aggregate,
    AllUsers,
    And,
    AnyUser,
    Between,
    Comparison,
    Context,
    Duration,
    Entity,
    Events,
    Literal,
    Node,
    Not,
    Or,
    Property,
    Reducer,
    Sources,
    Trait,
    Where,
    Within,
)
from audience.text import plain, quoted


def show(node: Node) -> str:
    """The canonical text of any node, on one line. Raises NotSupported for a node it does not know."""
    match node:
        case Or(items=items):
            return " OR ".join(
                f"({show(item)})" if isinstance(item, Or) else show(item) for item in items
            )
        case And(items=items):
            return " AND ".join(
                f"({show(item)})" if isinstance(item, And | Or) else show(item) for item in items
            )
        case Not(item=item):
            return f"NOT {_operand(item)}"
        case AnyUser(item=item):
            return f"ANY {_operand(item)}"
        case AllUsers(item=item):
            return f"ALL {_operand(item)}"
        case Comparison():
            return _comparison(node)
        case Aggregate(events=events, reducer=reducer):
            return f"{show(events)}.{show(reducer)}"
        case Trait(name=name):
            return f"trait({quoted(name)})"
        case Property(name=name, of_parent=of_parent):
            return f"property({'parent: ' if of_parent else ''}{quoted(name)})"
        case Context(name=name):
            return f"context({quoted(name)})"
        case Literal(value=value):
            return quoted(value) if isinstance(value, str) else plain(value)
        case Duration(amount=amount, unit=unit):
            return f"{amount} {unit}{'' if amount == 1 else 's'}"
        case _:
            return _vector(node)


def _operand(item: Node) -> str:
    return f"({show(item)})" if isinstance(item, And | Or) else show(item)


def _comparison(node: Comparison) -> str:
    operator = OPERATORS.get(node.operator)
    if operator is None:
        raise NotSupported(f"There is no comparison called {node.operator}.")
    if operator.symbol is not None:
        return f"{show(node.left)} {operator.symbol} {show(node.values[0])}"
    return f"{show(node.left)}.{operator.key}({', '.join(show(value) for value in node.values)})"


def _vector(node: Node) -> str:
    match node:
        case Events(name=name, filters=filters):
            return f"event({quoted(name)})" + "".join(f".{show(each)}" for each in filters)
        case Entity(name=name, filters=filters):
            return f"entity({quoted(name)})" + "".join(f".{show(each)}" for each in filters)
        case Where(condition=condition):
            return f"where({show(condition)})"
        case Sources(exclude=exclude):
            return f"sources({{exclude: [{', '.join(map(quoted, exclude))}]}})"
        case Within(duration=duration, of_parent=of_parent):
            return f"within({'parent: ' if of_parent else ''}{show(duration)})"
        case Between(newest=newest, oldest=oldest):
            return f"between({show(newest)}, {show(oldest)})"
        case Reducer():
            return _reducer(node)
        case _:
            raise NotSupported(f"{type(node).__name__} cannot be written in the query language.")


def _reducer(node: Reducer) -> str:
    if node.method == "count" or node.property is None:
        return f"{node.method}()"
    if node.method == "unique":
        return f"unique({show(node.property)}).count()"
    as_type = f" as {node.as_type}" if node.as_type else ""
    least = f", {node.min_frequency}" if node.method == "mode" else ""
    return f"{node.method}({show(node.property)}{as_type}{least})"
