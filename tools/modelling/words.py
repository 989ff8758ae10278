"""Which words of a prompt each condition of a model comes from, and which words none accounts for.

First without a model: the engine's dictionaries say what words name, and a condition that holds the
named field, value or number is where they went. Only what that leaves over is put to the model, and
what it says is believed where nothing speaks against it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

import yaml

from audience.catalog import Catalog
from audience.english.amounts import bounds
from audience.english.context import cue
from audience.english.literals.items import (
    Calendar,
    Future,
    Item,
    Length,
    LengthRange,
    Money,
    Number,
    OpenFrom,
    OpenTo,
    Percent,
    Range,
    Rolling,
    Within,
)
from audience.english.reading import FieldFinder, Unmatched
from audience.english.sentence import frame_words
from audience.english.tokens import tokens
from audience.mentioned import fields_of, id_of
from audience.query import (
    Aggregate,
    Boolean,
    Comparison,
    Duration,
    Literal,
    Not,
    Reducer,
    Span,
    Trait,
    walk,
)
from tools.modelling.linking import Linked
from tools.modelling.literal_pieces import FOLDS

_FRAMES = (
    "empty", "subjects.users", "subjects.accounts", "relatives", "negations", "and", "or", "but",
    "except", "only", "everybody", "unmarked", "missing",
)  # fmt: skip
_LINE = re.compile(r"\s*(\d{1,2})\s*[:.)]\s*([A-Z]|-)\s*")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"\d+")
_HOURS = (1, 24, 7 * 24, 30 * 24, 90 * 24, 365 * 24)  # of an hour, a day, a week, …
_NEAR = 8  # among so many fields that the index finds for a word, its condition's must be
_SURE = 0.9  # how well words must name a field that speaks against the model
_SCALES = tuple(
    Decimal(each) for each in (1, 60, 3600, 24, 1440, 86400, 7, 12, 100, 1000, 1024, 1_000_000)
)


@dataclass(frozen=True)
class Held:
    """What a condition holds, for comparing with words."""

    fields: frozenset[str]
    texts: frozenset[str]
    amounts: frozenset[Decimal]
    hours: frozenset[int]
    negative: bool
    folds: frozenset[str]  # sum, avg, max, min

    @property
    def dated(self) -> bool:
        return bool(self.hours) or any(_DATE.match(each) for each in self.texts)


def held(leaf: Boolean) -> Held:
    nodes = list(walk(leaf))
    values = [each.value for each in nodes if isinstance(each, Literal)]
    texts = frozenset(each for each in values if isinstance(each, str))
    texts |= {each.name for each in nodes if isinstance(each, Trait)}  # a saved audience's key
    return Held(
        frozenset(fields_of(leaf)),
        texts,
        frozenset(amount for each in values if (amount := _amount(each)) is not None),
        frozenset(each.hours for each in nodes if isinstance(each, Duration)),
        any(_is_negative(each) for each in nodes),
        frozenset(each.method for each in nodes if isinstance(each, Reducer)),
    )


def aligned(words: Linked, leaves: Sequence[Held]) -> list[list[Span]]:
    """For each condition the words that name what it holds."""
    found: list[list[Span]] = [[] for _ in leaves]
    sentence = words.sentence

    def put(place: int, first: int, end: int) -> None:
        start, last = sentence.words[first], sentence.words[end - 1]
        found[place].append(Span(start.start, last.end))

    for place, leaf in enumerate(leaves):
        for link in words.links:
            named = any(id_of(each.entry.field) in leaf.fields for each in link.names)
            valued = any(
                id_of(each.entry.field) in leaf.fields and each.value in leaf.texts
                for each in link.values
            )
            saved = link.audience is not None and link.audience.key in leaf.texts
            if named or valued or saved:
                put(place, link.first, link.end)
        for match in words.events:
            if id_of(match.entry.field) in leaf.fields:
                for word in match.claimed:
                    put(place, word, word + 1)
        for name, fold in FOLDS.items():
            for word, each in enumerate(sentence.words):
                if fold in leaf.folds and each.low in cue(name):
                    put(place, word, word + 1)
        for first, (end, item) in sentence.items.items():
            if _holds(leaf, item):
                put(place, first, end)
        found[place] += _numerals(sentence.text, leaf)
    return [_merged(each) for each in found]


def _numerals(text: str, leaf: Held) -> Iterator[Span]:
    """Numbers that the condition holds."""
    for token in tokens(text):
        if token.text.isdecimal() and _counts(leaf, Decimal(token.text)):
            yield Span(token.start, token.end)


def left_over(text: str, spans: Sequence[Span]) -> tuple[Unmatched, ...]:
    """The content words that stand in no span, neighbours together."""
    found: list[Unmatched] = []
    after = 0
    for token in tokens(text):
        inside = any(span.start <= token.start and token.end <= span.end for span in spans)
        if inside or not _says_something(token.low, token.is_word):
            continue
        if found and not text[after : token.start].strip():
            found[-1] = Unmatched(text[found[-1].start : token.end], found[-1].start, token.end)
        else:
            found.append(Unmatched(token.text, token.start, token.end))
        after = token.end
    return tuple(found)


def lost_negation(words: Linked, leaves: Sequence[Held]) -> Unmatched | None:
    """The first "not" of words whose conditions deny nothing."""
    if any(leaf.negative for leaf in leaves):
        return None
    covered = words.sentence.covered()
    excepting = frame_words()["except"]
    for place, word in enumerate(words.sentence.words):
        if place in words.denials or (word.low in excepting and place not in covered):
            return Unmatched(word.text, word.start, word.end)
    return None


def chosen(answer: str, count: int, conditions: int) -> list[int | None]:
    """The condition that the model names for each of `count` words; None for none."""
    found: list[int | None] = [None] * count
    try:
        said = json.loads(answer)
        lines = [f"{key}: {value}" for key, value in said.items()]
    except (ValueError, AttributeError):
        lines = answer.splitlines()
    for line in lines:
        match = _LINE.fullmatch(line.strip())
        if match is None or not 1 <= int(match[1]) <= count or match[2] == "-":
            continue
        place = ord(match[2]) - ord("A")
        if place < conditions:
            found[int(match[1]) - 1] = place
    return found


def is_credible(
    word: Unmatched, leaf: Held, words: Linked, finder: FieldFinder | None, catalog: Catalog
) -> bool:
    """Whether words may have gone into a condition because a model says so.

    Never a number that the condition does not hold, nor words that name a field or a value which it
    does not have. With a `finder`, its fields must be among those nearest to the words.
    """
    if not all(_counts(leaf, Decimal(each)) for each in _NUMBER.findall(word.text)):
        return False
    for link in words.links:
        first, last = words.sentence.words[link.first], words.sentence.words[link.end - 1]
        if first.end <= word.start or word.end <= first.start or last.end > word.end:
            continue
        sure = [each for each in link.all() if each.score >= _SURE]
        if sure and all(id_of(each.entry.field) not in leaf.fields for each in sure):
            return False
    if finder is None:
        return True
    return any(id_of(each.field) in leaf.fields for each in finder.find(word.text, _NEAR))


# Numbers and times ------------------------------------------------------------------------------


def _holds(leaf: Held, item: Item) -> bool:
    """Whether a condition holds what a literal phrase says."""
    match item:
        case Percent() | Range() | Number() | Money():
            rows = bounds(item)
            if rows == [("equals", Decimal(0))]:
                return leaf.negative
            return bool(rows) and all(_has(leaf, number) for _, number in rows)
        case Rolling(newest=newest, oldest=oldest):
            return _lasts(leaf, newest, oldest)
        case Within(duration=duration) | Length(duration=duration):
            return _lasts(leaf, duration)
        case LengthRange(low=low, high=high):
            return _lasts(leaf, low, high)
        case Future(soonest=soonest, latest=latest):
            return _lasts(leaf, soonest, latest)
        case Calendar() | OpenFrom() | OpenTo():
            return leaf.dated
        case _:
            return False


def _lasts(leaf: Held, *lengths: Duration | None) -> bool:
    wanted = {each.hours for each in lengths if each is not None}
    dates = any(_DATE.match(each) for each in leaf.texts)
    return dates or wanted <= leaf.hours or all(_has(leaf, Decimal(each)) for each in wanted)


def _has(leaf: Held, number: Decimal) -> bool:
    return any(
        number * scale in leaf.amounts or number / scale in leaf.amounts for scale in _SCALES
    )


def _counts(leaf: Held, number: Decimal) -> bool:
    """Whether a condition holds a number, as an amount or as a length of time in any unit."""
    lengths = (number * hours for hours in _HOURS)
    return _has(leaf, number) or any(each in leaf.hours for each in lengths)


def _amount(value: str | Decimal) -> Decimal | None:
    try:
        return Decimal(value)
    except ArithmeticError:
        return None


def _is_negative(node: object) -> bool:
    """What denies: a NOT, "absent", "differs", a count of none or of fewer than some."""
    match node:
        case Not():
            return True
        case Comparison(operator="absent" | "differs" | "omits" | "none_of"):
            return True
        case Comparison(left=Aggregate(), operator=operator, values=(Literal(value=value), *_)):
            return operator in ("less_than", "at_most") or (operator == "equals" and value == 0)
        case Comparison(operator="equals", values=(Literal(value="false"), *_)):
            return True
    return False


def _merged(spans: Sequence[Span]) -> list[Span]:
    """In order, without those that stand inside others, and neighbours that touch as one."""
    found: list[Span] = []
    for span in sorted(set(spans)):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def merged(*groups: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(_merged([span for group in groups for span in group]))


def _says_something(low: str, is_word: bool) -> bool:
    if not is_word:
        return False
    return low not in _empty() and not any(low in frame_words().get(name, ()) for name in _FRAMES)


@cache
def _empty() -> frozenset[str]:
    return frozenset(_words_of("empty_words.yaml"))


def _words_of(name: str) -> Iterator[str]:
    text = files(__package__).joinpath(name).read_text("utf-8")
    languages: dict[str, list[str]] = yaml.safe_load(text)
    for words in languages.values():
        for word in words:
            yield from (token.low for token in tokens(str(word)))
