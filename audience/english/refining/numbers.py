"""Another number for a field that the draft compares: "make it under 30", "100 seats"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from audience.english.accounting.fields import entries_of, means
from audience.english.amounts import bounds
from audience.english.lexicon import lexicon_of
from audience.english.literals.items import Money, Number, Range
from audience.english.read import heard
from audience.english.reading import Draft, Request
from audience.english.refining.fragment import blanked
from audience.english.sentence import frame_words
from audience.english.tree_edits import swapped
from audience.query import (
    And,
    Boolean,
    Comparison,
    Literal,
    Property,
    Trait,
    conditions,
    joined,
)


def renumbered_field(request: Request, draft: Draft, start: int, end: int) -> Boolean | None:
    """The draft with the number that was said, where its words name one field that is compared."""
    root = draft.root
    said = _one_number(request, start, end)
    if root is None or said is None:
        return None
    item, rest = said
    lexicon = lexicon_of(request.catalog, request.roles)
    found = [
        each
        for each in conditions(root)
        if _is_number(each)
        and rest
        and all(any(means(stem, entry) for entry in entries_of(each, lexicon)) for stem in rest)
    ]
    return _numbered(root, found, item)


def numbered(
    request: Request, draft: Draft, targets: Sequence[Boolean], start: int, end: int
) -> Boolean | None:
    """The draft with the number that was said, in the one condition of `targets` with a number."""
    said = _one_number(request, start, end)
    if draft.root is None or said is None or said[1]:
        return None
    return _numbered(draft.root, [each for each in targets if _is_number(each)], said[0])


def _one_number(
    request: Request, start: int, end: int
) -> tuple[Range | Number | Money, list[str]] | None:
    """The one number among the words, and the stems of those that say what it is of."""
    lexicon = lexicon_of(request.catalog, request.roles)
    own = replace(request, prompt=blanked(request.prompt, start, end))
    words, _ = heard(own, lexicon)
    items = [item for _, item in words.items.values()]
    if len(items) != 1 or not isinstance(items[0], Range | Number | Money):
        return None
    item = items[0]
    if isinstance(item, Range) and item.unit in ("times", "percent"):
        return None
    covered = words.covered()
    kinds = frame_words()
    rest = [
        word.stem
        for place, word in enumerate(words.words)
        if word.is_word
        and place not in covered
        and word.low not in kinds["empty"] | kinds["relatives"] | kinds["subjects.users"]
        and word.low not in _SMALL
    ]
    return item, rest


_SMALL = frozenset(["instead", "only", "just"])


def _is_number(node: Boolean) -> bool:
    """A trait held against a number; several such conditions on one trait are not told apart."""
    return (
        isinstance(node, Comparison)
        and isinstance(node.left, Trait | Property)
        and node.operator in _NUMERIC
        and len(node.values) == 1
        and isinstance(node.values[0], Literal)
        and isinstance(node.values[0].value, Decimal)
    )


_NUMERIC = ("equals", "at_least", "at_most", "less_than", "greater_than")


def _numbered(
    root: Boolean, found: Sequence[Boolean], item: Range | Number | Money
) -> Boolean | None:
    if len(found) != 1 or not isinstance(found[0], Comparison):
        return None
    held = found[0]
    rows = bounds(item)
    if len(rows) == 1 and rows[0][0] == "equals":  # a bare number keeps the comparison
        rows = [(held.operator, rows[0][1])]
    parts = tuple(
        replace(held, operator=operator, values=(Literal(number),)) for operator, number in rows
    )
    return swapped(root, held, joined(And, parts))
