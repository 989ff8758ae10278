"""What the customers of the made-up retailer look at, put into their carts and order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

from workspace.demo.people import HEAVY, LOOKER, ONE_ORDER, PEOPLE, VISITS, YEAR, People
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
    lists,
    money,
    texts,
)

# How busy each month is, January first: before summer, and before Christmas.
_MONTHS = np.array([0.7, 0.7, 0.85, 1.0, 1.25, 1.3, 1.1, 0.9, 0.95, 0.9, 1.7, 1.75])
_SNOW_MONTHS = (1, 2, 11, 12)
_FREE_SHIPPING_FROM = 75.0
_ONE_IS_ENOUGH_FROM = 150.0


@dataclass(frozen=True)
class Items:
    """Products that went into carts; `visit` is the position of the visit, ascending."""

    visit: Ints
    product: Ints
    quantity: Ints


@dataclass(frozen=True)
class Visits:
    """Visits to the shop, in the order of people; `buys` ends in an order."""

    who: Ints
    start: Ints
    buys: Bools
    fills: Bools  # puts something into the cart


@dataclass(frozen=True)
class Orders:
    who: Ints
    at: Ints
    total: Floats
    number: pa.Array  # order_id


class Products:
    """Every product of the world, one position each."""

    def __init__(self, world: Mapping[str, Any]) -> None:
        rows = [
            (name, brand, float(price), category)
            for category, part in world["categories"].items()
            for name, brand, price in sorted(part["products"], key=lambda each: float(each[2]))
        ]
        self.categories = list(world["categories"])
        self.names = [each[0] for each in rows]
        self.brands = [each[1] for each in rows]
        self.prices = np.array([each[2] for each in rows])
        self.category = np.array([self.categories.index(each[3]) for each in rows])
        self._sizes = np.bincount(self.category)
        self._starts = np.concatenate([[0], np.cumsum(self._sizes)[:-1]])

    def draw(self, random: np.random.Generator, category: Ints) -> Ints:
        """A product of each category, cheap ones more often."""
        within = (random.random(len(category)) ** 1.8 * self._sizes[category]).astype(np.int64)
        return self._starts[category] + within

    def columns(self, product: Ints) -> dict[str, Column]:
        return {
            "product_id": pa.array([f"p{100 + each}" for each in product], pa.string()),
            "name": texts(self.names, product),
            "category": texts(self.categories, self.category[product]),
            "brand": texts(self.brands, product),
            "price": self.prices[product],
        }


class Shop:
    """Writes every event of visits. One generator per subject, so that they do not shift each other."""

    def __init__(
        self, world: Mapping[str, Any], people: People, folder: Folder, *, seed: int, as_of: int
    ) -> None:
        self._world = world
        self._people = people
        self._folder = folder
        self._as_of = as_of
        self._products = Products(world)
        self._random = partial(generator, seed)

    def visits(self) -> Visits:
        random = self._random("visits")
        people = self._people
        years = (people.last_visit - people.first_visit) / YEAR
        count = random.poisson(np.array(VISITS)[people.kind] * years)
        count = np.where(people.kind != LOOKER, np.maximum(count, 1), count)
        who = np.repeat(np.arange(PEOPLE), count)
        start = self._busy_times(random, people.first_visit[who], people.last_visit[who])
        buys = random.random(len(who)) < np.array([0.0, 0.0, 0.3, 0.45, 0.35])[people.kind[who]]
        firsts = np.flatnonzero(np.diff(who, prepend=-1))
        buys[firsts] |= people.kind[who[firsts]] == ONE_ORDER
        buys[firsts] |= people.kind[who[firsts]] > HEAVY - 2
        fills = buys | (random.random(len(who)) < 0.15)
        return Visits(who, start, buys, fills)

    def look(self, visits: Visits) -> None:
        """Pages, lists, searches and products seen."""
        random = self._random("look")
        world = self._world
        rows, at = self._during(random, visits, 1 + random.poisson(0.3, len(visits.who)))
        pages = Choice.of(world["pages"])
        page = pages.draw(random, len(rows))
        self._folder.event(
            "Page Viewed",
            visits.who[rows],
            at,
            {
                "name": texts(pages.texts, page),
                "path": texts([f"/{each.lower().replace(' ', '-')}" for each in pages.texts], page),
                "referrer": Choice.of(world["referrers"]).some(random, len(rows), missing=0.62),
            },
            table="pages",
        )
        rows, at = self._during(random, visits, random.poisson(0.4, len(visits.who)))
        category = self._category(random, visits, rows)
        self._folder.event(
            "Product List Viewed",
            visits.who[rows],
            at,
            {
                "category": texts(self._products.categories, category),
                "results": random.integers(3, 40, len(rows)),
            },
        )
        rows, at = self._during(random, visits, random.poisson(0.28, len(visits.who)))
        self._folder.event(
            "Products Searched",
            visits.who[rows],
            at,
            {
                "query": Choice.of(world["searches"]).some(random, len(rows)),
                "results": np.maximum(random.poisson(9, len(rows)) - 2, 0),
            },
        )
        rows, at = self._during(
            random, visits, random.poisson(0.85, len(visits.who)) + visits.fills.astype(np.int64)
        )
        product = self._products.draw(random, self._category(random, visits, rows))
        self._folder.event(
            "Product Viewed",
            visits.who[rows],
            at,
            self._products.columns(product)
            | {"color": Choice.of(world["colors"]).some(random, len(rows), missing=0.35)},
        )
        wished = np.flatnonzero(random.random(len(rows)) < 0.09)
        self._folder.event(
            "Product Added to Wishlist",
            visits.who[rows[wished]],
            at[wished] + 60,
            self._products.columns(product[wished]),
        )

    def fill_carts(self, visits: Visits) -> Items:
        """Products put into carts, and taken out again."""
        random = self._random("carts")
        most = np.where(visits.buys, 1 + random.poisson(0.8, len(visits.who)), 1)
        count = np.where(visits.fills, np.minimum(most, 6), 0)
        visit = np.repeat(np.arange(len(visits.who)), count)
        items = Items(
            visit,
            self._products.draw(random, self._category(random, visits, visit)),
            random.choice(4, len(visit), p=[0.0, 0.86, 0.1, 0.04]),
        )
        dear = self._products.prices[items.product] > _ONE_IS_ENOUGH_FROM
        items = Items(visit, items.product, np.where(dear, 1, items.quantity))
        at = visits.start[visit] + random.integers(120, 900, len(visit))
        columns = self._products.columns(items.product) | {"quantity": items.quantity}
        self._folder.event("Product Added", visits.who[visit], at, columns)
        out = np.flatnonzero(~visits.buys[visit] & (random.random(len(visit)) < 0.35))
        self._folder.event(
            "Product Removed",
            visits.who[visit[out]],
            at[out] + random.integers(30, 600, len(out)),
            self._products.columns(items.product[out]) | {"quantity": items.quantity[out]},
        )
        seen = np.flatnonzero(
            visits.fills & (random.random(len(visits.who)) < np.where(visits.buys, 0.93, 0.6))
        )
        value = self._value(visits, items)
        self._folder.event(
            "Cart Viewed",
            visits.who[seen],
            visits.start[seen] + 1000,
            {"value": money(value[seen]), "items": count[seen]},
        )
        return items

    def order(self, visits: Visits, items: Items) -> Orders:
        """Checkouts, coupons and orders of the visits that end in one."""
        random = self._random("orders")
        world = self._world
        subtotal = self._value(visits, items)
        started = np.flatnonzero(
            visits.buys | (visits.fills & (random.random(len(visits.who)) < 0.3))
        )
        self._folder.event(
            "Checkout Started",
            visits.who[started],
            visits.start[started] + 1200,
            {"value": money(subtotal[started]), "currency": pa.array(["USD"] * len(started))},
        )
        rows = np.flatnonzero(visits.buys)
        size = len(rows)
        at = visits.start[rows] + random.integers(1500, 3600, size)
        price = subtotal[rows]
        codes = list(world["coupons"])
        percent = np.array([float(world["coupons"][each]) for each in codes])
        coupon = self._coupons(random, visits, rows, at)
        used = coupon >= 0
        discount = money(np.where(used, price * percent[coupon] / 100, 0.0))
        free = (price >= _FREE_SHIPPING_FROM) | (used & (percent[coupon] == 0))
        methods = Choice.of(world["shipping_methods"])
        method = methods.draw(random, size)
        shipping = np.where(free | (method == 2), 0.0, np.where(method == 1, 14.95, 6.95))
        tax = money(
            (price - discount) * np.where(self._people.country[visits.who[rows]] == 0, 0.07, 0.0)
        )
        number = pa.array([f"o{500001 + index}" for index in np.argsort(np.argsort(at))])
        first = np.searchsorted(items.visit, rows)
        last = np.searchsorted(items.visit, rows, side="right")
        bought = np.flatnonzero(visits.buys[items.visit])
        orders = Orders(visits.who[rows], at, money(price - discount + shipping + tax), number)
        category = self._products.category[items.product[first]]
        self._folder.event(
            "Order Completed",
            orders.who,
            orders.at,
            {
                "order_id": number,
                "total": orders.total,
                "subtotal": money(price),
                "discount": discount,
                "shipping": shipping,
                "tax": tax,
                "currency": pa.array(["USD"] * size),
                "coupon": texts(codes, np.maximum(coupon, 0), missing=~used),
                "payment_method": Choice.of(world["payment_methods"]).some(
                    random, size, missing=0.02
                ),
                "shipping_method": texts(methods.texts, method),
                "channel": Choice.of(world["order_channels"]).some(random, size),
                "category": texts(self._products.categories, category),
                "brand": texts(self._products.brands, items.product[first]),
                "products": lists(self._products.names, items.product[bought], last - first),
                "quantity": np.add.reduceat(
                    items.quantity[bought], np.cumsum(last - first) - (last - first)
                ),
                "is_gift": random.random(size) < 0.09,
                "delivery_date": dates(
                    at + random.integers(2, 9, size) * DAY, missing=gaps(random, size, 0.05)
                ),
            },
        )
        self._folder.event(
            "Coupon Applied",
            orders.who[used],
            orders.at[used] - 120,
            {
                "coupon_name": texts(codes, coupon[used]),
                "discount": discount[used],
                "order_id": number.filter(pa.array(used)),
            },
        )
        self._review(visits, _chosen(items, bought), rows, at)
        return orders

    def refund(self, orders: Orders) -> None:
        random = self._random("refunds")
        later = orders.at + random.integers(3 * DAY, 30 * DAY, len(orders.at))
        back = np.flatnonzero((random.random(len(later)) < 0.06) & (later < self._as_of))
        part = np.where(random.random(len(back)) < 0.7, 1.0, 0.5)
        self._folder.event(
            "Order Refunded",
            orders.who[back],
            later[back],
            {
                "order_id": orders.number.take(pa.array(back)),
                "total": money(orders.total[back] * part),
                "currency": pa.array(["USD"] * len(back)),
                "reason": Choice.of(self._world["refund_reasons"]).some(
                    random, len(back), missing=0.1
                ),
                "full_refund": part == 1.0,
            },
        )

    def _value(self, visits: Visits, items: Items) -> Floats:
        """What the cart of each visit is worth."""
        prices = items.quantity * self._products.prices[items.product]
        return np.bincount(items.visit, prices, len(visits.who)).astype(np.float64)

    def _review(self, visits: Visits, bought: Items, rows: Ints, at: Ints) -> None:
        random = self._random("reviews")
        ordered = at[np.searchsorted(rows, bought.visit)]
        later = ordered + random.integers(5 * DAY, 40 * DAY, len(ordered))
        said = np.flatnonzero((random.random(len(later)) < 0.1) & (later < self._as_of))
        words = random.integers(len(self._world["reviews"]), size=len(said))
        self._folder.event(
            "Product Reviewed",
            visits.who[bought.visit[said]],
            later[said],
            self._products.columns(bought.product[said])
            | {
                "rating": random.choice(6, len(said), p=[0, 0.06, 0.07, 0.14, 0.3, 0.43]),
                "review_body": texts(
                    self._world["reviews"], words, missing=gaps(random, len(said), 0.25)
                ),
            },
        )

    def _coupons(self, random: np.random.Generator, visits: Visits, rows: Ints, at: Ints) -> Ints:
        """Position of the coupon of each order, -1 for none; Black Friday's only in late November."""
        size = len(rows)
        month = _month(at)
        november = month == 11
        chosen = random.choice(4, size, p=[0.2, 0.3, 0.3, 0.2])
        chosen = np.where((chosen == 1) & ((month < 6) | (month > 8)), 3, chosen)
        chosen = np.where(november & (random.random(size) < 0.6), 4, chosen)
        uses = random.random(size) < np.where(november, 0.45, 0.2)
        return np.where(uses, chosen, -1)

    def _category(self, random: np.random.Generator, visits: Visits, rows: Ints) -> Ints:
        """What somebody looks at: mostly their favourite category, snow gear in winter."""
        favourite = self._people.tastes[visits.who[rows]]
        any_other = Choice.of(
            {each: part["share"] for each, part in self._world["categories"].items()}
        ).draw(random, len(rows))
        category = np.where(random.random(len(rows)) < 0.55, favourite, any_other)
        winter = np.isin(_month(visits.start[rows]), _SNOW_MONTHS)
        snow = self._products.categories.index("Snow")
        return np.where(winter & (random.random(len(rows)) < 0.16), snow, category)

    def _during(
        self, random: np.random.Generator, visits: Visits, count: Ints
    ) -> tuple[Ints, Ints]:
        """`count` moments within each visit: positions of the visits, and times."""
        rows = np.repeat(np.arange(len(visits.who)), count)
        return rows, visits.start[rows] + random.integers(0, 1100, len(rows))

    def _busy_times(self, random: np.random.Generator, first: Ints, last: Ints) -> Ints:
        """Moments between `first` and `last`, more of them in busy months and in the evening."""
        days = np.arange(first.min() // DAY, self._as_of // DAY + 2)
        load = np.concatenate([[0.0], np.cumsum(_MONTHS[_month(days * DAY) - 1])])
        low = np.interp(first / DAY, days, load[:-1])
        high = np.interp(last / DAY, days, load[:-1])
        drawn = np.interp(low + random.random(len(first)) * (high - low), load[:-1], days)
        hours = np.clip(random.normal(19.5, 4.5, len(first)) % 24, 0, 23.9)
        at = (np.floor(drawn) * DAY + hours * HOUR).astype(np.int64)
        return np.asarray(np.clip(at, first, np.minimum(last, self._as_of - 2 * HOUR)))


def _chosen(items: Items, rows: Ints) -> Items:
    return Items(items.visit[rows], items.product[rows], items.quantity[rows])


def _month(seconds: Ints) -> Ints:
    months = seconds.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    return np.asarray(months % 12 + 1)


def generator(seed: int, subject: str) -> np.random.Generator:
    return np.random.default_rng([seed, *subject.encode()])
