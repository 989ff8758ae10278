"""A tracking plan: what a company says that its events, properties and traits are.

Reads `tracking_plan.json` as Segment writes it (JSON Schema draft-07 per rule) and keeps what
Muster uses of it: names, descriptions, types and enumerated values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from audience.catalog import FieldType
from workspace.snake_case import Keys, snake_case
from workspace.yaml_file import InvalidFile

DEEPEST = 8  # objects within objects; warehouses flatten no further
_TRACKED_PAGES = {"PAGE": "Page Viewed", "SCREEN": "Screen Viewed"}
_ALTERNATIVES = re.compile(r"\^?\(?(?:\?:)?(.*?)\)?\$?", re.DOTALL)
_PLAIN = re.compile(r"(?:[^\\^$.\[\]()?*+{}|]|\\[^A-Za-z0-9])+")


@dataclass(frozen=True)
class PlanField:
    """A property or trait; `name` has periods where the plan nests: `address.city`."""

    name: str
    type: FieldType | None = None
    description: str = ""
    values: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        return snake_case(self.name) or self.name


@dataclass(frozen=True)
class PlanEvent:
    name: str
    description: str = ""
    fields: tuple[PlanField, ...] = ()

    @property
    def table(self) -> str:
        return snake_case(self.name) or self.name


@dataclass(frozen=True)
class Plan:
    events: tuple[PlanEvent, ...] = ()
    user_traits: tuple[PlanField, ...] = ()
    account_traits: tuple[PlanField, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)  # for the import report

    def event(self, table: str, texts: tuple[str, ...] = ()) -> PlanEvent | None:
        """The rule for an event table, by one of its event texts, else by its slug."""
        for text in texts:
            if text in self._by_name:
                return self._by_name[text]
        key = self._keys.find(table)
        return None if key is None else self._by_name[key]

    @cached_property
    def _by_name(self) -> Mapping[str, PlanEvent]:
        return {each.name: each for each in self.events}

    @cached_property
    def _keys(self) -> Keys:
        return Keys(self._by_name)


class PlannedFields:
    """What a plan says of the columns of one table."""

    def __init__(self, fields: tuple[PlanField, ...]) -> None:
        self._by_name = {each.name: each for each in fields}
        self._keys = Keys(self._by_name)

    def __iter__(self) -> Iterator[PlanField]:
        return iter(self._by_name.values())

    def of(self, column: str) -> PlanField | None:
        key = self._keys.find(column)
        return None if key is None else self._by_name[key]


def load_plan(path: Path) -> Plan:
    """Reads a `tracking_plan.json`; an empty plan when there is no such file.

    Raises `InvalidFile` with the rule, and the line where it is not JSON.
    """
    if not path.exists():
        return Plan()
    content = _json(path)
    rules = content.get("rules") if isinstance(content, dict) else None
    if not isinstance(rules, list):
        raise InvalidFile(f'{path}: must hold {{"rules": […]}} as a tracking plan does.')
    events: dict[str, tuple[float, PlanEvent]] = {}
    traits: dict[str, dict[str, PlanField]] = {"IDENTIFY": {}, "GROUP": {}}
    notes: list[str] = []
    for index, rule in enumerate(rules):
        read = _Rule(path, index, rule)
        if read.type in traits:
            traits[read.type] |= {each.name: each for each in read.fields("traits")}
        elif read.type == "TRACK" or read.type in _TRACKED_PAGES:
            event = PlanEvent(read.event_name(), read.description, read.fields("properties"))
            if event.name not in events or read.version >= events[event.name][0]:
                events[event.name] = (read.version, event)
        else:
            notes.append(f"{path.name}: rules of type {read.type} are not used")
    return Plan(
        events=tuple(event for _, event in events.values()),
        user_traits=tuple(traits["IDENTIFY"].values()),
        account_traits=tuple(traits["GROUP"].values()),
        notes=tuple(dict.fromkeys(notes)),
    )


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidFile(f"{path}: not UTF-8 text (byte {error.start}).") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InvalidFile(f"{path}, {place}: not JSON ({error.msg}).") from None
    except RecursionError:
        raise InvalidFile(f"{path}: nested too deeply.") from None
    except OSError as error:
        raise InvalidFile(f"{path}: cannot be read ({error.strerror}).") from None


class _Rule:
    """One rule of a plan, read part by part."""

    def __init__(self, path: Path, index: int, rule: Any) -> None:
        self._place = f"{path}, rule {index + 1}"
        self._rule = self._object(rule, "the rule")
        self.type = str(self._rule.get("type") or "TRACK").upper()
        self._schema = self._object(self._rule.get("jsonSchema"), "jsonSchema")
        self.description = _words(self._schema.get("description"))
        version = self._rule.get("version")
        self.version = float(version) if isinstance(version, int | float) else 0.0

    def event_name(self) -> str:
        key = self._rule.get("key") or _TRACKED_PAGES.get(self.type)
        if not isinstance(key, str) or not key.strip():
            raise self._error('needs the event\'s name: "key": "Order Completed".')
        return key

    def fields(self, section: str) -> tuple[PlanField, ...]:
        """What lies at `jsonSchema.properties.<section>.properties`, nested objects flattened."""
        sections = self._object(self._schema.get("properties"), "jsonSchema.properties")
        part = self._object(sections.get(section), f"jsonSchema.properties.{section}")
        found = self._fields(part, f"jsonSchema.properties.{section}", "", 0)
        return tuple({each.name: each for each in found}.values())

    def _fields(
        self, schema: Mapping[str, Any], where: str, prefix: str, depth: int
    ) -> Iterator[PlanField]:
        where = f"{where}.properties"
        for key, part in self._object(schema.get("properties"), where).items():
            described = self._object(part, f"{where}.{key}")
            if key and isinstance(described.get("properties"), dict) and depth < DEEPEST:
                yield from self._fields(described, f"{where}.{key}", f"{prefix}{key}.", depth + 1)
            elif key:
                yield _field(prefix + key, described)

    def _object(self, value: Any, what: str) -> Mapping[str, Any]:
        """`value` as an object; none where it is missing or `true`, which in a schema means anything."""
        if value is None or value is True:
            return {}
        if not isinstance(value, dict):
            raise self._error(f"{what} must be an object.")
        return value

    def _error(self, reason: str) -> InvalidFile:
        return InvalidFile(f"{self._place}: {reason}")


def _field(name: str, schema: Mapping[str, Any]) -> PlanField:
    found = PlanField(name, _type(schema), _words(schema.get("description")))
    enum = schema.get("enum")
    if not isinstance(enum, list) and "const" in schema:
        enum = [schema["const"]]
    if isinstance(enum, list):
        values = tuple(_value(each) for each in enum if each is not None)
    else:
        values = _alternatives(schema.get("pattern"))
    return replace(found, values=tuple(dict.fromkeys(values)))


def _type(schema: Mapping[str, Any]) -> FieldType | None:
    """The field type that a schema's `type`, `format` and `enum` speak of; None for any."""
    given = schema.get("type")
    types = {each for each in (given if isinstance(given, list) else [given]) if each != "null"}
    if types == {None} or not types:
        return _type_of_values(schema.get("enum"))
    if types <= {"number", "integer"}:
        return "number"
    if types == {"boolean"}:
        return "boolean"
    if types == {"array"}:
        return "list"
    if types == {"string"}:
        formats: Mapping[Any, FieldType] = {"date-time": "timestamp", "date": "date"}
        form = schema.get("format")
        return formats.get(form, "text") if isinstance(form, str) else "text"
    return "text"


def _type_of_values(enum: Any) -> FieldType | None:
    kinds = {type(each) for each in enum if each is not None} if isinstance(enum, list) else set()
    if not kinds:
        return None
    if kinds == {bool}:
        return "boolean"
    return "number" if kinds <= {int, float} else "text"


def _value(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _alternatives(pattern: Any) -> tuple[str, ...]:
    """The values of a pattern such as `a|b|c`; none for one that is more than a list of texts."""
    if not isinstance(pattern, str):
        return ()
    match = _ALTERNATIVES.fullmatch(pattern)
    parts = re.split(r"(?<!\\)\|", match[1]) if match else []
    anchored = pattern.startswith("^") and pattern.endswith("$")
    if not all(_PLAIN.fullmatch(part) for part in parts) or (len(parts) < 2 and not anchored):
        return ()
    return tuple(re.sub(r"\\(.)", r"\1", part) for part in parts)


def _words(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
