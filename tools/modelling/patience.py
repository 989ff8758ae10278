"""How often a busy server is asked again, and how long is waited in between."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from workspace.settings import Settings

if TYPE_CHECKING:
    from tenacity import RetryCallState

TRIES = 3
_PAUSE, _LONGEST_PAUSE = 0.5, 8.0  # seconds, where the server does not say
_BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504})  # may be better soon


def patience(settings: Settings) -> dict[str, Any]:
    """What tenacity is told for one request, from now on: `TRIES` in all, with growing pauses, those
    that the server asks for, and none that begins or ends after MUSTER_MODEL_TIMEOUT."""
    from tenacity import retry_if_exception, stop_after_attempt

    until = time.monotonic() + settings.model_timeout

    def is_worth_it(error: BaseException) -> bool:
        return _is_busy(error) and time.monotonic() + _asked_pause(error) < until

    return {
        "stop": stop_after_attempt(TRIES),
        "retry": retry_if_exception(is_worth_it),
        "wait": _pause,
        "reraise": True,
    }


def _is_busy(error: BaseException) -> bool:
    from openai import APIConnectionError, APIStatusError, APITimeoutError

    if isinstance(error, APITimeoutError):
        return False  # it had all the time there is
    if isinstance(error, APIStatusError):
        return error.status_code in _BUSY
    return isinstance(error, APIConnectionError)


def _asked_pause(error: BaseException | None) -> float:
    """Seconds for which the server asks to be left alone; 0 where it does not say."""
    from openai import APIStatusError

    if not isinstance(error, APIStatusError):
        return 0.0
    headers = error.response.headers
    said = headers.get("retry-after") or "0"
    try:
        seconds = float(said)
    except ValueError:
        seconds = _until(said, headers.get("date"))
    return seconds if seconds > 0 else 0.0


def _until(then: str, now: str | None) -> float:
    """Seconds between two dates of a server, by its own clock; a pause of ours where it has none."""
    try:
        return (_moment(then) - _moment(now or "")).total_seconds()
    except ValueError:
        return _LONGEST_PAUSE


def _moment(text: str) -> datetime:
    found = parsedate_to_datetime(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome is not None else None
    grown = min(_LONGEST_PAUSE, _PAUSE * 2.0 ** (state.attempt_number - 1))
    return max(grown, _asked_pause(error))
