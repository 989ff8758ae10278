"""Ours and the baselines with the same small model on this machine, over the same prompts.

Every answer is written down at once: a run that was ended goes on where it stopped.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from evals.baselines import ENGINES, OURS
from evals.dataset import Split
from evals.run import Options, evaluate
from workspace.settings import BUILTIN, load_settings

ALONE, FIRST, ENGINE = "ours-alone", "ours-engine-first", "built-in"
_FEWER = {"sql-agent": 3}  # so many times fewer prompts: it asks several times for each
FIELD_TOKENS = 260  # of a request of ours: a small model chooses better among few fields
CONTEXT = 16_384  # tokens: the baselines send whole schemas


def run(
    out: Path | None,
    *,
    engines: Sequence[str] = ENGINES,
    workspaces: tuple[str, ...] = (),
    limit: int = 60,
    seconds: float = 90,
    threads: int | None = None,
    address: str | None = None,
    split: Split = "test",
    say: Callable[[str], None],
) -> list[Path]:
    """Gives the folders of the runs, one for each below `out`. With `address` the model is served there."""
    from workspace.local_model.fetching import known_model

    home = load_settings().home
    out = out or home / "eval-local"
    name = known_model().name
    folders = []
    with _served(home, threads, address, say) as where:
        for folder, engine, settings in _runs(engines, name, where, seconds):
            say(f"{folder}: {limit // _FEWER.get(engine, 1)} prompts")
            with _environment(settings):
                options = Options(
                    engine=engine,
                    workspaces=workspaces,
                    split=split,
                    limit=limit // _FEWER.get(engine, 1),
                    out=out / folder,
                    jobs=1,
                )
                evaluate(options)
            folders.append(out / folder)
    return folders


@contextmanager
def _served(
    home: Path, threads: int | None, address: str | None, say: Callable[[str], None]
) -> Iterator[str]:
    if address is not None:
        yield address
        return
    from workspace.local_model.fetching import fetched, known_model
    from workspace.local_model.serving import served

    model = fetched(home, lambda stage, share: say(f"{stage}: {share:.0%}"))
    with served(model, threads=threads, name=known_model().name, context=CONTEXT) as where:
        yield where


def _runs(
    engines: Sequence[str], name: str, address: str, seconds: float
) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Folder, engine and settings of each run."""
    settings = {
        "MUSTER_MODEL": name,
        "OPENAI_BASE_URL": address,
        "MUSTER_MODEL_TIMEOUT": str(seconds),
        "MUSTER_MODEL_TOKENS": str(FIELD_TOKENS),
        "MUSTER_BUILTIN_FIRST": "0",
    }
    for engine in engines:
        if engine != OURS:
            yield engine, engine, settings
            continue
        yield ENGINE, OURS, settings | {"MUSTER_MODEL": BUILTIN}
        yield ALONE, OURS, settings
        yield FIRST, OURS, settings | {"MUSTER_BUILTIN_FIRST": "1"}


@contextmanager
def _environment(settings: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
