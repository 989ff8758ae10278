"""What events are for: found by their names, corrected by a person, used by the engine."""

from __future__ import annotations

import pytest

from tests.ui.cli import muster
from tools.build_conditions import build
from tools.context import ToolContext
from tools.event_roles import UnknownRole, event_roles, set_event_role
from workspace.event_roles import said_roles
from workspace.permissions import NotAllowed
from workspace.settings import Settings

PROMPT = "customers who purchased in the last 30 days"


def test_roles_are_found_corrected_and_used(shop_settings: Settings) -> None:
    context = ToolContext.open(shop_settings)
    found = {each.event: each for each in event_roles(context)}
    assert (found["Order Completed"].role, found["Order Completed"].by) == ("purchase", "name")
    assert "Order Completed" in str(build(context, PROMPT, counts=False).query)

    assert set_event_role(context, "Order Completed", "none").role is None
    assert set_event_role(context, "Gift Card Purchased", "purchase").by == "person"
    assert "Gift Card Purchased" in str(build(context, PROMPT, counts=False).query)

    set_event_role(context, "Order Completed", None)
    set_event_role(context, "Gift Card Purchased", None)
    assert said_roles(shop_settings, "shop") == {}
    assert "Order Completed" in str(build(context, PROMPT, counts=False).query)


def test_unknown_events_and_roles_are_told_with_the_nearest(shop_settings: Settings) -> None:
    context = ToolContext.open(shop_settings)
    with pytest.raises(UnknownRole, match="Order Completed"):
        set_event_role(context, "Order Complete", "purchase")
    with pytest.raises(UnknownRole, match="Did you mean purchase"):
        set_event_role(context, "Order Completed", "purchace")
    assert said_roles(shop_settings, "shop") == {}


def test_who_may_only_look_corrects_nothing(shop_settings: Settings) -> None:
    context = ToolContext.open(shop_settings, person="vera")
    with pytest.raises(NotAllowed):
        set_event_role(context, "Order Completed", "none")


def test_the_command_shows_and_corrects(shop_settings: Settings) -> None:
    rows = muster("roles", "--set", "Product Shared=view", "--json").json["roles"]
    assert {"event": "Product Shared", "role": "view", "by": "person"} in rows
    assert muster("roles", "--set", "Product Shared", "--json").status == 1
    assert "Product Shared" in muster("roles").out
    rows = muster("roles", "--unset", "Product Shared", "--json").json["roles"]
    assert all(each["by"] != "person" for each in rows)
