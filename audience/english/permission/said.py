"""How it is said: "whom we may ring", "fine with an email but not with texts", "yes to push"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from audience.english.permission.held import EVERY, Permission, State, words
from audience.english.schema import Entry
from audience.english.stretches import Granted, Stretch
from audience.query import And, Boolean, Or, joined


@dataclass(frozen=True)
class _Way:
    """One way with how it stands, `[start, end)` of the line."""

    way: str
    state: State
    start: int
    end: int
    either: bool = False  # an "or" stands before it
    dated: bool = False  # a time stands right behind it


def permitted(
    line: str, places: Sequence[int], held: Sequence[Permission], done: Collection[str]
) -> Iterator[Stretch]:
    """The stretches of the line that say so, with what they come to.

    `done` are the words of what is known to have happened: where to opt out is one of them, what was
    said with a time is left to it.
    """
    if not held or not _any_way().search(line):
        return
    told = bool(set(done) & set(words()["done"]))
    for first, end, granted in _granted(line, places, held):
        if not (granted.dated and told):
            yield first, end, granted


def _granted(line: str, places: Sequence[int], held: Sequence[Permission]) -> Iterator[Stretch]:
    """The stretches from left to right, as places of words."""
    at = 0
    near = [match.start() for match in _any_way().finditer(line)]
    while at < len(line) and near:
        ways = _ways_at(line, at) if any(0 <= each - at <= _FAR for each in near) else []
        if not ways:
            at = line.find(" ", at) + 1 or len(line)
            continue
        tied = _tied(ways[0], held) if len(ways) == 1 else ()
        if tied:
            last = max(places[at : ways[0].end])
            yield places[at], last + 1, Granted(tied[0][1], dated=ways[0].dated, tied=tied)
            at = ways[0].end
            continue
        trees = [_held(each, held) for each in ways]
        if any(each is None for each in trees):
            at = ways[-1].end
            continue
        told = [each for each in trees if each is not None]
        granted = _together(ways, told)
        if granted is not None:
            last = max(place for place in places[at : ways[-1].end])
            yield places[at], last + 1, granted
        at = ways[-1].end


_FAR = 100  # letters from the beginning of what is said to the way


def _together(ways: Sequence[_Way], told: Sequence[tuple[Boolean, str]]) -> Granted | None:
    """All of them held together; nothing where "and" and "or" are mixed."""
    later = {each.either for each in ways[1:]}
    if len(later) > 1:
        return None
    denied = ways[0].state in ("not", "neither", "unknown", "unasked")
    kind = Or if later == {True} and not denied else And
    note = "; ".join(dict.fromkeys(each for _, each in told if each))
    tree = joined(kind, tuple(tree for tree, _ in told))
    return Granted(tree, note, any(each.dated for each in ways))


def _ways_at(line: str, at: int) -> list[_Way]:
    """What begins right there: the first way with all that are joined to it."""
    for state, form in _forms():
        match = form.match(line, at)
        if match is None or _is_part(line, match.end()):
            continue
        way = _way_of(match)
        told = _turned(
            state, sum(bool(match.groupdict().get(each)) for each in ("no", "no2", "no3"))
        )
        end = _after().match(line, match.end()).end()  # type: ignore[union-attr]
        ways = [_Way(way, told, at, end)]
        ways += _more(line, ways[0], answered=_begins(match) == at)
        dated = _is_dated(line, ways[-1].end, state)
        return [*ways[:-1], replace(ways[-1], dated=dated)]
    return []


def _more(line: str, before: _Way, *, answered: bool) -> Iterator[_Way]:
    """ "…, but not with texts", "… or by post": the ways that are joined to the one before.

    `answered`: "email yes, text no", where each has an answer of its own.
    """
    base = before.state
    while (match := _joined().match(line, before.end)) is not None:
        join, denied = match["join"] or "", bool(match["no"]) or match["join"] == "nor"
        if not (join or match["comma"]) or _is_part(line, match.end()):
            return
        if not _ends(line, match.end()) or _says_itself(line, match):
            return
        turned = denied and match["join"] != "nor"
        state = _turned(base, 1) if turned else base
        if match["may"] or match["no"] in (
            "cannot",
            "can't",
        ):  # "cannot be mailed but can be called"
            state = "not" if match["no"] else "may"
        answer = _ANSWER.match(line, match.end())
        if answered and answer is None:
            return
        end = match.end()
        if answer is not None:  # "email yes, text no"
            state, end = _ANSWERED[answer[1]], answer.end()
        end = _after().match(line, end).end()  # type: ignore[union-attr]
        listed = not join and not denied and answer is None
        if listed and not _goes_on(line, end):
            return  # ", text …": something new begins
        before = _Way(_way_of(match), state, before.end, end, match["join"] in ("or", "nor"))
        if match["join"] in ("or", "nor") and base in ("not", "neither"):
            before = replace(before, either=False)
        yield before
        base = state


_ANSWER = re.compile(r" (yes|no|not|on|off|ok|okay)(?= ?(?:$|[,.;:)\n]| and | but ))")


_ANSWERED: dict[str, State] = {
    "yes": "yes", "on": "yes", "ok": "yes", "okay": "yes", "no": "no", "off": "no", "not": "not"
}  # fmt: skip


def _goes_on(line: str, at: int) -> bool:
    """ "email, text and post": whether a list goes on with its "and"."""
    match = _joined().match(line, at)
    return match is not None and bool(match["join"])


def _ends(line: str, at: int) -> bool:
    """Whether no noun of its own follows: "and text messages sent"."""
    end = _after().match(line, at).end()  # type: ignore[union-attr]
    rest = line[end:].split(" ", 2)
    following = rest[1] if rest and not rest[0] and len(rest) > 1 else rest[0]
    return not following or not following[:1].isalpha() or following in _borders()


@cache
def _borders() -> frozenset[str]:
    return frozenset(words()["borders"])


def _says_itself(line: str, joined_: re.Match[str]) -> bool:
    """ "…, but letters declined", "… and get the newsletter": what is joined has its own answer."""
    end = joined_.end()
    return any(
        match.end() >= end + (start == joined_.end("fill")) and _ANSWER.match(line, end) is None
        for start in {joined_.start("fill"), joined_.end("fill")}
        for _, form in _forms()
        if (match := form.match(line, start)) is not None
    )


def _is_part(line: str, at: int) -> bool:
    return _part().match(line, at) is not None


def _is_dated(line: str, at: int, state: str) -> bool:
    """ "opted out of email this year": that was done at a time, and is no state."""
    return state in ("yes", "no") and _dated().match(line, at) is not None


def _turned(state: State, times: int) -> State:
    if times % 2 == 0:
        return state
    return _CONTRARY.get(state, state)


_CONTRARY: dict[State, State] = {
    "yes": "not",
    "may": "not",
    "not": "yes",
    "no": "against",
    "against": "no",
}


def _held(said: _Way, held: Sequence[Permission]) -> tuple[Boolean, str] | None:
    """The condition of the one field that holds it, with what is to be said of it."""
    for ways in _nearest(said.way):
        fitting = [each for each in held if each.way in ways]
        if said.way == EVERY and not fitting:
            fitting = _of_marketing(held)
        fitting = [each for each in fitting if each.named] or fitting
        plain = [
            each for each in fitting if "absent" not in (_operator(each.no), _operator(each.yes))
        ]
        fitting = plain or fitting
        if len({each.entry.field.name for each in fitting}) > 1:
            return None
        if fitting:
            tree = fitting[0].condition(said.state)
            name = fitting[0].entry.field.name
            note = (
                f"{name} is taken to hold for {said.way} too."
                if EVERY in ways and said.way != EVERY
                else ""
            )
            return None if tree is None else (tree, note)
    return None


def _tied(said: _Way, held: Sequence[Permission]) -> tuple[tuple[Entry, Boolean], ...]:
    """ "opted out of marketing" where each way has a field of its own."""
    if (
        said.way != EVERY
        or any(each.way == EVERY for each in held)
        or len(_of_marketing(held)) == 1
    ):
        return ()
    found = {
        each.entry.field.name: (each.entry, tree)
        for each in held
        if (tree := each.condition(said.state)) is not None
    }
    return tuple(found.values()) if len(found) > 1 else ()


def _of_marketing(held: Sequence[Permission]) -> list[Permission]:
    """Those whose name says that they are about marketing, whatever the way."""
    stems = set(words()["every"])
    named = {each.entry.field.name: each for each in held if stems & set(each.entry.words)}
    return list(named.values())


def _operator(tree: Boolean) -> str:
    return getattr(tree, "operator", "")


def _nearest(way: str) -> tuple[tuple[str, ...], ...]:
    """The ways by which a field may hold it, the nearest first."""
    return {
        "newsletter": (("newsletter",), ("email",), (EVERY,)),
        "email": (("email",), ("mail",), ("newsletter",), (EVERY,)),
        "mail": (("mail",), ("post",), ("email",)),
        "post": (("post",), ("mail",)),
    }.get(way, ((way,),))


def _begins(match: re.Match[str]) -> int:
    """Where the way stands."""
    return next(
        match.start(name)
        for name, value in match.groupdict().items()
        if value and name[:4] == "way_"
    )


def _way_of(match: re.Match[str]) -> str:
    said = next(
        (value, name) for name, value in match.groupdict().items() if value and name[:4] == "way_"
    )
    return said[1].split("_")[1]


# The forms -------------------------------------------------------------------------------------


@cache
def _any_way() -> re.Pattern[str]:
    return re.compile("|".join(row["said"] for row in words()["ways"].values()))


@cache
def _forms() -> tuple[tuple[State, re.Pattern[str]], ...]:
    return tuple((state, _form(f"(?:{text})(?![\\w'])")) for state, text in words()["heads"])


@cache
def _joined() -> re.Pattern[str]:
    return _form(words()["joins"] + "{way}")


@cache
def _after() -> re.Pattern[str]:
    return re.compile(words()["after"])


@cache
def _part() -> re.Pattern[str]:
    return re.compile(words()["part"])


@cache
def _dated() -> re.Pattern[str]:
    return re.compile(words()["dated"])


def _form(text: str) -> re.Pattern[str]:
    """The expression with every {NAME} as what it stands for, and a group of its own for each way."""
    parts = words()["parts"]
    while True:
        whole = re.sub(r"\{([a-z]+)\}", lambda match: parts.get(match[1], match[0]), text)
        if whole == text:
            break
        text = whole
    pieces = text.split("{way}")
    ways = words()["ways"]
    for number in range(len(pieces) - 1):
        said = "|".join(f"(?P<way_{way}_{number}>{row['said']})" for way, row in ways.items())
        pieces[number] += f"(?:{said})(?![\\w'])"
    return re.compile("".join(pieces))
