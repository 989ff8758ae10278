"""murmur: podcasts and audiobooks in an app. Title Case events, people in camelCase, one event and one trait with names that say nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from evals.workspaces.making import (
    Column,
    Happening,
    Known,
    Value,
    World,
    chance,
    day_near,
    enumerated,
    first_moment,
    last_moment,
    money,
    pick,
    some_of,
    whole,
)

AS_OF = datetime(2026, 9, 23, 14, 30, tzinfo=UTC)  # a Wednesday, mid-morning in New York
TOPICS = {"trueCrime": 5, "comedy": 4, "business": 3, "history": 3, "science": 2, "sports": 3, "fiction": 2}  # fmt: skip
SHOWS = {
    "Cold Harbor": "trueCrime", "The Last Ferry": "trueCrime", "Two Idiots One Mic": "comedy",
    "Margin Call": "business", "Side Hustle Diaries": "business", "Empires & Errors": "history",
    "Small Particles": "science", "Fourth Down": "sports", "Moonbase Nine": "fiction",
}  # fmt: skip
_SHARES = (6, 3, 5, 3, 2, 4, 2, 4, 2)


def _topic(_: Random, known: Known) -> Value:
    return SHOWS[str(known["show"])]


def _billing(rng: Random, known: Known) -> Value:
    if known["subscriptionTier"] in (None, "free"):
        return None
    return AS_OF.date() + timedelta(days=int(360 * rng.random() ** 2))


def _streak(rng: Random, known: Known) -> Value:
    """The current run of days, never longer than the longest."""
    best = int(known["longestStreak"])
    return rng.choice((0, 0, 0, best, rng.randint(0, best)))


def _spend(rng: Random, known: Known) -> Value:
    return (
        0.0
        if known["subscriptionTier"] == "free" and rng.random() < 0.6
        else round(260 * rng.random() ** 2, 2)
    )


TRAITS = (
    Column("displayName", "text", pick("Jules", "Amara", "Theo", "Bex", "Ravi", "Noor", "Casey", "Ida")),
    Column("email", "text", lambda rng, _: f"l{rng.randint(1, 99999)}@example.com", missing=0.03),
    Column("signupAt", "timestamp", first_moment, "When the listener registered"),
    Column("lastListenAt", "timestamp", last_moment(40_000, 3), "When something was last played", missing=0.04),
    enumerated("subscriptionTier", {"free": 6, "plus": 4, "family": 2}, "Free with ads, plus without ads, family for up to six listeners", missing=0.02),
    Column("trialEndsOn", "date", day_near(AS_OF, -50, 14), "Last day of the free trial of plus", missing=0.7),
    Column("nextBillingOn", "date", _billing, "Day of the next charge"),
    enumerated("country", {"US": 9, "CA": 4, "GB": 3, "AU": 2, "IE": 1, "NZ": 1}, missing=0.04),
    Column("birthYear", "integer", whole(1948, 2010), "Year of birth", missing=0.3),
    Column("favoriteTopics", "list", some_of(*TOPICS), "Topics picked when signing up", missing=0.25),
    Column("followedShows", "integer", lambda rng, _: int(rng.expovariate(0.14)), "Number of shows followed now"),
    Column("queueLength", "integer", lambda rng, _: int(60 * rng.random() ** 3), "Episodes waiting in the queue"),
    Column("playbackSpeed", "number", lambda rng, _: rng.choice((0.8, 1.0, 1.0, 1.0, 1.0, 1.2, 1.5, 1.5, 2.0, 2.5)), "Usual speed, 1 is normal", missing=0.1),
    Column("dailyGoalMinutes", "integer", lambda rng, _: rng.choice((10, 15, 20, 30, 30, 45, 60, 90)), "Listening goal for a day", missing=0.5),
    Column("longestStreak", "integer", lambda rng, _: int(200 * rng.random() ** 3), "Longest run of days with listening"),
    Column("currentStreak", "integer", _streak, "Run of days with listening that still goes on"),
    Column("newEpisodeAlerts", "boolean", chance(0.55), "Wants to be told of new episodes", missing=0.08),
    Column("personalizedAds", "boolean", chance(0.45), "Agreed to personalized ads", missing=0.15),
    enumerated("cameFrom", {"friend": 4, "podcastAd": 3, "appStore": 4, "search": 2, "creatorLink": 2}, "What brought the listener here", missing=0.1),
    enumerated("kx7", {"L": 6, "M": 3, "H": 2}, "Predicted risk of leaving: L low, M medium, H high", missing=0.12),
    Column("lifetimeSpend", "number", _spend, "All that was ever paid, in US dollars"),
)  # fmt: skip

_SHOW = Column("show", "text", pick(*SHOWS, weights=_SHARES), "Name of the show", tuple(SHOWS))
_TOPIC = Column("topic", "text", _topic, "Topic of the show", tuple(TOPICS))
_DEVICE = enumerated("device", {"phone": 7, "car": 3, "smartSpeaker": 2, "web": 2, "watch": 1}, "Where it was played")  # fmt: skip
_TIER = {"free": 3, "plus": 3, "family": 2}

EVENTS = (
    Happening("Episode Played", 0.94, 34, (_SHOW, _TOPIC, _DEVICE, Column("minutes", "integer", lambda rng, _: 1 + int(rng.expovariate(1 / 24)), "Minutes heard"), Column("offline", "boolean", chance(0.2), "Played without a connection")), "Somebody listened to an episode"),
    Happening("Episode Finished", 0.0, 0, (_SHOW,), "An episode was heard to its end", after=("Episode Played", 0.36, 2)),
    Happening("Episode Downloaded", 0.5, 9, (_SHOW, Column("sizeMb", "integer", whole(8, 140), "Size in megabytes"), Column("overWifi", "boolean", chance(0.8), "Over Wi-Fi")), "An episode was saved for later"),
    Happening("Show Followed", 0.8, 5, (_SHOW, _TOPIC, enumerated("foundBy", {"recommendation": 4, "search": 3, "friend": 2, "chart": 2}, "How the show was found", missing=0.1)), "A show was followed"),
    Happening("Show Unfollowed", 0.0, 0, (_SHOW, enumerated("reason", {"tooManyAds": 3, "lostInterest": 4, "hostChanged": 1}, "Reason given", missing=0.3)), "A show was no longer followed", after=("Show Followed", 0.16, 1500)),
    Happening("Clip Shared", 0.25, 4, (_SHOW, enumerated("channel", {"whatsapp": 4, "instagram": 3, "sms": 2, "x": 1}, "Where it was shared")), "A short piece of an episode was shared"),
    Happening("Review Posted", 0.22, 2, (_SHOW, Column("stars", "integer", lambda rng, _: rng.choice((1, 2, 3, 4, 4, 5, 5, 5)), "Stars, 1 to 5")), "A review of a show was written"),
    Happening("Tip Sent", 0.16, 3, (_SHOW, Column("amount", "number", lambda rng, _: rng.choice((2.0, 3.0, 5.0, 5.0, 10.0, 20.0)), "Amount in US dollars")), "Money was given to the makers of a show"),
    Happening("Audiobook Purchased", 0.3, 3, (enumerated("genre", {"thriller": 4, "memoir": 3, "romance": 2, "selfHelp": 2}, "Genre"), Column("hours", "integer", whole(3, 28), "Length in hours"), Column("price", "number", money(4.99, 39.99), "Price in US dollars"), Column("withCredit", "boolean", chance(0.35), "Paid with a credit")), "An audiobook was bought"),
    Happening("Plan Upgraded", 0.35, 0.9, (enumerated("toTier", {"plus": 5, "family": 2}, "New tier"), enumerated("term", {"monthly": 6, "yearly": 3}, "Billing term"), Column("price", "number", money(4.99, 99), "Price in US dollars")), "A listener moved to a higher tier"),
    Happening("Plan Downgraded", 0.05, 0.4, (enumerated("fromTier", {"plus": 5, "family": 2}, "Old tier"), enumerated("reason", {"price": 5, "notUsed": 3, "missingShows": 1}, "Reason given", missing=0.15)), "A listener moved to a lower tier", after=("Plan Upgraded", 0.22, 2600)),
    Happening("Notification Sent", 0.85, 14, (enumerated("kind", {"newEpisode": 6, "weeklyDigest": 4, "winback": 2}, "What it was about"),), "A push notification was sent"),
    Happening("Notification Opened", 0.0, 0, (enumerated("kind", {"newEpisode": 6, "weeklyDigest": 4, "winback": 2}, "What it was about"),), "A push notification was opened", after=("Notification Sent", 0.3, 30)),
    Happening("AE-30", 0.3, 3, (_DEVICE, enumerated("network", {"cellular": 5, "wifi": 3}, "Kind of connection")), "Playback broke off because the connection was lost"),
)  # fmt: skip

WORLD = World(
    name="murmur",
    seed=20260923,
    as_of=AS_OF,
    people=1_300,
    traits=TRAITS,
    events=EVENTS,
    prefix="m",
    inactive_plan=(
        Happening("Live Room Joined", 0, 0, (), "A live conversation was joined"),
    ),
    settings={
        "timezone": "America/New_York",
        "currency": "USD",
        "lookback_days": 365,
        "dynamic_plus_limit": 20,
        "glossary": {
            "superlistener": "event('Episode Played').within(30 days).sum(property('minutes')) >= 120",
            "back catalog fan": "event('Episode Downloaded').count() >= 5 AND trait('queueLength') >= 10",
            "newcomer": f"trait('signupAt') >= '{date(2026, 8, 24)}'",
        },
    },
)  # fmt: skip
