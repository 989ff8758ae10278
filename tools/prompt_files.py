"""The texts in `prompts/`: for models, and for people."""

from __future__ import annotations

from functools import cache

from workspace.settings import CHECKOUT


@cache
def prompt(name: str) -> str:
    """The text of `prompts/<name>.md`."""
    return (CHECKOUT / "prompts" / f"{name}.md").read_text("utf-8").strip()
