"""What is left to people: "have at least 500 points left", "than they have left". Nobody went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audience.english.sentence import Word


def is_left_to_them(words: Sequence[Word], place: int) -> bool:
    """Whether the "left" there ends what somebody has."""
    if words[place].low != "left" or words[place].quoted:
        return False
    following = words[place + 1 : place + 2]
    if following and following[0].is_word and following[0].low not in _AFTER:
        return False
    for word in reversed(words[max(0, place - _NEAR) : place]):
        if not word.is_word or word.line != words[place].line or word.low in _GOING:
            return False
        if word.low in _HAVING:
            return True
    return False


_NEAR = 6
_AFTER = frozenset(["and", "or", "but", "who", "than", "to"])
_GOING = frozenset(["who", "that", "they", "people", "and", "or", "but", "just", "since", "never", "recently", "also"])  # fmt: skip
_HAVING = frozenset(["have", "has", "had", "having", "with", "got", "haven't", "hasn't", "without"])
