"""Changes that the condition editor sends, and what they make of a query.

A part is addressed by its path in the tree (see `audience.editor`). What a browser sends is checked
here for its shape, and the whole query by the validator, before it is counted or taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as with_fields
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any
from typing import Literal as Choice

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from audience import editor
from audience.catalog import AudienceType, Catalog
from audience.editor import BadEdit, part
from audience.operators import OPERATORS, Operator
from audience.query import (
    Aggregate,
    AllUsers,
    And,
    AnyUser,
    Between,
    Boolean,
    Comparison,
    Duration,
    Events,
    Filter,
    Literal,
    Method,
    Node,
    Not,
    Or,
    Property,
    Reducer,
    Trait,
    Unit,
    Value,
    Where,
    Within,
    conditions,
    walk,
)
from ui.picking import Picked, condition_of, property_row, result_type

_Path = Annotated[list[int], Field(max_length=100)]
_Days = Annotated[int, Field(ge=1, le=100_000)]
GONE = "This part of the audience is no longer there."


class _Change(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    path: _Path


class Against(BaseModel):
    """A field that another is compared with."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: Choice["trait", "property"]
    name: str = Field(max_length=500)


class Compared(_Change):
    """Another operator, or other values of a comparison; or, `against` it, another field."""

    part: Choice["comparison"]
    operator: str = Field(max_length=60)
    values: list[str] = Field(max_length=500)
    against: Against | None = None
    unit: Unit = "day"


class Windowed(_Change):
    """Another window of an event; none: at any time."""

    part: Choice["window"]
    newest: int | None = Field(None, ge=0, le=100_000)
    oldest: _Days | None = None
    unit: Unit = "day"


class Followed(_Change):
    """How long after its parent event an event may happen; none: at any time after."""

    part: Choice["after"]
    amount: _Days | None = None
    unit: Unit = "day"


class Measured(_Change):
    """What is taken of the events: how many, the sum of a property, its newest value."""

    part: Choice["measure"]
    method: Method
    property: str | None = Field(None, max_length=500)


class Joined(_Change):
    """AND or OR between the items of a group."""

    part: Choice["group"]
    kind: Choice["and", "or"]


class Quantified(_Change):
    """Some or every user of an account."""

    part: Choice["users"]
    kind: Choice["any", "all"]


class Excluded(_Change):
    """The opposite of a condition, a row or a group."""

    part: Choice["exclude"]


class Removed(_Change):
    """Without a condition, a row or a group."""

    part: Choice["remove"]


class Replaced(_Change):
    """A condition on another field in the place of one."""

    part: Choice["replace"]
    field: Picked


class Added(_Change):
    """A further condition in a group, or beside a condition."""

    part: Choice["add"]
    kind: Choice["and", "or"]
    field: Picked


class Narrowed(_Change):
    """A further property that the events at `path` must have."""

    part: Choice["row"]
    property: str = Field(max_length=500)


class Grouped(BaseModel):
    """Conditions side by side, put in a group of their own."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    part: Choice["together"]
    paths: list[_Path] = Field(max_length=60)
    kind: Choice["and", "or"]


class Dissolved(_Change):
    """What a group holds, one by one in its place."""

    part: Choice["dissolve"]


class Shifted(_Change):
    """One place up or down, into groups and out of them."""

    part: Choice["shift"]
    step: Choice[-1, 1]


_Values = Compared | Windowed | Followed | Measured | Joined | Quantified | Excluded
"""These leave every condition at its place, so that several can be made at once."""
_Shapes = Removed | Replaced | Added | Narrowed | Grouped | Dissolved | Shifted
_CHANGES: TypeAdapter[list[_Values] | tuple[_Shapes]] = TypeAdapter(
    Annotated[list[Annotated[_Values, Field(discriminator="part")]], Field(max_length=50)]
    | tuple[Annotated[_Shapes, Field(discriminator="part")]]
)
_KINDS: dict[str, type[And] | type[Or]] = {"and": And, "or": Or}


@dataclass(frozen=True)
class Made:
    """The changed query, and the number of the condition that stays (or is now) opened."""

    root: Boolean
    opened: int | None


def made(
    root: Boolean, payload: Any, catalog: Catalog, type: AudienceType, opened: int | None = None
) -> Made:
    """`root` with the changes that a browser sent: several of values at once, or one of its shape.

    Raises `BadEdit`; the validator has yet to look at the result.
    """
    try:
        changes = _CHANGES.validate_python(payload)
    except ValidationError:
        raise BadEdit("That change cannot be read. Nothing was changed.") from None
    if isinstance(changes, tuple):
        return _reshaped(root, changes[0], catalog, type, opened)
    # From right to left and from the inside out, so that the paths still to come stay as they were.
    for change in sorted(
        changes, key=lambda each: (each.path, each.part != "exclude"), reverse=True
    ):
        root = _changed(root, change, catalog)
    return Made(root, opened)


def _reshaped(
    root: Boolean, change: _Shapes, catalog: Catalog, type: AudienceType, opened: int | None
) -> Made:
    before = conditions(root)
    kept = before[opened] if opened is not None and 0 <= opened < len(before) else None
    match change:
        case Removed(path=path):
            changed = editor.remove(root, tuple(path))
        case Replaced(path=path, field=field):
            kept = condition_of(field, catalog, type)
            changed = editor.replace(root, _with_nots(root, path), kept)
        case Added(path=path, kind=kind, field=field):
            kept = condition_of(field, catalog, type)
            changed = editor.add(root, kept, _KINDS[kind], beside=_with_nots(root, path))
        case Narrowed(path=path, property=name):
            return Made(_narrowed(root, tuple(path), name, catalog), opened)
        case Grouped(paths=paths, kind=kind):
            changed = editor.group(root, [_with_nots(root, each) for each in paths], _KINDS[kind])
        case Dissolved(path=path):
            changed = editor.dissolve(root, tuple(path))
        case Shifted(path=path, step=step):
            changed = editor.shift(root, tuple(path), step)
    return Made(changed, _place_of(kept, changed))


def _with_nots(root: Boolean, path: Sequence[int]) -> tuple[int, ...]:
    """The path of a condition with the NOT on it; of a group, its own."""
    whole = tuple(path)
    if not isinstance(part(root, whole), And | Or):
        while whole and isinstance(part(root, whole[:-1]), Not):
            whole = whole[:-1]
    return whole


def _place_of(kept: Boolean | None, root: Boolean) -> int | None:
    """The number of a condition that is the same node as before, whatever NOT stands on it."""
    if kept is None:
        return None
    bare = kept.item if isinstance(kept, Not) else kept
    for number, each in enumerate(conditions(root)):
        if any(node is bare for node in walk(each)):
            return number
    return None


def _changed(root: Boolean, change: _Values, catalog: Catalog) -> Boolean:
    path = tuple(change.path)
    node = part(root, path)
    match change, node:
        case Excluded(), _:
            under_not = path and isinstance(part(root, path[:-1]), Not)
            return editor.negate(root, path[:-1] if under_not else path)
        case Joined(kind=kind), And() | Or():
            return editor.replace(root, path, _KINDS[kind](node.items, origin=node.origin))
        case Quantified(kind=whose), AnyUser() | AllUsers():
            users = AnyUser if whose == "any" else AllUsers
            return editor.replace(root, path, users(node.item, origin=node.origin))
        case Windowed(), Events():
            return editor.replace(root, path, _in_window(node, change))
        case Followed(), Events():
            return editor.replace(root, path, _following(node, change))
        case Measured(), Comparison(left=Aggregate()):
            return editor.replace(root, path, _measured(node, change, catalog))
        case Compared(), Comparison() if change.operator in OPERATORS:
            operator = OPERATORS[change.operator]
            numeric = _is_counted(node) or any(_is_number(each) for each in node.values)
            values = _values(change, operator, numeric=numeric)
            return editor.replace(
                root, path, with_fields(node, operator=operator.key, values=values)
            )
    raise BadEdit(GONE)


def _narrowed(root: Boolean, path: tuple[int, ...], name: str, catalog: Catalog) -> Boolean:
    events = part(root, path)
    if not isinstance(events, Events):
        raise BadEdit(GONE)
    row = property_row(events.name, name, catalog)
    for place, each in enumerate(events.filters):
        if isinstance(each, Where):
            return editor.add(root, row, And, beside=(*path, place, 0))
    narrowed = with_fields(events, filters=(*events.filters, Where(row)))
    return editor.replace(root, path, narrowed)


def _measured(node: Comparison, change: Measured, catalog: Catalog) -> Comparison:
    """The same events, measured otherwise; what they are compared with stays where it still fits."""
    left = node.left
    assert isinstance(left, Aggregate)
    name = left.events.name
    before = result_type(left.reducer, name, catalog)
    property = None if change.method == "count" else Property(change.property or "")
    reducer = Reducer(change.method, property, None, 1 if change.method == "mode" else None)
    after = result_type(reducer, name, catalog)
    measured = with_fields(node, left=with_fields(left, reducer=reducer))
    if after == before and node.operator in OPERATORS:
        return measured
    if after == "number":
        return with_fields(measured, operator="at_least", values=(Literal(Decimal(1)),))
    return with_fields(measured, operator="exists", values=())


def _is_counted(node: Comparison) -> bool:
    methods = ("count", "sum", "avg", "unique")
    return isinstance(node.left, Aggregate) and node.left.reducer.method in methods


def is_window(node: Node) -> bool:
    """A filter that says when an event happened, counted from now."""
    return isinstance(node, Between) or (isinstance(node, Within) and not node.of_parent)


def is_following(node: Node) -> bool:
    """A filter that says how long after its parent an event happened."""
    return isinstance(node, Within) and node.of_parent


def _in_window(events: Events, change: Windowed) -> Events:
    """The events with this window in the place of their own."""
    own = [each for each in events.filters if is_window(each)]
    window: tuple[Filter, ...] = ()
    if change.oldest is not None:
        oldest = Duration(change.oldest, change.unit)
        newest = None if change.newest is None else Duration(change.newest, change.unit)
        window = (Within(oldest) if newest is None else Between(newest, oldest),)
    return _with_filter(events, own, window)


def _following(events: Events, change: Followed) -> Events:
    own = [each for each in events.filters if is_following(each)]
    window: tuple[Filter, ...] = ()
    if change.amount is not None:
        window = (Within(Duration(change.amount, change.unit), of_parent=True),)
    return _with_filter(events, own, window)


def _with_filter(events: Events, own: Sequence[Filter], new: tuple[Filter, ...]) -> Events:
    if not own:
        return with_fields(events, filters=(*events.filters, *new))
    filters: list[Filter] = []
    for each in events.filters:
        filters.extend(new if each is own[0] else () if each in own else (each,))
    return with_fields(events, filters=tuple(filters))


def _values(change: Compared, operator: Operator, *, numeric: bool) -> tuple[Value, ...]:
    if change.against is not None and operator.value == "same" and operator.arity[1] != 0:
        of = Trait if change.against.kind == "trait" else Property
        return (of(change.against.name),)
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
