"""What people are called."""

from __future__ import annotations

import unicodedata

from audience.problems import MusterError

LOCAL = "local"  # the one who has this machine; owns every workspace on it
LONGEST = 200


class InvalidPerson(MusterError):
    """A name that nobody can have."""

    code = "invalid_person"


def person_name(text: str) -> str:
    """A person's name as it is kept: names that differ in case only are the same person's.

    Raises `InvalidPerson`; nobody who signs in can be called like the one who has this machine.
    """
    name = unicodedata.normalize("NFKC", text).strip().casefold()
    if not name or len(name) > LONGEST or not name.isprintable():
        raise InvalidPerson(f"A person's name has 1 to {LONGEST} letters or signs, in one line.")
    if name == LOCAL:
        raise InvalidPerson(f"{LOCAL} is the one who has this machine. Choose another name.")
    return name
