"""Answering a file of lines: one line of output for each line of input, in order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import typer

from audience.problems import MusterError
from ui.cli.output import as_muster_error, clean, error_json, write_line

Line = dict[str, Any]
Handler = Callable[[Line], dict[str, Any]]


class InvalidLine(MusterError):
    """A line of a batch that cannot be read."""

    code = "invalid_line"


class NoSuchFile(MusterError):
    """A batch file that cannot be opened."""

    code = "no_such_file"


def one_or_batch(text: str | None, batch: str | None, name: str) -> None:
    """Raises a usage error unless exactly one of the two is given."""
    if (text is None) == (batch is None):
        raise typer.BadParameter(f"Give either {name} or --batch.", param_hint=name)


def answer_lines(
    path: str, handle: Handler, failed: Callable[[dict[str, Any]], Line] | None = None
) -> None:
    """Writes `handle(line)` for each line of the file, with the line's `id` first.

    A line that cannot be read or answered gives `{"id", "error"}`, to which `failed` may add; its id
    is null when it could not be read. Raises `NoSuchFile`.
    """
    with _opened(path) as file:
        for raw in file:
            id: Any = None
            try:
                line = _parsed(raw)
                id = line.get("id")
                answer = handle(line)
            except Exception as raised:
                error = error_json(as_muster_error(raised))
                answer = {"error": error} | (failed(error) if failed else {})
            write_line({"id": id} | {key: answer[key] for key in answer if key != "id"})


def text_of(line: Line, key: str) -> str:
    """The text under `key`. Raises `InvalidLine`."""
    text = line.get(key)
    if not isinstance(text, str):
        raise InvalidLine(f"The line needs a text under {key!r}.")
    return clean(text)


def texts_of(line: Line, key: str) -> tuple[str, ...]:
    """The list of texts under `key`; none when it is missing. Raises `InvalidLine`."""
    texts = line.get(key)
    if texts is None:
        return ()
    if not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
        raise InvalidLine(f"{key!r} must be a list of texts.")
    return tuple(clean(each) for each in texts)


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(path).open("rb")  # noqa: SIM115 - closed below; only opening may fail this way
    except OSError as error:
        raise NoSuchFile(f"{path}: cannot be read ({error.strerror}).") from None
    with file:
        yield file


def _parsed(raw: bytes) -> Line:
    try:
        line = json.loads(raw.decode("utf-8-sig"), parse_constant=_refused)
    except UnicodeDecodeError:
        raise InvalidLine("The line is not UTF-8 text.") from None
    except RecursionError:
        raise InvalidLine("The line is nested too deeply.") from None
    except ValueError:
        raise InvalidLine("The line is not JSON.") from None
    if not isinstance(line, dict):
        raise InvalidLine("The line is not a JSON object.")
    return line


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")
