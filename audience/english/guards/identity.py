"""Numbers of people and of their bank accounts: by their check digits, or by the words beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module

Place = tuple[int, int]
Near = Callable[[int], bool]

# How a number is written, and the module of python-stdnum that knows its check digits.
_CHECKED: tuple[tuple[str, str], ...] = (
    (r"[0-9]{3}-[0-9]{2}-[0-9]{4}", "us.ssn"),
    (r"[0-9]{8}-?[A-Z]", "es.nif"),
    (r"[XYZ]-?[0-9]{7}-?[A-Z]", "es.nie"),
    (r"[A-Z]{6}[0-9]{2}[A-Z][0-9]{2}[A-Z][0-9]{3}[A-Z]", "it.codicefiscale"),
    (r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}", "br.cpf"),
    (r"[12] ?[0-9]{2} ?[01][0-9] ?[0-9]{2} ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}", "fr.nir"),
    (r"(?:[0-9]{2})?[0-9]{6}[-+][0-9]{4}", "se.personnummer"),
    (r"[0-9]{6}[-+A][0-9]{3}[0-9A-Y]", "fi.hetu"),
    (r"756\.[0-9]{4}\.[0-9]{4}\.[0-9]{2}", "ch.ssn"),
    (r"[2-9][0-9]{3} [0-9]{4} [0-9]{4}", "in_.aadhaar"),
    (r"[0-3][0-9][01][0-9]{3}-[0-9]{4}", "dk.cpr"),
    (r"[A-Z]{4}[0-9]{6}[HM][A-Z]{5}[0-9A-Z][0-9]", "mx.curp"),
)
# Written so that nothing else is; no check digit.
_PLAIN = r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]"
# Beside a word such as "passport" or "SSN".
_SAID = r"(?=[A-Z0-9 .-]*[0-9]{2})[A-Z0-9][A-Z0-9]*(?:[ .-][A-Z0-9]*[0-9][A-Z0-9]*)*"
_IBAN = r"[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?"
_ACCOUNT = re.compile(
    r"\b(?:(?:bank\s)?(?:account|acct)\.?\s?(?:number|no\.?|nr\.?|num|\#)|routing\s(?:number|no\.?)|sort\scode)\s?(?:is|=|:)?\s?"
    r"(?P<number>[0-9](?:[ -]?[0-9]){5,19})\b",
    re.IGNORECASE,
)

_checked = tuple((re.compile(rf"(?<![\w.-]){form}(?![\w-])"), name) for form, name in _CHECKED)
_plain = re.compile(rf"(?<!\w){_PLAIN}(?!\w)")
_said = re.compile(rf"(?<![\w.]){_SAID}(?!\w)")
_iban = re.compile(rf"(?<!\w){_IBAN}(?!\w)")


def identity_numbers(text: str, near: Near) -> Iterator[Place]:
    """National identity, social security, tax and passport numbers; `near` tells of words before a place."""
    if not any(letter.isdigit() for letter in text):
        return
    for form, name in _checked:
        for match in form.finditer(text):
            if near(match.start()) or _is_valid(name, match.group()):
                yield match.span()
    for match in _plain.finditer(text):
        yield match.span()
    for match in _said.finditer(text):
        if sum(letter.isdigit() for letter in match.group()) >= 6 and near(match.start()):
            yield match.span()


def account_numbers(text: str, near: Near) -> Iterator[Place]:
    """IBANs, and numbers that are said to be of a bank account."""
    if not any(letter.isdigit() for letter in text):
        return
    for match in _iban.finditer(text):
        if near(match.start()) or _is_valid("iban", match.group()):
            yield match.span()
    for match in _ACCOUNT.finditer(text):
        yield match.span("number")


def _is_valid(name: str, number: str) -> bool:
    return bool(import_module(f"stdnum.{name}").is_valid(number))
