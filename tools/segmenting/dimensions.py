"""Ways of parting people: by when and how often they came, by what they spent, by their traits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log, log10

from audience.catalog import EventField, Field, PropertyField, TraitField
from audience.query import (
    Aggregate,
    And,
    Boolean,
    Comparison,
    Duration,
    Events,
    Filter,
    Literal,
    Not,
    Property,
    Reducer,
    Trait,
    Where,
    Within,
    joined,
)
from tools.segmenting.fields import MainEvent, kind_of
from tools.segmenting.places import place_name
from workspace.breakdown import Activity

WINDOWS = (30, 90, 180, 365)
MOST_GROUPS = 4
LEAST_KNOWN = 0.4  # the share of people for whom a trait must be set
_YEAR = 365
_MANY_UNKNOWN = 0.15


@dataclass(frozen=True)
class Label:
    """Words of a group: before the noun ("Frequent"), after it ("in Spain"), or a noun of its own."""

    before: str = ""
    after: str = ""
    noun: str = ""


@dataclass(frozen=True)
class Group:
    """One part: people for whom `condition` holds. `share` of the base, 0 to 1, as estimated."""

    label: Label
    condition: Boolean
    share: float


@dataclass(frozen=True)
class Dimension:
    """A way of parting people into groups that do not overlap."""

    key: str
    how: str
    fields: tuple[Field, ...]
    groups: tuple[Group, ...]

    family: str = ""
    """Dimensions of one family tell the same again: no cut takes two of them."""

    @property
    def balance(self) -> float:
        """1 where the groups are of one size and hold everybody; 0 where one holds all."""
        shares = [each.share for each in self.groups if each.share > 0]
        spread = -sum(share * log(share) for share in shares)
        return spread / log(len(self.groups)) if len(self.groups) > 1 else 0.0


def of_activity(main: MainEvent, activity: Activity) -> Iterator[Dimension]:
    """By when, how often, and for how much people did the main thing."""
    if not activity.base or not activity.ever:
        return
    name, base = main.event.name, activity.base
    days = next((each for each in WINDOWS if activity.within[each] >= 0.2 * base), WINDOWS[-1])
    recent = activity.within[days]
    doers = "customers" if main.is_purchase else "people"
    yield Dimension(
        "recency",
        f"when {name} happened last",
        (main.event,),
        (
            Group(
                Label(before="Active", noun=doers), _times(name, days, "at_least", 1), recent / base
            ),
            Group(
                Label(before="Lapsed", noun=doers),
                And((_times(name, days, "equals", 0), _times(name, None, "at_least", 1))),
                (activity.ever - recent) / base,
            ),
            Group(
                Label(noun="prospects" if main.is_purchase else f"people without {name}"),
                _times(name, None, "equals", 0),
                1 - activity.ever / base,
            ),
        ),
        "activity",
    )
    year = activity.within[_YEAR] / base
    often = max(activity.often, 1) + 1
    yield Dimension(
        "frequency",
        f"how often {name} happened in a year",
        (main.event,),
        (
            Group(
                Label(before="Frequent", noun=doers),
                _times(name, _YEAR, "at_least", often),
                year / 3,
            ),
            Group(
                Label(before="Occasional", noun=doers),
                And((_times(name, _YEAR, "at_least", 1), _times(name, _YEAR, "less_than", often))),
                2 * year / 3,
            ),
            _inactive(main, 1 - year),
        ),
        "activity",
    )
    bounds = None if activity.spent is None else _rounded(*activity.spent)
    if main.money is not None and bounds is not None:
        low, high = bounds
        yield Dimension(
            "value",
            f"the {main.money.name} of {name} in a year",
            (main.event, main.money),
            (
                Group(
                    Label(before="High-value", noun=doers),
                    _spent(main, "at_least", high),
                    year / 3,
                ),
                Group(
                    Label(before="Medium-value", noun=doers),
                    And((_spent(main, "at_least", low), _spent(main, "less_than", high))),
                    year / 3,
                ),
                Group(
                    Label(before="Low-value", noun=doers),
                    _spent(main, "less_than", low),
                    year / 3,
                ),
                _inactive(main, 1 - year),
            ),
            "activity",
        )


def of_values(trait: TraitField, counts: Sequence[tuple[str, int]], base: int) -> Dimension | None:
    """By the values of a trait: the most frequent each, the others together."""
    known = sum(number for _, number in counts)
    if not base or known < LEAST_KNOWN * base or len(counts) < 2:
        return None
    if trait.type == "boolean":
        return _of_boolean(trait, dict(counts), base)
    # Values that few people have stand together; one is enough to stand alone for the rest.
    alone = [each for each in counts if each[1] >= 0.08 * base][: MOST_GROUPS - 1]
    rest = [each for each in counts if each not in alone]
    if len(rest) == 1 and len(alone) < MOST_GROUPS:
        alone, rest = [*alone, *rest], []
    groups = [
        Group(_value_label(trait, (value,)), _is(trait, (value,)), number / base)
        for value, number in alone
    ]
    if rest:
        values = tuple(value for value, _ in rest)
        share = sum(number for _, number in rest) / base
        groups.append(Group(_others_label(trait, values), _is(trait, values), share))
    if len(groups) < 2:
        return None
    groups += _unknown(trait, 1 - known / base)
    return Dimension(trait.name, _plain(trait.name), (trait,), tuple(groups))


def of_matches(
    trait: TraitField, values: Sequence[str], number: int, base: int
) -> Dimension | None:
    """By whether a trait has one of the `values` that the strategy speaks of; `number` have."""
    if not 0 < number < base:
        return None
    listed = trait.type == "list"
    has = (
        Comparison(Trait(trait.name), "contains", tuple(Literal(each) for each in values))
        if listed
        else _is(trait, tuple(values))
    )
    shown = _some([place_name(trait, each) for each in values])
    into = "into" if kind_of(trait) == "interests" else f"with {_plain(trait.name)}"
    return Dimension(
        f"{trait.name} of the strategy",
        f"{_plain(trait.name)} that the strategy speaks of",
        (trait,),
        (
            Group(Label(after=f"{into} {shown}"), has, number / base),
            Group(Label(before="Other"), Not(has), 1 - number / base),
        ),
    )


def of_past(
    event: EventField,
    property: PropertyField,
    values: Sequence[str],
    number: int,
    base: int,
    *,
    bought: bool = False,
) -> Dimension | None:
    """By whether an event ever had one of the `values` that the strategy speaks of."""
    if not 0 < number < base:
        return None
    where = Where(
        Comparison(
            Property(property.name),
            "equals" if len(values) == 1 else "one_of",
            tuple(Literal(each) for each in values),
        )
    )
    done = Comparison(
        Aggregate(Events(event.name, (where,)), Reducer("count")),
        "at_least",
        (Literal(Decimal(1)),),
    )
    verb = "who bought" if bought else "with"
    return Dimension(
        f"{property.name} of {event.name} of the strategy",
        f"{_plain(property.name)} that the strategy speaks of",
        (event, property),
        (
            Group(Label(after=f"{verb} {_some(values)}"), done, number / base),
            Group(Label(before="Other"), Not(done), 1 - number / base),
        ),
        f"strategy {property.name}",
    )


def of_doing(event: EventField, number: int, base: int) -> Dimension | None:
    """By whether something happened in a year; `number` are those for whom it did."""
    if not 0.1 * base <= number <= 0.9 * base:
        return None
    return Dimension(
        event.name,
        f"whether {event.name} happened in a year",
        (event,),
        (
            Group(
                Label(after=f"with {event.name}"),
                _times(event.name, _YEAR, "at_least", 1),
                number / base,
            ),
            Group(
                Label(after=f"without {event.name}"),
                _times(event.name, _YEAR, "equals", 0),
                1 - number / base,
            ),
        ),
    )


def of_thirds(trait: TraitField, bounds: tuple[float, float], known: float) -> Dimension | None:
    """By a number, in three groups of like size; `known` is the share for whom it is set."""
    rounded = _rounded(*bounds)
    if rounded is None or known < LEAST_KNOWN:
        return None
    low, high = rounded
    name = _plain(trait.name)

    def compared(operator: str, value: Decimal) -> Comparison:
        return Comparison(Trait(trait.name), operator, (Literal(value),))

    said = "aged" if name == "age" else f"with {name}"
    groups = (
        Group(Label(after=f"{said} under {low}"), compared("less_than", low), known / 3),
        Group(
            Label(after=f"{said} {low} to {high}"),
            And((compared("at_least", low), compared("less_than", high))),
            known / 3,
        ),
        Group(Label(after=f"{said} {high} or more"), compared("at_least", high), known / 3),
        *_unknown(trait, 1 - known),
    )
    return Dimension(trait.name, name, (trait,), groups)


def flat(*conditions: Boolean | None) -> Boolean:
    """All of these together, on one level."""
    return joined(And, tuple(each for each in conditions if each is not None))


def _unknown(trait: TraitField, share: float) -> tuple[Group, ...]:
    """Those for whom a trait is not set, where they are many."""
    if share < _MANY_UNKNOWN:
        return ()
    label = Label(after=f"without {_plain(trait.name)}")
    return (Group(label, Comparison(Trait(trait.name), "absent"), share),)


def _inactive(main: MainEvent, share: float) -> Group:
    nothing = _times(main.event.name, _YEAR, "equals", 0)
    return Group(Label(before="Inactive", noun="people"), nothing, share)


def _of_boolean(trait: TraitField, counts: Mapping[str, int], base: int) -> Dimension:
    yes = counts.get("true", 0)
    holds = Comparison(Trait(trait.name), "equals", (Literal("true"),))
    name = _plain(trait.name).removeprefix("is ").removeprefix("has ")
    return Dimension(
        trait.name,
        name,
        (trait,),
        (
            Group(Label(after=f"with {name}"), holds, yes / base),
            Group(Label(after=f"without {name}"), Not(holds), 1 - yes / base),
        ),
    )


def _times(event: str, days: int | None, operator: str, count: int) -> Comparison:
    filters: tuple[Filter, ...] = () if days is None else (Within(Duration(days, "day")),)
    counted = Aggregate(Events(event, filters), Reducer("count"))
    return Comparison(counted, operator, (Literal(Decimal(count)),))


def _spent(main: MainEvent, operator: str, amount: Decimal) -> Comparison:
    assert main.money is not None
    events = Events(main.event.name, (Within(Duration(_YEAR, "day")),))
    total = Aggregate(events, Reducer("sum", Property(main.money.name)))
    return Comparison(total, operator, (Literal(amount),))


def _is(trait: TraitField, values: tuple[str, ...]) -> Comparison:
    operator = "equals" if len(values) == 1 else "one_of"
    return Comparison(Trait(trait.name), operator, tuple(Literal(each) for each in values))


def _value_label(trait: TraitField, values: tuple[str, ...]) -> Label:
    shown = " or ".join(place_name(trait, each) for each in values)
    if kind_of(trait) == "geography":
        return Label(after=f"in {shown}")
    return Label(after=f"with {_plain(trait.name)} {shown}")


def _others_label(trait: TraitField, values: tuple[str, ...]) -> Label:
    if len(values) <= 2:
        return _value_label(trait, values)
    if kind_of(trait) == "geography":
        return Label(after="elsewhere")
    return Label(after=f"with another {_plain(trait.name)}")


def _some(values: Sequence[str]) -> str:
    """Two of them, and how many more."""
    if len(values) <= 2:
        return " or ".join(values)
    return f"{', '.join(values[:2])} or {len(values) - 2} more"


def _rounded(low: float, high: float) -> tuple[Decimal, Decimal] | None:
    """Bounds that people can remember; None where they fall together."""
    one, two = _nice(low), _nice(high)
    return (one, two) if 0 < one < two else None


def _nice(number: float) -> Decimal:
    """Rounded to two digits; below 100 to a whole number."""
    if number < 100:
        return Decimal(round(number))
    step = 10 ** (floor(log10(number)) - 1)
    return Decimal(round(number / step) * step)


def _plain(name: str) -> str:
    return name.replace("_", " ").casefold()
