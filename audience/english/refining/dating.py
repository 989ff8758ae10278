"""Another time for the one date that a draft holds: "next quarter instead", "the last 7 days"."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from audience.english.lexicon import lexicon_of
from audience.english.literals.items import Item
from audience.english.read import heard
from audience.english.reading import Draft, Request
from audience.english.refining.fragment import blanked
from audience.english.sentence import frame_words
from audience.english.times import date_conditions, is_time
from audience.english.tree_edits import has_window, originated, swapped
from audience.query import (
    And,
    Boolean,
    Comparison,
    Not,
    Or,
    Origin,
    Trait,
    conditions,
    joined,
    walk,
)


def redated(request: Request, draft: Draft, start: int, end: int) -> Boolean | None:
    """The draft with the time that was said, where all that is said is a time and the draft holds one
    date of a trait to some time, and nothing that happened."""
    root, item = draft.root, _one_time(request, start, end)
    if root is None or item is None or any(isinstance(node, Or) for node in walk(root)):
        return None
    if any(has_window(each) for each in conditions(root)):
        return None
    held = [each for each in conditions(root) if _date(request, draft, each) is not None]
    plain = [each for each in held if isinstance(each, Comparison)]
    names = {each.left for each in plain}
    if len(names) != 1 or any(_inner(each).left not in names for each in held):
        return None
    operators = {_inner(each).operator for each in held}
    left = plain[0].left
    assert isinstance(left, Trait)
    rows = date_conditions(
        left,
        _date(request, draft, plain[0]),  # type: ignore[arg-type]
        item,
        yearly=any(each.startswith("anniversary") for each in operators),
        ahead=bool(operators & {"within_next", "after_next", "anniversary_within_next"}),
        today=request.as_of.astimezone(ZoneInfo(request.catalog.timezone)).date(),
    )
    if not rows:
        return None
    new = originated(joined(And, tuple(rows)), Origin(request.turn, (item.span,)))
    parts = root.items if isinstance(root, And) else (root,)
    if not all(any(each is part for part in parts) for each in held):
        return swapped(root, plain[0], new) if len(held) == 1 else None
    kept = tuple(
        new if each is plain[0] else each
        for each in parts
        if each is plain[0] or not any(each is other for other in held)
    )
    return joined(And, kept)


def _one_time(request: Request, start: int, end: int) -> Item | None:
    """The time, where one is said and nothing else."""
    own = replace(request, prompt=blanked(request.prompt, start, end))
    words, _ = heard(own, lexicon_of(request.catalog, request.roles))
    items = [item for _, item in words.items.values()]
    if len(items) != 1 or not is_time(items[0]) or items[0].ask is not None:
        return None
    covered, small = words.covered(), frame_words()["empty"] | _SMALL
    rest = (
        word.low for place, word in enumerate(words.words) if word.is_word and place not in covered
    )
    return items[0] if all(low in small for low in rest) else None


_SMALL = frozenset(["instead", "only", "just", "rather"])


def _inner(node: Boolean) -> Comparison:
    inner = node.item if isinstance(node, Not) else node
    assert isinstance(inner, Comparison)
    return inner


def _date(request: Request, draft: Draft, node: Boolean) -> str | None:
    """The type of the date that a condition holds to some time."""
    inner = node.item if isinstance(node, Not) else node
    if not isinstance(inner, Comparison) or not isinstance(inner.left, Trait):
        return None
    name, catalog = inner.left.name, request.catalog
    account = catalog.trait(name, "account") if draft.type == "accounts" else None
    field = account or catalog.trait(name)
    known = field is not None and field.type in ("date", "timestamp") and inner.values
    return field.type if field is not None and known else None
