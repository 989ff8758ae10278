"""How constants are written in a query: strings with quotes and escapes, numbers without exponents."""

from __future__ import annotations

import re
from decimal import Decimal

_UNESCAPED = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"'}
_ESCAPED = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\\": "\\\\", "'": "\\'"}


def quoted(text: str) -> str:
    """`text` in single quotes, on one line."""
    return "'" + re.sub(r"[\n\t\r\\']", lambda match: _ESCAPED[match[0]], text) + "'"


def unquoted(text: str) -> str:
    """What a string in either quotes says. A backslash before any other character stands for itself."""
    return re.sub(
        r"\\(.)", lambda match: _UNESCAPED.get(match[1], match[0]), text[1:-1], flags=re.DOTALL
    )


def plain(number: Decimal) -> str:
    """`number` without exponent and without zeros that say nothing: 100, 0.2, -3.5."""
    digits = format(number, "f")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits in {"-0", ""} else digits
