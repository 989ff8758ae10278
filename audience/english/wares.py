"""Nouns of things to buy that also are a part of what events or values are called: a bag, a ticket, a card."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from audience.english.events import is_action
from audience.english.lexicon import ValueLink
from audience.english.sentence import Word, frame_words
from audience.english.tokens import stem


def wares(words: Sequence[Word], places: Collection[int]) -> frozenset[int]:
    """The `places` of nouns that are things here: "viewed bags" is no cart, "bought tickets" no case."""
    buying = any(words[place].stem in _BUYING for place in places)
    return frozenset(
        place
        for place in places
        if (words[place].stem in _CONTAINERS and not _is_cart(words, place))
        or (words[place].stem in _CASES and buying)
    )


def _is_cart(words: Sequence[Word], place: int) -> bool:
    """ "in the bag", "their basket", "abandoned a basket": what things are put into."""
    if words[place].low.endswith("s") and words[place].low not in _CONTAINERS:
        return words[place - 1].stem == "abandon" if place else False
    before = place - 1
    if before >= 0 and words[before].low == "shopping":
        return True
    owned = before >= 0 and words[before].low in _OWNED
    while before >= 0 and words[before].low in frame_words()["empty.articles"]:
        before -= 1
    led = words[before].low if before >= 0 else ""
    return owned or led in _INTO or stem(led) in ("abandon", "empti", "left", "leav")


def is_ware(words: Sequence[Word], first: int, link: ValueLink) -> bool:
    """ "bought a card" is not "paid by card": what was bought is no way of paying or of ordering."""
    if not _WAYS & set(link.entry.words) or first < 1:
        return False
    several = words[first].low.endswith("s") and not link.value.lower().endswith("s")
    at = first - 1
    counted = words[at].low in _COUNTING or words[at].low.isdigit()
    while at >= 0 and (words[at].low in _COUNTING or words[at].low.isdigit()):
        at -= 1
    if at < 0 or not (several or counted):
        return False
    if counted and words[at].low == "but":  # "shoes but no cards"
        return any(word.stem in _BUYING for word in words[:at])
    return words[at].stem in _BUYING and is_action(words[at].stem)


_CONTAINERS = frozenset(["bag", "basket", "trolley"])
_CASES = frozenset(["ticket", "case"])
_INTO = frozenset(["in", "into", "to", "from", "of", "out", "inside", "onto", "on"])
_OWNED = frozenset(["their", "his", "her", "its", "my", "your", "our"])
_COUNTING = frozenset(["a", "an", "another", "any", "no", "new", "some", "several", "many", "few", "one", "two",
                       "three", "four", "five"])  # fmt: skip
_BUYING = frozenset(
    stem(each) for each in ("buy", "purchase", "order", "view", "browse", "see", "look", "search")
)
_WAYS = frozenset(
    stem(each) for each in ("payment", "paid", "channel", "platform", "medium", "source")
)
