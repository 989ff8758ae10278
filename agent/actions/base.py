"""What every action takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from agent import drafting
from agent.events import Card, Event, Stage, progress
from agent.state import Call, Campaign, Pending, Way
from agent.wizard import Confirm, Step
from agent.words import safe
from tools.context import ToolContext
from workspace.strategies import Strategy


class Arguments(BaseModel):
    """The arguments of a tool call: checked, because a model or a browser wrote them."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Nothing(Arguments):
    pass


def _ignore(_event: Event) -> None:
    """Where nobody watches."""


@dataclass(frozen=True)
class Desk:
    """The campaign as it stands, the workspace, and who calls."""

    campaign: Campaign
    context: ToolContext
    call: Callable[[Desk, Call], Outcome]
    """Runs another tool, at this desk."""
    by_person: bool = False
    """A click, or the person's own words; else a model."""
    confirmed: bool = False
    """The person has agreed to what would be lost. Never set by a model or a payload."""
    sensitive: bool = False
    """The person has agreed to the use of a sensitive attribute. Never set by a model or a payload."""
    emit: Callable[[Event], None] = _ignore

    @property
    def strategy(self) -> Strategy | None:
        strategies = self.context.workspace.strategies
        return next((each for each in strategies if each.key == self.campaign.strategy), None)

    def start(self, stage: Stage, detail: str = "") -> None:
        self.emit(progress(stage, "running", detail))

    def done(self, stage: Stage, detail: str = "") -> None:
        self.emit(progress(stage, "done", detail))


class Stages:
    """The progress of a tool as stages of a page: one runs, and is done when the next begins."""

    _BY_SHARE: tuple[tuple[float, Stage], ...] = (
        (0.7, "count"),
        (0.6, "conditions"),
        (0, "fields"),
    )

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._running: Stage | None = None

    def __call__(self, detail: str, share: float) -> None:
        stage = next(stage for least, stage in self._BY_SHARE if share >= least)
        if stage != self._running:
            self.end()
            self._running = stage
            self._desk.start(stage, detail)

    def end(self, *, failed: bool = False) -> None:
        if self._running is not None:
            self._desk.emit(progress(self._running, "failed" if failed else "done"))
            self._running = None


@dataclass(frozen=True)
class Outcome:
    """The changed campaign, and what happened: `summary` in Markdown for people and models alike."""

    campaign: Campaign
    summary: str
    data: Mapping[str, Any] = field(default_factory=dict)
    cards: tuple[Card, ...] = ()
    quiet: bool = False
    """A card shows it all: a click needs no words in return."""
    failed: bool = False
    code: str = ""
    private: bool = False
    """`summary` or `data` quotes somebody's data: no model elsewhere is told."""


A = TypeVar("A", bound=Arguments)


@dataclass(frozen=True)
class Action(Generic[A]):
    """A tool of the dialogue. `prompt` is what a model reads about it."""

    name: str
    prompt: str
    arguments: type[A]
    run: Callable[[Desk, A], Outcome]
    for_people: bool = False
    """Only a click asks for it: no model is told about it."""

    def schema(self) -> dict[str, Any]:
        """The tool in the form that OpenAI-compatible models take."""
        parameters = self.arguments.model_json_schema()
        parameters.pop("title", None)
        parameters.pop("description", None)
        return {
            "type": "function",
            "function": {
                "name": self.name,
                "description": self.prompt,
                "parameters": parameters,
            },
        }


def settled(desk: Desk, step: Step, again: Call, done: Callable[[Campaign], Outcome]) -> Outcome:
    """`done` with the changed campaign, or the question that must be answered first."""
    if not isinstance(step, Confirm):
        return done(step)
    ways = (Way(text="Yes, go ahead", call=again), Way(text="No, keep it as it is"))
    return ask(desk.campaign, step.text, ways)


def ask(campaign: Campaign, text: str, ways: tuple[Way, ...]) -> Outcome:
    """Put a question to the person."""
    from agent.cards import question_card

    pending = Pending(text=text, options=ways, asked_in=campaign.turn)
    changed = drafting.asked(campaign, pending)
    return Outcome(
        changed,
        text,
        {"question": text, "options": [way.text for way in ways]},
        (question_card(changed),),
    )


def ask_of_sensitive(campaign: Campaign, again: Call, why: str) -> Outcome:
    """Put to the person whether a sensitive attribute shall be used all the same."""
    ways = (Way(text="Yes, use it", call=again, grants="sensitive"), Way(text="No"))
    return ask(campaign, f"{safe(why, 600)} Use it all the same?", ways)


def documented(function: Callable[..., Any]) -> str:
    """The first paragraphs of a tool's docstring: what a model is told about it."""
    lines = (function.__doc__ or "").strip().splitlines()
    return " ".join(line.strip() for line in lines if line.strip())
