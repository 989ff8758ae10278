"""What can be wrong, as values (`Problem`) and as errors (`MusterError`).

A problem is part of an answer; an error ends a command. Both carry a code that programs rely on and
a message that is shown to people as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """Something wrong with a query or a prompt, at `[start, end)` of its text where that is known."""

    code: str
    message: str
    severity: Severity = "error"
    start: int | None = None
    end: int | None = None
    suggestions: tuple[str, ...] = ()


class MusterError(Exception):
    """An error with a code and a message for people; `problems` where a query is at fault."""

    code = "unexpected"

    def __init__(
        self,
        message: str,
        *,
        suggestions: tuple[str, ...] = (),
        problems: tuple[Problem, ...] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.suggestions = suggestions
        self.problems = problems


class InvalidQuery(MusterError):
    """A query that cannot be read or run; carries every problem found."""

    code = "invalid_query"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        errors = [problem for problem in problems if problem.severity == "error"]
        super().__init__(
            errors[0].message if errors else "The query is not valid.", problems=problems
        )


class NotSupported(MusterError):
    """Something that the language can say and this engine or target cannot do, refused by name."""

    code = "not_supported"
