"""E-mails, sign-ins, support, stores and the business side of the made-up retailer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

from workspace.demo.people import HEAVY, LOOKER, PEOPLE, REGULAR, YEAR, People
from workspace.demo.visits import Visits, generator
from workspace.demo.world import (
    DAY,
    HOUR,
    Bools,
    Choice,
    Column,
    Floats,
    Folder,
    Ints,
    dates,
    gaps,
    moments,
    texts,
    unset,
)


@dataclass(frozen=True)
class Window:
    """When something could happen to each person: seconds since 1970."""

    first: Ints
    last: Ints


class Contacts:
    """Writes what happens to people outside their visits to the shop."""

    def __init__(
        self,
        world: Mapping[str, Any],
        people: People,
        folder: Folder,
        *,
        seed: int,
        start: int,
        as_of: int,
    ) -> None:
        self._world = world
        self._people = people
        self._folder = folder
        self._random = partial(generator, seed)
        self._start = start
        self._as_of = as_of

    def emails(self) -> Bools:
        """Campaign e-mails and what people did with them; returns who unsubscribed."""
        random = self._random("emails")
        world, people = self._world, self._people
        start = np.maximum(people.created, self._start)
        rate = np.where(people.mailed, 4.5, 0.0)
        who, at = self._moments(random, rate, Window(start, self._whole(self._as_of - HOUR)))
        leaves = random.random(PEOPLE) < 0.07
        left_at = np.where(leaves, start + (random.random(PEOPLE) * (self._as_of - start)), 2**40)
        kept = at < left_at[who]
        who, at = who[kept], at[kept]
        size = len(who)
        fails = random.random(size) < 0.012
        mail = self._mail(random, at)
        got = np.flatnonzero(~fails)
        self._folder.event("Email Delivered", who[got], at[got], _take(mail, got))
        lost = np.flatnonzero(fails)
        self._folder.event("Email Bounced", who[lost], at[lost], _take(mail, lost))
        opened_at = at + (random.exponential(9 * HOUR, size)).astype(np.int64) + 60
        opens = ~fails & (random.random(size) < people.opens[who]) & (opened_at < self._as_of)
        rows = np.flatnonzero(opens)
        self._folder.event("Email Opened", who[rows], opened_at[rows], _take(mail, rows))
        clicked_at = opened_at + random.integers(20, 1200, size)
        rows = np.flatnonzero(opens & (random.random(size) < 0.27) & (clicked_at < self._as_of))
        links = Choice.of(world["links"])
        link = links.draw(random, len(rows))
        self._folder.event(
            "Email Link Clicked",
            who[rows],
            clicked_at[rows],
            _take(mail, rows)
            | {
                "link_id": texts(links.texts, link),
                "link_url": texts(
                    [f"https://shop.example/{each.replace(' ', '-')}" for each in links.texts], link
                ),
            },
        )
        rows = np.flatnonzero(opens & (random.random(size) < 0.003))
        self._folder.event("Email Marked as Spam", who[rows], opened_at[rows], _take(mail, rows))
        gone = np.flatnonzero(leaves & people.mailed & (left_at < self._as_of))
        self._folder.event(
            "Unsubscribed",
            gone,
            left_at[gone].astype(np.int64),
            {"list_name": Choice.of(world["lists"]).some(random, len(gone), missing=0.1)},
        )
        return np.isin(np.arange(PEOPLE), gone)

    def sign_ups(self, visits: Visits) -> None:
        random = self._random("sign-ups")
        world, people = self._world, self._people
        fresh = np.flatnonzero(people.created >= self._start)
        self._folder.event(
            "Signed Up",
            fresh,
            people.created[fresh],
            {
                "type": Choice.of(world["sign_up_types"]).some(random, len(fresh), missing=0.02),
                "referred": random.random(len(fresh)) < 0.14,
            },
        )
        rows = np.flatnonzero(random.random(len(visits.who)) < 0.34)
        self._folder.event(
            "Signed In",
            visits.who[rows],
            visits.start[rows] + 20,
            {"method": Choice.of(world["sign_in_methods"]).some(random, len(rows))},
        )

    def app(self) -> None:
        random = self._random("app")
        people, world = self._people, self._world
        users = np.flatnonzero(people.has_app)
        installed = people.first_visit[users] + (
            random.random(len(users)) * (people.last_visit[users] - people.first_visit[users]) * 0.4
        ).astype(np.int64)
        systems = Choice.of(["ios", "android"])
        version = Choice.of(world["versions"])
        self._folder.event(
            "Application Installed",
            users,
            installed,
            {
                "version": version.some(random, len(users)),
                "os": systems.some(random, len(users), missing=0.03),
            },
        )
        since = np.full(PEOPLE, self._as_of)
        since[users] = installed
        who, at = self._moments(
            random, np.where(people.has_app, 5.0, 0.0), Window(since, people.last_visit)
        )
        self._folder.event(
            "Application Opened",
            who,
            at,
            {
                "version": version.some(random, len(who)),
                "from_background": random.random(len(who)) < 0.4,
            },
        )

    def service(self) -> None:
        """Support tickets, store visits, workshops, points, gift cards."""
        random = self._random("service")
        people, world = self._people, self._world
        buyers = people.kind != LOOKER
        rate = np.where(buyers, 0.16, 0.04)
        who, at = self._moments(random, rate, self._active())
        size = len(who)
        topic = Choice.of(world["support_topics"]).some(random, size, missing=0.03)
        self._folder.event(
            "Support Ticket Opened",
            who,
            at,
            {
                "topic": topic,
                "priority": Choice.of(world["priorities"]).some(random, size),
                "channel": Choice.of(world["support_channels"]).some(random, size),
                "first_contact": random.random(size) < 0.7,
            },
        )
        hours = np.round(random.exponential(26, size) + 0.2, 1)
        solved = at + (hours * HOUR).astype(np.int64)
        rows = np.flatnonzero((random.random(size) < 0.9) & (solved < self._as_of))
        self._folder.event(
            "Support Ticket Resolved",
            who[rows],
            solved[rows],
            {
                "topic": topic.take(pa.array(rows)),
                "hours_to_resolve": hours[rows],
                "satisfaction": unset(
                    random.choice(6, len(rows), p=[0, 0.07, 0.08, 0.17, 0.33, 0.35]),
                    gaps(random, len(rows), 0.45),
                ),
            },
        )
        who, at = self._moments(random, np.where(buyers, 0.28, 0.1), self._active())
        self._folder.event(
            "Store Visited",
            who,
            at,
            {
                "store": Choice.of(world["stores"]).some(random, len(who)),
                "with_purchase": random.random(len(who)) < 0.42,
            },
        )
        keen = np.isin(people.kind, (REGULAR, HEAVY))
        who, at = self._moments(random, np.where(keen, 0.4, 0.02), self._active())
        self._folder.event(
            "Loyalty Points Redeemed",
            who,
            at,
            {
                "points": random.choice([250, 500, 1000, 2000], len(who), p=[0.4, 0.35, 0.2, 0.05]),
                "reward": Choice.of(world["rewards"]).some(random, len(who)),
            },
        )
        who, at = self._moments(random, np.where(buyers, 0.08, 0.03), self._active())
        day = at + random.integers(2, 60, len(who)) * DAY
        self._folder.event(
            "Workshop Booked",
            who,
            at,
            {
                "workshop": Choice.of(world["workshops"]).some(random, len(who)),
                "store": Choice.of(world["stores"]).some(random, len(who), missing=0.05),
                "date": dates(day),
                "starts_at": moments(day // DAY * DAY + 17 * HOUR),
                "seats": random.choice([1, 2, 3, 4], len(who), p=[0.6, 0.3, 0.06, 0.04]),
            },
        )
        who, at = self._moments(random, np.where(buyers, 0.05, 0.02), self._active())
        amounts = np.array([float(each) for each in world["gift_amounts"]])
        self._folder.event(
            "Gift Card Purchased",
            who,
            at,
            {
                "amount": random.choice(amounts, len(who)),
                "delivery": Choice.of(["email", "post"]).some(random, len(who)),
                "recipient_email": pa.array(
                    [f"friend{each}@example.org" for each in range(len(who))],
                    mask=gaps(random, len(who), 0.4),
                ),
            },
        )

    def gone_by(self) -> None:
        """What the shop used to do: a printed catalogue, and a season of renting."""
        random = self._random("gone-by")
        until = self._whole(self._as_of - 420 * DAY)
        start = np.maximum(self._people.created, self._start)
        who, at = self._moments(random, self._rate(0.5), Window(start, until))
        self._folder.event(
            "Catalog Requested",
            who,
            at,
            {"format": Choice.of(["print", "pdf"]).some(random, len(who))},
        )
        until = self._whole(self._as_of - 310 * DAY)
        who, at = self._moments(
            random, self._rate(0.25), Window(np.maximum(start, until - 100 * DAY), until)
        )
        self._folder.event(
            "Rental Booked",
            who,
            at,
            {
                "gear": Choice.of(self._world["rental_gear"]).some(random, len(who)),
                "days": random.integers(1, 10, len(who)),
                "start_date": dates(at + 5 * DAY),
            },
        )

    def business(self) -> None:
        """What people do for the company they work for."""
        random = self._random("business")
        world, people = self._world, self._people
        active = self._active()
        who, at = self._moments(random, np.where(people.business, 1.1, 0.0), active)
        size = len(who)
        self._folder.event(
            "Quote Requested",
            who,
            at,
            {
                "product_line": Choice.of(world["product_lines"]).some(random, size),
                "amount": np.round(np.exp(random.normal(7.2, 0.9, size)), 2),
                "urgency": Choice.of(world["urgencies"]).some(random, size, missing=0.1),
            },
        )
        who, at = self._moments(random, np.where(people.business, 1.6, 0.0), active)
        late = np.where(random.random(len(who)) < 0.3, random.integers(1, 45, len(who)), 0)
        self._folder.event(
            "Invoice Paid",
            who,
            at,
            {"amount": np.round(np.exp(random.normal(6.3, 0.8, len(who))), 2), "days_late": late},
        )
        who, at = self._moments(random, np.where(people.business, 0.22, 0.0), active)
        self._folder.event(
            "Trial Started",
            who,
            at,
            {
                "trial_plan_name": Choice.of(["team", "business"]).some(random, len(who)),
                "trial_start_date": dates(at),
                "trial_end_date": dates(at + 30 * DAY),
            },
        )

    def _mail(self, random: np.random.Generator, at: Ints) -> dict[str, Column]:
        """What every e-mail event says; who gets a mail in one week gets one campaign's."""
        campaigns = Choice.of(self._world["campaigns"])
        week = at // (7 * DAY)
        campaign = (week * 7 + random.choice(3, len(at), p=[0.7, 0.2, 0.1])) % len(campaigns.texts)
        subjects = self._world["subjects"]
        return {
            "email_id": pa.array([f"e{each}" for each in week], pa.string()),
            "email_subject": texts(subjects, (week * 5 + campaign) % len(subjects)),
            "campaign_id": pa.array([f"c{each + 1:02}" for each in campaign], pa.string()),
            "campaign_name": texts(campaigns.texts, campaign),
            "list_name": Choice.of(self._world["lists"]).some(random, len(at), missing=0.06),
        }

    def _active(self) -> Window:
        return Window(self._people.first_visit, self._people.last_visit)

    def _whole(self, moment: int) -> Ints:
        return np.full(PEOPLE, moment)

    def _rate(self, a_year: float) -> Floats:
        return np.full(PEOPLE, a_year)

    def _moments(
        self, random: np.random.Generator, a_year: Floats, window: Window
    ) -> tuple[Ints, Ints]:
        """Chance moments within each person's window: positions of the people, and times."""
        length = np.maximum(window.last - window.first, 0)
        who = np.repeat(np.arange(PEOPLE), random.poisson(a_year * length / YEAR))
        at = window.first[who] + (random.random(len(who)) * length[who]).astype(np.int64)
        return who, at


def _take(columns: Mapping[str, Column], rows: Ints) -> dict[str, Column]:
    return {key: pa.array(values).take(pa.array(rows)) for key, values in columns.items()}
