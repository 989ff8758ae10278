"""The makers by name, as the rules in YAML call them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from audience.english.literals.clock import Clock
from audience.english.literals.grammar import Found, Made

Make = Callable[[Found, Clock], Made | Sequence[Made] | None]
MAKERS: dict[str, Make] = {}


def maker(make: Make) -> Make:
    """Registers a maker under its name. It returns None, or raises ValueError, to refuse."""
    MAKERS[make.__name__] = make
    return make
