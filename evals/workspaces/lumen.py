"""lumen: a streaming and news service. snake_case past-tense events, two with opaque names."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

from evals.workspaces.making import (
    Column,
    Happening,
    Known,
    Value,
    World,
    birth_date,
    chance,
    day_near,
    enumerated,
    first_moment,
    money,
    pick,
    some_of,
    whole,
)

AS_OF = datetime(2026, 5, 4, 18, 30, tzinfo=UTC)  # a Monday
GENRES = {
    "drama": 5,
    "comedy": 4,
    "documentary": 3,
    "thriller": 3,
    "sci_fi": 2,
    "kids": 2,
    "true_crime": 2,
}
SECTIONS = {"politics": 4, "sport": 4, "business": 3, "culture": 2, "science": 2, "opinion": 2}
TIERS = {"BSC": 5, "STD": 4, "PRM": 2}
_TIER_HELP = "BSC = basic, STD = standard, PRM = premium"


def _age(rng: Random, known: Known) -> Value:
    born = known.get("birth_date")
    if born is None:
        return rng.randint(16, 80)
    today = AS_OF.date()
    age: int = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return age


TRAITS = (
    Column("email", "text", lambda rng, _: f"reader{rng.randint(1, 999999)}@example.com", "E-mail address", missing=0.03),
    Column("first_name", "text", pick("Ana", "Bo", "Cleo", "Dan", "Eva", "Farid", "Gia", "Hal"), "First name", missing=0.1),
    Column("birth_date", "date", birth_date(AS_OF, 16, 80), "Date of birth", missing=0.25),
    Column("age", "integer", _age, "Age in years", missing=0.2),
    enumerated("gender", {"female": 5, "male": 5, "non_binary": 0.4}, "Gender as told by the reader", missing=0.18),
    enumerated("country", {"US": 5, "GB": 4, "IE": 2, "CA": 2, "AU": 2, "NZ": 1, "ZA": 1, "MX": 1, "JP": 1}, "ISO country code", missing=0.05),
    enumerated("state", {"CA": 4, "NY": 3, "TX": 3, "FL": 2, "WA": 1, "IL": 1, "MA": 1}, "US state, two letters", missing=0.62),
    Column("city", "text", pick("London", "Dublin", "New York", "Los Angeles", "Toronto", "Sydney", "Auckland", "Cape Town"), "Home city", missing=0.15),
    enumerated("pref_lang", {"en": 8, "es": 2, "fr": 1, "ja": 1}, "Preferred language, ISO 639-1", pattern=True, missing=0.03),
    enumerated("tier", TIERS, f"Subscription tier: {_TIER_HELP}", missing=0.3),
    enumerated("acct_status", {"active": 6, "paused": 1, "past_due": 1, "cancelled": 2}, "Status of the subscription"),
    Column("renews_on", "date", day_near(AS_OF, 0, 330), "Day of the next renewal of the subscription", missing=0.4),
    Column("free_trial_until", "date", day_near(AS_OF, -60, 28), "Last day of the free trial", missing=0.7),
    Column("registered_at", "timestamp", first_moment, "When the account was registered"),
    Column("push_enabled", "boolean", chance(0.5), "Push notifications are on", missing=0.08),
    Column("marketing_consent", "boolean", chance(0.6), "Consented to marketing messages", missing=0.1),
    Column("parental_controls", "boolean", chance(0.2), "Parental controls are on"),
    Column("favorite_genres", "list", some_of(*GENRES), "Favourite genres", missing=0.35),
    Column("devices_registered", "integer", lambda rng, _: min(8, 1 + int(rng.expovariate(0.6))), "How many devices are registered"),
    Column("lifetime_value", "number", money(0, 1200), "Revenue so far, in pounds", missing=0.07),
    enumerated("political_leaning", {"left": 1, "centre": 1, "right": 1}, "Political leaning from a survey", missing=0.8),
    enumerated("acquisition_channel", {"search": 4, "social": 3, "tv_ad": 1, "word_of_mouth": 2}, "How the reader found the service", missing=0.1),
)  # fmt: skip

_GENRE = enumerated("genre", GENRES, "Genre of the title")
_DEVICE = enumerated("device", {"tv": 5, "phone": 4, "tablet": 2, "web": 3}, "Device used")
_TIER = enumerated("tier", TIERS, _TIER_HELP)
_SECTION = enumerated("section", SECTIONS, "Section of the paper")
_LETTER = enumerated(
    "newsletter", {"daily_briefing": 5, "weekend_read": 3, "sport_roundup": 2}, "Which newsletter"
)

EVENTS = (
    Happening("video_watched", 0.85, 42, (_GENRE, _DEVICE, Column("minutes", "integer", lambda rng, _: 1 + int(rng.expovariate(1 / 34)), "Minutes watched"), Column("completed", "boolean", chance(0.55), "Watched to the end"), enumerated("quality", {"sd": 2, "hd": 5, "4k": 2}, "Picture quality", missing=0.05)), "A film or an episode was watched"),
    Happening("article_read", 0.7, 36, (_SECTION, Column("words", "integer", whole(150, 3200), "Length of the article in words"), Column("paywalled", "boolean", chance(0.4), "Behind the paywall")), "A news article was read"),
    Happening("podcast_played", 0.35, 7, (Column("show", "text", pick("Morning Call", "Long Story", "Pitch Side", "The Ledger"), "Name of the podcast"), Column("minutes", "integer", whole(1, 70), "Minutes listened")), "A podcast episode was played"),
    Happening("evt_17", 0.35, 3, (enumerated("channel", {"email": 3, "whatsapp": 4, "x": 2, "facebook": 2}, "Where it was shared"),), "A reader shared an article with somebody else", after=("article_read", 0.04, 2)),
    Happening("evt_22", 0.45, 3, (_GENRE,), "A title was added to the watchlist"),
    Happening("search_performed", 0.6, 5, (Column("results", "integer", lambda rng, _: rng.choice((0, 0, 1, 3, 8, 20, 45)), "Number of results"),), "A search was made"),
    Happening("subscription_started", 0.65, 1.1, (_TIER, enumerated("term", {"monthly": 6, "annual": 3}, "Billing term"), Column("price", "number", money(4.99, 149), "Price in pounds"), Column("promo_code", "text", pick("SPRING25", "WELCOME", "FRIENDS10"), "Promotion code used", missing=0.7)), "A paid subscription was started"),
    Happening("subscription_cancelled", 0.1, 0.5, (_TIER, enumerated("reason", {"price": 4, "content": 3, "technical": 1, "moving": 1}, "Reason given", missing=0.15)), "A subscription was cancelled by the subscriber", after=("subscription_started", 0.18, 2400)),
    Happening("payment_made", 0.6, 5, (Column("amount", "number", money(4.99, 149), "Amount in pounds"), enumerated("method", {"card": 6, "paypal": 3, "apple_pay": 2}, "How it was paid")), "A payment went through"),
    Happening("payment_declined", 0.15, 1.1, (Column("amount", "number", money(4.99, 149), "Amount in pounds"), enumerated("method", {"card": 6, "paypal": 3, "apple_pay": 2}, "How it should have been paid")), "A payment was declined"),
    Happening("comment_posted", 0.25, 5, (_SECTION, Column("likes", "integer", lambda rng, _: int(rng.expovariate(0.2)), "Likes received")), "A comment was posted under an article"),
    Happening("newsletter_sent", 0.8, 10, (_LETTER,), "A newsletter was sent to the reader"),
    Happening("newsletter_opened", 0.1, 0.4, (_LETTER,), "A newsletter was opened", after=("newsletter_sent", 0.4, 60)),
    Happening("newsletter_clicked", 0.02, 0.4, (_LETTER,), "A link in a newsletter was clicked", after=("newsletter_opened", 0.3, 4)),
    Happening("app_opened", 0.75, 9, (enumerated("os", {"ios": 5, "android": 4}, "Operating system"),), "The app was opened"),
    Happening("live_event_joined", 0.2, 2, (enumerated("sport", {"football": 5, "tennis": 2, "cycling": 1, "formula_1": 2}, "Sport shown"), Column("minutes", "integer", whole(3, 130), "Minutes watched")), "A live sports broadcast was joined"),
    Happening("title_rated", 0.4, 3, (_GENRE, Column("stars", "integer", lambda rng, _: rng.choice((1, 2, 3, 4, 4, 5, 5)), "Stars, 1 to 5")), "A title was rated"),
    Happening("gift_card_redeemed", 0.06, 1, (Column("amount", "number", lambda rng, _: rng.choice((10.0, 25.0, 50.0)), "Value in pounds"),), "A gift card was redeemed"),
)  # fmt: skip

WORLD = World(
    name="lumen",
    seed=20260504,
    as_of=AS_OF,
    people=1_500,
    traits=TRAITS,
    events=EVENTS,
    prefix="r",
    settings={
        "timezone": "Europe/London",
        "currency": "GBP",
        "lookback_days": 730,
        "glossary": {
            "binge watcher": "event('video_watched').within(7 days).count() >= 3",
            "super fan": "event('title_rated').count() >= 5 AND event('video_watched').within(90 days).sum(property('minutes')) > 300",
            "at risk": "event('payment_declined').within(30 days).count() >= 1",
        },
    },
)  # fmt: skip
