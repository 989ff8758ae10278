"""What all tests share: no state outside the test's own folders, and the demo workspace made once."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.workspace import postgres_server
from workspace.locks import locked
from workspace.opening import open_workspace
from workspace.settings import Settings, load_settings

# A test run tries the same examples every time; `make prove` looks for new ones.
hypothesis_settings.register_profile("muster", derandomize=True, deadline=None)
hypothesis_settings.load_profile("muster")

# What several files share is made once by whoever runs all of these: a name, and how their ids begin.
_TOGETHER = {
    "browser": ("tests/ui/test_web_",),
    "people": ("tests/ui/test_people", "tests/ui/test_crowd"),
    "spark": ("tests/workspace/test_spark",),
}
# Tests that share nothing that is costly; those of any other file stay together.
_APART = ("tests/reference/", "tests/evals/test_dataset")
# Workers take these first, so that none is left alone with them at the end, and what is quick last.
_FIRST = ("tests/ui/test_web_", "tests/workspace/test_spark", "tests/reference/", "tests/evals/")
_LAST = "tests/audience/"


class Together(LoadScopeScheduling):
    """Gives each worker whole files, or whole groups of files, in the order of collection.

    In place of `--dist loadgroup`, which has no effect with pytest 9.2 (pytest-xdist issue 1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(_APART):
            return "spark" if "test_spark_" in nodeid else nodeid
        if "[spark" in nodeid:
            return "spark"
        file = nodeid.split("::")[0]
        return next((name for name, those in _TOGETHER.items() if file.startswith(those)), file)


@pytest.hookimpl(optionalhook=True)  # where xdist is not taken along
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    config.option.loadscopereorder = False
    return Together(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    if item.nodeid.startswith(_LAST):
        return len(_FIRST) + 1
    places = (place for place, start in enumerate(_FIRST) if item.nodeid.startswith(start))
    return next(places, len(_FIRST))


def pytest_collection_finish() -> None:
    """What has been imported by now stays: looking through it for garbage, again and again, is in vain."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


def pytest_unconfigure() -> None:
    gc.unfreeze()  # DuckDB complains of what is still there at the end


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of the machine, or the state of the checkout."""
    for name in list(os.environ):
        if name.startswith(("MUSTER_", "OPENAI_")) and not name.startswith("MUSTER_TEST_"):
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
