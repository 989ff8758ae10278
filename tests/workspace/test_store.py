"""The store, on SQLite and, where it is installed, on a real PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from inspect import Parameter, signature
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from audience.catalog import SavedAudience
from audience.problems import MusterError
from tests.workspace import postgres_server
from workspace import connection
from workspace.audience_names import InvalidName, key_of
from workspace.connection import StoreUnavailable, transaction
from workspace.logins import Logins
from workspace.models import metadata
from workspace.permissions import NotAllowed
from workspace.persons import LOCAL
from workspace.store import AudienceInUse, DynamicPlusLimit, Store, UnknownAudience

ENGINES = ["sqlite", *(["postgres"] if postgres_server.installed() else [])]
SPAIN = "trait('country') = 'ES'"
BOUGHT = "event('Order Completed').count() >= 1"
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'state' / 'muster.db'}"
    return str(request.getfixturevalue("postgres_database"))


@pytest.fixture
def store(url: str) -> Store:
    return Store(url)


def save(store: Store, name: str, query: str = SPAIN, **more: object) -> SavedAudience:
    settings = {"kind": "dynamic", "limit": None, "at": NOON, "person": LOCAL} | more
    return store.save_audience("shop", name, "In Spain.", query, "users", **settings)  # type: ignore[arg-type]


def test_what_is_saved_is_there_for_who_opens_the_store_later(url: str) -> None:
    saved = save(Store(url), "Spanish VIPs", BOUGHT, kind="dynamic_plus")
    assert saved == SavedAudience(
        "spanish_vips", "Spanish VIPs", BOUGHT, "users", "dynamic_plus", "In Spain."
    )
    assert Store(url).audiences("shop") == (saved,)
    assert Store(url).audience("shop", "spanish_vips") == saved
    assert Store(url).audiences("grocer") == ()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("VIP churn risk", "vip_churn_risk"),
        ("  Café — fans (2026)!  ", "cafe_fans_2026"),
        ("orders >= 3 AND country = ES", "orders_3_and_country_es"),
        ("注文", "audience"),
        ("'; DROP TABLE muster_audiences; --", "drop_table_muster_audiences"),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_key_is_the_snake_case_of_the_name(name: str, key: str) -> None:
    assert key_of(name) == key


def test_keys_are_unique_and_never_a_trait(store: Store) -> None:
    keys = [save(store, "VIP", trait_names={"vip_2"}).key for _ in range(3)]
    assert keys == ["vip", "vip_3", "vip_4"]
    assert save(store, "Country", trait_names={"country"}).key == "country_2"


def test_renaming_keeps_the_key(store: Store) -> None:
    save(store, "VIP")
    renamed = store.rename_audience("shop", "vip", " Very  important ", at=NOON, person=LOCAL)
    assert (renamed.key, renamed.name) == ("vip", "Very important")


@pytest.mark.parametrize("name", ["", "   ", "\x00\x07", "n" * 201])
def test_a_name_that_is_none_is_refused(store: Store, name: str) -> None:
    with pytest.raises(InvalidName):
        save(store, name)
    assert store.audiences("shop") == ()


def test_the_same_request_saves_once(store: Store) -> None:
    first = save(store, "VIP", request_key="thread-1")
    again = save(store, "VIP", request_key="thread-1")
    other = save(store, "VIP", request_key="thread-2")
    assert again == first
    assert [each.key for each in store.audiences("shop")] == [first.key, other.key]


def test_at_the_limit_a_dynamic_plus_audience_is_refused_until_one_is_deleted(store: Store) -> None:
    plus = {"kind": "dynamic_plus", "limit": 2}
    save(store, "One", **plus)
    save(store, "Two", **plus)
    with pytest.raises(DynamicPlusLimit) as raised:
        save(store, "Three", **plus)
    assert raised.value.code == "dynamic_plus_limit"
    assert raised.value.suggestions == ("one", "two")
    assert "one" in raised.value.message
    save(store, "Dynamic", limit=2)  # the limit is for Dynamic Plus only
    store.delete_audience("shop", "one", at=NOON, person=LOCAL)
    assert save(store, "Three", **plus).key == "three"


def test_with_a_limit_of_none_at_all_nothing_can_be_saved(store: Store) -> None:
    with pytest.raises(DynamicPlusLimit):
        save(store, "One", kind="dynamic_plus", limit=0)


def test_who_saves_at_the_same_time_stays_within_the_limit_and_gets_a_key_of_their_own(
    store: Store,
) -> None:
    def attempt(_number: int) -> str | None:
        try:
            return save(store, "Same name", kind="dynamic_plus", limit=5).key
        except DynamicPlusLimit:
            return None

    store.audiences("shop")
    with ThreadPoolExecutor(12) as threads:
        keys = [key for key in threads.map(attempt, range(12)) if key]
    assert len(keys) == len(set(keys)) == 5
    assert {each.key for each in store.audiences("shop")} == set(keys)


def test_an_audience_that_others_refer_to_stays(store: Store) -> None:
    save(store, "VIP")
    save(store, "Not VIP", "NOT trait('vip') = 'true'", kind="dynamic_plus")
    save(store, "Vip card", "trait('vip_card') = 'true'")
    with pytest.raises(AudienceInUse) as raised:
        store.delete_audience("shop", "vip", at=NOON, person=LOCAL)
    assert raised.value.suggestions == ("not_vip",)
    store.delete_audience("shop", "not_vip", at=NOON, person=LOCAL)
    assert store.delete_audience("shop", "vip", at=NOON, person=LOCAL).name == "VIP"


def test_an_unknown_audience_is_an_error_with_the_nearest_keys(store: Store) -> None:
    save(store, "VIP customers")
    with pytest.raises(UnknownAudience) as raised:
        store.delete_audience("shop", "vip_customer", at=NOON, person=LOCAL)
    assert raised.value.suggestions == ("vip_customers",)


def test_a_campaign_is_written_over_and_listed_newest_first(store: Store) -> None:
    store.save_campaign("t1", "shop", "Summer", at=NOON, person=LOCAL)
    store.save_campaign("t2", "shop", "Winter", at=NOON + timedelta(hours=1), person=LOCAL)
    store.save_campaign(
        "t1",
        "shop",
        "Late summer",
        audience_key="vip",
        brief={"who": ["é"]},
        at=NOON + timedelta(days=1),
        person=LOCAL,
    )
    first, second = store.campaigns("shop")
    assert (first.id, first.name, first.audience_key, first.brief) == (
        "t1", "Late summer", "vip", {"who": ["é"]},
    )  # fmt: skip
    assert second.updated_at == NOON + timedelta(hours=1)


def test_terms_are_accepted_once_by_an_owner_with_who_and_when(store: Store) -> None:
    assert store.accepted_terms("shop", "1") is None
    madrid = timezone(timedelta(hours=2))
    store.accept_terms("shop", "1", at=NOON.astimezone(madrid), person=LOCAL)
    store.accept_terms("shop", "1", at=NOON + timedelta(days=1), person=LOCAL)
    accepted = store.accepted_terms("shop", "1")
    assert accepted is not None
    assert (accepted.person, accepted.at) == ("local", NOON)
    assert store.accepted_terms("shop", "2") is None
    assert store.accepted_terms("grocer", "1") is None


def test_roles_are_enforced(store: Store) -> None:
    assert store.role("shop", "local") == "owner"
    assert store.role("shop", "eve") == "viewer"
    for forbidden in (
        lambda: save(store, "VIP", person="eve"),
        lambda: store.accept_terms("shop", "1", person="eve"),
        lambda: store.set_role("shop", "eve", "owner", by="eve"),
        lambda: store.save_campaign("t1", "shop", "Mine", person="eve"),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
    store.set_role("shop", "eve", "editor", by=LOCAL)
    save(store, "VIP", person="eve")
    with pytest.raises(NotAllowed):
        store.accept_terms("shop", "1", person="eve")
    assert store.role("grocer", "eve") == "viewer"


def test_the_audit_list_says_who_did_what_and_nothing_that_was_refused(store: Store) -> None:
    store.set_role("shop", "ana", "editor", at=NOON, by=LOCAL)
    save(store, "VIP", person="ana", kind="dynamic_plus", limit=1)
    with pytest.raises(DynamicPlusLimit):
        save(store, "More", person="ana", kind="dynamic_plus", limit=1)
    store.accept_terms("shop", "1", at=NOON, person=LOCAL)
    store.delete_audience("shop", "vip", person="ana", at=NOON)
    entries = [
        (each.person, each.action, each.subject) for each in store.audit("shop", person=LOCAL)
    ]
    assert entries == [
        ("ana", "delete", "vip"),
        ("local", "accept_terms", "1"),
        ("ana", "save", "vip"),
        ("local", "role", "ana"),
    ]
    assert store.audit("shop", person=LOCAL)[0].at == NOON


def test_hostile_texts_come_back_as_they_went_in(store: Store) -> None:
    name = """'"; DROP TABLE x; -- <b>%s {0} 🎉 \\"""
    saved = save(store, name, """trait('a"b\\'c') = '%(x)s'""", request_key="🎉")
    assert store.audience("shop", saved.key).name == name
    assert store.audience("shop", saved.key).query == """trait('a"b\\'c') = '%(x)s'"""


def test_the_migrations_make_the_tables_of_the_models(url: str, store: Store) -> None:
    store.audiences("shop")
    with transaction(url) as opened:
        options = {"version_table": connection.VERSION_TABLE}
        context = MigrationContext.configure(opened, opts=options)
        assert context.get_current_revision() == connection.head()
        assert compare_metadata(context, metadata) == []


OPEN = "import sys; from workspace.store import Store; print(len(Store(sys.argv[1]).audiences('shop')))"


def test_processes_that_open_a_new_store_at_once_all_find_it_ready(url: str) -> None:
    waiting = [
        subprocess.Popen([sys.executable, "-c", OPEN, url], stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    assert [each.communicate()[0].strip() for each in waiting] == [b"0"] * 3


def test_a_store_that_cannot_be_had_is_an_error_without_the_password(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    for url in (
        f"sqlite:///{tmp_path / 'file' / 'muster.db'}",
        "postgresql+psycopg://ana:secret@127.0.0.1:1/muster",
    ):
        with pytest.raises(StoreUnavailable) as raised:
            Store(url).audiences("shop")
        assert isinstance(raised.value, MusterError)
        assert "secret" not in raised.value.message


def test_a_file_that_is_no_database_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "muster.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreUnavailable):
        Store(f"sqlite:///{tmp_path / 'muster.db'}").audiences("shop")


def test_nobody_acts_by_default() -> None:
    """Who forgets to say who acts must not act as the owner of the machine."""
    methods = [each for kind in (Store, Logins) for each in vars(kind).values() if callable(each)]
    given = [signature(each).parameters for each in methods]
    people = [each[name] for each in given for name in ("person", "by") if name in each]
    assert len(people) >= 10
    assert all(each.default is Parameter.empty for each in people)
