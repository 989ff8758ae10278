"""Names, types and values of a tree, one node at a time: the errors of `audience.validator`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast as typed
from typing import get_args

from audience.catalog import AudienceType, Catalog, EventField, FieldType
from audience.nearest import nearest
from audience.operators import DATED, OPERATORS, ORDERED, TEXTUAL, Operator
from audience.problems import MusterError, Severity
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
    Method,
    Node,
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
)
from audience.scope import Scope, property_of
from audience.text import plain
from audience.values import cast, shortened

LONGEST_WINDOW = 3_660  # days an event may lie back: ten years
LONGEST_DISTANCE = 44_000  # days between today and a date of a field: 120 years

TYPE_WORDS: dict[FieldType, str] = {
    "text": "text",
    "number": "a number",
    "boolean": "true or false",
    "date": "a date",
    "timestamp": "a time",
    "list": "a list",
}
_FAMILY: dict[FieldType, str] = {
    "text": "text", "list": "text", "number": "number", "boolean": "boolean",
    "date": "moment", "timestamp": "moment",
}  # fmt: skip


_METHODS: frozenset[str] = frozenset(get_args(Method))


@dataclass(frozen=True)
class Finding:
    """A problem that does not know its place in the text yet, only its node."""

    code: str
    message: str
    node: Node | None = None
    severity: Severity = "error"
    suggestions: tuple[str, ...] = ()


class Checker:
    """Walks a tree, collects `findings`, and gives back the tree with the catalog's own names.

    `memberships` are the saved audiences that the tree refers to, each with the node that does.
    """

    def __init__(self, catalog: Catalog, type: AudienceType) -> None:
        self.catalog = catalog
        self.type = type
        self.findings: list[Finding] = []
        self.memberships: list[tuple[Comparison, str]] = []

    def check(self, root: Boolean) -> Boolean:
        return self._boolean(root, Scope.top(self.catalog, self.type))

    def _error(self, code: str, message: str, node: Node, *suggestions: str) -> None:
        self.findings.append(Finding(code, message, node, suggestions=suggestions))

    # Booleans ---------------------------------------------------------------------------------

    def _boolean(self, node: Boolean, scope: Scope) -> Boolean:
        match node:
            case And() | Or():
                if len(node.items) < 2:
                    self._error("misplaced", "AND and OR join at least two conditions.", node)
                return replace(node, items=tuple(self._boolean(item, scope) for item in node.items))
            case Not():
                return replace(node, item=self._boolean(node.item, scope))
            case AnyUser() | AllUsers():
                return replace(node, item=self._boolean(node.item, self._under_users(node, scope)))
            case Comparison():
                return self._comparison(node, scope)
            case _:
                raise TypeError(f"The validator does not know {type(node).__name__}.")

    def _under_users(self, node: AnyUser | AllUsers, scope: Scope) -> Scope:
        word = "ANY" if isinstance(node, AnyUser) else "ALL"
        if self.type == "users":
            message = (
                f"{word} speaks of the users of an account; it belongs in an account audience."
            )
            self._error("misplaced", message, node)
        elif scope.in_event:
            self._error("misplaced", f"{word} cannot stand inside where(…).", node)
        elif scope.owner == "user":
            message = f"{word} cannot stand inside another ANY or ALL."
            self._error("misplaced", message, node)
        return scope.under_users()

    # Comparisons ------------------------------------------------------------------------------

    def _comparison(self, node: Comparison, scope: Scope) -> Comparison:
        operator = OPERATORS[node.operator]
        if isinstance(node.left, Trait) and scope.trait(node.left) is None:
            saved = self.catalog.audience(node.left.name)
            if saved is not None:
                self._membership(node, scope)
                return node
        left = self._scalar(node.left, scope)
        type_ = scope.type_of(left)
        if type_ is not None and type_ not in operator.types:
            self._error("type_mismatch", _unfit(operator, left, type_), node, *_fitting(type_))
            type_ = None
        least, most = operator.arity
        if not least <= len(node.values) <= (most if most is not None else len(node.values)):
            message = f"{operator.key} takes {_arity_words(operator)}, not {len(node.values)}."
            self._error("invalid_value", message, node)
        values = tuple(self._value(each, operator, type_, scope) for each in node.values)
        return replace(node, left=left, values=values)

    def _membership(self, node: Comparison, scope: Scope) -> None:
        """`trait('<key>') = 'true'`, where no trait is called so."""
        key = typed(Trait, node.left).name
        saved = self.catalog.audience(key)
        assert saved is not None
        is_true = (
            len(node.values) == 1
            and isinstance(node.values[0], Literal)
            and str(node.values[0].value).lower() == "true"
        )
        if node.operator != "equals" or not is_true:
            message = f"“{shortened(key)}” is a saved audience: being in it is written trait('{key}') = 'true'."
            fixes = (f"trait('{key}') = 'true'", f"NOT trait('{key}') = 'true'")
            self._error("type_mismatch", message, node, *fixes)
        elif saved.type != ("accounts" if scope.owner == "account" else "users"):
            here = "accounts" if scope.owner == "account" else "users"
            message = (
                f"“{saved.name}” is an audience of {saved.type}; here one of {here} is needed."
            )
            self._error("misplaced", message, node)
        else:
            self.memberships.append((node, key))

    # Scalars ----------------------------------------------------------------------------------

    def _scalar(self, node: Scalar, scope: Scope) -> Scalar:
        match node:
            case Trait():
                return self._trait(node, scope)
            case Property():
                return self._property(node, scope)
            case Context():
                return self._context(node, scope)
            case Aggregate():
                return self._aggregate(node, scope)
            case _:
                raise TypeError(f"The validator does not know {type(node).__name__}.")

    def _trait(self, node: Trait, scope: Scope) -> Trait:
        found = scope.trait(node)
        if found is not None:
            return node if found.name == node.name else replace(node, name=found.name)
        other = replace(scope, owner="account" if scope.owner == "user" else "user").trait(node)
        name = shortened(node.name)
        if other is not None and other.owner == "account":
            message = f"“{name}” is a trait of accounts; users do not have it."
            self._error("unknown_trait", message, node)
        elif other is not None:
            message = (
                f"“{name}” is a trait of users: in an account audience it stands under ANY or ALL."
            )
            fixes = (f"ANY trait('{other.name}')",)
            self._error("unknown_trait", message, node, *fixes)
        else:
            own = self.catalog.user_traits if scope.owner == "user" else self.catalog.account_traits
            names = {each.name: each.column for each in own}
            wanted: AudienceType = "users" if scope.owner == "user" else "accounts"
            keys = {each.key: each.key for each in self.catalog.audiences if each.type == wanted}
            self._unknown("trait", node, f"There is no trait “{name}”", names | keys)
        return node

    def _unknown(
        self,
        kind: str,
        node: Trait | Property | Events,
        words: str,
        names: dict[str, str],
        instead: str = "",
    ) -> None:
        near = nearest(node.name, names)
        hint = f". Did you mean “{near[0]}”?" if near else f"{instead}."
        self._error(f"unknown_{kind}", words + hint, node, *near)

    def _property(self, node: Property, scope: Scope) -> Property:
        if not scope.in_event:
            message = f"property('{shortened(node.name)}') belongs to an event: it stands inside where(…) or in sum(…), max(…)."
            self._error("misplaced", message, node)
            return node
        if node.of_parent and not scope.in_child:
            message = "property(parent: …) stands inside the where(…) of an event that is inside another's where(…)."
            self._error("misplaced", message, node)
            return node
        return self._property_of(node, scope.parent if node.of_parent else scope.event)

    def _property_of(self, node: Property, event: EventField | None) -> Property:
        if event is None:
            return node
        found = property_of(event, node.name)
        if found is None:
            words = f"The event “{shortened(event.name)}” has no property “{shortened(node.name)}”"
            words += _has_instead(event)
            names = {each.name: each.column for each in event.properties}
            self._unknown("property", node, words, names, _has_instead(event))
            return node
        return node if found.name == node.name else replace(node, name=found.name)

    def _context(self, node: Context, scope: Scope) -> Context:
        if node.name != "timestamp":
            message = (
                f"There is no context “{shortened(node.name)}”; only context('timestamp') exists."
            )
            self._error("unknown_context", message, node, "timestamp")
        elif not scope.in_event:
            message = "context('timestamp') is an event's time: it stands inside where(…)."
            self._error("misplaced", message, node)
        return node

    # Events -----------------------------------------------------------------------------------

    def _aggregate(self, node: Aggregate, scope: Scope) -> Aggregate:
        if isinstance(node.events, Entity):
            message = "entity(…) belongs to Linked audiences, which Muster does not make."
            self._error("not_supported", message, node.events)
            return node
        if scope.owner == "account":
            message = "Events belong to users: in an account audience they stand under ANY or ALL."
            self._error("misplaced", message, node)
        event = self.catalog.event(node.events.name)
        events = node.events
        if event is None:
            words = f"There is no event “{shortened(events.name)}”"
            self._unknown(
                "event", events, words, {each.name: each.table for each in self.catalog.events}
            )
        filters = tuple(self._filter(each, event, scope) for each in events.filters)
        events = replace(events, name=event.name if event else events.name, filters=filters)
        return replace(node, events=events, reducer=self._reducer(node.reducer, event))

    def _filter(self, node: Filter, event: EventField | None, scope: Scope) -> Filter:
        match node:
            case Where():
                return replace(node, condition=self._boolean(node.condition, scope.inside(event)))
            case Within():
                self._window(node.duration, LONGEST_WINDOW)
                if node.of_parent and not scope.in_event:
                    message = (
                        "within(parent: …) stands on an event that is inside another's where(…)."
                    )
                    self._error("misplaced", message, node)
            case Between():
                self._between(node)
            case Sources():
                if event is not None and not event.has_sources:
                    message = (
                        f"sources(…) needs the column event_source_id, which “{shortened(event.name)}” "
                        "does not have in this workspace."
                    )
                    self._error("not_supported", message, node)
            case _:
                raise TypeError(f"The validator does not know {type(node).__name__}.")
        return node

    def _between(self, node: Between) -> None:
        self._window(node.oldest, LONGEST_WINDOW)
        if node.newest.hours > node.oldest.hours > 0:
            message = (
                f"between({_duration_words(node.newest)}, {_duration_words(node.oldest)}) ends before it "
                "begins. Write the shorter time first."
            )
            fix = f"between({_duration_words(node.oldest)}, {_duration_words(node.newest)})"
            self._error("invalid_window", message, node, fix)

    def _window(self, node: Duration, longest: int) -> None:
        if node.amount <= 0:
            message = (
                f"A window of {_duration_words(node)} holds nothing. Write at least 1 {node.unit}."
            )
            self._error("invalid_window", message, node, f"1 {node.unit}")
        elif node.hours > longest * 24:
            message = f"{_duration_words(node)} is too long: {longest:,} days is the most here."
            self._error("invalid_window", message, node, f"{longest} days")

    def _reducer(self, node: Reducer, event: EventField | None) -> Reducer:
        if node.method not in _METHODS:
            self._error("not_supported", f"There is no {node.method}(…) of events.", node)
            return node
        if node.method == "count" or node.property is None:
            if node.method != "count":
                self._error("invalid_value", f"{node.method}() needs a property.", node)
            return node
        if node.property.of_parent:
            message = f"{node.method}(…) takes a property of the event itself, not of its parent."
            self._error("misplaced", message, node.property)
            return node
        property_ = self._property_of(node.property, event)
        found = property_of(event, property_.name) if event is not None else None
        if found is not None:
            self._reducer_type(node, found.type, found.name)
        if node.method == "mode" and (node.min_frequency or 0) < 1:
            message = "mode(…) needs how often a value occurs at least: 1 or more."
            self._error("invalid_value", message, node, "1")
        return replace(node, property=property_)

    def _reducer_type(self, node: Reducer, type_: FieldType, name: str) -> None:
        numeric = node.method in ("sum", "avg") or node.as_type == "number"
        if numeric and type_ != "number":
            message = (
                f"“{shortened(name)}” is {TYPE_WORDS[type_]}; {node.method}(…) here needs a number."
            )
            self._error("type_mismatch", message, node)
        elif node.method in ("max", "min") and node.as_type is None and type_ not in ORDERED:
            message = (
                f"“{shortened(name)}” is {TYPE_WORDS[type_]}, which has no order of its own. For the order "
                f"of the alphabet write {node.method}(… as string)."
            )
            self._error(
                "type_mismatch", message, node, f"{node.method}(property('{name}') as string)"
            )

    # Values -----------------------------------------------------------------------------------

    def _value(
        self, node: Value, operator: Operator, type_: FieldType | None, scope: Scope
    ) -> Value:
        """`type_` is the type of the left side; None when it is not known, and then only names are checked."""
        match operator.value, node:
            case "duration", Duration():
                self._distance(node)
                return node
            case "month", Literal():
                self._month(node)
                return node
            case "duration" | "month", _:
                wanted = (
                    "a length of time such as 7 days"
                    if operator.value == "duration"
                    else "a month from 1 to 12"
                )
                self._error("type_mismatch", f"{operator.key} takes {wanted}.", node)
                return node
            case _, Literal():
                self._literal(node, "text" if operator.value == "text" else type_)
                return node
            case _, Trait() | Property():
                return self._other_field(node, operator, type_, scope)
            case _:
                self._error(
                    "type_mismatch", f"{operator.key} does not take a length of time.", node
                )
                return node

    def _distance(self, node: Duration) -> None:
        """0 days is today; 0 hours is no time at all."""
        if node.unit == "hour" or node.amount < 0 or node.amount > LONGEST_DISTANCE:
            self._window(node, LONGEST_DISTANCE)

    def _month(self, node: Literal) -> None:
        text = node.value if isinstance(node.value, str) else plain(node.value)
        if text not in {str(month) for month in range(1, 13)}:
            self._error(
                "invalid_value", f"There is no month {shortened(text)}: months are 1 to 12.", node
            )

    def _literal(self, node: Literal, type_: FieldType | None) -> None:
        if isinstance(node.value, Decimal) and not node.value.is_finite():
            self._error("type_mismatch", "A number must be finite.", node)
        elif type_ is not None:
            try:
                cast(node, type_, self.catalog.timezone)
            except MusterError as error:
                self._error("type_mismatch", error.message, node, *error.suggestions)

    def _other_field(
        self, node: Trait | Property, operator: Operator, type_: FieldType | None, scope: Scope
    ) -> Trait | Property:
        bound = self._trait(node, scope) if isinstance(node, Trait) else self._property(node, scope)
        other = scope.type_of(bound)
        if type_ is None or other is None:
            return bound
        if operator.value == "text":
            fits = other in TEXTUAL
        elif operator.value == "moment":
            fits = other in DATED
        else:
            fits = _FAMILY[type_] == _FAMILY[other]
        if not fits:
            message = f"“{shortened(bound.name)}” is {TYPE_WORDS[other]} and cannot be compared with {TYPE_WORDS[type_]}."
            self._error("type_mismatch", message, node)
        return bound


def _unfit(operator: Operator, left: Scalar, type_: FieldType) -> str:
    name = f"“{shortened(left.name)}”" if isinstance(left, Trait | Property) else "This"
    needs = (
        "a date"
        if operator.types == DATED
        else "text"
        if operator.types == TEXTUAL
        else "a number or a date"
    )
    return f"{name} is {TYPE_WORDS[type_]}; {operator.symbol or operator.key} needs {needs}."


def _has_instead(event: EventField, most: int = 8) -> str:
    names = [shortened(each.name) for each in event.properties[:most]]
    more = "" if len(event.properties) <= most else ", …"
    return f"; it has {', '.join(names)}{more}" if names else "; it has none"


def _fitting(type_: FieldType) -> tuple[str, ...]:
    """The comparisons that would fit a field of this type, most common first."""
    return tuple(
        row.symbol or row.key
        for row in OPERATORS.values()
        if type_ in row.types and not row.extension and row.key not in ("absent", "exists")
    )[:6]


def _arity_words(operator: Operator) -> str:
    least, most = operator.arity
    if most is None:
        return "one value or more"
    return (
        "no value"
        if most == 0
        else "one value"
        if least == most == 1
        else f"{least} to {most} values"
    )


def _duration_words(node: Duration) -> str:
    return f"{node.amount:,} {node.unit}{'' if node.amount == 1 else 's'}".replace(",", "")
