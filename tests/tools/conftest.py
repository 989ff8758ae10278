"""Tool contexts on the demo workspace and on a small one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.cli import make_acme, make_plan_only
from tools.context import ToolContext
from workspace.importer import import_folder
from workspace.settings import Settings, load_settings


@pytest.fixture
def shop(shop_settings: Settings) -> ToolContext:
    return ToolContext.open(shop_settings)


@pytest.fixture
def acme(tmp_path: Path) -> ToolContext:
    """Six people and their orders."""
    settings = load_settings(home=tmp_path / "home", workspace="acme")
    import_folder(
        make_acme(tmp_path / "acme"),
        settings.home,
        "acme",
        replace=False,
        progress=lambda _stage, _share: None,
    )
    return ToolContext.open(settings)


@pytest.fixture
def plan_only(tmp_path: Path) -> ToolContext:
    settings = load_settings(home=tmp_path / "home", workspace="trips")
    import_folder(
        make_plan_only(tmp_path / "trips"),
        settings.home,
        "trips",
        replace=False,
        progress=lambda _stage, _share: None,
    )
    return ToolContext.open(settings)
