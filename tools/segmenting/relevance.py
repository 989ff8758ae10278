"""How much the fields of a workspace have to do with what a strategy says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from audience.catalog import Catalog, EventField, Field, PropertyField
from audience.english.reading import FieldFinder
from workspace.strategies import Strategy

_NEAREST = 12
_COMMON = 3  # events whose names have a word: then it tells none of them


def texts_of(strategy: Strategy, about: str) -> tuple[str, ...]:
    """What the strategy says of its audience, a thought each."""
    audience = strategy.audience
    parts = (
        about,
        audience.demographics,
        audience.geography,
        *audience.interests,
        *audience.behaviours,
        strategy.product,
        *strategy.pain_points,
    )
    return tuple(part.strip() for part in parts if part.strip())


def relevance(texts: Sequence[str], finder: FieldFinder) -> Mapping[str, float]:
    """Id of a field → how near it is to the texts, 0 to 1; the nearest has 1."""
    scores: dict[str, float] = {}
    for text in texts:
        for rank, found in enumerate(finder.find(text, _NEAREST)):
            key = field_id(found.field)
            scores[key] = scores.get(key, 0.0) + found.score / (1 + rank)
    highest = max(scores.values(), default=0.0)
    return {key: score / highest for key, score in scores.items()} if highest else {}


def field_id(field: Field) -> str:
    if isinstance(field, PropertyField):
        return f"{field.event}.{field.name}"
    return f"event {field.name}" if isinstance(field, EventField) else f"trait {field.name}"


def of_fields(fields: Iterable[Field], scores: Mapping[str, float]) -> float:
    return max((scores.get(field_id(each), 0.0) for each in fields), default=0.0)


def names_field(field: Field, texts: Sequence[str], catalog: Catalog) -> bool:
    """Whether the texts name a field: by a word that few events have, or by all of its words."""
    from audience.english.schema import stemmed

    words = {word for word in stemmed(field.name) if len(word) > 3}
    said = {word for text in texts for word in stemmed(text)}
    if not words & said:
        return False
    names = [set(stemmed(each.name)) for each in catalog.events if each != field]
    rare = {word for word in words if sum(word in each for each in names) < _COMMON}
    return bool(rare & said) or words <= said


def spoken_of(values: Sequence[str], texts: Sequence[str]) -> tuple[str, ...]:
    """Those of a field's values whose words, in any form, stand in one of the texts."""
    from audience.english.schema import stemmed

    said = [stemmed(text) for text in texts]
    return tuple(value for value in values if any(_within(stemmed(value), each) for each in said))


def _within(words: Sequence[str], text: Sequence[str]) -> bool:
    length = len(words)
    return bool(words) and any(
        tuple(text[start : start + length]) == tuple(words)
        for start in range(len(text) - length + 1)
    )
