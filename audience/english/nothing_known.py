"""Ways to say that something is not known of people: "no info on …", "… missing", "no … preference on file"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from audience.english.lexicon import Lexicon
from audience.english.schema import likeness
from audience.english.tokens import stem

if TYPE_CHECKING:
    from audience.english.sentence import Word

MISSING = "missing"


def as_missing(words: list[Word], text: str, lexicon: Lexicon) -> tuple[list[Word], str]:
    """`words` with each of these as the one word "missing", and `text` with what is gone left blank."""
    found: list[Word] = []
    letters, place = list(text), 0
    while place < len(words):
        word = words[place]
        if found and _is_its_choice(words, place, found, lexicon):
            found[-1] = replace(found[-1], end=word.end)
            place += 1
            continue
        step = _nothing_about(words, place) or _info_missing(words, place, lexicon)
        if not step and word.low == MISSING and _ends(words, place + 1):
            step = 1  # and nothing was missed
        elif not step and word.low == MISSING and place and words[place - 1].low in _ARE:
            word = replace(word, low="without", stem="without")  # "are still missing a policy"
        if step:
            end = words[place + step - 1].end
            letters[word.start : end] = " " * (end - word.start)
            found.append(replace(word, low=MISSING, stem=MISSING, end=end))
            place += step
            continue
        first, after = _none_on_file(words, place, lexicon)
        if after:
            last = words[after - 1].end
            letters[words[first].end : last] = " " * (last - words[first].end)
            found.append(replace(word, low=MISSING, stem=MISSING))
            found += [*words[place + 1 : first], replace(words[first], end=last)]
            place = after
            continue
        found.append(word)
        place += 1
    return found, "".join(letters)


def _lows(words: Sequence[Word], place: int) -> list[str]:
    return [word.low if word.is_word else "." for word in words[place : place + _FAR]]


def _nothing_about(words: Sequence[Word], place: int) -> int:
    """ "no info on", "nothing recorded about": how many words say so from `place` on."""
    said = _lows(words, place)
    if said[0] in ("no", "without"):
        at = 1 + (said[1:2] == ["any"])
        told = said[at : at + 1] and said[at] in _INFO
        return at + 2 if told and said[at + 1 : at + 2] and said[at + 1] in _ABOUT else 0
    if said[0] != "nothing":
        return 0
    at = 1
    while at < len(said) and (said[at] in _KEPT or said[at - 1 : at + 1] == ["on", "file"]):
        at += 1
    if said[at : at + 2] in _ON_FILE:
        at += 2
    return at + 1 if at > 1 and said[at : at + 1] and said[at] in _ABOUT else 0


def _info_missing(words: Sequence[Word], place: int, lexicon: Lexicon) -> int:
    """ "diet preference missing", "whose diet info we don't have": the noun says nothing by itself."""
    if not place or words[place].low not in _INFO or not _is_named(words, place - 1):
        return 0
    if _is_called(words, place, lexicon):
        return 0
    said = _lows(words, place)
    at = 1 + (said[1:2] in (["is"], ["are"]))
    return (
        at + 1 if said[at : at + 1] and said[at] in _MISSING and _ends(words, place + at + 1) else 0
    )


def _is_its_choice(
    words: Sequence[Word], place: int, found: Sequence[Word], lexicon: Lexicon
) -> bool:
    """ "we don't know the diet preference of": behind what is missing, the noun says nothing."""
    if words[place].low not in _INFO or _is_called(words, place, lexicon):
        return False
    before = [word.low for word in found[-_NEAR:]]
    ends = _ends(words, place + 1) or words[place + 1].low == "of"
    return ends and MISSING in before[:-1] and _is_named(words, place - 1)


def _none_on_file(words: Sequence[Word], place: int, lexicon: Lexicon) -> tuple[int, int]:
    """ "no newsletter preference on file": the place of what is not known, and the one after it all."""
    said = _lows(words, place)
    if said[0] != "no":
        return 0, 0
    ends = [at for at in range(2, len(said)) if said[at] in _INFO or said[at : at + 2] in _ON_FILE]
    at = next(iter(ends), 0)
    if not at or not all(_is_named(words, place + each) for each in range(1, at)):
        return 0, 0
    if said[at] not in _INFO:
        return place + at - 1, place + at + 2
    if _is_called(words, place + at, lexicon):
        return 0, 0
    kept = 2 if said[at + 1 : at + 3] in _ON_FILE else 0
    kept = kept or int(said[at + 1 : at + 2] != [] and said[at + 1] in _KEPT)
    return place + at - 1, place + at + 1 + kept


def _is_called(words: Sequence[Word], place: int, lexicon: Lexicon) -> bool:
    """Whether a field's name has the word, and the one before it: `dietary_preference`."""
    info, before = stem(words[place].low), words[place - 1].stem
    return any(
        info in each.words and any(likeness(before, word) for word in each.words)
        for each in lexicon.fields_like((info,))
    )


def _is_named(words: Sequence[Word], place: int) -> bool:
    from audience.english.sentence import frame_words

    kinds = frame_words()
    small = kinds["empty"] | kinds["relatives"] | kinds["and"] | kinds["or"] | kinds["negations"]
    return words[place].is_word and words[place].low not in small


def _ends(words: Sequence[Word], place: int) -> bool:
    """Whether nothing follows that could be missed: the end, a sign, or another clause."""
    from audience.english.sentence import frame_words

    if (
        place >= len(words)
        or not words[place].is_word
        or words[place].line != words[place - 1].line
    ):
        return True
    kinds = frame_words()
    return words[place].low in kinds["and"] | kinds["or"] | kinds["but"] | kinds["relatives"]


_NEAR = 4  # words behind "missing"
_ARE = frozenset(["is", "are", "still", "who's", "who're"])
_FAR = 8  # words of such a phrase
_INFO = frozenset(
    [
        "info",
        "information",
        "details",
        "data",
        "preference",
        "preferences",
        "choice",
        "needs",
        "record",
        "records",
        "entry",
        "answer",
    ]
)
_ON_FILE = (["on", "file"], ["on", "record"])
_ABOUT = frozenset(["on", "about", "for", "regarding", "concerning"])
_KEPT = frozenset(["known", "recorded", "noted", "entered", "held", "stored", "saved", "given"])
_MISSING = frozenset(["missing", "unknown", "unset", "blank", "empty"])
