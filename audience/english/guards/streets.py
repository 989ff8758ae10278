"""Postal addresses: a house number with a street, or a post box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audience.english.guards.data import load

_BOX = re.compile(
    r"\b(?:p\.?\s?o\.?\s?box|post\s?box|apartado(?:\sde\scorreos)?|postfach)\s?#?[0-9]{1,6}\b",
    re.IGNORECASE,
)
_NUMBER = r"[0-9]{1,5}(?:\s?[A-Za-z](?!\w)|[-/][0-9]{1,4})?"
_NAME = r"[^\W\d_][\w'’.-]{0,24}"
# What may follow a street: flat, town, state and postcode.
_REST = re.compile(
    r"(?:,?\s(?:apt|apartment|flat|unit|suite|ste|floor)\.?\s?\#?\w{1,5})?"
    r"(?:,\s?[A-ZÀ-Þ][\w'’.-]{1,24}(?:\s[A-ZÀ-Þ][\w'’.-]{1,24}){0,2}){0,2}"
    r"(?:,?\s(?:[A-Z]{2}\s)?[0-9]{5}(?:-[0-9]{4})?|,?\s[A-Z]{1,2}[0-9][0-9A-Z]?\s?[0-9][A-Z]{2})?",
)


def streets(text: str) -> Iterator[tuple[int, int]]:
    """Every address in `text`, `[start, end)`."""
    for match in _BOX.finditer(text):
        yield match.span()
    if not any(letter.isdigit() for letter in text):
        return
    for form, check in _forms():
        for match in form.finditer(text):
            if _is_counted(match, text):
                continue
            if not check or _is_street(match, text):
                yield match.start(), _end(text, match.end())


def _end(text: str, end: int) -> int:
    rest = _REST.match(text, end)
    return rest.end() if rest else end


def _is_counted(match: re.Match[str], text: str) -> bool:
    """ "gave the Via Palace 5 stars": the number at the end counts something."""
    if not match.group()[-1].isdigit():
        return False
    following = re.match(r"[\s-]([^\W\d_]+)", text[match.end() : match.end() + 24])
    return following is not None and following.group(1).lower() in load("personal.yaml")["counted"]


def _is_street(match: re.Match[str], text: str) -> bool:
    """ "12 Main Street" and "12 main street", not "3 orders on the road" or "2 high street brands"."""
    data = load("personal.yaml")
    names = match["name"].lower().split()
    if any(name.strip(".") in data["not_in_street"] for name in names):
        return False
    following = re.match(r"\s([^\W\d_]+)", text[match.end() : match.end() + 24])
    if following and following.group(1).lower() in data["kinds_of_shop"]:
        return False
    kind = match["kind"]
    if match["name"][0].isupper() or match["name"][0].isdigit():
        return kind[0].isupper() or kind.lower() in data["street_in_lower_case"]
    return kind in data["street_in_lower_case"]


@cache
def _forms() -> tuple[tuple[re.Pattern[str], bool], ...]:
    data = load("personal.yaml")
    after, before, endings = (
        "|".join(re.escape(word) for word in sorted(data[key], key=len, reverse=True))
        for key in ("street_after_name", "street_before_name", "street_endings")
    )
    particle = r"(?:de|del|de\sla|de\slos|la|le|les|du|des|da|do|di|della|dei|d'|l')"
    title = r"[A-ZÀ-Þ][\w'’.-]{0,24}"
    return (
        (
            re.compile(
                rf"(?<![\w.,$€£-]){_NUMBER}\s(?P<name>(?:{_NAME}|[0-9]{{1,3}}(?:st|nd|rd|th))(?:\s{_NAME}){{0,2}}?)"
                rf"\s(?P<kind>{after})\b\.?",
                re.IGNORECASE,
            ),
            True,
        ),
        (
            re.compile(
                rf"(?<!\w)(?i:{before})\s(?:{particle}\s){{0,2}}{title}(?:\s(?:{particle}\s){{0,2}}{title}){{0,4}},?\s(?:n[º°o.]\s?)?{_NUMBER}(?![\w%])"
            ),
            False,
        ),
        (
            re.compile(
                rf"(?<![\w.,$€£-]){_NUMBER},?\s(?i:rue|boulevard|avenue|chemin|place|quai|allée|impasse)\s(?:{particle}\s?){{0,2}}{title}(?:[\s-]{title}){{0,3}}"
            ),
            False,
        ),
        (re.compile(rf"(?<!\w){title}(?:{endings})\s{_NUMBER}(?![\w%])"), False),
        (
            re.compile(
                rf"(?<!\w){title}(?:[\s-]{title}){{0,2}}[\s-](?i:{endings})\s{_NUMBER}(?![\w%])"
            ),
            False,
        ),
    )
