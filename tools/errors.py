"""Errors that tools raise of their own."""

from __future__ import annotations

from audience.problems import MusterError


class NotFound(MusterError):
    """Nothing has this name; `suggestions` holds the nearest."""

    code = "not_found"


class NoData(MusterError):
    """The workspace has only a tracking plan, so nobody can be counted or looked at."""

    code = "no_data"

    def __init__(self) -> None:
        super().__init__(
            "This workspace has a tracking plan and no data, so there are no people to look at. "
            "Import a folder with data to see them."
        )
