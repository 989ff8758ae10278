"""What all tests share: no state outside the test's own folders, and the demo workspace made once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from tests.workspace import postgres_server
from workspace.locks import locked
from workspace.opening import open_workspace
from workspace.settings import Settings, load_settings

# A test run tries the same examples every time; `make prove` looks for new ones.
hypothesis_settings.register_profile("muster", derandomize=True, deadline=None)
hypothesis_settings.load_profile("muster")


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of the machine, or the state of the checkout."""
    for name in list(os.environ):
        if name.startswith(("MUSTER_", "OPENAI_")) and name != "MUSTER_TEST_POSTGRES":
            monkeypatch.delenv(name)
    monkeypatch.setenv("MUSTER_HOME", str(tmp_path / "muster"))
    monkeypatch.setenv("LANGGRAPH_STRICT_MSGPACK", "true")


@pytest.fixture(scope="session")
def shop_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with the demo workspace and its index. Not to be changed."""
    return made_once("shop", tmp_path_factory, lambda home: None)


def made_once(name: str, factory: pytest.TempPathFactory, make: Callable[[Path], None]) -> Path:
    """A state folder with a workspace and its index, made once for all workers; `make` imports it."""
    shared = factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    home = shared / f"{name}-home"
    with locked(shared / f"{name}-home.lock"):
        if not (home / "ready").exists():
            home.mkdir(parents=True, exist_ok=True)
            make(home)
            settings = load_settings(home=home)
            workspace = open_workspace(settings, name)
            from workspace.index import FieldIndex

            index = FieldIndex(workspace, settings)
            index.prepare()
            index.close()
            (home / "ready").touch()
    return home


@pytest.fixture
def shop_home(shop_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A state folder of the test's own, with the demo workspace in it; MUSTER_HOME is this folder."""
    home = tmp_path / "shop-home"
    copied(shop_made, home)
    monkeypatch.setenv("MUSTER_HOME", str(home))
    yield home
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def shop_settings(shop_home: Path) -> Settings:
    return load_settings(home=shop_home, workspace="shop")


def copied(made: Path, home: Path) -> None:
    """Workspaces are never written in place, so that links to their files do; an index is copied."""
    home.mkdir(parents=True)
    shutil.copytree(made / "workspaces", home / "workspaces", symlinks=True, copy_function=os.link)
    shutil.copytree(made / "indexes", home / "indexes", symlinks=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL; see `tests.workspace.postgres_server`."""
    with postgres_server.running() as url:
        yield url


@pytest.fixture
def postgres_database(postgres: str) -> str:
    """The address of an empty database of the test's own."""
    return postgres_server.new_database(postgres)


@pytest.fixture(params=["sqlite", *(["postgres"] if postgres_server.installed() else [])])
def kept_settings(request: pytest.FixtureRequest, shop_settings: Settings) -> Settings:
    """The demo workspace, with what people do kept in SQLite, then in PostgreSQL."""
    if request.param == "sqlite":
        return shop_settings
    url = request.getfixturevalue("postgres_database")
    return load_settings(home=shop_settings.home, workspace="shop", database_url=url)
