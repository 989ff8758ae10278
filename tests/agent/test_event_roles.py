"""What events are for, in the dialogue: seen by everybody, corrected by who may."""

from __future__ import annotations

import pytest

from agent.session import Session
from tests.agent.driving import Talk
from workspace.persons import LOCAL
from workspace.settings import Settings
from workspace.store import Store


def role_of(talk: Talk, event: str) -> tuple[str | None, str | None]:
    (found,) = [each for each in talk.card("roles")["events"] if each["event"] == event]
    return found["role"], found["by"]


@pytest.mark.parametrize(
    "words", ["show event roles", "what are my events for?", "what is each event for"]
)
async def test_roles_are_asked_for_in_words(talk: Talk, words: str) -> None:
    await talk.say(words)
    assert role_of(talk, "Order Completed") == ("purchase", "name")


async def test_a_role_is_corrected_and_given_back_to_the_name(talk: Talk) -> None:
    await talk.act("set_event_role", event="Order Completed", role="none")
    assert role_of(talk, "Order Completed") == (None, "person")
    await talk.act("set_event_role", event="Order Completed", role="refund")
    assert role_of(talk, "Order Completed") == ("refund", "person")
    await talk.act("set_event_role", event="Order Completed", role=None)
    assert role_of(talk, "Order Completed") == ("purchase", "name")
    await talk.act("set_event_role", event="Order Completed", role="nonsense")
    assert talk.notices == ["unknown_role"]


async def test_who_may_only_look_cannot_correct(session: Session, shop_settings: Settings) -> None:
    Store(shop_settings.store_url).set_role("shop", "vic", "viewer", by=LOCAL)
    talk = Talk(session, person="vic")
    await talk.act("set_event_role", event="Order Completed", role="none")
    assert talk.notices == ["not_allowed"]
    await talk.act("show_event_roles")
    assert role_of(talk, "Order Completed") == ("purchase", "name")
