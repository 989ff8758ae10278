"""Changes by hand on the card of a review: counted while they are made, taken when they are applied."""

from __future__ import annotations

from typing import Any

from agent.events import Review
from agent.words import people, share
from audience.describer import describe
from audience.editor import BadEdit, remove
from audience.printer import show
from audience.problems import MusterError
from audience.query import Boolean
from audience.reader import read
from tools.context import ToolContext
from tools.preview_audience import preview_audience
from ui.editing import controls, made, structure

MOST_CONDITIONS = 60
"""With more, the query text is the better editor."""


def with_controls(props: dict[str, Any], tools: ToolContext) -> dict[str, Any]:
    """The props of a review with what its card needs to be edited."""
    root = read(props["query"])
    found = controls(root, tools.catalog, props["type"])
    return props | {
        "structure": structure(root),
        "controls": found if len(found) <= MOST_CONDITIONS else [],
    }


def edit(review: Review | None, sent: dict[str, Any]) -> dict[str, Any]:
    """The decision that makes the changes in `sent`. Raises `BadEdit`."""
    root = _root(review)
    if sent.get("type") == "remove":
        index = sent.get("index")
        if not isinstance(index, int):
            raise BadEdit("That change cannot be read. Nothing was changed.")
        changed = remove(root, index)
    else:
        changed = made(root, sent.get("changes"))
    decision = {"type": "edit", "query": show(changed)}
    name = sent.get("name")
    return decision | {"name": name} if isinstance(name, str) and name.strip() else decision


def attempt(review: Review | None, changes: Any, tools: ToolContext) -> dict[str, Any]:
    """What the changes would make of the review: `text`, or the `problem` with them."""
    try:
        changed = made(_root(review), changes)
        assert review is not None
        counted = preview_audience(tools, show(changed), audience_type=review["props"]["type"])
    except MusterError as error:
        return {"text": "", "problem": error.message}
    text = describe(counted.bound.root, tools.catalog)
    if counted.reach is not None and counted.universe is not None:
        size = people(counted.reach, counted.bound.type)
        text = f"{size} ({share(counted.reach, counted.universe)}): {text}"
    return {"text": text, "problem": ""}


def _root(review: Review | None) -> Boolean:
    if review is None:
        raise BadEdit("That review is out of date; nothing was changed.")
    return read(review["props"]["query"])
