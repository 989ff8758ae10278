"""deskflow: project and time tracking sold to teams. Events as Segment's B2B SaaS specification names them, people and companies in Title Case as a CRM shows them, countries by name for people and by code for companies."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
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
    last_moment,
    money,
    pick,
    some_of,
    yes_no,
)

AS_OF = datetime(2026, 10, 14, 14, 0, tzinfo=UTC)  # a Wednesday, afternoon in Dublin
PLANS = {"Free": 4, "Team": 5, "Business": 4, "Enterprise": 2}
PRICE = {"Free": 0, "Team": 9, "Business": 16, "Enterprise": 27}
_SEATS = {"Free": (1, 5), "Team": (4, 30), "Business": (15, 120), "Enterprise": (80, 700)}


def _manages(known: Known) -> bool:
    return bool(known["Is Admin"])


def _works(known: Known) -> bool:
    return bool(known["Seat Type"] != "viewer")


def _plan(_: Random, known: Known) -> Value:
    plan: str | None = known["account"].get("Plan")
    return plan


def _unsubscribed(rng: Random, known: Known) -> Value:
    if known["Marketing Opt In"] is not False:
        return None
    return AS_OF.date() - timedelta(days=rng.randint(1, 400))


def _seats(rng: Random, known: Known) -> Value:
    return rng.randint(*_SEATS[str(known["Plan"])])


def _used(rng: Random, known: Known) -> Value:
    return max(1, int(int(known["Seats"]) * min(1.15, rng.gauss(0.78, 0.25))))


def _mrr(rng: Random, known: Known) -> Value:
    price = PRICE[str(known["Plan"])] * int(known["Seats"])
    return round(price * (0.75 + 0.25 * rng.random()), 2)


def _renewal(rng: Random, known: Known) -> Value:
    if known["Plan"] == "Free":
        return None
    since: date = known["Customer Since"]
    years = max(1, (AS_OF.date() - since).days // 365 + (rng.random() < 0.94))
    return since + timedelta(days=365 * years)


def _next_plan(rng: Random, known: Known) -> Value:
    names = list(PLANS)
    at = names.index(str(known["previous_plan"]))
    up = known["change_type"] == "upgrade"
    return names[min(3, at + 1)] if up else names[max(0, at - 1)]


def _previous_plan(rng: Random, known: Known) -> Value:
    if known["change_type"] == "upgrade":
        return rng.choices(("Free", "Team", "Business"), (3, 4, 2))[0]
    return rng.choices(("Team", "Business", "Enterprise"), (3, 4, 1))[0]


TRAITS = (
    Column("First Name", "text", pick("Aoife", "Jonas", "Camille", "Ravi", "Greta", "Tomás", "Mei", "Lars")),
    Column("Email", "text", lambda rng, _: f"d{rng.randint(1, 99999)}@example.com", missing=0.02),
    Column("Phone", "text", lambda rng, _: f"+353 555 {rng.randint(1000, 9999)}", missing=0.55),
    enumerated("Job Title", {"Project Manager": 6, "Developer": 5, "Designer": 3, "Account Director": 2, "Operations Manager": 3, "Finance Manager": 2, "Consultant": 3, "Founder": 1.5}, missing=0.1),
    enumerated("Lifecycle Stage", {"subscriber": 2, "lead": 3, "marketingqualifiedlead": 2, "salesqualifiedlead": 2, "opportunity": 1.5, "customer": 8, "evangelist": 1}, "Stage in the CRM; marketingqualifiedlead = MQL, salesqualifiedlead = SQL"),
    Column("Company Plan", "text", _plan, "Plan of the company that the user belongs to", tuple(PLANS)),
    Column("Is Admin", "boolean", chance(0.34), "May manage people and billing of the company"),
    enumerated("Seat Type", {"full": 7, "light": 3, "viewer": 2}, "full = projects and time, light = time tracking only, viewer = reads only"),
    enumerated("Country", {"Germany": 5, "United Kingdom": 5, "United States": 4, "France": 3, "Netherlands": 3, "Spain": 2, "Ireland": 2, "Canada": 1.5}, missing=0.05),
    enumerated("Language", {"en": 8, "de": 4, "fr": 2, "nl": 2, "es": 1.5}, "Language of the app"),
    Column("Created At", "timestamp", first_moment, "When the user signed up"),
    Column("Last Seen At", "timestamp", last_moment(50_000, 3), "When the user was last in the app", missing=0.05),
    Column("Trial Ends On", "date", day_near(AS_OF, -50, 30), missing=0.68),
    Column("Onboarding Progress", "integer", lambda rng, _: min(100, 10 * rng.randint(1, 13)), "Percent of the onboarding checklist that is done", missing=0.08),
    Column("Two Factor Enabled", "boolean", chance(0.5)),
    Column("Marketing Opt In", "boolean", chance(0.64), "Agreed to marketing e-mail", missing=0.18),
    yes_no("SMS Consent", 0.3, "Y = may get text messages, N = may not", missing=0.25),
    Column("Unsubscribed On", "date", _unsubscribed, "Day on which the user unsubscribed from e-mail"),
    Column("Is Staff", "boolean", chance(0.05), "Works at Deskflow"),
    Column("Lead Score", "integer", lambda rng, _: int(100 * rng.random() ** 1.4), missing=0.12),
    enumerated("Lead Source", {"Organic Search": 4, "Paid Search": 3, "Referral": 3, "Capterra": 2, "Conference": 1.5, "Partner": 1}, missing=0.1),
    Column("Weekly Hours", "number", lambda rng, _: rng.choice((10, 16, 20, 24, 30, 32, 35, 37.5, 40, 40)), "Hours a week that the user is contracted for", missing=0.2),
    Column("Hourly Rate", "number", lambda rng, _: round(25 + 150 * rng.random() ** 1.5, 0), "Rate that the user bills, EUR an hour", missing=0.35),
    Column("Active Projects", "integer", lambda rng, _: int(16 * rng.random() ** 2)),
    Column("Interests", "list", some_of("agencies", "remote work", "budgeting", "automation", "resource planning", "freelancing"), missing=0.3),
    Column("Birthday", "date", birth_date(AS_OF, 21, 62), missing=0.45),
    Column("cf_118", "integer", lambda rng, _: int(rng.random() < 0.22), "1 = in the early access group, 0 = not", missing=0.15),
    Column("Last Demo Date", "date", day_near(AS_OF, -300, 20), "Day of the latest product demo, may lie ahead", missing=0.6),
)  # fmt: skip

ACCOUNT_TRAITS = (
    Column("Account Name", "text", lambda rng, known: f"{rng.choice(('Nordlicht', 'Bluebird', 'Granite', 'Osprey'))} {rng.choice(('Studio', 'Systems', 'Legal', 'Partners'))} {known['number']}"),
    enumerated("Industry", {"Marketing Agency": 5, "IT Services": 4, "Architecture": 2, "Legal": 2, "Accounting": 2, "Nonprofit": 1.5, "Construction": 1.5}, missing=0.06),
    Column("Employees", "integer", lambda rng, _: int(4 * 10 ** (rng.random() * 2.7)), missing=0.07),
    enumerated("Plan", PLANS),
    Column("Seats", "integer", _seats, "Seats that the company pays for"),
    Column("Seats Used", "integer", _used, "Seats that are taken"),
    Column("MRR", "number", _mrr, "Monthly recurring revenue, EUR"),
    Column("Customer Since", "date", day_near(AS_OF, -1_500, -20)),
    Column("Renewal Date", "date", _renewal, "Day on which the subscription renews", missing=0.05),
    enumerated("Country", {"DE": 5, "GB": 5, "US": 4, "FR": 3, "NL": 3, "ES": 2, "IE": 2}, "Country of the head office", missing=0.04),
    enumerated("Health", {"green": 6, "yellow": 4, "red": 2.5}, "Judgement of customer success", missing=0.08),
    enumerated("Billing Cycle", {"monthly": 5, "yearly": 5}),
    enumerated("Account Owner", {"Niamh": 4, "Oskar": 3, "Priya": 3, "Wendell": 2}, "Who looks after the account", missing=0.15),
    enumerated("Payment Terms", {"N15": 2, "N30": 5, "N60": 2}, "N15 = 15 days, N30 = 30 days, N60 = 60 days"),
    Column("Overdue Invoices", "integer", lambda rng, _: rng.choices((0, 1, 2, 3, 4), (11, 3, 2, 1, 0.5))[0]),
    Column("Discount", "number", lambda rng, _: rng.choice((5, 10, 15, 20, 25)), "Percent off the list price", missing=0.55),
    Column("Last Business Review", "date", day_near(AS_OF, -400, -3), missing=0.4),
    Column("SSO Enforced", "boolean", chance(0.3)),
    enumerated("Territory", {"EMEA-N": 4, "EMEA-S": 3, "AMER": 3, "APAC": 1}, "EMEA-N = northern Europe, EMEA-S = southern Europe, AMER = Americas, APAC = Asia-Pacific"),
    Column("Support Tier", "integer", lambda rng, _: rng.choices((1, 2, 3), (5, 3, 2))[0], "1 = standard, 2 = priority, 3 = dedicated"),
)  # fmt: skip

_CAMPAIGN = enumerated("campaign_name", {"Weekly Digest": 6, "October Release": 2, "Trial Tips": 3, "Year in Review": 2, "Winback": 2})  # fmt: skip
_FEATURES = {"Timeline": 5, "Workload": 3, "Automations": 3, "Budgets": 3, "Approvals": 2, "Dashboards": 4}  # fmt: skip
_ROLE = {"admin": 1, "manager": 2, "member": 6, "client": 2}

EVENTS = (
    Happening("Signed Up", 1, 0, (enumerated("signup_method", {"email": 5, "google": 4, "microsoft": 2, "sso": 1}),), once=True),
    Happening("Signed In", 0.97, 28, (enumerated("platform", {"web": 8, "desktop": 3, "ios": 2, "android": 2}),)),
    Happening("Trial Started", 0.5, 0.9, (enumerated("trial_plan_name", {"Team": 3, "Business": 5, "Enterprise": 1}),), "A free trial of a paid plan began"),
    Happening("Trial Ended", 0, 0, (Column("converted", "boolean", chance(0.42), "Became a paying customer"),), "A free trial ran out or was turned into a subscription", after=("Trial Started", 0.85, 21 * 24)),
    Happening("Invite Sent", 0.6, 4, (enumerated("invitee_role", _ROLE),)),
    Happening("Account Added User", 0, 0, (enumerated("role", _ROLE),), "Somebody who was invited joined the company", after=("Invite Sent", 0.55, 200)),
    Happening("Project Created", 0.75, 7, (enumerated("template", {"Blank": 6, "Kanban": 4, "Client Work": 4, "Sprint": 3, "Retainer": 2}), Column("is_private", "boolean", chance(0.2))), who=_works),
    Happening("Time Entry Logged", 0.85, 26, (Column("minutes", "integer", lambda rng, _: 15 * rng.randint(1, 36), "Length in minutes"), Column("billable", "boolean", chance(0.68)), enumerated("entry_source", {"timer": 5, "manual": 4, "calendar": 2, "import": 0.6})), "Working time was recorded", who=_works),
    Happening("Feature Used", 0.9, 22, (enumerated("feature_name", _FEATURES), Column("duration_seconds", "integer", lambda rng, _: int(10 * 10 ** (rng.random() * 2.3)), "How long it was open, seconds"))),
    Happening("Report Exported", 0.6, 6, (enumerated("report_name", {"Timesheet": 5, "Profitability": 3, "Utilization": 3, "Budget": 2}), enumerated("file_format", {"csv": 4, "pdf": 5, "xlsx": 4}))),
    Happening("Integration Connected", 0.55, 2.2, (enumerated("integration_name", {"Slack": 5, "Google Calendar": 4, "Jira": 3, "QuickBooks": 2, "GitHub": 2, "Outlook": 3}),), "Another system was connected"),
    Happening("Plan Changed", 0.5, 1.1, (enumerated("change_type", {"upgrade": 5, "downgrade": 3}), Column("previous_plan", "text", _previous_plan, "", tuple(PLANS)), Column("new_plan", "text", _next_plan, "", tuple(PLANS))), who=_manages),
    Happening("Invoice Paid", 0.8, 7, (Column("amount", "number", money(30, 5_200), "Total with tax, EUR"), enumerated("payment_method", {"card": 6, "sepa": 4, "bank_transfer": 2}, "sepa = direct debit")), who=_manages),
    Happening("Payment Failed", 0.45, 2, (Column("amount", "number", money(30, 5_200), "EUR"), enumerated("decline_reason", {"expired_card": 4, "insufficient_funds": 3, "do_not_honor": 2})), who=_manages),
    Happening("Support Ticket Opened", 0.55, 3, (enumerated("ticket_topic", {"Billing": 3, "Bug": 4, "How-To": 4, "Feature Request": 2}), enumerated("severity", {"S1": 1, "S2": 3, "S3": 5}, "S1 = blocking, S2 = serious, S3 = minor"))),
    Happening("NPS Submitted", 0.45, 1.6, (Column("score", "integer", lambda rng, _: rng.choice((0, 2, 3, 5, 6, 7, 7, 8, 8, 9, 9, 10)), "0 to 10"), Column("has_comment", "boolean", chance(0.35)))),
    Happening("Email Opened", 0.8, 10, (_CAMPAIGN,)),
    Happening("Email Link Clicked", 0, 0, (_CAMPAIGN,), after=("Email Opened", 0.32, 12)),
)  # fmt: skip

WORLD = World(
    name="deskflow",
    seed=20261014,
    as_of=AS_OF,
    people=1_700,
    traits=TRAITS,
    events=EVENTS,
    prefix="df",
    accounts=460,
    members=0.93,
    account_traits=ACCOUNT_TRAITS,
    history_days=560,
    inactive_plan=(
        Happening("Account Deleted", 0, 0, (Column("deletion_reason", "text", pick("price")),), "A company closed its account"),
    ),
    settings={
        "timezone": "Europe/Dublin",
        "currency": "EUR",
        "lookback_days": 540,
        "dynamic_plus_limit": 30,
        "glossary": {
            "power user": "event('Feature Used').within(30 days).count() >= 4",
            "detractor": "event('NPS Submitted').last(property('score')) <= 6",
            "promoter": "event('NPS Submitted').last(property('score')) >= 9",
        },
    },
)  # fmt: skip
