"""Turns of phrase that stand for one plain word: "not one of them", "we never asked about", "we know"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from audience.english.tokens import stem
from audience.english.whether import WHETHER, begins_whether

if TYPE_CHECKING:
    from audience.english.sentence import Word


def turned(words: list[Word], text: str) -> tuple[list[Word], str]:
    """The words with each turn as one word, and `text` without what it said, every offset kept."""
    found: list[Word] = []
    letters, place = list(text), 0
    while place < len(words):
        step, low = begins_whether(_lows(words, place, 12)), WHETHER
        if not step:
            step, low = _none(words, place)
        if not step:
            step, low = _known(words, place)
        if not step:
            step, low = _added_up(words, place)
        if not step:
            step, low = _nobody(words, place)
        if not step:
            step, low = _came_back(words, place)
        if not step:
            step, low = _left_blank(words, place)
        if not step:
            step, low = _looked_after(words, place)
        if not step:
            step, low = _alone(words, place)
        if not step:
            step, low = _in_time(words, place)
        if not step:
            step, low = _ahead(words, place)
        if not step:
            found.append(words[place])
            place += 1
            continue
        last = words[place + step - 1]
        base = stem(low) if low in (*_AHEAD, "alone") else low
        said = text[words[place].start : last.end] if low == "alone" else words[place].text
        found.append(replace(words[place], low=low, stem=base, end=last.end, text=said))
        letters[words[place].start : last.end] = " " * (last.end - words[place].start)
        place += step
    return found, "".join(letters)


def _lows(words: Sequence[Word], place: int, most: int) -> list[str]:
    """The words from `place` on, up to a sign or the end of the line."""
    found: list[str] = []
    for word in words[place : place + most]:
        if not word.is_word or word.line != words[place].line or word.quoted:
            break
        found.append(word.low)
    return found


def _none(words: Sequence[Word], place: int) -> tuple[int, str]:
    """ "not one of them", "not a single one": none."""
    said = _lows(words, place, 7)
    if said[:1] != ["not"]:
        return 0, ""
    at = 1 + (said[1:2] == ["even"])
    if said[at : at + 2] == ["a", "single"]:
        at += 2 + (said[at + 2 : at + 3] == ["one"])
    elif said[at : at + 1] == ["one"]:
        at += 1
    else:
        return 0, ""
    if said[at : at + 1] == ["of"] and said[at + 1 : at + 2] and said[at + 1] in _THEM:
        at += 2
    return at, "none"


def _known(words: Sequence[Word], place: int) -> tuple[int, str]:
    """ "we never asked them about", "we don't have": missing; "we know": they have it.

    "whose birthday we know": it is known.
    """
    said = _lows(words, place, 8)
    if said[:1] != ["we"]:
        return 0, ""
    at, denied = 1, False
    while at < len(said) and (said[at] in _AROUND or said[at].endswith("n't")):
        denied = denied or said[at] in _DENIED or said[at].endswith("n't")
        at += 1
    if at >= len(said) or said[at] not in _KNOWING or (said[at] in _ASKING and not denied):
        return 0, ""
    at += 1
    while at < len(said) and said[at] in _LEADING:
        at += 1
    following = said[at] if at < len(said) else ""
    if not denied:
        if following in _THEIR:
            return at, "with"
        whose = "whose" in [each.low for each in words[max(0, place - _NOUN) : place]]
        return (at, "known") if whose and following in _ENDS else (0, "")
    ends = at == len(said) and place > 0  # "whose birthday we never got"
    plain = following in _THEIR or said[at - 1] in _LEADING or not following.endswith(("ed", "ing"))
    return (at, "missing") if ends or (following and plain) else (0, "")


def _added_up(words: Sequence[Word], place: int) -> tuple[int, str]:
    """ "orders that add up to 500": orders totalling 500."""
    said = _lows(words, place, 5)
    at = int(said[:1] in (["that"], ["which"]))
    at += said[at : at + 1] in (["together"], ["all"])
    adds = said[at : at + 1] and said[at] in _ADD
    return (at + 3, "totalling") if adds and said[at + 1 : at + 3] == ["up", "to"] else (0, "")


def _nobody(words: Sequence[Word], place: int) -> tuple[int, str]:
    """ "invited nobody", "wrote to no one": nothing of that was done; not "nobody decided"."""
    from audience.english.events import is_past

    said = _lows(words, place, 2)
    step = 1 if said[:1] == ["nobody"] else 2 if said == ["no", "one"] else 0
    verb = place - 1
    if step and verb > 0 and words[verb].low in ("to", "with"):
        verb -= 1
    return (step, "nothing") if step and verb >= 0 and is_past(words[verb]) else (0, "")


def _came_back(words: Sequence[Word], place: int) -> tuple[int, str]:
    """ "came back for a second order": they did, and sent nothing back."""
    said = _lows(words, place, 3)
    back = said[:1] and said[0] in _COME and said[1:] in (["back", "for"], ["back", "and"])
    return (2, "came") if back else (0, "")


def _left_blank(words: Sequence[Word], place: int) -> tuple[int, str]:
    """ "whose gender is left blank": missing; not "left blank reviews"."""
    said = _lows(words, place, 3)
    blank = place > 0 and said[:1] == ["left"] and said[1:2] and said[1] in _BLANK
    return (2, "missing") if blank and "".join(said[2:]) in _ENDS else (0, "")


def _looked_after(words: Sequence[Word], place: int) -> tuple[int, str]:
    """ "looked after by Kim", "that Kim looks after", "taken care of by Kim": handled; no "after" of a time."""
    said = _lows(words, place, 4)
    if said[:3] == ["looked", "after", "by"]:
        return 2, "handled"
    name = place > 0 and words[place - 1].text[:1].isupper()
    if name and said[:2] in (["looks", "after"], ["look", "after"], ["looked", "after"]):
        return (2, "handled") if "".join(said[2:3]) in _AFTER_ALL else (0, "")
    return (3, "handled") if said == ["taken", "care", "of", "by"] else (0, "")


def _in_time(words: Sequence[Word], place: int) -> tuple[int, str]:
    """ "most recently flew to Rome": they flew there last; "only ever booked once": only once."""
    from audience.english.events import is_past

    said = _lows(words, place, 3)
    if said[:2] in (["only", "ever"], ["ever", "only"]):
        return 2, "only"
    recent = said[:2] == ["most", "recently"] and said[2:]
    return (2, "last") if recent and is_past(words[place + 2]) else (0, "")


def _alone(words: Sequence[Word], place: int) -> tuple[int, str]:
    """ "travel by themselves", "on their own": alone; not "on their own site"."""
    said = _lows(words, place, 4)
    if said[:2] == ["on", "their"] and said[2:3] == ["own"]:
        return (3, "alone") if "".join(said[3:4]) in _AFTER_ALL else (0, "")
    return (2, "alone") if said[:2] in (["by", "themselves"], ["by", "oneself"]) else (0, "")


def _ahead(words: Sequence[Word], place: int) -> tuple[int, str]:
    """ "those up for renewal": renewing; "whose lease is up in May": ends; "no trip coming up": upcoming."""
    said = _lows(words, place, 4)
    led = place > 0 and words[place - 1].low in ("due", "up", "coming", "comes", "is", "are")
    people = place > 0 and words[place - 1].low in _PEOPLE
    if said[:3] in (["up", "for", "renewal"], ["due", "for", "renewal"]) and people:
        return 3, "renewing"
    if said[:2] in (["coming", "up"], ["lined", "up"]) and not led and "".join(said[2:3]) in _OVER:
        return 2, "upcoming"
    amount = place + 2 < len(words) and words[place + 2].text not in _STOPS and not said[2:]
    if said[:2] in (["is", "over"], ["are", "over"]) and "".join(said[2:3]) in _OVER and not amount:
        return 2, "ended"
    if said[:1] in (["is"], ["are"], ["will"]) and place > 0:
        at = 1 + (said[:2] == ["will", "be"])
        up = said[at : at + 1] == ["up"] and "".join(said[at + 1 : at + 2]) in _WHEN
        return (at + 1, "ends") if (up and said[0] != "will") or (up and at > 1) else (0, "")
    return 0, ""


_STOPS = frozenset(".,;!?)")
_PEOPLE = frozenset(["people", "customers", "everyone", "everybody", "those", "users", "members", "clients", "subscribers", "are", "anyone", "accounts", "companies"])  # fmt: skip
_OVER = frozenset(["", "and", "or", "but", "who"])
_AHEAD = ("ended", "upcoming", "ends", "renewing")
_WHEN = frozenset(["", "in", "within", "by", "on", "before", "after", "this", "next", "soon", "at"])
_AFTER_ALL = frozenset(["", "and", "or", "but", "who", "with", "in", "from", "on", "that", "whose", "for"])  # fmt: skip
_BLANK = frozenset(["blank", "empty", "unset", "unfilled"])
_NOUN = 6  # words from "whose" on in which its noun is over
_ENDS = frozenset(["", "and", "or", "but", "who", "in", "by"])  # what a clause may end before
_COME = frozenset(["come", "comes", "came", "coming"])
_ADD = frozenset(["add", "adds", "added", "adding", "sum", "sums", "summing"])
_THEM = frozenset(["them", "those", "these"])
_AROUND = frozenset(["have", "has", "had", "do", "did", "never", "not", "yet", "ever", "still"])
_DENIED = frozenset(["never", "not"])
_ASKING = frozenset(["asked", "ask", "got", "recorded", "collected", "captured", "learned"])
_KNOWING = _ASKING | {"know", "knew", "have", "hold", "had"}
_LEADING = frozenset(["them", "about", "for", "of"])
_THEIR = frozenset(["the", "their", "a", "an", "his", "her"])
