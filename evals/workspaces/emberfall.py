"""emberfall: a game on phones. camelCase throughout, most of it without a word of description."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from evals.workspaces.making import (
    Column,
    Happening,
    Known,
    Value,
    World,
    chance,
    enumerated,
    first_day,
    money,
    pick,
    some_of,
    whole,
)

AS_OF = datetime(2026, 4, 21, 3, 0, tzinfo=UTC)  # still Monday the 20th, evening, in Los Angeles
PRICES = {
    "starterPack": 4.99, "gemPackSmall": 1.99, "gemPackLarge": 19.99, "battlePass": 9.99,
    "dragonSkin": 14.99, "megaBundle": 49.99,
}  # fmt: skip


def _spend(rng: Random, known: Known) -> Value:
    """In dollars; nothing for those who never paid."""
    return round(2 + 600 * rng.random() ** 4, 2) if known["payerFlag"] else 0.0


def _last_purchase(rng: Random, known: Known) -> Value:
    if not known["payerFlag"]:
        return None
    end: datetime = known["end"]
    start: datetime = known["start"]
    return end - (end - start) * rng.random() ** 2


def _price(rng: Random, known: Known) -> Value:
    return PRICES[str(known["sku"])]


def _few(most: int) -> Column:
    """How many tries, mostly one or two."""
    return Column("attempts", "integer", lambda rng, _: 1 + int(most * rng.random() ** 3))


TRAITS = (
    Column("playerName", "text", lambda rng, _: f"{rng.choice(('Ash', 'Nova', 'Kiro', 'Juno'))}{rng.randint(1, 9999)}"),
    enumerated("country", {"US": 6, "BR": 4, "JP": 3, "DE": 2, "PH": 3, "GB": 2, "FR": 1}),
    enumerated("uiLanguage", {"en": 8, "pt": 4, "ja": 3, "de": 2, "fr": 1}),
    enumerated("deviceOs", {"iOS": 5, "Android": 7}),
    enumerated("deviceTier", {"low": 3, "mid": 5, "high": 3}, missing=0.05),
    Column("appVersion", "text", pick("5.1.0", "5.0.4", "4.9.2", weights=(6, 3, 1))),
    Column("installDate", "date", first_day),
    Column("lastSeen", "timestamp", lambda rng, known: known["end"] - timedelta(minutes=rng.randint(0, 4_000))),
    Column("playerLevel", "integer", lambda rng, _: 1 + int(99 * rng.random() ** 2)),
    Column("payerFlag", "boolean", chance(0.35)),
    Column("totalSpendUsd", "number", _spend),
    Column("lastPurchaseAt", "timestamp", _last_purchase),
    enumerated("ageBand", {"13-17": 2, "18-24": 4, "25-34": 4, "35-44": 2, "45+": 1}, missing=0.25),
    enumerated("acquisitionChannel", {"organic": 5, "facebookAds": 3, "tiktokAds": 3, "googleUac": 2, "influencer": 1}),
    enumerated("guildRole", {"leader": 1, "officer": 2, "member": 8}, "Not set for players without a guild", missing=0.5),
    Column("gemBalance", "integer", lambda rng, _: int(9_000 * rng.random() ** 3)),
    Column("vipTier", "integer", lambda rng, _: rng.choices(range(6), (12, 4, 3, 2, 1, 1))[0], "0 (none) to 5"),
    Column("pushEnabled", "boolean", chance(0.6), missing=0.05),
    Column("emailConsent", "boolean", chance(0.4), missing=0.3),
    Column("favoriteModes", "list", some_of("campaign", "arena", "raid", "duel", most=2), missing=0.2),
    Column("loginStreak", "integer", lambda rng, _: int(60 * rng.random() ** 3), "Days in a row"),
    Column("churnRisk", "number", lambda rng, _: round(rng.random(), 2), "Forecast, 0 to 1", missing=0.1),
    Column("isTester", "boolean", chance(0.04), "Works for us or tests for us"),
)  # fmt: skip

_DIFFICULTY = enumerated("difficulty", {"easy": 4, "normal": 5, "hard": 2})
_LEVEL = Column("level", "integer", lambda rng, _: 1 + int(79 * rng.random() ** 1.5))
_PUSH = enumerated("campaign", {"comeBack": 4, "raidLive": 3, "gemSale": 4})

EVENTS = (
    Happening("sessionStart", 0.98, 34, (enumerated("networkType", {"wifi": 6, "cellular": 4}), Column("fromPush", "boolean", chance(0.2)))),
    Happening("tutorialFinished", 0.8, 1, (Column("skipped", "boolean", chance(0.25)), Column("durationSec", "integer", whole(40, 900), "In seconds")), once=True),
    Happening("levelCompleted", 0.85, 20, (_LEVEL, Column("durationSec", "integer", whole(20, 1_200), "In seconds"), Column("stars", "integer", whole(1, 3)), _DIFFICULTY)),
    Happening("levelFailed", 0.7, 10, (_LEVEL, _few(9), _DIFFICULTY)),
    Happening("matchPlayed", 0.6, 16, (enumerated("mode", {"arena": 5, "raid": 3, "duel": 2}), Column("win", "boolean", chance(0.5)), Column("durationSec", "integer", whole(60, 1_500), "In seconds"))),
    Happening("purchaseIap", 0.35, 4, (enumerated("sku", {"starterPack": 4, "gemPackSmall": 5, "gemPackLarge": 2, "battlePass": 3, "dragonSkin": 2, "megaBundle": 1}), Column("priceUsd", "number", _price), enumerated("store", {"appStore": 5, "playStore": 6})), "A purchase with real money"),
    Happening("purchaseRefunded", 0.01, 0.1, (Column("amountUsd", "number", money(1, 50)),), after=("purchaseIap", 0.1, 200)),
    Happening("currencySpent", 0.65, 12, (enumerated("currencyType", {"gems": 4, "coins": 7}), Column("amount", "integer", lambda rng, _: 10 * (1 + int(150 * rng.random() ** 3))), enumerated("itemType", {"booster": 5, "skin": 2, "energy": 4}))),
    Happening("adWatched", 0.6, 18, (enumerated("placement", {"doubleReward": 5, "revive": 3, "dailyBonus": 4}), Column("completed", "boolean", chance(0.8)))),
    Happening("guildJoined", 0.45, 1.2, (Column("guildSize", "integer", whole(2, 50)),)),
    Happening("guildLeft", 0.02, 0.2, (enumerated("reason", {"kicked": 2, "inactive": 3, "ownChoice": 4}),), after=("guildJoined", 0.35, 2_000)),
    Happening("pushSent", 0.75, 14, (_PUSH,)),
    Happening("pushOpened", 0.01, 0.2, (_PUSH,), after=("pushSent", 0.22, 20)),
    Happening("friendInvited", 0.25, 1.8, (enumerated("via", {"whatsapp": 4, "link": 3, "facebook": 2}), Column("accepted", "boolean", chance(0.3)))),
    Happening("ticketOpened", 0.2, 1.2, (enumerated("topic", {"payment": 3, "crash": 4, "cheater": 2, "account": 2}),), "Wrote to player support"),
)  # fmt: skip

WORLD = World(
    name="emberfall",
    seed=20260421,
    as_of=AS_OF,
    people=700,
    traits=TRAITS,
    events=EVENTS,
    prefix="p",
    history_days=360,
    inactive_plan=(Happening("seasonEnded", 0, 0, (Column("rank", "integer", whole(1, 900)),)),),
    settings={
        "timezone": "America/Los_Angeles",
        "currency": "USD",
        "lookback_days": 365,
        "glossary": {
            "whale": "trait('totalSpendUsd') >= 150",
            "minnow": "trait('totalSpendUsd') > 0 AND trait('totalSpendUsd') < 20",
            "hardcore": "event('matchPlayed').within(30 days).count() >= 4",
        },
    },
)  # fmt: skip
