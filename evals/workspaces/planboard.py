"""planboard: a subscription software maker. Title Case events, camelCase fields, accounts."""

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
    moment_before,
    money,
    pick,
    some_of,
    whole,
)

AS_OF = datetime(2026, 3, 18, 9, 0, tzinfo=UTC)  # a Wednesday
PLANS = {"free": 5, "starter": 4, "business": 3, "enterprise": 1.5}
FIRST = ("Ada", "Ben", "Chloe", "Dev", "Elif", "Finn", "Grace", "Hugo", "Ines", "Jonas", "Kaya")
LAST = ("Abbott", "Brandt", "Costa", "Dubois", "Evans", "Fischer", "Gupta", "Hansen", "Ito")


def _account_plan(rng: Random, known: Known) -> Value:
    plan = known["account"].get("plan")
    return str(plan) if plan and rng.random() < 0.85 else rng.choice(tuple(PLANS))


def _trial_end(rng: Random, known: Known) -> Value:
    return AS_OF.date() + timedelta(days=rng.randint(-40, 21)) if rng.random() < 0.35 else None


def _email(rng: Random, known: Known) -> Value:
    domain = rng.choice(("example.com", "example.org", "mail.example", "corp.example"))
    return f"{str(known.get('firstName') or 'someone').lower()}{rng.randint(1, 99999)}@{domain}"


def _seats(rng: Random, known: Known) -> Value:
    top = {"free": 5, "starter": 20, "business": 120, "enterprise": 900}[str(known["plan"])]
    return rng.randint(1, top)


def _mrr(rng: Random, known: Known) -> Value:
    price = {"free": 0.0, "starter": 9.0, "business": 19.0, "enterprise": 32.0}[str(known["plan"])]
    return round(price * int(known["seats"]), 2)


def _first_login(rng: Random, known: Known) -> Value:
    end: datetime = known["end"]
    return end - timedelta(minutes=rng.randint(0, 2_000))


TRAITS = (
    Column("firstName", "text", pick(*FIRST), "Given name", missing=0.05),
    Column("lastName", "text", pick(*LAST), "Family name", missing=0.05),
    Column("email", "text", _email, "Work e-mail address", missing=0.02),
    Column("phone", "text", lambda rng, _: f"+1555{rng.randint(1000000, 9999999)}", "Phone number", missing=0.45),
    enumerated("role", {"owner": 1, "admin": 2, "member": 6, "guest": 2}, "Role in the workspace"),
    enumerated(
        "jobFunction",
        {"marketing": 3, "engineering": 4, "design": 2, "sales": 2, "operations": 2, "finance": 1, "human_resources": 1},
        "Department the person works in",
        missing=0.2,
    ),
    enumerated(
        "country",
        {"US": 6, "GB": 3, "DE": 2, "FR": 2, "ES": 1.5, "IN": 2, "BR": 1, "CA": 1.5, "AU": 1, "NL": 1},
        "Country of the person, ISO 3166-1 alpha-2",
        missing=0.06,
    ),
    enumerated("language", {"en": 6, "de": 2, "fr": 2, "es": 2, "pt": 1}, "Language of the interface", missing=0.04),
    Column("plan", "text", _account_plan, "Plan the person is on", tuple(PLANS), missing=0.02),
    Column("signedUpAt", "timestamp", first_moment, "When the person signed up"),
    Column("trialEndsAt", "date", _trial_end, "Day on which the free trial ends or ended"),
    Column("lastLoginAt", "timestamp", _first_login, "Most recent login", missing=0.08),
    Column("emailOptIn", "boolean", chance(0.68), "Agreed to marketing e-mail", missing=0.1),
    Column("npsScore", "integer", lambda rng, _: rng.choice((0, 2, 4, 5, 6, 7, 8, 8, 9, 9, 10)), "Latest NPS answer, 0 to 10", missing=0.5),
    Column("betaTester", "boolean", chance(0.15), "Takes part in the beta program", missing=0.03),
    enumerated("leadSource", {"organic": 4, "paid_search": 3, "referral": 2, "partner": 1, "event": 1}, "How the person found us", missing=0.12),
    Column("integrations", "list", some_of("slack", "jira", "github", "figma", "zapier", "google_drive"), "Connected integrations", missing=0.4),
    Column("isStaff", "boolean", chance(0.03), "Works for us"),
)  # fmt: skip

ACCOUNT_TRAITS = (
    Column("name", "text", lambda rng, known: f"{rng.choice(LAST)} {rng.choice(('Labs', 'Works', 'Group', 'Partners'))} {known['number']}", "Company name"),
    enumerated("industry", {"software": 5, "retail": 3, "healthcare": 2, "education": 2, "finance": 2, "manufacturing": 1}, "Industry of the company", missing=0.08),
    enumerated("plan", PLANS, "Plan of the account"),
    Column("seats", "integer", _seats, "Seats paid for"),
    Column("mrr", "number", _mrr, "Monthly recurring revenue in dollars"),
    Column("employees", "integer", lambda rng, _: int(5 * 10 ** (rng.random() * 3)), "Number of employees", missing=0.1),
    enumerated("country", {"US": 6, "GB": 3, "DE": 2, "FR": 2, "ES": 1.5, "IN": 2, "CA": 1.5}, "Country of the head office, ISO 3166-1 alpha-2", missing=0.05),
    Column("renewalDate", "date", day_near(AS_OF, -20, 340), "Day on which the contract renews", missing=0.25),
    Column("healthScore", "integer", whole(0, 100), "Health of the account, 0 to 100", missing=0.15),
    Column("createdAt", "timestamp", moment_before(AS_OF, 900), "When the account was created"),
)  # fmt: skip

_PLAN = enumerated("plan", {"starter": 4, "business": 3, "enterprise": 1}, "Plan concerned")
_DEVICE = enumerated("device", {"web": 6, "ios": 2, "android": 2}, "Where it happened")
_TOPICS = {"automation": 2, "reporting": 2, "getting_started": 3, "security": 1}

EVENTS = (
    Happening("Signed Up", 0.97, 1, (enumerated("referrer", {"google": 4, "linkedin": 2, "friend": 2, "direct": 3}, "Where the person came from"),), "A person created a login", once=True),
    Happening("Logged In", 0.95, 16, (_DEVICE,), "A person logged in"),
    Happening("Trial Started", 0.45, 0.9, (_PLAN, Column("lengthDays", "integer", lambda rng, _: rng.choice((7, 14, 30)), "Length of the trial in days")), "A free trial was started"),
    Happening(
        "Plan Changed", 0.12, 0.9,
        (_PLAN, enumerated("change", {"upgrade": 7, "downgrade": 3}, "Direction of the change")),
        "The plan was upgraded or downgraded", after=("Trial Started", 0.3, 480),
    ),
    Happening("Subscription Cancelled", 0.14, 0.7, (_PLAN, enumerated("reason", {"too_expensive": 3, "missing_features": 2, "switched_tool": 2, "no_longer_needed": 1}, "Why it was cancelled", missing=0.1)), "A paid subscription was cancelled"),
    Happening("Invoice Paid", 0.5, 5, (Column("amount", "number", money(9, 900), "Amount of the invoice in dollars"), _PLAN), "An invoice was paid"),
    Happening("Payment Failed", 0.18, 1.2, (Column("amount", "number", money(9, 900), "Amount in dollars"), enumerated("declineReason", {"card_expired": 4, "insufficient_funds": 3, "fraud_suspected": 1}, "Why the payment was declined")), "A charge was declined"),
    Happening("Teammate Invited", 0.4, 2.2, (enumerated("inviteeRole", {"admin": 1, "member": 5, "guest": 2}, "Role offered"), enumerated("channel", {"email": 6, "link": 3}, "How the invitation was sent")), "Somebody was invited to the workspace"),
    Happening(
        "Feature Used", 0.85, 22,
        (enumerated("feature", {"dashboards": 5, "automations": 3, "gantt_chart": 2, "time_tracking": 3, "api": 1, "mobile_app": 2}, "Which feature"), Column("minutes", "number", lambda rng, _: round(rng.expovariate(1 / 14), 1), "Minutes spent")),
        "A feature was used",
    ),
    Happening("Project Created", 0.6, 2.5, (enumerated("template", {"blank": 5, "roadmap": 2, "sprint": 2, "campaign": 1}, "Template of the project"), Column("isPrivate", "boolean", chance(0.3), "Only visible to invited people")), "A new project was created", after=("Signed Up", 0.45, 120)),
    Happening("Report Exported", 0.3, 2, (enumerated("format", {"pdf": 4, "csv": 3, "xlsx": 2}, "File format"),), "A report was exported to a file"),
    Happening("Support Ticket Opened", 0.3, 1.3, (enumerated("topic", {"billing": 3, "bug": 4, "how_to": 3}, "What it is about"), enumerated("priority", {"low": 3, "normal": 4, "high": 2, "urgent": 1}, "Priority")), "A support ticket was opened"),
    Happening("Webinar Attended", 0.22, 1, (enumerated("topic", _TOPICS, "Topic of the webinar"), Column("minutes", "integer", whole(5, 60), "Minutes attended")), "Took part in a webinar"),
    Happening("Email Delivered", 0.9, 8, (enumerated("campaign", {"onboarding": 4, "newsletter": 5, "winback": 2, "product_update": 3}, "Campaign of the e-mail"),), "A marketing e-mail was delivered"),
    Happening("Email Opened", 0.1, 0.5, (enumerated("campaign", {"onboarding": 4, "newsletter": 5, "winback": 2, "product_update": 3}, "Campaign of the e-mail"),), "A marketing e-mail was opened", after=("Email Delivered", 0.4, 70)),
    Happening("Email Link Clicked", 0.02, 0.5, (enumerated("campaign", {"onboarding": 4, "newsletter": 5, "winback": 2, "product_update": 3}, "Campaign of the e-mail"),), "A link in a marketing e-mail was clicked", after=("Email Opened", 0.3, 5)),
    Happening("Pricing Page Viewed", 0.35, 1.6, (), "The page with our prices was viewed"),
)  # fmt: skip

WORLD = World(
    name="planboard",
    seed=20260318,
    as_of=AS_OF,
    people=2_000,
    traits=TRAITS,
    events=EVENTS,
    accounts=320,
    account_traits=ACCOUNT_TRAITS,
    inactive_plan=(
        Happening("Referral Code Shared", 0, 0, (_DEVICE,), "A referral code was shared with a friend"),
    ),
    settings={
        "timezone": "UTC",
        "currency": "USD",
        "lookback_days": 365,
        "dynamic_plus_limit": 25,
        "glossary": {
            "power user": "event('Feature Used').within(30 days).count() >= 5",
            "detractor": "trait('npsScore') <= 6",
            "promoter": "trait('npsScore') >= 9",
            "trialist": f"trait('trialEndsAt') >= '{date(2026, 3, 18)}'",
        },
    },
)  # fmt: skip
