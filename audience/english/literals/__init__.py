"""Literal phrases of English sentences, with their place in the text."""

from audience.english.literals.reading import every_literal, literals

__all__ = ["every_literal", "literals"]
