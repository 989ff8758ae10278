"""Saving an audience that a person has reviewed."""

from __future__ import annotations

from audience.catalog import AudienceType, Catalog, SavedAudience
from tools.context import ToolContext


def save_audience(
    context: ToolContext,
    query: str,
    name: str,
    *,
    description: str | None = None,
    audience_type: AudienceType | None = None,
    request_key: str | None = None,
) -> SavedAudience:
    """Save the reviewed draft under a name. The person always reviews it first.

    The query is checked once more. The same `request_key` saves once and gives the same audience
    again. Raises `InvalidQuery`, and what the store raises: the Dynamic Plus limit, a bad name.
    """
    from audience.english.guards.personal import mask
    from audience.naming import description_of
    from audience.printer import show
    from audience.validator import bind

    catalog = context.catalog
    bound = bind(query, catalog, audience_type=audience_type)
    return context.store.save_audience(
        context.workspace.name,
        mask(name),
        mask(description) if description else description_of(bound.root, catalog),
        show(bound.root),
        bound.type,
        bound.kind,
        context.workspace.config.dynamic_plus_limit,
        request_key,
        trait_names=_trait_names(catalog),
        person=context.person,
    )


def _trait_names(catalog: Catalog) -> frozenset[str]:
    traits = (*catalog.user_traits, *catalog.account_traits)
    return frozenset(name for each in traits for name in (each.name, each.column))
