"""foxglove: veterinary clinics. Shortened snake_case, codes told by the plan, client accounts shared by several people."""

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
    day_near,
    enumerated,
    first_day,
    last_moment,
    money,
    pick,
    whole,
)

AS_OF = datetime(2026, 3, 17, 9, 0, tzinfo=UTC)  # a Tuesday, morning in London
CLINICS = {"Hackney": 5, "Clifton": 4, "Leith": 3, "Jesmond": 3, "Didsbury": 2, "Headingley": 2}
BREEDS = {
    "CAN": ("Labrador", "Cockapoo", "Border Terrier", "French Bulldog", "Greyhound"),
    "FEL": ("Domestic Shorthair", "Maine Coon", "Ragdoll", "Bengal"),
    "LAG": ("Netherland Dwarf", "Mini Lop"),
    "AVI": ("Budgerigar", "Cockatiel"),
    "EQU": ("Connemara", "Cob"),
}
WEIGHTS = {"CAN": (4, 42), "FEL": (2, 8), "LAG": (1, 4), "AVI": (1, 2), "EQU": (320, 640)}


def _breed(rng: Random, known: Known) -> Value:
    return rng.choice(BREEDS[str(known["spcs"])])


def _weight(rng: Random, known: Known) -> Value:
    low, high = WEIGHTS[str(known["spcs"])]
    return round(rng.uniform(low, high), 1)


def _clinic(_: Random, known: Known) -> Value:
    return str(known["account"]["home_clinic"])


def _renews(rng: Random, known: Known) -> Value:
    return None if known["hp_lvl"] == "0" else AS_OF.date() + timedelta(days=rng.randint(0, 350))


def _insurer(rng: Random, known: Known) -> Value:
    return rng.choices(("Marrow", "Tailwise", "Purely"), (4, 3, 2))[0] if known["insured"] else None


def _vaccinated(rng: Random, known: Known) -> Value:
    return sum(rng.random() < 0.75 for _ in range(int(known["animals_cnt"])))


TRAITS = (
    Column("given_name", "text", pick("Freya", "Callum", "Nia", "Omar", "Bridget", "Tomasz", "Grace", "Dev")),
    Column("email_addr", "text", lambda rng, _: f"p{rng.randint(1, 99999)}@example.com", missing=0.06),
    enumerated("role_cd", {"OWN": 6, "CAR": 3, "BRD": 1}, "Part in the account: OWN owner, CAR carer, BRD breeder"),
    Column("registered_on", "date", first_day, "Day of registration"),
    Column("clinic", "text", _clinic, "Clinic where the client is registered", tuple(CLINICS)),
    enumerated("spcs", {"CAN": 6, "FEL": 5, "LAG": 1.2, "AVI": 0.6, "EQU": 0.8}, "Species of the first animal: CAN dog, FEL cat, LAG rabbit, AVI bird, EQU horse"),
    Column("breed", "text", _breed, "Breed of the first animal", missing=0.18),
    Column("pet_name", "text", pick("Bella", "Milo", "Luna", "Biscuit", "Otis", "Nala", "Pepper"), "Name of the first animal"),
    Column("pet_dob", "date", lambda rng, _: AS_OF.date() - timedelta(days=60 + int(5_400 * rng.random() ** 1.3)), "Birth date of the first animal", missing=0.12),
    Column("weight_kg", "number", _weight, "Weight of the first animal at the last visit", missing=0.15),
    Column("neutered", "boolean", chance(0.6), "The first animal is neutered", missing=0.14),
    enumerated("hp_lvl", {"0": 5, "1": 3, "2": 2}, "Pet care plan: 0 none, 1 Essential, 2 Complete"),
    Column("hp_renews", "date", _renews, "Day on which the pet care plan renews"),
    Column("vacc_due", "date", day_near(AS_OF, -90, 300), "Day on which the next vaccination is due", missing=0.1),
    Column("insured", "boolean", chance(0.42), "The first animal is insured", missing=0.1),
    Column("insurer", "text", _insurer, "Insurance company", ("Marrow", "Tailwise", "Purely")),
    enumerated("remind_by", {"sms": 5, "email": 4, "post": 1.5, "none": 1}, "How reminders are wanted", missing=0.05),
    Column("mkt_ok", "boolean", chance(0.58), "Agreed to marketing", missing=0.1),
    Column("flag_q9", "boolean", chance(0.03), "Works for one of the clinics"),
    Column("app_last", "timestamp", last_moment(90_000, 2), "When the app was last used", missing=0.35),
    Column("rec_score", "integer", whole(0, 10), "Would recommend us, 0 to 10", missing=0.5),
)  # fmt: skip

ACCOUNT_TRAITS = (
    enumerated("home_clinic", CLINICS, "Clinic that looks after the account"),
    enumerated("acct_kind", {"household": 8, "breeder": 1, "shelter": 1, "stable": 1}, "Kind of client"),
    Column("animals_cnt", "integer", lambda rng, _: 1 + int(rng.expovariate(0.55)), "Animals on the account"),
    Column("vaccinated_cnt", "integer", _vaccinated, "Animals on the account whose vaccinations are up to date"),
    Column("balance_gbp", "number", lambda rng, _: 0.0 if rng.random() < 0.6 else round(900 * rng.random() ** 3, 2), "Amount not yet paid, in pounds"),
    Column("credit_limit_gbp", "number", lambda rng, _: rng.choice((100.0, 200.0, 200.0, 500.0)), "Credit limit in pounds", missing=0.3),
    Column("billed_12m_gbp", "number", money(20, 4200), "Billed in the last twelve months, in pounds"),
    enumerated("pay_terms", {"DD": 4, "CARD": 5, "INV30": 2}, "DD direct debit, CARD card at the desk, INV30 invoice with 30 days"),
    Column("on_stop", "boolean", chance(0.07), "No more credit until the debt is paid"),
    Column("opened_on", "date", day_near(AS_OF, -2_600, -20), "Day on which the account was opened"),
    enumerated("lead_vet", {"Okafor": 3, "Lindqvist": 2, "Pryce": 3, "Adeyemi": 2}, "Vet in charge", missing=0.12),
)  # fmt: skip

_TYPE = enumerated("visit_type", {"check_up": 6, "vaccination": 5, "dental": 2, "surgery": 1.5, "emergency": 1}, "What the visit was for")  # fmt: skip
_SITE = enumerated("clinic", CLINICS, "Clinic")
_TOPIC = enumerated("topic", {"vaccination": 5, "worming": 4, "dental": 2, "plan_renewal": 2}, "What it was about")  # fmt: skip
_CHANNEL = enumerated("channel", {"sms": 5, "email": 4, "post": 1}, "How it was sent")

EVENTS = (
    Happening("visit_booked", 0.9, 4.5, (_SITE, _TYPE, enumerated("booked_via", {"app": 4, "phone": 5, "web": 3, "desk": 2}, "How it was booked"), Column("lead_days", "integer", lambda rng, _: int(rng.expovariate(0.12)), "Days from the booking to the visit")), "An appointment was made"),
    Happening("visit_attended", 0.0, 0, (_SITE, _TYPE, enumerated("vet", {"Okafor": 3, "Lindqvist": 2, "Pryce": 3, "Adeyemi": 2}, "Vet who saw the animal"), Column("minutes", "integer", whole(5, 90), "Length in minutes")), "The client came to an appointment", after=("visit_booked", 0.74, 300)),
    Happening("visit_missed", 0.0, 0, (_SITE, _TYPE), "The client did not come to an appointment", after=("visit_booked", 0.1, 300)),
    Happening("vacc_given", 0.7, 1.6, (enumerated("vaccine", {"DHP": 4, "leptospirosis": 3, "FeLV": 3, "myxomatosis": 1, "kennel_cough": 2}, "Which vaccine"), Column("booster", "boolean", chance(0.7), "Booster rather than a first dose")), "A vaccination was given"),
    Happening("rx_disp", 0.55, 3, (enumerated("drug_cls", {"antibiotic": 3, "painkiller": 4, "antiparasitic": 5, "insulin": 0.6}, "Class of the medicine"), Column("is_repeat", "boolean", chance(0.4), "Repeat prescription"), Column("price", "number", money(6, 140), "Price in pounds")), "Medicine was handed out"),
    Happening("inv_44", 0.9, 5, (Column("total", "number", money(12, 900), "Total in pounds"), enumerated("paid_by", {"card": 6, "cash": 1, "direct_debit": 3}, "How it was paid")), "An invoice was paid in full"),
    Happening("inv_51", 0.25, 1.6, (Column("total", "number", money(12, 900), "Total in pounds"), Column("days_late", "integer", whole(1, 75), "Days past the due date")), "An invoice went overdue"),
    Happening("claim_filed", 0.3, 1.4, (Column("claimed", "number", money(60, 2600), "Amount claimed, in pounds"), enumerated("cause", {"accident": 3, "illness": 5, "dental": 1}, "Cause")), "An insurance claim was handed in"),
    Happening("claim_settled", 0.0, 0, (Column("paid_out", "number", money(0, 2200), "Amount paid out, in pounds"), enumerated("outcome", {"full": 5, "partial": 3, "rejected": 2}, "Outcome")), "An insurance claim was decided", after=("claim_filed", 0.75, 1200)),
    Happening("reminder_sent", 0.92, 6, (_TOPIC, _CHANNEL), "A reminder was sent"),
    Happening("reminder_opened", 0.0, 0, (_TOPIC, _CHANNEL), "A reminder was opened", after=("reminder_sent", 0.45, 70)),
    Happening("shop_order", 0.4, 5, (enumerated("category", {"food": 6, "litter": 3, "toys": 2, "supplements": 2}, "Category"), Column("items", "integer", whole(1, 9), "Number of items"), Column("total", "number", money(5, 160), "Total in pounds"), Column("auto_ship", "boolean", chance(0.3), "Part of a repeating delivery")), "An order in the web shop"),
    Happening("plan_joined", 0.45, 0.8, (enumerated("lvl", {"1": 3, "2": 2}, "1 Essential, 2 Complete"), Column("monthly_fee", "number", money(9, 32), "Fee a month, in pounds")), "A pet care plan was taken out"),
    Happening("plan_left", 0.0, 0, (enumerated("why", {"cost": 4, "moved_away": 2, "pet_died": 2, "service": 1}, "Reason given", missing=0.15),), "A pet care plan was given up", after=("plan_joined", 0.25, 4000)),
)  # fmt: skip

WORLD = World(
    name="foxglove",
    seed=20260317,
    as_of=AS_OF,
    people=1_300,
    traits=TRAITS,
    events=EVENTS,
    prefix="f",
    accounts=620,
    account_traits=ACCOUNT_TRAITS,
    history_days=500,
    settings={
        "timezone": "Europe/London",
        "currency": "GBP",
        "lookback_days": 730,
        "glossary": {
            "no-show": "event('visit_missed').within(180 days).count() >= 1",
            "overdue for jabs": "trait('vacc_due').before_last(1 day)",
            "big spender": "event('inv_44').within(365 days).sum(property('total')) > 1500",
        },
    },
)  # fmt: skip
