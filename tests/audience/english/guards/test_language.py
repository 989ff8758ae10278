"""Another language is told only when it is sure; short English and names pass."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from audience.english.guards.language import language_of

CORPUS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "language.yaml").read_text(encoding="utf-8")
)
OTHER = [(code, text) for code, texts in CORPUS["other"].items() for text in texts]


@pytest.mark.parametrize(("code", "text"), OTHER)
def test_another_language_is_told(code: str, text: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize("text", CORPUS["english"])
def test_english_is_not_taken_for_another_language(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize("case", CORPUS["names"], ids=lambda case: case["text"])
def test_names_of_the_workspace_in_another_language_pass(case: dict[str, Any]) -> None:
    assert language_of(case["text"], case["known"]) is None
    assert language_of(case["text"], set(case["known"]).__contains__) is None
