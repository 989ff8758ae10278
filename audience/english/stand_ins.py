"""Which event plays a role that none of a workspace's events is called after."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import cache

from audience.english.schema import Entry, Role, roles
from audience.english.tokens import stem_set


def stood_in(events: Sequence[Entry], traits: Sequence[Entry]) -> list[Entry]:
    """`events`, where a role that none of them plays is played by the one that comes nearest: with a
    word that may stand for the role (and a sum of money, where it is paid), the most frequent of them.

    Where what is known of people counts or dates it ("lifetime orders", "last purchase date"), it is
    kept there, and no other event stands in for it.
    """
    found = list(events)
    for role in roles("events"):
        if _is_kept(role, traits):
            found = [_for_others(each) if each.role == role.name else each for each in found]
            continue
        if any(each.role == role.name for each in found):
            continue
        near = [
            (each.field.seen.count, place)
            for place, each in enumerate(found)
            if any(set(phrase) <= set(each.words) for phrase in role.instead)
            and each.role != _GIFTS
            and (not role.paid or _is_paid(each))
        ]
        if near:
            _, place = max(near)
            found[place] = dataclasses.replace(found[place], also=(*found[place].also, role.name))
    return found


def _is_paid(event: Entry) -> bool:
    """Whether the event takes money, and nothing of it was undone."""
    undone = event.role in _NO_PURCHASE and _undone() & set(event.words)
    return not undone and any(prop.role == "money" for prop in event.properties.values())


def _is_kept(role: Role, traits: Sequence[Entry]) -> bool:
    """Whether a trait says how often it was done, or when."""
    return any(
        set(role.nouns) & set(each.words) and set(each.words) <= {*role.nouns, *_keeping()}
        for each in traits
    )


def _for_others(event: Entry) -> Entry:
    return dataclasses.replace(event, role=_GIFTS) if "giftcard" in event.words else event


_NO_PURCHASE = (None, "cancel", "cancel_order", "refund", "view", "start_checkout")
_GIFTS = "buy_gift_card"  # what is bought for others, beside what a shop sells


@cache
def _keeping() -> frozenset[str]:
    """Stems of words that say how a trait keeps what was done, and nothing of what it was."""
    return stem_set(
        *("total", "lifetime", "all", "count", "number", "num", "nb", "nr", "no", "n", "cnt", "of"),
        *("last", "first", "latest", "recent", "date", "day", "days", "since", "at", "on", "time"),
    )


@cache
def _undone() -> frozenset[str]:
    return stem_set(
        *("cancelled", "refunded", "returned", "failed", "changed", "deleted", "viewed", "started")
    )
