"""Texts for models and people, one file each."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def text(name: str) -> str:
    """The text of `prompts/<name>.md`."""
    return (Path(__file__).parent / f"{name}.md").read_text("utf-8").strip()
