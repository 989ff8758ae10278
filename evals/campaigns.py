"""Scripted campaigns of several turns: what a dialogue ends in, and whether its rules held on the way.

A script (`datasets/campaigns.yaml`) says, clicks and decides as a person does, through the same
session as the web app, in a state folder of its own. What is looked at is the campaign and what was
stored, never the words of an answer, so that any model can be scored.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import yaml

from agent.events import Event
from agent.session import Session, open_session
from agent.state import Campaign
from audience.problems import MusterError
from evals.dataset import DATASETS
from evals.figures import Share
from evals.members import MemberCounter
from evals.worlds import accept_terms, eval_settings, open_world, prepare
from workspace.opening import Progress, silent
from workspace.settings import BUILTIN, Settings

SCRIPTS = DATASETS / "campaigns.yaml"
_DOES = ("say", "click", "decide")
_EXPECTS = frozenset(
    {"campaign", "members", "review", "kept", "question", "notice", "card", "saved", "audiences"}
)


class BrokenScript(MusterError):
    """A script that cannot be followed; the message names it."""

    code = "broken_dataset"


@dataclass(frozen=True)
class Turn:
    """What the person does, and what must be so afterwards. `rule`: it is a rule of the campaign."""

    does: str
    what: Any
    given: Mapping[str, Any]
    then: Mapping[str, Any]
    rule: bool


@dataclass(frozen=True)
class Script:
    id: str
    workspace: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Check:
    """One thing that must be so after a turn (1 is the first)."""

    turn: int
    what: str
    held: bool
    rule: bool
    got: str = ""


@dataclass(frozen=True)
class Played:
    """A script that was played to its end, or until it could not go on."""

    script: Script
    checks: tuple[Check, ...]
    seconds: float
    stopped: str = ""

    @property
    def right(self) -> bool:
        return not self.stopped and all(each.held for each in self.checks)


@dataclass(frozen=True)
class Campaigns:
    """The figures of some scripts."""

    model: str
    played: tuple[Played, ...] = field(default=())

    @property
    def right(self) -> Share:
        return Share(sum(each.right for each in self.played), len(self.played))

    @property
    def rules(self) -> Share:
        return self._share(lambda check: check.rule)

    @property
    def stored(self) -> Share:
        return self._share(lambda check: check.what in ("saved", "audiences"))

    def _share(self, which: Any) -> Share:
        found = [check.held for each in self.played for check in each.checks if which(check)]
        return Share(sum(found), len(found))

    def to_json(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "campaigns": len(self.played),
            "right": self.right.to_json(),
            "rules_kept": self.rules.to_json(),
            "stored_right": self.stored.to_json(),
            "seconds": sum(each.seconds for each in self.played),
            "failures": [
                {"id": each.script.id, "stopped": each.stopped or None, "checks": _failed(each)}
                for each in self.played
                if not each.right
            ],
        }


def lines(found: Campaigns) -> Iterator[str]:
    """The figures for a terminal, and where each failed script failed."""
    yield f"{len(found.played)} scripted campaigns with {found.model}"
    yield f"  right to the end    {found.right}"
    yield f"  rules kept          {found.rules}"
    yield f"  stored as asked     {found.stored}"
    for each in found.played:
        for check in _failed(each):
            yield f"  {each.script.id}, turn {check['turn']}: {check['what']}: {check['got']}"
        if each.stopped:
            yield f"  {each.script.id} stopped: {each.stopped}"


def measure(
    workspaces: Sequence[str] = (),
    model: str | None = None,
    *,
    only: Sequence[str] = (),
    progress: Progress = silent,
) -> Campaigns:
    """Plays the scripts of these workspaces (all without). Raises `MusterError`."""
    scripts = [
        each
        for each in load_scripts()
        if (not workspaces or each.workspace in workspaces) and (not only or each.id in only)
    ]
    if not scripts:
        raise MusterError("No scripted campaign is about this workspace.")
    settings = eval_settings(model)
    prepare(sorted({each.workspace for each in scripts}), settings, progress)
    played = []
    for number, script in enumerate(scripts):
        progress("Playing campaigns", number / len(scripts))
        played.append(asyncio.run(_played(script, settings)))
    return Campaigns(settings.model, tuple(played))


def load_scripts(path: Path = SCRIPTS) -> tuple[Script, ...]:
    """Raises `BrokenScript`."""
    return tuple(_script(each) for each in yaml.safe_load(path.read_text("utf-8")))


def _script(row: Mapping[str, Any]) -> Script:
    turns = []
    for number, each in enumerate(row["turns"], 1):
        does = [key for key in _DOES if key in each]
        then = each.get("then", {})
        unknown = set(each) - {*_DOES, "with", "then", "rule"} | set(then) - _EXPECTS
        if len(does) != 1 or unknown:
            raise BrokenScript(f"{row['id']}, turn {number}: one of {_DOES}, and not {unknown}.")
        turns.append(
            Turn(does[0], each[does[0]], each.get("with", {}), then, each.get("rule", False))
        )
    return Script(row["id"], row["workspace"], tuple(turns))


# Playing ----------------------------------------------------------------------------------------


async def _played(script: Script, settings: Settings) -> Played:
    started = perf_counter()
    counter = MemberCounter(open_world(script.workspace, settings))
    with TemporaryDirectory(prefix="muster-campaign-") as folder:
        own = _own_settings(settings, Path(folder), script.workspace)
        async with open_session(own) as session:
            player = _Player(session, script, counter)
            stopped = ""
            try:
                for number, turn in enumerate(script.turns, 1):
                    await player.play(number, turn)
            except _CannotGoOn as error:
                stopped = str(error)
            return Played(script, tuple(player.checks), perf_counter() - started, stopped)


def _own_settings(settings: Settings, home: Path, workspace: str) -> Settings:
    """A home with the same workspaces and indexes, and nothing saved in it."""
    for shared in ("workspaces", "indexes"):
        (settings.home / shared).mkdir(exist_ok=True)
        (home / shared).symlink_to(settings.home / shared, target_is_directory=True)
    own = settings.model_copy(update={"home": home, "workspace": workspace})
    if own.model != BUILTIN:
        accept_terms([workspace], own)
    return own


class _CannotGoOn(Exception):
    """A turn needs something that is not there, as a decision needs a review."""


class _Player:
    def __init__(self, session: Session, script: Script, counter: MemberCounter) -> None:
        self.checks: list[Check] = []
        self._session = session
        self._script = script
        self._thread = script.id
        self._counter = counter

    async def play(self, number: int, turn: Turn) -> None:
        before = await self._session.campaign(self._thread)
        events = [event async for event in self._events(turn, before)]
        after = await self._session.campaign(self._thread)
        for what, wanted in turn.then.items():
            got, held = self._look(what, wanted, events, before, after)
            shown = "" if held else f"{got} in place of {wanted}"
            self.checks.append(Check(number, what, held, turn.rule, shown))

    async def _events(self, turn: Turn, campaign: Campaign) -> Any:
        if turn.does == "say":
            stream = self._session.say(self._thread, turn.what)
        elif turn.does == "click":
            stream = self._session.act(self._thread, turn.what, _filled(turn.given, campaign))
        else:
            which = await self._session.review_id(self._thread)
            if which is None:
                raise _CannotGoOn("There is no review to decide.")
            stream = self._session.resume(
                self._thread, which, {"type": turn.what, **_filled(turn.given, campaign)}
            )
        async for event in stream:
            yield event

    def _look(
        self, what: str, wanted: Any, events: Sequence[Event], before: Campaign, after: Campaign
    ) -> tuple[Any, bool]:
        """What there is, and whether it is what is wanted."""
        match what:
            case "campaign":
                got = {key: _plain(getattr(after, key)) for key in wanted}
                return got, got == wanted
            case "members":
                query = _query(after)
                gold = _filled({"query": wanted}, after)["query"]
                return query, query is not None and self._same(query, gold)
            case "kept":
                same = _query(before) == _query(after)
                return _query(after), same is wanted
            case "review":
                there = after.to_review is not None
                return there, there is wanted
            case "question":
                there = after.pending is not None or after.attempt is not None
                return there, there is wanted
            case "notice" | "card":
                key = "code" if what == "notice" else "kind"
                found = [dict(each).get(key) for each in events if each["type"] == what]
                return found, wanted in found
            case "audiences":
                names = [each.name for each in self._saved()]
                return names, names == wanted
        saved = self._saved()
        if not saved:
            return "nothing", False
        newest = saved[-1]
        same = self._same(newest.query, _filled(wanted, after)["query"])
        return f"{newest.name}: {newest.query}", newest.name == wanted["name"] and same

    def _saved(self) -> Sequence[Any]:
        context = self._session.tools()
        return context.store.audiences(self._script.workspace)

    def _same(self, query: str, wanted: str) -> bool:
        try:
            return self._counter.of(query) == self._counter.of(wanted)
        except MusterError:
            return False


def _filled(given: Mapping[str, Any], campaign: Campaign) -> dict[str, Any]:
    """`$segment` and `$segment_query` stand for the first segment that was made."""
    first = campaign.segments[0] if campaign.segments else None
    known = {} if first is None else {"$segment": first.key, "$segment_query": first.query}
    return {key: known.get(value, value) if isinstance(value, str) else value for key, value in given.items()}  # fmt: skip


def _query(campaign: Campaign) -> str | None:
    return None if campaign.draft is None else campaign.draft.query


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _failed(played: Played) -> list[dict[str, Any]]:
    return [
        {"turn": each.turn, "what": each.what, "got": each.got}
        for each in played.checks
        if not each.held
    ]
