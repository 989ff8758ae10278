"""The part of a catalog that a model is given: what the words may mean, within a budget of tokens.

Naive retrieval drops what is needed, so the fields come in this order: those of the draft and of the
built-in engine's guess, those that the engine's dictionaries find in the words, then the index's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from audience.catalog import (
    AudienceType,
    Catalog,
    EventField,
    Field,
    PropertyField,
    SavedAudience,
    TraitField,
)
from audience.english.reading import Request
from audience.mentioned import fields_of, id_of
from audience.query import Boolean
from audience.text import quoted
from audience.validator import check
from tools.modelling.amounts import ANYTHING, Amounts
from tools.modelling.linking import Linked
from tools.modelling.privacy import tells_of_a_person

NEAREST = 24
MOST_VALUES = 8
FEW_VALUES = 3  # of a field whose values are not all known: what they look like
FULL_LIST = 12  # values of a field that are shown whole
MOST_PROPERTIES = 6
MOST_AUDIENCES = 8
_LETTERS_A_TOKEN = 3.2
_FOR_FOUND = 0.75  # of the budget; the rest is for what the nearest events are mostly asked about


@dataclass(frozen=True)
class Vocabulary:
    """Events with the properties that may be used in them, traits, and saved audiences."""

    type: AudienceType
    events: tuple[tuple[EventField, tuple[PropertyField, ...]], ...] = ()
    traits: tuple[TraitField, ...] = ()
    account_traits: tuple[TraitField, ...] = ()
    audiences: tuple[SavedAudience, ...] = ()
    said: frozenset[tuple[str, str]] = frozenset()
    """Id of a field and a value of it that stands in the words."""
    amounts: Amounts = ANYTHING
    """The numbers, lengths of time, dates and texts that an answer may hold."""
    unnamed: tuple[str, ...] | None = None
    """The words of which alone may be said that there is no field for them; None: any."""

    def ids(self) -> Iterator[str]:
        """The ids of its fields, as `audience.mentioned` has them."""
        for event, properties in self.events:
            yield id_of(event)
            yield from map(id_of, properties)
        yield from map(id_of, (*self.traits, *self.account_traits))

    def lines(self) -> Iterator[str]:
        """What a model reads of it: an event with its properties on one line, a trait on one."""
        for event, properties in self.events:
            listed = "; ".join(f"{each.name!r} {self._kind(each)}" for each in properties)
            yield f"event {event.name!r}{_about(event)}" + (f": {listed}" if listed else "")
        for trait in self.traits:
            yield f"trait {trait.name!r} {self._kind(trait)}{_about(trait)}"
        for trait in self.account_traits:
            yield f"account trait {trait.name!r} {self._kind(trait)}{_about(trait)}"
        for each in self.audiences:
            yield f"saved audience {each.key!r}: {each.name[:60]}"

    def values_shown(self, field: Field) -> tuple[str, ...]:
        """Values that are shown, those that were said first. None of a personal field: they never
        leave the machine."""
        if isinstance(field, EventField) or field.stats.personal:
            return ()
        values = field.stats.values
        if field.stats.complete and len(values) <= FULL_LIST:
            return values
        first = [each for each in values if (id_of(field), each) in self.said][:MOST_VALUES]
        most = max(len(first), MOST_VALUES if field.stats.complete else FEW_VALUES)
        return tuple(dict.fromkeys((*first, *values)))[:most]

    def _kind(self, field: PropertyField | TraitField) -> str:
        shown = self.values_shown(field)
        if not shown or field.type not in ("text", "list"):
            return field.type
        more = "" if field.stats.complete and len(shown) == len(field.stats.values) else ", …"
        return f"{field.type} ({', '.join(repr(each[:40]) for each in shown)}{more})"


def vocabulary(
    request: Request, linked: Linked, type: AudienceType, guess: Boolean | None, budget: int
) -> Vocabulary:
    """What the words of `request` may mean, in about `budget` tokens of lines.

    The fields of the draft, of the guess and of the engine's links are there whatever it costs.
    """
    catalog = request.catalog
    sure = list(_mentioned(catalog, request.draft.root if request.draft else None))
    sure += _mentioned(catalog, guess)
    sure += [each for root in linked.terms.values() for each in _mentioned(catalog, root)]
    named = any(each.low.rstrip("s").endswith("id") for each in linked.sentence.words)
    sure += [each for each in linked.fields if named or not _is_identifier(each)]
    found = [each.field for each in request.finder.find(request.prompt, NEAREST)]
    made = _Making(catalog, type, linked)
    for field in sure:
        made.add(field, sure=True)
    for field in found:
        if made.cost() >= _FOR_FOUND * budget:
            break
        if not _is_identifier(field):
            made.add(field)
    for event in list(made.events)[:3]:  # what the nearest events are mostly asked about
        made.fill(event, budget)
    return made.vocabulary()


class _Making:
    def __init__(self, catalog: Catalog, type: AudienceType, linked: Linked) -> None:
        self.events: dict[str, dict[str, PropertyField]] = {}
        self._catalog = catalog
        self._type = type
        self._traits: dict[str, TraitField] = {}
        self._said = linked.said
        named = {each.key for each in linked.audiences}
        newest = [each for each in catalog.audiences if each.key not in named][-MOST_AUDIENCES:]
        mine = [each for each in (*linked.audiences, *newest) if each.type == type]
        self._audiences = tuple(
            each
            for each in mine[:MOST_AUDIENCES]
            if can_be_used(each, catalog) and not tells_of_a_person(each, catalog)
        )

    def add(self, field: Field, *, sure: bool = False) -> None:
        match field:
            case EventField(name=name):
                self.events.setdefault(name, {})
            case PropertyField(event=event, name=name):
                there = self.events.setdefault(event, {})
                if sure or len(there) < MOST_PROPERTIES:
                    there[name] = field
            case TraitField() if self._type == "accounts" or field.owner == "user":
                self._traits[id_of(field) + field.owner] = field
            case _:
                pass

    def fill(self, name: str, budget: int) -> None:
        event = self._catalog.event(name)
        for each in event.properties if event is not None else ():
            if self.cost() >= budget or len(self.events[name]) >= MOST_PROPERTIES:
                return
            if not _is_identifier(each):
                self.events[name].setdefault(each.name, each)

    def cost(self) -> float:
        return sum(map(len, self.vocabulary().lines())) / _LETTERS_A_TOKEN

    def vocabulary(self) -> Vocabulary:
        events = ((self._catalog.event(name), each) for name, each in self.events.items())
        return Vocabulary(
            self._type,
            tuple((event, tuple(each.values())) for event, each in events if event is not None),
            tuple(each for each in self._traits.values() if each.owner == "user"),
            tuple(each for each in self._traits.values() if each.owner == "account"),
            self._audiences,
            self._said,
        )


def can_be_used(audience: SavedAudience, catalog: Catalog) -> bool:
    """Whether membership in it can be asked for: its own query may be out of date, or go in circles."""
    text = f"trait({quoted(audience.key)}) = 'true'"
    return check(text, catalog, audience_type=audience.type).valid


def _mentioned(catalog: Catalog, root: Boolean | None) -> Iterable[Field]:
    if root is None:
        return
    by_id = {id_of(each): each for each in catalog.fields()}
    yield from (by_id[each] for each in fields_of(root) if each in by_id)


def _is_identifier(field: Field) -> bool:
    """A number that a system gave: nobody is described by it, so only its name brings it in."""
    return field.kind != "event" and field.name.casefold().rstrip("s").endswith("id")


def _about(field: Field) -> str:
    line = " ".join(field.description.split())[:60]
    return f" — {line}" if line else ""
