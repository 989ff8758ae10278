"""SQL that a model wrote where it should have called the tool: many small ones write the call as text."""

from __future__ import annotations

import json
import re

_BLOCK = re.compile(r"```\w*\n(.*?)(?:```|\Z)|<tool_call>(.*?)(?:</tool_call>|\Z)", re.DOTALL)
_SQL = re.compile(r"\b(?:SELECT|WITH)\b.*", re.DOTALL | re.IGNORECASE)


def sql_in(text: str) -> str | None:
    """The first statement of an answer: of a call written as JSON, of a block of code, or bare."""
    blocks = [first or second for first, second in _BLOCK.findall(text)]
    for each in (*blocks, text):
        called = _argument(each)
        if called is not None:
            return called
    for each in blocks:
        if found := _SQL.match(each.strip()):
            return found.group()
    bare = text.strip()
    return bare if _SQL.match(bare) else None


def _argument(text: str) -> str | None:
    start = text.find("{")
    if start < 0:
        return None
    try:
        call, _ = json.JSONDecoder(strict=False).raw_decode(text[start:])
    except ValueError:
        return None
    arguments = call.get("arguments", call)
    sql = arguments.get("sql") if isinstance(arguments, dict) else None
    return sql if isinstance(sql, str) else None
