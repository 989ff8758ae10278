"""What several commands print for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from audience.problems import Problem
from ui.cli.output import plain

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

MOST_SHOWN = 200
"""Characters of a query, from a problem on."""
KINDS = {"dynamic": "Dynamic", "dynamic_plus": "Dynamic Plus"}


def number(value: int | None) -> str:
    return "unknown" if value is None else f"{value:,}"


def of_all(reach: int | None, universe: int | None, type: str) -> str:
    """`1,204 of 5,000 users (24.1%)`."""
    if reach is None or universe is None:
        return "not counted: this workspace has a tracking plan and no data"
    share = f" ({100 * reach / universe:.1f}%)" if universe else ""
    return f"{reach:,} of {universe:,} {type}{share}"


def table(*columns: str, right: Sequence[str] = (), whole: Sequence[str] = ()) -> Table:
    """An empty table; columns named in `right` hold numbers, and those in `whole` are never broken."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for name in columns:
        made.add_column(
            name,
            justify="right" if name in right else "left",
            overflow="ellipsis" if name in whole else "fold",
            no_wrap=name in whole,
        )
    return made


def conditions(rows: Iterable[dict[str, Any]]) -> Table:
    """Each condition in words, with what it keeps and drops where that is known."""
    rows = list(rows)
    counted = any(row.get("reach") is not None for row in rows)
    numbers = ("Alone", "Kept", "Dropped") if counted else ()
    made = table("Condition", *numbers, right=numbers)
    for row in rows:
        counts = [
            "" if row.get(key) is None else f"{row[key]:,}" for key in ("reach", "kept", "dropped")
        ]
        made.add_row(plain(row["english"]), *(counts if counted else ()))
    return made


def facts(*pairs: tuple[str, str | None]) -> Table:
    """Names and what stands for each; those without are left out."""
    from rich.table import Table

    made = Table.grid(padding=(0, 2))
    made.add_column(style="dim", no_wrap=True)
    made.add_column(overflow="fold")
    for name, value in pairs:
        if value is not None:
            made.add_row(name, plain(value))
    return made


def problem(found: Problem, query: str) -> Text:
    """A problem with the place in the query that it is about."""
    from rich.text import Text

    error = found.severity == "error"
    text = Text()
    text.append("Error   " if error else "Warning ", "bold red" if error else "bold yellow")
    text.append(plain(found.message))
    if found.start is not None and found.end is not None and "\n" not in query:
        start = max(0, found.start - 40)
        end = min(len(query), found.end + 40, found.start + MOST_SHOWN)
        width = max(1, min(found.end, end) - found.start)
        text.append(f"\n        {plain(query[start:end])}\n", "dim")
        text.append(
            f"        {' ' * (found.start - start)}{'^' * width}", "red" if error else "yellow"
        )
    return text


def bullet(text: str) -> Text:
    from rich.text import Text

    return Text(f"  • {plain(text)}")


def heading(text: str) -> Text:
    from rich.text import Text

    return Text(plain(text), "bold")
