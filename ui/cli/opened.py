"""The workspace that a command works on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from ui.cli.output import progress

if TYPE_CHECKING:
    from tools.context import ToolContext


@contextmanager
def opened(
    workspace: str | None,
    *,
    model: str | None = None,
    as_of: datetime | None = None,
    engine: str | None = None,
) -> Iterator[ToolContext]:
    """The tools' context, with a progress bar for what takes long."""
    from tools.context import ToolContext
    from workspace.settings import load_settings

    settings = load_settings(workspace=workspace, model=model)
    with progress() as advance:
        yield ToolContext.open(settings, as_of=as_of, progress=advance, engine=engine)
