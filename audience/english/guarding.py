"""What a prompt must not be or hold, before anything is built from it."""

from __future__ import annotations

from audience.english.reading import Reading, Request


def guarded(request: Request) -> Reading | None:
    """A refusal, or None where the prompt may be read."""
    return None
