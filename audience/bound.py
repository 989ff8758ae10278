"""A query whose every name is known to be in a catalog and whose every value fits its field.

Only `audience.validator` makes one; only one of these can be compiled, saved or exported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from audience.catalog import AudienceType, Catalog
from audience.query import Boolean

Kind = Literal["dynamic", "dynamic_plus"]


@dataclass(frozen=True)
class Bound:
    """A valid audience: tree, type, kind, and the saved audiences that it refers to, by key."""

    root: Boolean
    type: AudienceType
    kind: Kind
    catalog: Catalog
    members: Mapping[str, Bound] = field(default_factory=dict)
