"""`muster local-model`: a language model on this machine, for any of the other commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.cli import options
from ui.cli.output import answering, note, progress, write_line


def register(app: typer.Typer) -> None:
    app.command("local-model")(local_model)


def local_model(
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="MODEL.gguf", help="Serve this one; else one is fetched."),
    ] = None,
    port: Annotated[int, typer.Option("--port", min=1, max=65535)] = 8080,
    threads: Annotated[
        int | None, typer.Option("--threads", min=1, help="Cores to use; all without it.")
    ] = None,
    fetch_only: Annotated[
        bool, typer.Option("--fetch-only", help="Fetch the model, and do not serve it.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Fetch a small language model once (1.1 GB), and serve it on this machine; stop it with Ctrl+C."""
    with answering(as_json):
        from workspace.local_model.fetching import fetched, known_model
        from workspace.settings import load_settings

        if file is None:
            with progress() as advance:
                path = fetched(load_settings().home, advance)
        else:
            path = file.expanduser().absolute()
        name = known_model().name if file is None else path.stem
        if fetch_only:
            if as_json:
                write_line({"file": str(path), "model": name})
            else:
                note(f"The model is at {path}.")
            return
        _serve(path, port, threads, name, as_json)


def _serve(path: Path, port: int, threads: int | None, name: str, as_json: bool) -> None:
    import signal
    import threading

    from ui.cli.chat import check_free
    from workspace.local_model.serving import LOOPBACK, served

    check_free(LOOPBACK, port)
    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    with served(path, port=port, threads=threads, name=name) as address:
        if as_json:
            write_line({"file": str(path), "model": name, "address": address})
        else:
            note(
                f"{name} answers at {address}. Put these two lines into .env, then accept the terms "
                "with: muster terms --accept"
            )
            note(f"MUSTER_MODEL={name}")
            note(f"OPENAI_BASE_URL={address}")
            note("Stop it with Ctrl+C.")
        stop.wait()
