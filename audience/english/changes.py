"""Changes to a draft's tree: conditions added, taken out, or given another window, count or value."""

from __future__ import annotations

import re
from dataclasses import replace

from audience.catalog import Catalog
from audience.describer import describe_condition
from audience.english.events import is_action
from audience.english.frames import EventFrame
from audience.english.judging import judge, lookback
from audience.english.lexicon import lexicon_of
from audience.english.read import Read, read_text
from audience.english.reading import Draft, Question, Reading, Request
from audience.english.schema import likeness, stemmed
from audience.english.scope import _no
from audience.english.sentence import frame_words
from audience.english.times import event_filters
from audience.english.tree_edits import (
    aggregate_of,
    all_events,
    all_windowed,
    field_of,
    filtered,
    filters_of,
    has_window,
    is_dated,
    is_window,
    lone_number,
    more_values,
    one_more,
    recounted_by,
    renumbered,
    same_field,
    swapped,
    window_of,
    windowed,
    with_value,
    without,
)
from audience.kinds import simplified
from audience.query import (
    Aggregate,
    And,
    Boolean,
    Comparison,
    Duration,
    Events,
    Filter,
    Literal,
    Not,
    Or,
    Property,
    Reducer,
    Trait,
    Where,
    children,
    conditions,
    joined,
    walk,
)
from audience.validator import check

Span = tuple[int, int]
_PERSON = re.compile(
    r"\W*(who|they|people|those|anyone|them|the ones|users|customers)\b", re.IGNORECASE
)
_THAT_TIME = re.compile(
    r"\b(in|during|over|within) (that|the same|this) (time|period|window|timeframe|span)\b",
    re.IGNORECASE,
)


def _that_time(request: Request, draft: Draft) -> tuple[Filter, ...]:
    """The one window of the draft, where the prompt points back at it."""
    if not _THAT_TIME.search(request.prompt) or draft.root is None:
        return ()
    windows = [
        each for node in conditions(draft.root) for each in filters_of(node) if is_window(each)
    ]
    return tuple(dict.fromkeys(windows)) if len(set(windows)) == 1 else ()


def added(request: Request, draft: Draft, start: int) -> Reading:
    """ "only those in Spain": one more thing that must hold, or more said of an event."""
    person = _PERSON.match(request.prompt[start:]) is not None
    read, seed = _fragment(request, draft, start, len(request.prompt), seeded=not person)
    if read.tree is not None and (window := _that_time(request, draft)):
        read = replace(read, tree=all_windowed(read.tree, window))
    root = draft.root
    assert root is not None
    if seed is not None and (more := _said_of(seed, read)):
        seed.where.extend(more)
        read = replace(read, tree=None)
    if _changed(seed):
        assert seed is not None
        root = _edited_root(request, draft, seed, adding=True)
        if root is None:
            return _where(request, draft)
    elif read.tree is None:
        return _not_placed(request, draft, read)
    if read.tree is not None:
        root = joined(And, (root, read.tree))
    return _judged(request, draft, read, root)


def _said_of(seed: EventFrame, read: Read) -> tuple[Boolean, ...]:
    """ "about refunds": with no verb of its own it says more of the event that is there."""
    if read.tree is None:
        return ()
    spans = read.tree.origin.spans
    held = {
        place
        for place, word in enumerate(read.sentence.words)
        if any(span.start <= word.start < span.end for span in spans)
    }
    for place, word in enumerate(read.sentence.words):
        if word.stem in seed.entry.words or (place not in held and is_action(word.stem)):
            return ()  # it is said to have happened once more
    match read.tree:
        case Comparison(
            left=Aggregate(
                events=Events(name=name, filters=(Where(condition=condition),)),
                reducer=Reducer(method="count"),
            ),
            operator="at_least",
            values=(Literal(value=value),),
        ) if name == seed.entry.field.name and value == 1:
            seed.places |= held
            return (condition,)
        case _:
            return ()


def widened(request: Request, draft: Draft, start: int) -> Reading:
    """ "or anyone who …", "also include Canada"."""
    read, seed = _fragment(request, draft, start, len(request.prompt))
    root = draft.root
    assert root is not None
    if read.tree is None:
        if seed is not None and seed.where and _all_values(seed):
            widened_root = more_values(root, seed)
            if widened_root is not None:
                return _judged(request, draft, read, widened_root)
        return _not_placed(request, draft, read)
    same = same_field(root, read.tree)
    if same is not None:
        return _judged(request, draft, read, swapped(root, same, one_more(same, read.tree)))
    return _judged(request, draft, read, joined(Or, (root, read.tree)))


def only_literals(request: Request, draft: Draft, start: int) -> bool:
    """Whether the words are nothing but numbers and times: another value for what there is."""
    read, _ = _fragment(request, draft, start, len(request.prompt))
    fields = (
        {field_of(each) for each in conditions(draft.root)} if draft.root is not None else set()
    )
    if read.tree is not None and field_of(read.tree) not in fields:
        return False
    words = read.sentence
    covered = words.covered()
    kinds = frame_words()
    return bool(words.items) and all(
        place in covered or not word.is_word or word.low in kinds["empty"]
        for place, word in enumerate(words.words)
    )


def widened_value(request: Request, draft: Draft, start: int) -> Reading | None:
    """ "silver too": one more value of a field that the draft already holds to some."""
    read, seed = _fragment(request, draft, start, len(request.prompt))
    root = draft.root
    assert root is not None
    if read.tree is None and seed is not None and seed.where and _all_values(seed):
        tree = more_values(root, seed)
        return None if tree is None else _judged(request, draft, read, tree)
    if read.tree is None:
        return None
    given = _retargeted(request, root, read.tree)
    if given is not read.tree and isinstance(given, Comparison):
        for node in walk(root):
            if isinstance(node, Comparison) and node.left == given.left:
                return _judged(request, draft, read, swapped(root, node, one_more(node, given)))
    same = same_field(root, read.tree)
    if same is None:
        return None
    return _judged(request, draft, read, swapped(root, same, one_more(same, read.tree)))


def _retargeted(request: Request, root: Boolean, given: Boolean) -> Boolean:
    """A value read as a trait's, as that of the property which the draft compares and which has it."""
    if not isinstance(given, Comparison) or not isinstance(given.left, Trait):
        return given
    if any(isinstance(node, Comparison) and node.left == given.left for node in walk(root)):
        return given
    wanted = {value.value for value in given.values if isinstance(value, Literal)}
    for events in all_events(root):
        field = request.catalog.event(events.name)
        for node in walk(events):
            if (
                not isinstance(node, Comparison)
                or not isinstance(node.left, Property)
                or field is None
            ):
                continue
            held = field.property(node.left.name)
            if held is not None and wanted and wanted <= set(held.stats.values):
                return replace(given, left=node.left)
    return given


def excluded(request: Request, draft: Draft, start: int) -> Reading:
    read, _ = _fragment(request, draft, start, len(request.prompt), seeded=False)
    root = draft.root
    assert root is not None
    if read.tree is None:
        return _not_placed(request, draft, read)
    return _judged(request, draft, read, joined(And, (root, _no(read.tree))))


def edited(request: Request, draft: Draft, start: int) -> Reading:
    """ "make it 60 days", "make it at least twice", "make it Lisbon"."""
    read, seed = _fragment(request, draft, start, len(request.prompt), alone=True)
    if _changed(seed) and read.tree is None:
        assert seed is not None
        root = _edited_root(request, draft, seed, adding=False)
        if root is None:
            return _where(request, draft)
        return _judged(request, draft, read, root)
    recounted = _recounted(draft, read.tree)
    if recounted is not None:
        return _judged(request, draft, read, recounted)
    dated = _dated(request, draft, start)
    if dated is not None:
        return _judged(request, draft, replace(read, unmatched=()), dated)
    return replaced(request, draft, None, (start, len(request.prompt)))


def _recounted(draft: Draft, given: Boolean | None) -> Boolean | None:
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
            changed = replace(held, operator=new.operator, values=new.values)
            return swapped(root, each, changed)
    return None


def replaced(request: Request, draft: Draft, old: Span | None, new: Span) -> Reading:
    """One value, window or condition in place of another."""
    root = draft.root
    assert root is not None
    read, seed = _fragment(request, draft, new[0], new[1], alone=True)
    if seed is not None and (seed.times or seed.counts) and read.tree is None:
        changed = _edited_root(request, draft, seed, adding=False)
        return _where(request, draft) if changed is None else _judged(request, draft, read, changed)
    targets = list(conditions(root))
    if old is not None:
        targets = _matching(request, draft, request.prompt[old[0] : old[1]])
    if seed is not None and seed.where:
        tree = with_value(root, seed.where[-1])
        if tree is not None:
            return _judged(request, draft, read, tree)
    if read.tree is None:
        return _not_placed(request, draft, read)
    given = _retargeted(request, root, read.tree)
    if given is not read.tree:
        retargeted = with_value(root, given)
        if retargeted is not None:
            return _judged(request, draft, read, retargeted)
    same = [each for each in targets if field_of(each) == field_of(read.tree) is not None]
    if not same and old is not None:
        same = targets
    if not same:
        return _not_placed(request, draft, read)
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
        gone = _fragment(request, draft, old[0], old[1], alone=True)[0].tree
        left = set(gone.values) if isinstance(gone, Comparison) else set()
        values = tuple(
            dict.fromkeys(
                v for value in part.values for v in (given.values if value in left else (value,))
            )
        )
        held = replace(part, values=values)
        held = Not(held) if isinstance(target, Not) else held
    return _judged(request, draft, read, swapped(root, target, held))


def removed(request: Request, draft: Draft, what: Span, *, certain: bool) -> Reading | None:
    """ "drop the email part". None where nothing of the kind is there and an exclusion may be meant."""
    root = draft.root
    assert root is not None
    targets = _matching(request, draft, request.prompt[what[0] : what[1]])
    if not targets:
        if not certain:
            return None
        question = Question(
            f"No condition is about “{request.prompt[what[0] : what[1]]}”. Which one should go?"
        )
        return Reading("clarify", root, draft.type, question=question)
    tree: Boolean | None = root
    for target in targets:
        tree = without(tree, target) if tree is not None else None
    gone = tuple(f"Removed: {_said(each, request.catalog)}" for each in targets)
    if tree is None:
        question = Question("That was the only condition. What should set these people apart?")
        return Reading("clarify", None, draft.type, question=question)
    return Reading("draft", simplified(tree), draft.type, difference=gone)


# Reading a fragment -----------------------------------------------------------------------------


def _fragment(
    request: Request,
    draft: Draft,
    start: int,
    end: int,
    *,
    alone: bool = False,
    seeded: bool = True,
) -> tuple[Read, EventFrame | None]:
    """The words `[start, end)` in the light of the draft: `seed` takes what modifies its event."""
    text = request.prompt
    blank = " " * start + text[start:end] + " " * (len(text) - end)
    only = blank.rstrip()
    if only.endswith(" only"):
        blank = only[:-5] + " " * (len(text) - len(only) + 5)
    seed, names = None, list[str]()
    if seeded:
        lexicon = lexicon_of(request.catalog, request.roles)
        names = [each.name for each in all_events(draft.root)]
        if names:
            seed = EventFrame(lexicon.by_event[names[-1]], set())
    del alone
    accounts = draft.type == "accounts"
    own = replace(request, prompt=blank)
    return read_text(own, accounts=accounts, event=seed, prefer=frozenset(names)), seed


def _changed(seed: EventFrame | None) -> bool:
    return seed is not None and bool(seed.times or seed.counts or seed.where)


def _all_values(seed: EventFrame) -> bool:
    return all(isinstance(each, Comparison) for each in seed.where) and not seed.times


# Editing ----------------------------------------------------------------------------------------


def _edited_root(
    request: Request, draft: Draft, seed: EventFrame, *, adding: bool
) -> Boolean | None:
    """The tree with what was said of "it" put into the one condition that it can mean."""
    root = draft.root
    assert root is not None
    held = [each for each in conditions(root) if aggregate_of(each) is not None]
    number = lone_number(seed)
    if not adding and number is not None and len(held) == 1:
        return renumbered(root, held[0], number)
    said = re.search(r"\bfor (the )?(?P<what>[\w ]+)$", request.prompt.strip(" .!"), re.IGNORECASE)
    if said is not None and not adding:
        chosen = _matching(request, draft, said.group("what"))
        held = [each for each in held if any(each is one for one in chosen)] or held
    if seed.times:
        windows = [each for each in held if has_window(each)] or held
        dated = [each for each in conditions(root) if is_dated(each)]
        if len({window_of(each) for each in windows}) > 1 or (
            dated and windows and has_window(windows[0])
        ):
            return None
        if dated and not any(has_window(each) for each in windows):
            return _dated(request, draft, 0)
        if len(windows) > 1 and not all(has_window(each) for each in windows):
            return None
        for each in windows:
            root = swapped(root, each, windowed(each, event_filters(seed.times)))
        return root
    if seed.counts and seed.method is None:
        if len(held) != 1:
            return None
        return swapped(root, held[0], recounted_by(held[0], seed))
    if seed.where:
        fitting = [each for each in held if _knows(request, each, seed.where)]
        if not adding:
            return with_value(root, seed.where[-1])
        if not fitting:
            return None
        last = fitting[-1]
        return swapped(root, last, filtered(last, seed.where))
    return None


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
    """Another length for the one date of a trait: "trial ends within 7 days", then "14 days"."""
    from audience.english.literals import literals

    root = draft.root
    assert root is not None
    items = literals(request.prompt[start:], as_of=request.as_of, timezone=request.catalog.timezone)
    lengths = [
        value
        for each in items
        for name in ("duration", "oldest", "latest", "newest", "soonest")
        if isinstance(value := getattr(each, name, None), Duration)
    ]
    targets = [each for each in conditions(root) if is_dated(each)]
    if len(lengths) != 1 or len(targets) != 1 or any(has_window(each) for each in conditions(root)):
        return None
    inner = targets[0].item if isinstance(targets[0], Not) else targets[0]
    assert isinstance(inner, Comparison)
    changed: Boolean = replace(inner, values=(lengths[0],))
    return swapped(root, targets[0], Not(changed) if isinstance(targets[0], Not) else changed)


# Which condition is meant -----------------------------------------------------------------------


def _matching(request: Request, draft: Draft, text: str) -> list[Boolean]:
    """The conditions of the draft that the words speak of: by field, value, or what was said."""
    root = draft.root
    assert root is not None
    wanted = [
        word
        for word in stemmed(text)
        if word
        not in (
            "the",
            "part",
            "condit",
            "filter",
            "bit",
            "about",
            "exclus",
            "of",
            "on",
            "who",
            "that",
        )
    ]
    if not wanted:
        return []
    read, _ = _fragment(replace(request, prompt=text), draft, 0, len(text), seeded=False)
    fields = (
        {field_of(each) for each in conditions(read.tree)} - {None}
        if read.tree is not None
        else set()
    )
    scored = []
    for each in conditions(root):
        said = _words_of(each, request.catalog)
        hits = sum(max((likeness(word, other) for other in said), default=0.0) for word in wanted)
        if field_of(each) in fields:
            hits += 1.0
        scored.append((hits / (len(wanted) or 1), each))
    best = max((score for score, _ in scored), default=0.0)
    if best < 0.5:
        return []
    return [each for score, each in scored if score > best - 0.05]


def _words_of(node: Boolean, catalog: Catalog) -> set[str]:
    said: set[str] = set()
    for each in walk(node):
        name = getattr(each, "name", None)
        if isinstance(name, str):
            said |= set(stemmed(name))
            field = catalog.trait(name) or catalog.trait(name, "account") or catalog.event(name)
            if field is not None:
                said |= set(stemmed(field.description))
        if isinstance(each, Literal):
            said |= set(stemmed(str(each.value)))
    return said


# Answers ----------------------------------------------------------------------------------------


def _judged(request: Request, draft: Draft, read: Read, root: Boolean) -> Reading:
    before = draft.root
    too_long = lookback(request, root)
    if too_long is not None:
        return too_long
    reading = judge(request, draft.type, replace(read, tree=root, other=None))
    if before is None or reading.root is None:
        return reading
    return replace(reading, difference=_difference(before, reading.root, request.catalog))


def _difference(before: Boolean, after: Boolean, catalog: Catalog) -> tuple[str, ...]:
    old, new = conditions(before), conditions(after)
    gone = [f"Removed: {_said(each, catalog)}" for each in old if each not in new]
    come = [f"Added: {_said(each, catalog)}" for each in new if each not in old]
    return (*gone, *come)


def _said(node: Boolean, catalog: Catalog) -> str:
    return describe_condition(node, catalog)


def _not_placed(request: Request, draft: Draft, read: Read) -> Reading:
    text = request.prompt.strip()
    question = Question(f"“{text}” could not be placed in the audience. Say it another way.")
    return Reading("clarify", draft.root, draft.type, unmatched=read.unmatched, question=question)


def _where(request: Request, draft: Draft) -> Reading:
    root = draft.root
    assert root is not None
    said = "; ".join(_said(each, request.catalog) for each in conditions(root))
    question = Question(f"Which condition should that change? There are: {said}.")
    return Reading("clarify", root, draft.type, question=question)


__all__ = ["added", "check", "children", "edited", "excluded", "removed", "replaced", "widened"]
