"""Codes that shorten words, held together against words of one line."""

from __future__ import annotations

import pytest

from audience.english.shortened import spelt_in_full

FOUND = {
    ("GLD", "SLV", "BRZ"): {"GLD": "gold", "SLV": "silver", "BRZ": "bronze"},
    ("DD", "CC", "BT"): {"DD": "direct debit", "CC": "credit card", "BT": "bank transfer"},
    ("ACT", "CXL", "PND"): {"ACT": "active", "CXL": "cancelled", "PND": "pending"},
    ("VEG", "VGN", "HAL"): {"VEG": "vegetarian", "VGN": "vegan", "HAL": "halal"},
}


@pytest.mark.parametrize(("codes", "meant"), FOUND.items())
def test_codes_of_one_line_are_spelt_in_full(codes: tuple[str, ...], meant: dict[str, str]) -> None:
    found = spelt_in_full(codes)
    assert meant.items() <= dict(reversed(found)).items()


@pytest.mark.parametrize(
    "codes",
    [
        ("PT", "JP", "IT", "GR"),
        ("yoga", "spin", "hiit"),
        ("ORD", "RET", "SHP"),
        ("M", "F"),
        ("GLD",),
    ],
)
def test_codes_of_no_line_stay_codes(codes: tuple[str, ...]) -> None:
    assert spelt_in_full(codes) == ()
