"""What a description says that coded values mean: "PRM = premium", "S: small", "F female, M male"."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NOT_WORD = r"(?<!\w)"
_QUOTE = "['\"“”‘’`]?"
_SAYS = r"\s*(?:=>|->|→|==?|:|–|—|\s-\s|\bmeans\b|\bis\b|\bfor\b|\bstands for\b)\s*"
_INSIDE = r"(?:[^,;.()'\"”’|/\n]|(?<=\w)['’](?=\w)|(?<=s)['’](?= \w))"  # "members' rate"
_MEANING = rf"(?:['\"“‘]([^,;.()'\"”’|/\n]+)|({_INSIDE}+))"
_BEFORE_A_CODE = r"(?:^|[,;:(|/.\n]|\band\b|\bor\b)\s*"


def meanings(description: str, values: Iterable[str]) -> list[tuple[str, str]]:
    """Values and what the description says they mean; several meanings where it says "race or run"."""
    codes = [value for value in values if description and value in description]
    found = [(value, said) for value in codes if (said := _told(description, value)) is not None]
    if not found:
        found = _listed(description, codes)
    return [(value, each) for value, said in found for each in _apart(said)]


def _told(description: str, value: str) -> str | None:
    """The meaning by a sign: before the value or after it, or in parentheses beside it."""
    plain = re.escape(value)
    for form in (
        rf"{_NOT_WORD}{plain}{_QUOTE}{_SAYS}{_MEANING}",
        rf"{_NOT_WORD}{plain}{_QUOTE}\s*\(([^()]+)\)",
        rf"([\w-]+(?: [\w-]+)?)\s*\({_QUOTE}{plain}{_QUOTE}\)",
        rf"([\w-]+(?: [\w-]+)?)\s*=\s*{_QUOTE}{plain}(?!\w)",
    ):
        match = re.search(form, description)
        if match is not None:
            return _said(match)
    return None


def _listed(description: str, codes: list[str]) -> list[tuple[str, str]]:
    """ "FLX flexible, ANN annual": at least two codes, each right before what it means."""
    found = []
    for value in filter(_is_code, codes):
        form = rf"{_BEFORE_A_CODE}{_QUOTE}{re.escape(value)}{_QUOTE}\s+(?!or\b|and\b){_MEANING}"
        match = re.search(form, description)
        if match is not None:
            found.append((value, _said(match)))
    return found if len(found) > 1 else []


def _said(match: re.Match[str]) -> str:
    """The meaning, with quotation marks around it or without."""
    return next(filter(None, match.groups()), "").strip()


def _is_code(value: str) -> bool:
    return len(value) < 4 or value.isupper() or any(letter.isdigit() for letter in value)


def _apart(meaning: str) -> list[str]:
    """The meaning, and each of its alternatives."""
    parts = [each.strip() for each in re.split(r"\bor\b", meaning)]
    return list(dict.fromkeys([meaning, *(each for each in parts if each)]))
