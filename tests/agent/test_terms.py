"""What an owner accepts and reads in the dialogue: terms for an outside model, and who did what."""

from __future__ import annotations

import pytest

from agent.session import Session, open_session
from tests.agent.driving import Talk
from workspace.persons import LOCAL
from workspace.settings import Settings, load_settings
from workspace.store import Store
from workspace.terms import VERSION

PROMPT = "Customers who don't have a phone number."


@pytest.fixture
def store(shop_settings: Settings) -> Store:
    store = Store(shop_settings.store_url)
    store.set_role("shop", "own", "owner", by=LOCAL)
    store.set_role("shop", "ed", "editor", by=LOCAL)
    return store


async def test_an_owner_accepts_on_the_card_and_it_is_kept_who_did(
    session: Session, store: Store
) -> None:
    talk = Talk(session, person="own")
    await talk.say("accept the terms")  # words show them; only a click accepts
    card = talk.card("terms")
    assert card["person"] is None
    assert card["may_accept"] is True
    assert "What is never sent" in card["text"]
    assert store.accepted_terms("shop", VERSION) is None
    await talk.act("accept_terms", version="0")
    assert talk.notices == ["terms_changed"]
    await talk.act("accept_terms", version=card["version"])
    assert talk.card("terms")["person"] == "own"
    accepted = store.accepted_terms("shop", VERSION)
    assert accepted is not None
    assert accepted.person == "own"
    assert store.audit("shop", person=LOCAL)[0].action == "accept_terms"


async def test_nobody_else_accepts(session: Session, store: Store) -> None:
    talk = Talk(session, person="ed")
    await talk.act("show_terms")
    assert talk.card("terms")["may_accept"] is False
    await talk.act("accept_terms", version=VERSION)
    assert talk.notices == ["not_allowed"]
    assert store.accepted_terms("shop", VERSION) is None


async def test_with_a_model_and_no_acceptance_the_card_comes_with_the_answer(
    shop_settings: Settings,
) -> None:
    outside = load_settings(
        home=shop_settings.home,
        workspace="shop",
        model="some-model",
        openai_base_url="http://127.0.0.1:1/v1",
    )
    async with open_session(outside) as session:
        talk = Talk(session)
        await talk.say(PROMPT)
        assert "terms_not_accepted" in talk.notices
        assert talk.card("terms")["model"] == "some-model"
        assert talk.in_review  # the built-in engine answers meanwhile


async def test_owners_read_who_did_what(session: Session, store: Store) -> None:
    editor = Talk(session, "thread-ed", person="ed")
    await editor.say(PROMPT)
    await editor.resume({"type": "approve", "name": "No phone"})
    await editor.say("show the audit list")
    assert "audit" not in [each.get("kind") for each in editor.events]

    owner = Talk(session, person="own")
    await owner.say("who deleted what")
    rows = owner.card("audit")["rows"]
    assert [(each["person"], each["action"], each["subject"]) for each in rows] == [
        ("ed", "save", "no_phone"),
        ("local", "role", "ed"),
        ("local", "role", "own"),
    ]
    assert "phone" in rows[0]["detail"]
