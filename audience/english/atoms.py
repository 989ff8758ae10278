"""A piece as a row of atoms: literal phrases, links, words of the event, signs and other words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from audience.english.context import cue
from audience.english.events import is_past
from audience.english.lexicon import ValueLink
from audience.english.links import Link, chosen
from audience.english.literals.items import Comparator, Item
from audience.english.schema import Entry
from audience.english.sentence import frame_words
from audience.english.tokens import stem
from audience.english.wares import is_ware

if TYPE_CHECKING:
    from audience.english.piece import PieceReader

Kind = Literal["item", "link", "event", "sign", "word", "cue"]


@dataclass(frozen=True)
class Atom:
    """The words `[first, end)`; `before` is the preposition or small word that stands before them."""

    kind: Kind
    first: int
    end: int
    item: Item | None = None
    link: Link | None = None
    text: str = ""
    before: str = ""


_ARTICLES = frozenset(["a", "an", "the", "their", "any", "some", "one"])
_REACH = 8  # words behind a noun that may be of it
_CALLED = 0.9  # a field by its name, not by what it is described as
_ADDED = ("average", "highest", "lowest", "total")


def places_of(atom: Atom) -> set[int]:
    return set(range(atom.first, atom.end))


_CUES = (
    "average",
    "highest",
    "lowest",
    "total",
    "distinct",
    "count",
    "last",
    "first",
    "again",
    "only",
    "each",
    "missing",
    "off",
)


def atoms_of(reader: PieceReader, links: list[Link]) -> list[Atom]:
    """The atoms from left to right; empty words only show as `before` of the next one."""
    sentence, piece = reader.world.sentence, reader.piece
    by_first = {link.first: link for link in links}
    claimed = reader.match.claimed if reader.match is not None else frozenset[int]()
    found: list[Atom] = []
    place, before = piece.first, ""
    while place < piece.end:
        word = sentence.words[place]
        if place in by_first:
            link = by_first[place]
            text = sentence.said(link.first, link.end)
            found.append(Atom("link", place, link.end, link=link, text=text, before=before))
            place, before = link.end, ""
        elif place in sentence.items:
            end, item = sentence.items[place]
            if isinstance(item, Comparator) and item.operator in ("equals", "differs"):
                sign = "=" if item.operator == "equals" else "!="
                found.append(Atom("sign", place, end, text=sign, before=before))
                place, before = end, ""
                continue
            found.append(Atom("item", place, end, item=item, text=item.text, before=before))
            place, before = end, ""
        elif place in claimed:
            found.append(Atom("event", place, place + 1, text=word.low, before=before))
            place, before = place + 1, ""
        elif word.text in (":", "=", "==", "!=", ">", "<", ">=", "<="):
            found.append(Atom("sign", place, place + 1, text=word.text, before=before))
            place, before = place + 1, ""
        elif _is_cue(word.low) or place in reader.words:
            kind: Kind = "cue" if _is_cue(word.low) else "word"
            found.append(Atom(kind, place, place + 1, text=word.low, before=before))
            place, before = place + 1, ""
        else:
            if word.is_word:
                before = word.low
            place += 1
    return found


def _is_cue(low: str) -> bool:
    return any(low in cue(name) for name in _CUES)


def choose_links(reader: PieceReader) -> list[Link]:
    """The links that this piece can use, without overlap."""
    claimed = reader.match.claimed if reader.match is not None else frozenset[int]()
    event = reader.match.name if reader.match is not None else None
    around = reader.context.event.entry.field.name if reader.context.event is not None else None
    events = {event, around} - {None}
    usable = []
    for link in reader.found:
        if any(
            place in reader.world.covered and reader.world.covered[place] < link.first
            for place in range(link.first, link.end)
        ):
            continue
        if not _content(reader, link):
            continue
        names = tuple(
            each for each in link.names if _reachable(reader, each.event, each.entry, events)
        )
        values = tuple(
            each
            for each in link.values
            if _reachable(reader, each.event, each.entry, events)
            and not is_ware(reader.world.sentence.words, link.first, each)
        )
        if reader.match is not None and (
            _is_said_of_event(reader, link, event)
            or _is_how_added(reader, link)
            or _is_verb_of(reader, link)
        ):
            names = tuple(each for each in names if each.event is not None)
        if names or values or link.audience is not None or link.term is not None:
            usable.append(Link(link.first, link.end, names, values, link.audience, link.term))
    if event is None:
        return chosen(usable, claimed)
    ways = _directions(reader, event) or _ways(reader, reader.world.lexicon.by_event[event])
    return [*ways, *chosen(usable, {*claimed, *(link.first for link in ways)})]


def _directions(reader: PieceReader, event: str) -> list[Link]:
    """ "transferred out": a small word that is one of the event's own values."""
    entry = reader.world.lexicon.by_event[event]
    values = {
        value: each
        for each in entry.properties.values()
        for value in ("out", "off")
        if value in getattr(getattr(each.field, "stats", None), "values", ())
    }
    words = reader.world.sentence.words
    return [
        Link(place, place + 1, values=(ValueLink(values[low], low, 1.0, event),))
        for place in range(reader.piece.first, reader.piece.end)
        if (low := words[place].low) in values and place not in reader.world.covered
    ]


def _ways(reader: PieceReader, entry: Entry) -> list[Link]:
    """ "received transfers", "sent money": the verb is one of two values, the way in or the way out."""
    words = reader.world.sentence.words
    for each in entry.properties.values():
        known = getattr(getattr(each.field, "stats", None), "values", ())
        for there, back in _BOTH_WAYS:
            if {there, back} != {str(value).lower() for value in known}:
                continue
            for place in reader.words:
                way = _WAYS.get(words[place].stem)
                if way is None or words[place].stem in entry.words:
                    continue
                value = known[[str(v).lower() for v in known].index((there, back)[way])]
                return [
                    Link(place, place + 1, values=(ValueLink(each, value, 1.0, entry.field.name),))
                ]
    return []


_BOTH_WAYS = (
    ("in", "out"),
    ("incoming", "outgoing"),
    ("inbound", "outbound"),
    ("credit", "debit"),
    ("received", "sent"),
)
_WAYS = {stem(each): 0 for each in ("receive", "get")} | {stem("send"): 1}


def _is_said_of_event(reader: PieceReader, link: Link, event: str | None) -> bool:
    """ "used a credit card for travel": the value and the noun of one of the event's own fields."""
    if link.length < 2:
        return False
    words = reader.world.sentence.words
    rest = {word.stem for word in words[link.first + 1 : link.end] if word.is_word}
    return any(
        each.event == event and rest <= set(each.entry.words)
        for other in reader.found
        if other.first == link.first and other.end == link.first + 1
        for each in other.values
    )


def _is_how_added(reader: PieceReader, link: Link) -> bool:
    """ "orders averaging more than 80": how the event is added up, whatever trait has the word."""
    low = reader.world.sentence.words[link.first].low
    return link.length == 1 and any(low in cue(name) for name in _ADDED)


def _is_verb_of(reader: PieceReader, link: Link) -> bool:
    """ "placed two orders": the verb of the noun that was done, whatever is described with it."""
    assert reader.match is not None
    words = reader.world.sentence.words
    noun = min(reader.match.claimed, default=0)
    between = [
        place
        for place in range(link.end, noun)
        if place not in reader.world.covered and words[place].low not in _ARTICLES
    ]
    named = max((each.score for each in link.names), default=0.0)
    return (
        link.length == 1
        and link.first < noun
        and not between
        and named < _CALLED
        and is_past(words[link.first])
        and not is_past(words[noun])
        and _is_narrowed(reader, noun)
    )


def _is_narrowed(reader: PieceReader, noun: int) -> bool:
    """Whether more is said of what the noun means: then all of them that there are is not meant."""
    assert reader.match is not None
    end = noun + _REACH
    return any(noun < place < end for place in reader.world.sentence.items) or any(
        noun < link.first < end and each.event == reader.match.name
        for link in reader.world.found
        for each in link.all()
    )


def _content(reader: PieceReader, link: Link) -> bool:
    """A link must hold at least one word that needs accounting for, or a literal phrase whole."""
    inside = range(link.first, link.end)
    if any(place in reader.words for place in inside):
        return True
    if link.length == 1:
        word = reader.world.sentence.words[link.first]
        return (
            word.quoted
            and bool(link.values)
            and word.low not in frame_words()["empty"]
            and (link.first not in reader.world.covered or word.quoted)
        )
    return any(each.score >= 0.99 for each in link.all())


def _reachable(
    reader: PieceReader, event: str | None, entry: object, events: set[str | None]
) -> bool:
    if event is not None:
        return event in events
    owner = getattr(getattr(entry, "field", None), "owner", "user")
    return (owner == "account") == reader.context.accounts
