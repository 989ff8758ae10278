"""What the words of a prompt name in a catalog, found by the built-in engine's dictionaries alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from audience.catalog import Field, SavedAudience
from audience.english.events import EventMatch, match_events
from audience.english.lexicon import Lexicon, ValueLink, lexicon_of
from audience.english.links import Link, links
from audience.english.literals import literals
from audience.english.reading import Request
from audience.english.sentence import Sentence, frame_words, sentence
from audience.english.yes_no import in_own_codes
from audience.mentioned import id_of
from audience.printer import show
from audience.query import Boolean
from audience.validator import check

MOST_EVENTS = 4
MOST_OF_A_KIND = 3  # fields that the same words may name
_EXACT = 0.9
_NAMED = 0.8


@dataclass(frozen=True)
class Linked:
    """The words, what spans of them may name, and the events that they may speak of, best first."""

    sentence: Sentence
    links: tuple[Link, ...]
    events: tuple[EventMatch, ...]
    lexicon: Lexicon
    today: date
    terms: Mapping[str, Boolean] = field(default_factory=dict)
    """What the glossary says of the terms that stand in the words."""

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every field that is named, or has a value that is; each once."""
        found: dict[str, Field] = {}
        for match in self.events[:MOST_EVENTS]:
            found.setdefault(id_of(match.entry.field), match.entry.field)
        for link in self.links:
            for each in _fields(link):
                found.setdefault(id_of(each), each)
        return tuple(found.values())

    @cached_property
    def said(self) -> frozenset[tuple[str, str]]:
        """Id of a field and a value of it that stands in the words."""
        return frozenset(
            (id_of(each.entry.field), each.value) for link in self.links for each in link.values
        )

    @cached_property
    def values(self) -> tuple[tuple[Link, tuple[ValueLink, ...]], ...]:
        """Words that surely are a value, of each field that has it, best first; not those inside others."""
        found: list[tuple[Link, tuple[ValueLink, ...]]] = []
        for link in sorted(self.links, key=lambda each: -each.length):
            sure = tuple(each for each in link.values if each.score >= _EXACT)
            inside = any(other.first <= link.first and link.end <= other.end for other, _ in found)
            if sure and not inside and len(self.sentence.said(link.first, link.end)) > 2:
                found.append((link, sure))
        return tuple(sorted(found, key=lambda each: each[0].first))

    @cached_property
    def denials(self) -> tuple[int, ...]:
        """The places of words such as "not", "haven't" and "without"."""
        denying = frame_words()["negations"]
        covered = self.sentence.covered()
        return tuple(
            place
            for place, word in enumerate(self.sentence.words)
            if (word.low in denying or word.low.endswith("n't")) and place not in covered
        )

    def shown(self, tree: Boolean) -> str:
        """A condition as text, with yes and no as the workspace keeps them."""
        return show(in_own_codes(tree, self.lexicon.flags) or tree)

    @cached_property
    def audiences(self) -> tuple[SavedAudience, ...]:
        return tuple(each.audience for each in self.links if each.audience is not None)


def linked(request: Request) -> Linked:
    """What `request.prompt` names, exactly or nearly."""
    catalog = request.catalog
    lexicon = lexicon_of(catalog, request.roles)

    def literal_phrases(text: str) -> tuple[Any, ...]:
        return tuple(
            literals(
                text, as_of=request.as_of, timezone=catalog.timezone, currency=catalog.currency
            )
        )

    words = sentence(request.prompt, lexicon, literal_phrases, catalog.timezone)
    found = links(words, lexicon, catalog)
    places = {place: word for place, word in enumerate(words.words) if word.is_word}
    terms = {each.term: catalog.glossary[each.term] for each in found if each.term is not None}
    meant = {term: check(query, catalog).root for term, query in terms.items()}
    return Linked(
        words,
        tuple(found),
        tuple(match_events(places, found, lexicon)),
        lexicon,
        request.as_of.astimezone(ZoneInfo(catalog.timezone)).date(),
        {term: root for term, root in meant.items() if root is not None},
    )


def _fields(link: Link) -> Iterator[Field]:
    names = [each for each in link.names if each.score >= _NAMED]
    yield from (each.entry.field for each in names[:MOST_OF_A_KIND])
    values = [each for each in link.values if each.score >= _EXACT] or list(link.values[:1])
    yield from (each.entry.field for each in values[:MOST_OF_A_KIND])
