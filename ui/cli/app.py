"""`muster`: the commands, put together."""

from __future__ import annotations

import gc
import io
import logging
import os
import sys

import typer

from ui.cli import (
    audiences,
    brief,
    build,
    chat,
    check,
    data,
    doctor,
    evaluate,
    export,
    fields,
    local_model,
    preview,
    roles,
    terms,
    user,
)
from ui.cli.ending import ends_at_once
from ui.cli.output import write_line

app = typer.Typer(
    name="muster",
    help="Say who a campaign is for, and get an audience that you can trust.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
_UNTIL_LOOKED = (
    500_000  # objects made before Python looks for garbage: what a command makes is none
)
COMMANDS = (
    chat,
    data,
    fields,
    roles,
    build,
    check,
    preview,
    audiences,
    export,
    brief,
    terms,
    user,
    doctor,
    local_model,
    evaluate,
)
for group in COMMANDS:
    group.register(app)


def main() -> None:
    """Runs the command line. Wrong usage ends with 2, and with JSON too where JSON was asked for."""
    gc.set_threshold(_UNTIL_LOOKED)
    traced = bool(os.environ.get("MUSTER_TRACE"))
    logging.basicConfig(level=logging.WARNING if traced else logging.CRITICAL + 1)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a letter
    with ends_at_once():
        _run(sys.argv[1:])


def _run(arguments: list[str]) -> None:
    if "--json" not in arguments:
        app(arguments)
        return
    try:
        status = app(arguments, standalone_mode=False)
    except typer.TyperException as error:
        write_line({"error": {"code": "usage", "message": error.format_message()}})
        sys.exit(error.exit_code)
    except typer.Abort:
        sys.exit(130)
    except BrokenPipeError:
        # Nobody reads any more; what is still buffered must not be written when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)
