"""`shop`, the demo: a made-up outdoor retailer, the same on every machine.

5,000 people, about 200,000 events over two years, Segment's e-commerce and e-mail events and some of
the shop's own, a business side with accounts, strategies with personas. What it is made of stands in
`workspace/demo/shop/`; the same seed makes the same files.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from workspace.config import load_config
from workspace.demo.contacts import Contacts
from workspace.demo.folder import DEMO, write_descriptions
from workspace.demo.people import (
    PEOPLE,
    Activity,
    People,
    companies,
    ids,
    make_people,
    user_traits,
)
from workspace.demo.visits import Orders, Shop, Visits, generator
from workspace.demo.world import Bools, Folder, load_world

SEED = 20_260_915
HISTORY = timedelta(days=745)


def make_shop(folder: Path, *, seed: int = SEED) -> None:
    """Writes the demo's workspace folder: Parquet files, plan, strategies, settings."""
    folder.mkdir(parents=True, exist_ok=True)
    write_descriptions("shop", folder)
    fixed = load_config(folder / "workspace.yaml").as_of
    if fixed is None:
        raise ValueError("the demo's workspace.yaml fixes as_of")
    as_of, start = _seconds(fixed), _seconds(fixed - HISTORY)
    world = load_world(DEMO / "shop" / "world.yaml")
    people = make_people(world, generator(seed, "people"), start=start, as_of=as_of)
    written = Folder(folder, ids("u", 10001, PEOPLE))

    shop = Shop(world, people, written, seed=seed, as_of=as_of)
    visits = shop.visits()
    shop.look(visits)
    orders = shop.order(visits, shop.fill_carts(visits))
    shop.refund(orders)

    contacts = Contacts(world, people, written, seed=seed, start=start, as_of=as_of)
    left = contacts.emails()
    contacts.sign_ups(visits)
    contacts.app()
    contacts.service()
    contacts.gone_by()
    contacts.business()

    traits = user_traits(
        world,
        generator(seed, "traits"),
        people,
        _activity(people, visits, orders, left),
        as_of=as_of,
    )
    written.table("users", {"id": written.user_ids} | traits)
    accounts, groups = companies(world, generator(seed, "companies"), people, as_of=as_of)
    written.table("accounts", accounts)
    written.table("groups", groups)


def _activity(people: People, visits: Visits, orders: Orders, left: Bools) -> Activity:
    last_order = np.zeros(PEOPLE, np.int64)
    np.maximum.at(last_order, orders.who, orders.at)
    last_seen = people.created.copy()
    np.maximum.at(last_seen, visits.who, visits.start)
    np.maximum.at(last_seen, orders.who, orders.at)
    return Activity(
        orders=np.bincount(orders.who, minlength=PEOPLE),
        spent=np.bincount(orders.who, orders.total, PEOPLE).astype(np.float64),
        last_order=last_order,
        last_seen=last_seen,
        opted_out=left,
    )


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
