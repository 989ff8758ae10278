"""Numbers that are known of people over all time: nights so far, lifetime value."""

from __future__ import annotations

from audience.english.schema import Entry
from audience.english.tokens import stem


def is_total(entry: Entry) -> bool:
    """Whether the field counts or adds up all that there ever was."""
    told = getattr(entry.field, "description", "").lower()
    return getattr(entry.field, "type", None) == "number" and (
        bool(_LIFETIME & set(entry.words)) or any(each in told for each in _SO_FAR)
    )


_LIFETIME = frozenset(stem(each) for each in ("lifetime", "total", "overall", "ever"))
_SO_FAR = ("so far", "to date", "all time", "in total")
