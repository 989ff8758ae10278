"""Tables on standard output."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The first column to the left, the others to the right."""
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    for row in (head, *rows):
        first, *others = row
        cells = [f"{cell:>{width}}" for cell, width in zip(others, widths[1:], strict=True)]
        say("  ".join([f"{first:{widths[0]}}", *cells]).rstrip())
    say("")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
