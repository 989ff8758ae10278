"""The campaign: everything that a dialogue is about, as the graph keeps it.

Campaigns are values. `agent.wizard` says which changes are allowed, and gives a new one. In the
graph's state a campaign is plain JSON (`dumped`), so that a checkpoint can be read by anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from langchain_core.messages import AnyMessage
from langgraph.graph.message import add_messages
from pydantic import BaseModel, ConfigDict
from typing_extensions import TypedDict

from audience.bound import Kind
from audience.catalog import AudienceType
from tools.answer import Status
from tools.modelling.spending import Spent
from tools.segments import Segment, Segmentation

Entry = Literal["sentence", "campaign"]
ApproachKey = Literal["segments", "personas"]
SourceKind = Literal["prompt", "segment", "persona", "audience", "query"]


class Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(Value):
    """Where a condition came from: `[start, end)` in the prompt of a turn."""

    turn: int = 0
    spans: tuple[tuple[int, int], ...] = ()


class Condition(Place):
    later: tuple[Place, ...] = ()
    """What was said afterwards and changed it."""
    query: str
    english: str
    reach: int | None = None
    kept: int | None = None
    dropped: int | None = None


class Leftover(Value):
    """Words of the newest prompt that no condition accounts for."""

    text: str
    start: int
    end: int


class Text(Value):
    """A problem or a warning, in words."""

    code: str
    message: str
    suggestions: tuple[str, ...] = ()


class Option(Value):
    """One answer to a question about the audience; `query` is the audience that it gives."""

    text: str
    query: str | None = None
    places: tuple[Place, ...] = ()


class Question(Value):
    text: str
    options: tuple[Option, ...] = ()


class Said(Value):
    """The prompt that a draft was read from, where in it stand the words that were asked about, and the
    prompts, each with its turn, that only said more."""

    text: str
    turn: int = 0
    asked: tuple[tuple[int, int], ...] = ()
    later: tuple[tuple[int, str], ...] = ()


class Standing(Value):
    """What the next words change: a query, where its conditions came from, and what was asked."""

    query: str | None = None
    type: AudienceType = "users"
    places: tuple[Place, ...] = ()
    question: Question | None = None
    said: Said | None = None


class Source(Value):
    """What a draft was made of."""

    kind: SourceKind = "prompt"
    key: str = ""
    name: str = ""


class Draft(Value):
    """An audience that is being made. Only one of status `draft` can be saved."""

    status: Status
    type: AudienceType = "users"
    query: str | None = None
    kind: Kind | None = None
    name: str | None = None
    named: bool = False
    """The name was given by a person, so it stays when the conditions change."""
    description: str | None = None
    reach: int | None = None
    universe: int | None = None
    conditions: tuple[Condition, ...] = ()
    unmatched: tuple[Leftover, ...] = ()
    assumptions: tuple[str, ...] = ()
    question: Question | None = None
    problem: Text | None = None
    warnings: tuple[Text, ...] = ()
    difference: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    """Every turn that shaped it, oldest first; `Condition.turn` is a place in here."""
    edited: bool = False
    """Conditions were changed by hand since they were last built from words."""
    source: Source = Source()
    standing: Standing = Standing()
    model: str = "builtin"


class Call(Value):
    """A tool call."""

    tool: str
    arguments: dict[str, Any] = {}


class Way(Value):
    """One way to answer a pending question; without a call, nothing changes."""

    text: str
    call: Call | None = None
    grants: Literal["loss", "sensitive"] = "loss"
    """What the person says yes to: that something is lost, or that a sensitive attribute is used."""


class Pending(Value):
    """A question that must be answered by the person before anything else is saved."""

    text: str
    options: tuple[Way, ...]
    asked_in: int
    """The person's turn in which it was asked: only a later one can answer it."""


class Campaign(Value):
    workspace: str = ""
    person: str = ""
    """Whose dialogue it is: who began it. Nobody else may go on with it, or see it."""
    entry: Entry | None = None
    strategy: str | None = None
    approach: ApproachKey | None = None
    personas: tuple[str, ...] = ()
    made: Segmentation | None = None
    """The segments, with how they were made; generating again takes the next cut."""
    audience: str | None = None
    """The key of the saved audience that the campaign is for."""
    draft: Draft | None = None
    attempt: Draft | None = None
    """What the newest words became when they leave something to ask; `draft` still stands."""
    past: tuple[Draft | None, ...] = ()
    undone: tuple[Draft | None, ...] = ()
    pending: Pending | None = None
    asked: int = 0
    """Which question is open, so that an answer to an older one is known as such."""
    spent: Spent = Spent()
    """What asking models has taken since the last audience was saved."""
    cost: str = ""
    """The same in words; empty for whoever is no owner."""
    saved: tuple[str, ...] = ()
    """Keys of the audiences that were saved in this campaign, oldest first."""
    turn: int = 0
    """How often the person has spoken or clicked."""
    revision: int = 0
    """Grows with every change, so that a card can be told from a newer one."""

    @property
    def segments(self) -> tuple[Segment, ...]:
        return () if self.made is None else self.made.segments

    @property
    def context(self) -> str:
        """Whom the segments shall be about, in the person's words."""
        return "" if self.made is None else self.made.context

    @property
    def to_review(self) -> Draft | None:
        """The draft that waits for the person's decision."""
        ready = self.draft is not None and self.draft.status == "draft"
        return self.draft if ready and self.attempt is None and self.pending is None else None


class GraphState(TypedDict):
    """What a checkpoint holds."""

    messages: Annotated[list[AnyMessage], add_messages]
    campaign: dict[str, Any]
    """A `Campaign`, dumped."""
    steps: int
    """Rounds of tool calls since the person last spoke."""
    by_person: bool
    """The newest tool calls are the person's: a click, or a decision."""
    fallback: bool
    """The model could not be had in this turn, so the built-in one goes on."""
    refusal: dict[str, str] | None
    """Why the newest words may reach no model: `code` and `message`."""
    decision: dict[str, Any] | None
    """What the person decided at the review, until it is carried out."""


def dumped(campaign: Campaign) -> dict[str, Any]:
    return campaign.model_dump(mode="json", exclude_defaults=True)


def campaign_of(state: GraphState | dict[str, Any]) -> Campaign:
    """The campaign in a graph's state; a new one when there is none."""
    return Campaign.model_validate(state.get("campaign") or {})


def texts(problems: Sequence[Any]) -> tuple[Text, ...]:
    """Problems of a query as texts for people."""
    return tuple(
        Text(code=each.code, message=each.message, suggestions=each.suggestions)
        for each in problems
    )
