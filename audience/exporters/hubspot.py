"""The body of HubSpot's request to create a list: an OR of ANDs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from audience.bound import Bound
from audience.exporters.exported import Exported, refuse
from audience.exporters.forms import (
    All,
    Formula,
    Leaf,
    Some,
    any_of_all,
    audience_formula,
    mapped,
)
from audience.exporters.hubspot_filters import TARGET, filters
from audience.exporters.occurrences import Occurrences, events_of, occurrences
from audience.printer import show
from audience.query import Aggregate, Between, Comparison, Duration, Property, Trait, Within
from audience.scope import Scope

_CONTACTS = "0-1"


def export(bound: Bound, *, name: str, description: str = "") -> Exported:
    """POST /crm/v3/lists. A list there has no description; events go by name until their ids are put in."""
    if bound.type != "users":
        raise refuse(TARGET, "an audience of accounts")
    whole = audience_formula(bound, _Converter(bound).condition, TARGET)
    body = {
        "name": name,
        "objectTypeId": _CONTACTS,
        "processingType": "DYNAMIC",
        "filterBranch": _branch("OR", [_and(each) for each in any_of_all(whole, TARGET)], []),
    }
    return Exported(body, _notes(bound, body))


def _notes(bound: Bound, body: dict[str, Any]) -> tuple[str, ...]:
    notes = []
    events = events_of(bound)
    if events:
        notes.append(
            f"Put the ids of your event types in the place of these names: {', '.join(events)}."
        )
    if "'INDEXED'" in str(body):
        notes.append(
            "HubSpot keeps dates as midnight in UTC: next to midnight, a day counted from today can be "
            "the one beside it."
        )
    if "STRING'" in str(body):
        notes.append("HubSpot takes capital and small letters of a text as the same.")
    return tuple(notes)


def _branch(kind: str, branches: list[Any], own: list[Any]) -> dict[str, Any]:
    return {
        "filterBranchType": kind,
        "filterBranchOperator": kind,
        "filterBranches": branches,
        "filters": own,
    }


def _and(conditions: list[dict[str, Any]]) -> dict[str, Any]:
    branches = [each for each in conditions if "filterBranchType" in each]
    return _branch("AND", branches, [each for each in conditions if "filterType" in each])


@dataclass(frozen=True)
class _Converter:
    bound: Bound

    def condition(self, node: Comparison, negated: bool) -> Formula:
        match node.left:
            case Trait():
                field = Scope.top(self.bound.catalog, "users").trait(node.left)
                assert field is not None
                found = filters(node, negated, field, self.bound)
                return mapped(found, lambda each: _property(field.column, each))
            case Aggregate(reducer=reducer) if reducer.method == "count":
                return occurrences(node, negated, self.bound, TARGET, self._events)
            case Aggregate(reducer=reducer):
                raise refuse(TARGET, f"{show(reducer)} as a condition")
            case _:
                raise refuse(TARGET, f"{type(node.left).__name__.lower()} outside an event")

    def _events(self, counted: Occurrences) -> Formula:
        event = self.bound.catalog.event(counted.event)
        scope = Scope.top(self.bound.catalog, "users").inside(event)
        wanted = All(tuple(self._where(each, no, scope) for each, no in counted.properties))
        alternatives = any_of_all(wanted, TARGET)
        if len(alternatives) > 1 and not (counted.at_least_once or counted.never):
            raise refuse(TARGET, f"how often {counted.event} happened with one of several values")
        parts = tuple(_occurrences(counted, each) for each in alternatives)
        return Some(parts) if counted.at_least_once else All(parts)

    def _where(self, node: Comparison, negated: bool, scope: Scope) -> Formula:
        assert isinstance(node.left, Property)
        field = scope.property(node.left)
        assert field is not None
        found = filters(node, negated, field, self.bound)
        return mapped(found, lambda each: _property(field.column, each))


def _property(name: str, operation: dict[str, Any]) -> dict[str, Any]:
    return {"filterType": "PROPERTY", "property": name, "operation": operation}


# Events ---------------------------------------------------------------------------------------


def _occurrences(counted: Occurrences, own: list[Any]) -> Formula:
    """One branch; "at most 3 times" takes in those who never did, so it is two."""
    time = _time(counted)
    if counted.never:
        return Leaf(_unified(counted, own, "HAS_NOT_COMPLETED", time))
    if counted.at_least_once:
        return Leaf(_unified(counted, own, "HAS_COMPLETED", time))
    if time:
        raise refuse(TARGET, "how often an event happened together with when")
    if counted.number != int(counted.number) or counted.number < 0:
        raise refuse(TARGET, f"{counted.event} {counted.number} times")
    number = int(counted.number)
    if (counted.operator, number) in (("at_least", 0), ("less_than", 0)):
        raise refuse(TARGET, f"{counted.event} {counted.operator} 0 times")
    match counted.operator:
        case "at_least":
            return _times(counted, own, number, None)
        case "greater_than":
            return _times(counted, own, number + 1, None)
        case "equals":
            return _times(counted, own, number, number)
        case "at_most" | "less_than":
            most = number if counted.operator == "at_most" else number - 1
            never = Leaf(_unified(counted, own, "HAS_NOT_COMPLETED", {}))
            return Some((never, _times(counted, own, 1, most)))
        case _:
            raise refuse(TARGET, f"{counted.operator} on a count")


def _times(counted: Occurrences, own: list[Any], least: int, most: int | None) -> Leaf:
    refine: dict[str, Any] = {"type": "NUM_OCCURRENCES", "minOccurrences": least}
    if most is not None:
        refine["maxOccurrences"] = most
    return Leaf(_unified(counted, own, "HAS_COMPLETED", {"coalescingRefineBy": refine}))


def _unified(
    counted: Occurrences, own: list[Any], operator: str, refine: dict[str, Any]
) -> dict[str, Any]:
    return {
        "filterBranchType": "UNIFIED_EVENTS",
        "filterBranchOperator": "AND",
        "filterBranches": [],
        "filters": own,
        "eventTypeId": counted.event,
        "operator": operator,
        **refine,
    }


def _time(counted: Occurrences) -> dict[str, Any]:
    if counted.moment is not None:
        refine: dict[str, Any] = {
            "type": "ABSOLUTE_COMPARATIVE",
            "comparison": counted.moment.side.upper(),
            "timestamp": int(counted.moment.instant.timestamp() * 1000),
        }
        return {"pruningRefineBy": refine}
    match counted.window:
        case Within(duration=duration):
            refine = {
                "type": "RELATIVE_COMPARATIVE",
                "comparison": "AFTER",
                "timeOffset": _offset(duration),
            }
            return {"pruningRefineBy": refine}
        case Between(newest=newest, oldest=oldest):
            refine = {
                "type": "RELATIVE_RANGED",
                "rangeType": "BETWEEN",
                "lowerBoundOffset": _offset(oldest),
                "upperBoundOffset": _offset(newest),
            }
            return {"pruningRefineBy": refine}
        case None:
            return {}


def _offset(duration: Duration) -> dict[str, Any]:
    if duration.hours % 24:
        raise refuse(TARGET, f"a window of {duration.hours} hours; it has whole days only")
    return {"amount": duration.hours // 24, "timeUnit": "DAYS", "offsetDirection": "PAST"}
