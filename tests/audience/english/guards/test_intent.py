"""What asks for something else than an audience, and what only sounds so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from audience.english.guards.intent import not_an_audience, speaks_of_people

CORPUS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "intent.yaml").read_text(encoding="utf-8")
)


def pairs(key: str) -> list[tuple[str, str]]:
    return [(reason, text) for reason, texts in CORPUS[key].items() for text in texts]


@pytest.mark.parametrize(("reason", "text"), pairs("sure"))
def test_another_request_is_sure(reason: str, text: str) -> None:
    found = not_an_audience(text)
    assert found is not None
    assert (found.reason, found.sure) == (reason, True)
    assert 0 <= found.start <= found.end <= len(text)


@pytest.mark.parametrize(("reason", "text"), pairs("sign"))
def test_a_question_or_a_command_is_a_sign(reason: str, text: str) -> None:
    found = not_an_audience(text)
    assert found is not None
    assert (found.reason, found.sure) == (reason, False)


@pytest.mark.parametrize("text", CORPUS["audiences"])
def test_an_audience_is_never_surely_another_request(text: str) -> None:
    found = not_an_audience(text)
    assert found is None or not found.sure


@pytest.mark.parametrize("text", CORPUS["clean"])
def test_plain_audiences_show_no_sign(text: str) -> None:
    assert not_an_audience(text) is None


def test_words_for_people_outweigh_a_sign() -> None:
    assert speaks_of_people("which customers churned last month?")
    assert not speaks_of_people("What's the weather like in Madrid today?")
