"""What "spent" and "bought" are of, where one event alone is described as a purchase, of a thing
that nobody spoke of: "spent over 500" are no gift vouchers where stays and meals take money too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from audience.english.context import cue
from audience.english.events import UNDONE, EventMatch, is_action, is_object, own_words
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.schema import Entry, likeness, stemmed
from audience.english.sentence import Word, frame_words, low_at
from audience.english.tokens import stem

_DESCRIBED = 0.6  # the most that a description is worth for a role
_SURE = 0.95
_BEFORE_HOW = re.compile(r"\b(?:with|by|at|in|for|from|to|on|of|through|via)\b|[.,:;(]")
_BUYING = frozenset(stem(each) for each in ("buy", "purchase", "shop", "get", "pay", "spend"))


def is_other_purchase(best: EventMatch, said: Sequence[Word]) -> bool:
    """Whether only a verb of buying stands for an event that is of a thing which was not said."""
    entry = best.entry
    if best.role != "purchase" or not entry.opaque or entry.certainty > _DESCRIBED:
        return False
    begins = _BEFORE_HOW.split(entry.field.description.lower(), maxsplit=1)[0]
    own = own_words("purchase")
    things = [each for each in stemmed(begins) if each in entry.about and is_object(each)]
    things = [each for each in things if each not in own and not is_action(each)]
    spoken = {word.stem for word in said if word.is_word}
    return bool(things) and not any(likeness(each, thing) for each in spoken for thing in things)


def of_that_order(
    best: EventMatch, matches: Sequence[EventMatch], words: Sequence[Word]
) -> EventMatch:
    """ "used a coupon on an order over 50": that order, where it knows its coupon."""
    if best.role == "purchase" or _COUPON not in best.entry.words:
        return best
    for each in matches:
        own = set(each.entry.words) - set(best.entry.words)
        said = (place for place in each.claimed if words[place].stem in own)
        nouns = frozenset(place for place in said if _is_led_on(words, place))
        coupons = [one for one in each.entry.properties.values() if one.role == _COUPON]
        if each.role == "purchase" and nouns and coupons:
            return replace(each, claimed=nouns, anchored=True)
    return best


def _is_led_on(words: Sequence[Word], place: int) -> bool:
    before = place - 1
    while low_at(words, before) in frame_words()["empty.articles"]:
        before -= 1
    return low_at(words, before) in ("on", "for", "in")


def sold(
    best: EventMatch, found: Sequence[Link], words: Mapping[int, Word], lexicon: Lexicon
) -> tuple[EventMatch, ...]:
    """Other events that take money and may be meant: the one that a value or a noun tells, else all."""
    verbs = frozenset(p for p in best.claimed if words[p].stem in _BUYING or _is_spent(words[p]))
    paying = list(_paying(lexicon, best.entry))
    told: dict[str, set[int]] = {}
    for link in found:
        names = {each.event for each in link.values if each.score >= _SURE}
        places = {*range(link.first, link.end)}
        for each in paying if not places & verbs else ():
            if each.field.name in names:
                told.setdefault(each.field.name, set()).update(places)
    nouns: dict[str, frozenset[int]] = {}
    for each in paying:
        known = {*each.words, *each.about}
        said = frozenset(p for p, w in words.items() if p not in verbs and w.stem in known)
        nouns[each.field.name] = said
        told.setdefault(each.field.name, set()).update(said)
    most = max((len(each) for each in told.values()), default=0)
    return tuple(
        replace(best, entry=each, claimed=verbs | nouns[each.field.name], role=None)
        for each in paying
        if len(told[each.field.name]) == most
    )


def of_the_thing(
    best: EventMatch, matches: Sequence[EventMatch], words: Mapping[int, Word]
) -> EventMatch:
    """ "bought tickets": tickets that were booked, and no purchase of something that nobody named."""
    verbs = frozenset(place for place in best.claimed if words[place].stem in _BUYING)
    own = own_words("purchase")
    unsaid = any(is_object(word) and word not in own for word in best.entry.words)
    if best.role != "purchase" or best.claimed - verbs or best.entry.opaque or not unsaid:
        return best
    fitting = [
        each
        for each in matches
        if is_sold(each.entry) and each.whole and each.exact and each.claimed - verbs
    ]
    if len(fitting) != 1:
        return best
    return replace(fitting[0], claimed=fitting[0].claimed | verbs, anchored=True)


def is_sold(entry: Entry) -> bool:
    """Whether a thing changed hands for money, or was reserved for it: to buy it is to do that."""
    return entry.role in _SOLD and any(_is_money(prop) for prop in entry.properties.values())


def is_buying(word: str) -> bool:
    """Whether a stem is a verb of buying."""
    return word in _BUYING


def _is_spent(word: Word) -> bool:
    return word.low in cue("spend")


def _paying(lexicon: Lexicon, but: Entry) -> Iterator[Entry]:
    """Events with a sum of money that were not undone, looked at or only begun."""
    for each in lexicon.events:
        if each is but or each.role in _NO_SALE or UNDONE & set(each.words):
            continue
        if any(_is_money(prop) for prop in each.properties.values()):
            yield each


def _is_money(entry: Entry) -> bool:
    return entry.role == "money" and "point" not in entry.words


_COUPON = "coupon"
_NO_SALE = frozenset(["cancel", "cancel_order", "refund", "view", "start_checkout", "add_to_cart"])
_SOLD = frozenset(["book", "purchase", "rent", "reserve"])
