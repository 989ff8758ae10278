"""The strategies of a workspace and their personas."""

from __future__ import annotations

from tools.context import ToolContext
from tools.naming import named
from workspace.strategies import Persona, Strategy


def list_strategies(context: ToolContext) -> tuple[Strategy, ...]:
    """List the company's strategies: what each sells, to whom, and how many personas it has."""
    return context.workspace.strategies


def find_strategy(context: ToolContext, strategy: str) -> Strategy:
    """The strategy with this key or name. Raises `tools.errors.NotFound`."""
    return named(strategy, context.workspace.strategies, "strategy")


def list_personas(context: ToolContext, strategy: str) -> tuple[Persona, ...]:
    """List the personas of a strategy, with all that is known of each."""
    return find_strategy(context, strategy).personas
