"""What has two readings, or none: namesakes, values nobody has, windows too long."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from random import Random

from audience.catalog import Catalog
from audience.english.tokens import name_words
from evals.drawing import kinds
from evals.drawing.speaking import MOST_VALUES, Drawn, is_answer, text, traits


def closed(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    """Fields of people whose values are all known."""
    whole = {each.name for each in catalog.user_traits if each.stats.complete}
    for one in kinds.choices(catalog, rng):
        if one.meant["name"] in whole:
            yield one


def namesakes(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    """Two fields of people that end in the same word, and a value that both have."""
    few = [
        (field, trait)
        for field, _, trait in traits(catalog, "text")
        if len(field.stats.values) <= MOST_VALUES and not is_answer(field.stats.values)
    ]
    for (one, trait), (other, trait2) in combinations(few, 2):
        head, words, words2 = (
            name_words(one.name)[-1].lower(),
            name_words(one.name),
            name_words(other.name),
        )
        shared = [value for value in one.stats.values if value in other.stats.values and value]
        if head != words2[-1].lower() or min(len(words), len(words2)) < 2 or not shared:
            continue
        value = rng.choice(shared)
        yield Drawn(
            {"field": head, "value": value},
            {"trait": trait, "trait2": trait2, "value": text(value)},
        )


def days_alike(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    """Two days of people, called by the word that both names end in."""
    days = [
        (name_words(field.name), trait) for field, _, trait in traits(catalog, "date", "timestamp")
    ]
    for (one, trait), (other, trait2) in combinations(days, 2):
        head = one[-1].lower()
        if head == other[-1].lower() and len(head) > 2 and min(len(one), len(other)) > 1:
            yield Drawn({"field": head}, {"trait": trait, "trait2": trait2})


def watched(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    """What people did, where the workspace looks back so many days and no more."""
    days = catalog.lookback_days
    if days is not None:
        for one in kinds.events(catalog, rng):
            spans = {"too_long": f"{days + 30}", "longest": f"{days}"}
            yield Drawn({**one.said, **spans}, {**one.meant, **spans})
