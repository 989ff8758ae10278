"""The engine knows English, not schemas: no field of any workspace stands in its code or data.

A name counts when it could only be a field's: in the spelling of the workspace (`Order Completed`,
`signedUpAt`, `birth_date`) or as its column. Names that are one ordinary English word in small
letters (`plan`, `country`) are words, and words are what the engine is made of.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml

from evals.workspaces import NAMES, make
from workspace.demo.folder import write_descriptions
from workspace.snake_case import snake_case

ENGLISH = Path(__file__).parents[2] / "audience" / "english"
FILES = sorted(path for path in ENGLISH.rglob("*") if path.suffix in (".py", ".yaml", ".json"))


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The telling names of all workspaces."""
    folder = tmp_path_factory.mktemp("plans")
    for name in NAMES:
        make(name, folder / name)
    for name in ("shop", "grocer"):
        (folder / name).mkdir()
        write_descriptions(name, folder / name)
    found = {each for plan in folder.iterdir() for each in _of_plan(plan)}
    return frozenset(each for each in found if not re.fullmatch(r"[a-z0-9]*", each))


def _of_data(folder: Path) -> Iterator[str]:
    """The names of a workspace without a plan: its files and their columns."""
    for path in folder.glob("*.parquet"):
        yield path.stem
        for name in duckdb.read_parquet(str(path)).columns:
            if name not in ("user_id", "group_id", "event_text"):  # every workspace has these
                yield name


def _of_plan(folder: Path) -> Iterator[str]:
    if not (folder / "tracking_plan.json").exists():
        yield from _of_data(folder)
        return
    for rule in json.loads((folder / "tracking_plan.json").read_text("utf-8"))["rules"]:
        part = "properties" if rule["type"] == "TRACK" else "traits"
        fields = rule["jsonSchema"].get("properties", {}).get(part, {}).get("properties", {})
        for name in (rule.get("key", ""), *fields):
            yield name
            yield snake_case(name)


def _texts(path: Path) -> Iterator[str]:
    """What a program or a file says, without its comments and docstrings."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        yield json.dumps(yaml.safe_load(text), ensure_ascii=False, default=str)
        return
    tree = ast.parse(text)
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documentation:
            yield str(node.value)


def _words(path: Path) -> Iterator[str]:
    """Every run of up to four words that the file says, as it is written there."""
    for text in _texts(path):
        words = list(re.finditer(r"[\w.-]+", text))
        for first, word in enumerate(words):
            for last in words[first : first + 4]:
                yield text[word.start() : last.end()]


def test_no_name_of_a_field(names: frozenset[str]) -> None:
    found = {
        str(path.relative_to(ENGLISH)): said
        for path in FILES
        if (said := sorted(names & set(_words(path))))
    }
    assert FILES
    assert found == {}


def test_the_names_are_those_of_all_workspaces(names: frozenset[str]) -> None:
    assert {
        "Order Completed",
        "order_completed",
        "household_comp",
        "trialEndsAt",
        "trial_ends_at",
        "evt_17",
        "Compra realizada",
    } <= names
