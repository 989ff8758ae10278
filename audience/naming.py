"""A name and a description for an audience, made from its conditions."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum, auto

from audience.catalog import AudienceType, Catalog, PropertyField, TraitField
from audience.describer import describe
from audience.nearest import snake_case
from audience.operators import OPERATORS
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
    Filter,
    Literal,
    Not,
    Or,
    Property,
    Trait,
    Value,
    Where,
    Within,
)
from audience.scope import Scope
from audience.text import plain
from audience.validator import type_of
from audience.wording import (
    country_name,
    duration_words,
    is_money,
    is_naming,
    listed,
    money_words,
    month_words,
    value_words,
)

LONGEST_NAME = 60


class Detail(Enum):
    """How much of a condition is said: all, in shorter words, without what stands in `where`, or both."""

    ALL = auto()
    SHORT = auto()
    PLAIN = auto()
    BRIEF = auto()


_SIGNS = {
    "differs": "not {0}", "greater_than": "over {0}", "at_least": "{0} or more",
    "less_than": "under {0}", "at_most": "{0} or less", "absent": "not set", "exists": "set",
    "contains": "with {0}", "omits": "without {0}", "starts_with": "from {0}", "ends_with": "ending in {0}",
    "none_of": "not {0}", "before_date": "before {0}", "after_date": "after {0}",
    "within_last": "in the last {0}", "within_next": "in the next {0}",
    "before_last": "over {0} ago", "after_next": "over {0} ahead",
    "anniversary_within_next": "in the next {0}", "anniversary_within_last": "in the last {0}",
    "anniversary_month": "in {0}",
}  # fmt: skip
_DATED = {
    "greater_than": "after {0}",
    "at_least": "from {0}",
    "less_than": "before {0}",
    "at_most": "until {0}",
}
_COUNTS = {"greater_than": "more than {0}", "less_than": "fewer than {0}", "at_most": "at most {0}"}
_REDUCERS = {
    "unique": "different", "sum": "sum of", "avg": "average", "max": "highest", "min": "lowest",
    "mode": "most frequent", "first": "first", "last": "latest",
}  # fmt: skip


def name_of(root: Boolean, catalog: Catalog, *, audience_type: AudienceType | None = None) -> str:
    """A name of at most 60 characters, such as "Spain, no Order Completed in 30 days".

    Says every condition where that fits, with less and less of each; else how many more there are.
    """
    scope = Scope.top(catalog, audience_type or type_of(root))
    joint = " or " if isinstance(root, Or) else ", "
    items = root.items if isinstance(root, And | Or) else (root,)
    by_detail = [_names([_label(item, scope, each) for item in items], joint) for each in Detail]
    fewest = max(len(each) for each in by_detail)
    names = [each[left] for left in range(fewest) for each in by_detail if left < len(each)]
    name = next((each for each in names if len(each) <= LONGEST_NAME), names[-1])
    if len(name) > LONGEST_NAME:
        name = name[: LONGEST_NAME - 1].rstrip() + "…"
    name = re.sub(r"\s+", " ", name).strip()
    return name[:1].upper() + name[1:]


def description_of(
    root: Boolean, catalog: Catalog, *, audience_type: AudienceType | None = None
) -> str:
    """One sentence that says who is in the audience."""
    type_ = audience_type or type_of(root)
    who = "Accounts that" if type_ == "accounts" else "People who"
    return f"{who} match this: {describe(root, catalog, audience_type=type_)}."


def _names(labels: list[str], joint: str) -> list[str]:
    """All labels, then fewer and fewer of them with how many more there are."""
    labels = list(dict.fromkeys(labels))
    return [
        joint.join(labels[:kept])
        + (f" and {len(labels) - kept} more" if kept < len(labels) else "")
        for kept in range(len(labels), 0, -1)
    ]


def _label(node: Boolean, scope: Scope, detail: Detail) -> str:
    """A condition in few words."""
    match node:
        case Comparison():
            return _comparison(node, scope, detail)
        case Not(item=Comparison() as comparison):
            return _negated(comparison, scope, detail)
        case Not(item=item):
            return f"not ({_label(item, scope, detail)})"
        case And(items=items):
            return " and ".join(_label(item, scope, detail) for item in items)
        case Or(items=items):
            return " or ".join(_label(item, scope, detail) for item in items)
        case AnyUser(item=item):
            return f"any user: {_label(item, scope.under_users(), detail)}"
        case AllUsers(item=item):
            return f"every user: {_label(item, scope.under_users(), detail)}"
        case _:
            raise NotSupported(f"{type(node).__name__} cannot be put into a name.")


def _negated(node: Comparison, scope: Scope, detail: Detail) -> str:
    complement = OPERATORS[node.operator].complement
    counted = isinstance(node.left, Aggregate) and node.left.reducer.method == "count"
    if complement is not None and (counted or node.operator in ("absent", "exists")):
        return _comparison(Comparison(node.left, complement, node.values), scope, detail)
    return f"not {_comparison(node, scope, detail)}"


def _comparison(node: Comparison, scope: Scope, detail: Detail) -> str:
    match node.left:
        case Aggregate(events=events, reducer=reducer):
            inner = scope.inside(scope.catalog.event(events.name))
            asked = [each for each in events.filters if isinstance(each, Where)]
            period, others = period_of(asked, scope.catalog.timezone)
            which = _when(events.filters, detail)
            if period is not None:
                which += f" {period.words()}"
            if others and detail in (Detail.ALL, Detail.SHORT):
                which += f" ({', '.join(_label(each, inner, detail) for each in others)})"
            if reducer.method == "count":
                return _counted(_spoken(events.name), node, scope) + which
            name = _spoken(reducer.property.name) if reducer.property is not None else ""
            return f"{_REDUCERS[reducer.method]} {name} {_sign(node, scope)}, {_spoken(events.name)}{which}"
        case Trait(name=name) | Property(name=name):
            return _field(name, node, scope)
        case Context():
            return f"time {_sign(node, scope)}"
        case _:
            raise NotSupported(f"{type(node.left).__name__} cannot be put into a name.")


def _field(name: str, node: Comparison, scope: Scope) -> str:
    found = scope.field(node.left)
    saved = scope.catalog.audience(name) if found is None else None
    if saved is not None:
        return f"in {saved.name}"
    is_text = found is not None and found.type in ("text", "list")
    speaks = all(_speaks(each, name) for each in _texts(node))
    if node.operator in ("equals", "one_of") and is_text and speaks:
        return _values(node, scope)
    name = _spoken(name)
    if node.operator == "equals" and isinstance(node.values[0], Property):
        return f"same {name}"
    is_flag = found is not None and found.type == "boolean" and node.operator == "equals"
    if is_flag:
        return name if _values(node, scope) == "true" else f"not {name}"
    return f"{name} {_sign(node, scope)}"


def _speaks(text: str, field: str) -> bool:
    """Whether a value says by itself what it is: Barcelona, not CA or A12."""
    if country_name(text, field) is not None:
        return True
    is_code = len(text) <= 3 and text.isupper()
    return text[:1].isupper() and not is_code and not any(map(str.isdigit, text))


def _texts(node: Comparison) -> list[str]:
    return [str(each.value) if isinstance(each, Literal) else "" for each in node.values]


def _spoken(name: str) -> str:
    """last_seen_at and lastSeenAt → last seen at; other names stay as they are."""
    is_code = "_" in name or (name.isalnum() and name[:1].islower())
    return snake_case(name).replace("_", " ") if is_code and name.isascii() else name


def _counted(event: str, node: Comparison, scope: Scope) -> str:
    """How often, in few words: "no Order Completed", "3 or more Order Completed"."""
    known = [value.value for value in node.values if isinstance(value, Literal)]
    number = str(known[0]) if len(known) == 1 else ""
    if f"{node.operator} {number}" in ("equals 0", "at_most 0", "less_than 1"):
        return f"no {event}"
    if f"{node.operator} {number}" in ("at_least 1", "greater_than 0", "differs 0"):
        return event
    template = _COUNTS.get(node.operator, _SIGNS.get(node.operator, "{0}"))
    return f"{template.format(_values(node, scope))} {event}"


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).lstrip("-").isdigit()


def _sign(node: Comparison, scope: Scope) -> str:
    if node.values == (Duration(0, "day"),) and "the " in _SIGNS[node.operator]:
        return "today"
    type_ = scope.type_of(node.left)
    template = _DATED.get(node.operator) if type_ in ("date", "timestamp") else None
    return (template or _SIGNS.get(node.operator, "{0}")).format(_values(node, scope))


def _values(node: Comparison, scope: Scope) -> str:
    return listed([_value(each, node, scope) for each in node.values])


def _value(value: Value, node: Comparison, scope: Scope) -> str:
    field = scope.field(node.left)
    match value:
        case Literal() if node.operator == "anniversary_month":
            return month_words(value)
        case Literal():
            return _constant(value, field, scope, node)
        case Duration():
            return _bare(value) if "the " in _SIGNS[node.operator] else duration_words(value)
        case Trait(name=name) | Property(name=name):
            return _spoken(name)
        case _:
            raise NotSupported(f"{type(value).__name__} cannot be put into a name.")


def _constant(
    value: Literal, field: TraitField | PropertyField | None, scope: Scope, node: Comparison
) -> str:
    catalog = scope.catalog
    text = value.value if isinstance(value.value, str) else plain(value.value)
    country = country_name(text, field.name) if field is not None else None
    if country is not None:
        return country
    if is_money(field) and _is_number(text) and Decimal(text) == Decimal(text).to_integral_value():
        return money_words(Decimal(text), catalog.currency).removesuffix(".00")
    money = catalog.currency if is_money(field) else None
    naming = field is not None and is_naming(field.name)
    type, zone = scope.type_of(node.left), catalog.timezone
    words = value_words(value, type, timezone=zone, money=money, naming=naming)
    return words.strip("“”")


def _when(filters: tuple[Filter, ...], detail: Detail) -> str:
    for each in filters:
        match each:
            case Within(duration=duration, of_parent=False):
                return f" in {'' if detail in (Detail.SHORT, Detail.BRIEF) else 'the last '}{_bare(duration)}"
            case Between(newest=newest, oldest=oldest):
                since = newest.amount if newest.unit == oldest.unit else duration_words(newest)
                return f" {since} to {duration_words(oldest)} ago"
    return ""


def _bare(duration: Duration) -> str:
    """day for 1 day, as in "the last day"."""
    return duration.unit if duration.amount == 1 else duration_words(duration)
