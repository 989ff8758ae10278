"""Plans that are paid for: "a paid plan" of a plan with a free one among its values, "the free plan" of a
flag that says who pays."""

from __future__ import annotations

from collections.abc import Iterator

from audience.english.context import type_of
from audience.english.lexicon import Lexicon, ValueLink
from audience.english.links import Link
from audience.english.schema import Entry, stemmed
from audience.english.sentence import Sentence, Word, frame_words, low_at
from audience.english.tokens import stem, stem_set


def with_paid_plans(words: Sentence, found: list[Link], lexicon: Lexicon) -> list[Link]:
    """`found` with "a paid plan" and "the free plan" as the values that they mean."""
    added = []
    for first, end, paid in _said(words.words):
        said = words.said(first, end)
        values = _plans(lexicon, said) if paid else ()
        values = values or _flags(lexicon, said, paid=paid)
        known = any(
            link.values and link.values[0].score >= 1.0 and {*range(link.first, link.end)} & {first}
            for link in found
        )
        if values and (paid or not known):
            added.append(Link(first, end, values=values))
    taken = {place for each in added for place in range(each.first, each.end)}
    return [*(each for each in found if not taken & {*range(each.first, each.end)}), *added]


def _said(words: list[Word]) -> Iterator[tuple[int, int, bool]]:
    """Where "paid" or "free" stands before a plan: from, to, and whether it is paid."""
    planned = any(word.stem in _PLANS for word in words)
    for place, word in enumerate(words[:-1]):
        noun = words[place + 1]
        if word.quoted or noun.quoted:
            continue
        one = noun.low in ("one", "ones") and planned
        if word.low in _PAID and (noun.stem in _PLANS or one):
            done = low_at(words, place - 1) in _DOING
            changed = {low_at(words, place - 1), low_at(words, place - 2)} & _CHANGED_TO
            if not (done or changed) and low_at(words, place + 2) not in _DUES:
                yield place, place + 2, True
        elif word.low == "free" and (noun.stem in _PLANS or _is_anybody(noun)):
            yield place, place + 2, False


def _is_anybody(word: Word) -> bool:
    return word.low in frame_words()["subjects.users"]


def _plans(lexicon: Lexicon, said: str) -> tuple[ValueLink, ...]:
    """The plans that are not free, of each field of people that has a free one."""
    found = []
    for entry in lexicon.users:
        stats = getattr(entry.field, "stats", None)
        if type_of(entry) != "text" or stats is None or not stats.complete:
            continue
        if not set(entry.words) & _PLANS:
            continue
        free = [each for each in stats.values if _FREE & set(stemmed(each))]
        rest = [each for each in stats.values if not _UNPAID & set(stemmed(each))]
        if free and rest:
            found.append(ValueLink(entry, rest[0], 1.0, None, tuple(rest[1:]), said))
    return tuple(found)


def _flags(lexicon: Lexicon, said: str, *, paid: bool) -> tuple[ValueLink, ...]:
    """The flags that say who is on a paid plan."""
    return tuple(
        ValueLink(entry, "true" if paid else "false", 1.0, None, side=said)
        for entry in lexicon.yes_or_no()
        if _tells_who_pays(entry)
    )


def _tells_who_pays(entry: Entry) -> bool:
    told = set(entry.words)
    return _PAY in told and bool(told & _PLANS) and told <= {_PAY, *_PLANS, *_AROUND}


_PAY = stem("paid")
_PAID = frozenset(["paid", "paying"])
_PLANS = stem_set("plan", "tier", "subscription", "package", "membership", "tariff")
_AROUND = stem_set("is", "has", "on", "flag", "user", "customer", "member", "account", "current")
_FREE = stem_set("free", "freemium")
_UNPAID = _FREE | stem_set("trial", "none", "no", "guest", "cancelled", "expired")
_DOING = frozenset(
    ["who", "that", "have", "has", "had", "they", "was", "were", "be", "not", "never"]
)
_CHANGED_TO = frozenset(["into", "to"])
_DUES = frozenset(
    ["fee", "fees", "invoice", "invoices", "bill", "bills", "charge", "charges", "dues"]
)
