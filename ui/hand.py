"""Changing a review by hand: every change is made and counted on a copy, and taken when it is applied.

The copy is the browser's, as query text; what comes back with it is checked like any input. Nothing
in here changes the dialogue: what is applied goes through the review as a decision.
"""

from __future__ import annotations

from typing import Any

from agent.events import Review
from agent.words import people, share
from audience.describer import describe, describe_condition
from audience.editor import BadEdit
from audience.printer import show
from audience.problems import InvalidQuery, MusterError
from audience.query import Boolean, conditions
from audience.reader import read
from audience.validator import bind
from tools.context import ToolContext
from tools.preview_audience import preview_audience
from ui.cards import condition_numbers
from ui.changes import made
from ui.controls import control, structure
from ui.picking import fields
from ui.rewording import reworded
from ui.tracing import standing

LONGEST_QUERY = 20_000


def with_structure(props: dict[str, Any]) -> dict[str, Any]:
    """The props of a review with how its conditions hang together."""
    return props | {"structure": structure(read(props["query"]))}


def answer(review: Review | None, payload: dict[str, Any], tools: ToolContext) -> dict[str, Any]:
    """The answer to what the card asks: `edit`, `count`, `fields` or `words`; else a `problem`."""
    try:
        if review is None or payload.get("interrupt_id") != review["interrupt_id"]:
            raise BadEdit("That review is out of date; nothing was changed.")
        match payload.get("what"):
            case "edit":
                return _edited(review, payload, tools)
            case "count":
                return _counted(review, payload, tools)
            case "fields":
                return {"fields": fields(payload, tools, review["props"]["type"])}
            case "words":
                return {"words": reworded(review["props"], tools)}
            case _:
                raise BadEdit("That cannot be asked.")
    except MusterError as error:
        return {"problem": _problem(error)}


def _edited(review: Review, payload: dict[str, Any], tools: ToolContext) -> dict[str, Any]:
    """The copy with changes made to it, and the parts of the condition that is open.

    `conditions`: their words in English, and the places in the prompts that they come from. `went`: of
    each part that is still there, the path at which it stands now.
    """
    props = review["props"]
    type = props["type"]
    catalog = tools.catalog
    root = _root(payload)
    opened = payload.get("open")
    changes = payload.get("changes") or []
    try:
        result = made(root, changes, catalog, type, opened if isinstance(opened, int) else None)
        went = standing(root, result.root)
        root = read(show(bind(result.root, catalog, audience_type=type).root))
    except MusterError as error:
        return {"problem": _problem(error) | {"change": _culprit(root, changes, tools, type)}}
    there = conditions(root)
    number = result.opened if result.opened is not None and result.opened < len(there) else None
    return {
        "query": show(root),
        "structure": structure(root),
        "conditions": [
            _condition(each, props["conditions"]) | {"english": describe_condition(each, catalog)}
            for each in there
        ],
        "open": number,
        "went": {",".join(map(str, before)): list(now) for before, now in went.items()},
        "control": None if number is None else control(root, number, catalog, type),
        "problem": None,
    }


def _condition(node: Boolean, known: list[dict[str, Any]]) -> dict[str, Any]:
    """A condition's query, and where the same one stood in the prompts."""
    query = show(node)
    same = next((each for each in known if each["query"] == query), None)
    return {
        "query": query,
        "turn": same["turn"] if same else 0,
        "spans": same["spans"] if same else [],
        "later": same["later"] if same else [],
    }


def _culprit(root: Boolean, changes: Any, tools: ToolContext, type: Any) -> int | None:
    """The number of the first change that cannot be made even alone."""
    if not isinstance(changes, list) or len(changes) > 50:
        return None
    for number, change in enumerate(changes):
        try:
            bind(made(root, [change], tools.catalog, type).root, tools.catalog, audience_type=type)
        except MusterError:
            return number
    return None


def _counted(review: Review, payload: dict[str, Any], tools: ToolContext) -> dict[str, Any]:
    """How many people the copy has, in all and condition by condition."""
    type = review["props"]["type"]
    counts = preview_audience(tools, _root(payload), audience_type=type)
    text = describe(counts.bound.root, tools.catalog)
    found: dict[str, Any] = {
        "problem": None,
        "english": text,
        "kind": counts.bound.kind,
        "reach": counts.reach,
        "conditions": [condition_numbers(each, type) for each in counts.to_json()["conditions"]],
    }
    if counts.reach is None or counts.universe is None:
        return found
    return found | {
        "reach_text": f"{counts.reach:,}",
        "universe_text": people(counts.universe, type),
        "share_text": share(counts.reach, counts.universe),
        "percent": 100 * counts.reach / counts.universe if counts.universe else 0,
    }


def _root(payload: dict[str, Any]) -> Boolean:
    query = payload.get("query")
    if not isinstance(query, str) or len(query) > LONGEST_QUERY:
        raise BadEdit("That query cannot be read.")
    return read(query)


def _problem(error: MusterError) -> dict[str, Any]:
    """What is wrong, in words; where in the query, and what was probably meant, if that is known."""
    first = None
    if isinstance(error, InvalidQuery):
        first = next((each for each in error.problems if each.severity == "error"), None)
    if first is None:
        return {"text": error.message, "start": None, "end": None, "suggestions": []}
    return {
        "text": first.message,
        "start": first.start,
        "end": first.end,
        "suggestions": list(first.suggestions[:5]),
    }
