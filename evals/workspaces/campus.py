"""campus: online courses. Short field names, states as codes, times in seconds; few descriptions."""

from __future__ import annotations

from datetime import UTC, datetime

from evals.workspaces.making import (
    Column,
    Happening,
    World,
    chance,
    day_near,
    enumerated,
    first_moment,
    money,
    pick,
    whole,
)

AS_OF = datetime(2026, 6, 17, 7, 0, tzinfo=UTC)  # a Wednesday
COURSES = {
    "Intro to Python": 5,
    "Data Visualisation": 3,
    "Watercolour Basics": 2,
    "Business Spanish": 2,
    "Project Management": 3,
}
TOPICS = {"coding": 5, "design": 3, "languages": 3, "business": 4}


TRAITS = (
    Column("full_name", "text", pick("Ana B", "Lou C", "Mia D")),
    Column("email", "text", lambda rng, _: f"l{rng.randint(1, 99999)}@example.net"),
    enumerated("country", {"US": 5, "CA": 3, "MX": 2, "BR": 2}),
    enumerated("ui_lang", {"en": 6, "es": 3, "pt": 2}, "Language of the site"),
    enumerated("sub", {"none": 5, "mth": 3, "ann": 2}, "none, mth = monthly, ann = annual"),
    Column("joined", "timestamp", first_moment),
    Column("last_seen", "timestamp", lambda rng, known: known["end"]),
    enumerated("level", {"beginner": 5, "intermediate": 3, "advanced": 1}, missing=0.2),
    enumerated("goal", {"career": 4, "hobby": 3, "degree": 1}, "Why they learn", missing=0.3),
    Column("streak", "integer", whole(0, 90), "Days in a row with a lesson"),
    Column("certs", "integer", lambda rng, _: rng.choice([0, 0, 0, 1, 1, 2, 4]), "Certificates"),
    Column("wants_mail", "boolean", chance(0.6)),
    Column("is_teacher", "boolean", chance(0.1)),
    Column("birth_year", "integer", whole(1950, 2008), missing=0.2),
    Column("renewal", "date", day_near(AS_OF, -30, 330), "Day the plan renews", missing=0.5),
)

EVENTS = (
    Happening(
        "course_enrolled",
        0.8,
        5,
        (
            enumerated("course", COURSES),
            enumerated("topic", TOPICS),
            Column("paid", "number", money(0, 200), "Price paid in dollars"),
        ),
    ),
    Happening(
        "lesson_completed",
        0.75,
        40,
        (
            enumerated("course", COURSES),
            Column("secs", "integer", whole(60, 5400), "Time spent, in seconds"),
        ),
    ),
    Happening(
        "course_completed",
        0.4,
        2,
        (enumerated("course", COURSES), Column("grade", "integer", whole(40, 100))),
    ),
    Happening(
        "quiz_taken",
        0.6,
        12,
        (
            enumerated("course", COURSES),
            Column("score", "integer", whole(0, 100)),
            Column("passed", "boolean", chance(0.7)),
        ),
    ),
    Happening("forum_post", 0.3, 5, (enumerated("topic", TOPICS),), "Wrote in the forum"),
    Happening(
        "sub_started",
        0.35,
        1,
        (enumerated("term", {"mth": 6, "ann": 2}), Column("price", "number", money(9, 120))),
        "A subscription was started",
    ),
    Happening(
        "sub_stopped",
        0.15,
        1,
        (enumerated("why", {"cost": 4, "time": 3, "content": 2}),),
        "A subscription was cancelled",
    ),
    Happening("refund_issued", 0.1, 1, (Column("amount", "number", money(5, 150)),)),
    Happening(
        "mail_opened", 0.7, 15, (enumerated("mail", {"digest": 4, "promo": 3, "reminder": 2}),)
    ),
    Happening(
        "live_class_joined",
        0.35,
        4,
        (enumerated("teacher", {"Okafor": 3, "Lindqvist": 2, "Reyes": 2}),),
    ),
    Happening("app_opened", 0.6, 30, (enumerated("os", {"ios": 4, "android": 5}),)),
    Happening(
        "friend_invited", 0.2, 2, (enumerated("via", {"link": 4, "email": 2, "whatsapp": 2}),)
    ),
)

WORLD = World(
    name="campus",
    seed=20260617,
    as_of=AS_OF,
    people=500,
    traits=TRAITS,
    events=EVENTS,
    prefix="l",
    settings={"timezone": "America/New_York", "currency": "USD"},
)
