"""The reviewed data files beside this one, each read once."""

from __future__ import annotations

from functools import cache
from typing import Any

from audience.english.data import read


@cache
def load(name: str) -> Any:
    return read("audience.english.guards", name)
