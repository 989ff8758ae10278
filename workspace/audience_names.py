"""Names of saved audiences, and the keys that are made of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from audience.problems import MusterError

NAME_LENGTH = 200
KEY_LENGTH = 80


class InvalidName(MusterError):
    """A name that an audience cannot have."""

    code = "invalid_name"


def key_of(name: str) -> str:
    """The snake_case of a name, as an audience's key: `Café fans (2026)` is `cafe_fans_2026`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")[:KEY_LENGTH].strip("_")
    return key or "audience"


def free_key(name: str, taken: Collection[str], trait_names: Collection[str]) -> str:
    """The key of `name`, or the first of `<key>_2`, `<key>_3`, … that nothing else is called."""
    key = key_of(name)
    free, number = key, 1
    while free in taken or free in trait_names:
        number += 1
        free = f"{key}_{number}"
    return free


def checked_name(name: str) -> str:
    name = " ".join("".join(c for c in name if c.isprintable() or c.isspace()).split())
    if not name:
        raise InvalidName("Give the audience a name.")
    if len(name) > NAME_LENGTH:
        raise InvalidName(f"A name has at most {NAME_LENGTH} characters; this has {len(name)}.")
    return name
