"""Prompts about companies: what is said of the account, and of any, all or none of its users."""

from __future__ import annotations

from audience.english.read import Read, read_text
from audience.english.reading import Request


def read_accounts(request: Request, prefer: frozenset[str] = frozenset()) -> Read:
    return read_text(request, accounts=True, prefer=prefer)
