"""strategies.yaml and workspace.yaml: liberal in what they take, exact about what is wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from workspace.config import WorkspaceConfig, load_config
from workspace.strategies import Strategy, load_strategies
from workspace.yaml_file import InvalidFile


def strategies(tmp_path: Path, text: str) -> tuple[Strategy, ...]:
    path = tmp_path / "strategies.yaml"
    path.write_text(text, encoding="utf-8")
    return load_strategies(path)


def test_no_file_means_no_strategies(tmp_path: Path) -> None:
    assert load_strategies(tmp_path / "strategies.yaml") == ()


def test_only_key_and_name_are_needed(tmp_path: Path) -> None:
    (found,) = strategies(tmp_path, "strategies: [{key: trail, name: Trail}]")
    assert (found.key, found.name) == ("trail", "Trail")
    assert found.personas == ()
    assert found.audience.interests == ()


def test_texts_and_lists_are_both_read(tmp_path: Path) -> None:
    (found,) = strategies(
        tmp_path,
        """
strategies:
  - key: trail
    name: Trail
    product: [Tents, boots]
    pain_points: It rains
    audience: {geography: [Spain, France], interests: hiking, behaviours: [reads, walks]}
    personas:
      - {key: ana, name: Ana, pain_points: [no time], interests: , voice: [warm, brief]}
""",
    )
    assert found.product == "Tents, boots"
    assert found.pain_points == ("It rains",)
    assert found.audience.geography == "Spain, France"
    assert found.audience.interests == ("hiking",)
    assert found.audience.behaviours == ("reads", "walks")
    persona = found.persona("ana")
    assert persona is not None
    assert (persona.interests, persona.voice) == ((), "warm, brief")
    assert found.persona("bob") is None


def test_words_that_yaml_takes_for_something_else_stay_words(tmp_path: Path) -> None:
    (found,) = strategies(
        tmp_path, "strategies: [{key: 2024, name: no, audience: {geography: NO}}]"
    )
    assert (found.key, found.name, found.audience.geography) == ("2024", "no", "NO")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("strategies:\n  - key: a\n   name: b\n", 3, ""),
        ("strategies:\n  - key: a\n", 2, "name: is missing"),
        ("strategies:\n  - name: A\n    key: a\n  - name: B\n    key: a\n", 5, "twice"),
        ("strategies:\n  - name: A\n    key: a\n    personas: many\n", 4, "personas"),
        ("strategies:\n  - name: A\n    key: a\n    pain_points: {x: y}\n", 4, "pain_points"),
        ("strategies:\n  - name: ''\n    key: a\n", 2, "name: is empty"),
        ("strategies: all\n", 1, "list"),
        ("- key: a\n", 1, "strategies"),
        ("strategies: &a [*a]\n", 1, "recursive"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    with pytest.raises(InvalidFile) as raised:
        strategies(tmp_path, text)
    assert f"strategies.yaml, line {line}" in raised.value.message
    assert said in raised.value.message


def test_a_few_lines_that_stand_for_billions_are_refused(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
    )
    with pytest.raises(InvalidFile, match="parts"):
        strategies(tmp_path, bomb + "strategies: *a11\n")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "strategies.yaml"
    path.write_bytes("strategies: [{key: a, name: Café}]".encode("latin-1"))
    with pytest.raises(InvalidFile, match="UTF-8"):
        load_strategies(path)


def config(tmp_path: Path, text: str) -> WorkspaceConfig:
    path = tmp_path / "workspace.yaml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def test_a_workspace_may_say_nothing_of_itself(tmp_path: Path) -> None:
    assert load_config(tmp_path / "workspace.yaml") == WorkspaceConfig()
    assert config(tmp_path, "") == WorkspaceConfig()
    assert config(tmp_path, "lookback_days:\nglossary:\n") == WorkspaceConfig()


def test_a_workspace_says_everything_of_itself(tmp_path: Path) -> None:
    found = config(
        tmp_path,
        "name: grocer\nas_of: 2018-01-02T00:00:00Z\ntimezone: Europe/Madrid\ncurrency: eur\n"
        "lookback_days: 365\ndynamic_plus_limit: 0\n"
        "glossary:\n  VIP: \"trait('orders') > 9\"\n",
    )
    assert found == WorkspaceConfig(
        name="grocer",
        as_of=datetime(2018, 1, 2, tzinfo=UTC),
        timezone="Europe/Madrid",
        currency="EUR",
        lookback_days=365,
        dynamic_plus_limit=0,
        glossary={"VIP": "trait('orders') > 9"},
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("as_of: soon", "as_of"),
        ("timezone: Middle/Earth", "timezone"),
        ("timezone: ../../etc/passwd", "timezone"),
        ("currency: dollars", "currency"),
        ("lookback_days: 0", "lookback_days"),
        ("lookback_days: 1.5", "lookback_days"),
        ("dynamic_plus_limit: -1", "dynamic_plus_limit"),
        ("glossary: [VIP]", "glossary"),
        ("glossary: {VIP: }", "glossary"),
        ("name: [a]", "name"),
        ("just words", "settings"),
    ],
)
def test_what_a_workspace_cannot_be_is_named(tmp_path: Path, text: str, name: str) -> None:
    with pytest.raises(InvalidFile) as raised:
        config(tmp_path, text)
    assert "workspace.yaml, line 1" in raised.value.message
    assert name in raised.value.message
