"""The data files are read as PyYAML reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from audience.english.data import read

ENGLISH = Path(__file__).parents[3] / "audience" / "english"
FILES = sorted(ENGLISH.rglob("*.yaml"))


def package(file: Path) -> str:
    return ".".join(file.parent.relative_to(ENGLISH.parents[1]).parts)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_file_is_read_as_text(file: Path) -> None:
    assert read(package(file), file.name) == yaml.load(file.read_text("utf-8"), yaml.BaseLoader)


@pytest.mark.parametrize(
    "file", [each for each in FILES if each.parent.name == "literals"], ids=lambda file: file.name
)
def test_numbers_are_numbers_where_they_are_asked_for(file: Path) -> None:
    told = yaml.load(file.read_text("utf-8"), yaml.SafeLoader)
    assert read(package(file), file.name, numbers=True) == told
