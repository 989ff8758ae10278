"""Looking without changing anything: fields, numbers, people, overlaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import yaml
from pydantic import Field

from agent.actions.base import Action, Arguments, Desk, Nothing, Outcome, documented
from agent.events import card
from agent.state import Campaign
from agent.wizard import Refused
from agent.words import bullets, counted, listed, people, safe, share
from audience.catalog import AudienceType, EventField, PropertyField, SavedAudience, TraitField
from audience.query import Comparison, Trait
from audience.wording import is_money
from tools.build_conditions import build
from tools.compare_audiences import compare_audiences
from tools.errors import NotFound
from tools.examples import examples
from tools.explain_person import explain_person
from tools.list_audiences import find_audience, list_audiences
from tools.lookup_fields import FoundField, lookup_fields
from tools.persona_conditions import persona_conditions
from tools.preview_audience import preview_audience
from tools.profiles import find_members, find_profiles, show_profile
from tools.prompt_files import text_of
from tools.reach_by_day import reach_by_day
from tools.validate_conditions import validate_conditions
from workspace.profiles import UnknownId

if TYPE_CHECKING:
    from workspace.profiles import Profile
    from workspace.runner import Why

Name = Annotated[str, Field(max_length=300)]
Query = Annotated[str, Field(max_length=20_000)]


class About(Arguments):
    text: str = Field("", max_length=300, description="Words that the fields shall be about.")
    inactive: bool = Field(False, description="Also fields that were not seen lately.")


class OfQuery(Arguments):
    query: Query | None = Field(None, description="A query; without one, the draft's.")


class Counted(OfQuery):
    everybody: bool = Field(False, description="How many people the workspace has in all.")


class WhichPerson(Arguments):
    id: Name = Field(description="The id of the person or account.")
    query: Query | None = Field(None, description="A query; without one, the draft's.")


class WhichProfile(Arguments):
    id: Name


class Search(Arguments):
    text: str = Field(
        "",
        max_length=300,
        description="An id or a trait's value, or a part; else the first people.",
    )
    inside: bool = Field(False, description="Only people who are in the draft.")


class CompareWith(Arguments):
    audience: Name | None = Field(
        None,
        description="Key or name of a saved audience, a term of the glossary, or a description; "
        "without one, all saved audiences.",
    )


def _lookup_fields(desk: Desk, arguments: About) -> Outcome:
    found = lookup_fields(desk.context, arguments.text, inactive=arguments.inactive)
    data = {
        "fields": [each.to_json() for each in found],
        "timezone": desk.context.catalog.timezone,
    }
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


def _preview(desk: Desk, arguments: Counted) -> Outcome:
    if arguments.everybody:
        return _preview_everybody(desk)
    if arguments.query is None and _draft_query(desk.campaign) is None and desk.campaign.personas:
        return _preview_personas(desk)
    query = _query(desk, arguments.query)
    desk.start("count", "Counting people")
    counts = preview_audience(desk.context, query, audience_type=_type(desk, arguments.query))
    desk.done("count")
    data = counts.to_json() | {"members": None}
    if counts.reach is None or counts.universe is None:
        return Outcome(
            desk.campaign, "People cannot be counted, because this workspace has no data.", data
        )
    type = counts.bound.type
    of = _which(desk, arguments.query)
    text = f"{of}{people(counts.reach, type)} of {counts.universe:,} ({share(counts.reach, counts.universe)})."
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


def _preview_everybody(desk: Desk) -> Outcome:
    catalog = desk.context.catalog
    trait = next(iter(catalog.user_traits), None)
    if trait is None or not catalog.has_data:
        return Outcome(
            desk.campaign, "People cannot be counted, because this workspace has no data."
        )
    anybody = Comparison(Trait(trait.name), "exists")
    universe = preview_audience(desk.context, anybody).universe
    text = f"This workspace has {people(universe or 0)}."
    return Outcome(desk.campaign, text, {"universe": universe})


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
    query = _query(desk, arguments.query)
    try:
        why = explain_person(
            desk.context, arguments.id, query, audience_type=_type(desk, arguments.query)
        )
    except UnknownId as error:
        raise _unknown(desk, error) from None
    props = _answers(why)
    lines = [
        f"{'Yes' if each.inside else 'No'}: {safe(each.english)} ({safe(each.because)})"
        for each in why.conditions
    ]
    text = (
        f"**{safe(why.id)}** is {'in' if why.inside else 'not in'} the audience.\n{bullets(lines)}"
    )
    return Outcome(desk.campaign, text, props, (card("why", props),), private=True)


def _find_profiles(desk: Desk, arguments: Search) -> Outcome:
    found: tuple[Profile, ...]
    if arguments.inside:
        query = _query(desk, None)
        found = find_members(desk.context, query, audience_type=_type(desk, None))
    else:
        found = find_profiles(desk.context, arguments.text)
    props = {
        "profiles": [{"id": each.id, "traits": dict(each.traits)} for each in found],
        "text": arguments.text,
        "inside": arguments.inside,
        "has_draft": _draft_query(desk.campaign) is not None,
        "timezone": desk.context.catalog.timezone,
        "currency": desk.context.catalog.currency,
        "money": _money_of(desk.context.catalog.user_traits),
    }
    shown = (card("profiles", props),)
    if not found:
        nobody = (
            "Nobody is in the audience."
            if arguments.inside
            else "Nobody has that in an id or a trait."
        )
        return Outcome(desk.campaign, nobody, {}, shown)
    many = counted(len(found), "person", "people")
    return Outcome(
        desk.campaign,
        f"The first {many} of the audience, by id."
        if arguments.inside
        else f"The first {many}, by id.",
        {"ids": [each.id for each in found]},
        shown,
        quiet=True,
    )


def _show_profile(desk: Desk, arguments: WhichProfile) -> Outcome:
    try:
        shown = show_profile(desk.context, arguments.id)
    except UnknownId as error:
        raise _unknown(desk, error) from None
    props = shown.to_json() | {
        "why": _in_draft(desk, shown.profile.id),
        "timezone": desk.context.catalog.timezone,
        "currency": desk.context.catalog.currency,
        "money": _money_of(desk.context.catalog.user_traits),
    }
    for each in props["events"]:
        event = desk.context.catalog.event(each["event"])
        each["money"] = [] if event is None else _money_of(event.properties)
    text = (
        f"**{safe(shown.profile.id)}** has {counted(len(props['traits']), 'trait')} set; "
        f"the newest {counted(len(shown.events), 'event')} are on the card."
    )
    # Values of one person stay on the card: a model is told what is there, not what it is.
    data = {"id": shown.profile.id, "traits": list(props["traits"])}
    return Outcome(desk.campaign, text, data, (card("profile", props),), quiet=True)


def _money_of(fields: Sequence[TraitField | PropertyField]) -> list[str]:
    """The names of those whose numbers are amounts of money."""
    return [each.name for each in fields if is_money(each)]


def _unknown(desk: Desk, error: UnknownId) -> Refused:
    """Nobody has this id: what ids look like here helps more than that alone."""
    some = [f"“{each.id}”" for each in find_profiles(desk.context, limit=2)]
    return Refused(error.code, f"{error.message} Ids look like {listed(some, 'or')}.")


def _in_draft(desk: Desk, id: str) -> dict[str, Any] | None:
    """In or out of the draft and why; None without a draft, or where it is one of accounts."""
    query, type = _draft_query(desk.campaign), _type(desk, None)
    if query is None or type == "accounts":
        return None
    return _answers(explain_person(desk.context, id, query, audience_type=type))


def _answers(why: Why) -> dict[str, Any]:
    return {
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


def _compare(desk: Desk, arguments: CompareWith) -> Outcome:
    query = _query(desk, None)
    type = _type(desk, None) or "users"
    others: tuple[SavedAudience, ...]
    if arguments.audience is not None:
        others = (_meant(desk, arguments.audience),)
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
        f"{_which(desk, None) or 'The draft has '}{people(first, type)}.\n{bullets(lines)}",
        props,
        (card("comparison", props),),
    )


def _meant(desk: Desk, words: str) -> SavedAudience:
    """What a draft is compared with: a saved audience, what the glossary calls so, or a description."""
    try:
        return find_audience(desk.context, words)
    except NotFound:
        catalog = desk.context.catalog
        named = {term.casefold(): (term, query) for term, query in catalog.glossary.items()}
        said = words.casefold().strip().removeprefix("the ")
        term = named.get(said) or named.get(said.removesuffix("s"))
        if term is not None:
            return SavedAudience("", term[0], term[1])
        built = build(desk.context, words, counts=False, shortest=1)
        if built.status != "draft" or built.query is None:
            raise
        return SavedAudience("", built.name or words, built.query, built.type)


def _by_day(desk: Desk, arguments: OfQuery) -> Outcome:
    query = _query(desk, arguments.query)
    type = _type(desk, arguments.query)
    desk.start("count", "Counting day by day")
    counts = reach_by_day(desk.context, query, audience_type=type)
    desk.done("count")
    zone = ZoneInfo(desk.context.catalog.timezone)
    days = [
        {"day": each.at.astimezone(zone).date().isoformat(), "reach": each.reach} for each in counts
    ]
    first, last = counts[0].reach, counts[-1].reach
    change = (
        "as many as"
        if first == last
        else f"{abs(last - first):,} {'more' if last > first else 'fewer'} than"
    )
    text = (
        f"{people(last, type or 'users')} today, {change} {len(counts) - 1} days ago. Events count up to "
        "each day; traits are as they are now."
    )
    props = {"days": days, "type": type or "users", "query": query}
    return Outcome(desk.campaign, text, props, (card("reach", props),))


def _validate(desk: Desk, arguments: OfQuery) -> Outcome:
    query = _query(desk, arguments.query)
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
    tips = yaml.safe_load(text_of("tips.yaml"))
    shown = card("examples", data | tips)
    return Outcome(desk.campaign, text, data, (shown,))


def _query(desk: Desk, query: str | None) -> str:
    """The query that is meant: as given, the draft's, or that of what was saved last."""
    query = query or _draft_query(desk.campaign)
    if query is not None:
        return query
    saved = _last_saved(desk)
    if saved is None:
        raise Refused("no_draft", "There is no draft yet. Describe an audience first.")
    return saved.query


def _last_saved(desk: Desk) -> SavedAudience | None:
    saved = desk.campaign.saved
    return desk.context.catalog.audience(saved[-1]) if saved else None


def _draft_query(campaign: Campaign) -> str | None:
    draft = campaign.draft or campaign.attempt
    return None if draft is None else draft.query


def _which(desk: Desk, query: str | None) -> str:
    """Whose numbers follow, where it is not the draft's."""
    saved = None if query or _draft_query(desk.campaign) else _last_saved(desk)
    return f"**{safe(saved.name)}**: " if saved else ""


def _type(desk: Desk, query: str | None) -> AudienceType | None:
    if query is not None:
        return None
    draft = desk.campaign.draft or desk.campaign.attempt or _last_saved(desk)
    return None if draft is None else draft.type


ACTIONS = (
    Action("lookup_fields", documented(lookup_fields), About, _lookup_fields),
    Action("preview_audience", documented(preview_audience), Counted, _preview),
    Action("validate_conditions", documented(validate_conditions), OfQuery, _validate),
    Action("explain_person", documented(explain_person), WhichPerson, _explain),
    Action("find_profiles", documented(find_profiles), Search, _find_profiles),
    Action("show_profile", documented(show_profile), WhichProfile, _show_profile),
    Action("compare_audiences", documented(compare_audiences), CompareWith, _compare),
    Action("reach_by_day", documented(reach_by_day), OfQuery, _by_day),
    Action("show_examples", documented(examples), Nothing, _examples),
)
