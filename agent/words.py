"""Words for people: Markdown that says facts, with what comes from outside made harmless."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!$])")


def safe(text: str, most: int = 300) -> str:
    """Text from outside, as it stands: no Markdown, no markup, on one line."""
    line = " ".join(text.split())
    if len(line) > most:
        line = line[: most - 1].rstrip() + "…"
    return _MARKDOWN.sub(r"\\\1", line)


def people(number: int, type: str = "users") -> str:
    one, many = ("account", "accounts") if type == "accounts" else ("person", "people")
    return f"{number:,} {one if number == 1 else many}"


def share(part: int, whole: int) -> str:
    """A part of a whole in percent, never rounded to none or all of it."""
    if whole == 0:
        return "0%"
    percent = 100 * part / whole
    if 0 < percent < 0.1:
        return "under 0.1%"
    if 99.9 < percent < 100:
        return "over 99.9%"
    return f"{percent:.0f}%" if percent >= 10 or part == 0 else f"{percent:.1f}%"


def listed(items: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def bullets(items: Sequence[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
