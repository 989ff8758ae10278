"""Another number for a field that the draft compares: "make it under 30", "100 seats"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from audience.english.accounting.fields import entries_of, means
from audience.english.amounts import bounds, unit_scale
from audience.english.fees import CURRENCY, MONEY
from audience.english.lexicon import Lexicon, lexicon_of
from audience.english.literals.items import Money, Number, Range
from audience.english.read import heard
from audience.english.reading import Draft, Request
from audience.english.refining.fragment import blanked
from audience.english.sentence import frame_words
from audience.english.tree_edits import swapped
from audience.query import (
    Aggregate,
    And,
    Boolean,
    Comparison,
    Literal,
    Property,
    Trait,
    conditions,
    joined,
    walk,
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
    return _numbered(request, root, found, item)


def numbered(
    request: Request, draft: Draft, targets: Sequence[Boolean], start: int, end: int
) -> Boolean | None:
    """The draft with the number that was said, in the one condition of `targets` with a number."""
    said = _one_number(request, start, end)
    if draft.root is None or said is None or said[1]:
        return None
    return _numbered(request, draft.root, [each for each in targets if _is_number(each)], said[0])


def other_number(
    request: Request, draft: Draft, start: int, end: int
) -> list[tuple[Boolean, Boolean]] | None:
    """ "100 euros", "40 to 50", "5": the conditions with a number that this may be, each with the
    draft that it would give. None where the words are no lone number, or may be a length of time."""
    root = draft.root
    said = _one_number(request, start, end)
    if root is None or said is None or said[1]:
        return None
    item = said[0]
    money = isinstance(item, Money) or (isinstance(item, Range) and item.unit == "money")
    lexicon = lexicon_of(request.catalog, request.roles)
    tries = [
        (leaf, changed)
        for leaf, held in _numbers_of(root)
        if (_is_sum(leaf, held[0], lexicon) if money else True)
        and (changed := _with_rows(root, held, _rows(request, held[0], leaf, item), request.prompt))
        is not None
    ]
    return tries if money or len(tries) == 1 else None


def other_than(
    request: Request, draft: Draft, old: tuple[int, int], new: tuple[int, int]
) -> Boolean | None:
    """ "change 1,000 to 2,000": another number in the one place that has the old one."""
    root, before, after = draft.root, lone(request, *old), lone(request, *new)
    if root is None or before is None or after is None:
        return None
    found = [
        (each, scale)
        for leaf, held in _numbers_of(root)
        for each in held
        if (scale := scale_of(request, each, leaf, None))
        and [getattr(value, "value", None) for value in each.values] == [before * scale]
    ]
    if len(found) != 1:
        return None
    held, scale = found[0]
    return swapped(root, held, _bounded(held, (held.operator, after * scale)))


def number_too(request: Request, draft: Draft, more: Decimal) -> Boolean | None:
    """ "4 is fine too": the one number that the draft compares, reaching as far as this one."""
    root = draft.root
    groups = _numbers_of(root) if root is not None else []
    if root is None or len(groups) != 1 or len(groups[0][1]) != 1:
        return None
    leaf, (held,) = groups[0]
    old = getattr(held.values[0], "value", None)
    new = more * scale_of(request, held, leaf, None)
    if not isinstance(old, Decimal):
        return None
    if held.operator == "equals" and not isinstance(held.left, Aggregate):
        return swapped(
            root, held, replace(held, operator="one_of", values=(*held.values, Literal(new)))
        )
    reaches = new < old if _side(held.operator) == "low" else new > old
    bound = {"low": "at_least", "high": "at_most"}.get(_side(held.operator))
    return swapped(root, held, _bounded(held, (bound, new))) if bound and reaches else None


def lone(request: Request, start: int, end: int) -> Decimal | None:
    """The number, where the words are one and nothing else."""
    said = _one_number(request, start, end)
    rows = bounds(said[0]) if said is not None and not said[1] else []
    return rows[0][1] if len(rows) == 1 and rows[0][0] == "equals" else None


def is_money(request: Request, start: int, end: int) -> bool:
    """ "$80": a sum of money, and neither how often nor how many days."""
    said = _one_number(request, start, end)
    item = said[0] if said is not None else None
    return isinstance(item, Money) or (isinstance(item, Range) and item.unit == "money")


def _numbers_of(root: Boolean) -> list[tuple[Boolean, list[Comparison]]]:
    """The comparisons with a number, those of one field together, with the first one's condition."""
    found: dict[object, tuple[Boolean, list[Comparison]]] = {}
    for leaf in conditions(root):
        for node in walk(leaf):
            if not isinstance(node, Comparison):
                continue
            if _is_number(node):
                key = node.left if isinstance(node.left, Trait) else (id(leaf), node.left)
                found.setdefault(key, (leaf, []))[1].append(node)
            elif isinstance(node.left, Aggregate) and node.operator in _NUMERIC:
                values = [getattr(each, "value", None) for each in node.values]
                if node.left.reducer.method != "count" or values not in (
                    [Decimal(1)],
                    [Decimal(0)],
                ):
                    found[id(node)] = (leaf, [node])
    return list(found.values())


def _is_sum(leaf: Boolean, held: Comparison, lexicon: Lexicon) -> bool:
    """Whether the number is one of money."""
    if isinstance(held.left, Aggregate):
        return held.left.reducer.method != "count"
    name = getattr(held.left, "name", None)
    return any(
        entry.field.name == name
        and (entry.role in ("money", "spend") or MONEY & {*entry.words} or CURRENCY & entry.about)
        for entry in entries_of(leaf, lexicon)
    )


def _with_rows(
    root: Boolean, held: Sequence[Comparison], rows: Sequence[tuple[str, Decimal]], text: str
) -> Boolean | None:
    """The draft with other bounds for these comparisons of one field."""
    if len(rows) == 1 and rows[0][0] == "equals" and not EXACT.search(text):
        if len(held) != 1:
            return None  # the lower or the upper bound?
        rows = [(held[0].operator, rows[0][1])]
    if len(held) == 1:
        parts = tuple(_bounded(held[0], row) for row in rows)
        return swapped(root, held[0], joined(And, parts))
    for row in rows:
        same = [each for each in held if _side(each.operator) == _side(row[0])]
        if len(same) != 1:
            return None
        root = swapped(root, same[0], _bounded(same[0], row))
    return root


def _bounded(held: Comparison, row: tuple[str, Decimal]) -> Comparison:
    return replace(held, operator=row[0], values=(Literal(row[1]),))


def _side(operator: str) -> str:
    return {"at_least": "low", "greater_than": "low", "at_most": "high", "less_than": "high"}.get(
        operator, operator
    )


EXACT = re.compile(r"\b(exactly|precisely|just|only)\b", re.IGNORECASE)


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


def _rows(
    request: Request, held: Comparison, leaf: Boolean, item: Range | Number | Money
) -> list[tuple[str, Decimal]]:
    """The bounds that were said, in the unit of the number's field."""
    scale = scale_of(request, held, leaf, item)
    return [(operator, number * scale) for operator, number in bounds(item)]


def scale_of(
    request: Request, held: Comparison, leaf: Boolean, item: Range | Number | Money | None
) -> Decimal:
    left = held.left.reducer.property if isinstance(held.left, Aggregate) else held.left
    name = getattr(left, "name", None)
    lexicon = lexicon_of(request.catalog, request.roles)
    own = [each for each in entries_of(leaf, lexicon) if each.field.name == name]
    return unit_scale(own[0], item, request.prompt) if own else Decimal(1)


_NUMERIC = ("equals", "at_least", "at_most", "less_than", "greater_than")


def _numbered(
    request: Request, root: Boolean, found: Sequence[Boolean], item: Range | Number | Money
) -> Boolean | None:
    if len(found) != 1 or not isinstance(found[0], Comparison):
        return None
    held = found[0]
    rows = _rows(request, held, held, item)
    if len(rows) == 1 and rows[0][0] == "equals":  # a bare number keeps the comparison
        rows = [(held.operator, rows[0][1])]
    parts = tuple(
        replace(held, operator=operator, values=(Literal(number),)) for operator, number in rows
    )
    return swapped(root, held, joined(And, parts))
