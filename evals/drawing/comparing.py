"""Two fields that can be held against each other: numbers with numbers, days with days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from audience.catalog import Catalog, FieldType, PropertyField, TraitField
from evals.drawing.kinds import done
from evals.drawing.speaking import (
    YEARLY,
    Drawn,
    is_sayable,
    is_small_money,
    pairs,
    text,
    traits,
)
from evals.inflecting import named, with_article


def _field(words: str, meant: str) -> Drawn:
    return Drawn({"field": words, "a_field": with_article(words)}, {"held": meant})


def _comparable(field: TraitField | PropertyField) -> bool:
    flag = field.type == "number" and field.stats.maximum in ("0", "1")
    return not (flag or YEARLY.search(field.name) or is_small_money(field))


def _held(catalog: Catalog, *types: FieldType) -> list[Drawn]:
    return [
        _field(words, trait)
        for field, words, trait in traits(catalog, *types)
        if _comparable(field)
    ]


def two_numbers(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    found = _held(catalog, "number")
    yield from pairs(found, found, rng)


def two_dates(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    found = _held(catalog, "date", "timestamp")
    yield from pairs(found, found, rng)


def event_against_person(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    """A number of what was done, and one of who did it."""
    of_people = _held(catalog, "number")
    for drawn, numbers in _numbers(catalog):
        for one in pairs(numbers, of_people, rng):
            yield _of_event(drawn, one)


def event_against_itself(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    """Two numbers of what was done."""
    for drawn, numbers in _numbers(catalog):
        for one in pairs(numbers, numbers, rng):
            yield _of_event(drawn, one)


def _numbers(catalog: Catalog) -> Iterator[tuple[Drawn, Sequence[Drawn]]]:
    for event, drawn in done(catalog):
        yield (
            drawn,
            [
                _field(named(each.name), f"property({text(each.name)})")
                for each in event.properties
                if each.type == "number" and is_sayable(each) and _comparable(each)
            ],
        )


def _of_event(event: Drawn, one: Drawn) -> Drawn:
    return Drawn({**event.said, **one.said}, {**event.meant, **one.meant})
