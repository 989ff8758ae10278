"""Special categories of personal data: which words and which fields touch one.

Health, pregnancy, disability, religion, ethnicity, sexual orientation, political opinion, trade union
membership, biometric and genetic data, criminal record. Gender, age and nationality are none of them.
The words are in sensitive.yaml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from audience.catalog import EventField, Field, PropertyField, TraitField
from audience.english.guards.data import load
from audience.english.guards.phrases import Phrases

_WORD_BREAKS = re.compile(r"(?<=[a-z])(?=[A-Z])|[_\W]+")
_SAME = str.maketrans("\u2018\u2019\u2013\u2010\u2011", "''---")


@dataclass(frozen=True)
class Sensitive:
    """Words at `[start, end)` that name a special category of personal data."""

    start: int
    end: int
    topic: str


def sensitive_words(text: str) -> tuple[Sensitive, ...]:
    """The words of `text` that name a special category, from left to right."""
    harmless, topics = _phrases()
    kept = harmless.blanked(text.translate(_SAME), "·")
    found = [Sensitive(*match.span(), topic) for topic, match in topics.found(kept)]
    return tuple(sorted(found, key=lambda each: (each.start, -each.end)))


def sensitive_topic(words: str) -> str | None:
    """The special category that `words` name first ("health"), or None."""
    found = sensitive_words(words)
    return found[0].topic if found else None


def only_of_things(words: str) -> bool:
    """Whether nothing but goods or reasons is named: "without a prescription", "because of illness"."""
    return (
        sensitive_topic(words) is not None
        and sensitive_topic(_things().blanked(words, "·")) is None
    )


def sensitive_field(field: Field) -> str | None:
    """The special category that a field holds, by its name or its description, or None.

    A property of an event such as "Race Registered" is judged with the event's name beside its own.
    """
    name = " ".join(_words(field.name))
    context = f"{_spaced(field.event)} {name}" if isinstance(field, PropertyField) else name
    topic = sensitive_topic(context) or sensitive_topic(field.description)
    if topic is not None or isinstance(field, EventField):
        return topic
    harmless, _ = _phrases()
    if any(harmless.found(f"{context} {field.description}")):
        return None
    key = "_".join(_words(field.name)).lower()
    for topic, names in load("sensitive.yaml")["fields"].items():
        if any(key == each or key.endswith(f"_{each}") for each in names):
            return None if _is_of_company(field) else str(topic)
    return None


def _is_of_company(field: TraitField | PropertyField) -> bool:
    """A party of travellers or of guests: its size, or one that may be a couple or a family."""
    if field.type == "number":
        return True
    said = {value.lower().replace("_", " ") for value in field.stats.values}
    return bool(said & set(load("sensitive.yaml")["company"]))


def _words(name: str) -> list[str]:
    return [word for word in _WORD_BREAKS.split(name) if word]


def _spaced(name: str) -> str:
    return " ".join(_words(name))


@cache
def _things() -> Phrases:
    return Phrases({"": load("sensitive.yaml")["of_things"]}, {})


@cache
def _phrases() -> tuple[Phrases, Phrases]:
    """What is harmless, and what names a topic."""
    data = load("sensitive.yaml")
    groups = {"people": data["people"]}
    return Phrases({"": data["harmless"]}, groups), Phrases(data["topics"], groups)
