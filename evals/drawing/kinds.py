"""What the sentences about people and what they did are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from audience.catalog import Catalog, EventField, PropertyField
from audience.english.tokens import name_words
from evals.drawing.speaking import (
    YEARLY,
    Drawn,
    bounds_of,
    is_answer,
    is_sayable,
    of_bounds,
    of_values,
    pair_of,
    pairs,
    text,
    traits,
)
from evals.inflecting import base_of, named, past_of, plural_of, with_article

_PARTICIPLE = re.compile(r"(?:ed|ent|ght|aid|ade|ken|ven|one)$")


def choices(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    for field, words, trait in traits(catalog, "text"):
        if (pair := pair_of(field.stats.values, rng)) is not None:
            yield of_values(words, pair, {"trait": trait, "name": field.name})


def numbers(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    for field, words, trait in traits(catalog, "number"):
        if (pair := bounds_of(field)) is not None:
            yield of_bounds(words, pair, {"trait": trait})


def dates(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    for field, words, trait in traits(catalog, "date", "timestamp"):
        if not YEARLY.search(field.name):
            yield Drawn({"field": words}, {"trait": trait})


def yearly(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    """Days that come back every year."""
    for field, words, trait in traits(catalog, "date", "timestamp"):
        if YEARLY.search(field.name):
            yield Drawn({"field": words}, {"trait": trait})


def flags(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    for _, words, trait in traits(catalog, "boolean"):
        yield Drawn({"field": words}, {"trait": trait})


def known(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    for field, words, trait in traits(catalog, "text", "number", "date", "timestamp"):
        if not is_answer(field.stats.values):
            yield Drawn({"field": words, "a_field": with_article(words)}, {"trait": trait})


def stated(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    for field, words, trait in traits(catalog, "text", "date", "timestamp"):
        if not is_answer(field.stats.values):
            yield Drawn({"field": words, "a_field": with_article(words)}, {"trait": trait})


def audiences(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    for each in catalog.audiences:
        if each.type == "users":
            yield Drawn({"audience": each.name}, {"trait": f"trait({text(each.key)})"})


def done(catalog: Catalog) -> Iterator[tuple[EventField, Drawn]]:
    """Events that are called by a thing and what is done with it: "Order Completed"."""
    for event in catalog.events:
        words = [word.lower() for word in name_words(event.name)]
        if len(words) < 2 or min(map(len, words)) < 3 or not _PARTICIPLE.search(words[-1]):
            continue
        base = base_of(words[-1])
        if base is None:
            continue
        thing = " ".join(words[:-1])
        said = {
            "did": past_of(words[-1]),
            "done": words[-1],
            "do": base,
            "thing": thing,
            "a_thing": with_article(thing),
            "things": plural_of(thing),
        }
        yield event, Drawn(said, {"event": f"event({text(event.name)})"})


def events(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    yield from (drawn for _, drawn in done(catalog))


def two_events(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    done = list(events(catalog, rng))
    yield from pairs(done, done, rng)


def two_choices(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    found = list(choices(catalog, rng))
    for one in pairs(found, found, rng):
        if one.meant["trait"] != one.meant["trait2"]:
            yield one


def choice_and_number(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    yield from pairs(list(numbers(catalog, rng)), list(choices(catalog, rng)), rng)


def event_and_choice(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    yield from pairs(list(events(catalog, rng)), list(choices(catalog, rng)), rng)


def properties(catalog: Catalog, *types: str) -> Iterator[tuple[Drawn, PropertyField]]:
    for event, drawn in done(catalog):
        for each in event.properties:
            if each.type in types and is_sayable(each):
                yield drawn, each


def event_choices(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    for drawn, each in properties(catalog, "text"):
        if (pair := pair_of(each.stats.values, rng)) is not None:
            found = of_values(named(each.name), pair, {"property": f"property({text(each.name)})"})
            yield Drawn({**drawn.said, **found.said}, {**drawn.meant, **found.meant})


def event_numbers(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    for drawn, each in properties(catalog, "number"):
        if (pair := bounds_of(each)) is not None:
            found = of_bounds(named(each.name), pair, {"property": f"property({text(each.name)})"})
            yield Drawn({**drawn.said, **found.said}, {**drawn.meant, **found.meant})
