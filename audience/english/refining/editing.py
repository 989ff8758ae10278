"""Another value, number or window in the place of one that the draft has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from audience.english.frames import EventFrame
from audience.english.lexicon import lexicon_of
from audience.english.read import heard
from audience.english.reading import Draft, Question, Reading, Request
from audience.english.refining.dating import redated
from audience.english.refining.fragment import Span, counted_out, fragment, matching, retargeted
from audience.english.refining.numbers import (
    EXACT,
    is_money,
    lone,
    numbered,
    other_number,
    other_than,
    renumbered_field,
)
from audience.english.refining.outcome import changed, difference, not_placed, outcome, which
from audience.english.refining.values import mention, values_held, with_values
from audience.english.times import event_filters
from audience.english.tree_edits import (
    aggregate_of,
    field_of,
    filtered,
    filters_of,
    has_window,
    in_aggregate,
    is_dated,
    lone_count,
    lone_number,
    recounted_by,
    renumbered,
    swapped,
    window_of,
    windowed,
    with_value,
    without,
)
from audience.query import (
    Aggregate,
    Boolean,
    Comparison,
    Duration,
    Literal,
    Not,
    Property,
    conditions,
    walk,
)
from audience.query import Within as WithinFilter


@dataclass(frozen=True)
class Edit:
    """The draft with what was said of "it" put into the one condition that it can mean. Without a
    root that is open: `candidates` are conditions, each with the draft that it would give."""

    root: Boolean | None
    candidates: Sequence[tuple[Boolean, Boolean]] = ()


def edited(request: Request, draft: Draft, start: int) -> Reading:
    """ "make it 60 days", "make it at least twice", "make it Lisbon"."""
    request = replace(request, prompt=counted_out(request.prompt, start))
    end = len(request.prompt)
    mentioned = mention(request, draft, start, end)
    root = draft.root
    assert root is not None
    if mentioned is not None and mentioned.held:
        return changed(request, draft, with_values(root, mentioned, mentioned.values))
    for cut in _ands(request, start):
        first = _edited(request, draft, start, cut.start())
        if first.status != "draft" or first.root is None:
            continue
        both = _edited(request, replace(draft, root=first.root), cut.end(), end)
        if both.status == "draft" and both.root is not None:
            return replace(both, difference=difference(root, both.root, request.catalog))
    return _edited(request, draft, start, end)


def _ands(request: Request, start: int) -> list[re.Match[str]]:
    """Where the change goes on to something else: "jackets and 90 days"; not "between 5 and 10"."""
    words, _ = heard(request, lexicon_of(request.catalog, request.roles))
    inside = [(item.start, item.end) for _, item in words.items.values()]
    return [
        each
        for each in re.finditer(r"\s*,?\s+and\s+|\s*,\s+", request.prompt)
        if each.start() > start and not any(first < each.start() < last for first, last in inside)
    ]


def _edited(request: Request, draft: Draft, start: int, end: int) -> Reading:
    request = replace(request, prompt=request.prompt[:end])
    mentioned = mention(request, draft, start, end)
    root = draft.root
    assert root is not None
    if mentioned is not None and mentioned.held:
        return changed(request, draft, with_values(root, mentioned, mentioned.values))
    number = renumbered_field(request, draft, start, end)
    if number is not None:
        return changed(request, draft, number)
    redone = redated(request, draft, start, end)
    if redone is not None:
        return changed(request, draft, redone)
    plain = None if is_money(request, start, end) else lone(request, start, end)
    either = _either(root, plain) if plain is not None else []
    if either:
        return which(request, draft, either, f"Is {plain} how often, or how many days?")
    tries = other_number(request, draft, start, end)
    if tries is not None:
        return _other_number(request, draft, tries)
    read, seed = fragment(request, draft, start, end)
    if _is_changed(seed) and read.tree is None:
        assert seed is not None
        edit = edited_root(request, draft, seed, adding=False)
        if edit.root is None:
            return which(request, draft, edit.candidates)
        return outcome(request, draft, read, edit.root, assumed=lone_number(seed) is None)
    recounted = _recounted(draft, read.tree, request.prompt)
    if recounted is not None:
        return outcome(request, draft, read, recounted)
    dated = _dated(request, draft, start)
    if dated is not None:
        return outcome(request, draft, replace(read, unmatched=()), dated)
    return replaced(request, draft, None, (start, end))


def _other_number(
    request: Request, draft: Draft, tries: Sequence[tuple[Boolean, Boolean]]
) -> Reading:
    """The draft with another number in the one place for it."""
    if len(tries) == 1:
        return changed(request, draft, tries[0][1])
    if tries:
        return which(request, draft, tries)
    text = request.prompt.strip()
    question = Question(f"No condition has a number that “{text}” could be. Which one is meant?")
    return Reading("clarify", draft.root, draft.type, question=question)


def _recounted(draft: Draft, given: Boolean | None, text: str) -> Boolean | None:
    """ "at least 2 visits": another count for the condition on that very event."""
    root = draft.root
    if root is None or given is None:
        return None
    new = aggregate_of(given)
    if new is None or has_window(given) or not isinstance(new.left, Aggregate):
        return None
    for each in conditions(root):
        held = aggregate_of(each)
        if held is None or not isinstance(held.left, Aggregate):
            continue
        alone = sum(aggregate_of(one) is not None for one in conditions(root)) == 1
        same = held.left.events.name == new.left.events.name
        if (alone or same) and held.left.reducer == new.left.reducer:
            bare = new.operator == "equals" and not EXACT.search(text)
            kept = held.operator if bare and held.operator in _BOUNDS else new.operator
            changed = replace(held, operator=kept, values=new.values)
            return swapped(root, each, changed)
    return None


_BOUNDS = ("at_least", "greater_than", "at_most", "less_than")


def replaced(request: Request, draft: Draft, old: Span | None, new: Span) -> Reading:
    """One value, window or condition in place of another."""
    root = draft.root
    assert root is not None
    request = replace(request, prompt=counted_out(request.prompt, new[0]))
    listed = _other_values(request, draft, old, new)
    if listed is not None:
        return changed(request, draft, listed)
    targets = list(conditions(root))
    if old is not None:
        targets = matching(request, draft, request.prompt[old[0] : old[1]])
        number = numbered(request, draft, targets, *new) or other_than(request, draft, old, new)
        if number is not None:
            return changed(request, draft, number)
    elif (number := renumbered_field(request, draft, *new)) is not None:
        return changed(request, draft, number)
    elif (tries := other_number(request, draft, *new)) is not None:
        return _other_number(request, draft, tries)
    elif (redone := redated(request, draft, *new)) is not None:
        return changed(request, draft, redone)
    read, seed = fragment(request, draft, new[0], new[1])
    if seed is not None and (seed.times or seed.counts) and read.tree is None:
        among = targets if old is not None and targets else None
        edit = edited_root(request, draft, seed, adding=False, among=among)
        if edit.root is None:
            return which(request, draft, edit.candidates)
        return outcome(request, draft, read, edit.root, assumed=lone_number(seed) is None)
    if seed is not None and seed.where:
        tree = with_value(root, seed.where[-1])
        if tree is not None:
            return outcome(request, draft, read, tree)
    if read.tree is None:
        return not_placed(request, draft, read)
    given = retargeted(request, root, read.tree)
    if given is not read.tree:
        other = with_value(root, given)
        if other is not None:
            return outcome(request, draft, read, other)
    same = [each for each in targets if field_of(each) == field_of(read.tree) is not None]
    if not same and old is not None:
        same = targets
    if not same:
        return not_placed(request, draft, read)
    target = same[0]
    held = read.tree
    for extra in same[1:] if old is None else ():
        left_over = without(root, extra)
        root = left_over if left_over is not None else root
    if isinstance(target, Not) and not isinstance(held, Not):
        held = Not(held)
    part = target.item if isinstance(target, Not) else target
    given = read.tree
    if (
        old is not None
        and isinstance(part, Comparison)
        and isinstance(given, Comparison)
        and part.operator == "one_of"
        and part.left == given.left
    ):
        gone = fragment(request, draft, old[0], old[1])[0].tree
        left = set(gone.values) if isinstance(gone, Comparison) else set()
        values = tuple(
            dict.fromkeys(
                v for value in part.values for v in (given.values if value in left else (value,))
            )
        )
        held = replace(part, values=values)
        held = Not(held) if isinstance(target, Not) else held
    return outcome(request, draft, read, swapped(root, target, held))


def _other_values(request: Request, draft: Draft, old: Span | None, new: Span) -> Boolean | None:
    """Values of one field in place of others of it, or of all that it had."""
    mentioned = mention(request, draft, *new)
    if mentioned is None or not mentioned.held or draft.root is None:
        return None
    if old is None:
        return with_values(draft.root, mentioned, mentioned.values)
    gone = mention(request, draft, *old)
    if gone is None or gone.entry is not mentioned.entry:
        return None
    kept = tuple(each for each in values_held(mentioned) if each not in gone.values)
    return with_values(draft.root, mentioned, (*kept, *mentioned.values))


def edited_root(
    request: Request,
    draft: Draft,
    seed: EventFrame,
    *,
    adding: bool,
    among: Sequence[Boolean] | None = None,
) -> Edit:
    """The draft with every part of what was said of "it" (or of one of `among`) in its place."""
    root = draft.root
    assert root is not None
    held = [each for each in conditions(root) if aggregate_of(each) is not None]
    if among is not None:
        held = [each for each in held if any(each is one for one in among)]
    number = None if EXACT.search(request.prompt) else lone_number(seed)
    times = bool(re.search(r"\b(once|twice|thrice|times)\b", request.prompt, re.IGNORECASE))
    if not adding and number is not None and len(held) == 1 and (_is_count(held[0]) or not times):
        return Edit(renumbered(root, held[0], number, of_times=times))
    said = re.search(r"\bfor (the )?(?P<what>[\w ]+)$", request.prompt.strip(" .!"), re.IGNORECASE)
    if said is not None and not adding:
        chosen = matching(request, draft, said.group("what"))
        held = [each for each in held if any(each is one for one in chosen)] or held
    if seed.times:
        edit = _windowed(request, root, held, seed)
        if edit.root is None or not (seed.counts or seed.where):
            return edit
        return edited_root(
            request, replace(draft, root=edit.root), replace(seed, times=[]), adding=adding
        )
    if seed.counts and times and any(not _is_count(each) for each in held):
        return Edit(None)  # "at least twice" of a sum of money
    if seed.counts and seed.method is None:
        tries = [(each, swapped(root, each, recounted_by(each, seed))) for each in held]
        if len(tries) != 1 or (seed.where and not adding):
            return Edit(None, tries)
        if seed.where:
            return edited_root(
                request, replace(draft, root=tries[0][1]), replace(seed, counts=[]), adding=adding
            )
        return Edit(tries[0][1])
    if seed.where:
        if not adding:
            return Edit(with_value(root, seed.where[-1]) if len(seed.where) == 1 else None)
        fitting = [each for each in held if _knows(request, each, seed.where)]
        if not fitting:
            return Edit(None)
        return Edit(swapped(root, fitting[-1], filtered(fitting[-1], seed.where)))
    return Edit(None)


def _either(root: Boolean, number: Decimal) -> list[tuple[Boolean, Boolean]]:
    """ "make it 14" of at least 2 times in 30 days: the conditions that it may give, with the draft."""
    found: list[tuple[Boolean, Boolean]] = []
    for held in conditions(root) if number >= _DAYS and number == int(number) else ():
        within = [e for e in filters_of(held) if isinstance(e, WithinFilter) and not e.of_parent]
        if lone_count(held) is None or len(within) != 1:
            continue
        days = WithinFilter(Duration(int(number), within[0].duration.unit))
        often = in_aggregate(held, lambda old: replace(old, values=(Literal(number),)))
        found += [(each, swapped(root, held, each)) for each in (often, windowed(held, (days,)))]
    return found


_DAYS = 7  # from here on a number may be one of days


def _windowed(request: Request, root: Boolean, held: list[Boolean], seed: EventFrame) -> Edit:
    """Another window for the condition, or the conditions, that have one and the same."""
    filters = event_filters(seed.times)
    windows = [each for each in held if has_window(each)] or held
    dated = [each for each in conditions(root) if is_dated(each)]
    tries = [(each, swapped(root, each, windowed(each, filters))) for each in windows]
    if len({window_of(each) for each in windows}) > 1:
        return Edit(None, tries)
    if dated and windows and has_window(windows[0]):
        other = _dated_root(request, root)
        return Edit(None, [*tries, *([(dated[0], other)] if other is not None else [])])
    if dated and not any(has_window(each) for each in windows):
        return Edit(_dated_root(request, root), tries)
    if len(windows) > 1 and not all(has_window(each) for each in windows):
        return Edit(None, tries)
    if not windows:
        return Edit(None)
    for each in windows:
        root = swapped(root, each, windowed(each, filters))
    return Edit(root)


def _knows(request: Request, node: Boolean, where: list[Boolean]) -> bool:
    comparison = aggregate_of(node)
    assert comparison is not None
    assert isinstance(comparison.left, Aggregate)
    event = request.catalog.event(comparison.left.events.name)
    return event is not None and all(
        isinstance(part, Property) and event.property(part.name) is not None
        for each in where
        for part in walk(each)
        if isinstance(part, Property)
    )


def _dated(request: Request, draft: Draft, start: int) -> Boolean | None:
    assert draft.root is not None
    if any(has_window(each) for each in conditions(draft.root)):
        return None
    return _dated_root(replace(request, prompt=" " * start + request.prompt[start:]), draft.root)


def _dated_root(request: Request, root: Boolean) -> Boolean | None:
    """Another length for the one date of a trait: "trial ends within 7 days", then "14 days"."""
    from audience.english.literals import literals

    items = literals(request.prompt, as_of=request.as_of, timezone=request.catalog.timezone)
    lengths = [
        value
        for each in items
        for name in ("duration", "oldest", "latest", "newest", "soonest")
        if isinstance(value := getattr(each, name, None), Duration)
    ]
    targets = [each for each in conditions(root) if is_dated(each)]
    if len(lengths) != 1 or len(targets) != 1:
        return None
    inner = targets[0].item if isinstance(targets[0], Not) else targets[0]
    assert isinstance(inner, Comparison)
    changed: Boolean = replace(inner, values=(lengths[0],))
    return swapped(root, targets[0], Not(changed) if isinstance(targets[0], Not) else changed)


def _is_count(held: Boolean) -> bool:
    comparison = aggregate_of(held)
    left = comparison.left if comparison is not None else None
    return isinstance(left, Aggregate) and left.reducer.method in ("count", "unique")


def _is_changed(seed: EventFrame | None) -> bool:
    return seed is not None and bool(seed.times or seed.counts or seed.where)
