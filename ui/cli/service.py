"""`muster chat`: the web app."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from audience.problems import MusterError
from ui.cli import options
from ui.cli.output import answering

LOOPBACK = "127.0.0.1"


class AddressInUse(MusterError):
    """Something else listens at the address."""

    code = "address_in_use"


def register(app: typer.Typer) -> None:
    app.command("chat")(chat)


def chat(
    host: Annotated[
        str, typer.Option("--host", help="Where to listen; only this machine reaches the default.")
    ] = LOOPBACK,
    port: Annotated[int, typer.Option("--port", min=1, max=65535)] = 8000,
    workspace: options.Workspace = None,
    model: options.Model = None,
) -> None:
    """Start the web app; stop it with Ctrl+C."""
    with answering(as_json=False):
        from workspace.settings import CHECKOUT, load_settings

        settings = load_settings(workspace=workspace, model=model)
        _check_free(host, port)
        # The app reads its settings anew, in its own modules.
        os.environ["MUSTER_HOME"] = str(settings.home)
        os.environ["MUSTER_MODEL"] = settings.model
        if settings.workspace is not None:
            os.environ["MUSTER_WORKSPACE"] = settings.workspace
        os.environ["CHAINLIT_APP_ROOT"] = str(CHECKOUT)
        os.environ["CHAINLIT_HOST"] = host
        os.environ["CHAINLIT_PORT"] = str(port)

        from chainlit.cli import run_chainlit
        from chainlit.config import config

        config.run.headless = True
        config.run.host = host
        config.run.port = port
        run_chainlit(str(CHECKOUT / "ui" / "app.py"))


def _check_free(host: str, port: int) -> None:
    import socket

    try:
        for family, kind, protocol, _, address in socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        ):
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
    except OSError as error:
        raise AddressInUse(
            f"{host}:{port} cannot be used ({error.strerror}). Choose another with --port."
        ) from None
