"""Whether people may be written to or called: "may be emailed", "agreed to texts", "declined email"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audience.english.context import cue, type_of
from audience.english.schema import Entry, likeness, stemmed
from audience.english.sentence import Word, frame_words
from audience.english.tokens import stem
from audience.query import Boolean, Comparison, Literal, Not, Trait


@dataclass(frozen=True)
class Consent:
    """A consent that a piece speaks of, as a condition, with the places of its words."""

    entry: Entry
    tree: Boolean
    places: frozenset[int]


@dataclass(frozen=True)
class _Said:
    """What the words come to: the way they are reached, a yes or a no, and whether only by leave."""

    channel: int
    places: frozenset[int]
    granted: bool
    by_leave: bool = False  # "may be called": nobody who did not object


def consent_of(
    words: Sequence[Word], first: int, end: int, traits: Sequence[Entry]
) -> Consent | None:
    """The consent that the words `[first, end)` speak of, where one field holds it."""
    for place in range(first, end):
        said = _by_leave(words, place, end) or _by_word(words, place, end)
        if said is None:
            continue
        way = words[said.channel].stem
        way = _NOUNS.get(way, way)
        held = [each for each in traits if _holds(each, way)]
        exact = [each for each in held if way in each.words]
        entries = exact or held
        tree = _condition(entries[0], said) if len(entries) == 1 else None
        if tree is not None:
            return Consent(entries[0], tree, said.places)
    return None


def another_way(
    words: Sequence[Word], first: int, end: int, traits: Sequence[Entry], before: Comparison
) -> Consent | None:
    """ "agreed to sms but not email": the same leave for another way, after the one in `before`."""
    small = frame_words()["empty"] | frame_words()["negations"] | _AFTER
    said = [place for place in range(first, end) if words[place].low not in small]
    if len(said) != 1 or words[said[0]].stem not in WAYS:
        return None
    way = _NOUNS.get(words[said[0]].stem, words[said[0]].stem)
    granted = {
        each.field.name
        for each in traits
        if any(_holds(each, other) for other in WAYS)
        and _condition(each, _Said(first, frozenset(), granted=True)) == before
    }
    held = [each for each in traits if _holds(each, way)]
    exact = [each for each in held if way in each.words]
    entries = exact or held
    if not granted or len(entries) != 1 or entries[0].field.name in granted:
        return None
    answer = words[end - 1].low if end - 1 > said[0] else ""  # "text messages no"
    tree = _condition(entries[0], _Said(said[0], frozenset(), granted=answer != "no"))
    negations = frame_words()["negations"]
    places = [
        place
        for place in range(said[0], end)
        if words[place].is_word
        and (words[place].low not in negations or (answer == "no" and place == end - 1))
    ]
    return None if tree is None else Consent(entries[0], tree, frozenset(places))


def _by_leave(words: Sequence[Word], place: int, end: int) -> _Said | None:
    """ "may be emailed", "can't be written to by post", "we may email"."""
    low = words[place].low
    if low not in _MAY and low not in _MAY_NOT:
        return None
    granted = low in _MAY
    at = place + 1
    while at < end and words[at].low in ("not", "we", "also", "still", "never"):
        granted = granted and words[at].low not in ("not", "never")
        at += 1
    passive = at < end and words[at].low == "be"
    ours = (place > 0 and words[place - 1].low == "we") or (
        at > place + 1 and words[at - 1].low == "we"
    )
    at += passive
    if not (passive or ours) or at >= end:
        return None
    reached = words[at].stem in _REACHED
    if not reached and words[at].stem not in WAYS:
        return None
    channel = at
    if reached:
        ways = [each for each in range(at + 1, min(end, at + 4)) if words[each].stem in WAYS]
        if not ways:
            return None
        channel = ways[0]
    last = channel + 1
    while last < end and words[last].low in ("to", "them", "by", *_BY_POST):
        last += 1
    start = place - 1 if place and words[place - 1].low == "we" else place
    return _Said(channel, frozenset(range(start, last)), granted, by_leave=True)


def _by_word(words: Sequence[Word], place: int, end: int) -> _Said | None:
    """ "agreed to receive our emails", "declined email", "are happy to get texts", "on our email list"."""
    low, word = words[place].low, words[place].stem
    listed = low in ("on", "off")
    if word in _WANTED and not _is_theirs(words, place):
        return None
    known = _AGREED | _REFUSED | _WANTED
    if not listed and word not in known and low not in _HAPPY:
        return None
    at = place + 1
    small = frame_words()["empty"] | cue("receiving")
    while at < end and words[at].stem not in WAYS and words[at].low in small:
        at += 1
    if at >= end or words[at].stem not in WAYS or (low in _HAPPY and at == place + 1):
        return None
    last = at + 1
    while last < end and words[last].low in _AFTER | cue("receiving"):
        last += 1
    if listed and not any(words[each].low in ("list", "lists") for each in range(at, last)):
        return None
    granted = word not in _REFUSED and low != "off"
    return _Said(at, frozenset(range(place, last)), granted)


def _is_theirs(words: Sequence[Word], place: int) -> bool:
    """ "do not want post", "who want texts": their wish, and not ours."""
    before = words[place - 1].low if place else ""
    kinds = frame_words()
    return before in kinds["negations"] | kinds["relatives"] or before.endswith("n't")


def _holds(entry: Entry, way: str) -> bool:
    """Whether the field tells if people may be reached so."""
    told = {*entry.words, *entry.about}
    if type_of(entry) == "boolean":
        leave = entry.refuses or bool(told & (cue("consent") | _LEAVE))
    else:
        leave = type_of(entry) == "text" and _answer(entry, True) is not None
    return leave and any(likeness(way, each) for each in told)


def _condition(entry: Entry, said: _Said) -> Boolean | None:
    left = Trait(entry.field.name)
    if type_of(entry) != "boolean":
        value = _answer(entry, said.granted)
        return None if value is None else Comparison(left, "equals", (Literal(value),))
    yes = Comparison(left, "equals", (Literal("true"),))
    no = Comparison(left, "equals", (Literal("false"),))
    if entry.refuses:
        return Not(yes) if said.granted else yes
    if said.granted:
        return yes
    return Not(yes) if said.by_leave else no


def _answer(entry: Entry, granted: bool) -> str | None:
    """The one value that is a yes (or a no) to being written to."""
    values = getattr(getattr(entry.field, "stats", None), "values", ())
    known = _YES if granted else _NO
    found = [each for each in values if " ".join(stemmed(each)) in known]
    return found[0] if len(found) == 1 else None


def _stems(*words: str) -> frozenset[str]:
    return frozenset(stem(each) for each in words)


_MAY = frozenset(["may", "can", "could"])
_MAY_NOT = frozenset(["can't", "cannot", "cant", "mustn't", "shouldn't"])
WAYS = _stems(
    "email", "mail", "sms", "text", "phone", "call", "post", "push", "newsletter", "letter"
)
_NOUNS = {stem("text"): "sms", stem("letter"): stem("post"), stem("call"): stem("phone")}
_REACHED = _stems("contact", "reach", "write", "written", "send")
_BY_POST = ("up",)
_AGREED = _stems("agree", "accept", "allow", "permit", "consent", "subscribe")
_WANTED = _stems("want")
_REFUSED = _stems("decline", "refuse", "object", "unsubscribe")
_HAPPY = frozenset(["happy", "fine", "ok", "okay", "glad", "willing"])
_AFTER = frozenset(["call", "calls", "list", "lists", "marketing", "from", "us", "our", "too"])
_LEAVE = _stems("subscribe", "want", "may", "contact", "newsletter")
_YES = frozenset(["subscrib", "optin", "ye", "grant", "allow", "accept", "agre"])
_NO = frozenset(["unsubscrib", "optout", "no", "declin", "refus", "deni", "revok"])
