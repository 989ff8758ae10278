"""The vocabulary as a JSON schema, for servers that hold answers to one, and its JSON as query text.

{"all": […]} {"any": […]} {"not": …}
{"trait": name, "is": comparison, "values": […]} or with "days" in place of values
{"event": name, "where": …, "days": n, "from_days": n, "figure": "count", "of": property, "is": …, "number": n}
{"unknown": text} {"ask": text}
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from audience.catalog import PropertyField, TraitField
from audience.operators import OPERATORS
from audience.text import plain, quoted
from tools.modelling.amounts import Amounts
from tools.modelling.vocabulary import Vocabulary

_ORDERS = ("at_least", "equals", "greater_than", "at_most", "less_than")
_FOLDS = ("sum", "avg", "max", "min", "first", "last")
_TEXT = {"type": "string", "maxLength": 160}
_LISTED = 200


def schema_of(words: Vocabulary) -> dict[str, Any]:
    """What `written` reads, narrowed to the vocabulary."""
    kinds = [_field("trait", trait, words) for trait in words.traits]
    if words.type == "accounts":
        kinds += [_field("trait", trait, words) for trait in words.account_traits]
    kinds += [_member(each.key) for each in words.audiences]
    definitions: dict[str, Any] = {}
    for place, (event, properties) in enumerate(words.events):
        where = [_field("property", each, words) for each in properties]
        node = {"$ref": f"#/$defs/where_{place}"}
        definitions[f"where_{place}"] = {"anyOf": [*_joins(node), *where]}
        kinds.append(_event(event.name, properties, node if where else None, words.amounts))
    node = {"$ref": "#/$defs/node"}
    joins = _joins(node)
    if words.type == "accounts":
        joins += [_object({"any_user": node}), _object({"all_users": node})]
    definitions["node"] = {"anyOf": [*joins, *kinds]}
    said = [_object({"unknown": _TEXT}), _object({"ask": _TEXT})]
    return {"anyOf": [node, *said], "$defs": definitions}


def written(text: str) -> str:
    """The query text of a JSON answer, or `UNKNOWN: …`, `ASK: …`; other text as it is.

    What is JSON and of no such form gives text that no reader reads, so that it is repaired.
    """
    try:
        found = json.loads(text, parse_float=Decimal)
    except ValueError:
        return text
    if not isinstance(found, dict):
        return text
    for key in ("unknown", "ask"):
        if isinstance(found.get(key), str):
            return f"{key.upper()}: {found[key]}"
    try:
        return _text(found)
    except (KeyError, TypeError, ValueError, IndexError):
        return text


def _joins(node: Mapping[str, Any]) -> list[dict[str, Any]]:
    several = {"type": "array", "items": node, "minItems": 2}
    return [_object({"all": several}), _object({"any": several}), _object({"not": node})]


def _field(kind: str, field: PropertyField | TraitField, words: Vocabulary) -> dict[str, Any]:
    keys = [key for key, each in OPERATORS.items() if field.type in each.types]
    value = _number(words.amounts) if field.type == "number" else {"type": "string"}
    known = field.stats.values
    if field.type == "boolean":
        value = {"enum": ["true", "false"]}
    elif field.stats.complete and known and len(known) <= _LISTED and not field.stats.personal:
        value = {"enum": list(known)} if field.type == "text" else value
    made = {
        kind: {"const": field.name},
        "is": {"enum": keys},
        "values": {"type": "array", "items": value},
    }
    optional = _days(words.amounts, "days") if field.type in ("date", "timestamp") else {}
    return _object(made, optional)


def _member(key: str) -> dict[str, Any]:
    values = {"type": "array", "items": {"const": "true"}}
    return _object({"trait": {"const": key}, "is": {"const": "equals"}, "values": values})


def _event(
    name: str,
    properties: Sequence[PropertyField],
    where: Mapping[str, Any] | None,
    said: Amounts,
) -> dict[str, Any]:
    optional = _days(said, "days", "from_days")
    if where is not None:
        optional |= {"where": where, "of": {"enum": [each.name for each in properties]}}
    made = {
        "event": {"const": name},
        "figure": {"enum": ["count", "unique", *_FOLDS] if properties else ["count"]},
        "is": {"enum": list(_ORDERS)},
        "number": _number(said),
    }
    return _object(made, optional)


def _number(said: Amounts) -> dict[str, Any]:
    """The numbers that were said, none and one: how often, where it is not said."""
    if said.numbers is None:
        return {"type": "number"}
    numbers = {Decimal(0), Decimal(1), *said.numbers}
    return {"enum": [int(each) if each == int(each) else float(each) for each in sorted(numbers)]}


def _days(said: Amounts, *keys: str) -> dict[str, Any]:
    """Lengths of time in days, under each of `keys`; no such key where none was said."""
    if said.lengths is None:
        return {key: {"type": "integer", "minimum": 1} for key in keys}
    days = sorted({each.hours // 24 for each in said.lengths if each.hours % 24 == 0})
    return {key: {"enum": days} for key in keys} if days else {}


def _object(needed: Mapping[str, Any], optional: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**needed, **(optional or {})},
        "required": list(needed),
        "additionalProperties": False,
    }


def _text(node: Mapping[str, Any]) -> str:
    for key, word in (("all", " AND "), ("any", " OR ")):
        if key in node:
            parts = [f"({_text(each)})" for each in node[key]]
            if not parts:
                raise ValueError("There is nothing to join.")
            return word.join(parts)
    for key, word in (("not", "NOT"), ("any_user", "ANY"), ("all_users", "ALL")):
        if key in node:
            return f"{word} ({_text(node[key])})"
    if "event" in node:
        return _event_text(node)
    kind = "trait" if "trait" in node else "property"
    start = f"{kind}({quoted(node[kind])})"
    operator = OPERATORS[node["is"]]
    values = list(_values(node, operator.value))
    if operator.symbol is not None:
        return f"{start} {operator.symbol} {values[0]}"
    return f"{start}.{operator.key}({', '.join(values)})"


def _event_text(node: Mapping[str, Any]) -> str:
    parts = [f"event({quoted(node['event'])})"]
    if node.get("where") is not None:
        parts.append(f"where({_text(node['where'])})")
    if node.get("from_days") is not None:
        parts.append(f"between({int(node['from_days'])} days, {int(node['days'])} days)")
    elif node.get("days") is not None:
        parts.append(f"within({int(node['days'])} days)")
    figure = node["figure"]
    if figure == "count":
        parts.append("count()")
    else:
        of = f"property({quoted(node['of'])})"
        parts.append(f"unique({of}).count()" if figure == "unique" else f"{figure}({of})")
    return f"{'.'.join(parts)} {OPERATORS[node['is']].symbol} {_value(node['number'])}"


def _values(node: Mapping[str, Any], kind: str) -> Iterator[str]:
    if kind == "duration":
        yield f"{int(node['days'])} days"
        return
    yield from (_value(each) for each in node["values"])


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return quoted(str(value).lower())
    if isinstance(value, int | Decimal):
        return plain(Decimal(value))
    if isinstance(value, str):
        return quoted(value)
    raise TypeError("A value is a text or a number.")
