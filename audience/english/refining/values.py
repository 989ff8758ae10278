"""Values that a change names, of a field that the draft is about: "silver too", "without France".

A change that is nothing but values needs no reading of its own: it is about the field that has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from audience.english.accounting.fields import means
from audience.english.context import cue
from audience.english.events import is_past
from audience.english.in_full.said import called
from audience.english.lexicon import Lexicon, lexicon_of
from audience.english.links import Link
from audience.english.read import heard
from audience.english.reading import Draft, Request
from audience.english.refining.fragment import blanked
from audience.english.refining.written import as_written
from audience.english.schema import Entry, stemmed
from audience.english.sentence import Sentence, frame_words
from audience.english.tree_edits import all_events, parts_of, swapped, without
from audience.english.weekdays import of_day
from audience.query import (
    And,
    Boolean,
    Comparison,
    Events,
    Literal,
    Node,
    Not,
    Property,
    Trait,
    Where,
    conditions,
    joined,
    walk,
)


@dataclass(frozen=True)
class Mention:
    """Values of one field. `held` are the comparisons of the draft that are about it already; without
    any, `events` is the one thing done that the field is a property of."""

    entry: Entry
    values: tuple[str, ...]
    held: tuple[Comparison, ...] = ()
    events: Events | None = None


def mention(request: Request, draft: Draft, start: int, end: int) -> Mention | None:
    """The values that the words `[start, end)` name, where they name nothing else."""
    if draft.root is None:
        return None
    lexicon = lexicon_of(request.catalog, request.roles)
    text = blanked(request.prompt, start, end)
    written = as_written(text, tuple(_targets(draft.root, lexicon, draft.type)), draft.root)
    if written is not None:
        return replace(written[0], values=written[1])
    words, found = heard(replace(request, prompt=text), lexicon)
    if words.items:
        return None
    if _is_liked(words, found):
        return None
    mentions = [
        each
        for target in _targets(draft.root, lexicon, draft.type)
        if (each := _mention(words, found, target)) is not None
    ]
    held = [each for each in mentions if each.held]
    best = held or mentions
    return best[0] if len(best) == 1 else None


def is_code_or_number(request: Request, draft: Draft, start: int, end: int) -> bool:
    """ "2 instead", where one field has such codes and something else a number."""
    lexicon = lexicon_of(request.catalog, request.roles)
    text = blanked(request.prompt, start, end)
    if draft.root is None:
        return False
    targets = tuple(_targets(draft.root, lexicon, draft.type))
    code = as_written(text, targets, draft.root, numbers=True)
    return code is not None and as_written(text, targets, draft.root) is None


def _is_liked(words: Sentence, found: list[Link]) -> bool:
    """ "who prefer a suite", of the preferred kind that is known of people: not of what they did."""
    said = {word.stem for word in words.words if word.low in cue("soft") and not is_past(word)}
    return any(
        each.event is None
        and each.score >= _SURE
        and said & each.entry.about - set(each.entry.words)
        for link in found
        for each in link.values
    )


def named_field(request: Request, draft: Draft, start: int, end: int) -> Mention | None:
    """The one property that the draft compares and that the words name, with its values: "the device"."""
    if draft.root is None:
        return None
    lexicon = lexicon_of(request.catalog, request.roles)
    words, _ = heard(replace(request, prompt=blanked(request.prompt, start, end)), lexicon)
    told = [word for word in words.words if word.is_word and word.low not in _SMALL | _PARTS]
    full = [word.stem for word in told if word.low not in frame_words()["empty"]]
    articles = frame_words()["empty.articles"]
    said = full or [word.stem for word in told if word.low not in articles]  # "the campaign"
    named = [
        each
        for each in _targets(draft.root, lexicon, draft.type)
        if each.held
        and said
        and isinstance(each.held[0].left, Property)
        and all(stem in each.entry.words for stem in said)
    ]
    return replace(named[0], values=values_held(named[0])) if len(named) == 1 else None


def held_by_name(request: Request, draft: Draft, start: int, end: int) -> Comparison | None:
    """The one comparison of what was done with a number that the words name: "the price"."""
    if draft.root is None:
        return None
    lexicon = lexicon_of(request.catalog, request.roles)
    words, _ = heard(replace(request, prompt=blanked(request.prompt, start, end)), lexicon)
    small = frame_words()["empty"] | _SMALL | _PARTS
    said = [word.stem for word in words.words if word.is_word and word.low not in small]
    found = [
        part
        for events in all_events(draft.root)
        for each in events.filters
        if isinstance(each, Where)
        for part in parts_of(each.condition)
        if isinstance(part, Comparison)
        and isinstance(part.left, Property)
        and part.operator not in _EQUAL
        and (entry := lexicon.by_event[events.name].properties.get(part.left.name)) is not None
        and said
        and all(stem in entry.words for stem in said)
    ]
    return found[0] if len(found) == 1 else None


def _targets(root: Boolean, lexicon: Lexicon, kind: str) -> Iterator[Mention]:
    """The fields that the draft compares, then the other properties of what was done."""
    known: set[int] = set()
    traits = lexicon.accounts if kind == "accounts" else lexicon.users
    for entry in traits:
        held = tuple(
            node
            for node in _comparisons(root)
            if isinstance(node.left, Trait) and node.left.name == entry.field.name
        )
        if held:
            yield Mention(entry, (), held)
    done = all_events(root)
    for events in done:
        event = lexicon.by_event.get(events.name)
        if event is None:
            continue
        own = [
            node
            for each in done
            if each.name == events.name
            for filter_ in each.filters
            if isinstance(filter_, Where)
            for node in _comparisons(filter_.condition)
        ]
        for entry in event.properties.values():
            held = tuple(
                node
                for node in own
                if isinstance(node.left, Property) and node.left.name == entry.field.name
            )
            if id(entry) not in known:
                known.add(id(entry))
                lone = sum(each.name == events.name for each in done) == 1
                yield Mention(entry, (), held, events if lone and not held else None)


def _comparisons(root: Node) -> list[Comparison]:
    return [
        node
        for node in walk(root)
        if isinstance(node, Comparison)
        and isinstance(node.left, Trait | Property)
        and node.operator in _EQUAL
    ]


_EQUAL = ("equals", "one_of", "contains")


def _mention(words: Sentence, found: list[Link], target: Mention) -> Mention | None:
    """The target with its values, where every word that says something is one of them."""
    if not target.held and target.events is None:
        return None
    values: list[str] = []
    taken: set[int] = set()
    days = [
        Link(at, at + 1, values=tuple(of_day(word, target.entry)))
        for at, word in enumerate(words.words)
    ]
    for link in sorted((*found, *days), key=lambda each: -each.length):
        places = set(range(link.first, link.end))
        own = [e for e in link.values if e.entry is target.entry and e.score >= _SURE]
        if own and not places & taken:
            taken |= places
            values += [own[0].value] if own[0].value not in values else []
    kinds = frame_words()
    people = kinds["subjects.users"] | kinds["subjects.accounts"]
    if not values and (apart := _in_parts(words, target)) is not None:
        value, taken = apart
        values.append(value)
    valued = {
        each
        for link in found
        if link.length == 1 and any(value.score >= _SURE for value in link.values)
        for each in range(link.first, link.end)
    }
    small = kinds["empty"] | kinds["and"] | kinds["or"] | cue("soft") | kinds["relatives"]
    small |= people | _SMALL | _WHEN
    for place, word in enumerate(words.words):
        if word.low in people and place in valued - taken:
            return None  # "candidates who prefer it", where some are and others are not
        if place in taken or not word.is_word or word.low in small:
            continue
        if word.low != called(target.entry) and not means(word.stem, target.entry):
            return None
    return replace(target, values=tuple(values)) if values else None


def _in_parts(words: Sentence, target: Mention) -> tuple[str, set[int]] | None:
    """ "the card had expired", of the reason "expired_card": the one value whose words are all said."""
    small = frame_words()["empty"] | cue("soft") | _SMALL | _WHEN
    said = {
        word.stem: place
        for place, word in enumerate(words.words)
        if word.is_word and word.low not in small
    }
    known = getattr(getattr(target.entry.field, "stats", None), "values", ())
    fitting = [each for each in known if len(said) > 1 and set(stemmed(str(each))) == set(said)]
    return (str(fitting[0]), set(said.values())) if len(fitting) == 1 else None


_WHEN = frozenset(["when", "if", "had", "has", "have", "been", "where", "because", "since"])
_PARTS = frozenset(["part", "condition", "filter", "bit", "restriction"])
_SURE = 0.9
_SMALL = frozenset(["instead", "too", "also", "well", "only", "just", "ones", "those", "living"])


# Changes ----------------------------------------------------------------------------------------


def values_held(mentioned: Mention) -> tuple[str, ...]:
    """The values that the draft holds the field to now."""
    return tuple(
        str(value.value)
        for node in mentioned.held
        for value in node.values
        if isinstance(value, Literal)
    )


def with_values(root: Boolean, mentioned: Mention, values: tuple[str, ...]) -> Boolean:
    """The draft with the field held to these values in place of those it had."""
    for node in mentioned.held:
        root = swapped(root, node, _compared(node, values))
    return root


def with_filter(root: Boolean, mentioned: Mention) -> Boolean:
    """The draft with the one thing done held to these values as well."""
    events = mentioned.events
    assert events is not None
    left = Property(mentioned.entry.field.name)
    listed = getattr(mentioned.entry.field, "type", None) == "list"
    template = Comparison(left, "contains" if listed else "equals", ())
    fresh = _compared(template, mentioned.values)
    where: list[Boolean] = [fresh]
    rest = []
    for each in events.filters:
        if isinstance(each, Where):
            inner = each.condition.items if isinstance(each.condition, And) else (each.condition,)
            where[:0] = inner
        else:
            rest.append(each)
    changed = replace(events, filters=(Where(joined(And, tuple(where))), *rest))
    return _with_events(root, events, changed)


def without_values(root: Boolean, mentioned: Mention) -> Boolean | None:
    """The draft without these values; a condition that held only to them goes. None: nothing is left."""
    tree: Boolean | None = root
    for node in mentioned.held:
        kept = tuple(
            str(each.value)
            for each in node.values
            if isinstance(each, Literal) and str(each.value) not in mentioned.values
        )
        if tree is None:
            return None
        if kept:
            tree = swapped(tree, node, _compared(node, kept))
            continue
        gone = next(
            (
                each
                for each in conditions(tree)
                if each is node or (isinstance(each, Not) and each.item is node)
            ),
            None,
        )
        tree = without(tree, gone) if gone is not None else unfiltered(tree, node)
    return tree


def unfiltered(root: Boolean, node: Comparison) -> Boolean:
    """The draft with what happened no longer held to `node`."""
    for events in all_events(root):
        for place, each in enumerate(events.filters):
            if not isinstance(each, Where):
                continue
            parts = each.condition.items if isinstance(each.condition, And) else (each.condition,)
            kept = tuple(part for part in parts if part is not node)
            if len(kept) == len(parts):
                continue
            filters = list(events.filters)
            filters[place : place + 1] = [Where(joined(And, kept))] if kept else []
            return _with_events(root, events, replace(events, filters=tuple(filters)))
    return root


def _with_events(root: Boolean, old: Events, new: Events) -> Boolean:
    return swapped(root, old, new)  # type: ignore[arg-type]


def _compared(node: Comparison, values: tuple[str, ...]) -> Comparison:
    kept = tuple(Literal(value) for value in dict.fromkeys(values))
    if node.operator == "contains":
        return replace(node, values=kept)
    return replace(node, operator="equals" if len(kept) == 1 else "one_of", values=kept)
