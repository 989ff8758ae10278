"""What is read of a tracking plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.workspace.folders import identify, plan, track
from workspace.plan import Plan, PlanField, PlannedFields, load_plan


def fields(folder: Path, **schemas: Any) -> dict[str, PlanField]:
    plan(folder, track("E", schemas))
    (event,) = load_plan(folder / "tracking_plan.json").events
    return {each.name: each for each in event.fields}


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "string"}, "text"),
        ({"type": "string", "format": "date-time"}, "timestamp"),
        ({"type": "string", "format": "date"}, "date"),
        ({"type": "string", "format": "email"}, "text"),
        ({"type": ["string", "null"]}, "text"),
        ({"type": ["null", "string"], "format": "date-time"}, "timestamp"),
        ({"type": "number"}, "number"),
        ({"type": "integer"}, "number"),
        ({"type": ["integer", "number", "null"]}, "number"),
        ({"type": "boolean"}, "boolean"),
        ({"type": "array", "items": {"type": "string"}}, "list"),
        ({"type": "object"}, "text"),
        ({"type": ["string", "number"]}, "text"),
        ({"enum": [1, 2.5]}, "number"),
        ({"enum": [True, False]}, "boolean"),
        ({"enum": ["a", 1]}, "text"),
        ({}, None),
        (True, None),
    ],
)
def test_types(schema: Any, kind: str | None, tmp_path: Path) -> None:
    assert fields(tmp_path, x=schema)["x"].type == kind


@pytest.mark.parametrize(
    ("schema", "values"),
    [
        ({"enum": ["gold", "silver", "gold"]}, ("gold", "silver")),
        ({"enum": [1, 2.5, True, None]}, ("1", "2.5", "true")),
        ({"const": "only"}, ("only",)),
        ({"pattern": "a|b|c"}, ("a", "b", "c")),
        ({"pattern": "^(free|pro plan)$"}, ("free", "pro plan")),
        ({"pattern": "^(?:a|b)$"}, ("a", "b")),
        ({"pattern": r"2\.0|3\.0"}, ("2.0", "3.0")),
        ({"pattern": r"a\|b|c"}, ("a|b", "c")),
        ({"pattern": "^web$"}, ("web",)),
        ({"pattern": "web"}, ()),
        ({"pattern": r"^\d+$"}, ()),
        ({"pattern": "^[A-Z]{2}$"}, ()),
        ({"pattern": "a.*|b"}, ()),
        ({"pattern": 5}, ()),
    ],
)
def test_enumerated_values(schema: Any, values: tuple[str, ...], tmp_path: Path) -> None:
    assert fields(tmp_path, x=schema)["x"].values == values


def test_nested_fields_are_flattened(tmp_path: Path) -> None:
    city = {"type": "string", "description": " Town "}
    found = fields(
        tmp_path,
        shipTo={"type": "object", "properties": {"address": {"properties": {"cityName": city}}}},
        items={"type": "array", "items": {"type": "object", "properties": {"sku": city}}},
    )
    assert list(found) == ["shipTo.address.cityName", "items"]
    assert found["shipTo.address.cityName"].column == "ship_to_address_city_name"
    assert found["shipTo.address.cityName"].description == "Town"
    assert found["items"].type == "list"


def test_rules_of_every_kind(tmp_path: Path) -> None:
    plan(
        tmp_path,
        track("Order Completed", {"old": {}}) | {"version": 1},
        track("Order Completed", {"new": {}}, "Bought") | {"version": 2},
        identify({"age": {"type": "number"}}),
        identify({"tier": {"type": "string"}}),
        identify({"seats": {"type": "number"}}, "GROUP"),
        {"type": "PAGE", "jsonSchema": {"description": "Looked"}},
        {"type": "COMMON", "jsonSchema": {}},
    )
    read = load_plan(tmp_path / "tracking_plan.json")
    assert [(each.name, each.description) for each in read.events] == [
        ("Order Completed", "Bought"),
        ("Page Viewed", "Looked"),
    ]
    assert [each.name for each in read.events[0].fields] == ["new"]
    assert [each.name for each in read.user_traits] == ["age", "tier"]
    assert [each.name for each in read.account_traits] == ["seats"]
    assert read.notes == ("tracking_plan.json: rules of type COMMON are not used",)


def test_an_event_is_found_by_its_text_first(tmp_path: Path) -> None:
    plan(tmp_path, track("orderCompleted", {}), track("Order Completed", {}))
    read = load_plan(tmp_path / "tracking_plan.json")
    by_text = read.event("order_completed", ("Order Completed",))
    by_slug = read.event("order_completed", ("Something Else",))
    assert by_text is not None
    assert by_text.name == "Order Completed"
    assert by_slug is not None
    assert by_slug.name == "orderCompleted"
    assert read.event("nothing") is None


def test_no_plan_is_an_empty_plan(tmp_path: Path) -> None:
    assert load_plan(tmp_path / "tracking_plan.json") == Plan()


def test_hostile_keys_are_names(tmp_path: Path) -> None:
    keys = ["__proto__", 'a"b', "größe", "🛒", " ", "a.b"]
    found = fields(tmp_path, **{key: {"type": "string"} for key in keys})
    assert list(found) == keys
    assert found["🛒"].column == "🛒"
    assert PlannedFields(tuple(found.values())).of("__proto__") == found["__proto__"]


def test_objects_within_objects_end_somewhere(tmp_path: Path) -> None:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(60):
        schema = {"type": "object", "properties": {"x": schema}}
    (name,) = fields(tmp_path, x=schema)
    assert name.count(".") == 8


def test_a_plan_with_thousands_of_levels_is_refused_or_read(tmp_path: Path) -> None:
    deep = '{"rules": ' + "[" * 100_000 + "]" * 100_000 + "}"
    (tmp_path / "tracking_plan.json").write_text(deep)
    with pytest.raises(Exception, match="nested too deeply"):
        load_plan(tmp_path / "tracking_plan.json")


def test_json_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "tracking_plan.json").write_bytes(
        b"\xef\xbb\xbf" + json.dumps({"rules": []}).encode()
    )
    assert load_plan(tmp_path / "tracking_plan.json") == Plan()
