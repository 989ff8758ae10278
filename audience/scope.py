"""What names mean where: whose traits, which event's properties. And the types of scalars there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from audience.catalog import (
    AudienceType,
    Catalog,
    EventField,
    FieldType,
    Owner,
    PropertyField,
    TraitField,
)
from audience.query import (
    Aggregate,
    AllUsers,
    AnyUser,
    Boolean,
    Comparison,
    Context,
    Property,
    Reducer,
    Scalar,
    Trait,
    Where,
    children,
)


@dataclass(frozen=True)
class Scope:
    """A place in a tree: inside which event's `where`, and whose traits `trait(…)` means there."""

    catalog: Catalog
    owner: Owner = "user"
    event: EventField | None = None
    parent: EventField | None = None
    in_event: bool = False  # inside a where, even of an event that is not known
    in_child: bool = False  # inside the where of an event that stands in another's where

    @staticmethod
    def top(catalog: Catalog, type: AudienceType) -> Scope:
        return Scope(catalog, "user" if type == "users" else "account")

    def under_users(self) -> Scope:
        """Below ANY or ALL."""
        return replace(self, owner="user")

    def inside(self, event: EventField | None) -> Scope:
        """In the `where` of `event`; None for one that is not known."""
        return replace(self, event=event, parent=self.event, in_event=True, in_child=self.in_event)

    def trait(self, node: Trait) -> TraitField | None:
        """By its key, by its column, or nested: `address.city` is the column `address_city`."""
        for name in readings(node.name):
            found = self.catalog.trait(name, self.owner)
            if found is not None:
                return found
        return None

    def property(self, node: Property) -> PropertyField | None:
        event = self.parent if node.of_parent else self.event
        return property_of(event, node.name) if event is not None else None

    def field(self, scalar: Scalar) -> TraitField | PropertyField | None:
        """The field whose values a scalar has; None for counts, for an event's time and unknown names."""
        match scalar:
            case Trait():
                return self.trait(scalar)
            case Property():
                return self.property(scalar)
            case Aggregate(
                events=events, reducer=Reducer(method=method, property=Property(name=name))
            ):
                if method in ("count", "unique"):
                    return None
                event = self.catalog.event(events.name)
                return property_of(event, name) if event is not None else None
            case _:
                return None

    def type_of(self, scalar: Scalar) -> FieldType | None:
        """The type of a scalar's values; None when its name is not known."""
        match scalar:
            case Context():
                return "timestamp"
            case Aggregate(reducer=Reducer(method="count" | "unique" | "sum" | "avg")):
                return "number"
            case Aggregate(reducer=Reducer(as_type=str() as as_type)):
                return "number" if as_type == "number" else "text"
            case _:
                field = self.field(scalar)
                return field.type if field is not None else None


def property_of(event: EventField, name: str) -> PropertyField | None:
    """By its key, by its column, or nested: `product.sku` is the column `product_sku`."""
    for each in readings(name):
        found = event.property(each)
        if found is not None:
            return found
    return None


def readings(name: str) -> tuple[str, ...]:
    """What a name in a query can stand for. A period that is part of a name is escaped with a backslash."""
    return (name, name.replace("\\.", "."), name.replace("\\.", "_").replace(".", "_"))


def comparisons(root: Boolean, scope: Scope) -> Iterator[tuple[Comparison, Scope]]:
    """Every comparison with the place it stands in, those inside `where` after the one around them."""
    match root:
        case Comparison(left=left):
            yield root, scope
            if isinstance(left, Aggregate):
                inner = scope.inside(scope.catalog.event(left.events.name))
                for each in left.events.filters:
                    if isinstance(each, Where):
                        yield from comparisons(each.condition, inner)
        case AnyUser(item=item) | AllUsers(item=item):
            yield from comparisons(item, scope.under_users())
        case _:
            for child in children(root):
                yield from comparisons(child, scope)  # type: ignore[arg-type]
