"""Segments of the workspace's people for a strategy."""

from __future__ import annotations

from tools.context import ToolContext
from tools.segments import Segmentation


def generate_segments(
    context: ToolContext, strategy: str, *, about: str = "", cut: int = 0
) -> Segmentation:
    raise NotImplementedError
