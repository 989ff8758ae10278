"""The built-in engine's door: a request becomes a reading."""

from __future__ import annotations

from audience.english.reading import Reading, Request, refused


def read_prompt(request: Request) -> Reading:
    """Read one prompt, on its own or as a change to `request.draft`. Never raises for any text."""
    too = _length(request)
    if too is not None:
        return too
    return refused("not_understood", "These words could not be read as an audience.")


def _length(request: Request) -> Reading | None:
    length = len(request.prompt.strip())
    if request.draft is None and length < request.prompt_min:
        return refused(
            "prompt_too_short",
            f"Describe the audience in at least {request.prompt_min} characters.",
        )
    if length > request.prompt_max:
        return refused(
            "prompt_too_long",
            f"Describe the audience in at most {request.prompt_max} characters; this has {length}.",
        )
    return None
