"""Which fields hold personal data: by their name, or by what their values look like.

The values of such fields are not kept in the catalog, so they are neither shown as examples nor sent
anywhere. The fields themselves can be used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from audience.catalog import FieldType
from workspace.snake_case import snake_case

Holder = Literal["user", "account", "event"]
_FILE = Path(__file__).parent / "catalog_data" / "personal.yaml"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}")
_PHONE = re.compile(r"(\+|00|\()[\d ().-]{7,18}\d|\d{3}[ .-]\d{3}[ .-]\d{4}")
_CARD = re.compile(r"\d(?:[ -]?\d){12,18}")
_IP = re.compile(r"\d{1,3}(\.\d{1,3}){3}")
_ANSWERS = frozenset(["y", "n", "yes", "no", "true", "false", "t", "f", "0", "1", "j", "ja", "nein", "si", "sí", "oui", "non"])  # fmt: skip
ENOUGH = 0.3  # the share of values that must look personal


def is_personal(
    name: str, column: str, kind: FieldType, holder: Holder, values: Iterable[str] = ()
) -> bool:
    """Whether a field with this name, or some of its `values`, holds personal data."""
    seen = list(values)
    if kind == "boolean" or _are_answers(seen):
        return False
    if any(_named(each, holder) for each in (snake_case(name), column.lower())):
        return True
    if kind not in ("text", "list"):
        return False
    return bool(seen) and sum(map(looks_personal, seen)) >= ENOUGH * len(seen)


def _are_answers(values: list[str]) -> bool:
    """Whether these are a yes and a no, as in `opt_in_email`: nobody's address."""
    return bool(values) and {each.strip().lower() for each in values} <= _ANSWERS


def looks_personal(value: str) -> bool:
    """Whether a value is an e-mail address, a phone number, a card number or an internet address."""
    value = value.strip()
    if _EMAIL.fullmatch(value) or _PHONE.fullmatch(value) or _IP.fullmatch(value):
        return True
    return bool(_CARD.fullmatch(value)) and _luhn([int(each) for each in value if each.isdigit()])


def _luhn(digits: list[int]) -> bool:
    doubled = [each * 2 - 9 * (each > 4) for each in digits[-2::-2]]
    return (sum(doubled) + sum(digits[-1::-2])) % 10 == 0


def _named(column: str, holder: Holder) -> bool:
    words = _words()
    if column in words["everywhere"] or (holder == "user" and column in words["of_users"]):
        return True
    return any(column.endswith(f"_{each}") for each in words["endings"])


@cache
def _words() -> Mapping[str, frozenset[str]]:
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {key: frozenset(map(str, value)) for key, value in content.items()}
