"""havenway: a direct insurer in Australia and New Zealand. A policy system and a CRM in snake_case, codes that the plan explains, consent kept in four ways, a few things hardly described."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
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
    last_moment,
    money,
    whole,
    yes_no,
)

AS_OF = datetime(2026, 10, 20, 0, 30, tzinfo=UTC)  # a Tuesday, late morning in Sydney
PRODUCTS = {"home": 5, "motor": 6, "pet": 2.5, "travel": 3}
STATES = {"NSW": 8, "VIC": 6.5, "QLD": 5, "WA": 2.7, "SA": 1.8, "TAS": 0.8, "ACT": 0.8}
COVER = {"BAS": 3, "STD": 5, "PLT": 2}
DESTINATIONS = {"ID": 5, "NZ": 4, "JP": 4, "US": 3, "GB": 3, "TH": 3, "FJ": 2, "IT": 1.5}
CAMPAIGNS = {"renewal_reminder": 6, "pet_launch": 3, "storm_tips": 4, "multi_policy_offer": 4, "travel_sale": 3}  # fmt: skip
_COVER_CODES = "BAS basic, STD standard, PLT platinum"


def _state(rng: Random, known: Known) -> Value:
    if known["country_cd"] != "AU":
        return None
    return rng.choices(list(STATES), list(STATES.values()))[0]


def _since(rng: Random, known: Known) -> Value:
    """Events are kept for a little over a year; many a first policy is older."""
    start: datetime = known["start"]
    return start.date() - timedelta(days=0 if rng.random() < 0.45 else rng.randint(1, 3_600))


def _held(rng: Random, known: Known) -> Value:
    wanted = [each for each in PRODUCTS if rng.random() < PRODUCTS[each] / 10]
    held = wanted or [rng.choices(list(PRODUCTS), list(PRODUCTS.values()))[0]]
    known["held"] = held
    return "[" + ", ".join(held) + "]"


def _policies(rng: Random, known: Known) -> Value:
    kinds = len(known["held"])
    return kinds + sum(rng.random() < 0.18 for _ in range(kinds))


def _premium(rng: Random, known: Known) -> Value:
    yearly = {"home": 1_400, "motor": 1_050, "pet": 720, "travel": 310}
    total: float = sum(yearly[each] * (0.5 + 1.3 * rng.random() ** 1.5) for each in known["held"])
    return round(total, 2)


def _premium_before(rng: Random, known: Known) -> Value:
    return round(float(known["annual_premium"] or 900) * (0.78 + 0.36 * rng.random()), 2)


def _bonus_years(rng: Random, known: Known) -> Value:
    return min(7, int(rng.expovariate(0.25))) if "motor" in known["held"] else None


def _pet(rng: Random, known: Known) -> Value:
    if "pet" not in known["held"] and rng.random() < 0.85:
        return None
    return rng.choices(("dog", "cat", "rabbit"), (6, 4, 0.6))[0]


def _arrears(rng: Random, _: Known) -> Value:
    return 0.0 if rng.random() < 0.8 else round(12 + 700 * rng.random() ** 2.4, 2)


TRAITS = (
    Column("email_address", "text", lambda rng, _: f"h{rng.randint(1, 99999)}@example.com", "E-mail address", missing=0.07),
    Column("mobile_no", "text", lambda rng, _: f"04{rng.randint(0, 99_999_999):08d}", "Mobile number", missing=0.18),
    Column("dob", "date", birth_date(AS_OF, 18, 86), "Date of birth", missing=0.12),
    enumerated("country_cd", {"AU": 8, "NZ": 2}, "Country, ISO code", missing=0.02),
    Column("state_cd", "text", _state, "Australian state or territory", tuple(STATES)),
    enumerated("pref_lang", {"en": 14, "zh": 2, "vi": 1.2, "ar": 1, "el": 0.8, "it": 0.8}, "Preferred language, ISO code", missing=0.1),
    Column("cust_since", "date", _since, "Day on which the first policy began"),
    Column("products_held", "list", _held, "Kinds of policy held now: home, motor, pet, travel"),
    Column("policy_cnt", "integer", _policies, "Number of policies in force"),
    enumerated("cover_level", COVER, f"Highest level of cover held: {_COVER_CODES}", missing=0.03),
    Column("annual_premium", "number", _premium, "Premium of all policies for a year, in Australian dollars"),
    Column("prev_annual_premium", "number", _premium_before, "The same premium a year ago", missing=0.3),
    Column("excess_amt", "integer", lambda rng, _: rng.choice((300, 500, 500, 750, 750, 1000, 2000)), "Excess in Australian dollars", missing=0.05),
    Column("next_renewal_dt", "date", day_near(AS_OF, 0, 360), "Date on which the next policy is up for renewal", missing=0.1),
    enumerated("pay_freq_cd", {"A": 4, "M": 6, "F": 2}, "How often the premium is paid: A annually, M monthly, F fortnightly"),
    enumerated("pay_method", {"direct_debit": 6, "credit_card": 4, "bpay": 1.5, "paypal": 1}, "How the premium is paid", missing=0.03),
    yes_no("auto_renew_flg", 0.64, "Policies renew by themselves", missing=0.05),
    Column("ncb_years", "integer", _bonus_years, "Years of no-claim bonus, for motor policies"),
    Column("email_optin", "boolean", chance(0.58), "Agreed to marketing by email", missing=0.1),
    enumerated("sms_consent", {"granted": 4, "denied": 3, "pending": 1.5}, "Consent to text messages", missing=0.12),
    Column("do_not_call", "integer", lambda rng, _: int(rng.random() < 0.22), "1 if on the do-not-call list, else 0"),
    Column("post_optout_dt", "date", day_near(AS_OF, -900, -1), "Day on which letters with offers were declined; empty if they never were", missing=0.8),
    enumerated("own_rent_cd", {"O": 3, "M": 4, "R": 4}, "O owns the home outright, M has a mortgage, R rents", missing=0.12),
    Column("pet_type", "text", _pet, "Kind of pet", ("dog", "cat", "rabbit")),
    Column("arrears_amt", "number", _arrears, "Premium overdue in Australian dollars, 0 if nothing is"),
    enumerated("mdl_b2", {"1": 6, "2": 3, "3": 2}, "Predicted chance of leaving at renewal: 1 low, 2 medium, 3 high", missing=0.08),
    Column("nps_score", "integer", whole(0, 10), "Would recommend us, 0 to 10", missing=0.5),
    Column("last_login_at", "timestamp", last_moment(110_000, 2), "Last time in the online portal", missing=0.28),
    enumerated("acq_source", {"comparison_site": 5, "google": 4, "tv_ad": 2, "partner": 1.5, "word_of_mouth": 2.5}, missing=0.1),
)  # fmt: skip


def _own_product(rng: Random, known: Known) -> Value:
    held: list[str] = known["held"]
    return rng.choice(held)


def _cause(rng: Random, known: Known) -> Value:
    causes = {
        "home": ("storm", "storm", "burst_pipe", "theft", "fire"),
        "motor": ("collision", "collision", "hail", "theft", "windscreen"),
        "pet": ("vet_bill",),
        "travel": ("cancellation", "lost_luggage", "medical"),
    }
    return rng.choice(causes[str(known["product"])])


def _destination(rng: Random, known: Known) -> Value:
    if known["product"] != "travel":
        return None
    return rng.choices(list(DESTINATIONS), list(DESTINATIONS.values()))[0]


def _paid_out(rng: Random, known: Known) -> Value:
    if known["outcome_cd"] not in ("PD", "PP"):
        return None
    amount: float = 120 + 14_000 * rng.random() ** 3.2
    return round(amount, 2)


def _pays_by_debit(known: Known) -> bool:
    return bool(known["pay_method"] == "direct_debit" and known["pay_freq_cd"] != "A")


def _drives(known: Known) -> bool:
    return "motor" in known["held"]


_PRODUCT = enumerated("product", PRODUCTS, "Kind of policy")
_OWN = Column("product", "text", _own_product, "Kind of policy", tuple(PRODUCTS))
_CHANNEL = enumerated(
    "channel", {"web": 6, "app": 3, "phone": 3, "partner": 1}, "Where it was done"
)
_CAMPAIGN = enumerated("campaign", CAMPAIGNS, "Name of the mailing")
_COVER = enumerated("cover_level", COVER, f"Level of cover: {_COVER_CODES}")

EVENTS = (
    Happening("quote_started", 0.78, 3.4, (_PRODUCT, _CHANNEL), "Somebody began to ask for a price"),
    Happening("quote_completed", 0.0, 0, (_PRODUCT, _CHANNEL, _COVER, Column("quoted_premium", "number", money(90, 3_400), "Yearly premium that was offered, in Australian dollars"), Column("discount_pct", "integer", lambda rng, _: rng.choice((0, 0, 0, 5, 10, 10, 15, 20)), "Discount in percent"), Column("dest_country", "text", _destination, "Country of the trip, travel quotes only, ISO code", tuple(DESTINATIONS))), "A quote was finished and the price was shown", after=("quote_started", 0.66, 30)),
    Happening("policy_purchased", 0.0, 0, (_PRODUCT, _CHANNEL, _COVER, Column("premium", "number", money(90, 3_400), "Yearly premium in Australian dollars"), enumerated("promo_code", {"BUNDLE15": 4, "SPRING26": 3, "PUPPY": 1.5}, "Promotion used", missing=0.6)), "A new policy was bought", after=("quote_completed", 0.44, 260)),
    Happening("policy_renewed", 0.62, 1.5, (_OWN, Column("premium", "number", money(90, 3_600), "New yearly premium in Australian dollars"), Column("change_pct", "number", lambda rng, _: round(rng.gauss(7, 9), 1), "Change of the premium against the year before, in percent"), Column("automatic", "boolean", chance(0.6), "Renewed without anybody doing anything")), "A policy was renewed"),
    Happening("pol_mta", 0.4, 1.2, (_OWN, enumerated("change_type", {"address": 4, "vehicle": 3, "driver_added": 2, "excess": 2, "cover": 2}, "What was changed"), Column("premium_delta", "number", lambda rng, _: round(rng.gauss(20, 90), 2), "Change of the yearly premium, in Australian dollars")), "A policy was changed in the middle of its term"),
    Happening("policy_cancelled", 0.32, 0.9, (_OWN, enumerated("reason", {"price": 5, "switched_insurer": 4, "sold_item": 3, "moved_away": 1.5, "claim_experience": 1.5}, "Reason given", missing=0.1), Column("refund_amt", "number", money(10, 900), "Premium paid back, in Australian dollars")), "A policy was cancelled before its end"),
    Happening("claim_lodged", 0.44, 1.4, (_OWN, Column("cause", "text", _cause, "What happened", ("storm", "burst_pipe", "theft", "fire", "collision", "hail", "windscreen", "vet_bill", "cancellation", "lost_luggage", "medical")), Column("est_loss", "number", money(100, 18_000), "Estimated loss in Australian dollars"), enumerated("via", {"phone": 4, "app": 3, "web": 4}, "How the claim reached us")), "A claim was made"),
    Happening("claim_decided", 0.0, 0, (_OWN, enumerated("outcome_cd", {"PD": 6, "PP": 2, "DC": 2, "WD": 1}, "PD paid in full, PP paid in part, DC declined, WD withdrawn"), Column("paid_amt", "number", _paid_out, "Amount paid, in Australian dollars"), Column("days_open", "integer", lambda rng, _: 1 + int(rng.expovariate(0.06)), "Days from the claim to the decision")), "A claim was decided", after=("claim_lodged", 0.82, 900)),
    Happening("dd_collected", 0.97, 13, (Column("amount", "number", money(18, 320), "Amount in Australian dollars"),), "A direct debit was collected", who=_pays_by_debit),
    Happening("dd_failed", 0.0, 0, (enumerated("reason_cd", {"INS": 6, "CLS": 2, "CXL": 2}, "INS not enough money, CLS account closed, CXL authority cancelled"), Column("amount", "number", money(18, 320), "Amount in Australian dollars")), "A direct debit bounced", after=("dd_collected", 0.1, 96)),
    Happening("email_sent", 0.9, 8, (_CAMPAIGN,), "A mailing was sent"),
    Happening("email_opened", 0.0, 0, (_CAMPAIGN,), "A mailing was opened", after=("email_sent", 0.42, 60)),
    Happening("email_clicked", 0.0, 0, (_CAMPAIGN,), "A link in a mailing was clicked", after=("email_opened", 0.3, 3)),
    Happening("app_session", 0.56, 13, (enumerated("platform", {"ios": 6, "android": 5}), Column("screens", "integer", lambda rng, _: 1 + int(rng.expovariate(0.22))))),
    Happening("call_received", 0.6, 2.3, (enumerated("queue", {"sales": 3, "service": 5, "claims": 3, "billing": 3}, "Team that took the call"), Column("wait_secs", "integer", lambda rng, _: int(rng.expovariate(1 / 260)), "Seconds until somebody answered"), Column("resolved", "boolean", chance(0.74), "Settled in that call")), "A call reached the call centre"),
    Happening("roadside_callout", 0.34, 1.3, (enumerated("issue", {"battery": 5, "tyre": 3, "tow": 3, "keys": 1}), Column("mins_to_arrive", "integer", lambda rng, _: 12 + int(rng.expovariate(0.025)))), who=_drives),
    Happening("complaint_raised", 0.24, 0.9, (enumerated("about", {"claim": 4, "price": 4, "service": 3, "app": 1}, "What it was about"), enumerated("severity", {"S1": 1, "S2": 3, "S3": 5}, "S1 serious, S2 moderate, S3 minor")), "A complaint was recorded"),
    Happening("friend_referred", 0.26, 1.2, (_PRODUCT, Column("voucher", "number", lambda rng, _: rng.choice((20.0, 20.0, 50.0, 100.0)), "Gift card in Australian dollars")), "A friend bought a policy on a customer's recommendation"),
)  # fmt: skip

WORLD = World(
    name="havenway",
    seed=20261020,
    as_of=AS_OF,
    people=1_400,
    traits=TRAITS,
    events=EVENTS,
    prefix="h",
    history_days=480,
    inactive_plan=(
        Happening("home_inspection_booked", 0, 0, (), "An inspection of the home was booked"),
    ),
    settings={
        "timezone": "Australia/Sydney",
        "currency": "AUD",
        "lookback_days": 730,
        "dynamic_plus_limit": 20,
        "glossary": {
            "bundler": "trait('policy_cnt') >= 2",
            "claim free": "event('claim_lodged').within(365 days).count() = 0",
            "price shopper": "event('quote_completed').within(90 days).count() >= 2 AND event('policy_purchased').within(90 days).count() = 0",
        },
    },
)  # fmt: skip
