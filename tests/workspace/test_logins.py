"""Who may sign in, on SQLite and on PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from audience.problems import MusterError
from tests.workspace import postgres_server
from workspace.connection import transaction
from workspace.logins import Logins, UnknownUser, UserExists, WeakPassword
from workspace.permissions import NotAllowed
from workspace.persons import LOCAL, InvalidPerson, person_name
from workspace.store import Store

SECRET = "correct horse"


@pytest.fixture(params=["sqlite", *(["postgres"] if postgres_server.installed() else [])])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'muster.db'}"
    return str(request.getfixturevalue("postgres_database"))


@pytest.fixture
def logins(url: str) -> Logins:
    return Logins(url)


def test_who_was_added_signs_in_with_the_password_and_nothing_else(
    logins: Logins, url: str
) -> None:
    assert logins.add("shop", " Ann@Example.COM ", SECRET, "viewer", by=LOCAL) == "ann@example.com"
    assert logins.verified("ANN@example.com", SECRET) == "ann@example.com"
    for name, password in (
        ("ann@example.com", "wrong horse"),
        ("ann@example.com", ""),
        ("ann@example.com", SECRET * 1000),
        ("nobody", SECRET),
        ("local", SECRET),
        ("' OR 1=1 --", SECRET),
        ("", ""),
    ):
        assert logins.verified(name, password) is None
    assert Store(url).role("shop", "ann@example.com") == "viewer"
    assert Store(url).role("grocer", "ann@example.com") == "viewer"


def test_no_password_is_kept_as_it_is(logins: Logins, url: str) -> None:
    logins.add("shop", "ann", SECRET, "editor", by=LOCAL)
    logins.set_password("shop", "ann", SECRET + "!", by=LOCAL)
    with transaction(url) as connection:
        rows = [
            *connection.execute(text("SELECT * FROM muster_users")),
            *connection.execute(text("SELECT * FROM muster_audit")),
        ]
    assert SECRET not in str(rows)
    assert "$argon2id$" in str(rows)


def test_another_password_ends_the_one_before(logins: Logins) -> None:
    logins.add("shop", "ann", SECRET, "editor", by=LOCAL)
    before = logins.find("ann")
    logins.set_password("shop", "Ann", "another horse", by=LOCAL)
    after = logins.find("ann")
    assert before is not None
    assert after is not None
    assert after.changed_at > before.changed_at
    assert logins.verified("ann", SECRET) is None
    assert logins.verified("ann", "another horse") == "ann"


def test_who_was_removed_has_neither_login_nor_role(logins: Logins, url: str) -> None:
    logins.add("shop", "ann", SECRET, "owner", by=LOCAL)
    assert logins.remove("shop", "ANN", by=LOCAL) == "ann"
    assert logins.all() == ()
    assert Store(url).roles("shop") == {}
    with pytest.raises(UnknownUser):
        logins.remove("shop", "ann", by=LOCAL)
    with pytest.raises(UnknownUser):
        logins.set_password("shop", "ann", SECRET, by=LOCAL)


def test_only_owners_add_remove_and_change(logins: Logins, url: str) -> None:
    logins.add("shop", "eve", SECRET, "editor", by=LOCAL)
    for attempt in (
        lambda: logins.add("shop", "mallory", SECRET, "owner", by="eve"),
        lambda: logins.remove("shop", "eve", by="eve"),
        lambda: logins.set_password("shop", "eve", "another one", by="eve"),
        lambda: Store(url).set_role("shop", "eve", "owner", by="eve"),
        lambda: Store(url).audit("shop", person="eve"),
    ):
        with pytest.raises(NotAllowed, match="takes owner"):
            attempt()
    assert [each.name for each in logins.all()] == ["eve"]
    assert Store(url).role("shop", "eve") == "editor"


def test_the_audit_list_has_what_became_of_people(logins: Logins, url: str) -> None:
    logins.add("shop", "ann", SECRET, "owner", by=LOCAL)
    logins.set_password("shop", "ann", SECRET, by="ann")
    logins.remove("shop", "ann", by=LOCAL)
    found = [
        (each.person, each.action, each.subject) for each in Store(url).audit("shop", person=LOCAL)
    ]
    assert found == [
        ("local", "user_removed", "ann"),
        ("ann", "password", "ann"),
        ("local", "role", "ann"),
        ("local", "user_added", "ann"),
    ]


def test_one_name_is_added_once_however_many_try(logins: Logins) -> None:
    def attempt(_: int) -> str:
        try:
            return logins.add("shop", "ann", SECRET, "editor", by=LOCAL)
        except UserExists as error:
            return error.code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, range(4))) == ["ann", *["user_exists"] * 3]


@pytest.mark.parametrize("password", ["", "short", "x" * 201])
def test_a_password_that_is_none_is_refused(logins: Logins, password: str) -> None:
    with pytest.raises(WeakPassword):
        logins.add("shop", "ann", password, "editor", by=LOCAL)
    assert logins.all() == ()


@pytest.mark.parametrize("name", ["", "  ", "local", "LOCAL", "ｌｏｃａｌ", "a\nb", "x" * 201])
def test_a_name_that_nobody_can_have(logins: Logins, name: str) -> None:
    with pytest.raises(InvalidPerson):
        person_name(name)
    with pytest.raises(MusterError):
        logins.add("shop", name, SECRET, "owner", by=LOCAL)
