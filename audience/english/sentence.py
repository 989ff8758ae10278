"""A prompt as words: compounds put together, spelling mended, literal phrases found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from audience.english.data import load
from audience.english.lexicon import Lexicon
from audience.english.literals.items import Ask, Item, Number, OpenFrom, OpenTo, Range
from audience.english.schema import (
    compounds,
    ideas,
    roles,
    single_compounds,
    spelt_out,
    stemmed,
)
from audience.english.tokens import Token, stem, tokens

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


@dataclass
class Sentence:
    text: str
    words: list[Word]
    items: dict[int, tuple[int, Item]]  # first word → (word after the last, item)
    swallowed: frozenset[int] = frozenset()  # words that went into a literal phrase or a bullet

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
    for kind in ("events", "traits", "properties"):
        for role in roles(kind):
            known.update(word for phrase in role.says for word in phrase)
    for line in load("roles.yaml")["values"]:
        known.update(word for phrase in line for word in str(phrase).split())
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
) -> Sentence:
    """`text` as words and literal phrases. Misspelt words are mended before literals are read."""
    raw = tokens(text)
    words = _denials([_mended(each, lexicon, extra) for each in raw])
    words, mended = _half_hours(*_singles(words, _rewritten(text, words)))
    mended = _LONGER.sub(_aligned, mended)
    mended = _AGE_OF.sub(lambda match: match.group(1).ljust(len(match.group())), mended)
    mended = _ONE_TIME.sub(lambda match: "1 time".ljust(len(match.group())), mended)
    words = _doers(_agents(_quoted(_compounded(words, lexicon), text), lexicon), lexicon, extra)
    items = _placed(words, literals(mended))
    _years(words, items, zone)
    swallowed = frozenset(_with_tails(words, items))
    return Sentence(text, words, items, swallowed)


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
    if meant is None:
        return word
    return replace(word, low=meant, stem=stem(meant), mended=meant)


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


_PARTICLES = frozenset({"in", "out", "up", "down", "off", "on", "over", "back"})


def _compounded(words: list[Word], lexicon: Lexicon) -> list[Word]:
    pairs, found, place = compounds(), list[Word](), 0
    while place < len(words):
        word = words[place]
        step = 2 if place + 2 < len(words) and words[place + 1].text == "-" else 1
        other = words[place + step] if place + step < len(words) else None
        whole = pairs.get((word.stem, other.stem)) if other is not None else None
        if whole is None and other is not None and other.low in _PARTICLES:
            glued = word.stem + other.low  # "worked out" where a name says "workout"
            whole = glued if glued in lexicon.name_vocabulary else None
        if whole is None and other is not None and step == 2:
            glued = stem(word.low + other.low)  # "pre-ordered" where a name says "preorder"
            whole = glued if glued in lexicon.vocabulary else None
        if whole is not None and other is not None:
            found.append(replace(word, low=f"{word.low} {other.low}", stem=whole, end=other.end))
            place += step + 1
            continue
        if word.stem in single_compounds():
            word = replace(word, stem=single_compounds()[word.stem])
        found.append(word)
        place += 1
    return found


def _quoted(words: list[Word], text: str) -> list[Word]:
    """Words between quotation marks are marked; the marks stay as symbols."""
    found, inside = [], False
    for word in words:
        if word.text in '"“”«»' or (word.text in "'‘’" and not word.is_word):
            inside = not inside if word.text in "\"'" else word.text in "“«‘"
            found.append(word)
        else:
            found.append(replace(word, quoted=inside))
    return found


def _agents(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """ "readers of sport articles" read them: the noun is the verb."""
    verbs = load("agents.yaml")
    found = [_reachable(words, place) for place in range(len(words))]
    for place, word in enumerate(words[:-1]):
        if word.low == "returning" and words[place + 1].low in frame_words()["subjects.users"]:
            found[place] = replace(word, low="repeat", stem="repeat")  # they come back
    for place, word in enumerate(words[1:], start=1):
        if word.low in _SHOPPERS and words[place - 1].low in ("repeat", "returning", "time"):
            found[place] = replace(
                word, low="buy", stem="buy"
            )  # "repeat buyers", "one-time buyers"
    for place, word in enumerate(words[:-2]):
        out = words[place + 1].low == "out" and words[place + 2].low in _CASH
        if word.stem == "take" and out and "withdraw" in lexicon.event_words():  # "took out cash"
            found[place] = replace(word, low="withdrew", stem="withdraw")
    for place, word in enumerate(words[:-1]):
        if word.low in verbs and words[place + 1].low == "of":
            found[place] = replace(word, low=verbs[word.low], stem=stem(verbs[word.low]))
    return found


def _reachable(words: list[Word], place: int) -> Word:
    """ "can be texted": of the channel that they let themselves be reached by."""
    before = [each.low for each in words[max(0, place - 4) : place]]
    channel = _CHANNELS.get(words[place].low)
    if channel is None or before[-1:] != ["be"] or not set(before) & _MAY:
        return words[place]
    return replace(words[place], low=channel, stem=stem(channel))


_CHANNELS = {"texted": "sms", "emailed": "email", "called": "calls", "phoned": "phone"}
_CHANNELS |= {"mailed": "mail", "messaged": "message", "contacted": "consent"}
_MAY = frozenset(["can", "may", "could", "cannot", "can't", "cant", "mustn't", "must", "to"])


def _doers(words: list[Word], lexicon: Lexicon, extra: frozenset[str]) -> list[Word]:
    """ "bookers", "callers": people by what they do, where nothing is called so."""
    people = frame_words()["subjects.users"]
    found = list(words)
    for place, word in enumerate(words):
        plural = word.is_word and word.low.endswith("ers") and len(word.low) > 5
        known = word.stem in extra or lexicon.knows(word.stem) or bool(ideas(word.stem))
        if not plural or word.low in people or known:
            continue
        base = word.low[:-3]
        bases = {base, base + "e", base[:-1] if base[-1:] == base[-2:-1] else base}
        verb = next((each for each in sorted(bases) if stem(each) in _doing()), None)
        if verb is not None and stem(verb) in lexicon.event_words():
            found[place] = replace(word, low=verb, stem=stem(verb))
    return found


@cache
def _doing() -> frozenset[str]:
    return frozenset(stem(str(each)) for each in load("actions.yaml"))


def _placed(words: list[Word], items: tuple[Item, ...]) -> dict[int, tuple[int, Item]]:
    placed: dict[int, tuple[int, Item]] = {}
    for item in items:
        inside = [place for place, word in enumerate(words) if item.start <= word.start < item.end]
        if not inside or _is_part_of_word(words, inside, item):
            continue
        before = placed.get(inside[0])
        if before is not None and (before[1].start, before[1].end) == (item.start, item.end):
            item = _either_of(before[1], item)
        placed[inside[0]] = (inside[-1] + 1, item)
    return placed


def _either_of(one: Item, other: Item) -> Item:
    """Two real readings of one phrase: only the person can say which."""
    read = one.ask.options if one.ask is not None and one.ask.options else (one,)
    return replace(
        one, ask=Ask(f"“{one.text}” can be read in two ways. Which one?", (*read, other))
    )


def _is_part_of_word(words: list[Word], inside: list[int], item: Item) -> bool:
    """The "one" of "one-way" counts nothing."""
    after = inside[-1] + 1
    if item.text.lower() == "one" and (
        after >= len(words) or not words[after].is_word or words[after].low in _AFTER_ONE
    ):
        return True  # "clicked one": a pronoun
    glued = (
        after + 1 < len(words)
        and words[after].text == "-"
        and words[after].start == words[inside[-1]].end
    )
    return (
        glued
        and isinstance(item, Number | Range)
        and len(inside) <= 2
        and item.text.lower().endswith("one")
    )


_AGE_OF = re.compile(r"\b(under|over|below|above)\s+the\s+age\s+of\b", re.IGNORECASE)
_ONE_TIME = re.compile(r"\bone(?:-|\s+)time\b(?=\s+\w)|\bsingle(?:-|\s+)purchase\b", re.IGNORECASE)
_LONGER = re.compile(
    r"\b(longer|shorter|farther|further|heavier|lighter|bigger|smaller|faster|slower|more often)"
    r"\s+than(?=\s+(?:\d|an?\s))",
    re.IGNORECASE,
)
_FEWER = frozenset({"shorter", "lighter", "smaller", "faster"})


def _aligned(match: re.Match[str]) -> str:
    """ "longer than 20 minutes" as literals know it, with every offset kept."""
    plain = "less than" if match.group(1).lower() in _FEWER else "more than"
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


def _years(words: list[Word], items: dict[int, tuple[int, Item]], zone: str) -> None:
    """ "born before 1970": a year that only its preposition tells."""
    for first, (end, item) in list(items.items()):
        if not isinstance(item, Number) or first == 0 or not 1900 <= item.value <= 2100:
            continue
        low = words[first - 1].low
        year = int(item.value)
        if item.value != year or low not in ("before", "after", "since"):
            continue
        known = {"start": words[first - 1].start, "end": item.end, "text": f"{low} {item.text}"}
        start = datetime(year + (low == "after"), 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        made: Item
        if low == "before":
            made = OpenTo(**known, until=start, last=date(year - 1, 12, 31))  # type: ignore[arg-type]
        else:
            made = OpenFrom(**known, since=start, first=date(year + (low == "after"), 1, 1))  # type: ignore[arg-type]
        del items[first]
        items[first - 1] = (end, made)


_SHOPPERS = frozenset(
    ["buyers", "buyer", "shoppers", "shopper", "customers", "customer", "purchasers", "purchaser"]
)
_CASH = frozenset(["cash", "money"])
_AFTER_ONE = frozenset(
    [
        "in",
        "or",
        "and",
        "but",
        "of",
        "from",
        "at",
        "on",
        "within",
        "during",
        "since",
        "to",
        "for",
        "too",
        "also",
        "as",
    ]
)
_YEAR_TAILS = {
    "newer": "more",
    "later": "more",
    "younger": "more",
    "older": "less",
    "earlier": "less",
}
_MORE = frozenset(
    {"more", "higher", "above", "over", "up", "longer", "older", "better", "greater", "bigger"}
)
_LESS = frozenset(
    {"less", "fewer", "lower", "below", "under", "shorter", "younger", "worse", "smaller"}
)


def _with_tails(words: list[Word], items: dict[int, tuple[int, Item]]) -> set[int]:
    """ "2 stars or less": the comparator stands after the noun. The places that it takes."""
    swallowed: set[int] = set()
    for first, (end, item) in list(items.items()):
        value = item.value if isinstance(item, Number) else None
        if isinstance(item, Range) and item.low is not None and item.low == item.high:
            value = item.low
        if value is None:
            continue
        for place in range(end, min(end + 3, len(words) - 1)):
            if words[place].low not in ("or", "and"):
                continue
            tail = words[place + 1].low
            if 1900 <= value <= 2100 and tail in _YEAR_TAILS:
                tail = _YEAR_TAILS[tail]  # a year: "2022 or newer"
            if tail in _MORE | _LESS and place + 1 not in items:
                known = {"start": item.start, "end": item.end, "text": item.text}
                unit = item.unit if isinstance(item, Range) else None
                ranged = (
                    Range(**known, low=value, unit=unit)  # type: ignore[arg-type]
                    if tail in _MORE
                    else Range(**known, high=value, unit=unit)  # type: ignore[arg-type]
                )
                items[first] = (end, ranged)
                swallowed |= {place, place + 1}
            break
    for place, word in enumerate(words):
        starts = place == 0 or words[place - 1].line != word.line
        last = place + 1 == len(words)
        if starts and not last and word.text.isdigit() and words[place + 1].text in ".):":
            swallowed |= {place, place + 1}
            items.pop(place, None)
        if word.low == "due" and not last and words[place + 1].low == "to":
            swallowed.add(place)  # "due to an injury": because of it
        if word.low in ("file", "record") and place and words[place - 1].low == "on":
            swallowed.add(place)
    swallowed |= _emphasis(words, items)
    return swallowed


def _emphasis(words: list[Word], items: dict[int, tuple[int, Item]]) -> set[int]:
    """The places of "not even once" after a "never", which it only says again."""
    for place, word in enumerate(words):
        if word.low != "not" or not any(each.low in _NEVER for each in words[:place]):
            continue
        step = place + 2 if words[place + 1 : place + 2] and words[place + 1].low == "even" else 0
        if place in items and items[place][1].text.lower().startswith("not even"):
            end = items.pop(place)[0]
            return set(range(place, end))
        if step and step < len(words) and words[step].low in ("once", "one", "a"):
            end = items[step][0] if step in items else step + 1
            items.pop(step, None)
            return set(range(place, end))
    return set()


_NEVER = frozenset({"never", "no", "not", "none", "nothing"})


def stems_of(words: Iterable[Word]) -> tuple[str, ...]:
    return tuple(word.stem for word in words if word.is_word)


def phrase_stems(phrase: str) -> tuple[str, ...]:
    return stemmed(phrase)
