"""Serving a GGUF file on loopback, as any OpenAI-compatible server, by llama.cpp."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from audience.problems import MusterError

LOOPBACK = "127.0.0.1"
CONTEXT = 8192  # tokens: instructions, fields, examples and an answer
MAGIC = b"GGUF"


class NotServed(MusterError):
    """The model cannot be served: the file is none, or what serves it is missing."""

    code = "model_not_served"


@contextmanager
def served(
    path: Path,
    *,
    port: int = 0,
    threads: int | None = None,
    name: str | None = None,
    context: int = CONTEXT,
) -> Iterator[str]:
    """The address (with /v1) of a server for this model, which ends with the block.

    `port` 0 is any free one; `threads` None is all cores. Raises `NotServed`.
    """
    _require_model(path)
    server = _server(path, port, threads or os.cpu_count() or 1, name or path.stem, context)
    try:
        yield f"{server.listening_address}/v1"
    finally:
        del server  # ends it


def _require_model(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(len(MAGIC))
    except OSError as error:
        raise NotServed(f"{path} cannot be read ({error.strerror}).") from None
    if start != MAGIC:
        raise NotServed(f"{path} is no GGUF file.")


def _server(path: Path, port: int, threads: int, name: str, context: int) -> Any:
    try:
        import xllamacpp
    except ImportError:
        raise NotServed(
            "The server of local models is not installed. Install it with: "
            ".venv/bin/pip install -e '.[local]'"
        ) from None
    given = xllamacpp.CommonParams()
    given.model.path = str(path)
    given.model_alias = {name}
    given.hostnames = [LOOPBACK]
    given.port = port
    given.n_ctx = context
    given.n_parallel = 1
    given.cpuparams.n_threads = threads
    given.cpuparams_batch.n_threads = threads
    given.verbosity = 0
    given.ui = False
    given.warmup = False
    try:
        return xllamacpp.Server(given)
    except RuntimeError as error:
        raise NotServed(f"{path.name} cannot be served at port {port} ({error}).") from None
