"""Which workspace is opened, and what is said when it cannot be."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audience.catalog import SavedAudience
from audience.validator import bind
from tests.ui.cli import make_acme, make_plan_only
from workspace.importer import import_folder
from workspace.opening import (
    BrokenWorkspace,
    UnknownWorkspace,
    chosen_name,
    list_workspaces,
    open_workspace,
)
from workspace.persons import LOCAL
from workspace.runner import open_runner
from workspace.saved import audiences_of, catalog_for
from workspace.settings import Settings, load_settings
from workspace.store import Store

LATER = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path / "home")


@pytest.fixture
def acme(tmp_path: Path, settings: Settings) -> Path:
    folder = make_acme(tmp_path / "acme")
    import_folder(folder, settings.home)
    return folder


@pytest.mark.usefixtures("acme")
def test_the_only_workspace_is_opened_with_all_that_it_says_of_itself(settings: Settings) -> None:
    opened = open_workspace(settings)
    assert opened.name == "acme"
    assert opened.catalog.event("Order Completed") is not None
    assert opened.config.dynamic_plus_limit == 2
    assert [each.key for each in opened.strategies] == ["walks"]
    assert opened.data == opened.path / "data.duckdb"
    assert opened.as_of() == datetime(2026, 11, 22, tzinfo=UTC)
    assert opened.as_of(LATER) == LATER


def test_a_plan_alone_has_no_data_and_is_evaluated_now(tmp_path: Path, settings: Settings) -> None:
    import_folder(make_plan_only(tmp_path / "travel"), settings.home)
    opened = open_workspace(settings)
    assert opened.data is None
    before = datetime.now(UTC)  # noqa: TID251 - compared with the clock that is meant
    assert before <= opened.as_of() <= datetime.now(UTC)  # noqa: TID251


@pytest.mark.usefixtures("acme")
def test_a_name_asked_for_wins_over_the_setting_and_the_setting_over_the_only_one(
    tmp_path: Path, settings: Settings
) -> None:
    assert chosen_name(settings) == "acme"
    assert chosen_name(load_settings(home=settings.home, workspace="other")) == "other"
    assert chosen_name(load_settings(home=settings.home, workspace="other"), "third") == "third"
    import_folder(make_plan_only(tmp_path / "travel"), settings.home)
    assert chosen_name(settings) == "shop"  # of several none is the only one


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize(
    "name", ["acne", "", "../acme", "acme/", ".versions", "acme\x00", "x" * 999]
)
def test_an_unknown_name_is_an_error_with_the_nearest(settings: Settings, name: str) -> None:
    if name == "":
        assert open_workspace(settings, name).name == "acme"
        return
    with pytest.raises(UnknownWorkspace) as raised:
        open_workspace(settings, name)
    assert raised.value.code == "unknown_workspace"
    assert "\x00" not in raised.value.message
    if name == "acne":
        assert raised.value.suggestions == ("acme",)


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"events": 1}'])
def test_a_catalog_that_cannot_be_read_is_an_error_that_says_what_to_do(
    settings: Settings, content: bytes
) -> None:
    path = open_workspace(settings).path
    (path / "catalog.json").write_bytes(content)
    with pytest.raises(BrokenWorkspace, match="--replace"):
        open_workspace(settings)


@pytest.mark.usefixtures("acme")
def test_the_summary_counts_people_rows_and_fields(settings: Settings) -> None:
    (summary,) = list_workspaces(settings)
    fields = sum(1 for _ in open_workspace(settings).catalog.fields())
    assert (summary.name, summary.users, summary.events, summary.fields) == ("acme", 6, 12, fields)


def test_what_is_replaced_all_the_time_is_always_opened_whole(
    acme: Path, settings: Settings
) -> None:
    stop = threading.Event()

    def replace() -> None:
        while not stop.is_set():
            import_folder(acme, settings.home, replace=True)

    importing = threading.Thread(target=replace)
    importing.start()
    try:
        for _ in range(150):
            opened = open_workspace(settings)
            assert opened.config.lookback_days == 365
            assert opened.strategies
    finally:
        stop.set()
        importing.join()


@pytest.mark.usefixtures("acme")
def test_an_opened_workspace_can_be_counted_after_it_was_replaced(settings: Settings) -> None:
    folder = settings.home.parent / "again"
    make_acme(folder)
    opened = open_workspace(settings)
    import_folder(folder, settings.home, opened.name, replace=True)
    bound = bind("trait('country') = 'ES'", opened.catalog)
    assert open_runner(opened).preview(bound, as_of=opened.as_of()).reach == 3
    held = opened.path
    del opened
    import_folder(folder, settings.home, open_workspace(settings).name, replace=True)
    assert not held.exists()


@pytest.mark.usefixtures("acme")
def test_saved_audiences_are_read_only_where_one_may_be_meant(settings: Settings) -> None:
    workspace = open_workspace(settings)
    member = "trait('fans') = 'true'"
    assert audiences_of(settings, "acme") == ()
    assert not settings.store_file.exists()
    Store(settings.store_url).save_audience("acme", "Fans", "", "trait('age') > 9", "users", "dynamic", None, person=LOCAL)  # fmt: skip
    assert [each.key for each in catalog_for(settings, workspace, member).audiences] == ["fans"]
    assert catalog_for(settings, workspace, "trait('age') > 1").audiences == ()
    assert catalog_for(settings, workspace, "trait(").audiences == ()
    extended = workspace.with_audiences((SavedAudience("x", "X", member),))
    assert extended.catalog.audience("x") is not None
    assert extended.strategies == workspace.strategies


def test_the_demo_is_made_on_demand_and_kept(
    shop_home: Path,
) -> None:
    settings = load_settings(home=shop_home)
    opened = open_workspace(settings)
    assert opened.name == "shop"
    assert json.loads((opened.path / "report.json").read_bytes())["users"] == 5000
    assert open_workspace(settings).path == opened.path
