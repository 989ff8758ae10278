"""What people answered when they were asked whether they would recommend us: "promoters", "an NPS of 9 or more".

It is kept as the last score of each person, as the group that the score puts them in, or as an event
with a score. Only a part of a sentence that says nothing else is read so.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from audience.english.amounts import bounds, is_percent
from audience.english.context import World, type_of
from audience.english.kept_deeds import Said
from audience.english.literals.items import Ever, Item, Number, Range
from audience.english.schema import Entry, stemmed
from audience.english.times import event_filters, is_time
from audience.english.tokens import stem, stem_set
from audience.query import (
    Aggregate,
    And,
    Boolean,
    Comparison,
    Events,
    Literal,
    Not,
    Property,
    Reducer,
    Scalar,
    Trait,
    joined,
)


def nps_said(world: World, said: Said, *, accounts: bool) -> tuple[Boolean, Entry] | None:
    """The condition on the one field or event that keeps what was said of it, and the field."""
    stems = set(said.every)
    groups = [name for name in GROUPS if stem(name) in stems]
    if not (_NPS in stems or groups) or not said.told <= _WORDS or set(said.lows) & _BOTH:
        return None
    times = [each for each in said.items if is_time(each) and not isinstance(each, Ever)]
    scores = [each for each in said.items if isinstance(each, Range | Number)]
    others = len(said.items) - len(times) - len(scores)
    if others > sum(isinstance(each, Ever) for each in said.items) or len(groups) > 1:
        return None
    denied = said.denied
    none = [each for each in scores if not any(letter.isdigit() for letter in each.text)]
    none = [each for each in none if bounds(each) == [("equals", Decimal(0))]]
    if none:  # "no nps yet", "never answered"
        scores, denied = [each for each in scores if each not in none], not denied
    if len(scores) > 1 or len(times) > 1 or (scores and (groups or is_percent(scores[0]))):
        return None
    full = bool(_FULL & stems)
    if full and (groups or (scores and bounds(scores[0]) != [("equals", _TEN)])):
        return None
    if scores and _outside(scores[0]):
        return None
    told = _band(groups[0]) if groups else _rows(scores[0]) if scores else None
    told = [("equals", _TEN)] if full else told
    made = _known(world, told, times, accounts=accounts)
    if made is None:
        return _happened(world, told, times, denied=denied)
    tree, entry = made
    return (_denied(tree) if denied else tree), entry


def _denied(tree: Boolean) -> Boolean:
    if isinstance(tree, Comparison) and tree.operator == "exists":
        return Comparison(tree.left, "absent")
    return Not(tree)


_Rows = list[tuple[str, Decimal]]


def _known(
    world: World, told: _Rows | None, times: list[Item], *, accounts: bool
) -> tuple[Boolean, Entry] | None:
    """What a field known of people says: their last score, or their group."""
    people = world.lexicon.accounts if accounts else world.lexicon.users
    kept = [each for each in people if _NPS in each.words and not _WHEN & set(each.words)]
    numbers = [each for each in kept if type_of(each) == "number"]
    grouped = [each for each in kept if type_of(each) == "text" and len(_groups(each)) > 1]
    if times or len(numbers) > 1 or len(grouped) > 1:
        return None
    for entry in (*numbers, *grouped):
        left = Trait(entry.field.name)
        if told is None:
            return Comparison(left, "exists"), entry
        if entry in numbers:
            return _compared(left, told), entry
        values = _values(_groups(entry), told)
        if values:
            operator = "equals" if len(values) == 1 else "one_of"
            return Comparison(left, operator, tuple(map(Literal, values))), entry
    return None


def _happened(
    world: World, told: _Rows | None, times: list[Item], *, denied: bool
) -> tuple[Boolean, Entry] | None:
    """What the one event of an answer says: that there is one, or its last score."""
    events = [each for each in world.lexicon.events if _NPS in each.words]
    events = [each for each in events if not _SENT & set(each.words)]
    if len(events) != 1:
        return None
    event = events[0]
    if told is None:
        left = Aggregate(Events(event.field.name, tuple(event_filters(times))), Reducer("count"))
        operator, number = ("equals", 0) if denied else ("at_least", 1)
        return Comparison(left, operator, (Literal(Decimal(number)),)), event
    scores = [each for each in event.properties.values() if type_of(each) == "number"]
    if len(scores) != 1 or times:
        return None
    last = Aggregate(Events(event.field.name), Reducer("last", Property(scores[0].field.name)))
    tree = _compared(last, told)
    return (Not(tree) if denied else tree), event


def _compared(left: Scalar, told: _Rows) -> Boolean:
    return joined(And, tuple(Comparison(left, op, (Literal(number),)) for op, number in told))


def _band(name: str) -> _Rows:
    low, high = GROUPS[name]
    rows: _Rows = [("at_least", Decimal(low))] if low else []
    return rows + ([("at_most", Decimal(high))] if high < _TEN else [])


def _rows(item: Range | Number) -> _Rows:
    return list(bounds(item))


def _outside(item: Range | Number) -> bool:
    """Whether a number is none of the scale from 0 to 10."""
    return any(number < 0 or number > _TEN for _, number in bounds(item))


def _groups(entry: Entry) -> Mapping[str, str]:
    """The groups with the value that stands for each."""
    values = getattr(getattr(entry.field, "stats", None), "values", ())
    return {name: value for value in values for name in GROUPS if stem(name) in stemmed(value)}


def _values(groups: Mapping[str, str], told: _Rows) -> list[str]:
    """The values of all groups that lie within what was said; none where one is cut through."""
    found = []
    for name, value in groups.items():
        low, high = GROUPS[name]
        inside = [_holds(told, number) for number in range(low, high + 1)]
        if all(inside):
            found.append(value)
        elif any(inside):
            return []
    return found


def _holds(told: _Rows, number: int) -> bool:
    return all(_SIGNS[op](Decimal(number), bound) for op, bound in told)


_SIGNS = {
    "equals": Decimal.__eq__,
    "at_least": Decimal.__ge__,
    "at_most": Decimal.__le__,
    "greater_than": Decimal.__gt__,
    "less_than": Decimal.__lt__,
}
GROUPS = {"promoter": (9, 10), "passive": (7, 8), "detractor": (0, 6)}
_TEN = Decimal(10)
_NPS = "nps"
_FULL = stem_set("perfect", "full")
_BOTH = frozenset(["neither", "nor", "or", "and"])
_WHEN = stem_set("date", "day", "days", "count", "times", "number", "at", "on", "sent", "since")
_SENT = stem_set("sent", "sends", "requested", "opened", "viewed", "shown", "displayed", "skipped")
# Words of a part of a sentence that speaks of nothing else.
_WORDS = stem_set(
    *(
        "nps",
        "net",
        "promoter",
        "promoters",
        "detractor",
        "detractors",
        "passive",
        "passives",
        "score",
    ),
    *(
        "scores",
        "scored",
        "survey",
        "surveys",
        "rating",
        "rated",
        "rate",
        "answered",
        "answer",
        "responded",
    ),
    *(
        "respond",
        "respondents",
        "respondent",
        "response",
        "replied",
        "filled",
        "fill",
        "completed",
        "took",
    ),
    *(
        "take",
        "taken",
        "gave",
        "give",
        "given",
        "us",
        "latest",
        "last",
        "current",
        "recent",
        "most",
        "marks",
    ),
    *(
        "full",
        "perfect",
        "count",
        "counts",
        "be",
        "in",
        "out",
        "have",
        "got",
        "left",
        "yet",
        "up",
        "ever",
    ),
)
