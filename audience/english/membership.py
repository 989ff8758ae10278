"""Who is a member: "in the loyalty programme", "who are no members", "rewards members", "non-members".

One field tells it, being set for members only: their level, their number, the day on which they joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from audience.english.data import load
from audience.english.schema import Entry, likeness, stemmed
from audience.english.stretches import Granted, Stretch
from audience.english.tokens import stem
from audience.query import Comparison, Trait


def member_field(traits: Sequence[Entry]) -> Entry | None:
    """The field that only members have; none where everybody has one, or where it is not to be told."""
    most = max((each.field.seen.count for each in traits), default=0)
    found = [each for each in traits if _is_of_members(each, most)]
    return min(found, key=_rank, default=None)


def _is_of_members(entry: Entry, most: int) -> bool:
    kind, stats = getattr(entry.field, "type", ""), getattr(entry.field, "stats", None)
    told = {*entry.words, *entry.about, *stemmed(entry.field.description)}
    if kind not in ("text", "date", "timestamp") or not told & _stems("telling"):
        return False
    if kind == "text" and entry.role != "tier" and not _stems("numbers") & set(entry.words):
        return False
    if kind != "text" and not _stems("joined") & told:
        return False
    values = {each.lower() for each in getattr(stats, "values", ())}
    if values & set(load("membership.yaml")["none"]):
        return False
    return entry.field.seen.count < _SHARE * most or bool(_UNSET.search(entry.field.description))


def _rank(entry: Entry) -> tuple[bool, bool]:
    return entry.role != "tier", getattr(entry.field, "type", "") != "text"


_SHARE = 0.98  # of the people: more than those have what everybody has
_UNSET = re.compile(r"\b(?:not set|empty|unset|none)\b[^.;]*\b(?:without|for|if|who|those)\b", re.I)


def memberships(
    line: str, places: Sequence[int], entry: Entry | None, called_so: bool
) -> Iterator[Stretch]:
    """The stretches of the line that say who is a member, or who is none.

    `called_so`: a value is called "member" too, so that it takes the name of a programme.
    """
    if entry is None or not _FIRST.search(line):
        return
    at = 0
    while at < len(line):
        match = next((m for form in _forms() if (m := form.match(line, at)) is not None), None)
        if match is not None and _is_of_noun(line, at):
            match = None
        scheme = match.groupdict().get("scheme") if match is not None else None
        if match is not None and (not called_so if scheme is None else _is_called(scheme, entry)):
            denied = sum(bool(match.groupdict().get(each)) for each in ("no", "no2")) % 2 == 1
            tree = Comparison(Trait(entry.field.name), "absent" if denied else "exists")
            yield places[at], max(places[at : match.end()]) + 1, Granted(tree)
            at = match.end()
        at = line.find(" ", at) + 1 or len(line)


def _is_of_noun(line: str, at: int) -> bool:
    """ "no level in the programme", "points in the club": a noun that stands right before."""
    before = line[:at].split()
    return bool(before) and stem(before[-1]) in _stems("held")


def _is_called(scheme: str, entry: Entry) -> bool:
    """Whether the programme is the one that the field is about: what is said of it must fit."""
    told = {*entry.words, *entry.about, *stemmed(entry.field.description)}
    said = [stem(each) for each in scheme.split()]
    return all(word in _stems("any") or any(likeness(word, each) for each in told) for word in said)


@cache
def _stems(name: str) -> frozenset[str]:
    return frozenset(map(stem, load("membership.yaml")[name]))


_FIRST = re.compile(r"\b(?:members?|program(?:me)?|club|scheme)\b")


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    data = load("membership.yaml")

    def whole(text: str) -> str:
        for name, part in data["parts"].items():
            text = text.replace(f"{{{name}}}", part)
        return text

    return tuple(re.compile(rf"(?:{whole(whole(each))})(?![\w'])") for each in data["said"])
