"""Fields of companies, alone and beside what their people are or did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from audience.catalog import Catalog
from evals.drawing import kinds
from evals.drawing.speaking import Drawn, pairs


def _of_companies(catalog: Catalog) -> Catalog:
    """The companies of a workspace as if they were its people."""
    return replace(catalog, user_traits=catalog.account_traits)


def choices(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    yield from kinds.choices(_of_companies(catalog), rng)


def numbers(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    yield from kinds.numbers(_of_companies(catalog), rng)


def dates(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    yield from kinds.dates(_of_companies(catalog), rng)


def stated(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    yield from kinds.stated(_of_companies(catalog), rng)


def and_person(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    """A field with few values of a company, and one of its people."""
    for one in pairs(list(choices(catalog, rng)), list(kinds.choices(catalog, rng)), rng):
        if one.said["field"] != one.said["field2"]:
            yield one


def and_event(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    """What a company's people did, and a field with few values of the company."""
    if catalog.has_accounts:
        yield from pairs(list(kinds.events(catalog, rng)), list(choices(catalog, rng)), rng)


def person(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    """A field of people whose name no field of companies has."""
    taken = {drawn.said["field"] for drawn in choices(catalog, rng)}
    if catalog.has_accounts:
        for one in kinds.choices(catalog, rng):
            if one.said["field"] not in taken:
                yield one


def event(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    if catalog.has_accounts:
        yield from kinds.events(catalog, rng)
