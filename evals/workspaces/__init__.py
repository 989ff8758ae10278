"""Made-up workspaces for evaluation, each in another field and another naming style.

Each is a file with a `WORLD` and a name in the list here. It is written as a workspace folder and goes
through the same import door as a customer's data.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from evals.workspaces.making import World, write

NAMES = (
    "planboard", "lumen", "viento", "riverside", "northbank", "telcora", "lindenhof", "brightwheel",
    "campus", "harbourfit", "pronto", "wildwater", "petalia", "emberfall", "closebook", "torque",
    "murmur", "foxglove", "ardmore", "casamar", "thymebox", "openroles", "havenway",
    "ticketwell",
    "lanternplay", "rosewell", "swiftrail", "deskflow",
)  # fmt: skip
MADE_UP: Mapping[str, World] = {
    name: import_module(f"evals.workspaces.{name}").WORLD for name in NAMES
}


def make(name: str, folder: Path) -> None:
    """Writes the folder of one of them."""
    write(MADE_UP[name], folder)
