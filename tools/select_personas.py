"""Finding the personas that a person names."""

from __future__ import annotations

from collections.abc import Sequence

from tools.context import ToolContext
from tools.list_personas import list_personas
from tools.naming import named
from workspace.strategies import Persona


def select_personas(
    context: ToolContext, strategy: str, personas: Sequence[str]
) -> tuple[Persona, ...]:
    """Select personas of the chosen strategy, by key or name, as those whom the campaign is for.

    Give all that shall be selected, 1 to 5; they take the place of those selected before. Raises
    `tools.errors.NotFound`.
    """
    there = list_personas(context, strategy)
    return tuple(dict.fromkeys(named(each, there, "persona") for each in personas))
