"""What a query may say of one person: such a query is not told to a model elsewhere."""

from __future__ import annotations

from audience.catalog import Catalog, EventField
from audience.english.guards.personal import personal_data
from audience.printer import show
from audience.query import Boolean, Comparison, Literal, Property, Trait, walk


def names_a_person(root: Boolean, catalog: Catalog) -> bool:
    """Whether a query holds personal data, or compares a field that does with a text.

    Such a value was written by hand: no prompt with one is read.
    """
    fields = (each for each in catalog.fields() if not isinstance(each, EventField))
    personal = {each.name for each in fields if each.stats.personal}
    compared = any(
        isinstance(node, Comparison)
        and isinstance(node.left, Trait | Property)
        and node.left.name in personal
        and any(isinstance(each, Literal) and isinstance(each.value, str) for each in node.values)
        for node in walk(root)
    )
    return compared or bool(personal_data(show(root)))
