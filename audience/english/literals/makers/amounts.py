"""Makers of numbers, money, percentages, and of the constants that rules give."""

from __future__ import annotations

from decimal import Decimal

from audience.english.literals.clock import Clock
from audience.english.literals.grammar import Found, Made
from audience.english.literals.items import Number, Ordinal, Vague
from audience.english.literals.lexicon import ORDINALS
from audience.english.literals.makers.registry import maker
from audience.english.literals.values import Amount, Draft

_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN"})


@maker
def same(found: Found, clock: Clock) -> Made:
    """The value of the only part."""
    (match,) = found.captures.values()
    return Made(match.value)


@maker
def constant(found: Found, clock: Clock) -> Made:
    given = found.given["give"]
    return Made(Decimal(given) if isinstance(given, int) else given)


@maker
def token_value(found: Found, clock: Clock) -> Made:
    return Made(int(found.tokens[0].number))


@maker
def amount(found: Found, clock: Clock) -> Made:
    return Made(Amount(found.value("n")))


@maker
def lone(found: Found, clock: Clock) -> Made | None:
    """A number alone; "a" and "one of" are none."""
    return Made(Draft(Number, {"value": found.value("n")}))


@maker
def dollars(found: Found, clock: Clock) -> Made:
    return Made(clock.currency if clock.currency in _DOLLARS else "USD")


@maker
def money(found: Found, clock: Clock) -> Made | None:
    value: Decimal = found.value("n")
    return Made(Amount(value, "money", found.value("c"))) if value >= 0 else None


@maker
def cents(found: Found, clock: Clock) -> Made:
    return Made(Amount(found.value("n") / 100, "money", clock.currency))


@maker
def percent(found: Found, clock: Clock) -> Made:
    return Made(Amount(found.value("n"), "percent"))


@maker
def ordinal(found: Found, clock: Clock) -> Made:
    token = found.tokens[0]
    value = ORDINALS[token.word] if token.value is None else int(token.number)
    return Made(value)


@maker
def lone_ordinal(found: Found, clock: Clock) -> Made:
    return Made(Draft(Ordinal, {"value": found.value("n")}))


@maker
def vague(found: Found, clock: Clock) -> Made:
    """A phrase that only the person can give a value; the rule asks."""
    return Made(Draft(Vague, {"subject": found.given["subject"]}))
