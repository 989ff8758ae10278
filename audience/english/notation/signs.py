"""The words, numbers and signs of a rule, and the fields that its words name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from audience.catalog import AudienceType, Catalog, EventField, PropertyField, TraitField
from audience.english.tokens import joined, stems

_SIGNS = re.compile(
    r"(?P<text>'[^'\n]*'|\"[^\"\n]*\")"
    r"|(?P<number>(?:[$€£]\s?)?\d[\d,]*(?:\.\d+)?[kKmM]?\b(?![-:.]\d)(?!\w))"
    r"|(?P<word>\w[\w'’/+-]*)"
    r"|(?P<sign>>=|<=|=>|=<|<>|!=|==|&&|\|\||[^\w\s]|\n)"
)
_NUMBER = re.compile(r"(?P<money>[$€£]\s?)?(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<scale>[kKmM]?)")
_COMPARED = re.compile(r">=|<=|=>|=<|<>|!=|==|[=<>≥≤≠]|&&|\|\||\bin\s*[(\[]", re.IGNORECASE)
_SCALES = {"": 1, "k": 1_000, "m": 1_000_000}
MOST_WORDS = 9  # of a name or a value
F = TypeVar("F", TraitField, EventField, PropertyField)


@dataclass(frozen=True)
class Sign:
    """`[start, end)` of the rule: a word, a number, a quoted text or a sign."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower()


def is_rule(text: str) -> bool:
    """Whether a comparison, or a sign that joins two, stands in the text."""
    return _COMPARED.search(text) is not None


def signs(text: str) -> list[Sign]:
    return [
        Sign(match.lastgroup or "", match.group(), match.start(), match.end())
        for match in _SIGNS.finditer(text.rstrip(" .\n"))
    ]


def number_of(sign: Sign) -> tuple[Decimal, bool] | None:
    """The number, and whether it is a sum of money."""
    match = _NUMBER.fullmatch(sign.text)
    if match is None:
        return None
    number = Decimal(match["digits"].replace(",", "")) * _SCALES[match["scale"].lower()]
    return number, match["money"] is not None


class Names(Generic[F]):
    """Fields by their name as it may be written: in any case, with any signs between its words."""

    def __init__(self, fields: Iterable[F]) -> None:
        self._fields: dict[str, list[F]] = {}
        for field in fields:
            for key in _keys(field.name):
                self._fields.setdefault(key, []).append(field)

    def get(self, text: str) -> F | None:
        """The only field of that name."""
        for key in _keys(text):
            found = self._fields.get(key, [])
            if len({each.name for each in found}) == 1:
                return found[0]
        return None


def _keys(name: str) -> tuple[str, ...]:
    """The name without its signs, without an ending as `__c`, and by the stems of its words."""
    bare = name.removesuffix("__c")
    return tuple(dict.fromkeys((joined(name), joined(bare), "".join(stems(bare)))))


@dataclass(frozen=True)
class Fields:
    """What the names of a rule can mean for one type of audience."""

    traits: Names[TraitField]
    events: Names[EventField]

    def properties(self, event: EventField) -> Names[PropertyField]:
        return Names(event.properties)


def fields_of(catalog: Catalog, kind: AudienceType) -> Fields:
    accounts = kind == "accounts"
    traits = catalog.account_traits if accounts else catalog.user_traits
    return Fields(Names(traits), Names(() if accounts else catalog.events))
