"""viento: a travel company. Mixed naming: Spanish names with English descriptions, kebab and dots."""

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
    first_moment,
    money,
    pick,
    some_of,
    whole,
)

AS_OF = datetime(2026, 9, 10, 15, 0, tzinfo=UTC)  # a Thursday
COUNTRIES = {"ESP": 7, "FRA": 3, "PRT": 2, "DEU": 2, "GBR": 3, "ITA": 2, "MEX": 1.5, "USA": 1.5}
PLACES = {
    "Mallorca": 4,
    "Tenerife": 3,
    "Lisboa": 3,
    "Paris": 3,
    "Roma": 3,
    "Cancún": 1,
    "New York": 1.5,
    "Marrakech": 1.5,
}
CAMPAIGNS = {"verano": 3, "black_friday": 2, "newsletter": 5, "city_breaks": 3}


TRAITS = (
    Column("nombre", "text", pick("Lucía", "Mateo", "Sofía", "João", "Camille", "Lena", "Oliver"), "First name", missing=0.06),
    Column("email", "text", lambda rng, _: f"viajero{rng.randint(1, 999999)}@example.com", "E-mail address", missing=0.04),
    Column("telefono", "text", lambda rng, _: f"+3460{rng.randint(1000000, 9999999)}", "Phone number", missing=0.35),
    enumerated("pais", COUNTRIES, "Country of residence, ISO 3166-1 alpha-3", missing=0.05),
    enumerated("idioma", {"es": 6, "en": 4, "fr": 2, "de": 2, "pt": 2, "it": 1}, "Preferred language", missing=0.05),
    Column("birthday", "date", birth_date(AS_OF, 18, 82), "Date of birth", missing=0.22),
    enumerated("fidelityLevel", {"BRONZE": 6, "SILVER": 3, "GOLD": 2, "PLATINUM": 0.7}, "Level in the loyalty program", missing=0.25),
    Column("pointsBalance", "integer", lambda rng, _: int(rng.expovariate(1 / 9000)), "Loyalty points available", missing=0.25),
    Column("contract_end", "date", day_near(AS_OF, -120, 400), "End of the club membership contract", missing=0.5),
    Column("nextTripDate", "date", day_near(AS_OF, 0, 150), "Departure of the next booked trip", missing=0.6),
    Column("passport_expiry", "date", day_near(AS_OF, -200, 3000), "When the passport expires", missing=0.3),
    Column("acepta_marketing", "boolean", chance(0.58), "Opted in to marketing", missing=0.07),
    Column("sms_ok", "boolean", chance(0.4), "Agreed to receive SMS", missing=0.2),
    enumerated("home_airport", {"MAD": 5, "BCN": 4, "LIS": 2, "LHR": 2, "CDG": 2, "MEX": 1}, "Preferred departure airport: MAD = Madrid, BCN = Barcelona, LIS = Lisbon, LHR = London, CDG = Paris, MEX = Mexico City", missing=0.15),
    Column("kids", "integer", lambda rng, _: rng.choice((0, 0, 0, 1, 1, 2, 2, 3)), "Number of children travelling along", missing=0.2),
    enumerated("preferred_cabin", {"economy": 7, "premium_economy": 2, "business": 1.5}, "Preferred cabin class", missing=0.3),
    Column("viajes_totales", "integer", lambda rng, _: int(rng.expovariate(0.25)), "Number of trips so far"),
    Column("intereses", "list", some_of("beach", "ski", "culture", "food", "hiking", "nightlife"), "Travel interests", missing=0.3),
    Column("wheelchair_assistance", "boolean", chance(0.02), "Needs a wheelchair (health information)", missing=0.3),
    Column("joined_at", "timestamp", first_moment, "When the customer joined"),
    Column("is_employee", "boolean", chance(0.02), "Employee of the company"),
)  # fmt: skip

_PLACE = enumerated("destino", PLACES, "Destination")
_CHANNEL = enumerated("canal", {"web": 6, "app": 4, "agency": 2}, "Sales channel")
_CAMPAIGN = enumerated("campaign", CAMPAIGNS, "Campaign of the e-mail")

EVENTS = (
    Happening("Búsqueda de vuelos", 0.85, 18, (_PLACE, Column("pasajeros", "integer", whole(1, 6), "Number of passengers"), Column("solo_ida", "boolean", chance(0.3), "One-way only")), "Flights were searched"),
    Happening("Hotel Viewed", 0.6, 6, (_PLACE, Column("stars", "integer", whole(2, 5), "Stars of the hotel"), Column("pricePerNight", "number", money(40, 420), "Price per night in euros")), "The page of a hotel was looked at"),
    Happening(
        "Reserva creada", 0.3, 1.5,
        (_PLACE, enumerated("tipo", {"flight": 5, "hotel": 4, "package": 2, "cruise": 1}, "What was booked"), Column("noches", "integer", whole(1, 21), "Number of nights", missing=0.3), Column("precio", "number", money(60, 3200), "Price of the booking in euros"), Column("fecha_salida", "date", day_near(AS_OF, -300, 150), "Departure date"), _CHANNEL),
        "A trip was booked", after=("Búsqueda de vuelos", 0.22, 300),
    ),
    Happening("Reserva cancelada", 0.02, 0.4, (_PLACE, enumerated("motivo", {"illness": 2, "price": 3, "change_of_plans": 4, "weather": 1}, "Why it was cancelled", missing=0.1), Column("reembolso", "number", money(0, 1500), "Amount refunded in euros", missing=0.4)), "A booking was cancelled", after=("Reserva creada", 0.2, 900)),
    Happening(
        "Compra realizada", 0.3, 1.6,
        (enumerated("producto", {"insurance": 3, "extra_luggage": 4, "seat": 4, "car_rental": 2, "lounge_pass": 1}, "What was bought"), Column("importe", "number", money(8, 380), "Amount in euros"), _CHANNEL),
        "An extra was purchased (insurance, luggage, seat, car)", after=("Reserva creada", 0.35, 200),
    ),
    Happening("CheckIn_Done", 0.03, 0.5, (enumerated("method", {"mobile": 5, "kiosk": 2, "desk": 2}, "How the check-in was done"),), "Checked in for a flight", after=("Reserva creada", 0.6, 1300)),
    Happening("flight.delayed", 0.02, 0.3, (Column("minutes_late", "integer", whole(15, 300), "Delay in minutes"),), "The flight of the customer was delayed", after=("CheckIn_Done", 0.25, 6)),
    Happening("lounge-visit", 0.1, 1.5, (enumerated("airport", {"MAD": 4, "BCN": 3, "LIS": 1, "LHR": 2}, "Airport of the lounge"),), "Entered an airport lounge"),
    Happening("Upgrade Purchased", 0.02, 0.5, (enumerated("cabin", {"premium_economy": 3, "business": 2}, "Cabin upgraded to"), Column("precio", "number", money(50, 700), "Price in euros")), "A cabin upgrade was bought", after=("Reserva creada", 0.12, 700)),
    Happening("Puntos canjeados", 0.25, 1.4, (Column("points", "integer", lambda rng, _: 500 * rng.randint(1, 40), "Points spent"), enumerated("reward", {"flight": 4, "hotel_night": 3, "gift": 2}, "Reward chosen")), "Loyalty points were redeemed"),
    Happening("Reseña enviada", 0.2, 1, (Column("rating", "integer", lambda rng, _: rng.choice((1, 2, 3, 4, 4, 5, 5)), "Rating, 1 to 5"),), "A review was submitted"),
    Happening("Support Call", 0.3, 1.2, (enumerated("topic", {"refund": 3, "change": 3, "baggage": 2, "complaint": 2}, "Topic of the call"), Column("duration_min", "integer", whole(1, 50), "Length in minutes")), "The customer called the support line", after=("flight.delayed", 0.3, 48)),
    Happening("Email Received", 0.9, 9, (_CAMPAIGN,), "A marketing e-mail was received"),
    Happening("Email Opened", 0.1, 0.4, (_CAMPAIGN,), "A marketing e-mail was opened", after=("Email Received", 0.42, 60)),
    Happening("Email Clicked", 0.02, 0.3, (_CAMPAIGN,), "A link in an e-mail was clicked", after=("Email Opened", 0.3, 5)),
    Happening("App Opened", 0.55, 9, (enumerated("platform", {"ios": 5, "android": 5}, "Platform"),), "The app was opened"),
    Happening("SMS_Sent", 0.4, 2, (), "A text message was sent to the customer"),
    Happening("suscripcion_club_iniciada", 0.3, 0.6, (enumerated("nivel", {"individual": 5, "family": 3}, "Kind of membership"), Column("cuota", "number", lambda rng, _: rng.choice((49.0, 99.0, 149.0)), "Yearly fee in euros")), "Joined the travel club"),
)  # fmt: skip

WORLD = World(
    name="viento",
    seed=20260910,
    as_of=AS_OF,
    people=2_200,
    traits=TRAITS,
    events=EVENTS,
    prefix="v",
    settings={
        "timezone": "Europe/Madrid",
        "currency": "EUR",
        "lookback_days": 400,
        "glossary": {
            "frequent flyer": "trait('viajes_totales') >= 8",
            "VIP": "trait('fidelityLevel').one_of('GOLD', 'PLATINUM')",
            "family traveller": "trait('kids') >= 1",
        },
    },
)  # fmt: skip
