"""SQL from templates: what is put into one is a quoted name or SQL that was made here, never a text.

Values are not put into SQL at all: they are bound (`?`) when it runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SLOT = re.compile(r"\{([a-z_]+)\}")


class Sql(str):
    """A text that is safe to run as SQL."""

    __slots__ = ()


def name(text: str) -> Sql:
    """A table or column, quoted, whatever it is called."""
    return Sql('"' + text.replace('"', '""') + '"')


def text(value: str) -> Sql:
    """A constant, for the few places in which DuckDB cannot bind one."""
    return Sql("'" + value.replace("'", "''") + "'")


def sql(template: str, **parts: Sql) -> Sql:
    """`template` with each `{slot}` filled by the part of that name. Templates are written in code.

    Raises `TypeError` for a part that is a plain text.
    """
    for slot, part in parts.items():
        if not isinstance(part, Sql):
            raise TypeError(f"{slot} is not SQL: quote it with name() or bind it")
    return Sql(_SLOT.sub(lambda match: parts[match[1]], template))


def joined(parts: Iterable[Sql], separator: str = ", ") -> Sql:
    return Sql(separator.join(parts))
