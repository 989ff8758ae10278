"""lanternplay: films, series and sport by subscription. Title Case events, snake_case traits, flags in four forms, a few legacy names that say nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from evals.workspaces.making import (
    Column,
    Happening,
    Known,
    Maker,
    Value,
    World,
    birth_date,
    chance,
    enumerated,
    first_moment,
    last_moment,
    money,
    pick,
    some_of,
    whole,
    yes_no,
)

AS_OF = datetime(2026, 10, 14, 18, 40, tzinfo=UTC)  # a Wednesday evening in Amsterdam
TODAY = date(2026, 10, 14)
TITLES = {
    "The Quiet Tide": ("film", "drama"), "Red Meridian": ("film", "sci_fi"),
    "Midnight in Porto": ("film", "romance"), "Paper Crowns": ("film", "comedy"),
    "Hollow Road": ("film", "horror"), "Harbour Street": ("series", "crime"),
    "Northern Lights Out": ("series", "crime"), "Glass Empire": ("series", "drama"),
    "Couch Potatoes": ("series", "comedy"), "Pip & Otter": ("series", "kids"),
    "Starfall Academy": ("series", "kids"), "Deep Blue Planet": ("documentary", "nature"),
    "The Last Breakaway": ("documentary", "sport"),
}  # fmt: skip
_SHARES = (4, 4, 2, 3, 2, 6, 4, 5, 4, 3, 2, 3, 2)
FILMS = tuple(title for title, (kind, _) in TITLES.items() if kind == "film")
SPORTS = {
    "Champions Cup": "football", "Oranje League": "football", "Open Masters": "tennis",
    "Grand Prix": "motor_racing", "Tour of the North": "cycling", "EuroHoops": "basketball",
}  # fmt: skip
GENRES = tuple(dict.fromkeys(genre for _, genre in TITLES.values()))
LANGUAGES = {"NL": "nl", "DE": "de", "BE": "nl", "GB": "en", "IE": "en", "ES": "es", "SE": "sv", "PL": "pl"}  # fmt: skip
PRICES = {"ads": 5.99, "standard": 10.99, "premium": 15.99}
_TIERS = {"ads": 5, "standard": 5, "premium": 3}
_TIER_TEXT = "ads: cheaper, with adverts; standard: no adverts; premium: 4K and four screens"


def _language(rng: Random, known: Known) -> Value:
    if known["country_code"] is None or rng.random() < 0.15:
        return rng.choice(("en", "fr", "de", "nl"))
    return LANGUAGES[str(known["country_code"])]


def _state(rng: Random, known: Known) -> Value:
    if known["end"] < AS_OF:
        return rng.choices(("cancelled", "expired", "paused"), (7, 2, 1))[0]
    if (AS_OF - known["start"]).days < 70 and rng.random() < 0.85:
        return "trialing"
    return rng.choices(("active", "paused", "payment_due", "cancelled"), (8, 0.8, 1, 0.5))[0]


def _trial_end(rng: Random, known: Known) -> Value:
    day: date = known["start"].date()
    if known["subscription_state"] == "trialing":
        return TODAY + timedelta(days=rng.randint(0, 25))
    return None if rng.random() < 0.4 else day + timedelta(days=rng.choice((14, 30)))


def _renewal(rng: Random, known: Known) -> Value:
    if known["subscription_state"] not in ("active", "payment_due"):
        return None
    return TODAY + timedelta(days=rng.randint(0, 30 if known["billing_period"] == "monthly" else 364))  # fmt: skip


def _cancelled_on(rng: Random, known: Known) -> Value:
    if known["subscription_state"] != "cancelled":
        return None
    end: datetime = known["end"]
    return end.date() - timedelta(days=0 if end < AS_OF else rng.randint(1, 20))


def _price(rng: Random, known: Known) -> Value:
    price = PRICES[str(known["plan_tier"])] + (6.0 if known["sport_pass"] else 0.0)
    return round(price - (2.0 if rng.random() < 0.2 else 0.0), 2)


def _total(rng: Random, known: Known) -> Value:
    months: float = (known["end"] - known["start"]).days / 30
    return round(float(known["monthly_price"]) * months * (0.7 + rng.random() * 0.6), 2)


def _invited(rng: Random, _: Known) -> Value:
    return 0 if rng.random() < 0.7 else rng.randint(1, 8)


TRAITS = (
    Column("first_name", "text", pick("Sanne", "Jonas", "Maeve", "Lucia", "Piotr", "Elin", "Tariq", "Noor")),
    Column("email", "text", lambda rng, _: f"lp{rng.randint(1, 99999)}@example.com", missing=0.02),
    Column("created_at", "timestamp", first_moment, "When the account was opened"),
    enumerated("country_code", {"NL": 7, "DE": 6, "GB": 5, "ES": 4, "BE": 3, "SE": 2, "PL": 2, "IE": 1.5}, "Country of the account, ISO code", missing=0.03),
    Column("language", "text", _language, "Language of the app, ISO code", ("en", "nl", "de", "es", "sv", "pl", "fr")),
    Column("birth_date", "date", birth_date(AS_OF, 18, 79), missing=0.35),
    enumerated("plan_tier", _TIERS, f"Current or last plan. {_TIER_TEXT}"),
    Column("sport_pass", "boolean", chance(0.24), "Pays extra for live sport"),
    Column("subscription_state", "text", _state, "State of the subscription", ("trialing", "active", "paused", "payment_due", "cancelled", "expired")),
    enumerated("billing_period", {"monthly": 7, "yearly": 3}),
    Column("trial_ends_on", "date", _trial_end, "Last day of the free trial"),
    Column("renews_on", "date", _renewal, "Day of the next renewal"),
    Column("cancelled_on", "date", _cancelled_on),
    Column("monthly_price", "number", _price, "Price of the subscription for a month, in euros"),
    Column("total_paid", "number", _total, "All that was ever paid, in euros"),
    enumerated("payment_type", {"card": 6, "paypal": 4, "sepa_debit": 3, "app_store": 2, "gift_card": 1}, missing=0.05),
    Column("profiles_count", "integer", lambda rng, _: rng.choice((1, 1, 1, 2, 2, 3, 4, 5)), "Number of profiles in the account"),
    Column("kids_profile", "boolean", chance(0.3), "One of the profiles is for children"),
    Column("favorite_genres", "list", some_of(*GENRES), "Genres picked in the welcome tour", missing=0.2),
    enumerated("main_device", {"smart_tv": 6, "phone": 4, "tablet": 2, "web": 2, "console": 1}, "Device that is used most", missing=0.06),
    Column("email_consent", "boolean", chance(0.64), "Agreed to marketing e-mail", missing=0.1),
    enumerated("push_status", {"opted_in": 5, "opted_out": 3, "never_asked": 2}, "Push notifications"),
    yes_no("whatsapp_ok", 0.35, "May be written to on WhatsApp: Y or N", missing=0.14),
    enumerated("acquired_via", {"telecom_bundle": 4, "search": 4, "social": 3, "friend": 3, "tv_spot": 2}, "How the customer came to us", missing=0.08),
    Column("last_watched_at", "timestamp", last_moment(110_000, 3), "When something was last watched", missing=0.04),
    Column("hours_watched", "number", lambda rng, _: round(900 * rng.random() ** 2.6, 1), "Hours watched in all time"),
    Column("nps_score", "integer", lambda rng, _: rng.choices(range(11), (1, 1, 1, 1, 1, 2, 2, 4, 5, 4, 4))[0], "Answer to how likely they would recommend us, 0 to 10", missing=0.4),
    enumerated("x_seg4", {"A": 5, "B": 3, "C": 2}, "Predicted risk of cancelling: A low, B medium, C high", missing=0.08),
    enumerated("lgc_flg_2", {"1": 2, "0": 8}, "Password is shared outside of the household: 1 yes, 0 no", missing=0.05),
    Column("attr_17", "integer", _invited, "Friends who joined through an invitation of this customer"),
)  # fmt: skip


def _kind(_: Random, known: Known) -> Value:
    return TITLES[str(known["title"])][0]


def _genre(_: Random, known: Known) -> Value:
    return TITLES[str(known["title"])][1]


def _sport(_: Random, known: Known) -> Value:
    return SPORTS[str(known["competition"])]


def _new_plan(rng: Random, known: Known) -> Value:
    return rng.choice([each for each in PRICES if each != known["old_plan"]])


def _direction(_: Random, known: Known) -> Value:
    up = PRICES[str(known["new_plan"])] > PRICES[str(known["old_plan"])]
    return "upgrade" if up else "downgrade"


def _minutes(mean: float) -> Maker:
    return lambda rng, _: 1 + int(rng.expovariate(1 / mean))


def _stars(rng: Random, _: Known) -> Value:
    return rng.choices((1, 2, 3, 4, 5), (1, 1.5, 3, 5, 5))[0]


def _has_adverts(known: Known) -> bool:
    return str(known["plan_tier"]) == "ads"


def _watches_sport(known: Known) -> bool:
    return bool(known["sport_pass"]) or str(known["first_name"]) in ("Jonas", "Maeve", "Tariq")


_TITLE = Column(
    "title",
    "text",
    pick(*TITLES, weights=_SHARES),
    "Name of the film, series or documentary",
    tuple(TITLES),
)
_KIND = Column(
    "content_type", "text", _kind, "Film, series or documentary", ("film", "series", "documentary")
)
_GENRE = Column("genre", "text", _genre, "Genre of the title", GENRES)
_DEVICE = enumerated("device", {"smart_tv": 6, "phone": 5, "tablet": 2, "web": 2, "console": 1}, "Device it was watched on")  # fmt: skip
_CAMPAIGN = enumerated("campaign", {"weekly_picks": 7, "new_season": 5, "trial_reminder": 2, "winback": 2, "sport_weekend": 3}, "Name of the mailing")  # fmt: skip
_CODES = {"WELCOME50": 4, "STUDENT25": 2, "COMEBACK": 2, "SUMMER3": 2}

EVENTS = (
    Happening("Video Started", 0.95, 26, (_TITLE, _KIND, _GENRE, _DEVICE, enumerated("quality", {"sd": 2, "hd": 6, "uhd": 3}, "Picture quality: sd, hd, or uhd for 4K"), Column("offline", "boolean", chance(0.15), "Watched from a download")), "Somebody began to watch a film, an episode or a documentary"),
    Happening("Video Completed", 0.0, 0, (_TITLE, _KIND, _GENRE, _DEVICE, Column("minutes_watched", "integer", _minutes(52), "Minutes from start to end")), "A film, an episode or a documentary was watched to the end", after=("Video Started", 0.46, 3)),
    Happening("Live Match Watched", 0.8, 14, (Column("competition", "text", pick(*SPORTS, weights=(5, 4, 2, 4, 2, 2)), "", tuple(SPORTS)), Column("sport", "text", _sport, "Kind of sport", tuple(dict.fromkeys(SPORTS.values()))), Column("minutes_watched", "integer", _minutes(48), "Minutes watched"), _DEVICE), "A live match or race was watched", who=_watches_sport),
    Happening("Title Downloaded", 0.45, 8, (_TITLE, _KIND, _GENRE, Column("size_mb", "integer", whole(120, 4_200), "Size in megabytes"), Column("over_wifi", "boolean", chance(0.82), "Over Wi-Fi")), "A title was saved on a device to be watched offline"),
    Happening("Title Rated", 0.42, 4, (_TITLE, _KIND, _GENRE, Column("stars", "integer", _stars, "Stars, 1 to 5"))),
    Happening("Watchlist Added", 0.72, 8, (_TITLE, _KIND, _GENRE), "A title was put on the watchlist"),
    Happening("Search Performed", 0.7, 9, (Column("results_count", "integer", lambda rng, _: int(24 * rng.random() ** 1.5), "Number of titles found"), _DEVICE), "Somebody searched the catalogue"),
    Happening("Trial Started", 0.62, 0, (enumerated("plan_tier", _TIERS, _TIER_TEXT), enumerated("entry_page", {"home": 5, "title_page": 4, "sport_hub": 3, "partner": 2}, "Page where it began")), "A free trial began", once=True),
    Happening("Subscription Started", 0.4, 0.5, (enumerated("plan_tier", _TIERS, _TIER_TEXT), enumerated("billing_period", {"monthly": 7, "yearly": 3}), enumerated("promo_code", _CODES, "Discount code that was used", missing=0.65), Column("price", "number", lambda rng, _: rng.choice((3.99, 5.99, 10.99, 15.99, 59.99, 109.99, 159.99)), "First charge in euros"), Column("discount_pct", "integer", lambda rng, _: rng.choice((0, 0, 0, 10, 20, 25, 50)), "Discount on the first charge, in percent")), "A paid subscription began", after=("Trial Started", 0.55, 700)),
    Happening("Plan Changed", 0.42, 1.2, (enumerated("old_plan", _TIERS, f"Plan before. {_TIER_TEXT}"), Column("new_plan", "text", _new_plan, f"Plan after. {_TIER_TEXT}", tuple(PRICES)), Column("direction", "text", _direction, "To a dearer or to a cheaper plan", ("upgrade", "downgrade"))), "A customer moved to another plan"),
    Happening("Subscription Cancelled", 0.32, 0.7, (enumerated("reason", {"price": 5, "not_enough_to_watch": 4, "technical": 2, "season_over": 2, "moving_to_competitor": 2}, "Reason given", missing=0.15), Column("refunded", "boolean", chance(0.2), "Part of the price was paid back"))),
    Happening("Payment Failed", 0.3, 1.4, (Column("amount", "number", lambda rng, _: rng.choice((5.99, 10.99, 11.99, 15.99, 16.99, 21.99, 109.99)), "Amount in euros"), enumerated("failure_reason", {"insufficient_funds": 5, "expired_card": 4, "bank_declined": 2}, "Why it failed"), Column("attempt", "integer", whole(1, 4), "Which attempt it was"))),
    Happening("Film Rented", 0.4, 4, (Column("title", "text", pick(*FILMS), "Name of the film", FILMS), _GENRE, Column("price", "number", money(2.99, 17.99), "Price in euros"), enumerated("quality", {"hd": 5, "uhd": 3}, "Picture quality: hd, or uhd for 4K")), "A film outside of the subscription was paid for once"),
    Happening("Ad Clicked", 0.6, 6, (enumerated("ad_category", {"travel": 3, "cars": 3, "food": 4, "games": 2, "banking": 2}, "What was advertised"), Column("seconds_shown", "integer", whole(5, 45), "Seconds before the click")), "An advert was clicked", who=_has_adverts),
    Happening("Email Opened", 0.8, 12, (_CAMPAIGN,)),
    Happening("Email Clicked", 0.0, 0, (_CAMPAIGN, enumerated("link", {"title": 6, "offer": 3, "account": 2}, "Where the link leads")), after=("Email Opened", 0.27, 6)),
    Happening("Support Ticket Opened", 0.38, 1.8, (enumerated("topic", {"billing": 5, "playback": 5, "login": 3, "subtitles": 1}), enumerated("channel", {"chat": 6, "email": 3, "phone": 2}), Column("hours_open", "number", lambda rng, _: round(0.2 + 96 * rng.random() ** 3, 1), "Hours until it was solved")), "A customer asked support for help"),
    Happening("LG-204", 0.3, 3.5, (_DEVICE, Column("screens_in_use", "integer", whole(2, 6), "Screens that played at the moment")), "Playback was refused because too many screens were in use"),
)  # fmt: skip

WORLD = World(
    name="lanternplay",
    seed=20261014,
    as_of=AS_OF,
    people=1_500,
    traits=TRAITS,
    events=EVENTS,
    prefix="lp_",
    history_days=560,
    inactive_plan=(
        Happening("Watch Party Joined", 0, 0, (), "Several people watched a title together"),
    ),
    settings={
        "timezone": "Europe/Amsterdam",
        "currency": "EUR",
        "lookback_days": 540,
        "dynamic_plus_limit": 20,
        "glossary": {
            "cinephile": "event('Video Completed').where(property('content_type') = 'film').within(90 days).count() >= 2",
            "win-back pool": "trait('subscription_state') = 'cancelled' AND trait('cancelled_on').within_last(120 days)",
            "ambassador": "trait('attr_17') >= 3",
        },
    },
)  # fmt: skip
