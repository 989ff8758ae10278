"""More conditions: what must hold as well, what may hold instead, who is kept out."""

from __future__ import annotations

import re
from dataclasses import replace

from audience.english.context import type_of
from audience.english.events import is_action, is_past
from audience.english.frames import EventFrame
from audience.english.read import Read
from audience.english.reading import Draft, Option, Question, Reading, Request
from audience.english.refining.editing import edited_root
from audience.english.refining.fragment import fragment, retargeted
from audience.english.refining.numbers import renumbered_field
from audience.english.refining.once_more import also_then, of_that_one
from audience.english.refining.outcome import (
    changed,
    in_its_place,
    not_placed,
    outcome,
    said,
    which,
)
from audience.english.refining.swapping import bounded_too, remeasured
from audience.english.refining.values import (
    Mention,
    mention,
    values_held,
    with_filter,
    with_values,
    without_values,
)
from audience.english.schema import likeness
from audience.english.scope import no
from audience.english.sentence import frame_words
from audience.english.tree_edits import (
    aggregate_of,
    all_events,
    all_windowed,
    field_of,
    filtered,
    filters_of,
    is_window,
    more_values,
    one_more,
    parts_of,
    same_field,
    swapped,
)
from audience.query import (
    Aggregate,
    And,
    Boolean,
    Comparison,
    Events,
    Filter,
    Literal,
    Not,
    Or,
    Property,
    Reducer,
    Trait,
    Where,
    conditions,
    joined,
    walk,
)

_MINUS = re.compile(r"\b(minus|without|no|not|except|excluding)\b", re.IGNORECASE)
_ALL = re.compile(r"\b(both|all)\b", re.IGNORECASE)
_PERSON = re.compile(
    r"\W*(who|they|people|those|anyone|them|the ones|users|customers)\b", re.IGNORECASE
)
_ONLY = re.compile(r"^\W*(but |and |now )*(only|just)\b", re.IGNORECASE)
_OWNING = re.compile(
    r"\W*(those |people |customers |users |members |the ones |anyone |everyone )?"
    r"(with|who have|that have|who has|having|who own)\b",
    re.IGNORECASE,
)
_THAT_TIME = re.compile(
    r"\b(in|during|over|within) (that|the same|this) (time|period|window|timeframe|span)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\W*(all |also )?(anyone|anybody|everyone|everybody|people|customers|users)\b", re.IGNORECASE
)
_CAPS = re.compile(r"^\W*but\b|^\W*no (more|less|fewer) than\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|never)\b|n't\b", re.IGNORECASE)
_AROUND_IT = frozenset(["it", "them", "who", "they", "not", "never", "did", "didn't", "have", "haven't", "has", "hasn't", "had"])  # fmt: skip
_IT_DONE = re.compile(r"\b(it|them)\W*$", re.IGNORECASE)
_ADDS = re.compile(
    r"^\W*(please |and |also |now )*(add|also)\b|^\W*(and|plus)\b(?! only| just)|\b(too|also|as well)\b",
    re.I,
)


def added(request: Request, draft: Draft, start: int) -> Reading:
    """ "only those in Spain": one more thing that must hold, or more said of an event."""
    end = len(request.prompt)
    if _OWNING.match(request.prompt[start:]) is not None:
        owned, _ = fragment(request, draft, start, end, seeded=False)
        if owned.tree is not None and _is_flag(request, owned):
            return outcome(
                request, draft, owned, joined(And, (draft.root or owned.tree, owned.tree))
            )
    mentioned = mention(request, draft, start, end)
    if mentioned is not None:
        named = _with_mention(request, draft, mentioned)
        if named is not None:
            return named
    number = renumbered_field(request, draft, start, end) or remeasured(request, draft, start, end)
    if number is not None:
        return changed(request, draft, number)
    person = _PERSON.match(request.prompt[start:]) is not None
    window = _that_time(request, draft)
    own = replace(request, prompt=_THAT_TIME.sub(_blank, request.prompt)) if window else request
    read, seed = fragment(own, draft, start, len(request.prompt), seeded=not person)
    if person and _is_of_draft(read, draft):
        read, seed = fragment(own, draft, start, len(request.prompt), seeded=True)
    if read.tree is not None and window:
        read = replace(read, tree=all_windowed(read.tree, window))
    root = draft.root
    assert root is not None
    flagged = _flag_of_it(request, draft, read)
    if flagged is not None:
        return changed(request, draft, flagged)
    read = of_that_one(request, root, read)
    only = _ONLY.match(request.prompt) is not None
    if seed is not None and (more := _said_of(seed, read, narrowed=only)):
        seed.where.extend(more)
        read = replace(read, tree=None)
    if _is_changed(seed):
        assert seed is not None
        edit = edited_root(request, draft, seed, adding=True)
        if edit.root is None:
            return which(request, draft, edit.candidates)
        root = edit.root
    elif read.tree is None:
        return not_placed(request, draft, read)
    if read.tree is not None:
        return in_its_place(request, replace(draft, root=root), read, read.tree)
    return outcome(request, draft, read, root)


def _flag_of_it(request: Request, draft: Draft, read: Read) -> Boolean | None:
    """ "and shared it", of the one thing done, which tells by yes or no whether it was shared."""
    done = all_events(draft.root)
    if draft.root is None or len(done) != 1 or not _IT_DONE.search(request.prompt):
        return None
    said = {
        word.stem
        for word in read.sentence.words
        if word.is_word and word.low not in frame_words()["empty"] | _AROUND_IT
    }
    entry = read.lexicon.by_event.get(done[0].name)
    flags = [
        each
        for each in (entry.properties.values() if entry is not None else ())
        if said and said == set(each.words) and type_of(each) == "boolean"
    ]
    held = next((e for e in conditions(draft.root) if done[0] in all_events(e)), None)
    if len(flags) != 1 or held is None or aggregate_of(held) is None:
        return None
    so = "false" if _DENIED.search(request.prompt) else "true"
    told = Comparison(Property(flags[0].field.name), "equals", (Literal(so),))
    return swapped(draft.root, held, filtered(held, [told]))


def _is_of_draft(read: Read, draft: Draft) -> bool:
    """ "those who scored 80 or better" of the one quiz that the draft speaks of, which has the score."""
    told = {each.name for each in _events_of(read.tree)}
    mine = [each.name for each in _events_of(draft.root)]
    if len(told) != 1 or mine.count(next(iter(told))) != 1:
        return False
    entry = read.lexicon.by_event.get(next(iter(told)))
    said = {word.stem for word in read.sentence.words if word.is_word}
    return entry is not None and not any(
        likeness(stem, each) for stem in said for each in entry.words
    )


def _events_of(tree: Boolean | None) -> list[Events]:
    return [] if tree is None else [each for each in walk(tree) if isinstance(each, Events)]


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _is_flag(request: Request, read: Read) -> bool:
    """ "those with the app": something that they have or have not, and all that was said."""
    tree = read.tree
    if not isinstance(tree, Comparison) or not isinstance(tree.left, Trait):
        return False
    field = request.catalog.trait(tree.left.name)
    return field is not None and field.type == "boolean" and not read.unmatched and not read.ties


def _with_mention(request: Request, draft: Draft, mentioned: Mention) -> Reading | None:
    """Values that were only named: another filter, a narrower list, a wider one, or which of these?"""
    root = draft.root
    assert root is not None
    held, values = values_held(mentioned), mentioned.values
    if not mentioned.held:
        return changed(request, draft, with_filter(root, mentioned))
    if _is_kept_out(root, mentioned):
        return None
    both = with_values(root, mentioned, (*held, *values))
    if len(values) > 1 and mentioned.held[0].operator == "contains" and _ALL.search(request.prompt):
        for node in mentioned.held:  # "both reporting and budgeting": a list that has them all
            each_of = tuple(replace(node, values=(Literal(value),)) for value in values)
            root = swapped(root, node, joined(And, each_of))
        return changed(request, draft, root)
    if set(values) & set(held):
        return changed(request, draft, with_values(root, mentioned, values))
    if _ADDS.search(request.prompt):
        return changed(request, draft, both)
    one, other = ", ".join(values), ", ".join(held)
    question = Question(
        f"It is {other} so far. Is {one} meant instead, or as well?",
        (
            Option(f"{one} instead of {other}", with_values(root, mentioned, values)),
            Option(f"{other} or {one}", both),
        ),
    )
    return Reading("clarify", root, draft.type, question=question)


def _is_kept_out(root: Boolean, mentioned: Mention) -> bool:
    return any(
        isinstance(each, Not) and any(node is held for node in walk(each))
        for each in conditions(root)
        for held in mentioned.held
    )


def _said_of(seed: EventFrame, read: Read, *, narrowed: bool) -> tuple[Boolean, ...]:
    """ "about refunds": with no verb of its own it says more of the event that is there.

    `narrowed`: "only bookings over 100" are those bookings, though the noun is said once more.
    """
    if read.tree is None:
        return ()
    spans = read.tree.origin.spans
    held = {
        place
        for place, word in enumerate(read.sentence.words)
        if any(span.start <= word.start < span.end for span in spans)
    }
    for place, word in enumerate(read.sentence.words):
        again = word.stem in seed.entry.words and not (narrowed and not is_past(word))
        if again or (place not in held and is_action(word.stem)):
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
    wider = _wider(request, draft, start)
    if wider is not None:
        return wider
    read, seed = fragment(request, draft, start, len(request.prompt))
    root = draft.root
    assert root is not None
    if read.tree is None:
        if seed is not None and seed.where and _all_values(seed):
            widened_root = more_values(root, seed)
            if widened_root == root:  # "or golf among their interests": held so of what was done
                return _beside(request, draft, start)
            if widened_root is not None:
                return outcome(request, draft, read, widened_root)
        return not_placed(request, draft, read)
    others = _OTHERS.match(request.prompt[start:]) is not None
    same = None if others else same_field(root, read.tree)
    if same is not None:
        return outcome(request, draft, read, swapped(root, same, one_more(same, read.tree)))
    return outcome(request, draft, read, joined(Or, (root, read.tree)))


def _beside(request: Request, draft: Draft, start: int) -> Reading:
    """What is said for itself, and not of what is there."""
    read, _ = fragment(request, draft, start, len(request.prompt), seeded=False)
    if read.tree is None or draft.root is None:
        return not_placed(request, draft, read)
    return outcome(request, draft, read, joined(Or, (draft.root, read.tree)))


def _wider(request: Request, draft: Draft, start: int) -> Reading | None:
    if _OTHERS.match(request.prompt[start:]):
        return None  # "or anyone in Italy": whatever else they did
    mentioned = mention(request, draft, start, len(request.prompt))
    if mentioned is None or not mentioned.held or draft.root is None:
        return None
    if _is_kept_out(draft.root, mentioned):
        return None
    held = values_held(mentioned)
    if set(mentioned.values) <= set(held):
        return None  # "or golf among their interests": nothing would be changed
    return changed(request, draft, with_values(draft.root, mentioned, (*held, *mentioned.values)))


def only_literals(request: Request, draft: Draft, start: int) -> bool:
    """Whether the words are nothing but numbers and times: another value for what there is."""
    read, _ = fragment(request, draft, start, len(request.prompt))
    fields = (
        {field_of(each) for each in conditions(draft.root)} if draft.root is not None else set()
    )
    if read.tree is not None and field_of(read.tree) not in fields:
        return False
    return _is_all_literal(read)


def _is_all_literal(read: Read) -> bool:
    words = read.sentence
    covered = words.covered()
    kinds = frame_words()
    return bool(words.items) and all(
        place in covered or not word.is_word or word.low in kinds["empty"] | _BUT
        for place, word in enumerate(words.words)
    )


_BUT = frozenset(["but"])


def bound_or_other(request: Request, draft: Draft, start: int) -> Reading | None:
    """ "but under 40", after "a score over 20": one more bound of that, or an age?"""
    facing = bounded_too(request, draft, start)
    read, _ = fragment(request, draft, start, len(request.prompt))
    root = draft.root
    if facing is None or read.tree is None or root is None or not _is_all_literal(read):
        return None
    if field_of(read.tree) == field_of(facing[0]):
        return None
    words = request.prompt[start:].strip(" .,!")
    tries = tuple(joined(And, (root, each)) for each in (facing[1], read.tree))
    options = tuple(
        Option(said(each, request.catalog), tree)
        for each, tree in zip((facing[1], read.tree), tries, strict=True)
    )
    question = Question(f"What is “{words}” said of?", options)
    return Reading("clarify", root, draft.type, question=question)


def one_more_literal(request: Request, draft: Draft, start: int) -> Reading | None:
    """ "and at most 1000", "also in February": one more bound, or one more time, of what there is."""
    root = draft.root
    assert root is not None
    bounds = bounded_too(request, draft, start)
    if bounds is not None:
        held, other = bounds
        both = joined(And, (root, other))
        if _ADDS.search(request.prompt) or _CAPS.match(request.prompt):
            return changed(request, draft, both)
        question = Question(
            "Is that one more bound, or another one in place of what there is?",
            (
                Option("Both must hold", both),
                Option("In place of it", swapped(root, held, other)),
            ),
        )
        return Reading("clarify", root, draft.type, question=question)
    read, seed = fragment(request, draft, start, len(request.prompt))
    once_more = also_then(request, root, seed)
    return None if once_more is None else outcome(request, draft, read, once_more)


def widened_value(request: Request, draft: Draft, start: int) -> Reading | None:
    """ "silver too": one more value of a field that the draft already holds to some."""
    wider = _wider(request, draft, start)
    if wider is not None:
        return wider
    read, seed = fragment(request, draft, start, len(request.prompt))
    root = draft.root
    assert root is not None
    if read.tree is None and seed is not None and seed.where and _all_values(seed):
        tree = more_values(root, seed)
        return None if tree is None else outcome(request, draft, read, tree)
    if read.tree is None or _is_changed(seed):
        return None  # "owners too, but last week": more than one more value
    given = retargeted(request, root, read.tree)
    if given is not read.tree and isinstance(given, Comparison):
        for node in walk(root):
            if isinstance(node, Comparison) and node.left == given.left:
                return outcome(request, draft, read, swapped(root, node, one_more(node, given)))
    same = same_field(root, read.tree)
    if same is None:
        either = _one_more_done(root, read.tree)
        return None if either is None else outcome(request, draft, read, either)
    return outcome(request, draft, read, swapped(root, same, one_more(same, read.tree)))


def _one_more_done(root: Boolean, tree: Boolean) -> Boolean | None:
    """ "partially settled ones too", of claims that were settled as rejected: the one or the other."""
    match tree:
        case Comparison(
            left=Aggregate(
                events=Events(name=name, filters=(Where(condition=Comparison() as given),)),
                reducer=Reducer(method="count"),
            ),
            operator="at_least",
        ) if given.operator in ("equals", "one_of"):
            pass
        case _:
            return None
    for events in all_events(root):
        held = [
            part
            for each in events.filters
            if isinstance(each, Where)
            for part in parts_of(each.condition)
            if isinstance(part, Comparison) and part.left == given.left
        ]
        if events.name == name and len(held) == 1 and held[0].operator in ("equals", "one_of"):
            return swapped(root, held[0], one_more(held[0], given))
    return None


def excluded(request: Request, draft: Draft, start: int) -> Reading:
    """ "exclude staff", "without Spain": who is kept out, or a value that is no longer one of several."""
    root = draft.root
    assert root is not None
    mentioned = mention(request, draft, start, len(request.prompt))
    if mentioned is not None and mentioned.held and not _is_kept_out(root, mentioned):
        held = set(values_held(mentioned))
        if set(mentioned.values) < held:
            fewer = without_values(root, mentioned)
            if fewer is not None:
                return changed(request, draft, fewer)
        if set(mentioned.values) == held:
            without = without_values(root, mentioned)
            named = ", ".join(mentioned.values)
            question = Question(
                f"Everybody here is {named}, so without them nobody is left. Drop that condition?",
                (Option("Drop that condition", without),) if without is not None else (),
            )
            return Reading("clarify", root, draft.type, question=question)
    window = _that_time(request, draft)
    own = replace(request, prompt=_THAT_TIME.sub(_blank, request.prompt)) if window else request
    read, _ = fragment(own, draft, start, len(request.prompt), seeded=False)
    if read.tree is None:
        return not_placed(request, draft, read)
    kept_out = all_windowed(read.tree, window) if window else read.tree
    listed = re.search(r"\band\b", request.prompt[start:], re.IGNORECASE)
    if isinstance(kept_out, And) and listed and not re.search(r"\bwho\b", request.prompt):
        kept_out = Or(kept_out.items)  # "exclude staff and anyone in the US": either
    if isinstance(kept_out, And) and len(_MINUS.findall(request.prompt)) > 1:
        kept_out = Or(tuple(e.item if isinstance(e, Not) else e for e in kept_out.items))
    return in_its_place(request, draft, read, no(kept_out))


def _that_time(request: Request, draft: Draft) -> tuple[Filter, ...]:
    """The one window of the draft, where the prompt points back at it."""
    if not _THAT_TIME.search(request.prompt) or draft.root is None:
        return ()
    windows = [
        each for node in conditions(draft.root) for each in filters_of(node) if is_window(each)
    ]
    return tuple(dict.fromkeys(windows)) if len(set(windows)) == 1 else ()


def _is_changed(seed: EventFrame | None) -> bool:
    return seed is not None and bool(seed.times or seed.counts or seed.where)


def _all_values(seed: EventFrame) -> bool:
    return all(isinstance(each, Comparison) for each in seed.where) and not seed.times
