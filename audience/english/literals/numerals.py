"""Numbers in digits and in words, which no pattern can say: "two hundred and five", "1.5 million"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from audience.english.literals.lexicon import MAGNITUDES, NUMBERS
from audience.english.literals.tokens import Token

FIRST = frozenset({"#num", "@number_word"})


def numbers(tokens: Sequence[Token], start: int) -> Iterator[tuple[int, Decimal]]:
    """Every number that begins at token `start`, with the token after it."""
    for end, value in _numbers(tokens, start):
        yield end, Decimal(int(value)) if value == int(value) else value


def _numbers(tokens: Sequence[Token], start: int) -> Iterator[tuple[int, Decimal]]:
    first = tokens[start]
    if "#num" in first.symbols:
        yield start + 1, first.number
        yield from _magnified(tokens, start + 1, first.number)
    elif first.word in ("a", "an", "half"):
        yield from _article(tokens, start)
    else:
        yield from _in_words(tokens, start)


def _magnified(tokens: Sequence[Token], at: int, value: Decimal) -> Iterator[tuple[int, Decimal]]:
    """ "1.5 million", "2 thousand", "3 hundred thousand"."""
    size = 1
    while at < len(tokens) and tokens[at].word in MAGNITUDES and size < 10**9:
        size *= MAGNITUDES[tokens[at].word]
        at += 1
        yield at, value * size
    if size == 1:
        yield from _and_a_half(tokens, at, value)


def _article(tokens: Sequence[Token], start: int) -> Iterator[tuple[int, Decimal]]:
    """ "a hundred and five", "a dozen", "half a million", "half a dozen"."""
    at, value = start + 1, Decimal(1)
    if tokens[start].word == "half":
        if _words(tokens, at, 1) != ("a",):
            return
        at, value = at + 1, Decimal("0.5")
        if at < len(tokens) and tokens[at].word in MAGNITUDES:
            yield at + 1, value * MAGNITUDES[tokens[at].word]
    elif at < len(tokens) and tokens[at].word in MAGNITUDES:
        yield from _in_words(tokens, at)


def _in_words(tokens: Sequence[Token], start: int) -> Iterator[tuple[int, Decimal]]:
    """Words added up as they are said; stops where no more can follow, and before an "and"."""
    total, part, smallest = 0, 0, 10**12  # what is done, what grows, the least magnitude so far
    last = 10**12  # the size of the word before: after twenty comes one, never ten
    at = start
    while at < len(tokens):
        word = tokens[at].word
        if word in NUMBERS:
            value = NUMBERS[word]
            if not _may_follow(value, last):
                break
            part, last = part + value, value
        elif word in MAGNITUDES:
            size = MAGNITUDES[word]
            if size == 100 and part < 100:
                part, last = max(part, 1) * 100, 100
            elif size > 100 and size < smallest and (at == start or part):
                total, part, smallest, last = total + max(part, 1) * size, 0, size, size
            elif size == 12 and total == 0 and (at == start or last < 100):
                yield at + 1, Decimal(max(part, 1) * 12)
                return
            else:
                break
        elif word == "-" and at > start and tokens[at].glued and 20 <= last <= 90:
            if not (at + 1 < len(tokens) and 0 < NUMBERS.get(tokens[at + 1].word, 0) < 10):
                break
            at += 1
            continue
        elif word == "-" and at > start and tokens[at].glued and last < 100:
            if not (at + 1 < len(tokens) and tokens[at + 1].word in MAGNITUDES):
                break
            at += 1
            continue
        elif word == "and" and at > start and last in (100, 1000, 10**6, 10**9):
            yield at, Decimal(total + part)
            if not (at + 1 < len(tokens) and tokens[at + 1].word in NUMBERS):
                return
            at += 1
            continue
        else:
            break
        at += 1
    if at > start and tokens[at - 1].word != "-":
        yield at, Decimal(total + part)
        yield from _and_a_half(tokens, at, Decimal(total + part))


def _and_a_half(tokens: Sequence[Token], at: int, value: Decimal) -> Iterator[tuple[int, Decimal]]:
    """ "two and a half", "one and a half million"."""
    if _words(tokens, at, 3) == ("and", "a", "half"):
        value += Decimal("0.5")
        yield at + 3, value
        if at + 3 < len(tokens) and tokens[at + 3].word in MAGNITUDES:
            yield at + 4, value * MAGNITUDES[tokens[at + 3].word]


def _may_follow(value: int, last: int) -> bool:
    """Whether a number below 100 can be said after a word of size `last`: "hundred five"."""
    if last >= 100:
        return value > 0 or last == 10**12
    return last >= 20 and last % 10 == 0 and 0 < value < 10


def _words(tokens: Sequence[Token], at: int, count: int) -> tuple[str, ...]:
    return tuple(token.word for token in tokens[at : at + count])
