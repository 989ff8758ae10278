"""A workspace in invented words is the same workspace: translated queries select the same people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audience.printer import show
from audience.reader import read
from evals.dataset import load
from evals.invented import invent
from evals.members import MemberCounter
from evals.workspaces import make
from evals.worlds import eval_settings, open_world, prepare, save_audiences
from workspace.importer import import_folder


@pytest.mark.parametrize("name", ["planboard", "viento"])
def test_translated_gold_queries_select_the_same_people(
    eval_home: Path, tmp_path: Path, name: str
) -> None:
    settings = eval_settings()
    prepare([name], settings)
    real = MemberCounter(open_world(name, settings))
    source, target = tmp_path / "source", tmp_path / "target"
    make(name, source)
    names = invent(source, target)
    own = settings.model_copy(update={"home": tmp_path / "home"})
    import_folder(target, own.home, name, replace=False, progress=lambda stage, share: None)
    save_audiences(name, own, lambda query: show(names.query(read(query))))
    invented = MemberCounter(open_world(name, own))
    for case in load(workspaces=[name])[::3]:  # the others ask the like
        if case.query is not None:
            translated = show(names.query(read(case.query)))
            assert translated != case.query or "membership" in case.tags
            assert invented.of(translated, case.type) == real.of(case.query, case.type), case.id


def test_no_old_name_is_left_but_in_descriptions(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    make("lumen", source)
    names = invent(source, target)
    plan = (target / "tracking_plan.json").read_text("utf-8")
    bare = re.sub(r'"description": "[^"]*"', "", plan)
    for old in (*names.events, *names.traits):
        assert f'"{old}"' not in bare, old
    assert "BSC" not in bare
    assert "basic" in plan  # what a coded value means is still explained
    assert not (target / "video_watched.parquet").exists()
    assert len(set(names.events.values())) == len(names.events)
