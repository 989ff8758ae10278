"""What of a query the condition editor can change: its structure, and the parts of one condition.

A part is addressed by its path in the tree (see `audience.editor`); `ui.changes` makes the changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from typing import Literal as Choice

from audience.catalog import AudienceType, Catalog, FieldType, PropertyField, TraitField, ValueStats
from audience.describer import describe_condition
from audience.editor import path_to
from audience.fitting import comparable
from audience.operators import OPERATORS, Operator
from audience.query import (
    Aggregate,
    AllUsers,
    And,
    AnyUser,
    Between,
    Boolean,
    Comparison,
    Context,
    Duration,
    Events,
    Literal,
    Node,
    Not,
    Or,
    Property,
    Trait,
    Unit,
    Value,
    Where,
    Within,
    children,
    conditions,
    walk,
)
from ui.changes import is_following, is_window
from ui.picking import result_type
from workspace.times import value_text

MOST_SUGGESTED = 100
Path = tuple[int, ...]
Part = dict[str, Any]


def structure(root: Boolean) -> dict[str, Any]:
    """How the conditions hang together: a leaf is `{condition: n, path}`, a group `{path, kind, items}`.

    `kind` is `and` or `or`; `negated` says that none of it may hold.
    """
    numbers = iter(range(len(conditions(root))))

    def below(node: Boolean, path: Path, negated: bool) -> dict[str, Any]:
        match node:
            case And(items=items) | Or(items=items):
                return {
                    "path": list(path),
                    "kind": "and" if isinstance(node, And) else "or",
                    "negated": negated,
                    "items": [
                        below(item, (*path, index), False) for index, item in enumerate(items)
                    ],
                }
            case Not(item=And() | Or() | Not() as inner):
                return below(inner, (*path, 0), not negated)
            case _:
                return {"condition": next(numbers), "path": list(path), "negated": negated}

    return below(root, (), False)


def control(root: Boolean, number: int, catalog: Catalog, type: AudienceType) -> dict[str, Any]:
    """Of one condition: its `path`, whether it is `excluded`, its `title`, and the `parts` to change.

    A part is a `comparison`, a `window`, an `after`, a `measure`, a `rows` (where a property can be
    added), a `group` of rows, a `users` (some or every user) or a `fixed` text.
    """
    condition = conditions(root)[number]
    path = path_to(root, number)
    inner, below = (condition.item, (*path, 0)) if isinstance(condition, Not) else (condition, path)
    look = _Look(catalog, "account" if type == "accounts" else "user")
    return {
        "path": list(path),
        "excluded": isinstance(condition, Not),
        "title": _title(inner, catalog),
        "parts": list(look.parts(inner, below, None, level=0)),
    }


def _title(node: Boolean, catalog: Catalog) -> str:
    """The field that a condition is about."""
    for each in walk(node):
        if isinstance(each, Events):
            return each.name
        if isinstance(each, Trait):
            saved = catalog.audience(each.name)
            return each.name if saved is None else saved.name
    return ""


class _Look:
    """What of a condition can be changed, from left to right."""

    def __init__(self, catalog: Catalog, owner: Choice["user", "account"]) -> None:
        self._catalog = catalog
        self._owner = owner

    def parts(
        self, node: Node, path: Path, event: str | None, *, level: int, excluded: bool = False
    ) -> Iterator[Part]:
        """`event`: whose `where` the node stands in; `level`: how many of them are around it."""
        match node:
            case Not():
                yield from self.parts(
                    node.item, (*path, 0), event, level=level, excluded=not excluded
                )
            case AnyUser() | AllUsers():
                kind = "any" if isinstance(node, AnyUser) else "all"
                yield {"part": "users", "path": list(path), "kind": kind, "level": level}
                look = _Look(self._catalog, "user")
                yield from look.parts(node.item, (*path, 0), event, level=level)
            case Comparison():
                yield self._comparison(node, path, event, level, excluded)
                for index, child in enumerate(children(node)):
                    yield from self.parts(child, (*path, index), event, level=level)
            case Events():
                if level:
                    yield _after_part(node, path, level)
                yield _window_part(node, path, level)
                for index, child in enumerate(children(node)):
                    yield from self.parts(child, (*path, index), node.name, level=level + 1)
                yield self._rows(node, path, level)
            case And() | Or():
                yield {
                    "part": "group",
                    "path": list(path),
                    "kind": "and" if isinstance(node, And) else "or",
                    "excluded": excluded,
                    "level": level,
                }
                for index, item in enumerate(node.items):
                    yield from self.parts(item, (*path, index), event, level=level)
            case Where() | Aggregate():
                for index, child in enumerate(children(node)):
                    yield from self.parts(child, (*path, index), event, level=level)

    def _comparison(
        self, node: Comparison, path: Path, event: str | None, level: int, excluded: bool
    ) -> Part:
        label, type, stats = self._left(node, event)
        common = {
            "path": list(path),
            "label": label,
            "level": level,
            "removable": level > 0,
            "excluded": excluded,
        }
        fields = [each for each in node.values if isinstance(each, Trait | Property)]
        rivals = self._rivals(node.left, event, type)
        if type is None or (fields and (len(node.values) > 1 or fields[0] not in rivals)):
            return common | {"part": "fixed", "text": describe_condition(node, self._catalog)}
        counted = isinstance(node.left, Aggregate) and _is_counted(node.left)
        allowed = [
            each
            for each in OPERATORS.values()
            if type in each.types and (each.symbol is not None or not counted)
        ]
        return common | {
            "part": "comparison",
            "type": type,
            "operator": node.operator,
            "operators": [_operator_row(each, type) for each in allowed],
            "values": [] if fields else [_shown(each) for each in node.values],
            "against": rivals.index(fields[0]) if fields else None,
            "rivals": [_rival(each) for each in rivals],
            "unit": next((each.unit for each in node.values if isinstance(each, Duration)), "day"),
            "suggestions": [] if stats.personal else list(stats.values[:MOST_SUGGESTED]),
            "range": _range(type, stats, self._catalog.timezone),
            "measure": self._measure(node.left),
        }

    def _rivals(
        self, left: Node, event: str | None, type: FieldType | None
    ) -> list[Trait | Property]:
        """The fields that a field can be compared with, those of its own kind first."""
        if type is None or not isinstance(left, Trait | Property):
            return []
        own = self._catalog.user_traits if self._owner == "user" else self._catalog.account_traits
        found = self._catalog.event(event) if event is not None else None
        properties = found.properties if found is not None else ()
        every: list[Trait | Property] = [
            *(Property(each.name) for each in properties if comparable(type, each.type)),
            *(Trait(each.name) for each in own if comparable(type, each.type)),
        ]
        return [each for each in every if each != left][:MOST_SUGGESTED]

    def _measure(self, left: Node) -> dict[str, Any] | None:
        """What is taken of the events, and what else could be."""
        if not isinstance(left, Aggregate) or not isinstance(left.events, Events):
            return None
        found = self._catalog.event(left.events.name)
        properties = found.properties if found is not None else ()
        numbers = [each.name for each in properties if each.type == "number"]
        every = [each.name for each in properties]
        return {
            "method": left.reducer.method,
            "property": left.reducer.property.name if left.reducer.property else None,
            "methods": [
                {"key": method, "text": text, "properties": names}
                for method, text in _METHODS.items()
                for names in (
                    [] if method == "count" else numbers if method in _OF_NUMBERS else every,
                )
                if names or method == "count"
            ],
        }

    def _rows(self, node: Events, path: Path, level: int) -> Part:
        found = self._catalog.event(node.name)
        return {
            "part": "rows",
            "path": list(path),
            "event": node.name,
            "level": level + 1,
            "properties": len(found.properties) if found is not None else 0,
        }

    def _left(
        self, node: Comparison, event: str | None
    ) -> tuple[str, FieldType | None, ValueStats]:
        """How the left side is called, its type, and what is known of its values."""
        nothing = ValueStats()
        match node.left:
            case Trait(name=name):
                field = self._catalog.trait(name, self._owner)
                if field is None and (audience := self._catalog.audience(name)) is not None:
                    return f"In {audience.name}", "boolean", nothing
                return name, *_known(field)
            case Property(name=name, of_parent=False):
                return name, *_known(self._property(event, name))
            case Context():
                return "time", "timestamp", nothing
            case Aggregate(events=Events(name=name), reducer=reducer):
                about = reducer.property.name if reducer.property else ""
                if reducer.method == "count":
                    return f"{name}, how often", "number", nothing
                label = f"{name}, {_METHODS[reducer.method]} {about}"
                if _is_counted(node.left):
                    return label, "number", nothing
                stats = _known(self._property(name, about))[1]
                return label, result_type(reducer, name, self._catalog), stats
            case _:
                return "", None, nothing

    def _property(self, event: str | None, name: str) -> PropertyField | None:
        found = self._catalog.event(event) if event is not None else None
        return found.property(name) if found is not None else None


_METHODS = {
    "count": "how often", "sum": "total", "avg": "average", "min": "least", "max": "greatest",
    "unique": "number of different", "first": "first", "last": "newest", "mode": "most frequent",
}  # fmt: skip
_OF_NUMBERS = ("sum", "avg", "min", "max")


def _rival(field: Trait | Property) -> dict[str, str]:
    return {"kind": "trait" if isinstance(field, Trait) else "property", "name": field.name}


def _known(field: PropertyField | TraitField | None) -> tuple[FieldType | None, ValueStats]:
    return (None, ValueStats()) if field is None else (field.type, field.stats)


def _is_counted(left: Aggregate) -> bool:
    return left.reducer.method in ("count", "sum", "avg", "unique")


def _range(type: FieldType, stats: ValueStats, timezone: str) -> str:
    """From where to where the values of a field go, where that helps to choose one."""
    if stats.minimum is None or type not in ("number", "date", "timestamp") or stats.personal:
        return ""
    return f"{value_text(stats.minimum, timezone)} to {value_text(stats.maximum, timezone)}"


def _operator_row(operator: Operator, type: FieldType) -> dict[str, Any]:
    words = operator.dated if operator.dated and type in ("date", "timestamp") else operator.words
    return {
        "key": operator.key,
        "text": words.replace(" {0}", "") if words.endswith("{0}") else words.replace("{0}", "…"),
        "value": operator.value,
        "least": operator.arity[0],
        "most": operator.arity[1],
    }


def _window_part(node: Events, path: Path, level: int) -> Part:
    window = next((each for each in node.filters if is_window(each)), None)
    newest = window.newest if isinstance(window, Between) else None
    oldest = window.oldest if isinstance(window, Between) else None
    if isinstance(window, Within):
        oldest = window.duration
    unit = _unit(newest, oldest)
    return {
        "part": "window",
        "path": list(path),
        "label": f"{node.name}, when",
        "level": level,
        "newest": None if newest is None else _in_unit(newest, unit),
        "oldest": None if oldest is None else _in_unit(oldest, unit),
        "unit": unit,
    }


def _after_part(node: Events, path: Path, level: int) -> Part:
    own = next((each for each in node.filters if is_following(each)), None)
    length = own.duration if isinstance(own, Within) else None
    return {
        "part": "after",
        "path": list(path),
        "label": f"{node.name}, how soon after",
        "level": level,
        "amount": None if length is None else length.amount,
        "unit": "day" if length is None else length.unit,
    }


def _unit(newest: Duration | None, oldest: Duration | None) -> Unit:
    """Days, unless one of the two is not a whole number of days."""
    hourly = any(each is not None and each.unit == "hour" for each in (newest, oldest))
    return "hour" if hourly else "day"


def _in_unit(length: Duration, unit: Unit) -> int:
    return length.hours if unit == "hour" else length.amount


def _shown(value: Value) -> str:
    match value:
        case Duration(amount=amount):
            return str(amount)
        case Literal(value=Decimal() as number):
            return f"{number:f}"
        case Literal(value=text):
            return str(text)
        case _:
            return ""
