"""What a query, or a saved audience, may say of one person: that is not told to a model elsewhere."""

from __future__ import annotations

from audience.catalog import AudienceType, Catalog, EventField, SavedAudience
from audience.english.guards.personal import personal_data
from audience.printer import show
from audience.query import Boolean, Comparison, Literal, Property, Trait, walk
from audience.validator import check


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


def query_names_a_person(query: str, catalog: Catalog, type: AudienceType) -> bool:
    """The same of a query's text; nobody knows what one says that cannot be read."""
    root = check(query, catalog, audience_type=type).root
    return root is None or names_a_person(root, catalog)


def tells_of_a_person(audience: SavedAudience, catalog: Catalog) -> bool:
    """Whether a saved audience names a person, in its conditions or in its name and description."""
    said = f"{audience.name}\n{audience.description}"
    return bool(personal_data(said)) or query_names_a_person(audience.query, catalog, audience.type)
