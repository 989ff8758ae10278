"""harbourfit: gyms with clinics. Legacy columns in capitals, shortened words, terse descriptions, flags Y and N."""

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
    day_near,
    enumerated,
    first_day,
    money,
    pick,
    whole,
    yes_no,
)

AS_OF = datetime(2026, 8, 12, 10, 0, tzinfo=UTC)  # a Wednesday, evening in Sydney
CLUBS = {
    "Bondi": ("NSW", 4), "Parramatta": ("NSW", 3), "Fitzroy": ("VIC", 4), "Geelong": ("VIC", 2),
    "Newstead": ("QLD", 3), "Fremantle": ("WA", 2), "Glenelg": ("SA", 2),
}  # fmt: skip


def _state(_: Random, known: Known) -> Value:
    return CLUBS[str(known["HOME_CLUB_NM"])][0]


def _status(rng: Random, known: Known) -> Value:
    return (
        rng.choices("AF", (9, 1))[0] if known["end"] >= AS_OF else rng.choices("CFA", (7, 1, 2))[0]
    )


def _last_seen(rng: Random, known: Known) -> Value:
    end: datetime = known["end"]
    return end.date() - timedelta(days=int(40 * rng.random() ** 3))


def _home_club(share: float) -> Maker:
    """The own club mostly."""
    other = pick(*CLUBS)
    return lambda rng, known: known["HOME_CLUB_NM"] if rng.random() < share else other(rng, known)


TRAITS = (
    Column("FRST_NM", "text", pick("Mia", "Jack", "Priya", "Noah", "Ruby", "Liam", "Anh", "Zoe"), "First name"),
    Column("EML_ADDR", "text", lambda rng, _: f"m{rng.randint(1, 99999)}@example.com", "E-mail address", missing=0.03),
    Column("MOB_NO", "text", lambda rng, _: f"+614{rng.randint(10000000, 99999999)}", "Mobile number", missing=0.1),
    Column("BRTH_DT", "date", birth_date(AS_OF, 16, 78), "Birth date", missing=0.04),
    enumerated("GNDR_CD", {"F": 10, "M": 9, "X": 1}, "F female, M male, X other", missing=0.06),
    enumerated("HOME_CLUB_NM", {club: share for club, (_, share) in CLUBS.items()}, "Club where they train most"),
    Column("STATE_CD", "text", _state, "State", ("NSW", "VIC", "QLD", "WA", "SA")),
    enumerated("MBR_TYP_CD", {"FLX": 5, "ANN": 4, "PAYG": 2, "COR": 1.5}, "Membership type: FLX flexible, ANN annual, PAYG pay as you go, COR corporate"),
    Column("MBR_STAT_CD", "text", _status, "Membership status: A active, F frozen, C cancelled", ("A", "F", "C")),
    Column("JOIN_DT", "date", first_day, "Join date"),
    Column("CONTR_END_DT", "date", day_near(AS_OF, -45, 330), "Contract end date", missing=0.35),
    Column("LST_CHKIN_DT", "date", _last_seen, "Last check-in", missing=0.05),
    Column("WKLY_FEE_AMT", "number", money(9, 60), "Weekly fee, AUD", missing=0.1),
    Column("PT_CRED_BAL", "integer", lambda rng, _: rng.choice((0, 0, 0, 0, 1, 2, 3, 5, 8, 10, 12)), "Personal training credits left"),
    enumerated("TRN_GOAL_CD", {"STR": 4, "CRD": 4, "MOB": 2, "EVT": 1}, "Training goal: STR strength, CRD cardio, MOB mobility, EVT race or event", missing=0.2),
    enumerated("PT_NM", {"Okoye": 3, "Marsh": 2, "Tran": 2, "Bellini": 1}, "Their personal trainer", missing=0.6),
    yes_no("EML_OPTIN_FLG", 0.6, "Agreed to marketing e-mail, Y/N", missing=0.1),
    yes_no("SMS_OPTIN_FLG", 0.45, "Agreed to text messages, Y/N", missing=0.15),
    yes_no("LCKR_FLG", 0.2, "Rents a locker, Y/N"),
    yes_no("MED_COND_FLG", 0.12, "Has a medical condition, Y/N", missing=0.3),
    enumerated("REF_SRC_CD", {"WLK": 4, "FRD": 3, "WEB": 4, "SOC": 2}, "Came through: WLK walk-in, FRD friend, WEB website, SOC social media", missing=0.08),
    Column("NPS_SCR", "integer", whole(0, 10), "Would recommend us, 0 to 10", missing=0.5),
    Column("VST_CNT_LTD", "integer", lambda rng, _: int(400 * rng.random() ** 2), "Visits so far"),
)  # fmt: skip

_CLASS = enumerated(
    "CLS_TYP", {"Yoga": 4, "Pilates": 3, "Spin": 3, "HIIT": 3, "Boxing": 2}, "Class type"
)
_SERVICE = enumerated(
    "SVC_CD", {"PHY": 4, "MSG": 4, "DIET": 2}, "PHY physiotherapy, MSG massage, DIET dietitian"
)
_CAMPAIGN = enumerated(
    "CMPGN_NM",
    {"New Year Kickstart": 3, "Winter Warrior": 4, "Bring a Mate": 3, "Clinic News": 2},
    "Campaign",
)

EVENTS = (
    Happening("CHKIN", 0.94, 45, (Column("CLUB_NM", "text", _home_club(0.85), "Club", tuple(CLUBS)), enumerated("ENTRY_MTHD_CD", {"APP": 5, "CRD": 4, "DSK": 2}, "APP app, CRD card, DSK front desk"), yes_no("PEAK_FLG", 0.55, "Peak hours, Y/N")), "Entered a club"),
    Happening("CLS_BKD", 0.6, 16, (_CLASS, Column("LEAD_HRS", "integer", whole(0, 120), "Hours ahead of the class")), "Class booked"),
    Happening("CLS_ATND", 0.05, 2, (_CLASS,), "Class attended", after=("CLS_BKD", 0.7, 96)),
    Happening("CLS_NOSHW", 0.02, 1, (_CLASS,), "Booked a class and did not come", after=("CLS_BKD", 0.14, 96)),
    Happening("PT_SSN_CMPL", 0.3, 9, (enumerated("TRNR_NM", {"Okoye": 3, "Marsh": 2, "Tran": 2, "Bellini": 1}, "Trainer"), Column("DUR_MIN", "integer", lambda rng, _: rng.choice((30, 30, 45, 60, 60, 90)), "Length, minutes")), "Personal training session done"),
    Happening("PYMT_RCVD", 0.9, 12, (Column("AMT", "number", money(9, 260), "Amount, AUD"), enumerated("PYMT_MTHD_CD", {"DD": 6, "CC": 4, "EFT": 1}, "DD direct debit, CC credit card, EFT bank transfer")), "Payment received"),
    Happening("PYMT_DSHNRD", 0.22, 1.6, (Column("AMT", "number", money(9, 260), "Amount, AUD"), enumerated("RSN_CD", {"NSF": 5, "EXP": 3, "CLS": 1}, "NSF not enough money, EXP card expired, CLS account closed")), "Payment dishonoured"),
    Happening("MBR_FRZN", 0.18, 0.9, (enumerated("FRZN_RSN_CD", {"TRV": 5, "WRK": 3, "FIN": 2}, "TRV travel, WRK work, FIN money"), Column("DAYS_CNT", "integer", lambda rng, _: rng.choice((14, 28, 30, 60, 90)), "Days frozen")), "Membership frozen"),
    Happening("MBR_CNCL", 0.14, 0.7, (enumerated("RSN_CD", {"COST": 4, "MOVE": 2, "TIME": 3, "SVC": 1}, "COST too expensive, MOVE moved away, TIME no time, SVC bad service", missing=0.1),), "Membership cancelled", after=("MBR_FRZN", 0.25, 1_400)),
    Happening("APPT_BKD", 0.3, 3.5, (_SERVICE, Column("FEE_AMT", "number", money(45, 180), "Fee, AUD")), "Clinic appointment booked"),
    Happening("APPT_CNCL", 0.03, 0.8, (_SERVICE, yes_no("LATE_FLG", 0.35, "Less than 24 hours ahead, Y/N")), "Clinic appointment cancelled", after=("APPT_BKD", 0.2, 240)),
    Happening("RTL_SALE", 0.4, 5, (enumerated("ITEM_CAT", {"Supplements": 4, "Apparel": 3, "Drinks": 5}, "Category"), Column("SALE_AMT", "number", money(3, 190), "Amount, AUD")), "Sale at the club shop"),
    Happening("GST_PASS_GVN", 0.25, 1.8, (), "Gave a guest pass to a friend"),
    Happening("EML_SENT", 0.88, 14, (_CAMPAIGN,), "Marketing e-mail sent"),
    Happening("EML_OPND", 0.05, 0.5, (_CAMPAIGN,), "Marketing e-mail opened", after=("EML_SENT", 0.4, 60)),
    Happening("EML_CLKD", 0.01, 0.3, (_CAMPAIGN,), "Link in a marketing e-mail clicked", after=("EML_OPND", 0.3, 6)),
    Happening("APP_LGN", 0.7, 24, (enumerated("OS_CD", {"I": 5, "A": 5}, "I iOS, A Android"),), "Signed in to the app"),
    Happening("SRVY_RTND", 0.25, 1, (Column("STARS_CNT", "integer", whole(1, 5), "Stars, 1 to 5"),), "Survey answered"),
)  # fmt: skip

WORLD = World(
    name="harbourfit",
    seed=20260812,
    as_of=AS_OF,
    people=2_400,
    traits=TRAITS,
    events=EVENTS,
    prefix="hf",
    inactive_plan=(
        Happening("TWL_RNTD", 0, 0, (), "Towel rented"),
    ),
    settings={
        "timezone": "Australia/Sydney",
        "currency": "AUD",
        "lookback_days": 730,
        "dynamic_plus_limit": 25,
        "glossary": {
            "regular": "event('CHKIN').within(30 days).count() >= 8",
            "sleeper": "trait('MBR_STAT_CD') = 'A' AND event('CHKIN').within(60 days).count() = 0",
            "newbie": f"trait('JOIN_DT') >= '{date(2026, 7, 13)}'",
        },
    },
)  # fmt: skip
