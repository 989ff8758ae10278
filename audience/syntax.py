"""What is wrong with a text that cannot be read, in plain words, and what would help."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from audience.problems import Problem
from audience.text import quoted

if TYPE_CHECKING:
    from lark.exceptions import UnexpectedInput

_CURLY = str.maketrans("‘’‚‛“”„‟`´", "''''\"\"\"\"''")
_HOURS_OR_DAYS = {"minute": None, "week": 7, "month": 30, "quarter": 90, "year": 365}
_OTHER_WORDS = {
    "&&": "AND", "&": "AND", "||": "OR", "|": "OR", "!": "NOT", "<>": "!=", "=>": ">=", "=<": "<=",
    "===": "=", "is": "=", "eq": "=", "ne": "!=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<=",
    "has": "contains", "in": ".one_of('…')", "like": ".contains('…')", "none": "NOT ANY",
}  # fmt: skip

_KEYWORDS = (
    "event", "trait", "property", "context", "where", "within", "between", "sources", "parent", "count",
    "sum", "avg", "max", "min", "mode", "first", "last", "unique", "hours", "days", "AND", "OR", "NOT",
    "ANY", "ALL",
)  # fmt: skip
_CONDITION = {"EVENT", "TRAIT", "PROPERTY", "CONTEXT"}
_VALUE = {"STRING", "NUMBER", "MOMENT"}
_METHODS = {"ONE_VALUE", "NO_VALUE", "SOME_VALUES", "ONE_DURATION", "ONE_MONTH"}
_REDUCERS = {"COUNT", "UNIQUE", "FOLD", "EXTREME", "MODE"}
_WORDS = {
    "SYMBOL": "a comparison such as = or >=",
    "DOT": "a full stop and what to reckon, as in .count()",
    "LPAR": "an opening bracket",
    "RPAR": "a closing bracket",
    "COMMA": "a comma",
    "COLON": "a colon",
    "AND": "AND",
    "OR": "OR",
    "$END": "the end of the query",
    "INT": "a whole number",
    "UNIT": "hours or days",
    "TYPE": "string or number",
    "AS": "as",
    "PARENT": "parent:",
    "EXCLUDE": "exclude",
    "LBRACE": "{exclude: ['…']}",
    "RBRACE": "}",
    "LSQB": "[",
    "RSQB": "]",
    "COUNT": "count()",
}


def unreadable_characters(text: str, most: int) -> Problem | None:
    """A problem with the text as a whole, before it is parsed."""
    if not text.strip():
        return Problem(
            "syntax",
            "The query is empty. Write a condition such as trait('plan') = 'pro'.",
            start=0,
            end=len(text),
        )
    if len(text) > most:
        return Problem(
            "too_long",
            f"The query has {len(text):,} characters; {most:,} is the most.",
            start=most,
            end=len(text),
        )
    bad = re.search("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]", text)
    if bad is None:
        return None
    message = f"The character U+{ord(bad[0]):04X} cannot stand in a query. Take it out."
    return Problem("syntax", message, start=bad.start(), end=bad.end())


def explain(error: UnexpectedInput, text: str) -> Problem:
    """The problem behind a parse error: where, what was expected, and a suggestion where one is known."""
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    expected: set[str] = set()
    start = len(text)
    if isinstance(error, UnexpectedToken):
        expected = set(error.expected)
        if error.token.type != "$END":
            start = error.token.start_pos or 0
    elif isinstance(error, UnexpectedCharacters):
        expected, start = set(error.allowed or ()), error.pos_in_stream or 0
    if error.interactive_parser is not None:  # exact, where the above also has what fails later
        accepts: Callable[[], set[str]] = error.interactive_parser.accepts
        expected = accepts()
    joined = re.search(r"\w+\Z", text[:start]) if re.match(r"\w", text[start:]) else None
    if joined is not None:  # the beginning of the word was taken for a word of its own
        return _unknown_word(text, joined.start())
    found = _word_at(text, start)
    end = start + len(found)
    if not found:
        start = end = len(text.rstrip())
    message, suggestions = _hint(text, start, found, expected)
    if message is None:
        what = f"“{_short(found)}” does not fit here" if found else "The query ends too early"
        message = f"{what}: expected {_in_words(expected)}."
    return Problem("syntax", message, start=start, end=end, suggestions=suggestions)


def _unknown_word(text: str, start: int) -> Problem:
    from difflib import get_close_matches

    from audience.operators import OPERATORS
    from audience.values import MOST_DIGITS

    word = _word_at(text, start)
    if word.isdigit():
        message = f"A number can have {MOST_DIGITS} digits at most."
        return Problem("syntax", message, start=start, end=start + len(word))
    near = get_close_matches(word.lower(), [*_KEYWORDS, *OPERATORS], n=3, cutoff=0.6)
    message = f"“{_short(word)}” is not a word of the query language."
    return Problem("syntax", message, start=start, end=start + len(word), suggestions=tuple(near))


def _hint(
    text: str, start: int, found: str, expected: set[str]
) -> tuple[str | None, tuple[str, ...]]:
    """A message of its own for a known slip, and what to write instead."""
    from audience.operators import OPERATORS

    if not found:
        return None, (")",) if "RPAR" in expected else ()
    if found[0] in "‘’‚‛“”„‟`´":
        return "Use straight quotes, ' or \".", (text.translate(_CURLY),)
    if found[0] in "'\"" and "STRING" in expected:
        return "This quote is never closed.", (found + found[0],)
    word = found.lower()
    if "UNIT" in expected:
        days = _HOURS_OR_DAYS.get(word.rstrip("s"))
        amount = re.search(r"(\d+)\s*$", text[:start])
        if days is None or amount is None:
            return None, ("days", "hours")
        return "A length of time is in hours or days.", (f"{int(amount[1][-9:]) * days} days",)
    if {"STRING", "INT"} <= expected:
        return "A month is a number from 1 to 12.", ()
    if "NUMBER" in expected and word in ("event", "entity", "context", "trait", "property"):
        return "What a comparison has on its right is a value, trait('…') or property('…').", ()
    if "STRING" in expected and re.fullmatch(r"\w[\w.-]*", found):
        kind = "A value" if "NUMBER" in expected else "A name"
        return f"{kind} stands in quotes: {quoted(_short(found))}.", (quoted(found),)
    if found.startswith(".") and not expected & {"DOT", "NUMBER"}:
        return "Nothing may follow a comparison but AND or OR.", ()
    if found == ")" and "RPAR" not in expected and expected & {"$END", "AND"}:
        return "This closing bracket has no opening one.", ()
    if found == ">" and text[:start].endswith("<"):
        return None, ("!=",)
    if word in _OTHER_WORDS:
        return None, (_OTHER_WORDS[word],)
    if "PROPERTY" in expected and not expected & {"TRAIT", "STRING"}:
        name = re.fullmatch(r"\w+|'.*'|\".*\"", found)
        called = text[start + len(found) :].lstrip().startswith("(")
        if name and not called:
            return None, (f"property({quoted(found.strip(chr(34) + chr(39)))})",)
    if "SYMBOL" in expected and word in OPERATORS:
        return None, (OPERATORS[word].symbol or f".{word}",)
    if "SYMBOL" not in expected and expected & _METHODS and word == "between":
        return "between(…) is for events: of a value write >= and <=.", ()
    compared = re.match(r"\w+\s*([=<>!]|\.\w)", text[start:])
    if expected >= _CONDITION and compared and not _nearest(found, expected):
        return None, (f"trait({quoted(found)})",)
    return None, _nearest(found, expected)


def _nearest(found: str, expected: Collection[str]) -> tuple[str, ...]:
    """Keywords of the language that are spelt nearly like `found` and may stand here."""
    if not found[0].isalpha() or found.upper() in ("AND", "OR", "NOT", "ANY", "ALL"):
        return ()
    from difflib import get_close_matches

    from audience.operators import OPERATORS

    names = [each.lower() for each in expected if each.isalpha()]
    if _METHODS & set(expected):
        names += list(OPERATORS)
    if "FOLD" in expected:
        names += ["sum", "avg", "first", "last", "max", "min", "mode", "unique"]
    return tuple(get_close_matches(found.lower(), names, n=3, cutoff=0.6))


def _in_words(expected: set[str]) -> str:
    """The terminals as a reader would name them, most telling first."""
    rest = set(expected)
    parts: list[str] = []
    if rest >= _VALUE:
        parts.append("a value such as 'text', 100 or '2026-01-31'")
        rest -= _VALUE | {"LITERAL", "TRAIT", "PROPERTY"}
    elif "STRING" in rest:
        parts.append("a name in quotes")
        rest.discard("STRING")
    if rest >= _CONDITION:
        parts.append("a condition such as trait('…') or event('…')")
        rest -= _CONDITION | {"ENTITY", "NOT", "ANY", "ALL", "LPAR"}
    if rest >= _REDUCERS:
        parts.append("what to reckon, such as count() or sum(property('…'))")
        rest -= _REDUCERS
    if "WHERE" in rest:
        parts.append("where(…), within(7 days) or between(7 days, 10 days)")
        rest -= {"WHERE", "WITHIN", "SOURCES", "BETWEEN"}
    if rest & _METHODS:
        parts.append("a comparison such as equals('…') or exists()")
        rest -= _METHODS
    if "SYMBOL" in rest:
        parts.append(_WORDS["SYMBOL"])
        rest -= {"SYMBOL", "DOT"}
    if "TRAIT" in rest or "PROPERTY" in rest:
        parts.append("property('…')")
        rest -= {"TRAIT", "PROPERTY"}
    parts.extend(words for name, words in _WORDS.items() if name in rest)
    if not parts:
        return "something else"
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"


def _word_at(text: str, start: int) -> str:
    """The word or sign that starts at `start`; empty at the end of the text."""
    match = re.match(r"\w[\w-]*|[&|<>=!]+|\.\w*|.", text[start:], re.DOTALL)
    word = match[0] if match else ""
    if word[:1] in ("'", '"'):
        closed = re.match(
            r"'[^'\\]*(\\.[^'\\]*)*'|\"[^\"\\]*(\\.[^\"\\]*)*\"", text[start:], re.DOTALL
        )
        return closed[0] if closed else text[start:].splitlines()[0]
    return word.strip()


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
