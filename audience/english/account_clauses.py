"""Where a prompt about companies speaks of their users: "an admin who …", "nobody …", "all users …"."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal as Choice

from audience.english.lexicon import Lexicon, ValueLink
from audience.english.schema import Entry, stemmed
from audience.english.sentence import frame_words
from audience.english.tokens import Token, tokens

Quantifier = Choice["any", "all", "none", "not all"]


@dataclass(frozen=True)
class Called:
    """The trait, and its value, of those whom a noun names, and the noun's code points."""

    trait: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Clause:
    """Words about users, `[start, end)`, and how many of them are meant. Code points."""

    start: int  # the first word that leads to them
    noun: int
    end: int
    quantifier: Quantifier
    joined: Choice["and", "or"] = "and"  # with the clause before
    kept: tuple[int, int] | None = None  # said elsewhere, and of these too
    several: bool = False  # "whose admins …": they, and not one of them
    called: Called | None = None  # where the noun says by itself what they are: "an admin"


@dataclass(frozen=True)
class People:
    """The nouns that mean users of a company in one workspace."""

    lexicon: Lexicon
    terms: Collection[tuple[str, ...]] = ()  # of the glossary, where they tell of users; stems

    def width(self, words: list[Token], place: int) -> int:
        """How many words from here on name users; none: 0."""
        word = words[place]
        if not word.is_word:
            return 0
        for width in (3, 2, 1):
            stems = tuple(each.stem for each in words[place : place + width])
            if stems in self.terms:
                return width
        if self._is_of_company(words[place : place + 2]):
            return 0
        if word.low in _PRONOUNS or word.low in frame_words()["subjects.users"]:
            return 1
        if self._has_value((word,)) and not self._is_kind_of_company(word):
            return 1
        if self._flag(words, place) is not None:
            return 1
        pair = tuple(words[place : place + 2])
        if len(pair) < 2 or not all(each.is_word for each in pair):
            return 0
        return 2 if self._has_value(pair, of_events=False) or self._is_flag(pair) else 0

    def are_alike(self, one: Token, other: Token) -> bool:
        """ "a carer and a breeder": two values of one field of people, whatever else is called so."""
        first, second = (
            {id(each.entry) for each in self._values((word,)) if _is_of_user(each)}
            for word in (one, other)
        )
        return bool(first & second)

    def _values(self, said: tuple[Token, ...]) -> list[ValueLink]:
        stems = stemmed(said[0].low) if len(said) == 1 else tuple(each.stem for each in said)
        return self.lexicon.valued(stems, " ".join(each.low for each in said))

    def _has_value(self, said: tuple[Token, ...], of_events: bool = True) -> bool:
        """Whether the words are a value that people have and companies have not."""
        values = self._values(said)
        own = [each for each in values if each.event is None]
        if not of_events and len(own) < len(values):
            return False
        owners = {getattr(each.entry.field, "owner", None) for each in own}
        return owners == {"user"} and (
            not of_events or all(each.entry.place is None for each in values)
        )

    def _is_of_company(self, said: list[Token]) -> bool:
        """ "guest houses", where companies are called so: the first word means nobody."""
        return len(said) == 2 and any(
            getattr(each.entry.field, "owner", None) == "account"
            for each in self._values(tuple(said))
        )

    def _is_kind_of_company(self, word: Token) -> bool:
        """ "marketing agencies", where companies are called so and people only like such."""
        return any(
            getattr(each.entry.field, "owner", None) == "account"
            and stemmed(each.value)[-1:] == (word.stem,)
            for each in self.lexicon.valued_by_part((word.stem,))
        )

    def called(self, words: list[Token], place: int) -> Called | None:
        """What somebody named at `place` is, where other things are called so too: the role of
        somebody invited. None where the noun alone does not tell that."""
        word = words[place]
        after = words[place + 1].low if place + 1 < len(words) else ""
        if after in ("or", "and", "/", ",", "&"):
            return None  # "an admin or an owner"
        flag = self._flag(words, place)
        if flag is not None:
            return Called(flag.field.name, "true", word.start, word.end)
        values = self._values((word,)) if self._has_value((word,)) else []
        own = [each for each in values if each.event is None]
        fields = {id(each.entry): each.entry.field for each in own}
        if len(own) == len(values) or [each.type for each in fields.values()] != ["text"]:  # type: ignore[union-attr]
            return None
        return Called(own[0].entry.field.name, own[0].value, word.start, word.end)

    def _flag(self, words: list[Token], place: int) -> Entry | None:
        """ "an admin", "whose admins", where people are such or not."""
        word = words[place]
        before = words[place - 1].low if place else ""
        led = before in _OPENING or before == "the" or _is_plural(word)
        if not word.is_word or word.low.endswith(_NO_NOUNS) or not led:
            return None
        after = words[place + 1] if place + 1 < len(words) else None
        if after is not None and after.low in frame_words()["subjects.users"]:
            return None  # "an admin user": of two words
        flags = self.lexicon.yes_or_no()
        return next((each for each in flags if {word.stem} == set(each.words) - _BEING), None)

    def _is_flag(self, said: tuple[Token, ...]) -> bool:
        """ "beta testers" where people are such or not."""
        stems = {each.stem for each in said}
        return any(
            stems == set(entry.words) - _BEING and said[-1].low.rstrip("s").endswith(_DOERS)
            for entry in self.lexicon.yes_or_no()
        )


def _is_of_user(value: ValueLink) -> bool:
    return value.event is None and getattr(value.entry.field, "owner", None) == "user"


def clauses_of(text: str, people: People, of_accounts: bool) -> list[Clause]:
    """The clauses about users, in order. `of_accounts`: that companies are meant was said before."""
    words = list(tokens(text))
    first = _first(words, people, of_accounts)
    if first is None:
        return []
    places = [(first, people.width(words, first))]
    found = [_from(words, first)]
    while (place := _next(words, *places[-1], people, found[-1])) is not None:
        width = people.width(words, place)
        found.append(_following(words, place, places[0], found))
        places.append((place, max(width, 1)))
    ends = [*(_cut(words, each.start) for each in found[1:]), len(text)]
    whole = [
        replace(each, end=end, called=people.called(words, place))
        for each, end, (place, _) in zip(found, ends, places, strict=True)
    ]
    return [
        _sharing(words, each, place + width, whole, text)
        for each, (place, width) in zip(whole, places, strict=True)
    ]


def _sharing(
    words: list[Token], clause: Clause, after: int, clauses: list[Clause], text: str
) -> Clause:
    """ "where an admin and an editor signed in": of the first is said what is said of the second."""
    at = clauses.index(clause)
    lead = text[: clause.noun].lower().split()[-4:]
    bare = after < len(words) and clause.end <= words[after].start
    if not bare or at + 1 == len(clauses) or not _SHARING & set(lead):
        return clause
    other = clauses[at + 1]
    begin = next((each.end for each in words if each.end > other.noun), other.end)
    return replace(clause, kept=(begin, other.end))


def second_articles(text: str, people: People) -> list[tuple[int, int]]:
    """ "an admin or an owner who …": the words between the "or" and the noun, which say nothing more."""
    words = list(tokens(text))
    found = []
    for place, word in enumerate(words):
        end = place + 1
        while word.low == "or" and end < len(words) and words[end].low in _ARTICLES:
            end += 1
        if end > place + 1 and end < len(words) and people.width(words, end):
            found.append((words[place + 1].start, words[end].start))
    return found


# The first one --------------------------------------------------------------------------------


def _first(words: list[Token], people: People, seen: bool) -> int | None:
    kinds = frame_words()
    for place, word in enumerate(words):
        if not word.is_word:
            continue
        if word.low in kinds["subjects.accounts"] and not seen:
            seen = True
            continue
        if not seen or not people.width(words, place):
            continue
        if place and (_is_counted(words, place) or _is_said_of(words, place)):
            continue
        if word.low == "those" and _is_kept_out(words, place):
            continue
        if _names_account_field(words, place, people.lexicon) or _is_reason(words, place):
            continue
        if _is_had_by_company(words, place, people):
            continue
        return place
    return None


def _names_account_field(words: list[Token], place: int, lexicon: Lexicon) -> bool:
    """ "with a monthly spend over 500": the words are the account's own field."""
    held = place > 0 and words[place - 1].low in ("than", "more", "fewer", "less")
    if held and any(entry.words == (words[place].stem,) for entry in lexicon.accounts):
        return True  # "more seats than employees"
    pair = {word.stem for word in words[place : place + 2]}
    return len(pair) == 2 and any(pair <= set(entry.words) for entry in lexicon.accounts)


def _is_had_by_company(words: list[Token], place: int, people: People) -> bool:
    """ "accounts without an owner": whom the account's own field names, and nobody in it."""
    low = [word.low for word in words]
    after = low[place + 1 : place + 2]
    held = not after or after[0] in ("and", "or", "but", ",", ".", "yet")
    held = held and bool(_HAVING & set(low[max(0, place - 3) : place]))
    for entry in people.lexicon.accounts:
        if entry.words[-1:] != (words[place].stem,) or getattr(entry.field, "type", "") != "text":
            continue
        values = {each.lower() for each in entry.field.stats.values}  # type: ignore[union-attr]
        said = after == ["is"] and bool(values & set(low[place + 2 : place + 3]))
        if (held or said) and not people.are_alike(words[place], words[place]):
            return True
    return False


def _is_reason(words: list[Token], place: int) -> bool:
    """ "downgraded because of budget": nobody who is called so."""
    return place > 1 and (words[place - 2].low, words[place - 1].low) in (
        ("because", "of"),
        ("due", "to"),
    )


def _is_said_of(words: list[Token], place: int) -> bool:
    """ "accounts that are not customers yet": what the account is, not somebody in it."""
    at = place - 1
    while at > 0 and words[at].low in ("not", "no", "longer", "yet", "a", "an", "already", "our"):
        at -= 1
    return words[at].low in _WERE


_WERE = frozenset(["are", "is", "aren't", "isn't", "been", "became", "become", "becoming"])


def _is_counted(words: list[Token], place: int) -> bool:
    """ "200 employees", "200+ employees": how many, and nobody in particular."""
    at = place - 1 - (words[place - 1].text == "+")
    return at >= 0 and words[at].low.isdigit()


def _is_kept_out(words: list[Token], place: int) -> bool:
    """ "except those with unpaid bills": the companies that were spoken of, and nobody in them."""
    at = place - 1
    while at > 0 and not words[at].is_word:
        at -= 1
    return at >= 0 and (words[at].low in frame_words()["except"] or words[at].low in _BUT)


# Those that follow ----------------------------------------------------------------------------


def _next(words: list[Token], last: int, width: int, people: People, before: Clause) -> int | None:
    """Where the next noun stands of which something else is said: "but none in Spain"."""
    for place in range(last + width, len(words)):
        cut = _connector(words, place, last)
        if cut is None:
            continue
        noun = place
        pronoun = words[place].low in _COUNTED and _leads_on(words, place)
        alike = words[place].is_word and people.are_alike(words[last], words[place])
        if not (pronoun or alike or people.width(words, noun)):
            continue
        lead = {each.low for each in words[cut + 1 : place]}
        alone = cut == last + width
        if alone and words[last].low in _PRONOUNS:
            continue  # "everybody but the owner"
        if pronoun or words[place].low in _PRONOUNS:
            if words[cut].low == "or" and alone:
                continue
            return place
        if words[cut].low == "or":
            continue  # "an admin or an owner who …": one of them
        plain = words[place].low in frame_words()["subjects.users"]
        if not (lead & _COUNTING or plain or words[cut].low == "but"):
            continue
        if alone or words[cut].low == "but" or _is_subject(words, place, people):
            return place
    return None


def _connector(words: list[Token], place: int, last: int) -> int | None:
    """Where the "and" stands that leads to a noun at `place`, with nothing but leading words between."""
    at = place - 1
    while at > last and words[at].low in _LEADING and words[at].low != "and":
        at -= 1
    return at if at > last and words[at].low in _CONNECTING else None


def _leads_on(words: list[Token], place: int) -> bool:
    """ "at least one who …", "none in Spain": what is counted was named before."""
    return place + 1 < len(words) and words[place + 1].low in _GOING_ON


def _is_subject(words: list[Token], place: int, people: People) -> bool:
    """Whether something is said of the noun, and it is not only what was "invited" or "sent"."""
    from audience.english.events import is_action

    after = words[place + max(people.width(words, place), 1) :][:1]
    if not after:
        return False
    low = after[0].low
    return low in _GOING_ON or low in _AUXILIARIES or is_action(after[0].stem) or low.endswith("ed")


def _following(
    words: list[Token], place: int, first: tuple[int, int], before: list[Clause]
) -> Clause:
    clause = _from(words, place, floor=_last_connector(words, place) + 1)
    cut = _last_connector(words, place)
    joined: Choice["and", "or"] = "or" if words[cut].low == "or" else "and"
    kept = None
    noun = clause.noun
    if words[place].low in _COUNTED:
        noun = words[place].end
        kept = (words[first[0]].start, words[first[0] + first[1] - 1].end)
        if words[first[0]].low in _PRONOUNS:
            kept = None
    return Clause(clause.start, noun, clause.end, clause.quantifier, joined, kept)


def _last_connector(words: list[Token], place: int) -> int:
    return next(at for at in range(place - 1, -1, -1) if words[at].low in _CONNECTING)


def _cut(words: list[Token], start: int) -> int:
    """Where the clause before ends: its connectors are of neither."""
    end = start
    for word in reversed([each for each in words if each.end <= start]):
        if word.low not in _CONNECTING and word.low not in ("also", "then"):
            break
        end = word.start
    return end


# How many -------------------------------------------------------------------------------------


def _from(words: list[Token], place: int, floor: int = 0) -> Clause:
    said = {words[place].low}
    begun = start = _with_its_words(words, place)
    while start > floor and (
        words[start - 1].low in _LEADING or words[start - 1].low.endswith("n't")
    ):
        start -= 1
        said.add("not" if words[start].low.endswith("n't") else words[start].low)
    said |= _floating(words, place + 1)
    pronoun = words[place].low in _PRONOUNS
    noun = words[place].end if pronoun else words[begun].start
    several = "whose" in said and _is_plural(words[place])
    end = words[-1].end
    return Clause(words[start].start, noun, end, _quantifier(said), several=several)


def _is_plural(word: Token) -> bool:
    return word.low in ("people", "folks", "staff") or word.low.endswith("s")


def _with_its_words(words: list[Token], place: int) -> int:
    """ "with German users": where the words begin that tell more of the noun."""
    if words[place].low in _PRONOUNS:
        return place
    at = place
    while at > 0 and place - at < 4 and (words[at - 1].is_word or words[at - 1].text == "-"):
        low = words[at - 1].low
        if low in _OPENING:
            return at
        if low in _LEADING or low in frame_words()["subjects.accounts"] or low.isdigit():
            return place
        at -= 1
    return place


def _quantifier(said: set[str]) -> Quantifier:
    if said & _ALL and "not" in said:
        return "not all"
    if said & _NONE:
        return "none"
    if said & _ALL or {"only", "whose"} <= said:
        return "all"
    return "any"


def _floating(words: list[Token], place: int) -> set[str]:
    """ "users have all been seen", "users who are all …": how many of them, said behind the noun."""
    after = [word.low for word in words[place : place + 3]]
    if after[:1] in (["all"], ["each"]):
        return {after[0]}  # "users all signed in"
    after = after[1:] if after[:1] == ["who"] else after[:2]
    return {after[1]} & {"all", "each"} if len(after) == 2 and after[0] in _AUXILIARIES else set()


_AUXILIARIES = frozenset(["have", "has", "are", "were", "had", "did", "do", "is", "was", "does"])
_HAVING = frozenset(["without", "no", "with", "have", "has", "having"])
_NONE = frozenset({"no", "none", "nobody", "noone", "without", "zero", "not", "never"})
_ALL = frozenset({"all", "every", "each", "everyone", "everybody"})
_ARTICLES = frozenset({"a", "an", "any", "at", "least", "one", "the", "their", "some"})
_SHARING = frozenset({"where", "whose", "which", "both"})
_COUNTED = frozenset({"none", "one", "another", "others"})
_COUNTING = frozenset({"a", "an", "any", "some", "all", "every", "each", "no", "none", "one", "single", "another", "without"})  # fmt: skip
_CONNECTING = frozenset({"and", "but", "or", ",", ";", "&", "yet", "while", "plus", "whereas"})
_GOING_ON = frozenset({"who", "whose", "that", "with", "in", "from", "without", "on", "at", "outside"})  # fmt: skip
_BUT = frozenset(["but", "than", "excl", "for", "from", "without", "minus", "not"])
_BEING = frozenset(["is", "be"])
_NO_NOUNS = ("ed", "ing", "ive", "able", "ful", "ous")  # "verified", "active"
_DOERS = ("er", "or", "ant", "ee", "ist", "contact", "user", "member", "person", "holder")
_PRONOUNS = frozenset(
    ["nobody", "someone", "somebody", "anyone", "anybody", "everyone", "everybody", "noone"]
)
_OPENING = frozenset(["a", "an", "any", "every", "each", "no", "single", "with", "having", "where", "one", "all", "some", "without", "whose"])  # fmt: skip
_LEADING = frozenset([
    "any", "a", "an", "some", "all", "every", "each", "no", "none", "of", "the", "their", "its", "at",
    "least", "one", "where", "in", "which", "that", "have", "has", "with", "who", "whose", "there", "is",
    "are", "by", "not", "single", "having", "whom", "for", "without", "does", "do", "zero", "and", "also",
    "another", "only", "both",
])  # fmt: skip
