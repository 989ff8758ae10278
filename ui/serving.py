"""Starting the web app: what Chainlit must find in its environment before it is imported."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from ui.signing_in import require_ways, ways_of
from workspace.settings import CHECKOUT, Settings

APP = Path(__file__).with_name("app.py")


def serve(settings: Settings, *, host: str, port: int, ready: Callable[[], None]) -> None:
    """Serve the web app until it is stopped; `ready` is called before it starts to.

    Raises `ui.signing_in.SignInNeeded` where others could reach it and nobody has to sign in.
    """
    os.environ |= {
        "CHAINLIT_APP_ROOT": str(CHECKOUT),
        "CHAINLIT_HOST": host,
        "CHAINLIT_PORT": str(port),
        "MUSTER_HOME": str(settings.home),
    }
    os.environ.setdefault("CHAINLIT_AUTH_SECRET", _secret(settings.home))
    # Chainlit would make a data layer of its own from this one; ours is registered in ui/app.py.
    os.environ.pop("DATABASE_URL", None)
    with TemporaryDirectory(prefix="muster-") as uploads:
        _run(settings, host, port, Path(uploads), ready)


def _run(
    settings: Settings, host: str, port: int, uploads: Path, ready: Callable[[], None]
) -> None:
    # The command line is silent; a server says what went wrong.
    logging.getLogger().setLevel(logging.WARNING)
    logging.getLogger("chainlit").setLevel(logging.ERROR)  # it warns at every page load
    import chainlit.config

    # Chainlit's own folder is one for all servers of a checkout, and each removes it when it stops:
    # the chats of the others would break. It must be set before Chainlit's server is imported.
    chainlit.config.FILES_DIRECTORY = uploads
    from chainlit.oauth_providers import get_configured_oauth_providers

    ways = ways_of(settings, oauth=bool(get_configured_oauth_providers()))
    require_ways(ways, host)
    if ways.header is not None:
        # Who is believed depends on who is at the other end, not on who is said to be.
        os.environ["FORWARDED_ALLOW_IPS"] = ""
    ready()
    from chainlit.cli import run_chainlit

    config = chainlit.config.config
    config.project.allow_origins = [f"http://{name}:{port}" for name in {host, "localhost"}]
    config.run.headless = True
    # Light or dark as the person's machine is; Chainlit's page knows this word, its settings do not.
    vars(config.ui)["default_theme"] = "system"
    run_chainlit(str(APP))


def _secret(home: Path) -> str:
    """What signs the sessions of this installation, made once; only its owner can read it."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / "session.secret"
    try:
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()
