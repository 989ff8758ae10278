"""The engine knows English, not schemas: no field of any workspace stands in its code or data.

A name counts when it could only be a field's: in the spelling of the workspace (`Order Completed`,
`signedUpAt`, `birth_date`) or as its column. Names that are one ordinary English word in small
letters (`plan`, `country`) are words, and words are what the engine is made of. The roles that an event
may play are the engine's own words too, and a few of them are what Google Analytics calls its events.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from evals.workspaces import MADE_UP
from evals.workspaces.making import World
from tools.event_roles import known_roles
from workspace.demo.folder import write_descriptions
from workspace.snake_case import snake_case

ENGLISH = Path(__file__).parents[2] / "audience" / "english"
PROPER = (
    "places.yaml",
    "cities.yaml",
)  # the Northern Territory is no field that is called Territory
FILES = sorted(
    path
    for path in ENGLISH.rglob("*")
    if path.suffix in (".py", ".yaml", ".json") and path.name not in PROPER
)


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The telling names of all workspaces."""
    folder = tmp_path_factory.mktemp("plans")
    found = {each for world in MADE_UP.values() for each in _of_world(world)}
    for name in ("shop", "grocer"):
        (folder / name).mkdir()
        write_descriptions(name, folder / name)
        found |= set(_of_plan(folder / name / "tracking_plan.json"))
    found -= set(known_roles())
    return frozenset(each for each in found if not re.fullmatch(r"[a-z0-9]*", each))


def _of_world(world: World) -> Iterator[str]:
    """The names of a made-up workspace, and their columns."""
    events = (*world.events, *world.inactive_plan)
    columns = (*world.traits, *world.account_traits, *(p for e in events for p in e.properties))
    for name in (*(event.name for event in events), *(column.key for column in columns)):
        yield from (name, snake_case(name))


def _of_plan(path: Path) -> Iterator[str]:
    """The names of a tracking plan, and their columns."""
    for rule in json.loads(path.read_text("utf-8"))["rules"]:
        part = "properties" if rule["type"] == "TRACK" else "traits"
        fields = rule["jsonSchema"].get("properties", {}).get(part, {}).get("properties", {})
        for name in (rule.get("key", ""), *fields):
            yield from (name, snake_case(name))


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
