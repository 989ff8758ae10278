"""Examples for a model: a few that always stand there, and those that are most like the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import yaml

from audience.catalog import SavedAudience
from audience.english.tokens import stem, tokens

MOST = 2
_OWN = 0.3  # how alike a saved audience must be to stand as an example


@dataclass(frozen=True)
class Shot:
    says: str
    query: str


def always() -> tuple[Shot, ...]:
    return _shots()[0]


def similar(prompt: str, audiences: Sequence[SavedAudience] = ()) -> tuple[Shot, ...]:
    """The examples that share most with `prompt`, the best last, where a model sees it best.

    A saved audience counts where its name or description is like the words: its query is in the
    workspace's own names, and a person has approved it.
    """
    wanted = _parts(prompt)
    own = [Shot(each.description or each.name, each.query) for each in audiences]
    rated = [(_likeness(wanted, _parts(each.says)), each) for each in _shots()[1]]
    rated += [
        (score, each) for each in own if (score := _likeness(wanted, _parts(each.says))) > _OWN
    ]
    best = sorted(rated, key=lambda pair: -pair[0])[:MOST]
    return tuple(each for score, each in reversed(best) if score > 0)


def lines(shots: Sequence[Shot]) -> str:
    return "\n".join(f"Description: {each.says}\nQuery: {each.query}" for each in shots)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (len(one | other) or 1)


def _parts(text: str) -> frozenset[str]:
    """Stems and pairs of neighbours; every number is alike."""
    found = [
        "0" if each.low[:1].isdigit() else stem(each.low) for each in tokens(text) if each.is_word
    ]
    return frozenset(found) | {f"{a} {b}" for a, b in pairwise(found)}


@cache
def _shots() -> tuple[tuple[Shot, ...], tuple[Shot, ...]]:
    said = yaml.safe_load(files(__package__).joinpath("examples.yaml").read_text("utf-8"))
    first, others = (tuple(Shot(**each) for each in said[key]) for key in ("always", "similar"))
    return first, others
