"""What the reading of a sentence has gathered so far, and the word classes that pieces look for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from audience.catalog import Catalog, EventField, PropertyField
from audience.english.data import load
from audience.english.frames import EventFrame, Frame, TraitFrame
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.literals.items import Item
from audience.english.schema import Entry
from audience.english.sentence import Sentence

if TYPE_CHECKING:
    from audience.english.atoms import Atom


@dataclass(frozen=True)
class Tie:
    """Words that fit several fields or values equally well, the best guess first."""

    words: str
    entries: tuple[Entry, ...]


@dataclass
class Context:
    """What the pieces before this one said, and what the whole sentence has gathered."""

    event: EventFrame | None = None
    trait: TraitFrame | None = None
    last: Frame | None = None
    used: set[int] = field(default_factory=set)
    assumptions: list[str] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    unknown_values: list[tuple[Entry, str]] = field(default_factory=list)
    asks: list[Item] = field(default_factory=list)
    waiting: list[tuple[Atom, Item]] = field(default_factory=list)  # windows before any event
    done: list[EventFrame] = field(default_factory=list)  # every event so far, in order
    unclear: set[int] = field(default_factory=set)  # "them", which may mean one thing or all
    whole: set[int] = field(default_factory=set)  # words that were read all together, as one thing
    prefer: frozenset[str] = frozenset()  # names of fields that win a tie
    accounts: bool = False  # traits are an account's here

    def tie(self, words: str, entries: tuple[Entry, ...]) -> Entry:
        """Note that `words` fit all of `entries`; the one to go on with."""
        for entry in entries:
            if key_of(entry) in self.prefer:
                return entry
        self.ties.append(Tie(words, entries))
        return entries[0]

    def assume(self, text: str) -> None:
        if text not in self.assumptions:
            self.assumptions.append(text)


@dataclass(frozen=True)
class World:
    """What a piece is read against."""

    sentence: Sentence
    lexicon: Lexicon
    catalog: Catalog
    found: tuple[Link, ...]
    today: date
    covered: dict[int, int]  # word → first word of its literal phrase
    hinted: dict[int, Entry] = field(default_factory=dict)  # word → the event that it is to mean


@dataclass
class PieceReading:
    """A piece's frames; `extends`: what it said went into the frame before it."""

    frames: list[Frame]
    extends: bool = False


def key_of(entry: Entry) -> str:
    """A name that tells fields apart: an event's, `event · property`, a trait's."""
    event = getattr(entry.field, "event", None)
    return f"{event} · {entry.field.name}" if event is not None else entry.field.name


@cache
def cue(name: str) -> frozenset[str]:
    """Stems or words of one class in `cues.yaml`."""
    return frozenset(load("cues.yaml")[name])


def type_of(entry: Entry) -> str:
    field_ = entry.field
    return "event" if isinstance(field_, EventField) else field_.type


def property_of(entry: Entry) -> PropertyField:
    assert isinstance(entry.field, PropertyField)
    return entry.field
