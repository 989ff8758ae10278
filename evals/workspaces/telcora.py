"""telcora: a mobile network. camelCase, flags called `is…`, units in the names, two opt-ins."""

from __future__ import annotations

from datetime import UTC, datetime

from evals.workspaces.making import (
    Column,
    Happening,
    World,
    chance,
    day_near,
    enumerated,
    first_day,
    money,
    pick,
    whole,
)

AS_OF = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)  # a Wednesday


TRAITS = (
    Column("firstName", "text", pick("Ana", "Bo", "Cy")),
    Column("emailAddress", "text", lambda rng, _: f"c{rng.randint(1, 99999)}@example.com"),
    Column(
        "msisdn", "text", lambda rng, _: f"+4915{rng.randint(1000000, 9999999)}", "Mobile number"
    ),
    Column("age", "integer", whole(16, 90), missing=0.1),
    enumerated("gender", {"f": 5, "m": 5}, "f = female, m = male", missing=0.1),
    enumerated("city", {"Berlin": 4, "München": 3, "Hamburg": 2, "Köln": 2, "Leipzig": 1}),
    enumerated(
        "tariffName",
        {"Mobile S": 4, "Mobile M": 4, "Mobile L": 2, "Unlimited": 1, "Prepaid Basic": 3},
        "Name of the tariff",
    ),
    enumerated("contractType", {"prepaid": 3, "postpaid": 7}),
    Column("contractEndDate", "date", day_near(AS_OF, -60, 700), missing=0.2),
    Column("monthlyFee", "number", money(5, 90), "Monthly charge in euros"),
    Column(
        "dataAllowanceGb",
        "integer",
        lambda rng, _: rng.choice([3, 5, 10, 20, 50, 100]),
        "Included data per month in GB",
    ),
    Column("isRoamingEnabled", "boolean", chance(0.6)),
    Column("marketingOptIn", "boolean", chance(0.5), missing=0.05),
    Column("smsOptIn", "boolean", chance(0.5)),
    Column("customerSince", "date", first_day),
    enumerated("deviceBrand", {"Apple": 4, "Samsung": 4, "Xiaomi": 2, "Nokia": 1}),
    Column(
        "openInvoices",
        "integer",
        lambda rng, _: rng.choice([0, 0, 0, 0, 1, 1, 2, 3]),
        "Number of unpaid invoices",
    ),
    enumerated("networkGeneration", {"4G": 5, "5G": 5}),
    Column(
        "npsScore",
        "integer",
        whole(0, 10),
        "Last answer to how likely they are to recommend us",
        missing=0.5,
    ),
    enumerated(
        "householdSize",
        {"1": 3, "2": 3, "3": 2, "4+": 2},
        "Number of persons in the household",
        missing=0.2,
    ),
)

EVENTS = (
    Happening(
        "callMade",
        0.9,
        50,
        (
            Column("durationMinutes", "number", money(0.2, 60)),
            enumerated("callType", {"national": 8, "international": 2, "roaming": 1}),
        ),
    ),
    Happening(
        "dataTopUpPurchased",
        0.35,
        4,
        (
            Column("volumeGb", "integer", lambda rng, _: rng.choice([1, 2, 5, 10])),
            Column("price", "number", money(3, 30)),
        ),
    ),
    Happening(
        "invoicePaid",
        0.8,
        11,
        (
            Column("amount", "number", money(5, 120)),
            enumerated("method", {"directDebit": 5, "card": 3, "paypal": 1}),
        ),
    ),
    Happening(
        "invoiceOverdue",
        0.2,
        2,
        (Column("amount", "number", money(5, 120)), Column("daysOverdue", "integer", whole(1, 60))),
    ),
    Happening(
        "tariffChanged",
        0.25,
        1,
        (
            enumerated(
                "fromTariff", {"Mobile S": 4, "Mobile M": 4, "Mobile L": 2, "Prepaid Basic": 3}
            ),
            enumerated("toTariff", {"Mobile S": 1, "Mobile M": 4, "Mobile L": 2, "Unlimited": 2}),
            enumerated("direction", {"upgrade": 5, "downgrade": 2}),
        ),
    ),
    Happening(
        "supportCallReceived",
        0.4,
        2,
        (
            enumerated("topic", {"billing": 4, "network": 3, "cancellation": 2, "device": 1}),
            Column("waitSeconds", "integer", whole(5, 900)),
            Column("resolved", "boolean", chance(0.7)),
        ),
    ),
    Happening(
        "contractRenewed",
        0.3,
        1,
        (Column("termMonths", "integer", lambda rng, _: rng.choice([12, 24])),),
    ),
    Happening(
        "cancellationRequested",
        0.1,
        1,
        (enumerated("reason", {"price": 4, "network": 3, "moving": 1}),),
    ),
    Happening("selfCareAppOpened", 0.6, 20, (enumerated("os", {"iOS": 4, "Android": 6}),)),
    Happening(
        "deviceOrdered",
        0.2,
        1,
        (
            enumerated("brand", {"Apple": 4, "Samsung": 4, "Xiaomi": 2}),
            enumerated("category", {"smartphone": 6, "tablet": 2, "watch": 1, "router": 1}),
            Column("price", "number", money(50, 1500)),
        ),
    ),
    Happening(
        "roamingUsed",
        0.3,
        3,
        (
            enumerated("country", {"FR": 3, "ES": 3, "IT": 2, "US": 1}),
            Column("megabytes", "integer", whole(5, 4000)),
        ),
    ),
    Happening(
        "promoSmsSent",
        0.8,
        12,
        (enumerated("campaign", {"spring": 3, "loyalty": 3, "winback": 1}),),
    ),
    Happening(
        "promoSmsClicked",
        0.02,
        0.1,
        (enumerated("campaign", {"spring": 3, "loyalty": 3, "winback": 1}),),
        after=("promoSmsSent", 0.15, 20),
    ),
)

WORLD = World(
    name="telcora",
    seed=20260520,
    as_of=AS_OF,
    people=500,
    traits=TRAITS,
    events=EVENTS,
    prefix="m",
    settings={"timezone": "Europe/Berlin", "currency": "EUR"},
)
