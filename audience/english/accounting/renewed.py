"""Words beside a date of renewal that say nothing more: "whose contract renews", "due for renewal"."""

from __future__ import annotations

from collections.abc import Iterator

from audience.english.context import type_of
from audience.english.lexicon import Lexicon
from audience.english.sentence import Sentence, low_at
from audience.english.tokens import stem
from audience.query import Boolean, Comparison, Trait, walk


def renewed(tree: Boolean | None, words: Sentence, lexicon: Lexicon) -> set[int]:
    """The places of what renews, where one date holds that; and of "in the past" where a day is over."""
    if tree is None:
        return set()
    held = [each for each in _dates(tree, lexicon) if _RENEW in each[1]]
    found: set[int] = set()
    for place, word in enumerate(words.words):
        if word.stem == _RENEW:
            if len({name for name, _, _ in held}) == 1:
                found |= _lead(words, place)
        elif word.low == "past" and low_at(words.words, place - 1) == "the":
            over = any(each.operator == "less_than" for _, _, each in _dates(tree, lexicon))
            last = place + 1 == len(words.words) or not words.words[place + 1].is_word
            if over and last and low_at(words.words, place - 2) == "in":
                found |= {place - 2, place - 1, place}
        elif word.low == "passed" and low_at(words.words, place - 1) in ("has", "have", "already"):
            over = any(each.operator == "less_than" for _, _, each in _dates(tree, lexicon))
            found |= {place} if over else set()
    return found


def _lead(words: Sentence, place: int) -> set[int]:
    """ "contract comes up for" before "renewal": the places of those words."""
    at = place - 1
    while at >= 0 and words.words[at].low in _LEADING:
        at -= 1
    noun = at >= 0 and words.words[at].low in _RENEWED
    led = low_at(words.words, at - 1) in ("whose", "with", "a", "the", "their")
    return set(range(at if noun and led else at + 1, place))


def _dates(tree: Boolean, lexicon: Lexicon) -> Iterator[tuple[str, tuple[str, ...], Comparison]]:
    entries = {each.field.name: each for each in (*lexicon.users, *lexicon.accounts)}
    for node in walk(tree):
        if isinstance(node, Comparison) and isinstance(node.left, Trait):
            entry = entries.get(node.left.name)
            if entry is not None and type_of(entry) in ("date", "timestamp"):
                yield entry.field.name, entry.words, node


_RENEW = stem("renew")  # and of a renewal
_LEADING = frozenset(["is", "are", "comes", "come", "coming", "up", "due", "for", "to", "will"])
_RENEWED = frozenset(["subscription", "contract", "agreement", "plan", "licence", "license", "membership", "account", "term"])  # fmt: skip
