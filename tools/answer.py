"""The answer of `build`: what a prompt became, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from audience.bound import Kind
from audience.catalog import AudienceType
from audience.english.reading import Draft as Standing
from audience.problems import Problem
from audience.query import Boolean, Span

if TYPE_CHECKING:
    from tools.modelling.spending import Spent

Status = Literal["draft", "clarify", "refused", "failed"]


@dataclass(frozen=True)
class Condition:
    """One condition, the words of the turn that made it, and how many people it alone holds for."""

    query: str
    english: str
    spans: tuple[Span, ...] = ()
    turn: int = 0
    reach: int | None = None
    kept: int | None = None
    dropped: int | None = None


@dataclass(frozen=True)
class Leftover:
    """Words that no condition accounts for, at `[start, end)` of the prompt."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Choice:
    """One option of a question; `query` is the audience that choosing it gives, where it is known."""

    text: str
    query: str | None = None
    root: Boolean | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Question:
    text: str
    options: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Milliseconds:
    read: float = 0.0  # from prompt to checked query
    reach: float = 0.0  # counting
    total: float = 0.0


@dataclass(frozen=True)
class Answer:
    """`draft` is complete and valid; nothing that was asked is left out of it."""

    status: Status
    type: AudienceType = "users"
    query: str | None = None
    kind: Kind | None = None
    name: str | None = None
    description: str | None = None
    reach: int | None = None
    universe: int | None = None
    members: tuple[str, ...] | None = None
    conditions: tuple[Condition, ...] = ()
    unmatched: tuple[Leftover, ...] = ()
    assumptions: tuple[str, ...] = ()
    question: Question | None = None
    problem: Problem | None = None
    warnings: tuple[Problem, ...] = ()
    difference: tuple[str, ...] = ()
    model: str = "builtin"
    ms: Milliseconds = Milliseconds()
    root: Boolean | None = field(default=None, repr=False, compare=False)
    """The tree of `query`, with the origin of every condition."""
    next: Standing | None = field(default=None, repr=False, compare=False)
    """The draft with which the conversation goes on."""
    spent: Spent | None = field(default=None, compare=False)
    """What asking a model for it cost; None where none was asked."""

    def to_json(self, id: str | int | None = None) -> dict[str, Any]:
        """What `muster build --json` prints. `members` is there only when it was asked for."""
        answer: dict[str, Any] = {
            "id": id,
            "status": self.status,
            "query": self.query,
            "type": self.type,
            "kind": self.kind,
            "name": self.name,
            "description": self.description,
            "reach": self.reach,
            "universe": self.universe,
        }
        if self.members is not None:
            answer["members"] = list(self.members)
        return answer | {
            "conditions": [
                {
                    "query": each.query,
                    "english": each.english,
                    "spans": [list(span) for span in each.spans],
                    "turn": each.turn,
                }
                for each in self.conditions
            ],
            "unmatched": [
                {"text": each.text, "start": each.start, "end": each.end} for each in self.unmatched
            ],
            "assumptions": list(self.assumptions),
            "question": self.question
            and {
                "text": self.question.text,
                "options": [option.text for option in self.question.options],
            },
            "problem": self.problem
            and {
                "code": self.problem.code,
                "message": self.problem.message,
                "suggestions": list(self.problem.suggestions),
            },
            "model": self.model,
            "ms": {
                "read": round(self.ms.read, 1),
                "reach": round(self.ms.reach, 1),
                "total": round(self.ms.total, 1),
            },
        }
