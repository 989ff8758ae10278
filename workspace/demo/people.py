"""The customers of the made-up retailer, and the companies that some of them work for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from workspace.demo.world import (
    DAY,
    Bools,
    Choice,
    Column,
    Floats,
    Ints,
    dates,
    gaps,
    lists,
    moments,
    money,
    texts,
    unset,
)

PEOPLE = 5000
COMPANIES = 240
YEAR = 365 * DAY

# What kind of buyer somebody is: share, and visits a year.
LOOKER, ONE_ORDER, REGULAR, HEAVY, LAPSED = range(5)
SHARES = (0.28, 0.22, 0.25, 0.08, 0.17)
VISITS = (2.4, 2.6, 5.5, 13.0, 5.0)


@dataclass(frozen=True)
class People:
    """Per person, in the order of ids. Times are seconds since 1970."""

    kind: Ints
    created: Ints
    first_visit: Ints  # from when on, and until when, they visit
    last_visit: Ints
    country: Ints
    tastes: Ints  # favourite category
    opens: Floats  # how readily e-mails are opened, 0 to 1
    mailed: Bools  # gets e-mails
    has_app: Bools
    business: Bools  # works for a company
    staff: Bools


@dataclass(frozen=True)
class Activity:
    """What the events tell of each person, for the traits that are computed from them."""

    orders: Ints
    spent: Floats
    last_order: Ints  # 0: none
    last_seen: Ints
    opted_out: Bools


def make_people(
    world: Mapping[str, Any], random: np.random.Generator, *, start: int, as_of: int
) -> People:
    kind = random.choice(5, PEOPLE, p=SHARES)
    created = as_of - (4.2 * YEAR * random.random(PEOPLE) ** 1.25).astype(np.int64) - DAY // 4
    fresh = created > as_of - 420 * DAY
    kind = np.where((kind == LAPSED) & fresh, ONE_ORDER, kind)
    first = np.maximum(created, start)
    quiet = (as_of - random.uniform(190, 620, PEOPLE) * DAY).astype(np.int64)
    last = np.where(kind == LAPSED, np.maximum(quiet, first + 20 * DAY), as_of - 2 * 3600)
    countries = Choice(
        tuple(world["countries"]), _shares([each["share"] for each in world["countries"].values()])
    )
    categories = Choice(
        tuple(world["categories"]),
        _shares([each["share"] for each in world["categories"].values()]),
    )
    return People(
        kind=kind,
        created=created,
        first_visit=first,
        last_visit=last,
        country=countries.draw(random, PEOPLE),
        tastes=categories.draw(random, PEOPLE),
        opens=random.beta(1.6, 3.2, PEOPLE),
        mailed=random.random(PEOPLE) < 0.82,
        has_app=random.random(PEOPLE) < np.array([0.1, 0.15, 0.35, 0.6, 0.1])[kind],
        business=random.random(PEOPLE) < 0.12,
        staff=random.random(PEOPLE) < 0.012,
    )


def ids(first: str, start: int, count: int) -> pa.Array:
    return pa.array([f"{first}{start + index}" for index in range(count)], pa.string())


def user_traits(
    world: Mapping[str, Any],
    random: np.random.Generator,
    people: People,
    activity: Activity,
    *,
    as_of: int,
) -> dict[str, Column]:
    """One column per trait; what a shop would not know of everybody is missing for many."""
    size = PEOPLE
    first = random.integers(len(world["first_names"]), size=size)
    last = random.integers(len(world["last_names"]), size=size)
    nameless = gaps(random, size, 0.05)
    age = np.clip(np.round(random.gamma(7.0, 4.7, size)) + 6, 18, 84).astype(np.int64)
    born = as_of - age * (YEAR + DAY // 4) - random.integers(YEAR, size=size)
    orders, spent = activity.orders, money(activity.spent)
    none = orders == 0
    member = random.random(size) < np.array([0.25, 0.45, 0.8, 0.97, 0.55])[people.kind]
    tier = np.digitize(spent, [250.0, 900.0, 2200.0])
    points = np.where(member, (spent * 2 * random.uniform(0.1, 1.0, size)).astype(np.int64), 0)
    renewal = as_of + random.integers(-60, 365, size) * DAY
    opted = people.mailed & ~activity.opted_out
    risk = np.clip((as_of - activity.last_seen) // (150 * DAY), 0, 2).astype(np.int64)
    return {
        "email": _emails(world, random, first, last),
        "phone": _phones(random, people.country, list(world["countries"])),
        "first_name": texts(world["first_names"], first, missing=nameless),
        "last_name": texts(world["last_names"], last, missing=nameless | gaps(random, size, 0.06)),
        "gender": Choice.of(world["genders"]).some(random, size, missing=0.34),
        "age": unset(age, gaps(random, size, 0.27)),
        "birthday": dates(born, missing=gaps(random, size, 0.42)),
        **_places(world, random, people.country),
        "created_at": moments(people.created),
        "last_seen": moments(activity.last_seen),
        "acquisition_channel": Choice.of(world["acquisition_channels"]).some(
            random, size, missing=0.07
        ),
        "device": Choice.of(world["devices"]).some(random, size, missing=0.04),
        "has_app": people.has_app,
        "email_opt_in": unset(opted, gaps(random, size, 0.06)),
        "sms_opt_in": unset(random.random(size) < 0.24, gaps(random, size, 0.3)),
        "newsletter_frequency": Choice.of(world["frequencies"]).some(
            random, size, missing=~opted | gaps(random, size, 0.2)
        ),
        "loyalty_tier": texts(world["loyalty_tiers"], tier, missing=~member),
        "loyalty_points": unset(points, ~member),
        "membership_expires_on": dates(renewal, missing=~member | (tier < 1)),
        "orders_count": orders,
        "lifetime_value": spent,
        "average_order_value": unset(money(spent / np.maximum(orders, 1)), none),
        "last_order_at": moments(activity.last_order, missing=activity.last_order == 0),
        "favorite_category": texts(
            list(world["categories"]), people.tastes, missing=none | gaps(random, size, 0.15)
        ),
        "interests": _interests(world, random),
        "nps_score": unset(_scores(random), gaps(random, size, 0.76)),
        "churn_risk": texts(world["churn_risks"], risk, missing=none & gaps(random, size, 0.5)),
        "vip": unset(spent >= 1500, gaps(random, size, 0.04)),
        "is_employee": people.staff,
        "role": Choice.of(world["roles"]).some(random, size, missing=~people.business),
    }


def companies(
    world: Mapping[str, Any], random: np.random.Generator, people: People, *, as_of: int
) -> tuple[dict[str, Column], dict[str, Column]]:
    """Accounts, and who belongs to which: some to two, and some accounts have nobody."""
    size = COMPANIES
    names = [f"{name} {form}" for name in world["companies"] for form in world["company_forms"]]
    plans = Choice.of(world["account_plans"])
    plan = plans.draw(random, size)
    employees = np.exp(random.normal(np.array([2.2, 3.0, 4.2, 6.0])[plan], 0.7)).astype(np.int64)
    created = as_of - random.integers(20, 1500, size) * DAY
    monthly = np.array([0.0, 49.0, 199.0, 900.0])[plan] * random.integers(1, 4, size)
    accounts: dict[str, Column] = {
        "id": ids("a", 1001, size),
        "name": pa.array(names[:size]),
        "industry": Choice.of(world["industries"]).some(random, size, missing=0.05),
        "plan": texts(plans.texts, plan),
        "employees": unset(employees + 1, gaps(random, size, 0.12)),
        "country": texts(list(world["countries"]), random.integers(6, size=size)),
        "created_at": moments(created),
        "renewal_date": dates(
            as_of + random.integers(-30, 360, size) * DAY, missing=np.asarray(plan == 0)
        ),
        "monthly_spend": monthly,
        "health_score": unset(random.integers(20, 101, size), gaps(random, size, 0.2)),
        "is_key_account": np.asarray(employees > 120),
    }
    workers = np.flatnonzero(people.business)
    home = random.integers(size - 8, size=len(workers))
    second = random.random(len(workers)) < 0.05
    belongs = np.concatenate([home, (home[second] + 7) % (size - 8)])
    who = np.concatenate([workers, workers[second]])
    users = ids("u", 10001, PEOPLE)
    groups: dict[str, Column] = {
        "user_id": users.take(pa.array(who)),
        "group_id": ids("a", 1001, size).take(pa.array(belongs)),
    }
    return accounts, groups


def _places(
    world: Mapping[str, Any], random: np.random.Generator, country: Ints
) -> dict[str, Column]:
    """Country, state, city, post code and language, each unknown for some."""
    cities = [
        (code, city, None if state == "~" else state, post, part["language"])
        for code, part in world["countries"].items()
        for city, state, post in part["cities"]
    ]
    codes = list(world["countries"])
    counts = np.array([len(world["countries"][code]["cities"]) for code in codes])
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    place = starts[country] + (random.random(PEOPLE) * counts[country]).astype(np.int64)
    unknown = gaps(random, PEOPLE, 0.03)

    def column(part: int, missing: float) -> pa.Array:
        words = pa.array([each[part] for each in cities], pa.string())
        return words.take(pa.array(place, mask=unknown | gaps(random, PEOPLE, missing)))

    return {
        "country": column(0, 0.0),
        "state": column(2, 0.04),
        "city": column(1, 0.08),
        "postal_code": column(3, 0.2),
        "language": column(4, 0.05),
    }


def _emails(
    world: Mapping[str, Any], random: np.random.Generator, first: Ints, last: Ints
) -> pa.Array:
    hosts = ["example.com", "example.org", "example.net", "mail.example"]
    host = random.choice(len(hosts), PEOPLE, p=[0.5, 0.2, 0.2, 0.1])
    names = [each.lower() for each in world["first_names"]]
    families = [each.lower() for each in world["last_names"]]
    made = [
        f"{names[a]}.{families[b]}{index}@{hosts[c]}"
        for index, (a, b, c) in enumerate(zip(first, last, host, strict=True))
    ]
    return pa.array(made, pa.string(), mask=gaps(random, PEOPLE, 0.03))


def _phones(random: np.random.Generator, country: Ints, codes: list[str]) -> pa.Array:
    """Numbers from the ranges that are kept free for fiction, as far as there are such."""
    prefix = {"US": "+1 202 555 01", "CA": "+1 613 555 01", "GB": "+44 7700 9001"}
    number = random.integers(10, 100, PEOPLE)
    made = [
        f"{prefix.get(codes[where], '+1 303 555 01')}{digits}"
        for where, digits in zip(country, number, strict=True)
    ]
    return pa.array(made, pa.string(), mask=gaps(random, PEOPLE, 0.43))


def _interests(world: Mapping[str, Any], random: np.random.Generator) -> pa.Array:
    words = world["interests"]
    order = random.random((PEOPLE, len(words))).argsort(axis=1)
    lengths = random.choice(5, PEOPLE, p=[0.3, 0.25, 0.25, 0.13, 0.07])
    chosen = np.arange(len(words))[None, :] < lengths[:, None]
    return lists(words, order[chosen], lengths)


def _scores(random: np.random.Generator) -> Ints:
    shares = np.array([2, 1, 2, 2, 3, 6, 7, 14, 22, 20, 21]) / 100
    return random.choice(11, PEOPLE, p=shares)


def _shares(values: list[str]) -> Floats:
    numbers = np.array([float(each) for each in values])
    return np.asarray(numbers / numbers.sum())
