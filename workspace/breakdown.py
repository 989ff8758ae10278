"""What people have and do, by group: the counts that segments are found with and described by.

All of it is counted by the engine; nobody is fetched. Numbers are people, never events.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import TYPE_CHECKING, Any

from audience.bound import Bound
from audience.catalog import EventField, PropertyField, TraitField

if TYPE_CHECKING:
    from workspace.database import Database


@dataclass(frozen=True)
class Share:
    """How many of everybody have something, and how many of each group."""

    everybody: int
    groups: tuple[int, ...]


@dataclass(frozen=True)
class Comparison:
    """Groups against everybody in the base: sizes, what pairs share, and who has which value."""

    base: int
    sizes: tuple[int, ...]
    in_some: int
    pairs: Mapping[tuple[int, int], int]
    values: Mapping[tuple[str, str], Share] = field(default_factory=dict)
    """(field, value) → share. An event that happened has the empty text as its value; a property is
    called by its event, a full stop, and its name."""


class Breakdown:
    """Counts over one database, for the people of `base` (everybody without one), at `as_of`."""

    def __init__(self, database: Database, base: Bound | None, as_of: datetime) -> None:
        self._database = database
        self._base = base
        self._as_of = as_of.astimezone(UTC)

    def size(self) -> int:
        """How many people the base has."""
        return int(self._one(self._people().aggregate(base=lambda table: table.count()))["base"])

    def compare(
        self,
        groups: Sequence[Bound],
        *,
        traits: Sequence[TraitField] = (),
        events: Sequence[EventField] = (),
        properties: Sequence[PropertyField] = (),
        catalog_events: Mapping[str, EventField] | None = None,
        days: int = 90,
    ) -> Comparison:
        """The groups against everybody. Events and properties are those of the last `days`."""
        people = self._flagged(groups)
        names = [f"in{place}" for place in range(len(groups))]
        pairs = [(one, two) for one in range(len(groups)) for two in range(one + 1, len(groups))]
        some = reduce(lambda a, b: a | b, [people[name] for name in names])
        row = self._one(
            people.aggregate(
                base=people.count(),
                some=some.sum(),
                **{name: people[name].sum() for name in names},
                **{
                    f"pair{one}x{two}": (people[names[one]] & people[names[two]]).sum()
                    for one, two in pairs
                },
            ),
            groups,
        )
        facts = [*self._had(traits), *(self._did(each, None, days) for each in events)]
        facts += [self._did((catalog_events or {})[each.event], each, days) for each in properties]
        values: dict[tuple[str, str], Share] = {}
        for field_name, value, everybody, *counts in self._by_value(people, facts, names, groups):
            values[field_name, value] = Share(everybody, tuple(int(each or 0) for each in counts))
        return Comparison(
            base=row["base"],
            sizes=tuple(row[name] or 0 for name in names),
            in_some=row["some"] or 0,
            pairs={pair: row[f"pair{pair[0]}x{pair[1]}"] or 0 for pair in pairs},
            values=values,
        )

    def _had(self, traits: Sequence[TraitField]) -> list[Any]:
        """Facts (id, field, value) of traits; of a list, one for each of its items."""
        import ibis

        people = self._people()
        plain = [each for each in traits if each.type != "list"]
        facts = []
        if plain:
            pairs = ibis.array(
                [
                    ibis.struct(
                        {"field": _text(each.name), "value": people[each.column].cast("string")}
                    )
                    for each in plain
                ]
            )
            each_pair = people.select("id", pair=pairs.unnest())
            facts.append(
                each_pair.select(
                    "id", field=each_pair["pair"]["field"], value=each_pair["pair"]["value"]
                )
            )
        for each in traits:
            if each.type == "list":
                text = people[each.column]
                items = text.substr(1, text.length() - 2).split(", ")
                facts.append(people.select("id", field=_text(each.name), value=items.unnest()))
        return [each.filter(each["value"].notnull()) for each in facts]

    def _did(self, event: EventField, by: PropertyField | None, days: int) -> Any:
        """Facts of what was done lately; or, for a property of it, with which values."""
        table = self._events(event, days)
        if by is None:
            done = table.select(id="user_id", field=_text(event.name), value=_text(""))
        else:
            value = table[by.column].cast("string")
            name = _text(f"{event.name}.{by.name}")
            done = table.filter(value.notnull()).select(id="user_id", field=name, value=value)
        return done.distinct()

    def _by_value(
        self, people: Any, facts: Sequence[Any], names: Sequence[str], groups: Sequence[Bound]
    ) -> list[tuple[Any, ...]]:
        if not facts:
            return []
        import ibis

        every = facts[0] if len(facts) == 1 else ibis.union(*facts)
        joined = people.select("id", *names).inner_join(every, "id")
        table = joined.group_by("field", "value").aggregate(
            everybody=joined.count(), **{name: joined[name].sum() for name in names}
        )
        columns = ("field", "value", "everybody", *names)
        return self._database.rows(table.select(*columns), self._texts(groups))

    def _flagged(self, groups: Sequence[Bound]) -> Any:
        """People with one boolean column for each group."""
        from audience.compiler import compile_members

        people = self._people().select("id")  # a trait may be called as a column that is added
        for place, group in enumerate(groups):
            members = compile_members(group, self._database, self._as_of)
            flag = members.select(member=members["id"]).distinct()
            joined = people.left_join(flag, people["id"] == flag["member"])
            people = joined.mutate(**{f"in{place}": joined["member"].notnull()}).drop("member")
        return people

    def _people(self) -> Any:
        from audience.compiler import compile_members

        users = self._database.users()
        if self._base is None:
            return users
        return users.semi_join(compile_members(self._base, self._database, self._as_of), "id")

    def _events(self, event: EventField, days: int) -> Any:
        table = self._database.event(event)
        return table.filter(
            table["timestamp"] >= self._ago(days), table["timestamp"] <= self._ago(0)
        )

    def _ago(self, days: int) -> Any:
        import ibis

        moment = self._as_of - timedelta(days=days)
        return ibis.literal(moment.replace(tzinfo=None), type="timestamp")

    def _one(
        self, table: Any, groups: Sequence[Bound] = (), texts: Sequence[str] = ()
    ) -> dict[str, Any]:
        (row,) = self._database.rows(table, frozenset((*self._texts(groups), *texts)))
        return dict(zip(table.columns, row, strict=True))

    def _texts(self, groups: Sequence[Bound]) -> Collection[str]:
        from audience.compiler import texts_of

        bounds = [*groups, *([self._base] if self._base is not None else [])]
        return frozenset[str]().union(*(texts_of(each) for each in bounds))


def _text(text: str) -> Any:
    import ibis

    return ibis.literal(text, type="string")
