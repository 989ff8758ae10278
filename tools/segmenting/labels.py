"""Words of which the names of segments are put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audience.catalog import TraitField
from tools.segmenting.fields import kind_of
from tools.segmenting.places import place_name

NAME_LENGTH = 60


@dataclass(frozen=True)
class Label:
    """Words of a group: before the noun ("Frequent"), after it ("in Spain"), or a noun of its own."""

    before: str = ""
    after: str = ""
    noun: str = ""
    no: bool = False
    """Says what they are not: left out of a name that tells without it."""


def name_of(labels: Sequence[Label]) -> str:
    """A name of at most 60 characters: "Lapsed customers in Spain"."""
    words = dict.fromkeys(each.before.lower() for each in labels if each.before)
    before = " ".join(sorted(words, key=lambda word: word != "other"))
    noun = next((each.noun for each in labels if each.noun), "people")
    after = ", ".join(dict.fromkeys(each.after for each in labels if each.after))
    name = " ".join(part for part in (before, noun, after) if part)
    return shortened(name[0].upper() + name[1:])


def names_of(labels: Sequence[Sequence[Label]], more: Sequence[Sequence[str]]) -> list[str]:
    """A name for each group: from what they are; where two would be called the same, from what they
    are not as well, then from the first words of `more` that no other has, then by a number."""
    kept = [[each for each in group if not each.no] or list(group[:1]) for group in labels]
    for place, group in enumerate(kept):
        if any(set(group) < set(other) for other in kept):
            kept[place] = [Label(before="Other"), *group]
    names = [name_of(group) for group in kept]
    for same in _same(names):
        for place in same:
            names[place] = name_of(labels[place])
    for same in _same(names):
        for place in same:
            taken = {words for other in same if other != place for words in more[other]}
            own = next((words for words in more[place] if words not in taken), "")
            longer = f"{names[place]}, {own}" if own else names[place]
            if len(longer) <= NAME_LENGTH:
                names[place] = longer
    for same in _same(names):
        for number, place in enumerate(same[1:], 2):
            names[place] = f"{names[place][: NAME_LENGTH - 4].rstrip(' ,…')} ({number})"
    return names


def _same(names: Sequence[str]) -> list[list[int]]:
    by_name: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        by_name.setdefault(name, []).append(place)
    return [places for places in by_name.values() if len(places) > 1]


def shortened(name: str) -> str:
    """A name of at most 60 characters, cut between words where they are short enough."""
    if len(name) <= NAME_LENGTH:
        return name
    words = name[:NAME_LENGTH].rpartition(" ")[0]
    kept = words if len(words) > NAME_LENGTH / 2 else name[: NAME_LENGTH - 1]
    return kept.rstrip(" ,") + "…"


def plain(name: str) -> str:
    """The name of a field as words: "has_app" and "betaTester" are "has app" and "beta tester"."""
    from audience.english.tokens import name_words

    return " ".join(name_words(name)).casefold()


def of_trait(trait: TraitField, values: Sequence[str]) -> Label:
    shown = some([place_name(trait, each) for each in values])
    if kind_of(trait) == "geography":
        return Label(after=f"in {shown}")
    if trait.type == "list":
        return Label(after=f"into {shown}")
    return Label(after=f"with {plain(trait.name)} {shown}")


def of_another(trait: TraitField) -> Label:
    if kind_of(trait) == "geography":
        return Label(after="elsewhere", no=True)
    return Label(after=f"with no or another {plain(trait.name)}", no=True)


def of_property(value: str, times: int, *, bought: bool, where: str = "") -> Label:
    """`where` is said in addition: the event, where other events have such a property too."""
    shown = value.lower() if value.isupper() and len(value) > 3 else value
    if bought:
        return Label(after=f"who {'often ' if times > 1 else ''}bought {shown}")
    return Label(after=f"with {'much ' if times > 1 else ''}{shown}{where}")


def not_of_property(value: str, times: int, *, bought: bool, where: str = "") -> Label:
    shown = value.lower() if value.isupper() and len(value) > 3 else value
    if bought:
        return Label(after=f"who {'rarely' if times > 1 else 'never'} bought {shown}", no=True)
    return Label(after=f"with {'little' if times > 1 else 'no'} {shown}{where}", no=True)


def some(values: Iterable[str]) -> str:
    """Two of them, and that there are more."""
    values = list(values)
    if len(values) <= 2:
        return " or ".join(values)
    return f"{', '.join(values[:2])} and the like"
