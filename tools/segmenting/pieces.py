"""Pieces of a strategy or a persona read as conditions, by the engine that reads every description."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from audience.query import Aggregate, Boolean, Comparison, Trait, walk
from tools.build_conditions import build
from tools.context import ToolContext
from tools.segmenting.fields import kind_of, usable
from workspace.settings import BUILTIN
from workspace.strategies import Profile

Part = Literal["demographics", "geography", "interests", "behaviours"]
_PIECES = re.compile(r"\s*(?:;|,(?!\d{3}))\s*|\s+and\s+(?=[a-z]+s\b)")  # 35,000 is one number
_FORMS: Mapping[Part, tuple[str, ...]] = {
    "demographics": ("customers aged {}", "customers who are {}", "customers {}"),
    "geography": ("customers in {}",),
    "interests": (),
    "behaviours": ("customers who {}", "customers with {}"),
}


_WHO = ("demographics", "geography")


def pieces_of(profile: Profile) -> Iterator[tuple[Part, str]]:
    """The thoughts of a profile, one at a time, but for those that leave nobody out."""
    pieces: tuple[tuple[Part, str], ...] = (
        *(("demographics", each) for each in _PIECES.split(profile.demographics)),
        ("geography", profile.geography),
        *(("behaviours", each) for each in profile.behaviours),
    )
    for part, text in pieces:
        if text and text.casefold().strip(" .") not in phrases()["anybody"]:
            yield part, text


def read_piece(context: ToolContext, part: Part, text: str) -> Boolean | None:
    """The condition that a piece says, where the engine reads all of it; else None.

    Who somebody is, and where, is only said by fields that are about that; what is sensitive or
    tells one person from another is never used.
    """
    for said in _said(text):
        for form in _FORMS[part]:
            answer = build(
                context, form.format(said), counts=False, audience_type="users", shortest=0
            )
            if answer.status != "draft" or answer.warnings or answer.root is None:
                continue
            if _fits(answer.root, part, context):
                return answer.root
    return None


def without_model(context: ToolContext) -> ToolContext:
    """The same workspace, read by the built-in engine alone."""
    if context.settings.model == BUILTIN:
        return context
    parts = copy(context.parts)  # with all that is open
    parts.settings = context.settings.model_copy(update={"model": BUILTIN})
    return replace(context, parts=parts)


def _said(text: str) -> Iterator[str]:
    yield text
    first, _, rest = text.partition(" ")
    if rest and first.casefold() in phrases()["subjects"]:
        yield rest


def _fits(root: Boolean, part: Part, context: ToolContext) -> bool:
    catalog = context.workspace.catalog
    for node in walk(root):
        if isinstance(node, Comparison) and isinstance(node.left, Trait):
            if node.operator == "absent" and part in _WHO:
                return False  # whom a strategy is for is never those of whom nothing is known
            if node.operator == "exists" and part == "behaviours":
                return False  # that something is known of people is nothing that they do
        if not isinstance(node, Trait):
            continue
        field = catalog.trait(node.name)
        if field is None or not usable(field):
            return False
        if part in _WHO and kind_of(field) != part:
            return False
    happened = any(isinstance(node, Aggregate) for node in walk(root))
    return not (happened and part in _WHO)


@cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """The words of lean.yaml."""
    text = files(__package__).joinpath("lean.yaml").read_text("utf-8")
    return {name: tuple(words) for name, words in yaml.safe_load(text).items()}
