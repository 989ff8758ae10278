"""The people that segments are cut from, and what the cut shall lean towards.

The person's words restrict: "only customers in Spain". Words after "mostly" lean, and a sentence
that tells of the campaign weighs what the cut is made by; both leave nobody out. Of the strategy,
who and where restricts as far as the workspace has fields for it, and what people do leans.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from audience.bound import Bound
from audience.catalog import EventField
from audience.problems import MusterError
from audience.query import And, Boolean, Comparison, Trait, conditions, joined, top_level, walk
from tools.answer import Answer
from tools.build_conditions import build
from tools.context import ToolContext
from tools.segmenting.pieces import phrases, pieces_of, read_piece, without_model
from workspace.strategies import Strategy

SMALLEST = 50  # people; no smaller group is named
MOST_OF_BASE = 2  # conditions that the base may take of the four that a segment has
_LEAST_SHARE = 0.2  # of the people, for what the strategy says to restrict them
_NEARLY_ALL = 0.85  # of those of whom it is known: what holds for so many says too little
_BEGINNINGS = ("", "customers ", "customers who ", "customers with ", "customers for ")
_FOLLOWING = frozenset({"with", "without", "who", "in", "from", "of"})
_CLAUSES = re.compile(r"\s*[;.!?\n]+\s*")


class ContextNotUnderstood(MusterError):
    """The words do not say whom the segments shall be about."""

    code = "context_not_understood"


class SensitiveContext(ContextNotUnderstood):
    """The words are about an attribute that only an explicit yes lets use."""

    code = "sensitive_attribute"


class NobodyMatches(MusterError):
    """The words are understood, and hold for nobody."""

    code = "nobody_matches"


@dataclass(frozen=True)
class Leaning:
    """People whom the cut shall tell from the others."""

    words: str
    name: str
    bound: Bound
    of_context: bool = False


@dataclass(frozen=True)
class Base:
    """`bound` is who is parted: everybody where it is None. `said` is by the person, `notes` say the
    rest: what the strategy added, and what could not be said in conditions."""

    bound: Bound | None
    size: int
    said: bool = False
    leanings: tuple[Leaning, ...] = ()
    notes: tuple[str, ...] = ()


def base_of(
    context: ToolContext,
    strategy: Strategy,
    about: str,
    as_of: datetime,
    *,
    allow_sensitive: bool = False,
) -> Base:
    """Whom the strategy and the person's words are about.

    Raises `ContextNotUnderstood` when words are left over: segments are never made for fewer words
    than were said; `SensitiveContext`; and `NobodyMatches`.
    """
    read = _of_context(context, about, allow_sensitive)
    root, notes = read.root, list(read.notes)
    size = _count(context, root, as_of)
    if read.root is not None and not size:
        raise NobodyMatches(
            f"The segments are as they were, because “{_short(about)}” holds for nobody. Widen it."
        )
    engine = without_model(context)
    leanings = list(read.leanings)
    unread: list[str] = []
    for part, text in pieces_of(strategy.audience):
        piece = read_piece(engine, part, text)
        if piece is None:
            unread.append(text)
        elif part == "behaviours":
            leanings.append(_strategys(context, part, text, piece))
        else:
            narrower = flat(root, piece)
            left = _count(context, narrower, as_of)
            known = _count(context, flat(root, *_known_of(piece)), as_of)
            if len(conditions(narrower)) > MOST_OF_BASE:
                leanings.append(_strategys(context, part, text, piece))
            elif left >= _NEARLY_ALL * known:
                notes.append(f"“{_short(text)}” is true of nearly everybody of whom it is known.")
            elif left < max(_LEAST_SHARE * size, 6 * SMALLEST):
                notes.append(
                    f"“{_short(text)}” of the strategy holds for {left:,} of {size:,} people, too few to part, so it leaves nobody out."
                )
            else:
                root, size = narrower, left
                notes.append(f"Among those of whom the strategy says “{_short(text)}”.")
    if unread:
        said = ", ".join(f"“{_short(each)}”" for each in unread)
        notes.append(f"Of the strategy, no condition could say {said}.")
    kept = tuple(each for each in leanings if len(conditions(each.bound.root)) <= 2)
    bound = None if root is None else _bound(context, root)
    return Base(bound, size, read.root is not None, kept, tuple(notes))


@dataclass(frozen=True)
class _Read:
    root: Boolean | None = None
    leanings: tuple[Leaning, ...] = ()
    notes: tuple[str, ...] = ()


def _of_context(context: ToolContext, about: str, allow_sensitive: bool) -> _Read:
    from audience.english.guards.personal import personal_data

    about = about.strip()
    if not about:
        return _Read()
    if personal_data(about):
        raise ContextNotUnderstood(
            "The segments are as they were: leave e-mail addresses, phone numbers and other personal "
            "data out of the words. Describe people by what they have in common."
        )
    clauses = tuple(_clauses(about))
    if len(clauses) == 1 and clauses[0][0] == "plain":
        return _Read(_restricting(context, about, about, allow_sensitive))
    if not clauses:
        raise ContextNotUnderstood(
            f"The segments are as they were, because “{_short(about)}” has no words."
        )
    found: list[Boolean] = []
    leanings: list[Leaning] = []
    notes: list[str] = []
    for kind, text in clauses:
        if kind == "telling":
            _known(context, text, about)
            notes.append(f"“{_short(text)}” tells of the campaign: it leaves nobody out.")
        elif kind == "leaning":
            leaning, note = _leaning(context, text, about, allow_sensitive)
            leanings.append(leaning)
            notes.append(note)
        else:
            found.append(_restricting(context, text, about, allow_sensitive))
    return _Read(flat(*found) if found else None, tuple(leanings), tuple(notes))


def _clauses(about: str) -> Iterator[tuple[str, str]]:
    words = "|".join(map(re.escape, phrases()["leaning"]))
    telling = re.compile(rf"(?:{'|'.join(map(re.escape, phrases()['telling']))})\b", re.I)
    for clause in _CLAUSES.split(about):
        before, *after = re.split(
            rf"(?:^|,?\s+(?:but\s+|and\s+)?)(?:{words})\b[\s:,]*", clause, flags=re.I
        )
        if before.strip(" ,"):
            yield "telling" if telling.match(before.strip()) else "plain", before.strip(" ,")
        for each in after:
            if each.strip(" ,"):
                yield "leaning", each.strip(" ,")


def _known_of(piece: Boolean) -> Iterator[Boolean]:
    for name in dict.fromkeys(node.name for node in walk(piece) if isinstance(node, Trait)):
        yield Comparison(Trait(name), "exists")


def _strategys(context: ToolContext, part: str, text: str, piece: Boolean) -> Leaning:
    name = f"who {text}" if part == "behaviours" else _called(text)
    return Leaning(text, name, _bound(context, piece))


def _called(text: str) -> str:
    """Words that follow "customers" in a name."""
    return text if text.split()[0].casefold() in _FOLLOWING else f"who are “{text}”"


def _restricting(context: ToolContext, text: str, about: str, allow_sensitive: bool) -> Boolean:
    answer = _answer(context, text, allow_sensitive)
    if answer.status == "draft" and answer.root is not None:
        return answer.root
    raise _not_understood(about, answer)


def _leaning(
    context: ToolContext, text: str, about: str, allow_sensitive: bool
) -> tuple[Leaning, str]:
    """What of the words is known; it leaves nobody out, so that what is not known may be named."""
    answer = _answer(context, text, allow_sensitive)
    if answer.query is None or answer.status not in ("draft", "clarify"):
        raise _not_understood(about, answer)
    note = f"They lean towards “{_short(text)}”, and leave nobody out."
    if answer.unmatched:
        unknown = ", ".join(f"“{each.text}”" for each in answer.unmatched)
        note += f" Nothing here says {unknown}."
    assert answer.root is not None
    name = _called(text) if not answer.unmatched else f"with {answer.name}"
    return Leaning(_short(text), name, _bound(context, answer.root), of_context=True), note


def _known(context: ToolContext, text: str, about: str) -> None:
    """Raises `ContextNotUnderstood` where no word of it means anything in this workspace."""
    from audience.english.schema import stemmed

    catalog = context.workspace.catalog
    known: set[str] = set()
    for field in catalog.fields():
        known.update(stemmed(field.name))
        if not isinstance(field, EventField) and not field.stats.personal:
            known.update(word for value in field.stats.values for word in stemmed(value))
    for strategy in context.workspace.strategies:
        known.update(stemmed(f"{strategy.name} {strategy.product}"))
    said = {word for word in stemmed(text) if len(word) > 3}
    if not said & known:
        raise ContextNotUnderstood(
            f"The segments are as they were, because no word of “{_short(about)}” is known here. "
            "Say whom they shall be about, or leave it out."
        )


def _answer(context: ToolContext, text: str, allow_sensitive: bool) -> Answer:
    first: Answer | None = None
    for beginning in _BEGINNINGS:
        answer = build(
            context,
            f"{beginning}{text}",
            counts=False,
            allow_sensitive=allow_sensitive,
            audience_type="users",
            shortest=0,
        )
        first = first or answer
        if answer.status == "draft":
            return answer
        if answer.problem is not None and answer.problem.code in _FINAL:
            return answer
    assert first is not None
    return first


def _not_understood(about: str, answer: Answer) -> ContextNotUnderstood:
    reason = (
        answer.problem.message
        if answer.problem
        else answer.question.text
        if answer.question
        else ""
    )
    from audience.english.guards.personal import mask

    if answer.problem is not None and answer.problem.code == SensitiveContext.code:
        return SensitiveContext(answer.problem.message)
    return ContextNotUnderstood(
        f"The segments are as they were, because “{_short(mask(about))}” was not understood as a group of "
        f"people. {reason}".strip(),
        suggestions=answer.problem.suggestions if answer.problem else (),
    )


def _count(context: ToolContext, root: Boolean | None, as_of: datetime) -> int:
    bound = None if root is None else _bound(context, root)
    return context.runner.breakdown(bound, as_of=as_of).size()


def _bound(context: ToolContext, root: Boolean) -> Bound:
    from audience.validator import bind

    return bind(root, context.catalog)


def flat(*parts: Boolean | None) -> Boolean:
    """All of these together, on one level, each once."""
    items = [item for each in parts if each is not None for item in top_level(each)]
    return joined(And, tuple(dict.fromkeys(items)))


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"


_FINAL = frozenset(
    {"unexpected", "personal_data", "prompt_too_long", "sensitive_attribute", "lookback_exceeded"}
)
