"""Words for which the workspace has no name, read as words that it has: "rang us" where people call.

Only what would be left over is looked up, so that a paraphrase never takes the place of what a
name, a value or a description says. How each was read is said with the answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from audience.english.compounding import compounded
from audience.english.data import load
from audience.english.lexicon import Lexicon
from audience.english.schema import roles
from audience.english.tokens import stem, tokens

if TYPE_CHECKING:
    from audience.english.sentence import Word


def paraphrased(
    words: Sequence[Word], lexicon: Lexicon, extra: frozenset[str], text: str
) -> list[Word]:
    """`words` with those that are unknown here as the nearest word that is known; `extra` are known too."""
    found: list[Word] = []
    place = 0
    while place < len(words):
        step, known = _phrase(words, place, lexicon)
        word = words[place]
        if step:
            end = words[place + step - 1].end
            found.append(_as(replace(word, end=end, text=text[word.start : end]), known, word.low))
            place += step
            continue
        other = (
            _nearest(words, place, lexicon) if _is_unknown(words, place, lexicon, extra) else None
        )
        found.append(word if other is None else _as(word, other, word.low))
        place += 1
    return found


def _phrase(words: Sequence[Word], place: int, lexicon: Lexicon) -> tuple[int, str]:
    """How many words from `place` on are a phrase for something that is known here, and for what."""
    word = words[place]
    for phrase, meant in _phrases().get(word.stem, ()):
        inside = words[place : place + len(phrase)]
        if tuple(each.stem for each in inside) != phrase or any(each.quoted for each in inside):
            continue
        if any(each.line != word.line for each in inside):
            continue
        if set(phrase) <= lexicon.vocabulary or _is_called(phrase, lexicon):
            continue
        told = (e for e in meant if _tells_event(stem(e), words, lexicon, done=True))
        known = next(told, None)
        after = words[place + len(phrase) : place + len(phrase) + 1]
        if known is None and not (after and after[0].low == "from"):  # "moved up from A to B"
            known = next((e for e in meant if _names_other(stem(e), lexicon)), None)
        if known is not None:
            return len(phrase), known
    return 0, ""


def _is_called(phrase: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether an event is told by the phrase itself: "pick-up booked"."""
    told = [each for each in phrase if len(each) > 3]
    return any(set(told) <= {*each.words, *each.about} for each in lexicon.events_like(told))


def _is_unknown(words: Sequence[Word], place: int, lexicon: Lexicon, extra: frozenset[str]) -> bool:
    """Whether nothing here is called, described or meant by the word, and it is no name."""
    word = words[place]
    plain = word.low.replace(" ", "").isalpha()  # "came back" is one word here
    if not word.is_word or word.quoted or len(word.low) < 3 or not plain:
        return False
    begins = place == 0 or words[place - 1].line != word.line or not words[place - 1].is_word
    if word.text[:1].isupper() and not (begins and word.text[1:].islower()):
        return False
    if word.low == "passed" and place and words[place - 1].low in ("has", "have", "had", "already"):
        return False  # "the date has passed": it is over
    if word.stem in extra or word.low in _framing() or word.stem in _framing():
        return False
    if lexicon.describes(word.stem) or lexicon.named(word.low) or _is_value(words, place, lexicon):
        return False
    if lexicon.events_like((word.stem,)) or lexicon.fields_like((word.stem,)):
        return False
    return not any(
        (word.stem,) in role.says and lexicon.roles.get(role.name) for role in roles("events")
    )


def _is_value(words: Sequence[Word], place: int, lexicon: Lexicon) -> bool:
    """ "by text" where texts are called otherwise: how something was done, and what is called so."""
    word = words[place]
    at = place - 1
    while at > 1 and words[at].low in _JOINTS and place - at < _LISTED:
        at -= 2  # "by letter, phone or text"
    by = at >= 0 and words[at].low in _BY
    return by and bool(lexicon.valued((word.stem,), word.low))


_BY = frozenset(["by", "via", "through"])
_JOINTS = frozenset(["or", "and", ",", "/"])
_LISTED = 8  # words of a list of ways


def _nearest(words: Sequence[Word], place: int, lexicon: Lexicon) -> str | None:
    """The first word of its lines that is known here; for what was done one that tells of an event."""
    word = words[place]
    if _is_container(words, place):
        return None
    lines = _lines().get(word.stem, ())
    every = [each for line in lines for each in line if stem(each) != word.stem]
    past = _is_past(word)
    done = [each for each in every if _tells_event(stem(each), words, lexicon, done=past)]
    if done and past:
        return done[0]
    return next((each for each in every if each in done or _names_other(stem(each), lexicon)), None)


def _is_container(words: Sequence[Word], place: int) -> bool:
    """ "nothing in their basket": what things lie in, and not what was bought with it."""
    before = [each.low for each in words[max(0, place - 2) : place]]
    return words[place].low in _CONTAINERS and bool(_INSIDE & set(before))


_CONTAINERS = frozenset(["basket", "cart", "bag", "trolley"])
_INSIDE = frozenset(["in", "into", "inside"])


def _tells_event(known: str, words: Sequence[Word], lexicon: Lexicon, *, done: bool) -> bool:
    """Whether an event is meant by the word alone: "flew" is no flight that was delayed.

    What it was done to may stay unsaid, and what came of it may not.
    """
    from audience.english.events import is_action, is_telling

    said = {known, *(word.stem for word in words)}
    for each in lexicon.events:
        if known not in (*each.words, *each.about):
            continue
        telling = [word for word in each.words if word not in HAPPENED]
        unsaid = [word for word in telling if word not in said]
        if telling[-1:] == [known] and (done or is_action(known)):
            return True  # the visit of "visit missed" is what it was done to
        if not any(is_action(word) or (is_telling(word) and not done) for word in unsaid):
            return True
    return False


def _names_other(known: str, lexicon: Lexicon) -> bool:
    """Whether a trait, a property or a value is called by the word, and no event."""
    if any(known in each.words for each in lexicon.events):
        return False
    return lexicon.knows(known) or known in lexicon.flag_words()


def are_one_idea(one: str, other: str) -> bool:
    """Whether two stems stand for one another in everyday English: a house is a home."""
    return any(other in map(stem, line) for line in _lines().get(one, ()))


def _is_past(word: Word) -> bool:
    from audience.english.events import is_past

    return is_past(word)


def _as(word: Word, known: str, low: str) -> Word:
    """The word as the known one, in the form in which it was said."""
    if low.endswith("ed") or _is_past(word):
        form = _past_of().get(known, known.removesuffix("e") + "ed")
    elif low.endswith("ing"):
        form = known.removesuffix("e") + "ing"
    else:
        form = known + "s" if low.endswith("s") and not known.endswith("s") else known
    return replace(word, low=form, stem=stem(known), mended=known)


@cache
def _past_of() -> Mapping[str, str]:
    """Base form → the first of its irregular forms."""
    found: dict[str, str] = {}
    for form, base in load("verbs.yaml").items():
        found.setdefault(str(base), str(form))
    return found


@cache
def _lines() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for line in load("paraphrases.yaml")["words"]:
        row = tuple(str(each) for each in line)
        for each in row:
            found.setdefault(stem(each), []).append(row)
    return {each: tuple(rows) for each, rows in found.items()}


@cache
def _phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """The first stem → phrases, the longest first, with what each may mean."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for phrase, meant in load("paraphrases.yaml")["phrases"].items():
        words = compounded([each.stem for each in tokens(str(phrase))])
        if len(words) > 1:
            found.setdefault(words[0], []).append((words, tuple(map(str, meant))))
    return {
        first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()
    }


@cache
def _framing() -> frozenset[str]:
    """Words that frame a sentence or tell how their neighbours are meant."""
    from audience.english.sentence import frame_words

    kinds = frame_words()
    cues = frozenset(word for row in load("cues.yaml").values() for word in row)
    rows = [row for row in load("smallwords.yaml").values() if isinstance(row, list)]
    small = frozenset(word for row in rows for word in row)
    known = cues.union(small, *(kinds[each] for each in _FRAMES)) | _JOINING
    return known | {stem(word) for word in kinds["light_verbs"]}


# What a name says of an event beyond that it took place may be what nobody said.
HAPPENED = frozenset(map(stem, load("paraphrases.yaml")["happened"]))
_FRAMES = (
    "empty",
    "negations",
    "missing",
    "relatives",
    "light_verbs",
    "only",
    "subjects.users",
    "subjects.accounts",
    "and",
    "or",
    "but",
    "except",
)
_JOINING = frozenset(["apart", "aside", "rather", "instead", "then", "elsewhere", "left"])
