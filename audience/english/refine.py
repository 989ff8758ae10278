"""A prompt that changes the draft so far."""

from __future__ import annotations

from audience.english.reading import Reading, Request


def refined(request: Request) -> Reading:
    from audience.english.engine import described

    return described(request)
