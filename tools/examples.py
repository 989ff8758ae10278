"""Example prompts, made from the fields that a workspace has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from audience.catalog import Catalog, EventField, TraitField
from audience.wording import money_words
from tools.build_conditions import build
from tools.context import ToolContext
from tools.segmenting.fields import kind_of, main_event, usable_properties, usable_traits
from tools.segmenting.places import place_name

Kind = Literal[
    "did", "did not", "how often", "how much", "who they are", "what exactly", "together"
]


@dataclass(frozen=True)
class Example:
    kind: Kind
    prompt: str


def examples(context: ToolContext) -> tuple[Example, ...]:
    """Show example prompts that work in this workspace, one of each kind."""
    found: dict[Kind, Example] = {}
    for example in _candidates(context.workspace.catalog):
        if example.kind not in found and _works(context, example):
            found[example.kind] = example
    return tuple(found.values())


def _works(context: ToolContext, example: Example) -> bool:
    return build(context, example.prompt, counts=False).status == "draft"


def _candidates(catalog: Catalog) -> Iterator[Example]:
    """More natural ones before plainer ones of the same kind."""
    main = main_event(catalog)
    event = main.event if main is not None else next(iter(catalog.events), None)
    place, trait = _enumerated(catalog, geography=True), _enumerated(catalog, geography=False)
    where = None if place is None else place_name(place, place.stats.values[0])
    if main is not None and main.is_purchase:
        yield Example("did", "Customers who bought in the last 30 days")
        yield Example("did not", "Customers who have not bought in the last 90 days")
        yield Example("how often", "Customers who bought at least 3 times in the last 90 days")
        much = money_words(Decimal(100), catalog.currency).removesuffix(".00")
        yield Example("how much", f"Customers with an order of more than {much}")
        for value in _values(main.event):
            yield Example("what exactly", f"Customers who bought {value} in the last 90 days")
        if where is not None:
            yield Example("together", f"Customers in {where} who bought in the last 30 days")
    if where is not None:
        yield Example("who they are", f"Customers who live in {where}")
    if trait is not None:
        value = trait.stats.values[0]
        yield Example("who they are", f"Customers whose {_words(trait.name)} is {value}")
    if event is not None:
        yield from _plain(event, trait)


def _plain(event: EventField, trait: TraitField | None) -> Iterator[Example]:
    done = _words(event.name)
    yield Example("did", f"Customers with {done} in the last 30 days")
    yield Example("did not", f"Customers without {done} in the last 90 days")
    yield Example("how often", f"Customers with {done} at least 3 times in the last 90 days")
    for each in usable_properties(event):
        value = each.stats.values[0]
        prompt = f"Customers with {done} where {_words(each.name)} is {value}"
        yield Example("what exactly", prompt)
    if trait is not None:
        of = f"whose {_words(trait.name)} is {trait.stats.values[0]}"
        yield Example("together", f"Customers {of} with {done} in the last 30 days")


def _values(event: EventField) -> Iterator[str]:
    for each in usable_properties(event):
        if kind_of(each) == "interests":
            yield from each.stats.values[:2]


def _enumerated(catalog: Catalog, *, geography: bool) -> TraitField | None:
    """A trait with a few known values; of places, or of something else."""
    few = [
        each
        for each in usable_traits(catalog)
        if each.type == "text" and each.stats.values and (kind_of(each) == "geography") == geography
    ]
    return max(few, key=lambda each: (each.seen.active, each.seen.count), default=None)


def _words(name: str) -> str:
    return name.replace("_", " ")
