"""What stands where, and under which name: the errors of `audience.validator`, one node at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import cast as typed
from typing import get_args

from audience.catalog import AudienceType, Catalog, EventField, FieldType
from audience.fitting import (
    Finding,
    fits_arity,
    fits_between,
    fits_left,
    fits_reducer,
    fits_value,
    fits_window,
)
from audience.nearest import nearest
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
from audience.values import shortened

_METHODS: frozenset[str] = frozenset(get_args(Method))


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
        unfit = fits_left(node, operator, type_)
        if unfit is not None:
            self.findings.append(unfit)
            type_ = None
        self.findings.extend(fits_arity(node, operator))
        values = tuple(self._value(each, operator, type_, scope) for each in node.values)
        return replace(node, left=left, values=values)

    def _value(
        self, node: Value, operator: Operator, type_: FieldType | None, scope: Scope
    ) -> Value:
        """`type_` is the type of the left side; None when it is not known: then only names are checked."""
        other: FieldType | None = None
        if isinstance(node, Trait | Property):
            node = (
                self._trait(node, scope) if isinstance(node, Trait) else self._property(node, scope)
            )
            other = scope.type_of(node)
        self.findings.extend(fits_value(node, operator, type_, other, self.catalog.timezone))
        return node

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
    ) -> None:
        near = nearest(node.name, names)
        hint = f". Did you mean “{near[0]}”?" if near else "."
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
            names = {each.name: each.column for each in event.properties}
            self._unknown("property", node, words + _has_instead(event), names)
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
                self.findings.extend(fits_window(node.duration))
                if node.of_parent and not scope.in_event:
                    message = (
                        "within(parent: …) stands on an event that is inside another's where(…)."
                    )
                    self._error("misplaced", message, node)
            case Between():
                self.findings.extend(fits_between(node))
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
        self.findings.extend(fits_reducer(node, found))
        return replace(node, property=property_)


def _has_instead(event: EventField, most: int = 8) -> str:
    names = [shortened(each.name) for each in event.properties[:most]]
    more = "" if len(event.properties) <= most else ", …"
    return f"; it has {', '.join(names)}{more}" if names else "; it has none"
