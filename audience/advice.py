"""What a valid query should still be asked about: the warnings of `audience.validator`.

value_never_occurs    no row has the value, so the comparison can never (or always) hold; or the event
                      has no row
contradiction         conditions that nobody can meet together
tautology             a condition that everybody meets
lookback_exceeded     a window longer than the history that the plan keeps
extension             a comparison that Segment's language does not have
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from audience.bound import Bound
from audience.catalog import Catalog, FieldType, PropertyField, TraitField
from audience.describer import describe_in
from audience.fitting import Finding
from audience.logic import DeadEnd, dead_ends
from audience.nearest import nearest_texts
from audience.operators import OPERATORS
from audience.query import (
    Aggregate,
    Between,
    Comparison,
    Events,
    Literal,
    Property,
    Trait,
    Within,
    top_level,
    walk,
)
from audience.scope import Scope, comparisons
from audience.text import plain
from audience.values import BadValue, Cast, cast, shortened
from audience.wording import country_name, is_money, is_naming, value_words

_WHOLE_VALUES = frozenset({"equals", "differs", "one_of", "none_of"})
_PARTS = frozenset({"contains", "omits", "starts_with", "ends_with"})
_UPWARDS = frozenset({"greater_than", "at_least", "equals", "one_of"})
_DOWNWARDS = frozenset({"less_than", "at_most", "equals", "one_of"})
_NEGATIVE = frozenset({"differs", "none_of", "omits"})


def advise(bound: Bound) -> tuple[Finding, ...]:
    """Every warning about a valid query."""
    found = [*_lookback(bound), *_extensions(bound), *_never_happened(bound)]
    for node, scope in comparisons(bound.root, Scope.top(bound.catalog, bound.type)):
        found.extend(_never_occurs(node, scope))
    found.extend(_windows_apart(bound))
    found.extend(_dead_end(each, bound) for each in dead_ends(bound))
    return tuple(found)


def _lookback(bound: Bound) -> Iterator[Finding]:
    limit = bound.catalog.lookback_days
    if limit is None:
        return
    for node in walk(bound.root):
        match node:
            case Within(duration=duration, of_parent=False) | Between(oldest=duration):
                if duration.hours > limit * 24:
                    message = (
                        f"This looks back {duration.amount} {duration.unit}s, and your plan only keeps "
                        f"a history of {limit} days."
                    )
                    yield Finding("lookback_exceeded", message, node, "warning", (f"{limit} days",))


def _extensions(bound: Bound) -> Iterator[Finding]:
    for node in walk(bound.root):
        if isinstance(node, Comparison) and OPERATORS[node.operator].extension:
            message = (
                f"{node.operator} is Muster's own comparison: the audience runs here, and cannot be "
                "created in Segment."
            )
            yield Finding("extension", message, node, "warning")


def _never_happened(bound: Bound) -> Iterator[Finding]:
    """Events of the plan that the data do not have; nothing where there are no data at all."""
    if not any(each.seen.count for each in bound.catalog.events):
        return
    for node in walk(bound.root):
        event = bound.catalog.event(node.name) if isinstance(node, Events) else None
        if event is not None and not event.seen.count:
            message = f"“{shortened(event.name)}” has never happened in the data of this workspace."
            yield Finding("value_never_occurs", message, node, "warning")


def _windows_apart(bound: Bound) -> Iterator[Finding]:
    """Windows of one event that no time is in, such as the last 5 days and 10 to 20 days ago."""
    for node in walk(bound.root):
        if not isinstance(node, Events):
            continue
        windows = [
            each
            for each in node.filters
            if isinstance(each, Between) or (isinstance(each, Within) and not each.of_parent)
        ]
        longest = [each.oldest if isinstance(each, Between) else each.duration for each in windows]
        shortest = [each.newest.hours for each in windows if isinstance(each, Between)]
        if shortest and max(shortest) > min(each.hours for each in longest):
            message = f"The windows of “{shortened(node.name)}” have no time in common."
            yield Finding("contradiction", message, node, "warning")


def _dead_end(end: DeadEnd, bound: Bound) -> Finding:
    words = [f"“{describe_in(part, end.scope)}”" for part in end.parts]
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    if end.code == "contradiction":
        says = "can never hold" if len(words) == 1 else "cannot hold together"
        whole = end.node in (bound.root, *top_level(bound.root))
        nobody = "no event matches" if end.scope.in_event else "this matches nobody"
        so = "" if not (whole or end.scope.in_event) else f", so {nobody}"
        return Finding(end.code, f"{listed} {says}{so}.", end.node, "warning")
    says = "always holds" if len(words) == 1 else "leave nobody out together"
    return Finding(end.code, f"{listed} {says}, so this narrows nothing.", end.node, "warning")


# Values that never occur ----------------------------------------------------------------------


def _never_occurs(node: Comparison, scope: Scope) -> Iterator[Finding]:
    field = scope.field(node.left)
    is_field = isinstance(node.left, Trait | Property) or (
        isinstance(node.left, Aggregate)
        and node.left.reducer.method in ("first", "last", "mode")
        and node.left.reducer.as_type is None
    )
    if field is None or not is_field:
        return
    if node.operator in _WHOLE_VALUES | _PARTS and field.stats.complete:
        for value in node.values:
            if isinstance(value, Literal) and not _occurs(
                value, node.operator, field, scope.catalog
            ):
                yield _absent_value(value, node, field)
    elif field.type == "number":
        yield from _out_of_range(node, field, scope.catalog)


def _occurs(
    value: Literal, operator: str, field: TraitField | PropertyField, catalog: Catalog
) -> bool:
    if operator in _PARTS:
        part = str(cast(value, "text", catalog.timezone))
        match operator:
            case "starts_with":
                return any(each.startswith(part) for each in field.stats.values)
            case "ends_with":
                return any(each.endswith(part) for each in field.stats.values)
            case _:
                return any(part in each for each in field.stats.values)
    wanted = cast(value, field.type, catalog.timezone)
    return any(_known(each, field.type, catalog) == wanted for each in field.stats.values)


def _known(text: str | Decimal, type: FieldType, catalog: Catalog) -> Cast | None:
    try:
        return cast(Literal(text), type, catalog.timezone)
    except BadValue:
        return None


def _absent_value(value: Literal, node: Comparison, field: TraitField | PropertyField) -> Finding:
    text = value.value if isinstance(value.value, str) else plain(value.value)
    near = () if field.stats.personal else _nearest_values(text, field)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    effect = "excludes nothing" if node.operator in _NEGATIVE else "matches nothing"
    how = {"starts_with": "never begins with", "ends_with": "never ends with"}.get(
        node.operator, "never contains" if node.operator in _PARTS else "is never"
    )
    message = f"“{field.name}” {how} “{shortened(text)}”, so this {effect}.{hint}"
    return Finding("value_never_occurs", message, value, "warning", near)


def _nearest_values(text: str, field: TraitField | PropertyField) -> tuple[str, ...]:
    """Values that are the same but for case, or that people call so (Spain for ES), then the like."""
    values, low = field.stats.values, text.lower()
    same = [
        each
        for each in values
        if low in (each.lower(), (country_name(each, field.name) or each).lower())
    ]
    return tuple(dict.fromkeys([*same, *nearest_texts(text, values[:2000])]))[:3]


def _out_of_range(
    node: Comparison, field: TraitField | PropertyField, catalog: Catalog
) -> Iterator[Finding]:
    """Numbers beyond the smallest or the largest there is."""
    least, most = _number(field.stats.minimum, catalog), _number(field.stats.maximum, catalog)
    if least is None or most is None:
        return
    for value in node.values:
        number = _number(value.value, catalog) if isinstance(value, Literal) else None
        if number is None:
            continue
        above = number > most or (number == most and node.operator == "greater_than")
        below = number < least or (number == least and node.operator == "less_than")
        if (above and node.operator in _UPWARDS) or (below and node.operator in _DOWNWARDS):
            end, limit = ("highest", most) if above else ("lowest", least)
            money = catalog.currency if is_money(field) else None
            zone, naming = catalog.timezone, is_naming(field.name)
            words = value_words(Literal(limit), "number", timezone=zone, money=money, naming=naming)
            message = f"The {end} “{field.name}” is {words}, so this matches nothing."
            yield Finding("value_never_occurs", message, value, "warning", (plain(limit),))


def _number(value: str | Decimal | None, catalog: Catalog) -> Decimal | None:
    known = _known(value, "number", catalog) if value is not None else None
    return known if isinstance(known, Decimal) else None
