"""ticketwell: support software sold to companies. Product events in camelCase beside billing and mail in Title Case, companies as a CRM and a billing system name them."""

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
    whole,
    yes_no,
)

AS_OF = datetime(2026, 9, 22, 15, 0, tzinfo=UTC)  # a Tuesday, late morning in New York
PLANS = {"STR": 4, "GRW": 5, "SCL": 3, "ENT": 2}
PLAN_TEXT = "STR = Starter, GRW = Growth, SCL = Scale, ENT = Enterprise"
PRICE = {"STR": 19, "GRW": 45, "SCL": 79, "ENT": 115}
STATES = {"CA": 5, "NY": 4, "TX": 4, "FL": 3, "WA": 2, "IL": 2, "MA": 2}


def _manages(known: Known) -> bool:
    return known["role"] in ("owner", "admin")


def _serves(known: Known) -> bool:
    return bool(known["role"] != "light_agent")


def _plan(_: Random, known: Known) -> Value:
    plan: str | None = known["account"].get("Plan_Code")
    return plan


def _answered(rng: Random, known: Known) -> Value:
    if known["npsScore"] is None:
        return None
    return AS_OF.date() - timedelta(days=rng.randint(1, 300))


def _state(rng: Random, known: Known) -> Value:
    if known["Billing_Country"] != "United States":
        return None
    return rng.choices(list(STATES), list(STATES.values()))[0]


def _seats(rng: Random, known: Known) -> Value:
    low, high = {"STR": (2, 10), "GRW": (5, 40), "SCL": (20, 150), "ENT": (80, 600)}[
        str(known["Plan_Code"])
    ]
    return rng.randint(low, high)


def _taken(rng: Random, known: Known) -> Value:
    return max(1, int(int(known["seatsPurchased"]) * min(1.1, rng.gauss(0.76, 0.24))))


def _mrr(rng: Random, known: Known) -> Value:
    price = PRICE[str(known["Plan_Code"])] * int(known["seatsPurchased"])
    return round(price * (0.7 + 0.3 * rng.random()), 2)


def _contract_end(rng: Random, known: Known) -> Value:
    start: date = known["Contract_Start"]
    years = max(1, (AS_OF.date() - start).days // 365 + (rng.random() < 0.93))
    return start + timedelta(days=365 * years)


TRAITS = (
    Column("firstName", "text", pick("Noor", "Ben", "Lucia", "Arjun", "Heather", "Mateo", "Yuki", "Sam")),
    Column("email", "text", lambda rng, _: f"t{rng.randint(1, 99999)}@example.com", "E-mail address", missing=0.02),
    enumerated("role", {"owner": 2, "admin": 3, "agent": 8, "light_agent": 3}, "Role in the help desk; a light_agent may read and comment only"),
    enumerated("jobTitle", {"Support Agent": 6, "Team Lead": 3, "Support Manager": 3, "Head of Support": 2, "Customer Success Manager": 2, "IT Administrator": 1, "Founder": 1}, missing=0.12),
    Column("companyPlan", "text", _plan, f"Plan of the company: {PLAN_TEXT}", tuple(PLANS)),
    enumerated("country", {"US": 7, "GB": 3, "CA": 3, "DE": 3, "AU": 2, "IN": 2, "ES": 2, "BR": 1}, missing=0.05),
    enumerated("interfaceLanguage", {"en": 8, "de": 3, "es": 3, "pt": 1, "fr": 1}),
    Column("signedUpAt", "timestamp", first_moment, "When the user signed up"),
    Column("lastActiveAt", "timestamp", last_moment(60_000, 3), "When the user was last active", missing=0.06),
    Column("trialEndsOn", "date", day_near(AS_OF, -60, 28), "Last day of the free trial", missing=0.7),
    Column("mfaEnabled", "boolean", chance(0.58), "Signs in with a second factor"),
    yes_no("isBillingContact", 0.2, "Gets the invoices: Y = yes, N = no"),
    Column("flag_bp", "integer", lambda rng, _: int(rng.random() < 0.24), "1 = takes part in the beta programme, 0 = does not", missing=0.1),
    Column("openTickets", "integer", lambda rng, _: int(45 * rng.random() ** 2), "Tickets assigned to the user that are not solved yet"),
    Column("csatPct", "number", lambda rng, _: round(min(100, max(30, rng.gauss(82, 12))), 1), "Share of good ratings on the tickets of the user, percent", missing=0.3),
    Column("avgFirstReplyMin", "number", lambda rng, _: round(4 * 10 ** (rng.random() * 2), 1), "Minutes until the first reply, on average", missing=0.3),
    Column("channels", "list", some_of("email", "chat", "phone", "whatsapp", "instagram", "web form"), "Channels in which the user answers tickets", missing=0.12),
    Column("certifications", "list", some_of("Admin Basics", "Reporting Pro", "Automation Expert", "API Essentials", most=2), "Passed courses of our academy", missing=0.6),
    Column("npsScore", "integer", lambda rng, _: rng.choice((0, 2, 4, 5, 6, 7, 7, 8, 8, 9, 9, 10)), "Latest NPS answer, 0 to 10", missing=0.45),
    Column("npsAnsweredOn", "date", _answered, "Day of the latest NPS answer"),
    Column("birthday", "date", birth_date(AS_OF, 20, 63), missing=0.5),
    enumerated("Lifecycle_Stage", {"Lead": 3, "MQL": 2, "SQL": 2, "Customer": 8, "Churned": 2}, "MQL = marketing qualified lead, SQL = sales qualified lead"),
    enumerated("Lead_Source", {"Google Ads": 4, "Referral": 3, "Review Site": 3, "Outbound": 2, "Trade Show": 2, "Partner": 1}, missing=0.1),
    Column("Lead_Score", "integer", lambda rng, _: int(100 * rng.random() ** 1.5), missing=0.15),
    enumerated("Email_Opt_In", {"yes": 6, "no": 3}, "Agreed to marketing e-mail", missing=0.15),
    Column("smsOptOut", "integer", lambda rng, _: int(rng.random() < 0.35), "1 = wants no text messages", missing=0.2),
    enumerated("Previous_Tool", {"Zendesk": 5, "Intercom": 3, "Freshdesk": 3, "Shared Inbox": 4}, missing=0.35),
    Column("Last_Sales_Call", "date", day_near(AS_OF, -320, -1), missing=0.5),
)  # fmt: skip

ACCOUNT_TRAITS = (
    Column("Account_Name", "text", lambda rng, known: f"{rng.choice(('Harbor', 'Juniper', 'Redwood', 'Altura'))} {rng.choice(('Outdoors', 'Labs', 'Clinics', 'Travel'))} {known['number']}"),
    enumerated("Industry", {"Retail & E-commerce": 5, "Software": 4, "Travel": 2, "Financial Services": 2, "Healthcare": 2, "Education": 2, "Logistics": 1}, missing=0.06),
    enumerated("Billing_Country", {"United States": 8, "United Kingdom": 3, "Canada": 2, "Germany": 3, "Australia": 2, "Spain": 2}, missing=0.03),
    Column("Billing_State", "text", _state, "State, only in the United States", tuple(STATES)),
    Column("Employee_Count", "integer", lambda rng, _: int(8 * 10 ** (rng.random() * 2.8)), missing=0.07),
    enumerated("Account_Type", {"Customer": 8, "Prospect": 2, "Former Customer": 2, "Partner": 1}),
    enumerated("Account_Manager", {"Imani": 4, "Felix": 3, "Soraya": 3, "Declan": 2}, missing=0.14),
    Column("Contract_Start", "date", day_near(AS_OF, -1_300, -15)),
    enumerated("Plan_Code", PLANS, PLAN_TEXT),
    Column("seatsPurchased", "integer", _seats, "Seats in the contract"),
    Column("seatsUsed", "integer", _taken, "Seats that somebody has"),
    Column("mrrUsd", "number", _mrr, "Monthly recurring revenue, USD"),
    Column("Contract_End", "date", _contract_end, "Last day of the contract", missing=0.1),
    enumerated("billingInterval", {"monthly": 5, "annual": 6}),
    enumerated("paymentStatus", {"current": 8, "past_due": 2, "written_off": 0.6}, "State of the invoices; past_due = an invoice is overdue"),
    Column("autoRenew", "boolean", chance(0.6), "The contract renews by itself"),
    Column("healthScore", "integer", whole(5, 100), "0 to 100, higher is better", missing=0.1),
    Column("Discount_Pct", "number", lambda rng, _: rng.choice((5, 10, 15, 20, 25, 30)), "Discount on the list price, percent", missing=0.55),
    Column("Last_QBR", "date", day_near(AS_OF, -380, -3), "Day of the last quarterly business review", missing=0.4),
    Column("monthlyTicketVolume", "integer", lambda rng, _: int(40 * 10 ** (rng.random() * 2.4)), "Tickets that the company gets in a usual month"),
    enumerated("crmConnected", {"Salesforce": 4, "HubSpot": 3, "Pipedrive": 1}, "CRM that is connected, not set without one", missing=0.5),
    enumerated("dataRegion", {"us": 6, "eu": 5, "ap": 2}, "Where the data are kept: us = United States, eu = Europe, ap = Asia-Pacific"),
)  # fmt: skip

_CHANNEL = enumerated("channel", {"email": 6, "chat": 4, "phone": 2, "whatsapp": 1.5, "web form": 2}, "How the customer wrote")  # fmt: skip
_PRIORITY = enumerated(
    "priority",
    {"P1": 1, "P2": 2, "P3": 5, "P4": 2},
    "P1 = urgent, P2 = high, P3 = normal, P4 = low",
)
_AMOUNT = Column("amountUsd", "number", money(40, 6_000), "Amount, USD")
_TOPIC = enumerated("topic", {"AI Replies": 4, "Ticket Routing": 3, "Reporting": 3, "Peak Season": 2})  # fmt: skip
_CAMPAIGN = enumerated("campaign", {"Product Update": 5, "Onboarding Tips": 4, "Benchmark Report": 3, "Renewal Offer": 2})  # fmt: skip

EVENTS = (
    Happening("Signed In", 0.96, 12, (enumerated("device", {"web": 8, "ios": 2, "android": 2}), Column("sso", "boolean", chance(0.35), "Through single sign-on"))),
    Happening("ticketCreated", 0.7, 8, (_CHANNEL, _PRIORITY), "A ticket of a customer was opened by the user"),
    Happening("ticketSolved", 0.85, 13, (_CHANNEL, _PRIORITY, Column("minutesToSolve", "integer", lambda rng, _: int(5 * 10 ** (rng.random() * 2.8)), "Minutes from creation to solution"), Column("reopened", "boolean", chance(0.12), "The customer came back to it")), "The user solved a ticket", who=_serves),
    Happening("ticketEscalated", 0.02, 0.3, (_PRIORITY, enumerated("reason", {"SLA": 4, "VIP": 2, "BUG": 4}, "SLA = deadline missed, VIP = important customer, BUG = fault of the product")), "A ticket was handed to the next level", after=("ticketCreated", 0.16, 50)),
    Happening("automationCreated", 0.6, 3, (enumerated("kind", {"trigger": 5, "routing": 3, "auto_reply": 3, "scheduled": 2}, "Kind of automation"), Column("steps", "integer", whole(1, 9), "Steps that it has")), "An automation was built", who=_manages),
    Happening("integrationConnected", 0.6, 2, (enumerated("integration", {"Shopify": 4, "Slack": 5, "Jira": 3, "Stripe": 2, "WhatsApp": 2}),), "Another system was connected", who=_manages),
    Happening("seatInvited", 0.65, 3, (enumerated("invitedRole", {"admin": 1, "agent": 6, "light_agent": 3}),), "Somebody was invited to take a seat", who=_manages),
    Happening("apiCallMade", 0.25, 14, (enumerated("endpoint", {"/tickets": 5, "/users": 3, "/search": 2, "/exports": 1}), Column("statusCode", "integer", lambda rng, _: rng.choices((200, 201, 404, 429, 500), (8, 3, 1, 1, 0.5))[0], "HTTP status of the answer")), "A call of our API with the user's key"),
    Happening("reportViewed", 0.6, 6, (enumerated("report", {"CSAT": 4, "Backlog": 3, "Response Times": 4, "Agent Activity": 2}), Column("exported", "boolean", chance(0.3), "Downloaded as a file"))),
    Happening("kbArticlePub", 0.3, 3, (enumerated("articleLanguage", {"en": 6, "de": 2, "es": 2}), Column("words", "integer", lambda rng, _: int(100 * 10 ** (rng.random() * 1.3)), "Length in words")), "An article of the help center was published"),
    Happening("Invoice Paid", 0.7, 6, (_AMOUNT, enumerated("payMethod", {"card": 6, "ach": 3, "wire": 1})), who=_manages),
    Happening("Payment Failed", 0.35, 1.5, (_AMOUNT, enumerated("failureCode", {"expired_card": 4, "insufficient_funds": 3, "declined": 3})), who=_manages),
    Happening("Plan Changed", 0.35, 0.9, (enumerated("direction", {"upgrade": 5, "downgrade": 3}), enumerated("toPlan", PLANS, f"Plan afterwards: {PLAN_TEXT}")), "The plan of the company was changed by the user", who=_manages),
    Happening("Webinar Registered", 0.45, 1.8, (_TOPIC,), "Signed up for a webinar"),
    Happening("Webinar Attended", 0.02, 0.2, (_TOPIC, Column("minutesWatched", "integer", whole(2, 60))), after=("Webinar Registered", 0.55, 240)),
    Happening("Email Opened", 0.75, 8, (_CAMPAIGN,)),
    Happening("Email Clicked", 0.02, 0.3, (_CAMPAIGN,), after=("Email Opened", 0.34, 10)),
    Happening("NPS Submitted", 0.4, 1.4, (Column("score", "integer", lambda rng, _: rng.choice((0, 2, 4, 6, 7, 7, 8, 8, 9, 9, 10)), "0 to 10"), Column("withComment", "boolean", chance(0.4))), "The NPS survey was answered"),
)  # fmt: skip

WORLD = World(
    name="ticketwell",
    seed=20260922,
    as_of=AS_OF,
    people=1_700,
    traits=TRAITS,
    events=EVENTS,
    prefix="tw",
    accounts=280,
    members=0.92,
    account_traits=ACCOUNT_TRAITS,
    history_days=560,
    inactive_plan=(
        Happening("voiceCallRecorded", 0, 0, (Column("seconds", "integer", whole(10, 900), "Length in seconds"),), "A call was recorded"),
    ),
    settings={
        "timezone": "America/New_York",
        "currency": "USD",
        "lookback_days": 550,
        "dynamic_plus_limit": 30,
        "glossary": {
            "power agent": "event('ticketSolved').within(30 days).count() >= 2",
            "promoter": "trait('npsScore') >= 9",
            "detractor": "trait('npsScore') <= 6",
            "decision maker": "trait('jobTitle').one_of('Head of Support', 'Support Manager', 'Founder')",
        },
    },
)  # fmt: skip
