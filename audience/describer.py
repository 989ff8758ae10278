"""Tree → plain English that can be read in one way only.

What joins conditions is told by brackets: a part that itself contains a comma, an "and" or an "or"
is put in brackets wherever it stands next to another. Total: raises NotSupported for a node or an
operator that it does not know, never leaves one out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from audience.catalog import AudienceType, Catalog, FieldType, PropertyField, TraitField
from audience.operators import DATED, OPERATORS, Operator
from audience.periods import period_of
from audience.problems import NotSupported
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
    Entity,
    Events,
    Filter,
    Literal,
    Not,
    Or,
    Property,
    Reducer,
    Scalar,
    Sources,
    Trait,
    Value,
    Where,
    Within,
    top_level,
    walk,
)
from audience.scope import Scope
from audience.values import BadValue, cast
from audience.wording import (
    country_name,
    duration_words,
    is_money,
    is_naming,
    listed,
    month_words,
    number_words,
    text_words,
    value_words,
)


def describe(root: Boolean, catalog: Catalog, *, audience_type: AudienceType | None = None) -> str:
    """The whole audience in words, without a full stop at the end."""
    if audience_type is None:
        accounts = any(isinstance(node, AnyUser | AllUsers) for node in walk(root))
        audience_type = "accounts" if accounts else "users"
    return _boolean(root, Scope.top(catalog, audience_type))


def describe_condition(
    node: Boolean, catalog: Catalog, *, audience_type: AudienceType | None = None
) -> str:
    """One condition in words, as `describe` would say it."""
    return describe(node, catalog, audience_type=audience_type)


def describe_in(node: Boolean, scope: Scope) -> str:
    """A part of an audience in words, such as what stands in a `where`."""
    return _boolean(node, scope)


def describe_scalar(node: Scalar, scope: Scope) -> str:
    """What a condition looks at, in words: plan, the sum of total over Order Completed at any time."""
    return _scalar(node, scope)


def describe_events(events: Events | Entity, noun: str, scope: Scope) -> str:
    """Events with a noun after their name: Order Completed events in the last 7 days, where …"""
    return _event_words(events, noun, scope)


# Booleans -------------------------------------------------------------------------------------


def _boolean(node: Boolean, scope: Scope) -> str:
    match node:
        case And(items=items):
            return " and ".join(_part(item, scope) for item in items)
        case Or(items=items):
            return "either " + " or ".join(_part(item, scope) for item in items)
        case Not(item=Comparison() as comparison):
            return _comparison(comparison, scope, negated=True)
        case Not(item=AnyUser(item=item)):
            return f"no user of the account meets this: {_bracketed(_boolean(item, scope.under_users()))}"
        case Not(item=AllUsers(item=item)):
            inner = _bracketed(_boolean(item, scope.under_users()))
            return f"not every user of the account meets this (or it has no users): {inner}"
        case Not(item=item):
            return f"not {_bracketed(_boolean(item, scope))}"
        case AnyUser(item=item):
            inner = _bracketed(_boolean(item, scope.under_users()))
            return f"at least one user of the account meets this: {inner}"
        case AllUsers(item=item):
            inner = _bracketed(_boolean(item, scope.under_users()))
            return f"every user of the account meets this: {inner}"
        case Comparison():
            return _comparison(node, scope, negated=False)
        case _:
            raise NotSupported(f"{type(node).__name__} cannot be put into words.")


def _part(node: Boolean, scope: Scope) -> str:
    """One of several conditions."""
    words = _boolean(node, scope)
    return _bracketed(words) if _is_compound(words) else words


def _is_compound(words: str) -> bool:
    """Whether a comma, an "and" or the like stands outside brackets and quotes."""
    bare = re.sub(r"“[^”]*”|\d, ?\d|\bon or (after|before)\b", "", words)
    while "(" in bare and (shorter := re.sub(r"\([^()]*\)", "", bare)) != bare:
        bare = shorter
    return bool(re.search(r",|\band\b|\bor\b|\bwhere\b|^not |^either ", bare))


def _bracketed(words: str) -> str:
    return f"({words})"


# Comparisons ----------------------------------------------------------------------------------


def _comparison(node: Comparison, scope: Scope, *, negated: bool) -> str:
    operator = _operator(node.operator)
    membership = _membership(node, scope, negated=negated)
    if membership is not None:
        return membership
    if isinstance(node.left, Aggregate) and node.left.reducer.method == "count":
        times = _times(node, operator, scope, negated=negated)
        if times is not None:
            return _event_words(node.left.events, times, scope)
    type_ = scope.type_of(node.left)
    counted = isinstance(node.left, Aggregate) and node.left.reducer.method in ("count", "unique")
    if negated and counted and operator.complement is not None:
        operator, negated = _operator(operator.complement), False
    template = _template(operator, type_, node, negated=negated)
    left = _scalar(node.left, scope)
    if isinstance(node.left, Aggregate):
        template = _of_results(template, always=counted)
        if any(isinstance(each, Where) for each in node.left.events.filters):
            left += ","
    return f"{left} {template.format(_values(node, operator, type_, scope))}"


def _operator(key: str) -> Operator:
    operator = OPERATORS.get(key)
    if operator is None:
        raise NotSupported(f"The comparison {key} cannot be put into words.")
    return operator


def _template(
    operator: Operator, type_: FieldType | None, node: Comparison, *, negated: bool
) -> str:
    today = (
        bool(node.values) and isinstance(node.values[0], Duration) and node.values[0].amount == 0
    )
    if today and operator.key in ("within_last", "within_next"):
        return "is not today (or not set)" if negated else "is today"
    if today and operator.extension:
        words = "have its yearly return today"
        return f"does not {words} (or is not set)" if negated else words.replace("have", "has")
    if type_ in DATED and operator.dated is not None:
        if not negated:
            return operator.dated
        return operator.dated.replace("is ", "is not ", 1) + " (or not set)"
    return operator.negated if negated else operator.words


def _of_results(template: str, *, always: bool) -> str:
    """`template` for what is reckoned over events, which is not "set"; `always`: it cannot be missing."""
    if always:
        template = template.replace("is set and ", "").replace(" (or not set)", "")
    template = template.replace("is not set", "does not exist").replace("is set", "exists")
    return template.replace("or not set", "or there is none")


def _membership(node: Comparison, scope: Scope, *, negated: bool) -> str | None:
    """Words for `trait('<audience_key>') = 'true'`, where no trait is called so."""
    if not isinstance(node.left, Trait) or node.operator != "equals" or scope.trait(node.left):
        return None
    saved = scope.catalog.audience(node.left.name)
    if saved is None or node.values != (Literal("true"),):
        return None
    who = f"the {scope.owner if scope.owner == 'account' else 'person'} " if scope.in_event else ""
    return f"{who}is {'not ' if negated else ''}in the audience “{saved.name}”"


def _times(node: Comparison, operator: Operator, scope: Scope, *, negated: bool) -> str | None:
    """How often, of a count compared with numbers: "at least once", "did not happen"."""
    if negated:
        if operator.complement is None:
            return None
        operator = _operator(operator.complement)
    numbers = [_whole_number(value, scope) for value in node.values]
    known = [number for number in numbers if number is not None]
    if not known or len(known) != len(numbers):
        return None
    first, times = known[0], listed([_count_words(number) for number in known])
    match operator.key:
        case "equals" | "one_of":
            return "did not happen" if known == [0] else f"exactly {times}"
        case "differs" | "none_of":
            return "at least once" if known == [0] else f"not exactly {times}"
        case "at_least":
            return f"at least {times}"
        case "greater_than":
            return "at least once" if first == 0 else f"more than {times}"
        case "at_most":
            return "did not happen" if first == 0 else f"at most {times}"
        case "less_than":
            return (
                "did not happen"
                if first == 1
                else f"fewer than {number_words(Decimal(first))} times"
            )
        case _:
            return None


def _whole_number(value: Value, scope: Scope) -> int | None:
    if not isinstance(value, Literal):
        return None
    try:
        number = cast(value, "number", scope.catalog.timezone)
    except BadValue:
        return None
    whole = isinstance(number, Decimal) and number == number.to_integral_value()
    return int(number) if whole and isinstance(number, Decimal) else None


def _count_words(number: int) -> str:
    return "once" if number == 1 else f"{number_words(Decimal(number))} times"


# Scalars --------------------------------------------------------------------------------------


def _scalar(node: Scalar, scope: Scope) -> str:
    match node:
        case Trait(name=name):
            owner = "account" if scope.owner == "account" else "person"
            return f"the {owner}'s {_name(name)}" if scope.in_event else _name(name)
        case Property(name=name, of_parent=of_parent):
            if of_parent:
                return f"the {_name(name)} of that {_parent(scope)}"
            return _name(name)
        case Context(name=name):
            return "its time" if name == "timestamp" else f"its {_name(name)}"
        case Aggregate(events=events, reducer=reducer):
            joint = "of" if reducer.method == "count" else "over"
            return f"{_reducer(reducer)} {joint} {_event_words(events, '', scope)}"
        case _:
            raise NotSupported(f"{type(node).__name__} cannot be put into words.")


def _reducer(node: Reducer) -> str:
    name = _name(node.property.name) if node.property is not None else ""
    by_text = node.as_type == "string"
    match node.method:
        case "count":
            return "the number"
        case "unique":
            return f"the number of different values of {name}"
        case "sum":
            return f"the sum of {name}"
        case "avg":
            return f"the average {name}"
        case "max":
            return f"the alphabetically last {name}" if by_text else f"the highest {name}"
        case "min":
            return f"the alphabetically first {name}" if by_text else f"the lowest {name}"
        case "mode":
            least = _count_words(node.min_frequency or 1)
            return f"the most frequent {name} (seen at least {least})"
        case "first":
            return f"the first {name}"
        case "last":
            return f"the latest {name}"
        case _:
            raise NotSupported(f"{node.method} cannot be put into words.")


def _name(name: str) -> str:
    return text_words(name)


def _named(events: Events | Entity) -> str:
    return _name(events.name) if isinstance(events, Events) else f"the entity {_name(events.name)}"


def _parent(scope: Scope) -> str:
    return _name(scope.parent.name) if scope.parent is not None else "event"


# Events ---------------------------------------------------------------------------------------


def _timed(wheres: Sequence[Boolean]) -> bool:
    """Whether every event that is meant has a limit of time among what `where` asks."""
    parts = [part for each in wheres for part in top_level(each)]
    return any(isinstance(each, Comparison) and isinstance(each.left, Context) for each in parts)


def _event_words(events: Events | Entity, times: str, scope: Scope) -> str:
    """An event, how often, when, and which: "Order Completed at least once in the last 7 days, where …"."""
    filters = events.filters
    windows = [_window(each, scope) for each in filters if not isinstance(each, Where | Sources)]
    if scope.in_event and not any(isinstance(each, Within) and each.of_parent for each in filters):
        windows.append(f"at any time after that {_current(scope)}")
    asked = [each for each in filters if isinstance(each, Where)]
    period, wheres = period_of(asked, scope.catalog.timezone)
    if period is not None:
        windows.append(period.words())
    when = " and ".join(windows) or ("" if _timed(wheres) else "at any time")
    words = " ".join(each for each in (_named(events), times, when) if each)
    sources = [source for each in filters if isinstance(each, Sources) for source in each.exclude]
    if sources:
        words += f" (not counting {listed([text_words(each) for each in sources])})"
    if not wheres:
        return words
    together = wheres[0] if len(wheres) == 1 else And(wheres)
    inner = scope.inside(scope.catalog.event(events.name))
    said = _boolean(together, inner)
    nested = isinstance(together, Comparison | Not) and ", where" in said
    return f"{words}, where {_bracketed(said) if nested else said}"


def _window(node: Filter, scope: Scope) -> str:
    match node:
        case Within(duration=duration, of_parent=True):
            return f"within {duration_words(duration)} after that {_current(scope)}"
        case Within(duration=duration):
            return f"in the last {_bare(duration)}"
        case Between(newest=newest, oldest=oldest):
            if newest.unit == oldest.unit:
                return f"{number_words(Decimal(newest.amount))} to {duration_words(oldest)} ago"
            return f"{duration_words(newest)} to {duration_words(oldest)} ago"
        case _:
            raise NotSupported(f"{type(node).__name__} cannot be put into words.")


def _current(scope: Scope) -> str:
    """The event in whose `where` this stands."""
    return _name(scope.event.name) if scope.event is not None else "event"


def _bare(duration: Duration) -> str:
    """7 days; day for 1 day, as in "the last day"."""
    return duration.unit if duration.amount == 1 else duration_words(duration)


# Values ---------------------------------------------------------------------------------------


def _values(node: Comparison, operator: Operator, type_: FieldType | None, scope: Scope) -> str:
    field = scope.field(node.left)
    return listed([_value(each, operator, type_, field, scope) for each in node.values])


def _value(
    node: Value,
    operator: Operator,
    type_: FieldType | None,
    field: TraitField | PropertyField | None,
    scope: Scope,
) -> str:
    match node:
        case Literal() if operator.value == "month":
            return month_words(node)
        case Literal():
            wanted = "text" if operator.value == "text" else type_
            money = scope.catalog.currency if is_money(field) else None
            naming = field is not None and is_naming(field.name)
            zone = scope.catalog.timezone
            words = value_words(node, wanted, timezone=zone, money=money, naming=naming)
            if field is None or operator.value != "same":
                return words
            country = country_name(words, field.name)
            return words if country is None else f"{country} ({words})"
        case Duration():
            ago = operator.key in ("before_last", "after_next")
            return duration_words(node) if ago else _bare(node)
        case Trait() if not scope.in_event:
            return f"the {'account' if scope.owner == 'account' else 'person'}'s {_name(node.name)}"
        case Trait() | Property():
            return _scalar(node, scope)
        case _:
            raise NotSupported(f"{type(node).__name__} cannot be put into words.")
