"""Starters: example prompts of the workspace's own fields, on the empty page."""

from __future__ import annotations

from agent.session import Session
from tools.examples import examples

MOST = 4


def starters_of(session: Session, person: str) -> list[tuple[str, str]]:
    """Label and prompt of each."""
    found = examples(session.tools(person))
    return [(each.prompt, each.prompt) for each in found[:MOST]]
