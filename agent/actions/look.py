"""Looking without changing anything: fields, numbers, people, overlaps."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from agent.actions.base import Action, Arguments, Desk, Nothing, Outcome, documented
from agent.events import card
from agent.state import Campaign
from agent.wizard import Refused
from agent.words import bullets, counted, listed, people, safe, share
from audience.catalog import AudienceType, EventField, PropertyField, SavedAudience
from tools.compare_audiences import compare_audiences
from tools.examples import examples
from tools.explain_person import explain_person
from tools.list_audiences import find_audience, list_audiences
from tools.lookup_fields import FoundField, lookup_fields
from tools.persona_conditions import persona_conditions
from tools.preview_audience import preview_audience
from tools.profiles import find_profiles, show_profile
from tools.validate_conditions import validate_conditions

Name = Annotated[str, Field(max_length=300)]
Query = Annotated[str, Field(max_length=20_000)]


class About(Arguments):
    text: str = Field("", max_length=300, description="Words that the fields shall be about.")
    inactive: bool = Field(False, description="Also fields that were not seen lately.")


class OfQuery(Arguments):
    query: Query | None = Field(None, description="A query; without one, the draft's.")


class WhichPerson(Arguments):
    id: Name = Field(description="The id of the person or account.")
    query: Query | None = Field(None, description="A query; without one, the draft's.")


class WhichProfile(Arguments):
    id: Name


class Search(Arguments):
    text: str = Field(
        "", max_length=300, description="Part of an id; without it, the first people."
    )


class CompareWith(Arguments):
    audience: Name | None = Field(
        None, description="Key or name of a saved audience; without one, all of them."
    )


def _lookup_fields(desk: Desk, arguments: About) -> Outcome:
    found = lookup_fields(desk.context, arguments.text, inactive=arguments.inactive)
    data = {"fields": [each.to_json() for each in found]}
    shown = (card("fields", data | {"text": arguments.text, "inactive": arguments.inactive}),)
    if not found:
        return Outcome(desk.campaign, "No field fits these words.", data, shown)
    if not arguments.text.strip():
        events = sum(isinstance(each.field, EventField) for each in found)
        properties = sum(isinstance(each.field, PropertyField) for each in found)
        traits = len(found) - events - properties
        text = (
            f"This workspace has {counted(events, 'event')} with {counted(properties, 'property', 'properties')}"
            f" and {counted(traits, 'trait')}."
        )
        # A model is given names alone: the whole of them would not fit.
        return Outcome(
            desk.campaign, text, {"names": [each.field.name for each in found][:200]}, shown
        )
    text = f"Nearest to “{safe(arguments.text)}”:\n{bullets([_field(each) for each in found[:6]])}"
    return Outcome(desk.campaign, text, data, shown)


def _field(found: FoundField) -> str:
    field = found.field
    name = f"**{safe(field.name)}**"
    if isinstance(field, EventField):
        return f"{name} (event)"
    if isinstance(field, PropertyField):
        text = f"{name} (property of {safe(field.event)})"
    else:
        text = f"{name} (trait)"
    values = [safe(each, 40) for each in field.stats.values[:4]]
    return f"{text}: {', '.join(values)}" if values and field.type == "text" else text


def _preview(desk: Desk, arguments: OfQuery) -> Outcome:
    if arguments.query is None and _draft_query(desk.campaign) is None and desk.campaign.personas:
        return _preview_personas(desk)
    query = _query(desk.campaign, arguments.query)
    desk.start("count", "Counting people")
    counts = preview_audience(desk.context, query, audience_type=_type(desk, arguments.query))
    desk.done("count")
    data = counts.to_json() | {"members": None}
    if counts.reach is None or counts.universe is None:
        return Outcome(
            desk.campaign, "People cannot be counted, because this workspace has no data.", data
        )
    type = counts.bound.type
    text = f"{people(counts.reach, type)} of {counts.universe:,} ({share(counts.reach, counts.universe)})."
    if len(counts.conditions) > 1:
        text += "\n" + bullets(
            [
                f"{safe(each.english)}: {each.reach:,} alone"
                + ("" if each.kept is None else f", {each.kept:,} left here")
                for each in counts.conditions
                if each.reach is not None
            ]
        )
    return Outcome(desk.campaign, text, data)


def _preview_personas(desk: Desk) -> Outcome:
    """How many people the selected personas are, as far as fields can say it."""
    strategy = desk.strategy
    chosen = [] if strategy is None else [strategy.persona(key) for key in desk.campaign.personas]
    desk.start("count", "Counting people")
    lines, data = [], []
    for persona in chosen:
        if persona is None:
            continue
        expressed = persona_conditions(desk.context, persona)
        left = listed([f"“{safe(each)}”" for each in expressed.left_out])
        rest = f" Not counted in: {left}." if left else ""
        if expressed.root is None:
            lines.append(f"**{safe(persona.name)}**: nothing said of them can be counted here.")
            continue
        counts = preview_audience(desk.context, expressed.root)
        if counts.reach is None or counts.universe is None:
            lines.append(f"**{safe(persona.name)}**: nobody can be counted without data.{rest}")
            continue
        said = listed([f"“{safe(each)}”" for each in expressed.said])
        lines.append(
            f"**{safe(persona.name)}**: {people(counts.reach)} of {counts.universe:,}, by {said}.{rest}"
        )
        data.append({"persona": persona.key, "reach": counts.reach, "universe": counts.universe})
    desk.done("count")
    return Outcome(desk.campaign, bullets(lines), {"personas": data})


def _explain(desk: Desk, arguments: WhichPerson) -> Outcome:
    query = _query(desk.campaign, arguments.query)
    why = explain_person(
        desk.context, arguments.id, query, audience_type=_type(desk, arguments.query)
    )
    props = {
        "id": why.id,
        "in": why.inside,
        "conditions": [
            {
                "query": each.query,
                "english": each.english,
                "in": each.inside,
                "because": each.because,
            }
            for each in why.conditions
        ],
    }
    lines = [
        f"{'Yes' if each.inside else 'No'}: {safe(each.english)} ({safe(each.because)})"
        for each in why.conditions
    ]
    text = (
        f"**{safe(why.id)}** is {'in' if why.inside else 'not in'} the audience.\n{bullets(lines)}"
    )
    return Outcome(desk.campaign, text, props, (card("why", props),))


def _find_profiles(desk: Desk, arguments: Search) -> Outcome:
    found = find_profiles(desk.context, arguments.text)
    if not found:
        return Outcome(desk.campaign, "There is nobody with that id, or after it.")
    props = {
        "profiles": [{"id": each.id, "traits": dict(each.traits)} for each in found],
        "text": arguments.text,
    }
    return Outcome(
        desk.campaign,
        f"The first {counted(len(found), 'person', 'people')} from there on.",
        {"ids": [each.id for each in found]},
        (card("profiles", props),),
    )


def _show_profile(desk: Desk, arguments: WhichProfile) -> Outcome:
    shown = show_profile(desk.context, arguments.id)
    props = shown.to_json()
    text = (
        f"**{safe(shown.profile.id)}** has {counted(len(props['traits']), 'trait')} set; "
        f"the newest {counted(len(shown.events), 'event')} are on the card."
    )
    # Values of one person stay on the card: a model is told what is there, not what it is.
    data = {"id": shown.profile.id, "traits": list(props["traits"])}
    return Outcome(desk.campaign, text, data, (card("profile", props),))


def _compare(desk: Desk, arguments: CompareWith) -> Outcome:
    query = _query(desk.campaign, None)
    type = _type(desk, None) or "users"
    others: tuple[SavedAudience, ...]
    if arguments.audience is not None:
        others = (find_audience(desk.context, arguments.audience),)
    else:
        others = tuple(each for each in list_audiences(desk.context).audiences if each.type == type)
    if not others:
        raise Refused("nothing_to_compare", "There is no saved audience to compare with yet.")
    overlaps = compare_audiences(
        desk.context, query, [each.query for each in others], audience_type=type
    )
    rows = [
        {
            "key": other.key,
            "name": other.name,
            "reach": each.second,
            "both": each.both,
            "share": each.share,
        }
        for other, each in zip(others, overlaps, strict=True)
    ]
    first = overlaps[0].first
    lines = [
        f"**{safe(other.name)}** ({people(each.second, type)}): {each.both:,} in both, "
        f"{share(each.both, first)} of the draft"
        for other, each in zip(others, overlaps, strict=True)
    ]
    props = {"reach": first, "type": type, "audiences": rows}
    return Outcome(
        desk.campaign,
        f"The draft has {people(first, type)}.\n{bullets(lines)}",
        props,
        (card("comparison", props),),
    )


def _validate(desk: Desk, arguments: OfQuery) -> Outcome:
    query = _query(desk.campaign, arguments.query)
    checked = validate_conditions(desk.context, query, audience_type=_type(desk, arguments.query))
    errors = [each for each in checked.problems if each.severity == "error"]
    if errors:
        text = f"Not valid. {' '.join(safe(each.message) for each in errors)}"
    else:
        text = f"Valid: {safe(checked.english or '', 600)}."
        notes = [safe(each.message) for each in checked.problems]
        text += f" Please note: {' '.join(notes)}" if notes else ""
    return Outcome(desk.campaign, text, checked.to_json())


def _examples(desk: Desk, _: Nothing) -> Outcome:
    prompts = examples(desk.context)
    data = {"examples": [{"kind": each.kind, "prompt": each.prompt} for each in prompts]}
    text = f"For example: {listed([f'“{safe(each.prompt)}”' for each in prompts[:3]], 'or')}."
    return Outcome(desk.campaign, text, data, (card("examples", data),))


def _query(campaign: Campaign, query: str | None) -> str:
    if query is not None:
        return query
    query = _draft_query(campaign)
    if query is None:
        raise Refused("no_draft", "There is no draft yet. Describe an audience first.")
    return query


def _draft_query(campaign: Campaign) -> str | None:
    draft = campaign.draft or campaign.attempt
    return None if draft is None else draft.query


def _type(desk: Desk, query: str | None) -> AudienceType | None:
    draft = desk.campaign.draft or desk.campaign.attempt
    return draft.type if query is None and draft is not None else None


ACTIONS = (
    Action("lookup_fields", documented(lookup_fields), About, _lookup_fields),
    Action("preview_audience", documented(preview_audience), OfQuery, _preview),
    Action("validate_conditions", documented(validate_conditions), OfQuery, _validate),
    Action("explain_person", documented(explain_person), WhichPerson, _explain),
    Action("find_profiles", documented(find_profiles), Search, _find_profiles),
    Action("show_profile", documented(show_profile), WhichProfile, _show_profile),
    Action("compare_audiences", documented(compare_audiences), CompareWith, _compare),
    Action("show_examples", documented(examples), Nothing, _examples),
)
