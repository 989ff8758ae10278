"""What a text asks the index for: words that say what it is about, roles, and spellings of values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from audience.english.data import load
from audience.english.places import same_place
from audience.english.schema import roles, stemmed
from workspace.documents import in_words

_EMPTY = """
a about above again all also always am an and any anyone are as at be been before between both but by
can did different do does dollar dollars euro euros ever every everybody everyone exactly few fewer
first for from get greater had has have he her higher him his how i if in into is it its just larger
last latest least less lower many me more most much my never no nor not of on once one only or our out
over people per person she since so some someone somebody than that the their them then there these they
this those three through till time times to twice two under until up us user users customer customers
want was we were what when where which while who whose will with within without would year you your
january february april june july august september october november december
"""
STOP_WORDS = frozenset(_EMPTY.split())
LONGEST = 2000  # characters of one text; a prompt has at most 300
MOST_WORDS = 48
VALUE_WORDS = 5  # at most, of a value that is looked up as a whole

_LENGTHS = re.compile(
    r"\b(?:last|past|previous|next|this)?\s*(?:\d+|few|couple of|two|three|four|five|six)?\s*"
    r"(?<=\s)(?:hours?|days?|weeks?|months?|quarters?|years?)\b(?:\s+ago\b)?",
    re.IGNORECASE,
)
_AMOUNTS = re.compile(r"[$€£¥]\s*\d[\d.,]*k?|\d[\d.,]*\s*[%€£]")
_MONEY = re.compile(r"[$€£¥]|\b(?:dollars|euros|pounds|bucks)\b|\b(?:USD|EUR|GBP)\b", re.IGNORECASE)
_AGE = re.compile(
    r"\b(?:under|over|aged?|older than|younger than|below|above|between|in their)\s+"
    r"(?:\d{2}(?:\s*(?:-|to|and)\s*\d{2})?|teens|twenties|thirties|forties|fifties|sixties|seventies)"
    r"(?=\s*(?:$|[.,;)]|(?:and|or|but|in|who|with|from|living|based|years?)\b))",
    re.IGNORECASE,
)


def said(text: str) -> tuple[str, ...]:
    """The words of `text`, without lengths of time and amounts of money."""
    worded = _AMOUNTS.sub(" ", _LENGTHS.sub(" ", text[:LONGEST]))
    return tuple(in_words(worded).split()[:MOST_WORDS])


def telling(words: Sequence[str]) -> tuple[str, ...]:
    """Those of `words` that say what a text is about; all of them when none does."""
    return tuple(word for word in words if word not in STOP_WORDS) or tuple(words)


def tells(text: str) -> bool:
    """Whether there is anything in `text` by which a field could be found."""
    words = said(text)
    telling_words = [word for word in words if word not in STOP_WORDS and not word.isdigit()]
    return bool(telling_words) or any(True for _ in roles_asked(text))


def roles_asked(text: str) -> Iterator[tuple[str, str]]:
    """The roles that `text` asks for, each with the stem by which it does: "spent" asks for a purchase.

    An amount of money and an age have no such word; their stem is empty.
    """
    stems = stemmed(in_words(text[:LONGEST]))
    there = set(stems)
    for pattern, asked in _ways_to_ask():
        if there.issuperset(pattern):
            first = next(stem for stem in stems if stem in pattern)
            yield from ((role_word(role), first) for role in asked)
    if _MONEY.search(text):
        yield role_word("money"), ""
    if _AGE.search(text):
        yield role_word("age"), ""


def role_word(role: str) -> str:
    """A role as a word of its own."""
    return f"role{role.replace('_', '')}"


def values_asked(words: Sequence[str]) -> Iterator[tuple[str, int, bool]]:
    """What may be a value in `words`: its stems, how many words were said, and whether exactly so.

    Codes and names of a place stand for each other, and so do the usual words for a value.
    """
    for start in range(len(words)):
        for length in range(1, min(VALUE_WORDS, len(words) - start) + 1):
            phrase = words[start : start + length]
            if all(word in STOP_WORDS and len(word) > 2 for word in phrase):
                continue
            stems = " ".join(stemmed(" ".join(phrase)))
            yield stems, length, True
            for group in same_place(" ".join(phrase)):
                for spelling in sorted(group):
                    if ":" not in spelling:
                        yield " ".join(stemmed(spelling)), length, False
            for other in _synonyms().get(stems, ()):
                yield other, length, False


@cache
def _ways_to_ask() -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    """The stems that ask for a role, and the roles."""
    found: dict[frozenset[str], list[str]] = {}
    for kind in ("events", "traits"):
        for role in roles(kind):
            for pattern in role.says:
                found.setdefault(frozenset(pattern), []).append(role.name)
    return tuple((pattern, tuple(names)) for pattern, names in found.items() if pattern)


@cache
def _synonyms() -> Mapping[str, tuple[str, ...]]:
    """The stems of a value, and those of others that mean the same."""
    found: dict[str, tuple[str, ...]] = {}
    for line in load("values.yaml"):
        stems = tuple(dict.fromkeys(" ".join(stemmed(str(each))) for each in line))
        for each in stems:
            found[each] = (*found.get(each, ()), *(other for other in stems if other != each))
    return found
