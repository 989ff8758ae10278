"""The condition editor's side of the server: which parts of a query can be changed, and the changes.

A part is addressed by its path in the tree (see `audience.editor`). What a browser sends is checked
here for its shape, and the whole query by the validator, before it is counted or taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace as with_fields
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any
from typing import Literal as Choice

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from audience.catalog import AudienceType, Catalog, FieldType, PropertyField, TraitField, ValueStats
from audience.editor import BadEdit, negate, part, path_to, replace
from audience.operators import OPERATORS, Operator
from audience.query import (
    Aggregate,
    And,
    AnyUser,
    Between,
    Boolean,
    Comparison,
    Context,
    Duration,
    Events,
    Filter,
    Literal,
    Node,
    Not,
    Or,
    Property,
    Trait,
    Unit,
    Value,
    Within,
    children,
    conditions,
)

MOST_SUGGESTED = 30
Path = tuple[int, ...]
_Path = list[int]


class _Change(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    path: _Path = Field(max_length=100)


class Compared(_Change):
    """Another operator or other values of a comparison."""

    part: Choice["comparison"]
    operator: str = Field(max_length=60)
    values: list[str] = Field(max_length=500)
    unit: Unit = "day"


class Windowed(_Change):
    """Another window of an event; none: at any time."""

    part: Choice["window"]
    newest: int | None = Field(None, ge=0, le=100_000)
    oldest: int | None = Field(None, ge=1, le=100_000)
    unit: Unit = "day"


class Joined(_Change):
    """AND or OR between the items of a group."""

    part: Choice["group"]
    kind: Choice["and", "or"]


class Excluded(_Change):
    """The opposite of a condition."""

    part: Choice["exclude"]


Change = Compared | Windowed | Joined | Excluded
_CHANGES: TypeAdapter[list[Change]] = TypeAdapter(
    Annotated[
        list[Annotated[Change, Field(discriminator="part")]], Field(min_length=1, max_length=50)
    ]
)


def made(root: Boolean, payload: Any) -> Boolean:
    """`root` with the changes that a browser sent, all of them made at once.

    Raises `BadEdit`; the validator has yet to look at the result.
    """
    try:
        changes = _CHANGES.validate_python(payload)
    except ValidationError:
        raise BadEdit("That change cannot be read. Nothing was changed.") from None
    # From right to left and from the inside out, so that the paths still to come stay as they were.
    for change in sorted(
        changes, key=lambda each: (each.path, each.part != "exclude"), reverse=True
    ):
        root = _changed(root, change)
    return root


def structure(root: Boolean) -> dict[str, Any]:
    """How the conditions hang together: a leaf is `{condition: n}`, a group `{path, kind, items}`.

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
                return {"condition": next(numbers), "negated": negated}

    return below(root, (), False)


def controls(root: Boolean, catalog: Catalog, type: AudienceType) -> list[dict[str, Any]]:
    """For each condition: its `path`, whether it is `excluded`, and the `parts` to change."""
    found = []
    for number, condition in enumerate(conditions(root)):
        path = path_to(root, number)
        inner, below = (
            (condition.item, (*path, 0)) if isinstance(condition, Not) else (condition, path)
        )
        look = _Look(catalog, "account" if type == "accounts" else "user")
        found.append(
            {
                "path": list(path),
                "excluded": isinstance(condition, Not),
                "parts": list(look.parts(inner, below, None)),
            }
        )
    return found


def _changed(root: Boolean, change: Change) -> Boolean:
    path = tuple(change.path)
    if isinstance(change, Excluded):
        return negate(root, path)
    node = part(root, path)
    if isinstance(change, Joined):
        if not isinstance(node, And | Or):
            raise BadEdit("This part of the audience is no longer there.")
        kind = And if change.kind == "and" else Or
        return replace(root, path, kind(node.items, origin=node.origin))
    if isinstance(change, Windowed):
        if not isinstance(node, Events):
            raise BadEdit("This part of the audience is no longer there.")
        return replace(root, path, _in_window(node, change))
    if not isinstance(node, Comparison) or change.operator not in OPERATORS:
        raise BadEdit("This part of the audience is no longer there.")
    operator = OPERATORS[change.operator]
    numeric = _counts(node) or any(_is_number(each) for each in node.values)
    values = _values(change, operator, numeric=numeric)
    return replace(root, path, with_fields(node, operator=operator.key, values=values))


class _Look:
    """What of a condition can be changed, from left to right."""

    def __init__(self, catalog: Catalog, owner: Choice["user", "account"]) -> None:
        self._catalog = catalog
        self._owner = owner

    def parts(self, node: Node, path: Path, event: str | None) -> Iterator[dict[str, Any]]:
        if isinstance(node, Events):
            event = node.name
            yield _window_part(node, path)
        if isinstance(node, AnyUser):
            look = _Look(self._catalog, "user")
            yield from look.parts(node.item, (*path, 0), event)
            return
        if isinstance(node, Comparison):
            found = self._comparison(node, path, event)
            if found is not None:
                yield found
        for index, child in enumerate(children(node)):
            yield from self.parts(child, (*path, index), event)

    def _comparison(self, node: Comparison, path: Path, event: str | None) -> dict[str, Any] | None:
        label, type, stats = self._left(node, event)
        if type is None or any(isinstance(each, Trait | Property) for each in node.values):
            return None
        counted = _counts(node)
        allowed = [
            each
            for each in OPERATORS.values()
            if type in each.types and (each.symbol is not None or not counted)
        ]
        return {
            "part": "comparison",
            "path": list(path),
            "label": label,
            "type": type,
            "operator": node.operator,
            "operators": [_operator_row(each, type) for each in allowed],
            "values": [_shown(each) for each in node.values],
            "unit": next((each.unit for each in node.values if isinstance(each, Duration)), "day"),
            "suggestions": [] if stats.personal else list(stats.values[:MOST_SUGGESTED]),
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
                property = self._property(event, name)
                return name, *_known(property)
            case Context():
                return "time", "timestamp", nothing
            case Aggregate(events=Events(name=name), reducer=reducer):
                if reducer.method == "count":
                    return f"{name}, how often", "number", nothing
                about = reducer.property.name if reducer.property else ""
                property = self._property(name, about)
                if reducer.method in ("sum", "avg", "unique"):
                    return f"{_METHODS[reducer.method]} {about}", "number", nothing
                return f"{_METHODS[reducer.method]} {about}", *_known(property)
            case _:
                return "", None, nothing

    def _property(self, event: str | None, name: str) -> PropertyField | None:
        found = self._catalog.event(event) if event is not None else None
        return found.property(name) if found is not None else None


_METHODS = {
    "sum": "total", "avg": "average", "min": "least", "max": "greatest",
    "unique": "different values of", "mode": "most frequent", "first": "first", "last": "last",
}  # fmt: skip


def _known(field: PropertyField | TraitField | None) -> tuple[FieldType | None, ValueStats]:
    return (None, ValueStats()) if field is None else (field.type, field.stats)


def _counts(node: Comparison) -> bool:
    return isinstance(node.left, Aggregate) and node.left.reducer.method in (
        "count",
        "sum",
        "avg",
        "unique",
    )


def _operator_row(operator: Operator, type: FieldType) -> dict[str, Any]:
    words = operator.dated if operator.dated and type in ("date", "timestamp") else operator.words
    return {
        "key": operator.key,
        "text": words.replace(" {0}", "") if words.endswith("{0}") else words.replace("{0}", "…"),
        "value": operator.value,
        "least": operator.arity[0],
        "most": operator.arity[1],
    }


def _window_part(node: Events, path: Path) -> dict[str, Any]:
    window = next((each for each in node.filters if _is_window(each)), None)
    newest = window.newest if isinstance(window, Between) else None
    oldest = window.oldest if isinstance(window, Between) else None
    if isinstance(window, Within):
        oldest = window.duration
    return {
        "part": "window",
        "path": list(path),
        "label": f"{node.name}, when",
        "newest": None if newest is None else _in_unit(newest, _unit(newest, oldest)),
        "oldest": None if oldest is None else _in_unit(oldest, _unit(newest, oldest)),
        "unit": _unit(newest, oldest),
    }


def _unit(newest: Duration | None, oldest: Duration | None) -> Unit:
    """Days, unless one of the two is not a whole number of days."""
    hourly = any(each is not None and each.unit == "hour" for each in (newest, oldest))
    return "hour" if hourly else "day"


def _in_unit(length: Duration, unit: Unit) -> int:
    return length.hours if unit == "hour" else length.amount


def _is_window(node: Node) -> bool:
    return isinstance(node, Between) or (isinstance(node, Within) and not node.of_parent)


def _in_window(events: Events, change: Windowed) -> Events:
    """The events with this window in the place of their own."""
    own = [each for each in events.filters if _is_window(each)]
    window: tuple[Filter, ...] = ()
    if change.oldest is not None:
        oldest = Duration(change.oldest, change.unit)
        newest = None if change.newest is None else Duration(change.newest, change.unit)
        window = (Within(oldest) if newest is None else Between(newest, oldest),)
    if not own:
        return with_fields(events, filters=(*events.filters, *window))
    filters: list[Filter] = []
    for each in events.filters:
        filters.extend(window if each is own[0] else () if each in own else (each,))
    return with_fields(events, filters=tuple(filters))


def _values(change: Compared, operator: Operator, *, numeric: bool) -> tuple[Value, ...]:
    texts: Sequence[str] = [each.strip() for each in change.values if each.strip()]
    least, most = operator.arity
    if len(texts) < least:
        raise BadEdit("Say which value it is compared with.")
    if most is not None:
        texts = texts[:most]
    if operator.value == "duration":
        return tuple(Duration(_whole(each), change.unit) for each in texts)
    return tuple(Literal(_number(each) if numeric else each) for each in texts)


def _is_number(value: Value) -> bool:
    return isinstance(value, Literal) and isinstance(value.value, Decimal)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise BadEdit("Give a length of time as a whole number, such as 30.")
    return int(text)


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise BadEdit(f"“{text[:40]}” is not a number. Write it as 100 or 99.5.")
    return number


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
