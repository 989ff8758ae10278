"""The review: what a person decides about a draft. Browsers are not trusted: all of it is checked."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from audience.problems import MusterError


class InvalidDecision(MusterError):
    """What came back from a review is not a decision."""

    code = "invalid_decision"


class _Decision(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Approve(_Decision):
    """Save the draft as it is shown, under this name."""

    type: Literal["approve"] = "approve"
    name: str | None = Field(None, max_length=300)
    description: str | None = Field(None, max_length=2_000)


class Edit(_Decision):
    """Take conditions that were changed by hand, and review again."""

    type: Literal["edit"] = "edit"
    query: str = Field(max_length=20_000)
    name: str | None = Field(None, max_length=300)
    description: str | None = Field(None, max_length=2_000)


class Respond(_Decision):
    """Modify: describe the audience anew (`replace`), or say what to change."""

    type: Literal["respond"] = "respond"
    message: str = Field(max_length=10_000_000)
    replace: bool = False


class Reject(_Decision):
    """Discard the draft."""

    type: Literal["reject"] = "reject"


Decision = Approve | Edit | Respond | Reject
_DECISION: TypeAdapter[Decision] = TypeAdapter(Annotated[Decision, Field(discriminator="type")])


def decision(payload: Any) -> Decision:
    """Reads a decision. Raises `InvalidDecision`."""
    try:
        return _DECISION.validate_python(payload)
    except ValidationError:
        raise InvalidDecision(
            "That is not a decision. There are approve, edit, respond and reject."
        ) from None


_SAVE = re.compile(
    r"(?:yes[,!. ]+)?(?:please )?(?:save|store|approve)(?: (?:it|this|that|the (?:draft|audience|segment)))?"
    r"(?: (?:as|under(?: the name)?|with the name|called|named) (?P<name>.+?))?(?: now| please)?[.! ]*",
    re.IGNORECASE | re.DOTALL,
)
_DISCARD = re.compile(
    r"(?:please )?(?:discard|throw away|reject)(?: (?:it|this|that|the (?:draft|audience)))?[.! ]*",
    re.IGNORECASE,
)


def decided_in_words(text: str) -> Decision | None:
    """The decision that the person's own words make while a review waits; None for other words."""
    save = _SAVE.fullmatch(text.strip())
    if save is not None:
        name = (save["name"] or "").strip().strip("\"'“”‘’").strip()
        return Approve(name=name[:300] or None, description=None)
    return Reject() if _DISCARD.fullmatch(text.strip()) else None
