"""A part of a prompt read in the light of the draft, and the conditions that words speak of."""

from __future__ import annotations

import re
from dataclasses import replace

from audience.catalog import Catalog
from audience.english.accounts import read_accounts
from audience.english.events import is_action
from audience.english.frames import EventFrame
from audience.english.lexicon import lexicon_of
from audience.english.read import Read, read_text
from audience.english.reading import Draft, Request
from audience.english.schema import likeness, stemmed
from audience.english.sentence import frame_words
from audience.english.tokens import tokens
from audience.english.tree_edits import all_events, field_of
from audience.query import Boolean, Comparison, Literal, conditions, walk

Span = tuple[int, int]
_IT = re.compile(r"\b(it|them)\b", re.I)
_ONE_OF_THEM = re.compile(r"\b(an?)(?= (?:hour|day|week|fortnight|month|quarter|year)s?\b)", re.I)


def fragment(
    request: Request, draft: Draft, start: int, end: int, *, seeded: bool = True
) -> tuple[Read, EventFrame | None]:
    """The words `[start, end)` in the light of the draft: the frame takes what modifies its event."""
    own = replace(request, prompt=blanked(request.prompt, start, end))
    seed, names = None, list[str]()
    done = [each.name for each in all_events(draft.root)]
    if seeded:
        lexicon = lexicon_of(request.catalog, request.roles)
        names = list(done)
        if names:
            seed = EventFrame(lexicon.by_event[names[-1]], set())
    if draft.type == "accounts" and _speaks_of_users(own.prompt):
        of_users = read_accounts(own, frozenset(names), of_accounts=True)
        if of_users.tree is not None and not of_users.unmatched:
            return of_users, None
        plain = read_text(own, accounts=True, event=seed, prefer=frozenset(names))
        whole = plain.tree is not None and not plain.unmatched
        return (plain, seed) if whole else (of_users, None)
    if _IT.search(own.prompt):
        names += _of_its_kind(request, done)
    accounts = draft.type == "accounts"
    return read_text(own, accounts=accounts, event=seed, prefer=frozenset(names)), seed


def _of_its_kind(request: Request, names: list[str]) -> list[str]:
    """What else is done to the thing of an event: a push that was sent is opened."""
    lexicon = lexicon_of(request.catalog, request.roles)
    things = {
        word
        for name in names
        for word in lexicon.by_event[name].words
        if not is_action(word) or word not in lexicon.by_event[name].words[-1:]
    }
    return [each.field.name for each in lexicon.events if things & set(each.words)]


def blanked(text: str, start: int, end: int) -> str:
    """Only `[start, end)` of the text, at its place; "60 days only" without its "only"."""
    blank = " " * start + text[start:end] + " " * (len(text) - end)
    only = blank.rstrip()
    return only[:-5] + " " * (len(text) - len(only) + 5) if only.endswith(" only") else blank


def counted_out(text: str, start: int) -> str:
    """ "make it a month": one of a length of time is a number of them."""
    return text[:start] + _ONE_OF_THEM.sub(
        lambda match: "1".ljust(len(match.group())), text[start:]
    )


def _speaks_of_users(text: str) -> bool:
    kinds = frame_words()
    return any(
        word.low in kinds["subjects.users"] | _SOMEBODY
        for word in tokens(text)
        if word.low not in ("those", "audience")
    )


_SOMEBODY = frozenset(["admin", "admins", "owner", "owners", "nobody", "somebody", "someone"])


def matching(request: Request, draft: Draft, text: str) -> list[Boolean]:
    """The conditions of the draft that the words speak of: by field, value, or what was said."""
    root = draft.root
    assert root is not None
    wanted = [word for word in stemmed(text) if word not in _ABOUT]
    if not wanted:
        return []
    read, _ = fragment(replace(request, prompt=text), draft, 0, len(text), seeded=False)
    fields = (
        {field_of(each) for each in conditions(read.tree)} - {None}
        if read.tree is not None
        else set()
    )
    scored = []
    for each in conditions(root):
        said = words_of(each, request.catalog)
        hits = sum(max((likeness(word, other) for other in said), default=0.0) for word in wanted)
        if field_of(each) in fields:
            hits += 1.0
        scored.append((hits / (len(wanted) or 1), each))
    best = max((score for score, _ in scored), default=0.0)
    if best < 0.5:
        return []
    return [each for score, each in scored if score > best - 0.05]


_ABOUT = frozenset(
    ["the", "part", "condit", "filter", "bit", "about", "exclus", "of", "on", "who", "that"]
)


def words_of(node: Boolean, catalog: Catalog) -> set[str]:
    """The stems of the names, descriptions and values of a condition."""
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


def retargeted(request: Request, root: Boolean, given: Boolean) -> Boolean:
    """A value read as a trait's, as that of the property which the draft compares and which has it."""
    from audience.query import Property, Trait

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
