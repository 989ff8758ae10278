"""Locales, fr-FR and fr_CA: the language that each of them is of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence


def by_language(values: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """The codes of languages → the values that are locales of each; none where a value is no locale."""
    found: dict[str, list[str]] = defaultdict(list)
    for value in values:
        locale = _LOCALE.fullmatch(value)
        if locale is None:
            return {}
        found[locale[1].lower()].append(value)
    return {language: tuple(locales) for language, locales in found.items()}


_LOCALE = re.compile(r"([a-z]{2})[-_](?:[A-Z][a-z]{3}[-_])?[A-Z]{2}")
