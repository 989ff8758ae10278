"""Checking a query against the workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from audience.bound import Bound, Kind
from audience.catalog import AudienceType
from audience.problems import Problem
from tools.context import ToolContext


@dataclass(frozen=True)
class Validation:
    """What is wrong with a query; `query`, `english` and `kind` where it could be read."""

    problems: tuple[Problem, ...]
    query: str | None
    english: str | None
    type: AudienceType
    kind: Kind | None
    bound: Bound | None

    @property
    def valid(self) -> bool:
        return self.bound is not None

    def to_json(self) -> dict[str, Any]:
        """What `muster check --json` prints."""
        return {
            "valid": self.valid,
            "problems": [problem_json(each) for each in self.problems],
            "query": self.query,
            "english": self.english,
            "type": self.type,
            "kind": self.kind,
        }


def problem_json(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "start": problem.start,
        "end": problem.end,
        "suggestions": list(problem.suggestions),
    }


def validate_conditions(
    context: ToolContext, query: str, *, audience_type: AudienceType | None = None
) -> Validation:
    """Check a query: whether it can be read, its fields exist, and its values fit them.

    Says what is wrong, where, and what was probably meant; also what is valid and yet surely not
    meant, such as a condition that nobody can match.
    """
    from audience.describer import describe
    from audience.printer import show
    from audience.validator import check

    catalog = context.catalog_for(query)
    checked = check(query, catalog, audience_type=audience_type)
    root = checked.root
    return Validation(
        checked.problems,
        None if root is None else show(root),
        None if root is None or checked.bound is None else describe(root, catalog),
        checked.type,
        checked.kind,
        checked.bound,
    )
