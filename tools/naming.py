"""Finding a thing by what a person calls it: its key, its name, or nearly so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from audience.nearest import nearest_texts
from tools.errors import NotFound


class Named(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=Named)


def named(text: str, things: Sequence[T], what: str) -> T:
    """The one of `things` that `text` names: by key, by name, or by a part of it that no other has.

    Case, articles and the word for the kind of thing do not matter. Raises `NotFound`.
    """
    asked = _plain(text, what)
    for each in things:
        if asked in (_plain(each.key, what), _plain(each.name, what)):
            return each
    words = set(asked.split())
    if words:
        within = [each for each in things if words <= set(_plain(each.name, what).split())]
        if len(within) == 1:
            return within[0]
    names = tuple(each.name for each in things)
    near = nearest_texts(text, names)
    if not things:
        raise NotFound(f"There is no {what} here.")
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(names[:10])}."
    raise NotFound(
        f"There is no {what} called “{text[:60]}”. {hint}", suggestions=near or names[:10]
    )


def _plain(text: str, what: str) -> str:
    dropped = {"the", "a", "an", "our", "my", what, f"{what}s"}
    words = text.casefold().replace("_", " ").replace("-", " ").replace("“", "").replace("”", "")
    kept = [word for word in words.strip(" .'\"").split() if word not in dropped]
    return " ".join(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        for word in kept
    )
