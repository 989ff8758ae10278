"""The rules of the step, as pure functions over the campaign: rows A1 to A8 of the design.

Each gives the changed campaign, or a `Confirm` when something would be lost and the person has not
agreed yet, or raises `Refused`. Models, tools and clicks all come through here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.state import ApproachKey, Campaign
from audience.problems import MusterError
from tools.segments import Segmentation
from workspace.strategies import Strategy

MOST_PERSONAS = 5
NO_STRATEGY = "Choose a strategy first. Until then both approaches are locked."


class Refused(MusterError):
    """A step that the rules do not allow; the message says what to do instead."""

    def __init__(self, code: str, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message, suggestions=suggestions)
        self.code = code


@dataclass(frozen=True)
class Confirm:
    """Something would be lost: the question to ask before it is done."""

    text: str


Step = Campaign | Confirm


@dataclass(frozen=True)
class Approach:
    """One of the two ways to say who a campaign is for."""

    key: ApproachKey
    title: str
    best_for: tuple[str, ...]
    locked: bool
    why: str = ""


def approaches(strategy: Strategy | None) -> tuple[Approach, ...]:
    """The approaches that can be offered; a strategy without personas offers AI segments only."""
    segments = Approach(
        "segments",
        "AI segments",
        (
            "Broad campaigns for several kinds of customers",
            "Finding groups in your data that you have not thought of",
            "When reach and variety matter more than one sharp picture",
        ),
        locked=strategy is None,
        why=NO_STRATEGY if strategy is None else "",
    )
    personas = Approach(
        "personas",
        "Strategy personas",
        (
            "Campaigns for one very specific customer",
            "Using the personas that your strategy already has",
            "Copy that should sound personal",
        ),
        locked=strategy is None,
        why=NO_STRATEGY if strategy is None else "",
    )
    if strategy is not None and not strategy.personas:
        return (segments,)
    return (segments, personas)


def started(campaign: Campaign) -> Campaign:
    """The person plans a campaign, rather than one audience from a sentence."""
    return campaign if campaign.entry == "campaign" else _changed(campaign, entry="campaign")


def choose_strategy(campaign: Campaign, strategy: Strategy, *, confirmed: bool = False) -> Step:
    """Take a strategy. Another one than before clears what was chosen from the old one."""
    if campaign.strategy == strategy.key:
        return _changed(campaign, entry="campaign")
    lost = _chosen(campaign)
    if lost and not confirmed:
        return Confirm(f"Changing the strategy to {strategy.name} clears {lost}. Go ahead?")
    return _changed(_cleared(campaign), entry="campaign", strategy=strategy.key, approach=None)


def choose_approach(
    campaign: Campaign, strategy: Strategy | None, approach: ApproachKey, *, confirmed: bool = False
) -> Step:
    """Take one of the two approaches. Switching clears what the other had."""
    strategy = _needed(strategy)
    if approach == "personas" and not strategy.personas:
        raise Refused(
            "no_personas", f"{strategy.name} has no personas yet, so AI segments are the way."
        )
    if campaign.approach == approach and campaign.audience is None:
        return campaign
    lost = _chosen(campaign)
    if lost and not confirmed:
        title = "AI segments" if approach == "segments" else "strategy personas"
        return Confirm(f"Switching to {title} clears {lost}. Go ahead?")
    return _changed(_cleared(campaign), entry="campaign", approach=approach)


def select_personas(
    campaign: Campaign,
    strategy: Strategy | None,
    keys: Sequence[str],
    *,
    confirmed: bool = False,
) -> Step:
    """Take these personas, 1 to 5, in place of those that were selected; none clears the selection."""
    strategy = _needed(strategy)
    chosen = tuple(dict.fromkeys(keys))
    unknown = [key for key in chosen if strategy.persona(key) is None]
    if unknown:
        names = tuple(each.name for each in strategy.personas)
        raise Refused(
            "unknown_persona", f"{strategy.name} has no persona called {unknown[0]}.", names
        )
    if len(chosen) > MOST_PERSONAS:
        raise Refused(
            "too_many_personas",
            f"A campaign takes up to {MOST_PERSONAS} personas. Take one away before adding another.",
        )
    step = choose_approach(campaign, strategy, "personas", confirmed=confirmed)
    return step if isinstance(step, Confirm) else _changed(step, personas=chosen)


def can_generate(campaign: Campaign, strategy: Strategy | None, *, confirmed: bool = False) -> Step:
    """Whether segments may be generated now; asked before the work, so that none is in vain."""
    return choose_approach(campaign, strategy, "segments", confirmed=confirmed)


def with_segments(campaign: Campaign, made: Segmentation) -> Campaign:
    """Put complete new segments in the place of all that were there."""
    if not made.segments:
        raise Refused("no_segments", "No segments were made, so those from before are kept.")
    return _changed(campaign, made=made)


def choose_audience(
    campaign: Campaign, strategy: Strategy | None, key: str, *, confirmed: bool = False
) -> Step:
    """Make a saved audience the campaign's. It takes the place of segments and personas."""
    _needed(strategy)
    if campaign.audience == key:
        return campaign
    lost = _chosen(campaign)
    if lost and not confirmed:
        return Confirm(f"Using a saved audience clears {lost}. Go ahead?")
    return _changed(_cleared(campaign), entry="campaign", approach=None, audience=key)


def ready(campaign: Campaign) -> bool:
    """Whether the campaign says whom it is for, so that a brief can be handed on."""
    return bool(campaign.personas or campaign.segments or campaign.audience)


def _needed(strategy: Strategy | None) -> Strategy:
    if strategy is None:
        raise Refused("no_strategy", NO_STRATEGY)
    return strategy


def _chosen(campaign: Campaign) -> str:
    """What a switch would clear, in words; empty when there is nothing."""
    if campaign.personas:
        return _count(len(campaign.personas), "the selected persona", "selected personas")
    if campaign.segments:
        return _count(len(campaign.segments), "the segment", "segments")
    return "the chosen audience" if campaign.audience else ""


def _count(number: int, one: str, many: str) -> str:
    return one if number == 1 else f"the {number} {many}"


def _cleared(campaign: Campaign) -> Campaign:
    return campaign.model_copy(update={"personas": (), "made": None, "audience": None})


def _changed(campaign: Campaign, **changes: object) -> Campaign:
    return campaign.model_copy(update={**changes, "revision": campaign.revision + 1})
