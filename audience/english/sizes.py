"""Units of size: of data, of distance, of weight; what turns one into another of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from audience.english.schema import Entry
from audience.english.tokens import name_words, stem

_KINDS: tuple[Mapping[str, Decimal], ...] = (
    {"kb kilobyte": Decimal("0.001"), "mb megabyte": Decimal(1), "gb gigabyte gigs": Decimal(1000), "tb terabyte": Decimal(1_000_000)},
    {"km kms kilometer kilometre": Decimal(1), "mile mi": Decimal("1.609344")},
    {"gram": Decimal(1), "kg kgs kilo kilogram": Decimal(1000), "lb lbs": Decimal("453.59237")},
)  # fmt: skip
_UNITS = {
    spelt: (kind, factor)
    for kind, units in enumerate(_KINDS)
    for names, factor in units.items()
    for name in names.split()
    for spelt in (name, f"{name}s", stem(name))
}


def size_factor(entry: Entry, unit: str) -> Decimal | None:
    """What turns a number of `unit` into the field's own; None where it is in no unit of that kind."""
    said = _UNITS.get(unit)
    own = _unit(name_words(entry.field.name)) or _unit(entry.about)
    if said is None or own is None or said[0] != own[0]:
        return None
    return said[1] / own[1]


def is_of_data(entry: Entry) -> bool:
    """Whether a number counts megabytes, gigabytes, …"""
    own = _unit(name_words(entry.field.name)) or _unit(entry.about)
    return own is not None and own[0] == 0


def _unit(words: Iterable[str]) -> tuple[int, Decimal] | None:
    """The one unit that stands among the words."""
    found = {_UNITS[each] for each in words if each in _UNITS}
    return found.pop() if len(found) == 1 else None
