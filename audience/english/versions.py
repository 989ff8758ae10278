"""Which version of the app people have: "on version 6", of a number, or of texts as "6.0.0".

Only a part of a sentence that says nothing else is read so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from audience.english.amounts import bounds, compared, is_percent
from audience.english.context import World, type_of
from audience.english.kept_deeds import Said
from audience.english.literals.items import Number, Range
from audience.english.schema import Entry
from audience.english.tokens import stem, stem_set
from audience.query import Boolean, Comparison, Literal, Trait


def version_had(world: World, said: Said, *, accounts: bool) -> tuple[Boolean, Entry] | None:
    """The condition on the one field that tells the version, and the field."""
    rows = _version(said)
    people = world.lexicon.accounts if accounts else world.lexicon.users
    found = [each for each in people if _is_version(each)]
    if rows is None or len(found) != 1:
        return None
    told = {each for each in said.told if not each.removeprefix("v").isdigit()}
    if not told <= {*_WORDS, *found[0].words}:
        return None
    entry = found[0]
    left = Trait(entry.field.name)
    exact = len(rows) == 1 and rows[0][0] == "equals"
    if type_of(entry) == "number":
        if said.denied:
            number = Literal(rows[0][1])
            return (Comparison(left, "differs", (number,)), entry) if exact else None
        (item,) = said.items or (None,)
        tree = compared(left, item) if item is not None else Comparison(left, *_equal(rows))
        return tree, entry
    values = getattr(getattr(entry.field, "stats", None), "values", ())
    meant = [each for each in values if _holds(rows, each)]
    if not meant or (said.denied and not exact):
        return None
    one, many = ("differs", "none_of") if said.denied else ("equals", "one_of")
    return Comparison(left, one if len(meant) == 1 else many, tuple(map(Literal, meant))), entry


_Rows = Sequence[tuple[str, Decimal]]


def _equal(rows: _Rows) -> tuple[str, tuple[Literal, ...]]:
    return "equals", (Literal(rows[0][1]),)


def _version(said: Said) -> _Rows | None:
    """The numbers of the versions that were said."""
    short = [_SHORT.fullmatch(each) for each in said.lows]
    told = [Decimal(each.group(1)) for each in short if each]
    told += [Decimal(low) for one, low in pairwise(said.lows) if one == "version" and low.isdigit()]
    if len(told) == 1 and not said.items:
        return [("equals", told[0])]
    if told or _VERSION not in said.every or len(said.items) != 1:
        return None
    (item,) = said.items
    if not isinstance(item, Range | Number) or is_percent(item):
        return None
    rows = bounds(item)
    whole = all(number == number.to_integral_value() and number > 0 for _, number in rows)
    return rows if rows and whole and getattr(item, "unit", None) is None else None


def _is_version(entry: Entry) -> bool:
    """ "app_version", "client_version", "app_major": of what we make, and not of their system."""
    words = set(entry.words)
    named = _VERSION in words or {_MAJOR, "app"} <= words
    if not named or _OTHERS & words:
        return False
    values = getattr(getattr(entry.field, "stats", None), "values", ())
    if type_of(entry) == "text":
        return bool(values) and all(_MAJOR_OF.match(each) for each in values)
    return type_of(entry) == "number"


def _holds(rows: _Rows, value: str) -> bool:
    found = _MAJOR_OF.match(value)
    return found is not None and all(
        _SIGNS[op](Decimal(found.group(1)), bound) for op, bound in rows
    )


_SIGNS = {
    "equals": Decimal.__eq__,
    "at_least": Decimal.__ge__,
    "at_most": Decimal.__le__,
    "greater_than": Decimal.__gt__,
    "less_than": Decimal.__lt__,
}
_SHORT = re.compile(r"v(\d{1,3})")
_MAJOR_OF = re.compile(r"v?(\d{1,4})(?:\.\d+)*$", re.IGNORECASE)
_VERSION, _MAJOR = stem("version"), stem("major")
_OTHERS = stem_set(
    "os",
    "ios",
    "android",
    "system",
    "browser",
    "terms",
    "policy",
    "consent",
    "date",
    "day",
    "days",
    "at",
)
# Words of a part of a sentence that speaks of nothing else.
_WORDS = stem_set("app", "version", "versions", "run", "running", "runs", "use", "using", "install", "installed", "client", "our", "any", "some", "mobile", "build", "yet", "still", "user")  # fmt: skip
