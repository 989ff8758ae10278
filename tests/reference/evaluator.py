"""Who is in an audience: a plain reading of the language's page, row by row, in Python.

It knows nothing of the compiler, of engines or of speed. Only the tree and the catalog's types are
shared with the product; what constants, windows, days and comparators mean is written again here.

Rows are dicts by column. Values: str, int, float, Decimal, bool, date, aware datetime in UTC, or None.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Any
from zoneinfo import ZoneInfo

from audience.catalog import AudienceType, Catalog
from audience.query import (
    Aggregate,
    AllUsers,
    And,
    AnyUser,
    Between,
    Boolean,
    Comparison,
    Duration,
    Literal,
    Not,
    Or,
    Property,
    Sources,
    Trait,
    Where,
    Within,
)
from audience.query import Context as EventContext

Row = dict[str, Any]


@dataclass
class World:
    """A workspace as rows. `events` by the event's table; `audiences` by key: type and tree."""

    catalog: Catalog
    as_of: datetime
    users: list[Row]
    events: dict[str, list[Row]]
    accounts: list[Row] = field(default_factory=list)
    groups: list[tuple[str | None, str]] = field(default_factory=list)
    audiences: dict[str, tuple[AudienceType, Boolean]] = field(default_factory=dict)
    imported: bool = False  # as an import leaves it: in order, no NaN, no stranger's events


def members(root: Boolean, type: AudienceType, world: World) -> set[str]:
    """The ids of the users (or accounts) for whom `root` holds."""
    rows = world.users if type == "users" else world.accounts
    return {row["id"] for row in rows if Subject(world, type, row).holds(root)}


@dataclass
class Subject:
    """What a condition is asked of: a user or an account, and, inside `where`, an event and its parent."""

    world: World
    type: AudienceType
    row: Row
    event: Row | None = None
    event_name: str = ""
    parent: Row | None = None
    parent_name: str = ""

    # Two-valued logic ------------------------------------------------------------------------

    def holds(self, node: Boolean) -> bool:
        match node:
            case And(items=items):
                return all(self.holds(item) for item in items)
            case Or(items=items):
                return any(self.holds(item) for item in items)
            case Not(item=item):
                return not self.holds(item)
            case AnyUser(item=item):
                return any(user.holds(item) for user in self.users())
            case AllUsers(item=item):
                users = self.users()
                return bool(users) and all(user.holds(item) for user in users)
            case Comparison():
                return self.compares(node)
        raise AssertionError(node)

    def users(self) -> list[Subject]:
        mine = {user for user, account in self.world.groups if account == self.row["id"]}
        return [Subject(self.world, "users", row) for row in self.world.users if row["id"] in mine]

    def compares(self, node: Comparison) -> bool:
        if isinstance(node.left, Trait) and self.trait(node.left.name) is None:
            type, tree = self.world.audiences[node.left.name]
            assert type == self.type
            return Subject(self.world, type, self.row).holds(tree)
        value, kind = self.value(node.left)
        if missing(value):
            return node.operator == "absent"
        if node.operator in {"absent", "exists"}:
            return node.operator == "exists"
        return self.judged(value, kind, node)

    # Values ----------------------------------------------------------------------------------

    def trait(self, name: str) -> Any:
        return self.world.catalog.trait(name, "user" if self.type == "users" else "account")

    def value(self, node: Any) -> tuple[Any, str]:
        """A value and its type in the language."""
        match node:
            case Trait(name=name):
                known = self.trait(name)
                return self.row[known.column], known.type
            case Property(name=name, of_parent=of_parent):
                row, event = (
                    (self.parent, self.parent_name) if of_parent else (self.event, self.event_name)
                )
                known = self.world.catalog.event(event).property(name)
                return row[known.column], known.type
            case EventContext(name="timestamp"):
                return self.event["timestamp"], "timestamp"
            case Aggregate():
                return self.reduced(node)
        raise AssertionError(node)

    def judged(self, value: Any, kind: str, node: Comparison) -> bool:
        """A comparator other than `absent` and `exists`, of a value that is there."""
        operator = node.operator
        if operator in DATES:
            return self.judged_date(value, operator, node.values[0])
        operands = []
        for each in node.values:
            if isinstance(each, Literal):
                as_text = operator in {"contains", "omits", "starts_with", "ends_with"}
                wanted = "text" if as_text else kind
                if operator == "anniversary_month":
                    return self.day_of(value).month == int(str(each.value))
                operands.append(constant(each, wanted, self.zone))
            else:
                other, _ = self.value(each)
                if missing(other):
                    return False
                operands.append(other)
        pairs = [self.alike(value, operand) for operand in operands]
        match operator:
            case "equals" | "one_of":
                return any(mine == other for mine, other in pairs)
            case "differs" | "none_of":
                return all(mine != other for mine, other in pairs)
            case "greater_than" | "after_date":
                return pairs[0][0] > pairs[0][1]
            case "at_least":
                return pairs[0][0] >= pairs[0][1]
            case "less_than" | "before_date":
                return pairs[0][0] < pairs[0][1]
            case "at_most":
                return pairs[0][0] <= pairs[0][1]
            case "contains":
                return any(other in mine for mine, other in pairs)
            case "omits":
                return not any(other in mine for mine, other in pairs)
            case "starts_with":
                return any(mine.startswith(other) for mine, other in pairs)
            case "ends_with":
                return any(mine.endswith(other) for mine, other in pairs)
        raise AssertionError(operator)

    def alike(self, mine: Any, other: Any) -> tuple[Any, Any]:
        """Numbers as exact decimals; a date against an instant is its midnight in the zone."""
        if isinstance(mine, bool | str):
            return mine, other
        if isinstance(mine, int | float | Decimal):
            return decimal(mine), decimal(other)
        if isinstance(mine, datetime) or isinstance(other, datetime):
            return self.instant(mine), self.instant(other)
        return mine, other

    # Dates -----------------------------------------------------------------------------------

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.world.catalog.timezone)

    def instant(self, value: date) -> datetime:
        if isinstance(value, datetime):
            return value
        return datetime.combine(value, time(), self.zone).astimezone(UTC)

    def day_of(self, value: date) -> date:
        return value.astimezone(self.zone).date() if isinstance(value, datetime) else value

    def judged_date(self, value: date, operator: str, duration: Duration) -> bool:
        as_of = self.world.as_of
        if duration.unit == "hour" and not operator.startswith("anniversary"):
            now, at, length = as_of, self.instant(value), timedelta(hours=duration.amount)
        else:
            now, at, length = (
                self.day_of(as_of),
                self.day_of(value),
                timedelta(days=math.ceil(duration.hours / 24)),
            )
        match operator:
            case "within_last":
                return now - length <= at <= now
            case "within_next":
                return now <= at <= now + length
            case "before_last":
                return at <= now - length
            case "after_next":
                return at >= now + length
            case "anniversary_within_next":
                return min(each for each in returns(at, now) if each >= now) <= now + length
            case "anniversary_within_last":
                return max(each for each in returns(at, now) if each <= now) >= now - length
        raise AssertionError(operator)

    # Events ----------------------------------------------------------------------------------

    def reduced(self, node: Aggregate) -> tuple[Any, str]:
        found = self.events(node)
        reducer = node.reducer
        if reducer.method == "count":
            return len(found), "number"
        event = self.world.catalog.event(node.events.name)
        known = event.property(reducer.property.name)
        found = [row for row in found if not missing(row[known.column])]
        values = [row[known.column] for row in found]
        kind = known.type
        if reducer.as_type == "string":
            values, kind = [as_text(value) for value in values], "text"
        if reducer.method == "unique":
            return len({decimal(v) if kind == "number" else v for v in values}), "number"
        if not values:
            return None, "number" if reducer.method in {"sum", "avg"} else kind
        match reducer.method:
            case "sum":
                return rounded(total(values)), "number"
            case "avg":
                with localcontext(Context(prec=200)):
                    return rounded(total(values) / len(values)), "number"
            case "max":
                return max(values), kind
            case "min":
                return min(values), kind
            case "first" | "last":
                pick = min if reducer.method == "first" else max
                row = pick(found, key=lambda row: (row["timestamp"], row["id"]))
                return row[known.column], kind
            case "mode":
                often = {value: values.count(value) for value in values}
                top = max(often.values())
                if top < reducer.min_frequency:
                    return None, kind
                return min(value for value, times in often.items() if times == top), kind
        raise AssertionError(reducer)

    def events(self, node: Aggregate) -> list[Row]:
        event = self.world.catalog.event(node.events.name)
        return [
            row
            for row in self.world.events[event.table]
            if row["user_id"] == self.row["id"] and self.passes(node, row)
        ]

    def passes(self, node: Aggregate, row: Row) -> bool:
        at, as_of = row["timestamp"], self.world.as_of
        if at > as_of:
            return False
        if self.event is not None and at <= self.event["timestamp"]:
            return False  # a child happens strictly after its parent
        inside = Subject(
            self.world, self.type, self.row, row, node.events.name, self.event, self.event_name
        )
        for each in node.events.filters:
            match each:
                case Within(duration=length, of_parent=True):
                    passed = at <= self.event["timestamp"] + timedelta(hours=length.hours)
                case Within(duration=length):
                    passed = as_of - timedelta(hours=length.hours) <= at
                case Between(newest=newest, oldest=oldest):
                    start = as_of - timedelta(hours=oldest.hours)
                    passed = start <= at <= as_of - timedelta(hours=newest.hours)
                case Sources(exclude=exclude):
                    passed = row["event_source_id"] not in exclude
                case Where(condition=condition):
                    passed = inside.holds(condition)
                case _:
                    raise AssertionError(each)
            if not passed:
                return False
        return True


DATES = {
    "within_last",
    "within_next",
    "before_last",
    "after_next",
    "anniversary_within_next",
    "anniversary_within_last",
}


def missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def decimal(value: Any) -> Decimal:
    """A number exactly as it is written."""
    return value if isinstance(value, Decimal) else Decimal(repr(value))


def total(values: list[Any]) -> Decimal:
    with localcontext(Context(prec=200)):
        return sum((decimal(value) for value in values), Decimal(0))


def rounded(value: Decimal) -> Decimal:
    with localcontext(Context(prec=200)):
        return value.quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)


def as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        digits = format(decimal(value), "f")
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
        return "0" if digits == "-0" else digits
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else value


def returns(day: date, now: date) -> list[date]:
    """The yearly returns of a date around `now`; 29 February returns on 1 March in common years."""
    found = []
    for year in range(now.year - 1, now.year + 2):
        try:
            found.append(day.replace(year=year))
        except ValueError:
            found.append(date(year, 3, 1))
    return found


def constant(node: Literal, kind: str, zone: ZoneInfo) -> Any:
    """A constant of a query as a value of a type; a bare date is its midnight in the zone."""
    text = node.value if isinstance(node.value, str) else format(node.value, "f")
    match kind:
        case "number":
            return Decimal(text)
        case "boolean":
            return text.strip().lower() == "true"
        case "date" | "timestamp":
            if len(text) == 10:
                day = date.fromisoformat(text)
                midnight = datetime.combine(day, time(), zone).astimezone(UTC)
                return day if kind == "date" else midnight
            instant = datetime.fromisoformat(text.replace("Z", "+00:00"))
            instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
            return instant.astimezone(zone).date() if kind == "date" else instant
    return text
