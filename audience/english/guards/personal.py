"""Personal data in a prompt: a person's own e-mail address, phone, card, account or identity number,
or postal address.

The words "email" and "phone", a mail domain, amounts, dates, counts and the numbers of products and
orders are none of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from audience.english.guards.data import load
from audience.english.guards.identity import account_numbers, identity_numbers
from audience.english.guards.streets import streets

Kind = Literal["e-mail", "phone", "card", "account", "identity", "address"]

_EMAIL = re.compile(
    r"""(?<![\w.+-])[\w][\w.+'-]{0,63}@(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?![\w-])
      | (?<![\w.+-])[\w][\w.+-]{0,63}\s?(?:\(at\)|\[at\]|\{at\})\s?(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?![\w-])
      | (?<![\w.+-])[\w][\w.+-]{0,63}\s?(?:\(at\)|\[at\]|\{at\}|\sat\s)\s?[\w-]{1,63}\s?(?:\(dot\)|\[dot\]|\{dot\}|\sdot\s)\s?[a-z]{2,24}\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w.,])(?:\+|00)?\(?[0-9](?:[ ().\-/\u00a0]{0,3}[0-9]){6,24}(?![\w%])")
_DATES = re.compile(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:[12][0-9]|3[01]|0?[1-9])|(?:[12][0-9]|3[01]|0?[1-9])[-/.](?:[12][0-9]|3[01]|0?[1-9])[-/.](?:19|20)[0-9]{2})(?![0-9])"
)
_WORD = re.compile(r"[^\W_]+(?:[/.'-][^\W_]+)*")
_NORTH_AMERICAN = re.compile(r"\(?[2-9][0-9]{2}\)?[ .\-/]{1,2}[0-9]{3}[ .\-][0-9]{4}")
_NINE = re.compile(r"[679][0-9]{2}(?:[ .-]?[0-9]{3}){2}|[679][0-9]{2}(?:[ .-][0-9]{2}){3}")


@dataclass(frozen=True)
class Personal:
    """Personal data at `[start, end)`, in code points."""

    start: int
    end: int
    kind: Kind


def personal_data(text: str) -> tuple[Personal, ...]:
    """What in `text` is a person's own, from left to right, without overlaps."""
    found = [Personal(*match.span(), "e-mail") for match in _EMAIL.finditer(text)]
    found += [
        Personal(start, end, "identity")
        for start, end in identity_numbers(text, _near(text, "identity_words"))
    ]
    found += [
        Personal(start, end, "account")
        for start, end in account_numbers(text, _near(text, "account_words"))
    ]
    found += _numbers(text)
    found += [Personal(start, end, "address") for start, end in streets(text)]
    kept: list[Personal] = []
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


def mask(text: str) -> str:
    """`text` with each piece of personal data replaced by what it is: "[e-mail]"."""
    masks = load("personal.yaml")["masks"]
    found = personal_data(text)
    while found:  # what was hidden beside a number comes to light once that is masked
        for each in reversed(found):
            text = text[: each.start] + masks[each.kind] + text[each.end :]
        found = personal_data(text)
    return text


def _numbers(text: str) -> Iterator[Personal]:
    """Cards and phones."""
    without_dates = _DATES.sub(lambda match: "d" * len(match.group()), text)
    for match in _DIGITS.finditer(without_dates):
        raw = match.group()
        digits = re.sub(r"[^0-9]", "", raw)
        before = _words_before(text, match.start())
        if _is_card(raw, digits, before):
            yield Personal(*match.span(), "card")
        elif _is_phone(raw, digits, before, _word_after(text, match.end())):
            yield Personal(*match.span(), "phone")


def _is_card(raw: str, digits: str, before: frozenset[str]) -> bool:
    from stdnum import luhn

    said = bool(before & _set("card_words"))
    if before & _set("thing_words") and not said:
        return False
    shape = (len(digits) in (14, 15, 16, 19) and digits[0] in "3456") or (
        len(digits) == 13 and said
    )
    if said and 13 <= len(digits) <= 19:
        return True
    return shape and len(set(digits)) > 1 and bool(luhn.is_valid(digits))


def _is_phone(raw: str, digits: str, before: frozenset[str], after: str) -> bool:
    if len(digits) > 15 or after in _set("unit_words"):
        return False
    if raw.startswith(("+", "00")):
        return len(digits) >= 8 and _possible(raw if raw[0] == "+" else f"+{raw[2:]}", None)
    if before & (_set("phone_words") - {"number", "text", "contact", "call"}) or before >= {
        "phone",
        "number",
    }:
        return True
    if before & _set("thing_words") or digits.endswith("000"):
        return False
    if before & _set("phone_words") or _NORTH_AMERICAN.fullmatch(raw):
        return len(digits) >= 7 and not _rising(raw)
    if raw[0] in "0(" and digits.startswith("0"):
        return 9 <= len(digits) <= 12 and any(_valid(raw, each) for each in _list("phone_regions"))
    if _NINE.fullmatch(raw):
        return any(_valid(raw, each) for each in _list("phone_regions_without_zero"))
    return raw.isdigit() and len(digits) in (10, 11) and _valid(raw, "US")


def _rising(raw: str) -> bool:
    """ "500-1500" is a range, unless it is said to be a phone."""
    parts = raw.split("-")
    return (
        len(parts) == 2 and all(part.isdigit() for part in parts) and int(parts[0]) < int(parts[1])
    )


def _valid(raw: str, region: str) -> bool:
    import phonenumbers

    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(raw, region)))
    except phonenumbers.NumberParseException:
        return False


def _possible(raw: str, region: str | None) -> bool:
    import phonenumbers

    try:
        return bool(phonenumbers.is_possible_number(phonenumbers.parse(raw, region)))
    except phonenumbers.NumberParseException:
        return False


def _near(text: str, words: str) -> Callable[[int], bool]:
    """Whether one of `words` stands shortly before a place."""
    return lambda place: bool(_words_before(text, place) & _set(words))


def _words_before(text: str, place: int) -> frozenset[str]:
    words = _WORD.findall(text[max(0, place - 60) : place])
    return frozenset(word.lower() for word in words[-4:])


def _word_after(text: str, place: int) -> str:
    match = _WORD.search(text, place, place + 24)
    return match.group().lower() if match and match.start() - place <= 2 else ""


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(_list(name))


def _list(name: str) -> list[str]:
    found: list[str] = load("personal.yaml")[name]
    return found
