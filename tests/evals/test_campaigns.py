"""Scripted campaigns: played through the real session, and judged by what is stored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals import campaigns
from evals.campaigns import BrokenScript, load_scripts, measure
from evals.worlds import WORKSPACES
from tests.conftest import copied
from tests.ui.cli import muster


@pytest.fixture
def made(shop_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """MUSTER_HOME, with the demo workspace where the evaluation looks for it."""
    home = tmp_path / "home"
    copied(shop_made, home / "evals")
    monkeypatch.setenv("MUSTER_HOME", str(home))
    monkeypatch.setattr("evals.worlds._fingerprint", lambda name: "made")
    (home / "evals" / "made.json").write_text(json.dumps({"shop": "made"}))
    return home


def test_every_script_can_be_read_and_ends_in_something() -> None:
    scripts = load_scripts()
    assert len({each.id for each in scripts}) == len(scripts) >= 10
    for each in scripts:
        assert each.workspace in WORKSPACES
        assert each.turns[-1].then, each.id
    assert any(turn.rule for each in scripts for turn in each.turns)


def test_a_script_with_an_unknown_word_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "campaigns.yaml"
    for turn in ("{say: hello, then: {mood: happy}}", "{then: {review: true}}", "{sing: la}"):
        path.write_text(f"- {{id: odd, workspace: shop, turns: [{turn}]}}")
        with pytest.raises(BrokenScript, match="odd, turn 1"):
            load_scripts(path)


def test_campaigns_end_as_they_must_and_leave_nothing_behind(made: Path) -> None:
    found = measure(only=("saved-in-words", "switching-asks-first"))
    assert [each.right for each in found.played] == [True, True]
    assert found.rules.hits == found.rules.total > 0
    assert found.stored.hits == found.stored.total > 0
    assert found.to_json()["failures"] == []
    again = measure(only=("saved-in-words",))  # the first time has saved nothing here
    assert again.right.value == 1.0


def test_what_does_not_hold_is_named_and_fails_the_gate(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "campaigns.yaml"
    path.write_text(
        """
- id: wrong
  workspace: shop
  turns:
    - say: Customers in Spain with at least one order
      then: {members: "trait('country') = 'FR'", review: true, notice: no_strategy, audiences: [Mine]}
    - say: discard it
    - decide: approve
"""
    )
    monkeypatch.setattr(campaigns, "load_scripts", lambda: load_scripts(path))
    result = muster("eval", "campaigns", "--gate", "--json")
    answer = result.json
    assert result.status == 1
    assert answer["error"]["code"] == "campaigns_failed"
    (failure,) = answer["failures"]
    assert [each["what"] for each in failure["checks"]] == ["members", "notice", "audiences"]
    assert failure["stopped"] == "There is no review to decide."
