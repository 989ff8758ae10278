"""Settings: read from the environment and from .env, and refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from workspace.settings import InvalidSetting, Settings, load_settings


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for field in Settings.model_fields.values():
        assert field.alias is not None
        monkeypatch.delenv(field.alias, raising=False)
    monkeypatch.setitem(Settings.model_config, "env_file", ".env")
    monkeypatch.chdir(tmp_path)


def test_with_nothing_configured_the_demo_runs_on_the_builtin_engine() -> None:
    settings = load_settings()
    assert settings.home.name == ".muster"
    assert (settings.model, settings.builtin_first) == ("builtin", True)
    assert (settings.prompt_min, settings.prompt_max) == (20, 300)
    assert settings.store_url == f"sqlite:///{settings.home / 'muster.db'}"


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MUSTER_HOME", "state")
    monkeypatch.setenv("MUSTER_WORKSPACE", "grocer")
    monkeypatch.setenv("MUSTER_BUILTIN_FIRST", "0")
    monkeypatch.setenv("MUSTER_MODEL_TIMEOUT", "2.5")
    settings = load_settings()
    assert settings.home == tmp_path / "state"
    assert settings.workspace == "grocer"
    assert settings.builtin_first is False
    assert settings.model_timeout == 2.5


def test_a_dotenv_file_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("MUSTER_MODEL=small\nMUSTER_PROMPT_MAX=500\nOTHER=1\n")
    monkeypatch.setenv("MUSTER_PROMPT_MAX", "400")
    settings = load_settings()
    assert (settings.model, settings.prompt_max) == ("small", 400)


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTER_PROMPT_MIN", "")
    monkeypatch.setenv("MUSTER_WORKSPACE", "")
    settings = load_settings()
    assert (settings.prompt_min, settings.workspace) == (20, None)


def test_what_a_command_is_told_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTER_WORKSPACE", "grocer")
    assert load_settings(workspace="shop").workspace == "shop"
    assert load_settings(workspace=None).workspace == "grocer"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MUSTER_PROMPT_MIN", "twenty"),
        ("MUSTER_PROMPT_MAX", "0"),
        ("MUSTER_PROMPT_MIN", "301"),
        ("MUSTER_BUILTIN_FIRST", "maybe"),
        ("MUSTER_MODEL_TIMEOUT", "-1"),
        ("MUSTER_MODEL_TIMEOUT", "nan"),
        ("OPENAI_BASE_URL", "localhost:8080"),
        ("MUSTER_DATABASE_URL", "sqlite:///x.db"),
        ("MUSTER_DATABASE_URL", "not an address"),
        ("MUSTER_ACTIVE_DAYS", "0"),
    ],
)
def test_an_invalid_value_is_an_error_that_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidSetting) as raised:
        load_settings()
    assert name in raised.value.message
    assert raised.value.code == "invalid_setting"


def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    monkeypatch.setenv("MUSTER_DATABASE_URL", "postgresql://ana:very-secret@db/muster")
    settings = load_settings()
    assert "very-secret" not in repr(settings)
    assert settings.store_url == "postgresql+psycopg://ana:very-secret@db/muster"


def test_an_invalid_secret_is_not_echoed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTER_DATABASE_URL", "mysql://ana:very-secret@db/muster")
    with pytest.raises(InvalidSetting) as raised:
        load_settings()
    assert "very-secret" not in raised.value.message
