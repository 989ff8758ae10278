"""Several people on one server, on PostgreSQL where it is installed: who comes in, and what each may do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.conftest import copied
from tests.ui import provider
from tests.ui.conftest import Server
from tests.ui.sockets import Chat, Refused, chat, visitor
from tests.workspace import postgres_server
from workspace.logins import Logins
from workspace.persons import LOCAL
from workspace.settings import Settings, load_settings
from workspace.store import Store

SECRET = "correct horse"
PROMPT = "Customers who don't have a phone number."


@pytest.fixture(scope="module")
def team(
    shop_made: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[tuple[Server, Settings]]:
    """A server where people sign in with a password or with a provider."""
    home = tmp_path_factory.mktemp("team") / "home"
    copied(shop_made, home)
    kept: dict[str, str] = {}
    if postgres_server.installed():
        url = postgres_server.new_database(request.getfixturevalue("postgres"))
        kept = {"MUSTER_DATABASE_URL": url}
    settings = load_settings(
        home=home, workspace="shop", database_url=kept.get("MUSTER_DATABASE_URL")
    )
    logins = Logins(settings.store_url)
    for name, role in (("ann", "owner"), ("ed", "editor"), ("vic", "viewer")):
        logins.add("shop", name, SECRET, role, by=LOCAL)  # type: ignore[arg-type]
    Store(settings.store_url).set_role("shop", "guest@example.com", "viewer", by=LOCAL)
    with provider.running() as oauth:
        server = Server(home, {**kept, **oauth}).start()
        yield server, settings
        server.stop()
    assert "Traceback" not in server.log(), server.log()


@asynccontextmanager
async def signed_in(server: Server, name: str) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(server.url) as http:
        answer = await http.post("/login", data={"username": name, "password": SECRET})
        assert answer.status_code == 200, answer.text
        yield http


async def reviewed(page: Chat, prompt: str = PROMPT) -> dict[str, Any]:
    await page.say(prompt)
    review: dict[str, Any] = await page.card("review")
    return review


async def saved(page: Chat, name: str) -> dict[str, Any]:
    """Reviews, saves, and gives the card that says so."""
    review = await reviewed(page)
    decision = {"type": "approve", "name": name}
    await page.click("review", interrupt_id=review["interrupt_id"], decision=decision)
    card: dict[str, Any] = await page.card("saved")
    return card


async def test_nobody_comes_in_without_a_password(team: tuple[Server, Settings]) -> None:
    server, _ = team
    async with visitor(server.url) as http:
        assert len(http.cookies) == 0
        for name, password in (("ann", "wrong"), ("nobody", SECRET), ("local", SECRET), ("", "")):
            answer = await http.post("/login", data={"username": name, "password": password})
            assert answer.status_code in (401, 422)
        assert (await http.post("/auth/header", headers={"X-User": "ann"})).status_code == 400
        assert (await http.get("/user")).status_code == 401
        assert (await http.post("/project/action", json={})).status_code == 401
        with pytest.raises(Refused):
            async with chat(http):
                pass


async def test_guessing_is_stopped_and_the_right_password_waits(
    team: tuple[Server, Settings],
) -> None:
    server, settings = team
    Logins(settings.store_url).add("shop", "guessed", SECRET, "viewer", by=LOCAL)
    async with visitor(server.url) as http:
        for guess in range(10):
            sent = {"username": "Guessed", "password": f"guess {guess}"}
            assert (await http.post("/login", data=sent)).status_code == 401
        sent = {"username": "guessed", "password": SECRET}
        assert (await http.post("/login", data=sent)).status_code == 401
        assert (await http.post("/login", data=sent | {"username": "vic"})).status_code == 200


async def test_a_viewer_builds_and_is_told_why_nothing_is_saved(
    team: tuple[Server, Settings],
) -> None:
    server, settings = team
    before = Store(settings.store_url).audiences("shop")
    async with signed_in(server, "vic") as http, chat(http) as page:
        review = await reviewed(page)
        assert review["reach"] > 0
        for decision, why in (
            ({"type": "approve", "name": "Not mine"}, "vic is viewer"),
            ({"type": "approve", "name": "Not mine", "person": "ann"}, "not a decision"),
        ):
            review = await page.card("review")
            await page.click("review", interrupt_id=review["interrupt_id"], decision=decision)
            await page.card("review", lambda card, why=why: why in card.get("said", ""))
        await page.act("audiences", "delete_audience", audience="any")
    assert Store(settings.store_url).audiences("shop") == before


async def test_an_editor_saves_and_the_audit_list_says_who(team: tuple[Server, Settings]) -> None:
    server, settings = team
    async with signed_in(server, "ed") as http, chat(http) as page:
        card = await saved(page, "Without a phone")
    newest = Store(settings.store_url).audit("shop", 1, person=LOCAL)[0]
    assert (newest.person, newest.action, newest.subject) == ("ed", "save", card["key"])


async def test_chats_are_the_persons_own(team: tuple[Server, Settings]) -> None:
    server, _ = team
    async with signed_in(server, "ed") as ed, signed_in(server, "vic") as vic, chat(ed) as page:
        review = await reviewed(page)
        thread_id = page.thread_id
        assert thread_id is not None

        # By the socket, by the history, and by a click in the session of somebody else.
        with pytest.raises(Refused):
            async with chat(vic, thread_id):
                pass
        for answer in (
            await vic.get(f"/project/thread/{thread_id}"),
            await vic.request("DELETE", "/project/thread", json={"threadId": thread_id}),
            await vic.put("/project/thread", json={"threadId": thread_id, "name": "x"}),
        ):
            assert answer.status_code in (401, 403, 404), answer.text
        async with chat(vic) as other:
            other.session_id = page.session_id
            decision = {"type": "approve", "name": "Stolen"}
            answer = await other.click(
                "review", interrupt_id=review["interrupt_id"], decision=decision
            )
            assert answer.status_code == 401
        listed = await vic.post(
            "/project/threads", json={"pagination": {"first": 50}, "filter": {}}
        )
        assert thread_id not in listed.text
        assert [each["open"] for each in page.cards("review")] == [True]

        # The id of a chat whose history is gone is nobody's to take.
        gone = await ed.request("DELETE", "/project/thread", json={"threadId": thread_id})
        assert gone.status_code == 200
        async with chat(vic, thread_id) as taken:
            await taken.say("undo")
            await taken.text("nothing to undo")
            assert taken.cards("review") == []


async def test_a_hostile_id_of_a_chat_reads_nothing(team: tuple[Server, Settings]) -> None:
    server, _ = team
    async with signed_in(server, "ed") as ed, chat(ed) as page:
        await reviewed(page, "Customers in Texas who bought in the last 30 days")
    hostile = "x') OR ('1'='1"
    async with signed_in(server, "vic") as vic:
        with pytest.raises(Refused):
            async with chat(vic, hostile):
                pass
        listed = await vic.post(
            "/project/threads", json={"pagination": {"first": 50}, "filter": {}}
        )
        assert "Texas" not in listed.text
        assert (await vic.get(f"/project/thread/{hostile}")).status_code != 200


async def test_who_is_removed_or_changes_the_password_is_out_at_once(
    team: tuple[Server, Settings],
) -> None:
    server, settings = team
    logins = Logins(settings.store_url)
    logins.add("shop", "gone", SECRET, "owner", by=LOCAL)
    async with signed_in(server, "gone") as http, chat(http) as page:
        review = await reviewed(page)
        logins.remove("shop", "gone", by=LOCAL)
        await page.say("save it as Too late")
        await page.text("Your sign-in has ended")
        answer = await page.click(
            "review", interrupt_id=review["interrupt_id"], decision={"type": "approve"}
        )
        assert answer.status_code == 401
        assert (await http.get("/user")).status_code == 401
        with pytest.raises(Refused):
            async with chat(http):
                pass
    names = [each.name for each in Store(settings.store_url).audiences("shop")]
    assert "Too late" not in names


async def test_signed_out_is_signed_out_and_nothing_is_lost(team: tuple[Server, Settings]) -> None:
    server, _ = team
    async with signed_in(server, "ed") as http:
        async with chat(http) as page:
            review = await reviewed(page)
            thread_id = page.thread_id
        assert (await http.post("/logout")).status_code == 200
        assert (await http.get("/user")).status_code == 401
        with pytest.raises(Refused):
            async with chat(http, thread_id):
                pass
    async with signed_in(server, "ed") as http, chat(http, thread_id) as page:
        again = await page.card("review")
        assert again["interrupt_id"] == review["interrupt_id"]


async def test_a_provider_brings_in_only_who_has_a_role(team: tuple[Server, Settings]) -> None:
    server, _ = team
    for email, comes_in in (
        ("Guest@Example.com", True),
        ("stranger@example.com", False),
        ("local", False),
    ):
        async with visitor(server.url) as http:
            asked = await http.get("/auth/oauth/generic")
            state = httpx.URL(asked.headers["location"]).params["state"]
            path = "/auth/oauth/generic/callback"
            # Without the state that this browser was given, nobody comes in.
            forged = await http.get(path, params={"code": email, "state": "x"})
            assert "access_token" not in http.cookies
            assert "error" in forged.headers["location"]
            await http.get(path, params={"code": email, "state": state})
            found = await http.get("/user")
            assert (found.status_code == 200) == comes_in
            if comes_in:
                assert found.json()["identifier"] == email.casefold()


async def test_what_has_no_use_is_closed(team: tuple[Server, Settings]) -> None:
    server, _ = team
    async with signed_in(server, "ann") as http, chat(http) as page:
        card = await saved(page, f"Closed {uuid4().hex[:6]}")
        element = next(e for e in page.elements.values() if e["props"]["card"] == "saved")
        changed = {**element, "props": {**card, "reach": 1}}
        body = {"sessionId": page.session_id, "element": changed}
        for answer in (
            await http.put("/project/element", json=body),
            await http.request("DELETE", "/project/element", json=body),
            await http.post(
                f"/project/file?session_id={page.session_id}", files={"file": b"x" * 100_000}
            ),
            await http.post("/mcp", json={}),
            await http.put(
                "/project/thread/share", json={"threadId": page.thread_id, "isShared": True}
            ),
        ):
            assert answer.status_code == 404
        assert page.cards("saved")[-1] == card


# A proxy in front --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def proxied(shop_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that believes a header, from this machine only."""
    home = tmp_path_factory.mktemp("proxied") / "home"
    copied(shop_made, home)
    server = Server(home, {"MUSTER_SIGN_IN_HEADER": "X-Forwarded-User"}).start()
    yield server
    server.stop()
    assert "Traceback" not in server.log(), server.log()


async def test_a_header_signs_in_and_another_persons_cookie_does_not_hold(proxied: Server) -> None:
    async with visitor(proxied.url, {"X-Forwarded-User": "Ann@Example.com"}) as http:
        assert (await http.get("/user")).json()["identifier"] == "ann@example.com"
        async with chat(http) as page:
            await reviewed(page)
            thread_id = page.thread_id
        # The same browser, and the proxy says that it is somebody else, or nobody, now.
        token = http.cookies["access_token"]
        for who in ({"X-Forwarded-User": "bob"}, {"X-Forwarded-User": ""}, {"X-User": "ann"}):
            async with httpx.AsyncClient(base_url=proxied.url, headers=who) as other:
                other.cookies.set("access_token", token)
                assert (await other.get("/user")).status_code == 401
                with pytest.raises(Refused):
                    async with chat(other, thread_id):
                        pass
    for who in ("local", "LOCAL", "", "a\tb"):
        async with visitor(proxied.url, {"X-Forwarded-User": who}) as http:
            assert (await http.get("/user")).status_code == 401


async def test_a_header_from_elsewhere_is_not_believed(proxied: Server) -> None:
    from ui.signing_in import Door, Ways, ways_of

    settings = load_settings(
        sign_in_header="X-Forwarded-User", sign_in_proxies="10.0.0.7,10.1.0.0/16"
    )
    door = Door(settings, ways_of(settings, oauth=True))
    assert door.ways == Ways(header="X-Forwarded-User", proxies=door.ways.proxies)
    believed = {each: door.believes(each) for each in ("10.0.0.7", "10.1.2.3", "127.0.0.1", "::1")}
    assert believed == {"10.0.0.7": True, "10.1.2.3": True, "127.0.0.1": False, "::1": False}
    assert not door.believes(None)
    # What a proxy says of whom it stands in for changes nothing about who it is itself.
    headers = {"X-Forwarded-User": "ann", "X-Forwarded-For": "8.8.8.8"}
    async with visitor(proxied.url, headers) as http:
        assert (await http.get("/user")).status_code == 200


# Nobody signs in ---------------------------------------------------------------------------------


def test_without_sign_in_it_opens_on_this_machine_only(shop_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "chat", "--host", "0.0.0.0", "--port", "8199"],
        env={"MUSTER_HOME": str(shop_home), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert "muster user add" in done.stderr
    assert "Muster is at" not in done.stderr


async def test_another_name_of_this_machine_does_not_act_for_its_owner(server: Server) -> None:
    for host, comes_in in (
        ("evil.example", False),
        ("127.0.0.1.evil.example:80", False),
        ("", False),
        (f"localhost:{server.port}", True),
        ("[::1]:8000", True),
    ):
        async with httpx.AsyncClient(base_url=server.url) as http:
            answer = await http.get("/", headers={"Host": host, "Accept": "text/html"})
            assert (answer.status_code == 200) == comes_in, host
            assert ("set-cookie" in answer.headers) == comes_in
