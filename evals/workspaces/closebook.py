"""closebook: accounting software for finance teams. People as HubSpot names them, companies as Salesforce does, Title Case events."""

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
    first_moment,
    last_moment,
    money,
    pick,
    some_of,
    whole,
)

AS_OF = datetime(2026, 11, 5, 8, 0, tzinfo=UTC)  # a Thursday, morning in Amsterdam
TIERS = {"team": 5, "growth": 4, "scale": 2}
COUNTRIES = {"United States": 6, "United Kingdom": 3, "Germany": 3, "Netherlands": 3, "France": 2, "Ireland": 1}  # fmt: skip


def _trial_end(rng: Random, known: Known) -> Value:
    return AS_OF.date() + timedelta(days=rng.randint(-60, 28))


def _seats(rng: Random, known: Known) -> Value:
    low, high = {"team": (3, 20), "growth": (10, 90), "scale": (60, 600)}[str(known["plan_tier"])]
    return rng.randint(low, high)


def _used(rng: Random, known: Known) -> Value:
    return max(1, int(int(known["seats_bought"]) * min(1.15, rng.gauss(0.75, 0.25))))


def _arr(rng: Random, known: Known) -> Value:
    price = {"team": 240, "growth": 420, "scale": 560}[str(known["plan_tier"])]
    return round(price * int(known["seats_bought"]) * (0.75 + 0.3 * rng.random()), 2)


TRAITS = (
    Column("firstname", "text", pick("Anouk", "Tom", "Ines", "Raj", "Klaus", "Siobhan", "Marta", "Lee")),
    Column("email", "text", lambda rng, _: f"w{rng.randint(1, 99999)}@example.com", missing=0.02),
    enumerated("jobtitle", {"CFO": 2, "Controller": 3, "Accountant": 5, "Finance Manager": 4, "Operations Lead": 2, "IT Administrator": 1}, missing=0.15),
    enumerated("hs_lifecyclestage", {"subscriber": 1, "lead": 2, "marketingqualifiedlead": 2, "salesqualifiedlead": 2, "opportunity": 2, "customer": 6, "evangelist": 1}, "Lifecycle stage"),
    enumerated("hs_lead_status", {"NEW": 3, "OPEN": 2, "IN_PROGRESS": 2, "UNQUALIFIED": 1, "BAD_TIMING": 1}, missing=0.5),
    Column("hubspotscore", "integer", lambda rng, _: int(100 * rng.random() ** 1.7), "Lead score, 0 to 100", missing=0.1),
    Column("hs_email_optout", "boolean", chance(0.22), "Unsubscribed from all marketing e-mail", missing=0.05),
    enumerated("hs_analytics_source", {"ORGANIC_SEARCH": 4, "PAID_SEARCH": 3, "REFERRALS": 2, "DIRECT_TRAFFIC": 3, "EVENT": 1}, "Original source", missing=0.06),
    enumerated("country", COUNTRIES, missing=0.05),
    enumerated("hs_language", {"en": 6, "de": 3, "nl": 2, "fr": 2}, "Preferred language"),
    enumerated("user_role", {"owner": 1, "admin": 2, "editor": 5, "viewer": 4}, "Role in the workspace"),
    enumerated("seat_type", {"full": 6, "light": 3}, missing=0.12),
    Column("createdate", "timestamp", first_moment, "When the contact was created"),
    Column("last_login_at", "timestamp", last_moment(60_000, 3), missing=0.08),
    Column("trial_ends_at", "date", _trial_end, "End of the free trial", missing=0.7),
    Column("mfa_enabled", "boolean", chance(0.64), "Signs in with a second factor"),
    Column("onboarding_completed", "boolean", chance(0.7), missing=0.05),
    Column("nps_last", "integer", lambda rng, _: rng.choice((1, 3, 5, 6, 7, 7, 8, 8, 9, 9, 10)), "Latest NPS answer, 0 to 10", missing=0.45),
    Column("modules_used", "list", some_of("budgeting", "consolidation", "expenses", "month-end close", "reporting"), "Modules the person works in", missing=0.2),
)  # fmt: skip

ACCOUNT_TRAITS = (
    Column("Account.Name", "text", lambda rng, known: f"{rng.choice(('Northgate', 'Havik', 'Brüder', 'Clover'))} {rng.choice(('Foods', 'Logistics', 'Health', 'Systems'))} {known['number']}"),
    enumerated("Account.Industry", {"Manufacturing": 4, "Retail": 3, "Healthcare": 3, "Logistics": 2, "Software": 4, "Nonprofit": 1}, missing=0.06),
    enumerated("Account.Type", {"Customer": 7, "Prospect": 2, "Partner": 1, "Former Customer": 2}),
    Column("Account.NumberOfEmployees", "integer", lambda rng, _: int(10 * 10 ** (rng.random() * 2.7)), missing=0.08),
    enumerated("Account.BillingCountry", COUNTRIES, missing=0.03),
    enumerated("plan_tier", TIERS, "Plan, smallest to largest: team, growth, scale"),
    Column("seats_bought", "integer", _seats, "Seats in the contract"),
    Column("seats_used", "integer", _used, "Seats taken"),
    Column("arr_usd", "number", _arr, "Annual recurring revenue, USD"),
    Column("open_pipeline_usd", "number", money(1_000, 90_000), "Value of open opportunities, USD", missing=0.6),
    Column("contract_start", "date", day_near(AS_OF, -1_100, -10)),
    Column("renewal_date", "date", day_near(AS_OF, -20, 360), "Day on which the contract renews", missing=0.12),
    enumerated("health", {"green": 5, "yellow": 3, "red": 2}, "Health as the customer success manager sees it", missing=0.1),
    enumerated("csm_name", {"Dana": 4, "Milo": 3, "Ruth": 3}, "Customer success manager", missing=0.15),
    Column("is_multi_year", "boolean", chance(0.25), "The contract runs for more than a year"),
    Column("last_qbr_on", "date", day_near(AS_OF, -400, -3), "Last business review", missing=0.4),
)  # fmt: skip

_AMOUNT = Column("amount_usd", "number", money(60, 9_000), "Amount, USD")
_CAMPAIGN = enumerated(
    "hs_campaign", {"Q4 Close Guide": 4, "Product Digest": 5, "Renewal Series": 2}
)
_TO = enumerated("to_plan", {"growth": 5, "scale": 2}, "Plan afterwards")

EVENTS = (
    Happening("Workspace Created", 0.3, 0.8, (enumerated("template", {"blank": 3, "month-end": 4, "budget": 3}),), "A workspace was set up"),
    Happening("Signed In", 0.95, 9, (enumerated("device", {"web": 8, "ios": 2, "android": 1}), Column("sso", "boolean", chance(0.4), "Through single sign-on"))),
    Happening("Member Invited", 0.35, 2, (enumerated("invited_role", {"admin": 1, "editor": 4, "viewer": 4}, "Role offered"),), "Somebody was invited into the workspace"),
    Happening("Invite Accepted", 0.02, 0.2, (), after=("Member Invited", 0.6, 120)),
    Happening("Report Exported", 0.55, 7, (enumerated("format", {"xlsx": 5, "pdf": 4, "csv": 2}), enumerated("report", {"cash flow": 3, "P&L": 4, "balance sheet": 3, "budget vs actual": 2}), Column("row_count", "integer", lambda rng, _: int(20 * 10 ** (rng.random() * 3)), "Rows"))),
    Happening("Dashboard Shared", 0.3, 2, (enumerated("shared_with", {"internal": 6, "external": 3}),), "A dashboard was shared"),
    Happening("Integration Connected", 0.4, 1.3, (enumerated("integration", {"QuickBooks": 4, "Xero": 3, "NetSuite": 2, "Salesforce": 2, "Slack": 3}),)),
    Happening("Integration Failed", 0.02, 0.3, (enumerated("integration", {"QuickBooks": 4, "Xero": 3, "NetSuite": 2, "Salesforce": 2, "Slack": 3}), enumerated("error_code", {"AUTH": 5, "TIMEOUT": 3, "SCHEMA": 1}, "AUTH signed out, TIMEOUT no answer, SCHEMA wrong columns")), "A connection broke", after=("Integration Connected", 0.3, 900)),
    Happening("Seat Limit Reached", 0.12, 0.9, (), "Somebody could not be added, as all seats were taken"),
    Happening("Plan Upgraded", 0.08, 0.5, (_TO,), after=("Seat Limit Reached", 0.2, 300)),
    Happening("Plan Downgraded", 0.12, 0.5, (enumerated("downgrade_reason", {"budget": 4, "too complex": 2, "few users": 3}, missing=0.1),)),
    Happening("Invoice Paid", 0.4, 5, (_AMOUNT, enumerated("pay_method", {"card": 5, "sepa": 4, "wire": 2}))),
    Happening("Payment Failed", 0.25, 1.2, (_AMOUNT, enumerated("failure_code", {"expired_card": 4, "insufficient_funds": 3, "do_not_honor": 2}))),
    Happening("Demo Requested", 0.3, 0.8, (enumerated("form_page", {"pricing": 4, "home": 2, "integrations": 2}, "Page of the form"),)),
    Happening("Webinar Attended", 0.3, 1.3, (enumerated("topic", {"faster close": 4, "IFRS 16": 2, "AI in finance": 4}), Column("minutes_watched", "integer", whole(2, 60)))),
    Happening("Case Opened", 0.25, 1.5, (enumerated("priority", {"P1": 1, "P2": 3, "P3": 5}, "P1 is the most urgent"), enumerated("Case.Reason", {"billing": 3, "bug": 4, "how-to": 4, "data import": 2})), "Support was asked"),
    Happening("Marketing Email Opened", 0.55, 5, (_CAMPAIGN,)),
    Happening("Marketing Email Clicked", 0.02, 0.3, (_CAMPAIGN,), after=("Marketing Email Opened", 0.3, 8)),
)  # fmt: skip

WORLD = World(
    name="closebook",
    seed=20261105,
    as_of=AS_OF,
    people=1_200,
    traits=TRAITS,
    events=EVENTS,
    prefix="003Q",
    accounts=320,
    account_traits=ACCOUNT_TRAITS,
    history_days=520,
    inactive_plan=(
        Happening("API Key Created", 0, 0, (), "A key for the API was made"),
    ),
    settings={
        "timezone": "Europe/Amsterdam",
        "currency": "USD",
        "lookback_days": 540,
        "dynamic_plus_limit": 30,
        "glossary": {
            "power user": "event('Report Exported').within(30 days).count() >= 2",
            "champion": "trait('nps_last') >= 9",
            "red zone": "trait('health') = 'red' AND trait('renewal_date').within_next(120 days)",
            "decision maker": "trait('jobtitle').one_of('CFO', 'Controller', 'Finance Manager')",
        },
    },
)  # fmt: skip
