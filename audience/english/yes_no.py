"""Flags that are kept as texts or numbers: "Y" and "N", "on" and "off", 1 and 0.

They are read as the flags that they are, and written with the codes that the workspace has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from audience.catalog import Catalog, PropertyField, TraitField
from audience.english.tokens import name_words
from audience.query import (
    Aggregate,
    Boolean,
    Comparison,
    Literal,
    Node,
    Property,
    Trait,
    transformed,
)

_YES = frozenset(
    ["y", "yes", "true", "t", "1", "j", "ja", "s", "si", "sí", "o", "oui", "on", "enabled"]
)
_NO = frozenset(["n", "no", "false", "f", "0", "nein", "non", "off", "disabled"])
_LETTERS = {("y", "n"), ("yes", "no"), ("true", "false"), ("j", "n"), ("ja", "nein"), ("oui", "non"),
            ("si", "no"), ("sí", "no"), ("on", "off"), ("enabled", "disabled")}  # fmt: skip
_FLAGS = re.compile(
    r"(?:^(?:is|has|no_|do_?not)|(?:flag|flg|_yn|_ok|opt_?in|opt_?out)$)", re.IGNORECASE
)
_COUNTING = frozenset(
    ["number", "numbers", "count", "counts", "cnt", "num", "nr", "total", "sum", "amount", "qty", "quantity",
     "many", "times", "days", "so", "far", "score", "points", "balance", "level", "age", "year", "years", "size",
     "rank", "rating", "stars", "price", "share", "percent"]
)  # fmt: skip
_CODES = re.compile(
    r"[,:;]?\s*\(?\b(?:y\s*/\s*n\b|(?:[yn]|yes|no|[01])\s*(?:=|is|:)?\s*(?:yes|no|true|false)\b)\)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Flags:
    """The codes for yes and for no of traits and of properties, by their names."""

    traits: Mapping[str, tuple[str, str]]
    properties: Mapping[str, tuple[str, str]]


def codes(field: TraitField | PropertyField) -> tuple[str, str] | None:
    """What stands for yes and what for no in a text, or a number, that has nothing else."""
    values = field.stats.values
    if field.type == "number":
        return ("1", "0") if _is_flag(field) else None
    if field.type != "text" or len(values) != 2:
        return None
    yes = next((each for each in values if each.lower() in _YES), None)
    no = next((each for each in values if each.lower() in _NO), None)
    if yes is None or no is None:
        return None
    said = f"{yes} yes" in re.sub(r"\s*(?:=|:|is|means)\s*", " ", field.description.lower())
    sure = (yes.lower(), no.lower()) in _LETTERS or said or _tells(yes, field.description)
    return (yes, no) if sure or _FLAGS.search(field.name) else None


def _is_flag(field: TraitField | PropertyField) -> bool:
    """Whether a number is a yes or no: all that it ever is are 1 and 0, and it counts nothing."""
    stats = field.stats
    if not stats.complete or {*stats.values} != {"0", "1"}:
        return False
    if _tells("1", field.description) or _FLAGS.search(field.name):
        return True
    said = {*name_words(field.name), *name_words(field.description)}
    return not said & _COUNTING


def _tells(yes: str, description: str) -> bool:
    """ "1 asked not to be called": what the code for yes means, and the other is what it is not."""
    return bool(re.match(rf"{re.escape(yes)}\s*(?:=|:|means|is|if)?\s+[a-z]", description, re.I))


def with_flags(catalog: Catalog) -> tuple[Catalog, Flags]:
    """The catalog with these fields as booleans, and how to write them."""
    traits: dict[str, tuple[str, str]] = {}
    properties: dict[str, tuple[str, str]] = {}

    def trait(each: TraitField) -> TraitField:
        found = codes(each)
        if found is None:
            return each
        traits[each.name] = found
        return replace(each, type="boolean", description=_CODES.sub("", each.description))

    def held(each: PropertyField) -> PropertyField:
        found = codes(each)
        if found is None:
            return each
        properties[each.name] = found
        return replace(each, type="boolean", description=_CODES.sub("", each.description))

    changed = replace(
        catalog,
        user_traits=tuple(map(trait, catalog.user_traits)),
        account_traits=tuple(map(trait, catalog.account_traits)),
        events=tuple(
            replace(each, properties=tuple(map(held, each.properties))) for each in catalog.events
        ),
    )
    flags = Flags(traits, properties)
    return (changed, flags) if traits or properties else (catalog, flags)


def in_own_codes(tree: Boolean | None, flags: Flags) -> Boolean | None:
    """The tree with true and false as the workspace writes them."""
    if tree is None or not (flags.traits or flags.properties):
        return tree

    def written(node: Node) -> Node:
        if not isinstance(node, Comparison):
            return node
        left: object = node.left
        if isinstance(left, Aggregate):
            left = left.reducer.property
        known = None
        if isinstance(left, Trait):
            known = flags.traits.get(left.name)
        elif isinstance(left, Property):
            known = flags.properties.get(left.name)
        if known is None:
            return node
        told = {Literal("true"): Literal(known[0]), Literal("false"): Literal(known[1])}
        values = tuple(
            told.get(each, each) if isinstance(each, Literal) else each for each in node.values
        )
        return replace(node, values=values)

    return transformed(tree, written)
