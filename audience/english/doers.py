"""People named by what they do: "readers of sport articles", "electric bike riders", "bookers"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from audience.english.data import load
from audience.english.lexicon import Lexicon
from audience.english.schema import Entry, ideas, roles
from audience.english.tokens import stem

if TYPE_CHECKING:
    from audience.english.sentence import Word


def as_done(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """Nouns and participles that stand for something done, or for what is wanted."""
    found = [_reachable(words, place) for place in range(len(words))]
    for place, word in enumerate(words):
        if word.low == "back" and _is_given(words, place):
            found[place] = replace(word, low="returned", stem=stem("returned"))
        if word.stem == _SWITCH and _is_off(words[place + 1 : place + 1 + _FAR]):
            found[place] = replace(word, low="turned", stem=stem("turned"))
    for place, word in enumerate(words[:-1]):
        if word.low == "returning" and words[place + 1].low in _people():
            found[place] = replace(word, low="repeat", stem="repeat")  # they come back
    for place, word in enumerate(words[1:], start=1):
        named = any(word.stem in each.words for each in lexicon.users)
        if word.low in _BASKETS and words[place - 1].low in _ONE_BASKET and not named:
            found[place] = replace(word, low="order", stem="order")  # "average basket"
        if word.low in _SHOPPERS and words[place - 1].low in ("repeat", "returning", "time"):
            found[place] = replace(
                word, low="buy", stem="buy"
            )  # "repeat buyers", "one-time buyers"
    for place, word in enumerate(words[:-2]):
        out = words[place + 1].low == "out" and words[place + 2].low in _CASH
        if word.stem == "take" and out and "withdraw" in lexicon.event_words():  # "took out cash"
            found[place] = replace(word, low="withdrew", stem="withdraw")
    return found


def _is_given(words: list[Word], place: int) -> bool:
    """ "sent something back": a thing between the verb and its "back"."""
    for before in reversed(words[max(0, place - _FAR) : place]):
        if not before.is_word or before.low in _BORDERS:
            return False
        if before.stem in _GIVING:
            return True
    return False


def _is_off(behind: list[Word]) -> bool:
    """ "switched their alerts off": what is turned off, and nothing that was changed for another."""
    for word in behind:
        if not word.is_word or word.low in _BORDERS:
            return False
        if word.low == "off":
            return True
    return False


_SWITCH = stem("switch")
_FAR = 4  # words between a verb and its "back"
_BORDERS = frozenset(["and", "or", "but", "who", "that"])
_GIVING = frozenset(map(stem, ("send", "give", "bring", "ship", "take", "hand")))


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


def doers(words: list[Word], lexicon: Lexicon, extra: frozenset[str]) -> list[Word]:
    """The nouns of people who did what is said beside them, as the verb of it.

    A noun that may be anybody ("readers", "riders") is one only with what it was done to.
    """
    words = _who_never(words, lexicon)
    found = list(words)
    for place, word in enumerate(words):
        if not word.is_word or word.stem in extra:
            continue
        known = _irregular().get(word.low)
        of = place + 1 < len(words) and words[place + 1].low == "of"
        if known is not None and of:
            found[place] = replace(word, low=known, stem=stem(known))
            continue
        if lexicon.knows(word.stem):
            continue  # the workspace calls somebody so
        after = words[place + 1].low if place + 1 < len(words) else ""
        payers = word.low in _PAYERS and after not in ("who", "that")
        if payers and _is_known_of(words[max(0, place - 3) : place], lexicon):
            found[place] = replace(word, low="people", stem=stem("people"))
            continue
        verb = _verb_of(word.low, known, lexicon)
        if verb is None:
            continue
        anybody = word.low in _people() or bool(ideas(word.stem))
        if not anybody or of or _has_object(words[place - 1] if place else None, verb, lexicon):
            found[place] = replace(word, low=verb, stem=stem(verb))
    return found


def _who_never(words: list[Word], lexicon: Lexicon) -> list[Word]:
    """ "non-donors": who never donated, where nothing is called so."""
    found: list[Word] = []
    for word in words:
        behind = [each for each in found[-2:] if each.text != "-"]
        verb = _doing_of(word.low) if behind and behind[-1].low == "non" else None
        if verb is None or lexicon.knows(word.stem) or lexicon.valued(("non", word.stem), word.low):
            found.append(word)
            continue
        while found[-1].low != "non":
            found.pop()
        found[-1] = replace(found[-1], low="never", stem=stem("never"))
        found.append(replace(word, low=verb, stem=stem(verb)))
    return found


def _doing_of(noun: str) -> str | None:
    """What people of this name do, whether or not anything here tells of it."""
    if noun in _irregular():
        return _irregular()[noun]
    return next((each for each in _verbs_in(noun) if stem(each) in _doing()), None)


def _verbs_in(noun: str) -> list[str]:
    """The verbs that a noun of people may be made of: "openers", "riders", "shoppers"."""
    tail = next((each for each in ("ers", "ors") if noun.endswith(each)), "")
    base = noun.removesuffix(tail)
    if not tail or len(base) < 3:
        return []
    return sorted({base, base + "e", base[:-1] if base[-1:] == base[-2:-1] else base})


def _is_known_of(before: list[Word], lexicon: Lexicon) -> bool:
    """ "yearly payers", "direct debit payers": what stands before is known of people, and they pay so."""
    for first in range(len(before)):
        said = before[first:]
        low = " ".join(word.low for word in said)
        values = lexicon.valued(tuple(word.stem for word in said), low)
        if any(each.event is None and each.score >= 0.9 for each in values):
            return True
    return False


def _verb_of(noun: str, known: str | None, lexicon: Lexicon) -> str | None:
    """What the people do, where something that happened, or a yes or no of them, is called so."""
    doing = lexicon.event_words() | lexicon.flag_words()
    if known is not None:
        return known if stem(known) in doing or _playing(stem(known), lexicon) else None
    verbs = [each for each in _verbs_in(noun) if stem(each) in _doing()]
    return next((each for each in verbs if stem(each) in doing), None)


def _has_object(before: Word | None, verb: str, lexicon: Lexicon) -> bool:
    """ "electric bike riders": right before stands what it is done to, or how, and no person's trait."""
    if before is None or not before.is_word:
        return False
    if any({before.stem, stem(verb)} <= {*each.words, *each.about} for each in lexicon.yes_or_no()):
        return True  # "electric car drivers"
    events = {
        each.field.name: each for each in lexicon.events if stem(verb) in (*each.words, *each.about)
    }
    events |= {each.field.name: each for each in _playing(stem(verb), lexicon)}
    if any(before.stem in each.words and before.stem != stem(verb) for each in events.values()):
        return True
    values = lexicon.valued((before.stem,), before.low)
    owners = {each.event for each in values if each.score >= 0.9}
    return bool(owners) and None not in owners and bool(owners & set(events))


def _playing(verb: str, lexicon: Lexicon) -> list[Entry]:
    """The events that the verb asks for, whatever they are called: a playback was watched."""
    asked = (role.name for role in roles("events") if (verb,) in role.says)
    return [event for role in asked for event in lexicon.roles.get(role, ())]


@cache
def _people() -> frozenset[str]:
    return frozenset(load("words.yaml")["subjects"]["users"])


@cache
def _irregular() -> dict[str, str]:
    return {str(noun): str(verb) for noun, verb in load("agents.yaml").items()}


@cache
def _doing() -> frozenset[str]:
    return frozenset(stem(str(each)) for each in load("actions.yaml"))


_PAYERS = frozenset(["payer", "payers"])
_SHOPPERS = frozenset(
    ["buyers", "buyer", "shoppers", "shopper", "customers", "customer", "purchasers", "purchaser"]
)
_BASKETS = frozenset(["basket", "baskets"])
_ONE_BASKET = frozenset(
    [
        "average",
        "avg",
        "mean",
        "typical",
        "last",
        "latest",
        "first",
        "biggest",
        "largest",
        "highest",
    ]
)
_CASH = frozenset(["cash", "money"])
