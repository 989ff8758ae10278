"""Answers of the web app with many chats side by side, against one chat alone. Part of `make bench`.

    python -m tests.bench.chats [--chats N] [--events N] [--runs N]

Starts a real server on a generated workspace of `--events` events (0: the demo's), and talks to it as
browsers do. An answer's time runs from the words to the review card with its counts. Nothing here is
a test of time; but every number that a card shows is compared with `muster preview`.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.bench.large import make_large
from tests.ui.browsing import muster
from tests.ui.conftest import Server
from tests.ui.crowds import Built, crowd, p95
from workspace.importer import import_folder
from workspace.opening import open_workspace
from workspace.settings import load_settings


def measured(server: Server, chats: int, runs: int) -> tuple[list[Built], list[Built]]:
    """Chats one after the other, then side by side."""

    async def all() -> tuple[list[Built], list[Built]]:
        await crowd(server, 1, "Warm")
        alone = [(await crowd(server, 1, f"Alone {run}"))[0] for run in range(runs)]
        return alone, await crowd(server, chats, "Beside")

    return asyncio.run(all())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--chats", type=int, default=25)
    parser.add_argument("--events", type=int, default=3_000_000)
    parser.add_argument("--runs", type=int, default=10)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="muster-bench-") as scratch:
        home = Path(scratch) / "home"
        if given.events:
            make_large(Path(scratch) / "large", given.events)
            import_folder(Path(scratch) / "large", home, "large")
        else:
            open_workspace(load_settings(home=home), "shop")
        server = Server(home).start()
        try:
            alone, beside = measured(server, given.chats, given.runs)
            wrong = [
                each.key
                for each in (alone[0], beside[0], beside[-1])
                if muster(home, "preview", each.query)["reach"] != each.reach
            ]
        finally:
            server.stop()
    one, many = p95(alone), p95(beside)
    out = sys.stdout
    out.write("| chats | answers | p95 of an answer | against one chat |\n|---|---|---|---|\n")
    out.write(f"| 1 | {len(alone)} | {one:.2f} s | 1.0 |\n")
    out.write(f"| {given.chats} | {len(beside)} | {many:.2f} s | {many / one:.1f} |\n")
    if wrong:
        sys.exit(f"A card's number is not the preview's: {', '.join(wrong)}")


if __name__ == "__main__":
    main()
