"""The end of a command: at once, when all that was to run at the end of the process has run.

Python would take everything apart that was imported and made, for a fifth of the time that `build` takes.
"""

from __future__ import annotations

import atexit
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_statuses: list[int] = []


@contextmanager
def ends_at_once() -> Iterator[None]:
    """What leaves this with an exit status ends the process with it: threads and exit handlers
    have their turn, and nothing comes after them."""
    try:
        yield
    except SystemExit as ending:
        if isinstance(ending.code, int | None):
            _statuses.append(ending.code or 0)
        raise


@atexit.register  # on import, so that it is later than the handlers of what a command uses
def _leave() -> None:
    if not _statuses:
        return
    status = _statuses[-1]
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):  # what was said did not arrive
            status = status or 1
    os._exit(status)
