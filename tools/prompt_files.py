"""The texts in `prompts/`: for models, and for people."""

from __future__ import annotations

from functools import cache

from workspace.settings import CHECKOUT


def text_of(file: str) -> str:
    """A file of `prompts/`."""
    return (CHECKOUT / "prompts" / file).read_text("utf-8")


@cache
def prompt(name: str) -> str:
    """The text of `prompts/<name>.md`."""
    return text_of(f"{name}.md").strip()
