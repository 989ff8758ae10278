"""Random and mutated prompts: whatever is typed, the engine answers, and what it answers holds.

Prompts of the corpus are cut, doubled, mixed, misspelt and put after one another; nothing says what
they should mean, so only this is asked: no exception, offsets that lie in the prompt, a draft that is
valid and leaves nothing over, and how long the slowest took.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from audience.english.conversation import converse
from audience.english.reading import Reading, Request

LONGEST = 300
_ODD = (
    "$", "€", "%", "+", "-", "/", ".", ",", "(", ")", "<", ">=", "!=", "'s", '"', "“", ":", ";", "\n- ", "\t", "½", "٣",
    "１２", "İ", "ß", "\u200b", "\ud83d", "é", "不", "🙂", "0", "-5", "1e9", "99999999999999999999", "2025-02-30",
    "in the last 99999999 years", "not", "never", "no", "or", "and", "but", "except", "only", "then", "who", "it",
    "there", "each", "most", "undo", "redo", "start over", "event('A').count() >= 1", "trait(", "NULL", "between 5 and 3",
)  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz 0123456789-/.'éß$%+"
SLOWEST = 5


@dataclass
class Found:
    """What a run came to."""

    statuses: Counter[str] = field(default_factory=Counter)
    errors: list[Mapping[str, Any]] = field(default_factory=list)
    slowest: list[tuple[float, tuple[str, ...]]] = field(default_factory=list)  # ms, prompts

    def to_json(self) -> dict[str, Any]:
        return {
            "prompts": sum(self.statuses.values()),
            "statuses": dict(self.statuses.most_common()),
            "errors": self.errors[:50],
            "slowest": [
                {"ms": round(ms, 1), "prompts": list(prompts)} for ms, prompts in self.slowest
            ],
        }


def mutated(prompts: Sequence[str], number: int, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """`number` conversations of one to three prompts, the same for a seed."""
    choose = random.Random(seed)
    words = sorted({word for prompt in prompts for word in prompt.split()})
    for _ in range(number):
        turns = choose.choices((1, 2, 3), (8, 3, 1))[0]
        yield tuple(_one(prompts, words, choose)[:LONGEST] for _ in range(turns))


def _one(prompts: Sequence[str], words: Sequence[str], choose: random.Random) -> str:
    kind = choose.random()
    if kind < 0.1:
        return " ".join(choose.choices([*words, *_ODD], k=choose.randint(1, 40)))
    text = choose.choice(prompts)
    if kind < 0.2:
        other = choose.choice(prompts)
        text = f"{text}{choose.choice([' and ', ' or ', ' but not ', ', ', ' then ', '; '])}{other}"
    for _ in range(choose.randint(1, 4)):
        text = choose.choice(_CHANGES)(text, words, choose)
    return text


def _word_out(text: str, words: Sequence[str], choose: random.Random) -> str:
    parts = text.split(" ")
    del parts[choose.randrange(len(parts))]
    return " ".join(parts)


def _word_in(text: str, words: Sequence[str], choose: random.Random) -> str:
    parts = text.split(" ")
    parts.insert(choose.randrange(len(parts) + 1), choose.choice([*words, *_ODD]))
    return " ".join(parts)


def _word_other(text: str, words: Sequence[str], choose: random.Random) -> str:
    parts = text.split(" ")
    parts[choose.randrange(len(parts))] = choose.choice([*words, *_ODD])
    return " ".join(parts)


def _moved(text: str, words: Sequence[str], choose: random.Random) -> str:
    parts = text.split(" ")
    parts.insert(choose.randrange(len(parts)), parts.pop(choose.randrange(len(parts))))
    return " ".join(parts)


def _letter(text: str, words: Sequence[str], choose: random.Random) -> str:
    place = choose.randrange(len(text) + 1)
    return text[:place] + choose.choice(_LETTERS) + text[place + choose.randint(0, 1) :]


def _cut(text: str, words: Sequence[str], choose: random.Random) -> str:
    return text[: choose.randrange(len(text) + 1)] if choose.random() < 0.5 else text * 2


_CHANGES: tuple[Callable[[str, Sequence[str], random.Random], str], ...] = (
    _word_out, _word_in, _word_in, _word_other, _word_other, _moved, _letter, _letter, _cut,
)  # fmt: skip


def try_all(conversations: Iterator[tuple[str, ...]], request: Request, found: Found) -> Found:
    """Reads each conversation over the workspace of `request`; adds to `found`."""
    for prompts in conversations:
        started = perf_counter()
        try:
            reading = converse(prompts, request)
            wrong = _unsound(prompts, reading, request)
        except Exception as error:  # what is looked for here
            reading, wrong = None, f"{type(error).__name__}: {error}"
        spent = (perf_counter() - started) * 1000
        found.statuses["error" if reading is None else reading.status] += 1
        if wrong is not None:
            found.errors.append({"prompts": list(prompts), "error": wrong})
        found.slowest = sorted([*found.slowest, (spent, prompts)], reverse=True)[:SLOWEST]
    return found


def _unsound(prompts: Sequence[str], reading: Reading, request: Request) -> str | None:
    """What is wrong with a reading, whatever it should have been."""
    from audience.printer import show
    from audience.query import conditions
    from audience.validator import check

    last = prompts[-1]
    if any(not 0 <= each.start < each.end <= len(last) for each in reading.unmatched):
        return "words left over that are not in the prompt"
    if reading.status == "clarify" and reading.question is None:
        return "asked without a question"
    if reading.status == "refused" and reading.problem is None:
        return "refused without a reason"
    if reading.status != "draft":
        return None
    if reading.root is None or reading.unmatched:
        return "a draft that leaves something over"
    checked = check(show(reading.root), request.catalog, audience_type=reading.type)
    if not checked.valid:
        return f"an invalid draft: {checked.problems[0].message}"
    for each in conditions(reading.root):
        turn = each.origin.turn
        if not 0 <= turn < len(prompts):
            return "a condition of no prompt"
        if any(not 0 <= s.start < s.end <= len(prompts[turn]) for s in each.origin.spans):
            return "a condition that points beyond its prompt"
    return None


def measure(workspaces: Sequence[str], number: int, seed: int = 1) -> dict[str, Any]:
    """`number` conversations over the workspaces in turn, as `python -m evals mutated` shows it."""
    from evals.dataset import load
    from evals.worlds import eval_settings, open_world, prepare

    settings = eval_settings()
    prepare(list(workspaces), settings)
    found = Found()
    for place, name in enumerate(workspaces):
        context = open_world(name, settings)
        prompts = [case.prompt for case in load(workspaces=[name], split="train")]
        request = Request("", context.catalog, context.index, context.moment())
        share = number // len(workspaces) + (place < number % len(workspaces))
        try_all(mutated(prompts, share, seed + place), request, found)
    return found.to_json()
