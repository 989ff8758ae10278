"""Cuts that a model proposes: what to part people by, and into how many groups.

It chooses among features, which are made of usable fields only, so that nothing sensitive, nothing
that tells one person from another and nothing that does not exist can be proposed. A proposal is
tried before other cuts and held to the same aims.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tools.context import ToolContext
from tools.modelling.client import Message, ModelUnavailable, Shape, ask, require_address
from tools.prompt_files import prompt
from tools.segmenting.cutting import FEWEST, MOST, Proposal
from tools.segmenting.features import Feature
from workspace.settings import BUILTIN
from workspace.terms import TermsNotAccepted, require_accepted

log = logging.getLogger(__name__)

_MOST_TOLD = 30  # features
_MOST_CUTS = 3
_MOST_TOGETHER = 4  # features of one cut
_MOST_TOKENS = 250


@dataclass(frozen=True)
class Advice:
    """What a model proposes. `available`: it may be asked for words as well. `notes` say why nothing
    came of it."""

    cuts: tuple[Proposal, ...] = ()
    available: bool = False
    notes: tuple[str, ...] = ()


def advice_of(
    context: ToolContext, texts: Sequence[str], features: Sequence[tuple[Feature, float]]
) -> Advice:
    """The model's proposals, the best first; without a model, or when it fails, there are none."""
    settings = context.settings
    if settings.model == BUILTIN:
        return Advice()
    known = {each.key: each for each, _ in features[:_MOST_TOLD]}
    try:
        require_accepted(settings, context.workspace.name, settings.model)
        require_address(settings)
        context.progress(f"Asking {settings.model} what to part people by", 0.4)
        answer = ask(settings, _messages(texts, features), _shape(known), most=_MOST_TOKENS)
    except (TermsNotAccepted, ModelUnavailable) as error:
        log.info("The cut of segments is built in: %s", error.message)
        return Advice(notes=(f"The cut and the words are built in: {error.message}",))
    cuts = proposals(answer.text, known)
    if not cuts:
        said = f"The cut is built in: {settings.model} proposed none of what is known here."
        return Advice(available=True, notes=(said,))
    return Advice(cuts, available=True)


def proposals(answer: str, known: Mapping[str, Feature]) -> tuple[Proposal, ...]:
    """Those of an answer that hold: known features, none that tells the same again, and a number of
    groups that is allowed."""
    try:
        found = json.loads(answer)
    except ValueError:
        return ()
    cuts = found.get("cuts") if isinstance(found, dict) else None
    if not isinstance(cuts, list):
        return ()
    made = (_proposal(each, known) for each in cuts[:_MOST_CUTS])
    return tuple(each for each in made if each is not None)


def _proposal(cut: Any, known: Mapping[str, Feature]) -> Proposal | None:
    if not isinstance(cut, dict) or not isinstance(cut.get("by"), list):
        return None
    names, groups = cut["by"], cut.get("groups")
    if not all(isinstance(each, str) and each in known for each in names):
        return None
    features = tuple(known[each] for each in names)
    if not 1 <= len({each.family for each in features}) == len(features) <= _MOST_TOGETHER:
        return None
    if type(groups) is not int or not FEWEST <= groups <= MOST:
        return None
    return Proposal(features, groups)


def _messages(texts: Sequence[str], features: Sequence[tuple[Feature, float]]) -> Sequence[Message]:
    from audience.english.guards.personal import mask

    said = "\n".join(f"- {mask(each)}" for each in texts)
    names = "\n".join(f"{each.key}: {each.how}" for each, _ in features[:_MOST_TOLD])
    return [
        {"role": "system", "content": prompt("propose_cuts")},
        {"role": "user", "content": f"What the strategy says:\n{said}\n\nWhat is known:\n{names}"},
    ]


def _shape(known: Mapping[str, Feature]) -> Shape:
    cut = {
        "type": "object",
        "properties": {
            "by": {
                "type": "array",
                "items": {"enum": list(known)},
                "minItems": 1,
                "maxItems": _MOST_TOGETHER,
            },
            "groups": {"enum": list(range(FEWEST, MOST + 1))},
        },
        "required": ["by", "groups"],
        "additionalProperties": False,
    }
    schema = {
        "type": "object",
        "properties": {
            "cuts": {"type": "array", "items": cut, "minItems": 1, "maxItems": _MOST_CUTS}
        },
        "required": ["cuts"],
        "additionalProperties": False,
    }
    return Shape(f"start: %json {json.dumps(schema)}\n", schema)
