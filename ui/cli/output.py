"""How commands answer: one JSON object, or words for people; errors with their code; progress aside.

Standard output carries the answer and nothing else. What comes from data or from people is shown as
text: control characters are replaced and markup means nothing.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from audience.problems import MusterError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

log = logging.getLogger("muster")

UNEXPECTED = MusterError(
    "Something went wrong here, and nothing was changed. Run it again with MUSTER_TRACE=1 to see where."
)
Progress = Callable[[str, float], None]


def clean(text: str) -> str:
    """`text` with what is not Unicode (bytes of another encoding) replaced, one for one."""
    return text.encode("utf-8", "replace").decode() if not _is_unicode(text) else text


def plain(text: str) -> str:
    """`text` as one line that cannot steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def write_line(answer: dict[str, Any]) -> None:
    """One JSON object as one line of UTF-8, at once, whatever the terminal's encoding is."""
    text = json.dumps(answer, ensure_ascii=False, allow_nan=False)
    sys.stdout.flush()
    sys.stdout.buffer.write(clean(text).encode() + b"\n")
    sys.stdout.buffer.flush()


def write_text(text: str) -> None:
    """Text as it is, in UTF-8, with one line break at its end: for a file or a pipe as for people."""
    sys.stdout.flush()
    sys.stdout.buffer.write(clean(text.rstrip("\n") + "\n").encode())
    sys.stdout.buffer.flush()


def note(text: str) -> None:
    """Something to know beside the answer, on standard error."""
    print(clean(text), file=sys.stderr)  # noqa: T201


def show(*parts: RenderableType) -> None:
    """Prints for people."""
    console = _console()
    for part in parts:
        console.print(part)


def error_json(error: MusterError) -> dict[str, Any]:
    """`{"code", "message"}`, and what else the error knows."""
    found: dict[str, Any] = {"code": error.code, "message": error.message}
    if error.suggestions:
        found["suggestions"] = list(error.suggestions)
    if error.problems:
        from tools.validate_conditions import problem_json

        found["problems"] = [problem_json(each) for each in error.problems]
    return found


def as_muster_error(error: Exception) -> MusterError:
    """The error itself when it has words for people, else one that says so and is logged."""
    if isinstance(error, MusterError):
        return error
    log.error("Unexpected", exc_info=error)
    return UNEXPECTED


@contextmanager
def answering(as_json: bool) -> Iterator[None]:
    """Turns what a command raises into its error answer and exit status 1."""
    try:
        yield
    except (typer.Exit, typer.Abort, typer.TyperException, BrokenPipeError):
        raise
    except Exception as raised:
        error = as_muster_error(raised)
        if as_json:
            write_line({"error": error_json(error)})
        else:
            _show_error(error)
        raise typer.Exit(1) from None


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress bar on standard error, when that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _stage, _share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0, visible=False)

        def advance(stage: str, share: float) -> None:
            bar.update(task, description=plain(stage), completed=share, visible=True)

        yield advance


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= c <= "\udfff" for c in text)


def _console(stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, markup=False, highlight=False, emoji=False)


def _show_error(error: MusterError) -> None:
    from rich.text import Text

    console = _console(stderr=True)
    console.print(Text.assemble(("Error ", "bold red"), clean(error.message)))
    for problem in error.problems[1:]:
        console.print(Text.assemble(("      ", ""), clean(problem.message)))
