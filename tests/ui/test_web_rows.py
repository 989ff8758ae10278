"""Numbers, negatives, refinements, terms of the company and accounts: what the card says is what is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import copied
from tests.ui.browsing import (
    applied,
    card,
    expect_reach,
    muster,
    review_of,
    reviewed,
    saved,
    say,
)
from tests.ui.conftest import Server
from tests.ui.worlds import World
from tests.workspace import folders
from workspace.importer import import_folder

pytestmark = pytest.mark.browser


def expect_numbers(rows: Locator, server: Server, conditions: list[str]) -> None:
    """Each row says what the command line counts: of the condition alone, and after those before it."""
    before = int(muster(server.home, "preview", conditions[0])["universe"])
    for at, condition in enumerate(conditions):
        alone = muster(server.home, "preview", condition)["reach"]
        kept = muster(server.home, "preview", " AND ".join(conditions[: at + 1]))["reach"]
        said = f"{alone:,} (person|people) on its own.*keeps {kept:,}.*drops {before - kept:,}(?!\\d|,)"
        expect(rows.nth(at).locator(".mu-numbers")).to_have_text(re.compile(said))
        before = kept


def test_every_number_of_every_condition_is_what_the_command_line_counts(
    server: Server, world: World, page: Page
) -> None:
    review = review_of(page, server, world.three)
    rows = review.locator(".mu-condition")
    conditions = str(review.locator("code").text_content()).split(" AND ")
    expect(rows).to_have_count(len(conditions))
    expect_numbers(rows, server, conditions)
    review.get_by_role("button", name="Group, move, exclude").click()
    rows.first.get_by_role("button", name="Move down: ").click()
    conditions[:2] = conditions[1::-1]
    expect(review.get_by_label("Query")).to_have_value(" AND ".join(conditions))
    expect(review.locator("[data-outcome='ready']")).to_be_visible()
    expect_numbers(rows, server, conditions)


def test_a_draft_is_refined_in_place_and_the_newest_is_what_is_saved(
    server: Server, world: World, page: Page
) -> None:
    of_all = f"{world.query} AND {world.orders(90, 2)}"
    review = review_of(page, server, world.buying)
    expect(review.locator(".mu-badge")).to_have_text("Dynamic Plus")
    expect(review.get_by_label("Name of the audience")).not_to_have_value("")
    expect(review).to_contain_text(f"match this: {world.is_value}")
    lacking = f"trait('{world.lacked}').absent()"
    for words, query in (
        ("make it 60 days", of_all.replace("90", "60")),
        (f"only {world.lacking.lower()}", f"{of_all.replace('90', '60')} AND {lacking}"),
        (f"drop the {world.lacked.replace('_', ' ')} part", of_all.replace("90", "60")),
        ("undo", f"{of_all.replace('90', '60')} AND {lacking}"),
    ):
        say(page, words)
        expect(card(page, "review").locator("code")).to_have_text(query)
        expect_reach(reviewed(page), muster(server.home, "preview", query)["reach"])
    change = card(page, "review").locator("[data-part='change']")
    expect(change).to_contain_text(world.lacks)
    say(page, "save it as Refined in words")
    expect(card(page, "saved")).to_contain_text("Refined in words")
    (kept,) = saved(server, "Refined in words")
    assert kept["query"] == query


def test_not_done_is_none_of_it_and_reads_the_same_as_at_most_none(
    server: Server, world: World, page: Page
) -> None:
    review = review_of(page, server, world.lacking_idle)
    idle = "Order Completed did not happen in the last 30 days"
    expect(review.locator(".mu-condition").last).to_contain_text(idle)
    query = str(review.locator("code").text_content())
    assert query.endswith("event('Order Completed').within(30 days).count() = 0")
    review.get_by_role("button", name="Edit the query").click()
    review.get_by_label("Query").fill(query.replace(" = 0", " <= 0"))
    review.get_by_role("button", name="Apply").click()
    review = applied(page)
    expect(review.locator(".mu-condition").last).to_contain_text(idle)
    expect_reach(review, muster(server.home, "preview", query)["reach"])


@pytest.fixture(scope="module")
def shop(shop_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on the demo workspace, which has a glossary."""
    home = tmp_path_factory.mktemp("glossary") / "home"
    copied(shop_made, home)
    running = Server(home).start()
    yield running
    running.stop()
    assert "Traceback" not in running.log(), running.log()


def test_a_term_of_the_company_means_what_its_glossary_says(shop: Server, page: Page) -> None:
    review = review_of(page, shop, "Customers in California who are lapsed")
    lapsed = (
        "event('Order Completed').count() >= 1"
        " AND event('Order Completed').within(180 days).count() = 0"
    )
    query = f"trait('state') = 'CA' AND {lapsed}"
    expect(review.locator("code")).to_have_text(query)
    expect(review).to_contain_text("“lapsed” means what the glossary says")
    rows = review.locator(".mu-condition")
    expect(rows).to_have_count(3)
    expect(rows.last).to_contain_text("Order Completed did not happen in the last 180 days")
    expect(review.locator(".mu-word").last).to_have_text("lapsed")
    expect_reach(review, muster(shop.home, "preview", query)["reach"])
    expect_numbers(rows, shop, query.split(" AND "))
    say(page, "what does lapsed mean?")
    expect(page.get_by_text("means here").last).to_contain_text("180 days")


def test_a_window_longer_than_the_plan_keeps_is_told(shop: Server, page: Page) -> None:
    page.goto(shop.url)
    say(page, "Customers who bought something in the last 800 days")
    expect(page.get_by_text("Your plan keeps 730 days of history")).to_be_visible()
    expect(card(page, "review")).to_have_count(0)
    say(page, "Customers who bought something in the last 730 days")
    expect(reviewed(page).locator(".mu-condition")).to_contain_text("in the last 730 days")


@pytest.fixture(scope="module")
def companies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a workspace of forty accounts, each with three users."""
    made = tmp_path_factory.mktemp("companies")
    ids = [f"c{number:02}" for number in range(40)]
    users = [f"{id}-{number}" for id in ids for number in range(3)]
    sizes = [10 * (number + 1) for number in range(40)]
    folders.parquet(made / "in", "accounts", id=ids, employees=sizes)
    folders.parquet(made / "in", "users", id=users, country=["ES", "FR", "IT"] * 40)
    folders.parquet(made / "in", "groups", user_id=users, group_id=[each[:3] for each in users])
    folders.event(made / "in", "report_opened", "Report Opened", users[::4])
    home = made / "home"
    import_folder(made / "in", home, "companies")
    running = Server(home).start()
    yield running
    running.stop()
    assert "Traceback" not in running.log(), running.log()


def test_an_audience_of_accounts_is_built_edited_and_saved(companies: Server, page: Page) -> None:
    def count(query: str) -> int:
        return int(muster(companies.home, "preview", query, "--type", "accounts")["reach"])

    review = review_of(page, companies, "Accounts with more than 100 employees")
    large = "trait('employees') > 100"
    expect(review.locator("code")).to_have_text(large)
    expect(review).to_contain_text("of 40 accounts")
    expect_reach(review, count(large))

    review.get_by_role("button", name="Add a condition").click()
    review.get_by_role("textbox", name="Search a field to add").fill("report")
    review.locator(".mu-field").filter(has_text="Report Opened").first.click()
    whose = review.get_by_label("Of which users of the account")
    opened = "event('Report Opened').count() >= 1"
    for choice, word in (("any", "ANY"), ("all", "ALL")):
        whose.select_option(choice)
        query = f"{large} AND {word} users({opened})"
        expect(review.get_by_label("Query")).to_have_value(re.compile(rf"AND {word} "))
        query = review.get_by_label("Query").input_value()
        expect(review.locator("[data-outcome='ready']")).to_be_visible()
        expect(review.locator("[data-live]")).to_have_attribute("data-live", str(count(query)))
    whose.select_option("any")
    expect(review.get_by_label("Query")).to_have_value(re.compile("AND ANY "))
    query = review.get_by_label("Query").input_value()
    review.get_by_role("button", name="Apply").click()
    review = applied(page)
    expect_reach(review, count(query))
    expect(review).to_contain_text("at least one user of the account")
    review.get_by_label("Name of the audience").fill("Large readers")
    review.get_by_role("button", name="Save").click()
    expect(card(page, "saved")).to_contain_text("accounts")
    (kept,) = saved(companies, "Large readers")
    assert (kept["query"], kept["type"]) == (query, "accounts")
