"""The evaluation's workspaces, made once for all workers in a folder that they share.

`make test` names the folder, so that its evaluation takes them over, with what their gold queries select.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
def eval_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """MUSTER_HOME is a folder in which `evals.worlds.prepare` makes each workspace but once."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    home = Path(os.environ.get("MUSTER_TEST_EVALS", shared / "eval-home"))
    monkeypatch.setenv("MUSTER_HOME", str(home))
    return home
