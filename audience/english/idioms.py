"""Turns of phrase that tell of something done in words that mean another thing by themselves.

"Did not check out", "returned to us after a break", "their card was declined", "never showed up".
Each is read so only where the workspace has what it comes to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from audience.english.lexicon import Lexicon
from audience.english.tokens import stem

if TYPE_CHECKING:
    from audience.english.sentence import Word


def plainly(words: list[Word], text: str, lexicon: Lexicon) -> tuple[list[Word], str]:
    """`words` with such turns of phrase as what they come to; several may become one, whose place in
    `text`, from which numbers and times are read, is left blank."""
    found: list[Word] = []
    place = 0
    while place < len(words):
        step, word = _turned(words, place, lexicon)
        if step > 1:
            text = text[: word.start] + " " * (word.end - word.start) + text[word.end :]
        found.append(word)
        place += step
    return found, text


def _turned(words: list[Word], place: int, lexicon: Lexicon) -> tuple[int, Word]:
    """How many words from `place` on are one now, and which."""
    word = words[place]
    if word.quoted:
        return 1, word
    if word.stem == "checkout" and _is_carried_out(words, place, lexicon):
        return 1, _as(word, "purchased")
    if word.stem == "finish" and _is_of_checkout(words, place, lexicon):
        return 1, _as(word, "completed" if word.low.endswith("ed") else "complete")
    if word.stem == "return" and _is_of_oneself(words, place):
        return 1, replace(word, low="came back", stem=CAME_BACK)
    code = _code(words, place, lexicon)
    if code is not None:
        return (2 if code.end > word.end else 1), code
    undone = _is_stopped(words, place, lexicon)
    if undone:
        return 2, _whole(words, place, 2, undone)
    if word.low == "new" and place + 1 < len(words) and words[place + 1].low in _BUYERS:
        return 1, _as(word, "first-time")
    if word.low in _BUYERS and place and words[place - 1].low == "new":
        return 1, _as(word, "buy")
    if lexicon.roles.get("payment_failed"):
        if word.low in _CARDS and _verb_after(words, place).low in _REFUSED:
            return 1, _as(word, "payment")
        if word.low in _REFUSED and lexicon.events_like([word.stem]) == []:
            return 1, _as(word, "failed") if _is_of_payment(words, place) else word
        through = _span(words, place, _GO_THROUGH)
        if through and _is_of_payment(words, place):
            return through, _whole(words, place, through, "failed")
    known = lexicon.event_words() | lexicon.name_vocabulary
    stayed = next((each for each in _STAYED_AWAY if each in known), "")
    away = next((n for each in _STAY_AWAY if (n := _span(words, place, each))), 0) if stayed else 0
    if away and not _is_of_place(words, place + away):
        low = "no show" if stayed == "noshow" else "missed"
        return away, replace(_whole(words, place, away, low), stem=stayed)
    return 1, word


def _is_of_place(words: list[Word], place: int) -> bool:
    """ "didn't turn up at the gym": they did not come there, and missed no appointment."""
    return any(each.low in _PLACES for each in words[place : place + _NEAR])


def _is_carried_out(words: list[Word], place: int, lexicon: Lexicon) -> bool:
    """ "did not check out", "checked out in May": to the end, where that it began is another event."""
    said = words[place].low.split()
    before = {each.low for each in words[max(0, place - 2) : place]}
    after = words[place + 1].low if place + 1 < len(words) else ""
    if len(said) == 1 or said[0] not in _CHECKED or before & _BEGUN or after in _LOOKED_AT:
        return False
    begun, done = lexicon.roles.get("start_checkout"), lexicon.roles.get("purchase")
    return bool(begun) and bool(done) and begun != done


def _is_of_checkout(words: list[Word], place: int, lexicon: Lexicon) -> bool:
    """ "started checkout but did not finish": what was begun, where nothing else is called so."""
    begun = any(each.stem == "checkout" for each in words[:place])
    return begun and not lexicon.describes(words[place].stem)


def _is_of_oneself(words: list[Word], place: int) -> bool:
    """ "returned after cancelling", "returned to us": the person came back, and nothing was sent back."""
    after = [each.low for each in words[place + 1 : place + 4]]
    return after[:1] == ["after"] or (after[:1] == ["to"] and bool(set(after[1:]) & _HOME))


def _code(words: list[Word], place: int, lexicon: Lexicon) -> Word | None:
    """ "a discount code", "a promo code": as the one field of the coupon that was used is called."""
    known = {each.words for each in lexicon.roles.get("coupon", ())}
    names = {each for each in known if _COUPONS & set(each)}
    after = words[place + 1].low if place + 1 < len(words) else ""
    if words[place].low not in _OFFERS or after not in _CODES or not names:
        return None
    shared = set.intersection(*map(set, names)) - {"code"}
    if len(names) > 1 and len(shared) != 1:
        return None
    said = tuple(shared) if len(names) > 1 else next(iter(names))
    if len(said) > 1:  # "a discount code" of a promo code
        return _as(words[place], said[0]) if words[place].stem not in said else None
    return replace(words[place], low=said[0], stem=said[0], end=words[place + 1].end)


def _is_stopped(words: list[Word], place: int, lexicon: Lexicon) -> str:
    """ "stopped following": what is done when that ends, where it is called so: unfollowed."""
    after = words[place + 1] if place + 1 < len(words) else None
    if after is None or words[place].low not in _STOPPED or not after.low.endswith("ing"):
        return ""
    undone = "un" + after.stem
    known = undone in lexicon.event_words()
    return "un" + after.low.removesuffix("ing") + "ed" if known else ""


def _verb_after(words: list[Word], place: int) -> Word:
    """What follows a noun, behind its auxiliaries."""
    at = place + 1
    while at < len(words) - 1 and words[at].low in _BEEN:
        at += 1
    return words[min(at, len(words) - 1)]


def _is_of_payment(words: list[Word], place: int) -> bool:
    """Whether a payment, or the card of one, is said right before."""
    before = [each for each in words[max(0, place - _NEAR) : place] if each.low not in _BEEN]
    return bool(before) and before[-1].low in _CARDS | _PAYMENTS


def _span(words: list[Word], place: int, said: Sequence[frozenset[str]]) -> int:
    """How many words from `place` on are one of each set, one after the other; of a set with an empty
    word none may be."""
    at = place
    for each in said:
        if at < len(words) and (words[at].low in each or words[at].stem in each):
            at += 1
        elif "" not in each:
            return 0
    return at - place


def _whole(words: list[Word], place: int, step: int, low: str) -> Word:
    text = " ".join(each.text for each in words[place : place + step])
    return replace(_as(words[place], low), text=text, end=words[place + step - 1].end)


def _as(word: Word, low: str) -> Word:
    return replace(word, low=low, stem=stem(low), is_word=True)


CAME_BACK = "cameback"
_CHECKED = frozenset(["checked", "check", "checking"])
_BEGUN = frozenset(
    ["begin", "began", "begun", "start", "started", "starting", "tried", "initiated"]
)
_LOOKED_AT = frozenset(["the", "our", "a", "an", "some", "any", "this", "that", "these", "those"])
_HOME = frozenset(["us", "app", "site", "website", "platform", "service", "club", "shopping"])
_BUYERS = frozenset(["buyers", "purchasers"])
_STOPPED = frozenset(["stopped", "stop", "quit"])
_OFFERS = frozenset(["promo", "discount", "voucher", "coupon", "promotion", "promotional"])
_CODES = frozenset(["code", "codes"])
_COUPONS = frozenset(map(stem, ("coupon", "promo", "promotion", "discount")))
_CARDS = frozenset(["card", "cards"])
_PAYMENTS = frozenset(["payment", "payments", "charge"])
_REFUSED = frozenset(["declined", "refused", "rejected", "bounced"])
_BEEN = frozenset(["was", "were", "is", "got", "been", "has", "have", "being", "recently"])
_NEAR = 3
_NOT = frozenset(
    ["not", "never", "didn't", "didnt", "hasn't", "doesn't", "don't", "won't", "haven't"]
)
_DID = frozenset(["did", "does", "do", "have", "has", ""])
_GO_THROUGH = (_DID, _NOT, frozenset(["go", "gone", "went"]), frozenset(["through"]))
_PLACES = frozenset(["gym", "club", "studio", "store", "shop", "branch", "pool", "library"])
_STAYED_AWAY = ("noshow", stem("missed"))
_UP = frozenset(["showup"])
_STAY_AWAY = (
    (_DID, _NOT, _UP),
    (_DID, _NOT, frozenset(["show"])),
    (frozenset(["stood", "stand"]), frozenset(["us"]), frozenset(["up"])),
    (frozenset(["failed", "fail", "fails"]), frozenset(["to"]), frozenset(["show", *_UP])),
)
