"""Made-up workspaces for evaluation, each in another field and another naming style.

Every one is written as a workspace folder and goes through the same import door as a customer's data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from evals.workspaces.brightwheel import make_brightwheel
from evals.workspaces.campus import make_campus
from evals.workspaces.lindenhof import make_lindenhof
from evals.workspaces.lumen import make_lumen
from evals.workspaces.northbank import make_northbank
from evals.workspaces.planboard import make_planboard
from evals.workspaces.riverside import make_riverside
from evals.workspaces.telcora import make_telcora
from evals.workspaces.viento import make_viento

MADE_UP: Mapping[str, Callable[[Path], None]] = {
    "planboard": make_planboard,
    "lumen": make_lumen,
    "viento": make_viento,
    "riverside": make_riverside,
    "northbank": make_northbank,
    "telcora": make_telcora,
    "lindenhof": make_lindenhof,
    "campus": make_campus,
    "brightwheel": make_brightwheel,
}
