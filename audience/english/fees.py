"""Sums of money that are known of people: what they pay by the month, what they have."""

from __future__ import annotations

from audience.english.amounts import bounds
from audience.english.context import World, type_of
from audience.english.literals.items import (
    Item,
    Money,
    Range,
)
from audience.english.schema import Entry, likeness, periods
from audience.english.tokens import name_words, stem


def fee_after(world: World, place: int, owner: str) -> tuple[Entry, int] | None:
    """The trait that holds a sum by the month, or the year, that is said from `place` on, and the
    place after it: "… a month", "… per year"."""
    words = world.sentence.words
    while place < len(words) and words[place].low in _BEFORE_PERIOD:
        place += 1
    if place >= len(words) or words[place].stem not in periods():
        return None
    period = words[place].stem
    sums = [
        entry
        for entry in world.lexicon.fields_like((period,))
        if getattr(entry.field, "owner", None) == owner
        and type_of(entry) == "number"
        and (
            MONEY & set(entry.words)
            or CURRENCY & entry.about
            or entry.role == "spend"
            or period == stem("lifetime")
        )
    ]
    found = [entry for entry in sums if any(likeness(period, each) for each in entry.words)]
    if not found:  # a name that says nothing, of which the description tells: "mrr"
        found = [
            entry
            for entry in sums
            if (MONEY | CURRENCY) & entry.about
            and any(likeness(period, each) for each in entry.about)
        ]
    return (found[0], place + 1) if len(found) == 1 else None


def fee_paid(world: World, place: int, owner: str) -> tuple[Entry, int] | None:
    """The one fee that is known of people who "pay" so much, and `place`."""
    people = world.lexicon.accounts if owner == "account" else world.lexicon.users
    found = [each for each in people if type_of(each) == "number" and _FEES & set(each.words)]
    return (found[0], place) if len(found) == 1 else None


def is_sum(item: Item) -> bool:
    """Whether a bare number is compared, and too large to count what happens."""
    return isinstance(item, Range) and any(number >= 1000 for _, number in bounds(item))


def is_money(item: Item) -> bool:
    return isinstance(item, Money) or (isinstance(item, Range) and item.unit == "money")


def may_be_money(entry: Entry) -> bool:
    """Whether a number may be an amount of money: not a size, an age, a count, or a score."""
    return (
        entry.role in ("money", "spend")
        or bool((MONEY | CURRENCY) & {*entry.words, *entry.about})
        or not _MEASURED & set(entry.words)
    )


def is_sum_of_money(entry: Entry) -> bool:
    """Whether a number is one of money, as its name or its description says: a currency, a fee, a bonus."""
    number = getattr(entry.field, "type", "") == "number"
    known = {*entry.words, *entry.about, *name_words(entry.field.name)}
    told = bool((MONEY | CURRENCY | _FEES | _CODES) & known)
    return number and told and not _MEASURED & set(entry.words)


PAYING = frozenset({"pay", "pays", "paying"})


_FEES = frozenset(stem(word) for word in ("fee", "charge", "rent", "premium"))


MONEY = frozenset(
    stem(word)
    for word in [
        "balance",
        "income",
        "value",
        "revenue",
        "fee",
        "price",
        "cost",
        "spend",
        "salary",
        "amount",
        "savings",
        "credit",
        "debt",
        "wallet",
        "money",
    ]
)


_BEFORE_PERIOD = frozenset(
    ["for", "the", "a", "per", "each", "every", "/", "over", "in", "their", "during"]
)


CURRENCY = frozenset(stem(word) for word in ("euros", "dollars", "pounds"))


_CODES = frozenset(["eur", "usd", "gbp", "chf", "cad", "aud", "sek", "nok", "dkk", "jpy"])


_MEASURED = frozenset(
    stem(each)
    for each in ("size", "age", "year", "mileage", "miles", "weight", "height", "count", "number", "quantity",
                 "score", "points", "rating", "stars", "days", "hours", "minutes", "seconds", "months", "km", "kg",
                 "kwh", "gb", "mb", "seats", "people", "guests", "children", "visits", "orders", "level", "rank",
                 "streak", "attempts", "duration", "distance", "capacity", "bedrooms", "nights")
)  # fmt: skip
