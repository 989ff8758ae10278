"""Names as a Segment warehouse writes them: `Order Completed` → order_completed, productId → product_id.

A word is a run of capitals and digits followed by a run of small letters and digits, everything else
is a gap: `orderIDName` becomes order_idname, `FOO:BAR` foo_bar. Real exports are named by this rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"(?=[A-Za-z0-9])[A-Z0-9]*[a-z0-9]*")
_GOOD = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_ANY_WORD = re.compile(r"[^\W_]+")


def snake_case(name: str) -> str:
    """The warehouse's name of an event or field. What is not ASCII is a gap, as it is there."""
    if _GOOD.fullmatch(name):
        return name
    return "_".join(word.lower() for word in _WORD.findall(name))


def key_for(column: str, keys: Iterable[str]) -> str | None:
    """The plan's key that `column` stands for: the same name, else the same in snake_case.

    Last comes the same letters, for exporters that keep accents where Segment's makes gaps.
    """
    every = tuple(keys)
    for same in (str, snake_case, _letters):
        wanted = column if same is snake_case else same(column)
        for key in every:
            if wanted and same(key) == wanted:
                return key
    return None


def _letters(name: str) -> str:
    return "_".join(_ANY_WORD.findall(name)).casefold()
