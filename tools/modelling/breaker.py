"""A model that fails again and again is left alone for a while: nobody waits for it in vain."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

FAILURES = 3  # in a row
REST = 30.0  # seconds


@dataclass
class _Record:
    failures: int = 0
    until: float = 0.0


_records: dict[str, _Record] = {}
_guard = threading.Lock()


def resting(name: str) -> float:
    """For how many seconds more the model of this name is left alone; 0 when it may be asked."""
    with _guard:
        record = _records.get(name)
        return 0.0 if record is None else max(0.0, record.until - time.monotonic())


def worked(name: str) -> None:
    with _guard:
        _records.pop(name, None)


def failed(name: str) -> None:
    """One more failure. After a rest the model is tried again, and a failure then is a rest again."""
    with _guard:
        record = _records.setdefault(name, _Record())
        record.failures += 1
        if record.failures >= FAILURES:
            record.until = time.monotonic() + REST
