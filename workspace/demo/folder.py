"""The files that describe a sample workspace: settings, strategies and tracking plan.

The plan is written down in a short form, `plan.yaml`: per field its type and what it means, and the
values that it may have after a third comma. Here it becomes a tracking plan as Segment has them.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workspace.yaml_file import YamlFile

DEMO = Path(__file__).parent
_SCHEMAS: Mapping[str, Mapping[str, str]] = {
    "text": {"type": "string"},
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "timestamp": {"type": "string", "format": "date-time"},
    "list": {"type": "array"},
}
_DRAFT = "http://json-schema.org/draft-07/schema#"


def write_descriptions(sample: str, folder: Path) -> None:
    """Puts workspace.yaml, strategies.yaml and tracking_plan.json of `sample` into `folder`."""
    for each in ("workspace.yaml", "strategies.yaml"):
        shutil.copyfile(DEMO / sample / each, folder / each)
    plan = YamlFile(DEMO / sample / "plan.yaml").content
    rules = [
        _rule("TRACK", name, event["description"], "properties", event.get("properties") or {})
        for name, event in plan["events"].items()
    ]
    for kind, key in (("IDENTIFY", "users"), ("GROUP", "accounts")):
        if key in plan:
            rules.append(_rule(kind, None, "", "traits", plan[key]))
    text = json.dumps({"rules": rules}, ensure_ascii=False, indent=1)
    (folder / "tracking_plan.json").write_text(text, encoding="utf-8")


def _rule(
    kind: str, key: str | None, description: str, section: str, fields: Mapping[str, Any]
) -> dict[str, Any]:
    schema: dict[str, Any] = {"$schema": _DRAFT, "type": "object"}
    if description:
        schema["description"] = description
    described = {name: _field(part) for name, part in fields.items()}
    schema["properties"] = {section: {"type": "object", "properties": described}}
    named = {} if key is None else {"key": key}
    return {"type": kind, **named, "jsonSchema": schema, "version": 1}


def _field(part: list[Any]) -> dict[str, Any]:
    kind, description, *values = part
    schema: dict[str, Any] = {**_SCHEMAS[kind], "description": description}
    if values and isinstance(values[0], str):
        schema["pattern"] = values[0]
    elif values:
        schema["enum"] = values[0]
    return schema
