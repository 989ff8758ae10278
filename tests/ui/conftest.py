"""A real server and a real browser for the tests of the web app."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import copied, made_once
from tests.ui.worlds import WANTED, WORLDS, World
from workspace.importer import import_folder
from workspace.persons import LOCAL
from workspace.settings import load_settings
from workspace.store import Store

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 120_000  # ms; a limit for a broken page, never a measurement


@dataclass
class Server:
    """`muster chat` in a process of its own, on a state folder of its own."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Server:
        """Start it where it was before, or where nothing is: what is free may be taken meanwhile."""
        for port in [self.port] if self.port else [_free_port() for _ in range(3)]:
            self.port = port
            if self._answers():
                return self
        raise AssertionError(f"The server did not start.\n{self.log()}")

    def _answers(self) -> bool:
        """Start the process; false where it ends, or never answers."""
        log = (self.home / "server.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ui.cli", "chat", "--port", str(self.port), "--quiet"],
            env=_without_settings() | {"MUSTER_HOME": str(self.home)} | self.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        for _ in range(600):
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{self.url}/health", timeout=2).close()
                return True
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        self.stop()
        return False

    def log(self) -> str:
        """What the server has written, the newest of it."""
        return (self.home / "server.log").read_text(errors="replace")[-8000:]

    def kill(self) -> None:
        """kill -9, as a machine that loses power."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        assert self.process is not None
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _without_settings() -> dict[str, str]:
    """The environment without the settings of this machine."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MUSTER_", "OPENAI_", "CHAINLIT_"))
    }


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "world" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("worlds")
        names = WANTED or (marker.args if marker else ("shop",))
        metafunc.parametrize("world", names, indirect=True, scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What drives a browser is tried once more, as the browser's own test runner advises for CI.

    What the first try said is printed at the end, whatever came of the second.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def world(request: pytest.FixtureRequest) -> World:
    """The workspace of the test's server."""
    return WORLDS[request.param]


@pytest.fixture(scope="session")
def world_made(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with that workspace and its index. Not to be changed."""

    def make(home: Path) -> None:
        if world.make is not None:
            folder = home.with_name(f"{world.name}-folder")
            world.make(folder)
            import_folder(folder, home, world.name)
            shutil.rmtree(folder)

    return made_once(world.name, tmp_path_factory, make)


@pytest.fixture(scope="session")
def shared_server(world_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("served") / "home"
    copied(world_made, home)
    running = Server(home).start()
    yield running
    running.stop()


def forget_saved(server: Server, workspace: str) -> None:
    """Delete what a test has saved: it may be tried once more."""
    store = Store(load_settings(home=server.home).store_url)
    for each in store.audiences(workspace):
        store.delete_audience(workspace, each.key, person=LOCAL)


@pytest.fixture
def server(shared_server: Server, world: World) -> Iterator[Server]:
    """A server on a copy of the workspace, shared by tests that leave it running.

    A test has a chat of its own; what it saves is deleted after it. Fails the test when the server has
    logged an error meanwhile.
    """
    log = shared_server.home / "server.log"
    before = log.stat().st_size
    yield shared_server
    forget_saved(shared_server, world.name)
    written = log.read_bytes()[before:].decode(errors="replace")
    assert "Traceback" not in written, written[-8000:]


@pytest.fixture
def own_server(world_made: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own, to be killed."""
    home = tmp_path / "served"
    copied(world_made, home)
    running = Server(home).start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # Of a module, not of a session: while it is open, no test of asyncio can run in this process.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of a browser that has never been here."""
    with _visited(chromium) as page:
        yield page


@pytest.fixture
def other_page(chromium: Browser) -> Iterator[Page]:
    """A page of another such browser."""
    with _visited(chromium) as page:
        yield page


@contextmanager
def _visited(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test says what its server wrote."""
    report = yield
    if report.failed and report.when == "call":
        for each in getattr(item, "funcargs", {}).values():
            if isinstance(each, Server):
                report.sections.append(("server.log", each.log()))
    return report
