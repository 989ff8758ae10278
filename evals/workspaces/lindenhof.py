"""lindenhof: a charity. German and English names, Title Case traits, codes told by the plan."""

from __future__ import annotations

from datetime import UTC, datetime

from evals.workspaces.making import (
    Column,
    Happening,
    World,
    birth_date,
    chance,
    day_near,
    enumerated,
    first_day,
    money,
    pick,
    whole,
)

AS_OF = datetime(2026, 2, 11, 12, 0, tzinfo=UTC)  # a Wednesday
CAUSES = {"WAS": 4, "KIN": 4, "BIL": 2, "NOT": 3}
CAUSES_SAID = "WAS = clean water, KIN = children's homes, BIL = education, NOT = emergency relief"
PETITIONS = {"Clean Rivers": 4, "Safe Schools": 3, "Open Borders": 2}
GATHERINGS = {"gala": 2, "charity run": 4, "lecture": 3}


TRAITS = (
    Column("First Name", "text", pick("Ida", "Jon", "Kai")),
    Column("Email", "text", lambda rng, _: f"s{rng.randint(1, 99999)}@example.org"),
    enumerated(
        "Supporter Type", {"P": 8, "U": 2, "S": 1}, "P = private person, U = company, S = school"
    ),
    Column("Birth Date", "date", birth_date(AS_OF, 18, 88), missing=0.2),
    enumerated("Country", {"DE": 7, "AT": 2, "CH": 1}),
    enumerated("City", {"Berlin": 4, "Wien": 2, "Zürich": 1, "Köln": 2, "Dresden": 2}),
    enumerated(
        "Preferred Channel",
        {"EM": 5, "BR": 3, "TE": 1},
        "EM = email, BR = post, TE = telephone",
        missing=0.1,
    ),
    Column("Supporter Since", "date", first_day, "Day of the first contact"),
    Column("Total Given", "number", money(0, 6000), "All gifts so far, in euros"),
    Column("Gift Count", "integer", whole(0, 30), "Number of gifts so far"),
    Column("Monthly Pledge", "number", money(5, 120), "Euros promised each month", missing=0.6),
    Column("Last Contacted", "date", day_near(AS_OF, -300, 0), missing=0.15),
    Column("Newsletter Consent", "boolean", chance(0.6), missing=0.05),
    Column("Mail Consent", "boolean", chance(0.5), "May be written to by post"),
    Column("Is Volunteer", "boolean", chance(0.25)),
    Column("Wants Tax Receipt", "boolean", chance(0.5)),
    enumerated("Donor Grade", {"A": 1, "B": 3, "C": 6}, "A is the best"),
    enumerated("Favourite Cause", CAUSES, CAUSES_SAID, missing=0.3),
    Column("Religion", "text", pick("catholic", "protestant", "none"), missing=0.6),
)

EVENTS = (
    Happening(
        "Spende eingegangen",
        0.7,
        5,
        (
            Column("Betrag", "number", money(5, 900), "Amount in euros"),
            enumerated("Zweck", CAUSES, "What it is for: " + CAUSES_SAID),
            enumerated(
                "Zahlart",
                {"LS": 5, "KK": 3, "UB": 4, "PP": 2},
                "LS = direct debit, KK = credit card, UB = bank transfer, PP = PayPal",
            ),
            Column("Anonym", "boolean", chance(0.15), "Given without a name"),
        ),
        "A donation was received",
    ),
    Happening(
        "Dauerspende gestartet",
        0.3,
        1,
        (
            Column("Betrag", "number", money(5, 120), "Amount in euros"),
            enumerated("Rhythmus", {"M": 6, "J": 2}, "M = monthly, J = yearly"),
        ),
        "A regular gift was set up",
    ),
    Happening(
        "Dauerspende beendet",
        0.12,
        1,
        (
            enumerated(
                "Grund",
                {"GLD": 4, "UNZ": 2, "UMZ": 2},
                "Why: GLD = money, UNZ = unhappy, UMZ = moved away",
            ),
        ),
        "A regular gift was cancelled",
    ),
    Happening(
        "Rundbrief geöffnet",
        0.7,
        15,
        (enumerated("Ausgabe", {"Frühling": 3, "Sommer": 3, "Herbst": 3, "Winter": 3}),),
        "A newsletter was opened",
    ),
    Happening(
        "Rundbrief Link geklickt",
        0.05,
        0.2,
        (enumerated("Ausgabe", {"Frühling": 3, "Sommer": 3, "Herbst": 3, "Winter": 3}),),
        "A link in the newsletter was clicked",
        after=("Rundbrief geöffnet", 0.2, 20),
    ),
    Happening(
        "petition_signed",
        0.45,
        2,
        (enumerated("petition", PETITIONS), Column("shared", "boolean", chance(0.3))),
    ),
    Happening(
        "volunteer_shift_done",
        0.25,
        8,
        (
            Column("hours", "number", money(1, 9)),
            enumerated("site", {"Shelter": 3, "Food Bank": 4, "Beach Clean-up": 2}),
        ),
    ),
    Happening(
        "event_registered",
        0.4,
        2,
        (
            enumerated("event_type", GATHERINGS),
            Column("tickets", "integer", lambda rng, _: rng.choice([1, 1, 1, 2, 2, 4])),
            Column("fee", "number", money(0, 150)),
        ),
        "Signed up for one of our gatherings",
    ),
    Happening(
        "event_attended",
        0.02,
        0.2,
        (enumerated("event_type", GATHERINGS),),
        "Came to one of our gatherings",
        after=("event_registered", 0.6, 700),
    ),
    Happening(
        "appeal_letter_sent",
        0.6,
        4,
        (enumerated("appeal", {"spring": 3, "winter": 4, "earthquake": 2}),),
        "A letter asking for money was posted",
    ),
    Happening(
        "sponsorship_started",
        0.2,
        1,
        (
            enumerated("child_country", {"KE": 3, "IN": 3, "PE": 2}),
            Column("monthly_amount", "number", money(20, 60)),
        ),
        "Began to sponsor a child",
    ),
    Happening(
        "thank_you_call_made",
        0.3,
        1.5,
        (enumerated("outcome", {"reached": 5, "voicemail": 3, "wrong number": 1}),),
    ),
    Happening(
        "Seite besucht",
        0.8,
        25,
        (Column("Pfad", "text", pick("/spenden", "/projekte", "/", "/kontakt")),),
        "A page of the website was visited",
    ),
    Happening(
        "kalender_bestellt",
        0.2,
        1,
        (Column("Anzahl", "integer", whole(1, 6), "How many calendars"),),
        "A calendar was ordered",
    ),
)

WORLD = World(
    name="lindenhof",
    seed=20260211,
    as_of=AS_OF,
    people=500,
    traits=TRAITS,
    events=EVENTS,
    prefix="s",
    settings={
        "timezone": "Europe/Berlin",
        "currency": "EUR",
        "lookback_days": 365,
        "glossary": {
            "inner circle": "trait('Donor Grade') = 'A' AND trait('Total Given') >= 500",
        },
    },
)
