"""`muster chat`: the web app."""

from __future__ import annotations

import gc
from typing import Annotated

import typer

from audience.problems import MusterError
from ui.cli import options
from ui.cli.output import answering, note

LOOPBACK = "127.0.0.1"
_UNTIL_LOOKED = 50_000  # objects made before Python looks for garbage: a server lives long


class AddressInUse(MusterError):
    """The address cannot be listened at."""

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
    quiet: Annotated[bool, typer.Option("--quiet", help="Do not say where it is.")] = False,
) -> None:
    """Start the web app; stop it with Ctrl+C."""
    with answering(as_json=False):
        from ui.serving import serve
        from workspace.settings import load_settings

        settings = load_settings(workspace=workspace, model=model)
        check_free(host, port)
        gc.set_threshold(_UNTIL_LOOKED)

        def ready() -> None:
            if not quiet:
                shown = f"[{host}]" if ":" in host else host
                note(f"Muster is at http://{shown}:{port}. Stop it with Ctrl+C.")

        serve(settings, host=host, port=port, ready=ready)


def check_free(host: str, port: int) -> None:
    """Raises `AddressInUse` where nobody can listen."""
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
