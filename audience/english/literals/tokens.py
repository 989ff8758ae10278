"""Text → tokens, each with the symbols that the grammar's patterns name.

A token's symbols are its word, the classes that the word belongs to (`@month`, from words.yaml) and
what its shape says (`#num`, `#date`). Offsets are code points; nothing here changes a length.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

LookUp = Mapping[str, frozenset[str]]

_SAME = str.maketrans(
    "\u2018\u2019\u02bc\u2013\u2014\u2212\u2010\u2011\u201c\u201d\uff04\u00d7",
    "'''-----\"\"$x",
)  # one code point for one, so that offsets hold

_TOKEN = re.compile(
    r"""
      (?P<date>[0-9]{1,4}(?P<sep>[-./])[0-9]{1,2}(?P=sep)[0-9]{1,4}(?![0-9/]|[-.][0-9]))(?P<time>T[0-9:.+Z-]*)?
    | (?P<dotted>[0-9]+(?:\.[0-9]+){2,})
    | (?P<pair>[0-9]+(?:/[0-9]+)+)
    | (?P<comma>(?:(?<=[€£$¥])[0-9]+,[0-9]{2}(?![0-9,])) | (?:[0-9]+,[0-9]{2}(?=\s?€)))
    | (?P<number>[0-9]{1,3}(?:[,\u00a0\u202f][0-9]{3})+(?:\.[0-9]+)?(?![0-9]) | [0-9]+(?:\.[0-9]+)? | \.[0-9]+)
      (?P<tail>[^\W_]*(?:_\w*)?)
    | (?P<word>[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)?(?![\w]))
    | (?P<name>\w+(?:\.[0-9]+)*)
    | (?P<possessive>'s\b)
    | (?P<symbol>>=|<=|=>|=<|!=|==|<>|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_SHORT = re.compile(r"(?P<letter>[lqh])(?P<amount>[0-9]{1,4})(?P<unit>[hdwmqy]?)")
_MAGNITUDES: Mapping[str, int] = {
    "k": 1_000, "m": 1_000_000, "mm": 1_000_000, "mn": 1_000_000, "mio": 1_000_000, "mln": 1_000_000,
    "b": 1_000_000_000, "bn": 1_000_000_000,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign, at `[start, end)`."""

    start: int
    end: int
    word: str  # lower case, spelling mended
    symbols: frozenset[str]
    value: object = None  # Decimal of `#num`, dates of `#date`, …
    glued: bool = False  # nothing stands between it and the token before

    @property
    def number(self) -> Decimal:
        assert isinstance(self.value, Decimal)
        return self.value


class Tokenizer:
    """Cuts text into tokens.

    `classes` gives a word's classes, `spelling` its right spelling, and `suffixes` what may be
    glued to a number ("30d", "50eur").
    """

    def __init__(
        self, classes: LookUp, spelling: Mapping[str, str], suffixes: frozenset[str]
    ) -> None:
        self._classes = classes
        self._suffixes = suffixes
        self._spelling = spelling

    def tokens(self, text: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[Token, ...]:
        """The tokens of `text`; what lies in `taken` becomes opaque: no pattern names it."""
        found: list[Token] = []
        for match in _TOKEN.finditer(text.translate(_SAME)):
            kind = match.lastgroup
            if kind == "symbol" and match.group().isspace():
                continue
            made = self._made(match, found)
            if taken and any(made[0].start < end and start < made[-1].end for start, end in taken):
                made = [Token(match.start(), match.end(), match.group(), frozenset())]
            found += made
        return tuple(found)

    def _made(self, match: re.Match[str], before: list[Token]) -> list[Token]:
        start, end = match.span()
        glued = bool(before) and before[-1].end == start
        raw = match.group()
        if match["date"] is not None:
            dates = () if match["time"] else _dates(match["date"], match["sep"])
            symbols = frozenset(["#timestamp" if match["time"] else "#date"])
            if not dates and not match["time"]:
                symbols = frozenset()
            return [Token(start, end, raw, symbols, dates, glued)]
        if match["pair"] is not None:
            days = _month_days(raw)
            month = _month_and_year(raw)
            if month is not None:
                return [Token(start, end, raw, frozenset(["#my"]), month, glued)]
            return [Token(start, end, raw, frozenset(["#md"] if days else []), days, glued)]
        if match["comma"] is not None:
            value = Decimal(raw.replace(",", "."))
            return [Token(start, end, raw, frozenset(["#num"]), value, glued)]
        if match["number"] is not None:
            return self._number(match, glued, before)
        if match["word"] is not None or match["possessive"] is not None:
            return [self._word(start, end, raw, glued)]
        if match["name"] is not None:
            return [_short(start, end, raw, glued)]
        return [
            Token(start, end, raw, frozenset([raw]) | self._classes.get(raw, _NONE), None, glued)
        ]

    def _word(self, start: int, end: int, raw: str, glued: bool) -> Token:
        word = raw.lower()
        word = self._spelling.get(word, word)
        symbols = frozenset([word]) | self._classes.get(word, _NONE)
        if raw[0].isupper():
            symbols |= {f"^{word}"} | self._classes.get(f"^{word}", _NONE)
        return Token(start, end, word, symbols, None, glued)

    def _number(self, match: re.Match[str], glued: bool, before: list[Token]) -> list[Token]:
        start, middle, end = match.start(), match.end("number"), match.end()
        digits, tail = match["number"], match["tail"]
        value = Decimal(digits.replace(",", "").replace("\u00a0", "").replace("\u202f", ""))
        plain = digits.isdigit()
        if _signed(before, glued) and not tail:
            sign = before.pop()
            symbols = {"#num", "#negative"}
            return [Token(sign.start, end, match.group(), frozenset(symbols), -value, sign.glued)]
        symbols = {"#num"}
        if plain:
            symbols.add("#int")
            if 1 <= len(digits) <= 2 and 1 <= value <= 31:
                symbols.add("#dd")
            if len(digits) == 4 and 1900 <= value <= 2099:
                symbols.add("#year")
        if not tail:
            return [Token(start, end, digits, frozenset(symbols), value, glued)]
        lower = tail.lower()
        if plain and lower in ("st", "nd", "rd", "th"):
            marks = {"#ordinal"} | ({"#ddth"} if 1 <= value <= 31 else set())
            return [Token(start, end, match.group(), frozenset(marks), value, glued)]
        if plain and lower == "s":
            marks = {"#decade"} if value % 10 == 0 and 10 <= value <= 90 else {"#plural"}
            if value % 10 == 0 and 1900 <= value <= 2090:
                marks = {"#decade_of"}  # "the 1980s"
            return [Token(start, end, match.group(), frozenset(marks), value, glued)]
        money = glued and before[-1].word in "$€£¥"
        other = (lower == "m" and plain and value <= 36) or lower == "b"  # months; house 221B
        if lower in _MAGNITUDES and (money or not other):
            magnified = value * _MAGNITUDES[lower]
            return [Token(start, end, match.group(), frozenset({"#num"}), magnified, glued)]
        if lower not in self._suffixes or (tail == "D" and len(digits) < 2):
            return [Token(start, end, match.group(), frozenset(["#code"]), None, glued)]
        marks = {lower, f"~{lower}"} | self._classes.get(f"~{lower}", _NONE)
        return [
            Token(start, middle, digits, frozenset(symbols), value, glued),
            Token(middle, end, lower, frozenset(marks), None, True),
        ]


_NONE: frozenset[str] = frozenset()


def _signed(before: Sequence[Token], glued: bool) -> bool:
    """Whether the number that comes now has a minus sign, not a hyphen, before it."""
    if not glued or before[-1].word != "-" or before[-1].glued:
        return False
    return len(before) == 1 or "#num" not in before[-2].symbols


def _short(start: int, end: int, raw: str, glued: bool) -> Token:
    """ "Q3", "H1", "L30D"; any other name with digits or underscores is opaque."""
    match = _SHORT.fullmatch(raw.lower())
    symbols: frozenset[str] = frozenset(["#code"])
    value: object = None
    if match is not None:
        amount, unit = int(match["amount"]), match["unit"]
        if match["letter"] == "l" and unit and amount:
            symbols, value = frozenset(["#last"]), (amount, unit)
        elif match["letter"] == "q" and not unit and 1 <= amount <= 4:
            symbols, value = frozenset(["#q"]), amount
        elif match["letter"] == "h" and not unit and 1 <= amount <= 2:
            symbols, value = frozenset(["#h"]), amount
    return Token(start, end, raw.lower(), symbols, value, glued)


def _dates(raw: str, separator: str) -> tuple[date, ...]:
    """The days that a date in digits can mean: two where day and month can change places."""
    one, two, three = raw.split(separator)
    if len(one) == 4:
        orders = [(one, two, three)] if len(three) <= 2 else []
    elif len(one) <= 2 and len(three) in (2, 4):
        year = three if len(three) == 4 else f"20{three}"
        orders = [(year, one, two), (year, two, one)]
        if separator == ".":
            orders.reverse()
            orders = orders[:1]
    else:
        return ()
    found = [_date(*(int(part) for part in order)) for order in orders]
    return tuple(dict.fromkeys(day for day in found if day is not None))


def _month_days(raw: str) -> tuple[tuple[int, int], ...]:
    """(month, day) of "3/14"; both readings of "3/4"; nothing of "24/7" or "50/50"."""
    parts = raw.split("/")
    if raw == "24/7" or len(parts) != 2 or any(len(part) > 2 for part in parts):
        return ()
    one, two = int(parts[0]), int(parts[1])
    found = [pair for pair in ((one, two), (two, one)) if _date(2024, *pair) is not None]
    return tuple(dict.fromkeys(found))


def _month_and_year(raw: str) -> tuple[int, int] | None:
    """(month, year) of "03/2025"."""
    parts = raw.split("/")
    if len(parts) != 2 or len(parts[0]) > 2 or len(parts[1]) != 4:
        return None
    month, year = int(parts[0]), int(parts[1])
    return (month, year) if 1 <= month <= 12 and 1900 <= year <= 2099 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
