"""Words that were meant to be there and are not: "who never a coupon", "used a in November".

A sentence with a hole in it is not read around the hole: what is missing may be what mattered.
"""

from __future__ import annotations

from audience.english.accounting.small_words import small_words
from audience.english.events import is_action, is_past
from audience.english.literals.items import Number, Range
from audience.english.sentence import Sentence, frame_words, low_at
from audience.english.times import is_time


def gaps(words: Sentence) -> set[int]:
    """Places of articles with no noun after them, and of "who" and "whose" with nothing said."""
    covered = words.covered()
    return {
        place
        for place, word in enumerate(words.words)
        if place not in covered
        and not word.quoted
        and (
            _is_bare_article(words, place)
            or _is_without_verb(words, place)
            or _is_broken_off(words, place)
        )
    }


def _is_broken_off(words: Sentence, place: int) -> bool:
    """ "customers who stayed... booked for 14 nights": a verb that may have been taken back."""
    word = words.words[place]
    dots = [each.text for each in words.words[place + 1 : place + 3]]
    if dots != [".", "."] and dots[:1] != ["…"]:
        return False
    rest = [each for each in words.words[place + 1 :] if each.is_word]
    taken_back = bool(rest) and rest[0].low in _TAKEN_BACK
    return bool(rest) and word.is_word and (is_past(word) or is_action(word.stem) or taken_back)


def _is_bare_article(words: Sentence, place: int) -> bool:
    low = words.words[place].low
    if low not in _ARTICLES or words.words[place].text.isupper():
        return False
    after = words.words[place + 1] if place + 1 < len(words.words) else None
    if after is None:
        return True
    joined = place + 2 < len(words.words) and words.words[place + 2].text == "-"
    return after.low in _NO_NOUN and after.line == words.words[place].line and not joined


def _is_without_verb(words: Sentence, place: int) -> bool:
    """ "who a coupon", "whose was declined"."""
    low = words.words[place].low
    following = place + 1
    if low == "whose":
        return low_at(words.words, following) in frame_words()["empty.aux"]
    if low not in ("who", "that") or low_at(words.words, place - 1) in _SINCE_THAT or place == 0:
        return False
    while low_at(words.words, following) in _ADVERBS:
        following += 1
    if following >= len(words.words):
        return True
    first = words.words[following]
    item = words.items.get(following)
    counted = item is not None and isinstance(item[1], Range | Number) and not is_time(item[1])
    if not (first.low in ("a", "an") or counted):
        return False
    for word in words.words[following + 1 :]:
        if not word.is_word or word.low in _CLAUSE_ENDS:
            return True
        verbal = is_action(word.stem) or word.low in frame_words()["empty.aux"]
        if verbal or word.low.endswith(("ed", "ing")):
            return False
    return True


_TAKEN_BACK = frozenset(["well", "no", "sorry", "rather", "actually", "i", "or"])
_ARTICLES = small_words("articles")
_NO_NOUN = small_words("no_noun")
_ADVERBS = small_words("adverbs")
_SINCE_THAT = frozenset(["after", "before", "of", "since"])  # "within 7 days after that"
_CLAUSE_ENDS = frozenset(["and", "or", "but", "who", "that", "except"])
