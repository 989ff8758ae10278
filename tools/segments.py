"""A segment: a group of the workspace's people that a campaign can be for, as a value."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from audience.catalog import AudienceType


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PainPoint(Part):
    """What troubles these people, and where that was said."""

    text: str
    source: Literal["strategy", "persona"] = "strategy"
    of: str = ""
    """The name of the strategy or persona."""


class Overlap(Part):
    """How many people two segments share; `share` is of all who are in either (Jaccard), 0 to 1."""

    key: str
    people: int
    share: float


class Fact(Part):
    """A share of the segment against the same share of everybody, both 0 to 1."""

    text: str
    share: float
    base: float


class Segment(Part):
    """`query` runs; `reach` and `share` (of `universe`) are None in a workspace without data."""

    key: str
    name: str
    demographics: str = ""
    geography: str = ""
    interests: tuple[str, ...] = ()
    behaviours: tuple[str, ...] = ()
    pain_points: tuple[PainPoint, ...] = ()
    type: AudienceType = "users"
    query: str | None = None
    english: tuple[str, ...] = ()
    """Each condition in words."""
    reach: int | None = None
    universe: int | None = None
    share: float | None = None
    facts: tuple[Fact, ...] = ()
    """What sets it apart."""
    overlaps: tuple[Overlap, ...] = ()
    grounded: bool = True
    """Found in the workspace's data; False: taken from the strategy's words alone."""


class Segmentation(Part):
    """Segments that were made together: `cut` is which way, `how` says it in words."""

    segments: tuple[Segment, ...]
    cut: int
    how: str
    context: str = ""
    base: str | None = None
    """The query that the context became; every segment lies within it."""
    base_reach: int | None = None
    covered: float | None = None
    """The share of the base that is in some segment, 0 to 1."""
