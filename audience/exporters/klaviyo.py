"""The body of Klaviyo's request to create a segment: groups joined by AND, conditions in them by OR."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from audience.bound import Bound
from audience.exporters.exported import Exported, json_number, refuse
from audience.exporters.forms import (
    All,
    Formula,
    Leaf,
    Some,
    all_of_any,
    any_of_all,
    audience_formula,
    mapped,
)
from audience.exporters.klaviyo_filters import NUMERIC, TARGET, filters
from audience.exporters.occurrences import Occurrences, events_of, iso, occurrences
from audience.printer import show
from audience.query import Aggregate, Between, Comparison, Property, Trait, Within
from audience.scope import Scope

_WELL_KNOWN = {
    "email": "email", "first_name": "first_name", "firstName": "first_name", "last_name": "last_name",
    "lastName": "last_name", "phone": "phone_number", "phone_number": "phone_number",
}  # fmt: skip


def export(bound: Bound, *, name: str, description: str = "") -> Exported:
    """POST /api/segments. A segment there has no description; metrics go by name until their ids are put in."""
    if bound.type != "users":
        raise refuse(TARGET, "an audience of accounts")
    converter = _Converter(bound)
    whole = audience_formula(bound, converter.condition, TARGET)
    groups = [{"conditions": group} for group in all_of_any(whole, TARGET)]
    attributes = {"name": name, "definition": {"condition_groups": groups}}
    return Exported({"data": {"type": "segment", "attributes": attributes}}, _notes(bound, groups))


def _notes(bound: Bound, groups: list[dict[str, Any]]) -> tuple[str, ...]:
    notes = []
    events = events_of(bound)
    if events:
        notes.append(
            f"Put the ids of your metrics in the place of these names: {', '.join(events)}."
        )
    if "'unit': 'day'" in str(groups) or "'date': '" in str(groups):
        notes.append("Klaviyo reckons days in the time zone of its account.")
    return tuple(notes)


@dataclass(frozen=True)
class _Converter:
    bound: Bound

    def condition(self, node: Comparison, negated: bool) -> Formula:
        scope = Scope.top(self.bound.catalog, "users")
        match node.left:
            case Trait(name=name):
                field = scope.trait(node.left)
                assert field is not None
                shown = _profile_property(name)
                found = filters(node, negated, field, self.bound, in_metric=False)
                return mapped(
                    found,
                    lambda each: {"type": "profile-property", "property": shown, "filter": each},
                )
            case Aggregate(reducer=reducer) if reducer.method == "count":
                return occurrences(node, negated, self.bound, TARGET, self._metric)
            case Aggregate(reducer=reducer):
                raise refuse(TARGET, f"{show(reducer)} as a condition")
            case _:
                raise refuse(TARGET, f"{type(node.left).__name__.lower()} outside an event")

    def _metric(self, counted: Occurrences) -> Formula:
        """A property that takes several filters joined by OR makes several counts of it."""
        event = self.bound.catalog.event(counted.event)
        scope = Scope.top(self.bound.catalog, "users").inside(event)
        wanted = All(tuple(self._property(each, no, scope) for each, no in counted.properties))
        alternatives = any_of_all(wanted, TARGET)
        if len(alternatives) > 1 and not (counted.at_least_once or counted.never):
            raise refuse(TARGET, f"how often {counted.event} happened with one of several values")
        leaves = tuple(Leaf(_condition(counted, each)) for each in alternatives)
        return Some(leaves) if counted.at_least_once else All(leaves)

    def _property(self, node: Comparison, negated: bool, scope: Scope) -> Formula:
        assert isinstance(node.left, Property)
        field = scope.property(node.left)
        assert field is not None
        found = filters(node, negated, field, self.bound, in_metric=True)
        return mapped(found, lambda each: {"property": field.name, "filter": each})


def _condition(counted: Occurrences, metric_filters: list[Any]) -> dict[str, Any]:
    condition: dict[str, Any] = {
        "type": "profile-metric",
        "metric_id": counted.event,
        "measurement": "count",
        "measurement_filter": {
            "type": "numeric",
            "operator": NUMERIC[counted.operator],
            "value": json_number(counted.number),
        },
        "timeframe_filter": _timeframe(counted),
    }
    if metric_filters:
        condition["metric_filters"] = metric_filters
    return condition


def _timeframe(counted: Occurrences) -> dict[str, Any]:
    if counted.moment is not None:
        moment = counted.moment
        return {"type": "date", "operator": moment.side, "date": iso(moment.instant)}
    match counted.window:
        case Within(duration=duration):
            return {
                "type": "date",
                "operator": "in-the-last",
                "unit": duration.unit,
                "quantity": duration.amount,
            }
        case Between(newest=newest, oldest=oldest):
            same = newest.unit == oldest.unit
            return {
                "type": "date",
                "operator": "between",
                "start": newest.amount if same else newest.hours,
                "end": oldest.amount if same else oldest.hours,
                "unit": newest.unit if same else "hour",
            }
        case None:
            return {"type": "date", "operator": "alltime"}


def _profile_property(name: str) -> str:
    if name in _WELL_KNOWN:
        return _WELL_KNOWN[name]
    if "'" in name or "\\" in name:
        raise refuse(TARGET, f"a property called {name}")
    return f"properties['{name}']"
