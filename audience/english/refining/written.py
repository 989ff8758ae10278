"""Codes that are written as the field has them: "R instead", "4+ too", of a field of such codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

from audience.english.schema import Entry
from audience.query import Boolean, Comparison, Literal, Within, walk


class Held(Protocol):
    """A field, and the comparisons of the draft that are about it."""

    @property
    def entry(self) -> Entry: ...

    @property
    def held(self) -> tuple[Comparison, ...]: ...


Target = TypeVar("Target", bound=Held)


def as_written(
    text: str, targets: Sequence[Target], root: Boolean, *, numbers: bool = False
) -> tuple[Target, tuple[str, ...]] | None:
    """The one field of the draft that has every word of `text` as a value, where these are codes.

    Digits are none where the draft has a number too, but for `numbers`.
    """
    said = [each for each in _WORD.findall(text) if each not in _SMALL]
    if not said or not all(len(each) < _SHORT or each[0].isdigit() for each in said):
        return None
    if not numbers and any(each[0].isdigit() for each in said) and _has_number(root):
        return None  # "3 instead": three times, days, or the code?
    fitting = [each for each in targets if each.held and set(said) <= set(_values(each.entry))]
    return (fitting[0], tuple(dict.fromkeys(said))) if len(fitting) == 1 else None


def _values(entry: Entry) -> Sequence[str]:
    stats = getattr(entry.field, "stats", None)
    return stats.values if stats is not None and getattr(entry.field, "type", "") == "text" else ()


def _has_number(root: Boolean) -> bool:
    """Whether the draft has a number or a length of time that could be changed."""
    for node in walk(root):
        if isinstance(node, Within):
            return True
        if isinstance(node, Comparison) and any(
            not (isinstance(each, Literal) and isinstance(each.value, str)) for each in node.values
        ):
            plain = node.operator == "at_least" and node.values == (Literal(Decimal(1)),)
            if not plain:
                return True
    return False


_WORD = re.compile(r"[^\s,.;!?]+")
_SHORT = 3
_SMALL = frozenset(
    ["or", "and", "too", "also", "as", "well", "instead", "rather", "only", "just", "the", "please", "in", "it", "to"]
)  # fmt: skip
