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
    source: Literal["strategy", "persona", "data"] = "strategy"
    of: str = ""
    """The name of the strategy or persona; of data: the event that says so."""


class Overlap(Part):
    """How many people two segments share; `share` is of all who are in either (Jaccard), 0 to 1."""

    key: str
    people: int
    share: float


class Fact(Part):
    """A share of the segment against the same share of everybody, both 0 to 1.

    `text` says both; `label` only of what. `lift` is how many times the share of everybody it is.
    """

    text: str
    share: float
    base: float
    label: str = ""

    @property
    def lift(self) -> float | None:
        return self.share / self.base if self.base else None


class Measure(Part):
    """A mean of the segment's people, such as orders a year, against that of everybody."""

    text: str
    label: str
    value: float
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
    measures: tuple[Measure, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    grounded: bool = True
    """Found in the workspace's data; False: taken from the strategy's words alone."""
    faithful: float | None = None
    """How well the conditions describe the cluster that was found: F1, 0 to 1."""
    confidence: Literal["high", "medium", "low"] | None = None
    summary: str = ""
    """Two sentences about them, in words; every number in them is a fact."""


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
    stability: float | None = None
    """How alike the groups are that halves of the people give: adjusted Rand index, 1 for the same."""
    sampled: float | None = None
    """The share of the base that the groups were found in; 1 where it was everybody."""
    notes: tuple[str, ...] = ()
    """What the strategy and the context added, and what of them could not be said in conditions."""
    model: str = "builtin"
    """Who wrote the words."""
