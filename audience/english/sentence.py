"""A prompt as words: compounds put together, spelling mended, literal phrases found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from audience.english.any_other import any_other
from audience.english.compounding import compounds, single_compounds
from audience.english.data import load
from audience.english.doers import as_done, doers
from audience.english.idioms import plainly
from audience.english.in_full.names import said_in_full
from audience.english.in_full.said import Said, as_one, blanked
from audience.english.lexicon import Lexicon
from audience.english.literals.items import Item
from audience.english.membership import memberships
from audience.english.nothing_known import as_missing
from audience.english.paraphrase import paraphrased
from audience.english.parents import as_parents
from audience.english.permission.said import permitted
from audience.english.placing import placed, with_tails, years
from audience.english.reaching import reached
from audience.english.restated import restated
from audience.english.same_unit import with_same_unit
from audience.english.schema import (
    ideas,
    roles,
    spelt_out,
)
from audience.english.small_typos import small_typos
from audience.english.spelling import is_spelt_right, read_mended
from audience.english.stretches import Granted, as_words, line_of
from audience.english.tokens import Token, stem, tokens
from audience.english.turns import turned

LiteralReader = Callable[[str], tuple[Item, ...]]


@dataclass(frozen=True)
class Word:
    """A word or symbol of the prompt; `low` and `stem` are after mending and joining."""

    text: str
    low: str
    stem: str
    start: int
    end: int
    line: int
    is_word: bool
    mended: str | None = None  # what it was taken for, when it was misspelt
    quoted: bool = False
    granted: Granted | None = None  # a stretch that says whether people may be reached


@dataclass
class Sentence:
    text: str
    words: list[Word]
    items: dict[int, tuple[int, Item]]  # first word → (word after the last, item)
    swallowed: frozenset[int] = frozenset()  # words that went into a literal phrase or a bullet
    sure: tuple[Said, ...] = ()  # whole names with their values, each one word

    def covered(self) -> dict[int, int]:
        """Word → the first word of the literal phrase it belongs to."""
        inside = {
            each: first for first, (end, _) in self.items.items() for each in range(first, end)
        }
        return inside | {each: each for each in self.swallowed}

    def said(self, first: int, end: int) -> str:
        return self.text[self.words[first].start : self.words[end - 1].end]


@cache
def frame_words() -> dict[str, frozenset[str]]:
    """The classes of `words.yaml` by name; `empty` is all of its parts together."""
    data = load("words.yaml")
    found = {"empty": frozenset(word for part in data["empty"].values() for word in part)}
    found |= {f"empty.{name}": frozenset(part) for name, part in data["empty"].items()}
    found |= {name: frozenset(part) for name, part in data.items() if isinstance(part, list)}
    found |= {f"subjects.{name}": frozenset(part) for name, part in data["subjects"].items()}
    return found


@cache
def english() -> frozenset[str]:
    """Every word of the data files: words that need no mending."""
    known = {word for words in frame_words().values() for word in words}
    for line in load("thesaurus.yaml"):
        known.update(word for phrase in line for word in str(phrase).split())
    known.update(load("verbs.yaml"))
    known.update(load("verbs.yaml").values())
    known.update(load("english.yaml"))
    for line in load("cues.yaml").values():
        known.update(word for phrase in line for word in str(phrase).split())
    for kind in ("events", "traits", "properties"):
        for role in roles(kind):
            known.update(word for phrase in role.says for word in phrase)
    for line in load("values.yaml"):
        known.update(word for phrase in line for word in str(phrase).split() if len(word) > 2)
    return frozenset(known)


@cache
def _place_parts() -> tuple[str, ...]:
    from audience.english.places import parts

    return tuple(sorted(word for word in parts() if len(word) > 4 and word.isalpha()))


@cache
def english_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in english())


@cache
def _targets() -> tuple[str, ...]:
    """What a misspelt word may have meant, other than a catalog's own words."""
    return tuple(sorted(word for word in english() if len(word) > 3 and word.isalpha()))


def sentence(
    text: str,
    lexicon: Lexicon,
    literals: LiteralReader,
    zone: str = "UTC",
    extra: frozenset[str] = frozenset(),
    settled: Mapping[tuple[int, int], Item] | None = None,
    *,
    people: bool = True,
) -> Sentence:
    """`text` as words and literal phrases. Misspelt words are mended before literals are read;
    `settled` are phrases, by their place in `text`, of which the person said how they are meant."""
    raw = tokens(text)
    words = _denials(small_typos([_mended(each, lexicon, extra) for each in raw], lexicon))
    longer = [
        (word.start, word.end, word.low)
        for word, token in zip(words, raw, strict=True)
        if token.is_word and word.low != token.low
    ]
    sure = said_in_full(text, words, lexicon)
    words = as_one(words, sure)
    words, mended = _half_hours(*_singles(words, _rewritten(blanked(text, sure), words)))
    mended = _LONGER.sub(_aligned, mended)
    mended = _AGE_OF.sub(lambda match: match.group(1).ljust(len(match.group())), mended)
    mended = _ONE_TIME.sub(lambda match: "1 time".ljust(len(match.group())), mended)
    mended = _ONLY_A_SINGLE.sub(r"\1just one", mended)
    words = _quoted(_compounded(words, lexicon), text)
    line, places = line_of(words)
    known = [
        *permitted(line, places, lexicon.permissions, lexicon.event_words()),
        *memberships(line, places, lexicon.member_field, lexicon.has_value("member")),
    ]
    words, mended = turned(*as_words(words, mended, known if people else ()))
    words, mended = as_missing(words, mended, lexicon)
    words, mended = plainly(words, mended, lexicon)
    words = as_parents(doers(as_done(words, lexicon), lexicon, extra), lexicon)
    words = paraphrased(words, lexicon, extra, text)
    others = any_other(words, lexicon)
    found = read_mended(mended, longer, literals)
    meant = (settled or {}).get
    items = placed(words, tuple(dict.fromkeys(meant((e.start, e.end), e) for e in found)))
    years(words, items, zone)
    restated(words, items, text)
    with_same_unit(words, items, text)
    swallowed = frozenset(with_tails(words, items) | reached(words, items) | others)
    return Sentence(text, words, items, swallowed, sure)


def _denials(words: list[Word]) -> list[Word]:
    """ "!is_employee" is not one: the sign right before a name says "not"."""
    return [
        replace(word, low="not", stem="not", is_word=True)
        if word.text == "!" and after.is_word and after.start == word.end
        else word
        for word, after in zip(words, [*words[1:], *words[-1:]], strict=True)
    ]


def _mended(token: Token, lexicon: Lexicon, extra: frozenset[str]) -> Word:
    word = Word(
        token.text, token.low, token.stem, token.start, token.end, token.line, token.is_word
    )
    if not token.is_word or len(token.low) < 4 or not token.low.isalpha():
        return word if token.low.isdigit() else _spelt_out(word, lexicon)
    if _known(token, lexicon, extra):
        return word
    if spelt_out(token.low) != token.low:
        return _spelt_out(word, lexicon)
    meant = _nearest(token.low, lexicon)
    if meant is None and token.low.endswith("s") and len(token.low) > 4:
        meant = _nearest(token.low[:-1], lexicon)
    if meant is None or not _is_as_long(token.low, meant):
        return word
    return replace(word, low=meant, stem=stem(meant), mended=meant)


def _is_as_long(said: str, meant: str) -> bool:
    """Whether a form in -ed or -ing can be one of the word: "purchsed", but "marked" is no "market"."""
    tail = next((each for each in ("ed", "ing") if said.endswith(each)), "")
    if not tail or meant.endswith(tail):
        return True
    return abs(len(said) - len(meant.removesuffix("e") + tail)) <= 1


def _spelt_out(word: Word, lexicon: Lexicon) -> Word:
    """ "qty", "amt": an abbreviation that fields are named with, where nothing is called so."""
    whole = spelt_out(word.low)
    if whole == word.low or len(word.low) < 3 or lexicon.knows(word.stem):
        return word
    return replace(word, low=whole, stem=stem(whole))


def _known(token: Token, lexicon: Lexicon, extra: frozenset[str]) -> bool:
    return (
        token.low in english()
        or token.stem in extra
        or any(
            token.low.endswith(tail) and stem(token.low[: -len(tail)]) in (english_stems() | extra)
            for tail in (
                "ers",
                "er",
                "ing",
                "ings",
                "ly",
                "ness",
                "ful",
                "less",
                "able",
                "ish",
                "y",
            )
        )
        or token.stem in english_stems()
        or lexicon.describes(token.stem)
        or bool(ideas(token.stem))
        or _is_place(token.low)
        or is_spelt_right(token.low)
    )


def _is_place(low: str) -> bool:
    from audience.english.places import parts

    return low in parts()


def _nearest(low: str, lexicon: Lexicon) -> str | None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA, JaroWinkler

    limit = 1 if len(low) < 8 else 2
    best: tuple[float, str] | None = None
    for choices in (_targets(), lexicon.spellings(), _place_parts()):
        for word, distance, _ in process.extract(
            low, choices, scorer=OSA.distance, score_cutoff=limit, limit=6
        ):
            if len(low) == len(word) == 4 and sorted(low) != sorted(word):
                continue  # "solo" is not "sold"
            if word[0] != low[0] and not (len(low) > 4 and sorted(word[:2]) == sorted(low[:2])):
                continue
            rank = (JaroWinkler.similarity(low, word) - distance, word)
            if best is None or rank > best:
                best = rank
    return None if best is None else best[1]


def _rewritten(text: str, words: Iterable[Word]) -> str:
    """`text` with misspelt words mended where that keeps every offset; literals are read from it."""
    letters = list(text)
    for word in words:
        if word.mended is not None and len(word.mended) == word.end - word.start:
            letters[word.start : word.end] = word.mended
    return "".join(letters)


_INSIDE = {"inapp": "ingam", "ingam": "inapp"}  # an in-app purchase, where it is in the game
_PARTICLES = frozenset({"in", "out", "up", "down", "off", "on", "over", "back"})


def _compounded(words: list[Word], lexicon: Lexicon) -> list[Word]:
    pairs, found, place = compounds(), list[Word](), 0
    while place < len(words):
        word = words[place]
        step = 2 if place + 2 < len(words) and words[place + 1].text == "-" else 1
        other = words[place + step] if place + step < len(words) else None
        whole = pairs.get((word.stem, other.stem)) if other is not None else None
        if whole == "addon" and not (step == 2 or word.low == "addon"):
            whole = None  # "added on Monday"
        if whole is not None and _is_of_year(words, place, step):
            whole = None
        if whole is None and other is not None and other.low in _PARTICLES:
            glued = word.stem + other.low  # "worked out" where a name says "workout"
            whole = glued if glued in lexicon.name_vocabulary else None
        if whole is None and other is not None and step == 2:
            glued = stem(word.low + other.low)  # "pre-ordered" where a name says "preorder"
            whole = glued if glued in lexicon.vocabulary else None
        if whole in _INSIDE and not lexicon.knows(whole) and lexicon.knows(_INSIDE[whole]):
            whole = _INSIDE[whole]
        if whole is not None and other is not None:
            found.append(replace(word, low=f"{word.low} {other.low}", stem=whole, end=other.end))
            place += step + 1
            continue
        together = _run_together(words, place, lexicon)
        if together is not None:
            found.append(together)
            place += len(together.low.split())
            continue
        if word.stem in single_compounds():
            word = replace(word, stem=single_compounds()[word.stem])
        found.append(word)
        place += 1
    return found


def _is_of_year(words: list[Word], place: int, step: int) -> bool:
    """ "a contract signed in 2026": signed, and in that year; not who signed in."""
    year = words[place + step + 1 : place + step + 2]
    if not year or not year[0].text.isdigit() or len(year[0].text) != len("2026"):
        return False
    before = words[place - 1] if place else None
    kinds = frame_words()
    small = kinds["empty"] | kinds["relatives"] | kinds["and"] | kinds["or"] | kinds["everybody"]
    people = kinds["subjects.users"] | kinds["subjects.accounts"]
    return before is not None and before.is_word and before.low not in small | people


def _run_together(words: list[Word], place: int, lexicon: Lexicon) -> Word | None:
    """ "lifecycle stage" where a name or a value says "lifecyclestage"."""
    for end in (place + 3, place + 2):
        inside = words[place:end]
        if len(inside) != end - place or not all(each.low.isalpha() for each in inside):
            continue
        if inside[0].line != inside[-1].line or any(len(each.low) < 3 for each in inside):
            continue
        glued = stem("".join(each.low for each in inside))
        if len(glued) >= _GLUED and glued in lexicon.vocabulary:
            low = " ".join(each.low for each in inside)
            return replace(inside[0], low=low, stem=glued, end=inside[-1].end)
    return None


_GLUED = 8  # letters of two words that may be written as one


def _quoted(words: list[Word], text: str) -> list[Word]:
    """Words between quotation marks are marked; the marks stay as symbols."""
    found, inside = [], False
    for word in words:
        if word.text in '"“”«»' or (word.text in "'‘’" and not word.is_word):
            inside = not inside if word.text in "\"'" else word.text in "“«‘"
            found.append(word)
        else:
            found.append(replace(word, quoted=inside or word.quoted))
    return found


_AGE_OF = re.compile(r"\b(under|over|below|above)\s+the\s+age\s+of\b", re.IGNORECASE)
_ONLY_A_SINGLE = re.compile(r"(\bonly (?:ever )?(?:\w+ ){0,2})a single\b", re.IGNORECASE)
_ONE_TIME = re.compile(r"\bone(?:-|\s+)time\b(?=\s+\w)|\bsingle(?:-|\s+)purchase\b", re.IGNORECASE)
_LONGER = re.compile(
    r"\b((?:speed|pace|rate)\s+(?:faster|slower)|longer|shorter|farther|further|heavier|lighter|bigger|smaller|faster|slower|more often)"
    r"\s+than(?=\s+(?:\d|an?\s))",
    re.IGNORECASE,
)
_FEWER = frozenset({"shorter", "lighter", "smaller", "faster"})


def _aligned(match: re.Match[str]) -> str:
    """ "longer than 20 minutes" as literals know it, with every offset kept."""
    *measured, how = match.group(1).lower().split()
    fewer = how in _FEWER if not measured else how == "slower"  # a faster speed is a higher one
    led = match.start(1) + len(match.group(1)) - len(how) - match.start()
    plain = match.group()[:led] + ("less than" if fewer else "more than")
    return plain.ljust(len(match.group()))


def _singles(words: list[Word], text: str) -> tuple[list[Word], str]:
    """ "single person households" as those of 1 person, with every offset kept."""
    found, letters = list(words), list(text)
    for place, word in enumerate(words):
        after = [each.low for each in words[place + 1 : place + 3] if each.is_word]
        if word.low == "single" and after[:1] == ["person"]:
            found[place] = replace(word, low="1", stem="1")
            letters[word.start : word.end] = "1".ljust(word.end - word.start)
    return found, "".join(letters)


def _half_hours(words: list[Word], text: str) -> tuple[list[Word], str]:
    """ "half an hour" as the 30 minutes that it is, with every offset kept."""
    found, letters = list(words), list(text)
    for place, word in enumerate(words[:-2]):
        if [each.low for each in words[place : place + 3]] != ["half", "an", "hour"]:
            continue
        last = words[place + 2]
        found[place] = replace(word, low="30", stem="30")
        found[place + 2] = replace(last, low="mins", stem="mins")
        letters[word.start : last.end] = "30".ljust(last.start - word.start) + "mins"
    return found, "".join(letters)


def low_at(words: Sequence[Word], place: int) -> str:
    """The word of a place in lower case; empty where there is none."""
    return words[place].low if 0 <= place < len(words) else ""
