"""Errors that tools raise of their own."""

from __future__ import annotations

from audience.problems import MusterError


class NotFound(MusterError):
    """Nothing has this name; `suggestions` holds the nearest."""

    code = "not_found"
