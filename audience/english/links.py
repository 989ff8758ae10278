"""Spans of words → what they may name: traits, properties, values, saved audiences, glossary terms."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from audience.catalog import Catalog, EventField, SavedAudience
from audience.english.coded import meanings
from audience.english.journeys import names_end
from audience.english.lettered import lettered
from audience.english.lexicon import Lexicon, ValueLink
from audience.english.outcomes import contraries, undone
from audience.english.schema import (
    UPRIGHT,
    Entry,
    beginning,
    light,
    likeness,
    periods,
    roles,
    stemmed,
    weigh,
)
from audience.english.sentence import Sentence, Word, frame_words
from audience.english.tokens import name_words, stem

LONGEST_NAME = 6
GOOD = 0.6  # the least score of a name that is taken without asking


@dataclass(frozen=True)
class NameLink:
    """Words that name a field; `score` is 1 for its name, less for words that resemble it."""

    entry: Entry
    score: float
    event: str | None


@dataclass(frozen=True)
class Link:
    """What the words `[first, end)` may name."""

    first: int
    end: int
    names: tuple[NameLink, ...] = ()
    values: tuple[ValueLink, ...] = ()
    audience: SavedAudience | None = None
    term: str | None = None  # of the glossary

    def all(self) -> tuple[NameLink | ValueLink, ...]:
        return (*self.names, *self.values)

    @property
    def score(self) -> float:
        best = 0.0
        if self.audience is not None or self.term is not None:
            best = 1.2
        if self.values:
            best = max(best, self.values[0].score + 0.05)
        if self.names:
            best = max(best, self.names[0].score)
        return best

    @property
    def length(self) -> int:
        return self.end - self.first


_INNER = frozenset(
    {"of", "the", "in", "to", "for", "by", "a", "at", "-", "/", "&", "and", "'", ".", "both"}
)


def links(sentence: Sentence, lexicon: Lexicon, catalog: Catalog) -> list[Link]:
    """Every span that names something, overlapping ones too, from left to right."""
    phrases = _phrases(catalog)
    found = []
    words = sentence.words
    covered = sentence.covered()
    for first, word in enumerate(words):
        if not word.is_word:
            continue
        for end in range(first + 1, min(len(words), first + lexicon.longest + 4) + 1):
            last = words[end - 1]
            if not last.is_word:
                if last.text in _INNER:
                    continue
                break
            if last.line != word.line:
                break
            broken = _breaks_item(sentence, covered, first, end)
            if broken and (end == first + 1 or word.stem not in lexicon.vocabulary):
                continue
            link = _link(sentence, first, end, lexicon, phrases)
            if broken and not (link and any(each.score >= 0.99 for each in link.values)):
                continue  # "in the spring newsletter": only where a value is called just so
            if link is not None:
                found.append(link)
    found.extend(_noted(sentence, lexicon, found))
    return found


def _noted(sentence: Sentence, lexicon: Lexicon, found: Sequence[Link]) -> list[Link]:
    """ "tier = gold": before a sign a part of a field's name is enough where only one has it.

    Where several have it, the one that has the value after the sign is meant.
    """
    words, noted = sentence.words, list[Link]()
    for sign in range(1, len(words)):
        if not is_sign(sentence, sign):
            continue
        for first in range(max(0, sign - 3), sign):
            inside = words[first:sign]
            if not all(word.is_word for word in inside):
                continue
            parts = {word.stem for word in inside}
            entries = [each for each in lexicon.fields_like(parts) if parts <= set(each.words)]
            known = {
                id(each.entry) for link in found if link.first == sign + 1 for each in link.values
            }
            fitting = [each for each in entries if id(each) in known]
            entries = fitting or ([] if known else entries)
            if entries and len({each.field.name for each in entries}) == 1:
                names = tuple(NameLink(each, 0.98, each.event) for each in entries)
                noted.append(Link(first, sign, names))
                break
    return noted


def is_sign(sentence: Sentence, place: int) -> bool:
    if sentence.words[place].text in ("=", "==", "!=", ":", ">", "<", ">=", "<="):
        return True
    item = sentence.items.get(place)
    return item is not None and item[1].text[:1] in "=!<>≥≤"


def _breaks_item(sentence: Sentence, covered: dict[int, int], first: int, end: int) -> bool:
    """Whether a span cuts a literal phrase in two."""
    for place in (first, end - 1):
        start = covered.get(place)
        if start is None or start not in sentence.items:
            continue
        if start < first or sentence.items[start][0] > end:
            return True
    return False


def _link(
    sentence: Sentence,
    first: int,
    end: int,
    lexicon: Lexicon,
    phrases: dict[str, SavedAudience | str],
) -> Link | None:
    inside = [word for word in sentence.words[first:end] if word.is_word]
    parts = tuple(word.stem for word in inside)
    key = " ".join(parts)
    phrase = phrases.get(key)
    audience = phrase if isinstance(phrase, SavedAudience) else None
    term = phrase if isinstance(phrase, str) else None
    values: list[ValueLink] = []
    names: list[NameLink] = []
    if not (len(inside) == 1 and _is_frame(inside[0])):
        values = lexicon.valued(parts, " ".join(word.low for word in inside))
        values = [each for each in values if _allowed(each, inside)]
        values = values or _without_small_words(inside, lexicon)
        if not values and len(inside) == 1 and inside[0].text.isupper():
            values = lexicon.valued_by_initials(inside[0].text)
    if len(inside) == 2 and end - first == 2:
        values = values or lettered(inside, lexicon)
    if len(inside) <= LONGEST_NAME:
        names = _names(inside, lexicon)
    if audience is None and term is None and not values and not names:
        return None
    values.sort(key=lambda each: -each.score)
    return Link(first, end, tuple(names), tuple(values), audience, term)


def _without_small_words(inside: Sequence[Word], lexicon: Lexicon) -> list[ValueLink]:
    """ "changed their mind": a value of two words or more, with a small word said between them."""
    if len(inside) < 3:
        return []
    telling = [inside[0], *(w for w in inside[1:-1] if w.low not in _BETWEEN), inside[-1]]
    if len(telling) == len(inside) or len(telling) < 2:
        return []
    parts = tuple(word.stem for word in telling)
    return lexicon.valued(parts, " ".join(word.low for word in telling))


_BETWEEN = frozenset(
    ["a", "an", "the", "their", "his", "her", "its", "it", "your", "our", "my", "us", "me", "them"]
) | {
    "has",
    "had",
    "was",
    "were",
}


def _allowed(link: ValueLink, inside: Sequence[Word]) -> bool:
    """A value of one or two letters, or that is also a frame word, counts only written in capitals;
    one word of two parts as it is written: "a link in the mail" is no LinkedIn."""
    if len(inside) > 1:
        parts = name_words(link.value)
        said = [word.low for word in inside]
        return (
            " " in link.value
            or len(parts) != len(said)
            or not link.value.isalpha()
            or "".join(said) == "".join(parts)
        )
    word = inside[0]
    letters = _CODE_OF.get(link.entry.place or "", 2)  # "the spa" is no Spanish
    short = len(word.low) <= letters or word.low in frame_words()["empty"]
    if link.value.isdigit() and word.low.isdigit():
        return False  # a number; "Essential" where the plan 1 is called so is none
    capital = word.text.removesuffix("s").isupper()  # "VPs"
    return not short or capital or word.text == link.value or word.quoted


_CODE_OF = {"language": 3}  # letters of the codes that may as well be words


def _is_frame(word: Word) -> bool:
    """A word that is never a value on its own unless written as one."""
    if word.quoted or (word.text.isupper() and len(word.text) > 1):
        return False
    return word.low in frame_words()["empty.articles"] or word.low in _NEVER


_NEVER = frozenset([
    "in", "on", "at", "or", "and", "to", "of", "for", "by", "is", "are", "be", "do", "as", "if", "no", "not",
    "me", "it", "us", "we", "so", "an", "a", "the", "who", "that", "have", "has", "had", "with", "from", "all",
    "any",
])  # fmt: skip


def _phrases(catalog: Catalog) -> dict[str, SavedAudience | str]:
    found: dict[str, SavedAudience | str] = {}
    for audience in catalog.audiences:
        found[" ".join(stemmed(audience.name))] = audience
        found[" ".join(stemmed(audience.key))] = audience
    for term in catalog.glossary:
        found[" ".join(stemmed(term))] = term
    return found


# Names ----------------------------------------------------------------------------------------


def _names(inside: Sequence[Word], lexicon: Lexicon) -> list[NameLink]:
    exact = lexicon.named("".join(word.low for word in inside))
    found = {id(entry): NameLink(entry, 1.0, entry.event) for entry in exact if _is_field(entry)}
    parts = tuple(
        UPRIGHT.get(word.stem, word.stem)
        for word in inside
        if word.low not in _INNER and word.low not in _SKIPPED and word.low != "from"
    )
    theirs = _is_of_theirs(inside)
    dated = len(inside) == 3 and inside[1].low in _HAVING_BEEN  # "membership has expired"
    between = inside[2:-1] if theirs or dated else inside[1:-1]
    if any(word.low in _SKIPPED or _is_letter(word) for word in between):
        return sorted(found.values(), key=lambda each: -each.score)
    if (
        not parts
        or "from" in (inside[0].low, inside[-1].low)
        or inside[0].low in _INNER
        or inside[-1].low in _INNER
        or inside[0].low in _SKIPPED
        or inside[-1].low in _SKIPPED
        or len(parts) > 4
    ):
        return sorted(found.values(), key=lambda each: -each.score)
    told = tuple(word.stem for word in inside)
    for entry, score in _alike(told, lexicon) if set(told) & set(UPRIGHT) else ():
        if getattr(entry.field, "type", None) in ("date", "timestamp"):
            found.setdefault(id(entry), NameLink(entry, score, entry.event))  # `Unsubscribed On`
    done = tuple(undone(part) for part in parts)
    if done != parts and set(done) - set(parts) <= lexicon.name_vocabulary:
        for entry, score in _alike(done, lexicon):  # "unresolved"
            if getattr(entry.field, "type", None) == "boolean":
                found.setdefault(id(entry), NameLink(entry, score, entry.event))
    for other in contraries().get(parts[0], ()) if len(parts) == 1 else ():
        for entry in lexicon.fields_like((other,)):  # "lost" where they won or not
            if entry.words == (other,) and getattr(entry.field, "type", None) == "boolean":
                found.setdefault(id(entry), NameLink(entry, 0.97, entry.event))
    for entry, score in _alike(parts, lexicon):
        kind = getattr(entry.field, "type", None)
        if theirs and inside[0].stem != "own" and kind != "boolean":
            continue
        if dated and kind not in ("date", "timestamp"):
            continue
        if id(entry) not in found:
            found[id(entry)] = NameLink(entry, score, entry.event)
    return sorted(found.values(), key=lambda each: -each.score)


_HAVING_BEEN = frozenset(["has", "have", "had"])


def _is_of_theirs(inside: Sequence[Word]) -> bool:
    """ "own their home", "share their password": as a flag may be described, without the "their"."""
    return len(inside) > 2 and inside[1].low in ("their", "his", "her")


def _is_letter(word: Word) -> bool:
    """ "grade A donors": a letter that is written as a value is no article."""
    return len(word.text) == 1 and word.text.isupper()


_SKIPPED = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "their",
        "his",
        "her",
        "my",
        "our",
        "your",
        "who",
        "whose",
        "that",
        "which",
        "with",
        "without",
        "not",
        "no",
        "any",
    ]
)


def _is_field(entry: Entry) -> bool:
    return not isinstance(entry.field, EventField)


_ALIKE: dict[int, tuple[Lexicon, dict[tuple[str, ...], list[tuple[Entry, float]]]]] = {}


def _alike(parts: tuple[str, ...], lexicon: Lexicon) -> list[tuple[Entry, float]]:
    """Fields whose name, role or description `parts` say, with scores of at least `GOOD`."""
    kept = _ALIKE.get(id(lexicon))
    if kept is None or kept[0] is not lexicon or len(kept[1]) > 20_000:
        if len(_ALIKE) > 8:
            _ALIKE.clear()
        kept = (lexicon, {})
        _ALIKE[id(lexicon)] = kept
    if parts not in kept[1]:
        found = []
        asked = _asked(parts)
        for entry in lexicon.fields_like(parts) if len(parts) <= 4 else ():
            score = name_score(parts, entry)
            if entry.role in asked:
                score = max(score, 0.72 + 0.2 * min(1.0, entry.certainty))
            if score >= GOOD:
                found.append((entry, score))
        known = {id(entry) for entry, _ in found}
        most = _as_called(parts, found)
        for role in asked:
            for entry in lexicon.roles.get(role, ()):
                if id(entry) not in known and _is_field(entry):
                    found.append((entry, min(most, 0.7 + 0.2 * min(1.0, entry.certainty))))
        kept[1][parts] = found
    return kept[1][parts]


def _as_called(parts: tuple[str, ...], found: list[tuple[Entry, float]]) -> float:
    """How well the number is named that is called so, "CLV" of a predicted CLV: no other one better."""
    called = [
        score
        for entry, score in found
        if set(parts) <= set(entry.words) and getattr(entry.field, "type", None) == "number"
    ]
    return max(called, default=1.0)


@lru_cache(maxsize=4096)
def _asked(parts: tuple[str, ...]) -> frozenset[str]:
    """The roles of traits that a phrase asks for."""
    return frozenset(role.name for role in roles("traits") if parts in role.says)


def name_score(parts: Sequence[str], entry: Entry) -> float:
    """How well `parts` name the field: all of them must be words of its name or its description."""
    if entry.words and names_end(parts, entry):
        return 0.9
    named = [max((likeness(part, word) for word in entry.words), default=0.0) for part in parts]
    if all(named):
        flag = getattr(entry.field, "type", None) == "boolean"
        if len(parts) > 1 and max(named) < 1.0 and not flag:
            return 0.0  # "credit score" is no balance of points, though each word may be alike
        covered = sum(
            weigh(word) for word in entry.words if any(likeness(part, word) for part in parts)
        )
        if len(parts) == 1 and max(named) < 1.0 and covered < 0.75 * entry.weight:
            counted = getattr(entry.field, "type", None) == "number" and parts[0] in entry.about
            told = max(_described_score(parts, named, entry), _LIKE_AND_TOLD)
            return told if counted else 0.0
        heavy = any(part not in light() or part in periods() for part in parts) or len(
            entry.words
        ) == len(parts)
        return (
            (sum(named) / len(named))
            * (0.5 + 0.5 * covered / entry.weight)
            * (1.0 if heavy else 0.7)
        )
    return _described_score(parts, named, entry)


_LIKE_AND_TOLD = 0.8  # "overdue" of arrears that are described so


def _described_score(parts: Sequence[str], named: Sequence[float], entry: Entry) -> float:
    """How well `parts` say what the description says; `named` is how well each says the name."""
    said = [
        max(named[place], 0.95 * max((likeness(part, word) for word in entry.about), default=0.0))
        for place, part in enumerate(parts)
    ]
    telling = [part for part in parts if part not in light()]
    if not all(said) or set(telling) <= _SAYS_NOTHING or not entry.about:
        return 0.0
    covered_about = sum(any(likeness(part, word) for part in parts) for word in entry.about) / len(
        entry.about
    )
    flag = getattr(entry.field, "type", None) == "boolean"
    alone = len(telling) == 1 and covered_about < 0.5 and not any(named)
    if flag and alone and not (entry.opaque or entry.refuses):
        return 0.0  # a "delivery" is no courier, though couriers deliver
    known = 0.12 if len(telling) > 1 else 0.0
    if entry.opaque and not all(part in _verbs() for part in telling):
        known = 0.2
    score = (sum(said) / len(said)) * (0.5 + known + 0.3 * covered_about)
    whole = set(entry.words) < set(telling) <= {*entry.words, *beginning(entry.field.description)}
    if whole and not _tells_value(set(telling) - set(entry.words), entry):
        return max(score, 0.95)  # "wellness plan", of a plan so described
    if len(telling) > 1 and set(telling) == beginning(entry.field.description):
        return max(score, 0.95)  # "paid membership", where a field is described just so
    return score


def _tells_value(words: set[str], entry: Entry) -> bool:
    """ "basic tier": what the description explains one of the values by."""
    values = getattr(getattr(entry.field, "stats", None), "values", ())
    told = [said for _, said in meanings(entry.field.description, values)]
    return any(words & set(stemmed(each)) for each in (*values, *told))


_SAYS_NOTHING = frozenset(map(stem, ("get", "got", "have", "take", "give", "make", "do", "go", "come", "put")))  # fmt: skip


@cache
def _verbs() -> frozenset[str]:
    """Stems of verbs that say nothing by themselves: "takes part" in a description."""
    return frozenset(stem(word) for word in frame_words()["light_verbs"])


def chosen(found: Collection[Link], taken: Collection[int]) -> list[Link]:
    """A choice of links that do not overlap each other or `taken`: the longest, then the best."""
    kept: list[Link] = []
    blocked = set(taken)
    for link in sorted(found, key=lambda each: (-_rank(each), each.first)):
        if any(place in blocked for place in range(link.first, link.end)):
            continue
        kept.append(link)
        blocked.update(range(link.first, link.end))
    return sorted(kept, key=lambda each: each.first)


def _rank(link: Link) -> float:
    """Exact matches by their length; words that only resemble a name come after any of them."""
    flag = link.names[0] if link.names and link.length > 1 and not link.values else None
    if (
        flag is not None
        and flag.score >= 0.85
        and getattr(flag.entry.field, "type", "") == "boolean"
    ):
        return link.length * 0.5 + flag.score  # "unsubscribed from email": no address
    if link.score >= 0.9:
        return link.length * 0.5 + link.score
    return (link.score - 0.35) + 0.2 * link.length
