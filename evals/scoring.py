"""Is an answer right? Plain functions over a case, an answer, and who their queries select."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from audience.catalog import AudienceType
from evals.dataset import Case

Members = frozenset[str]
MembersOf = Callable[[str, AudienceType], Members]
"""Query and type → ids; raises `MusterError` for what cannot be run."""


@dataclass(frozen=True)
class Answered:
    """What is scored of an answer, whatever made it."""

    status: str  # draft, clarify, refused, failed
    query: str | None = None
    type: AudienceType = "users"
    code: str | None = None
    message: str | None = None
    question: str | None = None
    choices: tuple[tuple[str, str | None], ...] = ()  # text, query
    spans: tuple[tuple[int, tuple[tuple[int, int], ...]], ...] = ()  # per condition: turn, spans
    unmatched: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    ms: float = 0.0  # from prompt to checked query
    tokens_in: int = 0  # of all requests to a model
    tokens_out: int = 0
    members: Members | None = None  # of an answer that is no query: whom it selected


@dataclass(frozen=True)
class Score:
    """What is known of one answer. None: the question does not arise."""

    right: bool
    silently_wrong: bool  # a draft that selects others than were asked for, or where none was due
    wider: bool  # of these, one that selects all the right people and more
    asked_needlessly: bool
    refused_needlessly: bool
    asked_rightly: bool | None  # for cases that must be asked back
    refused_rightly: bool | None  # for cases that must be refused
    spans_right: bool | None  # for drafts


def score(case: Case, answer: Answered, members_of: MembersOf) -> Score:
    """Scores one answer. Raises `MusterError` when a gold query cannot be run."""
    golds = [members_of(query, case.type) for query in (case.query, *case.also) if query]
    options = [members_of(query, case.type) for query in case.options]
    drafted = answer.status == "draft"
    selected = answer.members
    if drafted and answer.query is not None:
        selected = members_of(answer.query, answer.type)
    right = _right(case, answer, selected, golds, options, members_of)
    return Score(
        right=right,
        silently_wrong=drafted and not right,
        wider=drafted and not right and any(selected > gold for gold in golds if selected),
        asked_needlessly=case.status == "draft" and answer.status == "clarify" and not right,
        refused_needlessly=case.status == "draft" and answer.status == "refused" and not right,
        asked_rightly=right if case.status == "clarify" else None,
        refused_rightly=right if case.status == "refused" else None,
        spans_right=spans_right(case, answer) if drafted else None,
    )


def _right(
    case: Case,
    answer: Answered,
    selected: Members | None,
    golds: Collection[Members],
    options: Collection[Members],
    members_of: MembersOf,
) -> bool:
    expected = case.status if case.code is None else f"{case.status}:{case.code}"
    got = f"refused:{answer.code}" if answer.status == "refused" else answer.status
    if got != expected and got not in case.accept:
        return False
    if answer.status == "draft":
        anyone = case.status != "draft" and not options  # accepted, whoever it selects
        return anyone or (answer.type == case.type and selected in (golds or options))
    if answer.status == "clarify" and options:
        return any(
            members_of(query, answer.type) in options for _, query in answer.choices if query
        )
    return True


def spans_right(case: Case, answer: Answered) -> bool:
    """Every condition points at whole words of its prompt, and every number is pointed at."""
    prompts = (*case.context, case.prompt)
    covered: set[int] = set()
    for turn, spans in answer.spans:
        if not spans or not 0 <= turn < len(prompts):
            return False
        text = prompts[turn]
        if any(not 0 <= start < end <= len(text) for start, end in spans):
            return False
        if any(_cuts(text, place) for span in spans for place in span):
            return False
        covered.update(place for start, end in spans for place in range(start, end))
    if not answer.spans:
        return False
    # What a later turn replaced is pointed at no longer, so numbers are looked at in single turns.
    return bool(case.context) or all(place in covered for place in _numbers(case.prompt))


def _cuts(text: str, place: int) -> bool:
    """Whether `place` lies inside a word."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def _numbers(text: str) -> Sequence[int]:
    """Where numbers start, but for those that count a list's items or stand in its heading."""
    body = max(text.rfind(":") + 1, 0) if "\n" not in text else 0
    return [
        found.start()
        for found in re.finditer(r"(?m)(?<![\w.,])(?!^\d+\.\s)\d+", text)
        if found.start() >= body or body == 0
    ]


def recall(wanted: Collection[str], found: Collection[str]) -> float | None:
    """The share of `wanted` among `found`; None where nothing is wanted."""
    return len(set(wanted) & set(found)) / len(set(wanted)) if wanted else None
