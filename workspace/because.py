"""The values that decide a condition for one person or account, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from audience.catalog import FieldType
from audience.describer import describe_events, describe_scalar
from audience.problems import NotSupported
from audience.query import (
    Aggregate,
    AllUsers,
    AnyUser,
    Boolean,
    Comparison,
    Node,
    Not,
    Scalar,
    Trait,
)
from audience.scope import Scope
from audience.values import shortened
from audience.wording import (
    date_words,
    is_money,
    is_naming,
    moment_words,
    money_words,
    number_words,
)

_LONGEST_TEXT = 80


@dataclass(frozen=True)
class UserCount:
    """How many of an account's users meet what stands under an ANY or ALL, of how many."""

    meeting: int
    users: int


@dataclass(frozen=True)
class Facts:
    """What is known of one subject: the value of each scalar, and a UserCount for each ANY and ALL."""

    scope: Scope
    values: Mapping[Node, Any]

    def because(self, condition: Boolean, *, holds: bool) -> str:
        """Why `condition` holds or does not: 2 Order Completed events in the last 30 days."""
        match condition:
            case Not(item=item):
                return self.because(item, holds=not holds)
            case AnyUser() | AllUsers():
                return _users(self.values[condition])
            case Comparison(left=Trait(name=name) as trait) if trait not in self.values:
                saved = self.scope.catalog.audience(name)
                return (
                    f"is {'' if holds else 'not '}in the audience “{saved.name if saved else name}”"
                )
            case Comparison(left=left, values=operands):
                others = [each for each in operands if isinstance(each, Trait)]
                return "; ".join(self._fact(each) for each in [left, *others])
        raise NotSupported(f"{type(condition).__name__} cannot be explained.")

    def _fact(self, node: Scalar) -> str:
        value = self.values[node]
        if isinstance(node, Aggregate) and node.reducer.method == "count":
            events = describe_events(node.events, "event" if value == 1 else "events", self.scope)
            return f"{number_words(Decimal(value)) if value else 'no'} {events}"
        words = describe_scalar(node, self.scope)
        if value is None:
            if isinstance(node, Aggregate):
                return f"there is no {words.removeprefix('the ')}"
            return f"{words} is not set"
        return f"{words} is {self._value(node, value)}"

    def _value(self, node: Scalar, value: Any) -> str:
        field = self.scope.field(node)
        money = is_money(field)
        return spoken(
            value,
            self.scope.type_of(node),
            timezone=self.scope.catalog.timezone,
            currency=self.scope.catalog.currency if money else None,
            naming=field is not None and is_naming(field.name),
        )


def spoken(
    value: Any,
    type: FieldType | None,
    *,
    timezone: str,
    currency: str | None = None,
    naming: bool = False,
) -> str:
    """A value of the data as a person would write it."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float() | Decimal():
            number = value if isinstance(value, Decimal) else Decimal(str(value))
            if currency:
                return money_words(number, currency)
            return number_words(number, naming=naming)
        case datetime():
            return moment_words(value, timezone)
        case date():
            return date_words(value)
    text = shortened(str(value), _LONGEST_TEXT)
    return text if type == "list" else f"“{text}”"


def _users(count: UserCount) -> str:
    if not count.users:
        return "the account has no users"
    users = "its only user" if count.users == 1 else f"of its {count.users} users"
    if count.users == 1:
        return f"{users} {'meets' if count.meeting else 'does not meet'} this"
    return f"{count.meeting or 'none'} {users} {'meets' if count.meeting == 1 else 'meet'} this"
