"""Personal data: what is a person's own, and what only looks like it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from audience.english.guards.personal import mask, personal_data

CORPUS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "personal.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CORPUS["personal"], ids=lambda case: case["text"])
def test_personal_data_is_found_where_it_stands(case: dict[str, str]) -> None:
    found = personal_data(case["text"])
    assert [(case["text"][each.start : each.end], each.kind) for each in found] == [
        (case["found"], case["kind"])
    ]


@pytest.mark.parametrize("text", CORPUS["none"])
def test_what_is_no_ones_own_is_left_alone(text: str) -> None:
    assert personal_data(text) == ()
    assert mask(text) == text


def test_a_masked_prompt_stays_readable() -> None:
    text = "people like ana@example.com, phone +34 612 345 678, at Calle Mayor 12 who bought twice"
    assert mask(text) == "people like [e-mail], phone [phone], at [address] who bought twice"


def test_a_masked_prompt_holds_nothing_personal() -> None:
    for case in CORPUS["personal"]:
        masked = mask(case["text"])
        assert case["found"] not in masked
        assert personal_data(masked) == ()
