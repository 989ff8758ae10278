"""What an exporter gives back, and the words with which it refuses."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from audience.problems import NotSupported


@dataclass(frozen=True)
class Exported:
    """The body of a request, ready for JSON, and what a person has to know about it."""

    body: dict[str, Any]
    notes: tuple[str, ...] = ()


def refuse(target: str, what: str) -> NotSupported:
    return NotSupported(f"{target} cannot say this: {what}.")


def json_number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
