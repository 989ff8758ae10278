"""The words of a catalog's fields, prepared once for matching: `Entry`, one per field."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from audience.catalog import EventField, Field, PropertyField, TraitField
from audience.english.compounding import compounded
from audience.english.data import load
from audience.english.journeys import with_ends
from audience.english.spelling import is_spelt_right
from audience.english.titles import title
from audience.english.tokens import name_words, stem


@lru_cache(maxsize=131072)
def stemmed(text: str) -> tuple[str, ...]:
    """The compounded stems of a name, a value or a phrase in any style."""
    return compounded([stem(word) for word in name_words(text)])


@cache
def lines() -> Mapping[str, frozenset[int]]:
    """Stem → the lines of the thesaurus in which it stands (single words and compounds only)."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(load("thesaurus.yaml")):
        for phrase in line:
            words = stemmed(str(phrase))
            if len(words) == 1:
                found.setdefault(words[0], set()).add(number)
    return {each: frozenset(numbers) for each, numbers in found.items()}


@cache
def _abbreviations() -> Mapping[str, str]:
    return {str(each): str(word) for each, word in load("abbreviations.yaml").items()}


def spelt_out(word: str) -> str:
    """The word that an abbreviation in a field's name stands for, or the word itself."""
    return _abbreviations().get(word, word)


@lru_cache(maxsize=32768)
def name_stems(name: str, description: str = "") -> tuple[str, ...]:
    """The compounded stems of a field's name, abbreviations spelt out and versions left out."""
    words = [each for each in name_words(name) if not _VERSION.fullmatch(each)]
    told = name_words(description)
    stems = [stem(_in_full(each, told)) for each in words]
    if len(stems) > 2 and words[-1].lower() in ("on", "at"):
        return (*compounded(stems[:-1]), stems[-1])  # "contractSignedOn": the day of it
    return compounded(stems) or stemmed(name)


def _in_full(word: str, told: Sequence[str]) -> str:
    """The word itself, or what it is short for: `bkd` where the description says "booked"."""
    whole = spelt_out(word)
    if whole != word or len(word) < 3 or not word.isalpha() or word in told:
        return whole
    if _is_known(stem(word)):
        return word
    return next((each for each in told if _is_short_for(word, each)), word)


def _is_short_for(short: str, word: str) -> bool:
    """Whether the letters of `short` stand in this order in `word`, from its first to its last."""
    if len(word) <= len(short) or short[0] != word[0]:
        return False
    letters = iter(word)
    return word.startswith(short) or (
        short[-1] == word[-1] and all(letter in letters for letter in short)
    )


_VERSION = re.compile(r"v\d{1,2}")
_NO_LINES: frozenset[int] = frozenset()


def ideas(word: str) -> frozenset[int]:
    return lines().get(word, _NO_LINES)


@lru_cache(maxsize=131072)
def likeness(one: str, other: str) -> float:
    """How alike two stems are: 1 the same, 0.85 the same idea, 0 neither."""
    if one == other:
        return 1.0
    return 0.85 if ideas(one) & ideas(other) else 0.0


def beginning(description: str) -> frozenset[str]:
    """The stems of a description up to its first comma, colon or stop."""
    return frozenset(stemmed(_CLAUSE_END.split(description, maxsplit=1)[0]))


_CLAUSE_END = re.compile(r"[.,:;(]")


@cache
def noise() -> frozenset[str]:
    """Stems that say little in a name or a description."""
    return frozenset(stem(word) for word in load("noise.yaml")["words"])


@cache
def light() -> frozenset[str]:
    """Stems that weigh little in a field's name: `date`, `at`, `is`, `name`, …"""
    return frozenset(stem(word) for word in load("noise.yaml")["light"])


def weigh(word: str) -> float:
    """How much a word of a field's name says: little where it is light, or a window such as `30d`."""
    return 0.3 if word in light() or word in _units() or _WINDOW.fullmatch(word) else 1.0


@cache
def _units() -> frozenset[str]:
    """Stems of what numbers are counted in: the kilograms of `weight_kg`."""
    return frozenset(stem(str(word)) for word in load("noise.yaml")["units"])


_WINDOW = re.compile(r"[lp]?\d+(?:h|d|w|m|mo|q|y)")


@cache
def periods() -> frozenset[str]:
    """Stems of `light` that say something by themselves: "a month" of a monthly fee."""
    return frozenset(stem(word) for word in load("noise.yaml")["periods"])


@dataclass(frozen=True)
class Entry:
    """A field with its words; `role` is what it is for, with a certainty from 0 to 1."""

    field: Field
    words: tuple[str, ...]  # stems of the name
    about: frozenset[str]  # stems of the description that say something
    role: str | None = None
    certainty: float = 0.0
    place: str | None = None  # country, state or language, when its values are such
    properties: Mapping[str, Entry] = dataclasses.field(
        default_factory=dict
    )  # by name, for an event
    also: tuple[str, ...] = ()  # roles that it plays because no other event does
    opaque: bool = False  # a name in no known words: its description is all that it says
    refuses: bool = False  # a yes says that they do not want it: `sms_opt_out`

    @property
    def event(self) -> str | None:
        """The event that it is a property of; None for events and traits."""
        return getattr(self.field, "event", None)

    @property
    def weight(self) -> float:
        return sum(map(weigh, self.words)) or 1.0


def about(description: str) -> frozenset[str]:
    """What a description says that something is; what it says that it is not is left out."""
    return _telling_words(_DENIED.sub(" ", description))


def _telling_words(description: str) -> frozenset[str]:
    doers = load("agents.yaml")
    people = load("words.yaml")["subjects"]["users"]  # "was sent to the reader": nobody read
    done = (
        stem(doers[word])
        for word in name_words(description)
        if word in doers and word not in people
    )
    said = (*stemmed(description), *done)
    return frozenset(word for word in said if word not in noise() and not word.isdigit())


# A consent and its refusal are one field; which of them is meant is read from the words later.
UPRIGHT = {
    "optout": "optin",
    "unsubscrib": "subscrib",
    "unverifi": "verifi",
    "unconfirm": "confirm",
}
_REFUSED = re.compile(
    r"\b(?:opt(?:ed|s|ing)?[- ]out|do[- ]not[- ](?:call|e?mail|text|contact)|unsubscribed|refused|objected|asked (?:us )?not to|"
    r"(?:does|do|did|must|may|should) not (?:want|wish|like|be (?:sent|contacted|called|mailed)|"
    r"contact|call|e-?mail|mail|text|send)|doesn't want|no longer wants|wants? no|"
    r"send (?:them )?no)\b",
    re.IGNORECASE,
)
_WAYS = frozenset(map(stem, ("calls", "email", "mail", "sms", "texts", "contact", "marketing")))
_REFUSING = frozenset(["optout", "unsubscrib", "suppress", "dnc"])


def _refuses(words: Sequence[str], description: str) -> bool:
    """Whether a flag says that something is not wanted: `sms_opt_out`, `do_not_call`."""
    if _REFUSING & set(words) or tuple(words[:2]) in (("do", "not"), ("dont", "contact")):
        return True
    if words[0] == "no" and _WAYS & set(words):
        return True  # `no_calls`
    return bool(_REFUSED.search(description)) and not re.search(r"\bnot opted\b", description)


_DENIED = re.compile(r"\b(?:not|never|without|didn't|did not)\b[^,.;:()]*", re.IGNORECASE)


@dataclass(frozen=True)
class Role:
    name: str
    patterns: tuple[tuple[tuple[str, ...], ...], ...]  # of words, each with its alternatives
    described: tuple[tuple[tuple[str, ...], ...], ...]
    ruled_out: frozenset[str]
    types: tuple[str, ...]
    says: tuple[tuple[str, ...], ...]  # stems that ask for the role
    nouns: tuple[str, ...]
    vocabulary: frozenset[str]  # every word of the patterns and of what rules the role out
    instead: tuple[tuple[str, ...], ...]  # stems of events that play the role where no other does
    paid: bool  # such an event takes money


@cache
def roles(kind: str) -> tuple[Role, ...]:
    """The roles of `events`, `properties` or `traits`."""
    data = load("roles.yaml")
    asks = data["asks"] if kind == "traits" else {}
    found = []
    for name, row in data[kind].items():
        patterns = tuple(map(_pattern, row.get("patterns", row.get("names", ()))))
        described = tuple(map(_pattern, row.get("description", row.get("patterns", ()))))
        ruled_out = frozenset(str(each) for each in row.get("not", ()))
        says = row.get("says", ()) if kind == "events" else asks.get(name, ())
        found.append(
            Role(
                name,
                patterns,
                described,
                ruled_out,
                tuple(row.get("types", ())),
                tuple(stemmed(str(each)) for each in says),
                tuple(stem(str(each)) for each in row.get("nouns", ())),
                ruled_out.union(
                    each
                    for pattern in (*patterns, *described)
                    for each_of in pattern
                    for each in each_of
                ),
                tuple(stemmed(str(each)) for each in row.get("instead", ())),
                bool(row.get("paid", False)),
            )
        )
    return tuple(found)


def _pattern(text: object) -> tuple[tuple[str, ...], ...]:
    words = compounded([each if "|" in each else stem(each) for each in str(text).split()])
    return tuple(tuple(word.split("|")) for word in words)


@cache
def _asked_words() -> tuple[
    frozenset[str], Mapping[str, frozenset[str]], Mapping[int, frozenset[str]]
]:
    """The words of all roles' patterns: as spelt, by their stem, and by their ideas."""
    spelt = {
        word
        for kind in ("events", "properties", "traits")
        for role in roles(kind)
        for word in role.vocabulary
    }
    by_stem: dict[str, set[str]] = {}
    by_idea: dict[int, set[str]] = {}
    for word in spelt:
        by_stem.setdefault(stem(word), set()).add(word)
        for idea in ideas(stem(word)):
            by_idea.setdefault(idea, set()).add(word)
    return (
        frozenset(spelt),
        {each: frozenset(words) for each, words in by_stem.items()},
        {each: frozenset(words) for each, words in by_idea.items()},
    )


@lru_cache(maxsize=131072)
def _says(word: str, alike: bool = False) -> frozenset[str]:
    """The words of roles' patterns that `word` says: the same, its base, or of the same idea."""
    spelt, by_stem, by_idea = _asked_words()
    found = {word} & spelt | by_stem.get(word, frozenset())
    for length in range(max(5, len(word) - 3), len(word)):
        if word[:length] in spelt:
            found.add(word[:length])
    if alike:
        found = found.union(*(by_idea.get(each, frozenset()) for each in ideas(word)))
    return frozenset(found)


def _all_said(words: Iterable[str], alike: bool = False) -> frozenset[str]:
    return frozenset[str]().union(*(_says(word, alike) for word in words))


def role_of(
    kind: str, field_: Field, words: Sequence[str], said: frozenset[str]
) -> tuple[str | None, float]:
    """The role that fits best, from the name or, failing that, from the description."""
    field_type = None if isinstance(field_, EventField) else field_.type
    start = said if kind == "events" else said & beginning(field_.description)
    return _role_of(kind, field_type, tuple(words), said, start)


@lru_cache(maxsize=32768)
def _role_of(
    kind: str,
    field_type: str | None,
    words: tuple[str, ...],
    said: frozenset[str],
    start: frozenset[str],
) -> tuple[str | None, float]:
    """`start` is what may rule a role out: "paid, with tax and shipping" is no tax."""
    best: tuple[str | None, float] = (None, 0.0)
    named, described = _all_said(words), _all_said(start)
    for role in roles(kind):
        if not role.vocabulary & named or (role.types and field_type not in role.types):
            continue
        if role.ruled_out & named:
            continue
        certainty = _certainty(role.patterns, words, named, exact=kind != "events")
        if certainty > best[1]:
            best = (role.name, certainty)
    if best[0] is not None and best[1] >= 0.6:
        return best
    if kind == "events" and any(len(word) > 2 and ideas(word) for word in words):
        return best  # a name that says something is not explained away by its description
    alike = _all_said(said, alike=True)
    for role in roles(kind):
        if not role.vocabulary & alike or (role.types and field_type not in role.types):
            continue
        if role.ruled_out & (described | named):
            continue
        certainty = 0.6 * _certainty(role.described, tuple(said), alike, exact=False)
        if certainty > best[1]:
            best = (role.name, certainty)
    return best


def _certainty(
    patterns: tuple[tuple[tuple[str, ...], ...], ...],
    words: Sequence[str],
    hits: frozenset[str],
    exact: bool,
) -> float:
    """How well the first pattern that `hits` fill fits the name of `words`."""
    for place, pattern in enumerate(patterns):
        if all(any(each in hits for each in each_of) for each_of in pattern):
            certainty = 1.0 - 0.015 * place
            if exact:
                extra = sum(map(weigh, words))
                share = sum(weigh(each[0]) for each in pattern) / (extra or 1)
                certainty *= min(1.0, 0.4 + 0.6 * share)
            return certainty
    return 0.0


def entry_of(field_: TraitField | PropertyField, kind: str) -> Entry:
    words = name_stems(field_.name, field_.description)
    refuses = field_.type == "boolean" and _refuses(words, field_.description)
    said = _telling_words(field_.description) if refuses else about(field_.description)
    if refuses:
        words = tuple(UPRIGHT.get(each, each) for each in words)
        said = frozenset(UPRIGHT.get(each, each) for each in said)
    role, certainty = role_of(kind, field_, words, said)
    place = place_of(field_, words, said, role)
    opaque = not any(map(_is_known, words))
    if (
        opaque
        and not refuses
        and not _units() & set(words)
        and (called := title(field_.name, field_.description))
    ):
        said = said.union(words)
        words = name_stems(called)
        role, certainty = role_of(kind, field_, words, said)
    return Entry(field_, words, said, role, certainty, place, opaque=opaque, refuses=refuses)


def entry_of_event(event: EventField) -> Entry:
    said = about(event.description)
    words, opaque = _telling(event, said)
    role, certainty = role_of("events", event, words, said)
    properties = with_ends({each.name: entry_of(each, "properties") for each in event.properties})
    return Entry(event, words, said, role, certainty, None, properties, opaque=opaque)


@lru_cache(maxsize=32768)
def _is_known(word: str) -> bool:
    """Whether a stem is one of those that English has, as far as is known here."""
    from audience.english.sentence import english_stems

    return word in english_stems() or bool(ideas(word)) or word in _actions()


@cache
def _actions() -> frozenset[str]:
    return frozenset(stem(word) for word in load("actions.yaml"))


def _telling(event: EventField, said: frozenset[str]) -> tuple[tuple[str, ...], bool]:
    """The words of a name, or of what its description begins with, without those that only look
    English, and whether the name says nothing itself.

    "Spende eingegangen" has nothing to do with spending: where half of a name or more is in no
    known words, and a description tells what it is, that is what counts.
    """
    words = name_stems(event.name, event.description)
    alike = {stem(word) for word in name_words(event.name) if _only_looks_english(word)}
    known = [word for word in words if _is_known(word) and word not in alike]
    if not known:
        called = name_stems(title(event.name, event.description) or event.name)
        return tuple(word for word in called if word not in alike) or words, True
    strange = [word for word in words if word not in known and len(word) > 2 and word.isalpha()]
    if not said or not strange or len(strange) < len(known) or said.intersection(strange):
        return words, False  # a word that its description has is only rare
    return tuple(word for word in words if word not in alike), True


def _only_looks_english(word: str) -> bool:
    """ "Spende": a stem that English has of a word that English has not."""
    from audience.english.sentence import english

    if word in english() or word.endswith(_ENDINGS) or is_spelt_right(word):
        return False
    return stem(word) != word and _is_known(stem(word))


_ENDINGS = ("s", "ed", "ing", "er", "ly", "ion", "al", "or", "ment", "ance", "ence")


def place_of(
    field_: TraitField | PropertyField,
    words: Sequence[str],
    said: frozenset[str],
    role: str | None,
) -> str | None:
    """Whether the field's values are countries, states or languages."""
    if field_.type != "text":
        return None
    if role in ("country", "state", "language"):
        return role
    for kind, hints in load("noise.yaml")["places"].items():
        if any(stem(hint) in words or stem(hint) in said for hint in hints):
            return str(kind)
    return None
