"""What there is to speak of in a schema: fields that may be called by their names, values, bounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from random import Random

from audience.catalog import Catalog, EventField, Field, Owner, PropertyField, TraitField
from audience.english.guards.sensitive import sensitive_field
from audience.english.tokens import name_words
from evals.inflecting import named, plural_of, with_article

MOST_VALUES = 12
_CLAUSE = frozenset({"is", "has", "have", "do", "does", "not", "no", "can", "may", "was", "wants"})
_SMALL_MONEY = re.compile(r"\b(?:minor|cents?|pence)\b", re.IGNORECASE)  # said in whole coins
YEARLY = re.compile(r"birth|dob|anniv|brth", re.IGNORECASE)
_ANSWERS = frozenset({"y", "n", "yes", "no", "true", "false", "0", "1"})  # a flag kept as a text


@dataclass(frozen=True)
class Drawn:
    """What fills the gaps of one kind of template: as it is said, and as it stands in a query."""

    said: Mapping[str, str]
    meant: Mapping[str, str]


Drawing = Callable[[Catalog, Random], Iterator[Drawn]]


def text(name: str) -> str:
    """`name` as a string of the language."""
    return "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'"


def traits(
    catalog: Catalog, *types: str, owner: Owner = "user"
) -> Iterator[tuple[TraitField, str, str]]:
    """Fields of people, or of companies, that may be spoken of by name: field, words, trait."""
    for each in catalog.user_traits if owner == "user" else catalog.account_traits:
        if each.type in types and is_sayable(each):
            yield each, named(each.name), f"trait({text(each.name)})"


def is_sayable(field: Field) -> bool:
    """Whether "whose …" can stand before the name, and nobody is told apart by what is private."""
    words = [word.lower() for word in name_words(field.name)]
    private = not isinstance(field, EventField) and field.stats.personal
    return (
        field.origin != "system"
        and not private
        and sensitive_field(field) is None
        and bool(words)
        and not _CLAUSE & set(words)
    )


def pair_of(values: Sequence[str], rng: Random) -> tuple[str, str] | None:
    """Two of the values of a field that has few and is no flag."""
    kept = [each for each in values if each]
    if not 2 <= len(kept) <= MOST_VALUES or is_answer(kept):
        return None
    one, other = rng.sample(kept, 2)
    return one, other


def bounds_of(field: TraitField | PropertyField) -> tuple[int, int] | None:
    """Two numbers within the range of a field, where that is wide enough."""
    try:
        low, high = Decimal(field.stats.minimum or ""), Decimal(field.stats.maximum or "")
    except InvalidOperation:
        return None
    if high - low <= 6 or is_small_money(field):
        return None
    span = high - low
    return int(low + span * 2 / 5), int(low + span * 4 / 5)


def is_small_money(field: TraitField | PropertyField) -> bool:
    """Whether it counts cents, which people say in whole coins."""
    return bool(_SMALL_MONEY.search(" ".join((*name_words(field.name), field.description))))


def of_values(words: str, pair: tuple[str, str], meant: Mapping[str, str]) -> Drawn:
    one, other = pair
    said = {"field": words, "a_field": with_article(words), "fields": plural_of(words)}
    return Drawn(
        said | {"value": one, "other": other},
        {**meant, "value": text(one), "other": text(other)},
    )


def of_bounds(words: str, pair: tuple[int, int], meant: Mapping[str, str]) -> Drawn:
    numbers = {"low": str(pair[0]), "high": str(pair[1])}
    said = {"field": words, "a_field": with_article(words)}
    return Drawn(said | numbers, {**meant, **numbers})


def is_answer(values: Sequence[str]) -> bool:
    """Whether a field of texts is a flag: yes or no, Y or N."""
    return bool(values) and {each.lower() for each in values if each} <= _ANSWERS


def two(one: Drawn, other: Drawn) -> Drawn:
    """Both; what the second fills is called so with a 2."""
    return Drawn(
        {**one.said, **{f"{key}2": text for key, text in other.said.items()}},
        {**one.meant, **{f"{key}2": text for key, text in other.meant.items()}},
    )


def pairs(first: Sequence[Drawn], second: Sequence[Drawn], rng: Random) -> Iterator[Drawn]:
    for one in first:
        others = [each for each in second if each.meant != one.meant]
        if others:
            yield two(one, rng.choice(others))
