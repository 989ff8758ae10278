"""Words for a segment, each from a count: what it has and does, against everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from audience.catalog import EventField, PropertyField, TraitField
from tools.segmenting.fields import Kind, kind_of
from tools.segmenting.places import place_name
from tools.segments import Fact
from workspace.breakdown import Comparison, Share

DAYS = 90  # what is said of events is of these last days
_LEAST_DIFFERENCE = 0.04  # of shares, for a fact to set a segment apart
_LEAST_PEOPLE = 50  # no smaller group is spoken of
_LEAST_LIFT = 1.15
_MUCH = 1.95  # lift from which on it is said in so many words
_LEAST_KNOWN = 0.25  # the share of a group for whom a field must be known to say something of it
_NOT_KNOWN = "Not known for most of them"
_AGES = (0, 18, 25, 35, 45, 55, 65)
_IMPLIED = 0.97  # what nearly all of a group did is what made them the group


@dataclass(frozen=True)
class Portrait:
    demographics: str
    geography: str
    interests: tuple[str, ...]
    behaviours: tuple[str, ...]
    facts: tuple[Fact, ...]
    events: Mapping[str, Fact]
    """What they did more than everybody, by the name of the event."""


@dataclass(frozen=True)
class Portraits:
    """Makes portraits of groups from one comparison of them with everybody."""

    compared: Comparison
    traits: Sequence[TraitField]
    events: Sequence[EventField]
    properties: Sequence[PropertyField]
    everybody: str = "everybody"
    """What those are called whom the groups are compared with."""

    def of(self, group: int, taken: Iterable[str]) -> Portrait:
        """The portrait of a group; `taken` are the names of the fields that define it."""
        defining = frozenset(taken)
        by_kind: dict[Kind, list[Fact]] = {
            "geography": [],
            "demographics": [],
            "interests": [],
            "behaviours": [],
        }
        fields: tuple[TraitField | PropertyField, ...] = (*self.traits, *self.properties)
        for field in fields:
            if field.name in defining:
                continue
            kind = kind_of(field)
            by_kind[kind] += self._facts(field, group)
        done = {
            event.name: fact
            for event in self.events
            if event.name not in defining
            for fact in self._done(event, group)
        }
        by_kind["behaviours"] += done.values()
        apart = {
            kind: sorted(
                (each for each in facts if _sets_apart(each)),
                key=_by_difference,
            )
            for kind, facts in by_kind.items()
        }
        facts = sorted(
            (each for facts in apart.values() for each in facts[:2]),
            key=_by_difference,
        )
        return Portrait(
            demographics=self._profile(group, "demographics", apart["demographics"]),
            geography=self._profile(group, "geography", apart["geography"]),
            interests=tuple(each.text for each in apart["interests"][:3]),
            behaviours=tuple(each.text for each in apart["behaviours"][:3]),
            facts=tuple(facts[:5]),
            events={name: fact for name, fact in done.items() if _sets_apart(fact)},
        )

    def _facts(self, field: TraitField | PropertyField, group: int) -> list[Fact]:
        """What share of the group has each value, of those for whom the field is set."""
        shares = self._shares(field)
        if isinstance(field, PropertyField):  # of those who did it at all
            done = self.compared.values.get((field.event, ""))
            known, inside = (done.everybody, done.groups[group]) if done else (0, 0)
        elif field.type == "list":
            known, inside = self.compared.base, self.compared.sizes[group]
        else:
            known = sum(each.everybody for each in shares.values())
            inside = sum(each.groups[group] for each in shares.values())
        if not known or inside < _LEAST_KNOWN * self.compared.sizes[group]:
            return []
        return [
            self._fact(
                _said(field, value),
                share.groups[group] / inside,
                share.everybody / known,
            )
            for value, share in sorted(shares.items())
            if share.groups[group] >= _LEAST_PEOPLE and _says_something(field, value)
        ]

    def _done(self, event: EventField, group: int) -> list[Fact]:
        share = self.compared.values.get((event.name, ""))
        if share is None or share.groups[group] < _LEAST_PEOPLE:
            return []
        if share.groups[group] > _IMPLIED * self.compared.sizes[group]:
            return []
        return [
            self._fact(
                f"{event.name} in the last {DAYS} days",
                share.groups[group] / self.compared.sizes[group],
                share.everybody / self.compared.base,
            )
        ]

    def _profile(self, group: int, kind: Kind, apart: Sequence[Fact]) -> str:
        """What sets the group apart in this respect; else what most of it is, as everybody is."""
        if apart:
            return "; ".join(each.text for each in apart[:2])
        fields = [
            each
            for each in self.traits
            if kind_of(each) == kind and each.type in ("text", "number")
        ]
        if not fields:
            return _NOT_KNOWN
        best = max(fields, key=lambda each: (each.type == "number", self._known(each)))
        facts = self._facts(best, group)
        if not facts:
            return _NOT_KNOWN
        most = max(facts, key=lambda each: each.share)
        text = most.text.replace("The ", "the ", 1) if most.text.startswith("The ") else most.text
        return f"Much like {self.everybody}; most often {text}"

    def _fact(self, text: str, share: float, base: float) -> Fact:
        fact = Fact(text=text, share=share, base=base, label=text)
        times = f", {fact.lift:.1f} times" if fact.lift and fact.lift >= _MUCH else ""
        shown = f"{text} ({share:.0%}, {self.everybody} {base:.0%}{times})"
        return fact.model_copy(update={"text": shown})

    def _known(self, field: TraitField) -> int:
        return sum(each.everybody for each in self._shares(field).values())

    def _shares(self, field: TraitField | PropertyField) -> Mapping[str, Share]:
        name = field.name if isinstance(field, TraitField) else f"{field.event}.{field.name}"
        shares = {value: share for (of, value), share in self.compared.values.items() if of == name}
        return _banded(shares) if field.type == "number" else shares


def _banded(shares: Mapping[str, Share]) -> Mapping[str, Share]:
    """Shares by years of age put together in the bands that people speak of."""
    bands: dict[str, Share] = {}
    for value, share in shares.items():
        low = max((each for each in _AGES if each <= float(value)), default=_AGES[0])
        at = _AGES.index(low)
        last = at + 1 == len(_AGES)
        band = f"{low} or older" if last else f"{low} to {_AGES[at + 1] - 1}"
        so_far = bands.get(band, Share(0, (0,) * len(share.groups)))
        groups = tuple(a + b for a, b in zip(so_far.groups, share.groups, strict=True))
        bands[band] = Share(so_far.everybody + share.everybody, groups)
    return bands


def _by_difference(fact: Fact) -> tuple[float, str]:
    return (fact.base - fact.share, fact.text)


def _sets_apart(fact: Fact) -> bool:
    return fact.share - fact.base >= _LEAST_DIFFERENCE and fact.share >= _LEAST_LIFT * fact.base


def _says_something(field: TraitField | PropertyField, value: str) -> bool:
    return not (field.type == "boolean" and value == "false") and bool(value)


def _said(field: TraitField | PropertyField, value: str) -> str:
    name = field.name.replace("_", " ")
    if field.type == "boolean":
        return name
    if field.type == "list":
        return value
    if kind_of(field) == "geography":
        shown = place_name(field, value)
        return shown[0].upper() + shown[1:]
    if isinstance(field, PropertyField):
        return f"{field.event}: {name} {value}"
    return f"{name} {value}"
