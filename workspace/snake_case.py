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


class Keys:
    """The keys of a plan, found by the columns that they stand for.

    The same name comes first, then the same in snake_case, then the same letters: for exporters that
    keep accents where Segment's makes gaps.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        every = tuple(keys)
        self._by_name = {key: key for key in every}
        self._by_snake = _first_wins((snake_case(key), key) for key in every)
        self._by_letters = _first_wins((_letters(key), key) for key in every)

    def find(self, column: str) -> str | None:
        """The key that `column` stands for."""
        found = self._by_name.get(column) or self._by_snake.get(column)
        return found or self._by_letters.get(_letters(column))


def _first_wins(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, key in pairs:
        if name:
            found.setdefault(name, key)
    return found


def _letters(name: str) -> str:
    return "_".join(_ANY_WORD.findall(name)).casefold()
