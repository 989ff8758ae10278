"""What the built-in engine takes and gives: a request, and the reading of its prompt.

All offsets are code points of the prompt as given, `[start, end)`.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

from audience.catalog import AudienceType, Catalog, Field
from audience.english.literals.items import Item
from audience.problems import Problem
from audience.query import Boolean

if TYPE_CHECKING:
    from audience.english.lexicon import ValueLink
    from audience.english.read import Read
    from audience.english.schema import Entry

Status = Literal["draft", "clarify", "refused"]


@dataclass(frozen=True)
class Found:
    """A field that an index found for some words; scores fall, their scale is the index's own."""

    field: Field
    score: float


class FieldFinder(Protocol):
    """An index over the fields of a catalog, by meaning and by words."""

    def find(self, text: str, k: int = 10) -> Sequence[Found]: ...


class NoFinder:
    """Finds nothing: for tests and for catalogs that have no index yet."""

    def find(self, text: str, k: int = 10) -> Sequence[Found]:
        return ()


@dataclass(frozen=True)
class Unmatched:
    """Words of the prompt that no condition accounts for."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Option:
    """One answer to a question; `root` is the whole audience that choosing it would give."""

    text: str
    root: Boolean | None = None


@dataclass(frozen=True)
class Question:
    text: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Said:
    """The prompt that a draft was read from, where in it stand the words that were asked about, and the
    prompts, each with its turn, that only said more."""

    text: str
    turn: int = 0
    asked: tuple[tuple[int, int], ...] = ()
    later: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Draft:
    """The audience as it stands in a conversation, what was asked last, and what came before it."""

    root: Boolean | None
    type: AudienceType = "users"
    question: Question | None = None
    past: tuple[Draft, ...] = ()  # oldest first, without their own past: what `undo` goes back to
    undone: tuple[Draft, ...] = ()  # what `redo` brings back, the last first
    pending: bool = False  # the last prompt was asked about, and has changed nothing yet
    said: Said | None = None  # none once something else has changed the audience


@dataclass(frozen=True)
class Hint:
    """What the words that are `[start, end)` of the prompt (code points) are to be read as."""

    start: int
    end: int
    values: tuple[ValueLink, ...] = ()
    event: Entry | None = None


@dataclass(frozen=True)
class Request:
    prompt: str
    catalog: Catalog
    finder: FieldFinder
    as_of: datetime  # aware
    audience_type: AudienceType | None = None  # None: found from the prompt
    draft: Draft | None = None  # what the prompt refines
    turn: int = 0  # the prompt's place among the prompts of the conversation
    prompt_min: int = 20  # holds for a first description only
    prompt_max: int = 300
    allow_sensitive: bool = False
    roles: Mapping[str, str] = field(default_factory=dict)  # field name → role, set by a person
    recently_days: int = 30
    hints: tuple[Hint, ...] = ()  # what a second look found for words that nothing accounted for
    settled: Mapping[tuple[int, int], Item] = field(default_factory=dict)  # phrases, as answered
    kept: dict[Hashable, Read] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True)
class Reading:
    """What a prompt was read as.

    `draft`: `root` is complete and valid. `clarify`: `question` is set and `root` may hold the best
    guess. `refused`: `problem` is set. `next` is the draft with which the conversation goes on.
    """

    status: Status
    root: Boolean | None = None
    type: AudienceType = "users"
    unmatched: tuple[Unmatched, ...] = ()
    assumptions: tuple[str, ...] = ()
    question: Question | None = None
    problem: Problem | None = None
    difference: tuple[str, ...] = ()  # a refinement, in words: "Added …", "Removed …"
    next: Draft | None = None


def refused(
    code: str, message: str, suggestions: tuple[str, ...] = (), type: AudienceType = "users"
) -> Reading:
    problem = Problem(code=code, message=message, suggestions=suggestions)
    return Reading(status="refused", problem=problem, type=type)
