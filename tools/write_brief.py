"""The hand-over: whom a campaign is for, for those who write its goals, messages and posts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from audience.catalog import AudienceType, SavedAudience
from audience.printer import show
from tools.context import ToolContext
from tools.persona_conditions import persona_conditions
from tools.preview_audience import preview_audience
from tools.segments import PainPoint, Segment
from workspace.clock import text_of
from workspace.strategies import Persona, Strategy


@dataclass(frozen=True)
class Group:
    """One group of people that the campaign is for; numbers are None where nobody was counted."""

    kind: Literal["segment", "persona", "audience"]
    name: str
    description: str = ""
    demographics: str = ""
    geography: str = ""
    interests: tuple[str, ...] = ()
    behaviours: tuple[str, ...] = ()
    pain_points: tuple[PainPoint, ...] = ()
    voice: tuple[str, ...] = ()
    type: AudienceType = "users"
    query: str | None = None
    conditions: tuple[str, ...] = ()
    not_in_conditions: tuple[str, ...] = ()
    """What is said of a persona and no field of the workspace can tell."""
    reach: int | None = None
    universe: int | None = None


@dataclass(frozen=True)
class Brief:
    """Who, why, how many, by which conditions, with which troubles, in which voice."""

    workspace: str
    as_of: datetime
    timezone: str
    """Of the workspace: what the day of `as_of` is there."""
    strategy: str
    product: str
    why: tuple[str, ...]
    context: str
    groups: tuple[Group, ...]

    def to_json(self) -> dict[str, Any]:
        groups = [
            asdict(group)
            | {"pain_points": [each.model_dump(mode="json") for each in group.pain_points]}
            for group in self.groups
        ]
        brief = asdict(self) | {"as_of": text_of(self.as_of), "groups": groups}
        plain: dict[str, Any] = json.loads(json.dumps(brief))
        return plain

    def to_markdown(self) -> str:
        from tools.brief_text import markdown

        return markdown(self)


def write_brief(
    context: ToolContext,
    *,
    strategy: Strategy | None = None,
    personas: Sequence[Persona] = (),
    segments: Sequence[Segment] = (),
    audiences: Sequence[SavedAudience] = (),
    about: str = "",
    as_of: datetime | None = None,
) -> Brief:
    """Write the brief that hands the chosen audience on: who, why, how many, pain points, voice.

    Segments and audiences are counted anew, so that its numbers are those of `as_of`.
    """
    moment = context.moment(as_of)
    groups = (
        *(_of_segment(context, each, strategy, moment) for each in segments),
        *(_of_persona(context, each, strategy, moment) for each in personas if not segments),
        *(_of_audience(context, each, strategy, moment) for each in audiences),
    )
    return Brief(
        workspace=context.workspace.name,
        as_of=moment,
        timezone=context.workspace.config.timezone,
        strategy=strategy.name if strategy else "",
        product=strategy.product if strategy else "",
        why=strategy.pain_points if strategy else (),
        context=about,
        groups=groups,
    )


def _of_segment(
    context: ToolContext, segment: Segment, strategy: Strategy | None, as_of: datetime
) -> Group:
    size = _size(context, segment.query, segment.type, as_of)
    return Group(
        "segment",
        segment.name,
        demographics=segment.demographics,
        geography=segment.geography,
        interests=segment.interests,
        behaviours=segment.behaviours,
        pain_points=segment.pain_points,
        voice=_voice(segment, strategy.personas if strategy else ()),
        type=segment.type,
        query=segment.query,
        conditions=size.conditions,
        reach=size.reach,
        universe=size.universe,
    )


def _of_persona(
    context: ToolContext, persona: Persona, strategy: Strategy | None, as_of: datetime
) -> Group:
    expressed = persona_conditions(context, persona)
    query = None if expressed.root is None else show(expressed.root)
    size = _size(context, query, "users", as_of)
    own = tuple(
        PainPoint(text=each, source="persona", of=persona.name) for each in persona.pain_points
    )
    return Group(
        "persona",
        persona.name,
        description=persona.description,
        demographics=persona.demographics,
        geography=persona.geography,
        interests=persona.interests,
        behaviours=persona.behaviours,
        pain_points=own or _troubles(strategy),
        voice=(persona.voice,) if persona.voice else (),
        query=query,
        conditions=size.conditions,
        not_in_conditions=expressed.left_out,
        reach=size.reach,
        universe=size.universe,
    )


def _of_audience(
    context: ToolContext, audience: SavedAudience, strategy: Strategy | None, as_of: datetime
) -> Group:
    size = _size(context, audience.query, audience.type, as_of)
    return Group(
        "audience",
        audience.name,
        description=audience.description,
        pain_points=_troubles(strategy),
        type=audience.type,
        query=audience.query,
        conditions=size.conditions,
        reach=size.reach,
        universe=size.universe,
    )


@dataclass(frozen=True)
class _Size:
    conditions: tuple[str, ...] = ()
    reach: int | None = None
    universe: int | None = None


def _size(context: ToolContext, query: str | None, type: AudienceType, as_of: datetime) -> _Size:
    if query is None:
        return _Size()
    counted = preview_audience(context, query, as_of=as_of, audience_type=type)
    words = tuple(each.english for each in counted.conditions)
    return _Size(words, counted.reach, counted.universe)


def _troubles(strategy: Strategy | None) -> tuple[PainPoint, ...]:
    if strategy is None:
        return ()
    return tuple(
        PainPoint(text=each, source="strategy", of=strategy.name) for each in strategy.pain_points
    )


def _voice(segment: Segment, personas: Sequence[Persona]) -> tuple[str, ...]:
    """Hints from what is known: the voices of personas with the same troubles, then the facts."""
    troubles = {each.text for each in segment.pain_points}
    voices = [
        f"As for {each.name}: {each.voice}"
        for each in personas
        if each.voice and troubles.intersection(each.pain_points)
    ]
    if segment.pain_points:
        voices.append(f"Start from what troubles them: {segment.pain_points[0].text}")
    if segment.behaviours:
        voices.append(f"Speak to people of whom this holds: {segment.behaviours[0]}")
    return tuple(voices)
