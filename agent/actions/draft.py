"""The draft: made from words, asked about, edited, undone, put away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from agent import drafting
from agent.actions.base import (
    Action,
    Arguments,
    Desk,
    Nothing,
    Outcome,
    Stages,
    ask,
    ask_of_sensitive,
    documented,
)
from agent.cards import draft_card, draft_props, question_card, question_of
from agent.drafts import basis_of, draft_of, tree
from agent.state import Call, Campaign, Condition, Draft, Source, Way
from agent.wizard import NO_STRATEGY, Refused
from agent.words import listed, people, safe, share
from audience.catalog import AudienceType
from audience.query import NOWHERE
from tools.adopt_query import adopt_query
from tools.answer import Answer
from tools.build_conditions import build
from tools.list_audiences import find_audience
from tools.naming import named
from tools.origins import placed
from tools.persona_conditions import persona_conditions
from tools.review_notes import review_notes

T = TypeVar("T")
HINT = " “Help” says what I can do; “show examples” gives descriptions to start from."
Query = Annotated[str, Field(max_length=20_000)]
Name = Annotated[str, Field(max_length=300)]


class Description(Arguments):
    prompt: str = Field(
        max_length=5_000,
        description="The person's own words, unchanged: a description, or a change to the draft.",
    )
    mode: Literal["auto", "new"] = Field(
        "auto",
        description="auto: a change to the draft if there is one. new: a description that replaces it.",
    )


class ByHand(Arguments):
    query: Query = Field(description="Conditions in the audience query language.")
    name: Name | None = None
    description: str | None = Field(None, max_length=2_000)
    audience_type: AudienceType | None = None


class Answered(Arguments):
    option: int = Field(ge=0, le=50, description="The place of the chosen option, from 0.")
    question: int | None = Field(None, description="The id of the question, where it is known.")


class Named(Arguments):
    name: Name


class WhichSegment(Arguments):
    segment: Name = Field(description="Key or name of one of the generated segments.")


class WhichPersona(Arguments):
    persona: Name = Field(description="Key or name of a persona of the chosen strategy.")


class WhichAudience(Arguments):
    audience: Name = Field(description="Key or name of a saved audience.")
    copied: bool = Field(False, description="As a copy that is to be saved under another name.")


def _build(desk: Desk, arguments: Description) -> Outcome:
    campaign, prompt = desk.campaign, arguments.prompt
    draft, anew = campaign.draft, arguments.mode == "new"
    if anew and draft is not None and draft.edited and not desk.confirmed:
        again = Call(tool="build_conditions", arguments={"prompt": prompt, "mode": "new"})
        return ask(
            campaign,
            "You have edited the conditions by hand. Building them anew overwrites that. Go ahead?",
            (Way(text="Yes, build anew", call=again), Way(text="No, keep my edits")),
        )
    base = None if anew else campaign.attempt or draft
    stages = Stages(desk)
    answer = build(
        replace(desk.context, progress=stages),
        prompt,
        basis=basis_of(base),
        allow_sensitive=desk.sensitive,
    )
    stages.end(failed=answer.status in ("refused", "failed"))
    if answer.problem is not None and answer.problem.code == "sensitive_attribute":
        again = Call(tool="build_conditions", arguments=arguments.model_dump())
        return ask_of_sensitive(campaign, again, answer.problem.message)
    prompts = (*(base.prompts if base else ()), prompt)
    return _taken(desk, answer, prompts, before=base)


def _taken(
    desk: Desk,
    answer: Answer,
    prompts: Sequence[str],
    *,
    before: Draft | None = None,
    source: Source | None = None,
    edited: bool = False,
) -> Outcome:
    """What the answer makes of the campaign: a draft, a question, or a refusal that changes nothing."""
    if answer.status in ("refused", "failed"):
        return _refused(desk, answer)
    if answer.status == "clarify" and before is None and _says_nothing(answer):
        assert answer.question is not None
        return Outcome(
            desk.campaign,
            f"{safe(answer.question.text, 600)}{HINT}",
            {},
            failed=True,
            code="not_understood",
        )
    if answer.status == "clarify":
        attempt = draft_of(answer, prompts, before=before)
        campaign = drafting.with_attempt(desk.campaign, attempt)
        return Outcome(
            campaign,
            _asks(campaign),
            draft_props(campaign, attempt),
            (draft_card(campaign), question_card(campaign)),
        )
    answer = replace(answer, warnings=review_notes(desk.context, answer))
    draft = draft_of(answer, prompts, before=before, source=source, edited=edited)
    campaign = drafting.with_draft(desk.campaign, draft)
    return Outcome(campaign, summary(draft), draft_props(campaign, draft))


def _says_nothing(answer: Answer) -> bool:
    """Words none of which could be placed, and nothing to choose: there is nothing to go on with."""
    asks = answer.question is not None and not answer.question.options
    return asks and answer.root is None and bool(answer.unmatched)


def _refused(desk: Desk, answer: Answer) -> Outcome:
    problem = answer.problem
    assert problem is not None
    text = safe(problem.message, 600)
    near = [safe(each) for each in problem.suggestions[:5] if each not in problem.message]
    if near:
        text += f" Near to it: {listed(near, 'or')}."
    if desk.campaign.draft is not None:
        text += " The draft is as it was."
    elif problem.code in ("prompt_too_short", "not_an_audience"):
        text += HINT
    return Outcome(
        desk.campaign,
        text,
        {"problem": {"code": problem.code, "suggestions": list(problem.suggestions)}},
        failed=True,
        code=problem.code,
    )


def _answer(desk: Desk, arguments: Answered) -> Outcome:
    campaign = desk.campaign
    if arguments.question is not None and arguments.question != campaign.asked:
        raise Refused("out_of_date", "That question is out of date; nothing was changed.")
    if campaign.pending is not None:
        return _answer_pending(desk, arguments.option)
    attempt = campaign.attempt
    if attempt is None or attempt.question is None:
        raise Refused("out_of_date", "Nothing is being asked at the moment.")
    options = attempt.question.options
    if campaign.draft is not None and arguments.option == len(options):
        return _moved(drafting.without_attempt(campaign), "As you like.")
    option = _chosen(options, arguments.option)
    if option.query is None:
        return _build(desk, Description(prompt=option.text, mode="auto"))
    root = tree(option.query, option.places)
    answer = adopt_query(desk.context, root, audience_type=attempt.type)
    answer = replace(answer, assumptions=attempt.assumptions)
    return _taken(desk, answer, attempt.prompts, before=campaign.draft)


def _answer_pending(desk: Desk, index: int) -> Outcome:
    campaign = desk.campaign
    pending = campaign.pending
    assert pending is not None
    if not desk.by_person and campaign.turn <= pending.asked_in:
        raise Refused("ask_first", "Only the person can answer this. Ask, and wait for the answer.")
    way = _chosen(pending.options, index)
    campaign = drafting.without_pending(campaign)
    if way.call is None:
        return Outcome(campaign, "Nothing was changed.")
    granted = replace(desk, campaign=campaign, confirmed=True, sensitive=way.grants == "sensitive")
    return desk.call(granted, way.call)


def _edit(desk: Desk, arguments: ByHand) -> Outcome:
    before = desk.campaign.draft or desk.campaign.attempt
    type = arguments.audience_type or (before.type if before else None)
    answer = adopt_query(desk.context, arguments.query, audience_type=type)
    outcome = _taken(
        desk,
        answer,
        before.prompts if before else (),
        before=before,
        source=before.source if before else Source(kind="query"),
        edited=True,
    )
    if outcome.failed:
        return outcome
    campaign = _with_words(outcome.campaign, before)
    if arguments.name is not None or arguments.description is not None:
        campaign = drafting.renamed(campaign, arguments.name, arguments.description)
    draft = campaign.draft
    assert draft is not None
    return replace(outcome, campaign=campaign, summary=summary(draft))


def _with_words(campaign: Campaign, before: Draft | None) -> Campaign:
    """The edited draft, whose unchanged conditions still know their words."""
    draft = campaign.draft
    if draft is None or before is None:
        return campaign
    known: dict[str, list[Condition]] = {}
    for each in before.conditions:
        known.setdefault(each.query, []).append(each)
    kept = tuple(
        each.model_copy(update={"turn": old.turn, "spans": old.spans, "later": old.later})
        if (old := next(iter(known.get(each.query, ())), None)) is not None
        else each
        for each in draft.conditions
    )
    standing = draft.standing.model_copy(
        update={
            "places": tuple(
                place.model_copy(update={"turn": each.turn, "spans": each.spans})
                for place, each in zip(draft.standing.places, kept, strict=True)
            )
        }
    )
    changed = draft.model_copy(update={"conditions": kept, "standing": standing})
    return campaign.model_copy(update={"draft": changed})


def _use_segment(desk: Desk, arguments: WhichSegment) -> Outcome:
    segments = desk.campaign.segments
    if not segments:
        raise Refused("no_segments", "There are no segments yet. Generate some first.")
    segment = named(arguments.segment, segments, "segment")
    if segment.query is None:
        raise Refused(
            "no_conditions",
            f"{segment.name} was made from the strategy's words alone and has no conditions to run.",
        )
    answer = replace(
        adopt_query(desk.context, segment.query, audience_type=segment.type), name=segment.name
    )
    source = Source(kind="segment", key=segment.key, name=segment.name)
    return _taken(desk, answer, (), source=source)


def _use_persona(desk: Desk, arguments: WhichPersona) -> Outcome:
    if desk.strategy is None:
        raise Refused("no_strategy", NO_STRATEGY)
    persona = named(arguments.persona, desk.strategy.personas, "persona")
    desk.start("conditions", "Reading the persona")
    expressed = persona_conditions(desk.context, persona)
    desk.done("conditions")
    if expressed.root is None:
        raise Refused(
            "no_conditions",
            f"Nothing that is said of {persona.name} can be told from the fields of this workspace. "
            "Describe the audience in a sentence instead.",
        )
    left = listed([f"“{each}”" for each in expressed.left_out])
    answer = replace(
        adopt_query(desk.context, placed(expressed.root, NOWHERE)),
        name=persona.name,
        assumptions=(f"Not in the conditions: {left}.",) if left else (),
    )
    source = Source(kind="persona", key=persona.key, name=persona.name)
    return _taken(desk, answer, (), source=source)


def _edit_audience(desk: Desk, arguments: WhichAudience) -> Outcome:
    audience = find_audience(desk.context, arguments.audience)
    answer = replace(
        adopt_query(desk.context, audience.query, audience_type=audience.type),
        name=f"{audience.name}, copy"[:60] if arguments.copied else audience.name,
    )
    source = Source(kind="audience", key=audience.key, name=audience.name)
    return _taken(desk, answer, (), source=source)


def _rename(desk: Desk, arguments: Named) -> Outcome:
    campaign = drafting.renamed(desk.campaign, arguments.name, None)
    assert campaign.draft is not None
    return Outcome(campaign, f"The draft is called **{safe(campaign.draft.name or '')}** now.")


def _undo(desk: Desk, _: Nothing) -> Outcome:
    campaign = drafting.undo(desk.campaign)
    return _moved(campaign, "Undone.")


def _redo(desk: Desk, _: Nothing) -> Outcome:
    return _moved(drafting.redo(desk.campaign), "Done again.")


def _moved(campaign: Campaign, text: str) -> Outcome:
    if campaign.draft is None:
        return Outcome(campaign, f"{text} There is no draft now.")
    return Outcome(
        campaign,
        f"{text} {summary(campaign.draft)}",
        draft_props(campaign, campaign.draft),
    )


def _discard(desk: Desk, _: Nothing) -> Outcome:
    return Outcome(
        drafting.discarded(desk.campaign), "The draft is discarded. Undo brings it back."
    )


def summary(draft: Draft) -> str:
    """The draft in one paragraph: name, size, what changed, what was assumed, what to look at."""
    kind = "Dynamic Plus" if draft.kind == "dynamic_plus" else "Dynamic"
    text = f"**{safe(draft.name or 'Audience')}** ({kind})"
    if draft.reach is None or draft.universe is None:
        text += ": people cannot be counted, because this workspace has no data."
    else:
        text += (
            f": {people(draft.reach, draft.type)} of {draft.universe:,}"
            f" ({share(draft.reach, draft.universe)})."
        )
    if draft.difference:
        text += " " + _sentences(draft.difference)
    if draft.assumptions:
        text += " Taken for granted: " + _sentences(draft.assumptions)
    if draft.warnings:
        text += " Please note: " + _sentences([each.message for each in draft.warnings])
    return text


def _sentences(texts: Sequence[str]) -> str:
    return " ".join(f"{safe(each.rstrip(' .'))}." for each in texts)


def _asks(campaign: Campaign) -> str:
    question, options, _ = question_of(campaign)
    choices = [f"{number}. {safe(each)}" for number, each in enumerate(options, 1)]
    return "\n".join([safe(question, 600) or "Something is missing.", *choices])


def _chosen(options: Sequence[T], index: int) -> T:
    if index >= len(options):
        raise Refused("out_of_date", f"There are {len(options)} choices; that is none of them.")
    return options[index]


ACTIONS = (
    Action("build_conditions", documented(build), Description, _build),
    Action(
        "answer_question",
        "Answer the open question with one of its options, as the person said.",
        Answered,
        _answer,
    ),
    Action("edit_conditions", documented(adopt_query), ByHand, _edit),
    Action(
        "use_segment",
        "Open one of the generated segments as the draft, to refine, review and save it.",
        WhichSegment,
        _use_segment,
    ),
    Action("use_persona", documented(persona_conditions), WhichPersona, _use_persona),
    Action(
        "edit_audience",
        "Open a saved audience as a new draft. The saved one stays as it is.",
        WhichAudience,
        _edit_audience,
    ),
    Action("rename_draft", "Give the draft another name.", Named, _rename),
    Action("undo", "Take back the last change to the draft.", Nothing, _undo),
    Action("redo", "Do again what was undone.", Nothing, _redo),
    Action("discard_draft", "Put the draft away without saving it.", Nothing, _discard),
)
