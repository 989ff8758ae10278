"""What others do with the same model and the same prompts, so that ours can be compared with it.

Each baseline is a function from a workspace to a function from a case to its answer. They need what
`pip install -e '.[eval]'` brings, except for the first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from audience.problems import MusterError
from evals.dataset import Case
from evals.scoring import Answered
from tools.context import ToolContext

Asker = Callable[[Case], Answered]
Maker = Callable[[ToolContext], Asker]

OURS = "muster"
_MODULES: Mapping[str, str] = {
    OURS: "evals.baselines.ours",
    "whole-schema": "evals.baselines.whole_schema",
    "self-query": "evals.baselines.self_query",
    "auto-retriever": "evals.baselines.auto_retriever",
    "sql-agent": "evals.baselines.sql_agent",
}
ENGINES = tuple(_MODULES)


class MissingBaseline(MusterError):
    """What a baseline needs is not installed."""

    code = "baseline_not_installed"


def asker(engine: str, context: ToolContext) -> Asker:
    """Answers cases as `engine` does. Raises `MissingBaseline`."""
    try:
        maker: Maker = import_module(_MODULES[engine]).asker
    except ImportError as error:
        raise MissingBaseline(
            f"{engine} needs {error.name}. Install it with: .venv/bin/pip install -e '.[eval]'"
        ) from error
    return maker(context)
