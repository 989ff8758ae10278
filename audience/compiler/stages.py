"""Counts in stages: each condition by itself in its own table, and after each part who is left.

An import leaves no event of somebody who is no user: groups of events are counted as they are, without
the users, and only who is left is asked what the next part says. To ask everything of everybody, as
`counts.py` does, takes half as long again; that serves where a part asks more than one table.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from audience.compiler.comparators import all_of, settled
from audience.compiler.dialect import how_many
from audience.compiler.job import Frame, Job, Table, asked
from audience.compiler.reducers import ID
from audience.compiler.rows import expanded, per_user, subjects
from audience.compiler.telling import of_nothing, telling
from audience.query import Aggregate, Boolean, Trait, combined, conditions, top_level

UNIVERSE = "universe"


@dataclass(frozen=True)
class Numbers:
    """A table of one row: `UNIVERSE`, whom each condition holds for, and for each part of the top-level
    AND how many are `left` after it."""

    table: Table
    reaches: Mapping[Boolean, str]
    left: Sequence[str]


@dataclass(frozen=True, eq=False)
class _Source:
    """A row a user, or a row for each user whose events tell anything.

    `flags` are what conditions say there, `without` what they say of users who have no row.
    """

    table: Table
    key: str
    flags: Mapping[Boolean, str]
    without: Mapping[Boolean, bool]

    def says(self, part: Boolean, table: Table) -> Any:
        """`part` of each row of a table that has the flags."""
        return combined(part, {node: table[flag] for node, flag in self.flags.items()})

    def says_without(self, part: Boolean) -> bool:
        return bool(combined(part, self.without, negated=operator.not_))


def in_stages(job: Job, root: Boolean) -> Numbers | None:
    """The counts of an audience of users; None where a part of it asks more than one table."""
    everybody, *groups = _sources(job, root)
    users = next(_sources(job, root))  # read once more: to keep them for two costs more
    parts: list[tuple[Boolean, _Source]] = []
    for part in top_level(root):
        of_it = {*conditions(part)}
        source = next((each for each in (users, *groups) if of_it <= each.flags.keys()), None)
        if source is None:
            return None
        parts.append((part, source))
    left = [job.name() for _ in parts]
    of_users = [part for part, _ in takewhile(lambda each: each[1] is users, parts)]
    values = {UNIVERSE: everybody.table.count()}
    for number, name in enumerate(left[: len(of_users)]):
        holds = all_of([everybody.says(each, everybody.table) for each in of_users[: number + 1]])
        values[name] = how_many(holds, job.dialect)
    row = _reaches(job, everybody, values)
    asked_of_events = _left(job, users, of_users, parts[len(of_users) :], left[len(of_users) :])
    for each in [*(_reaches(job, each, {}) for each in groups), *asked_of_events]:
        row = row.cross_join(each)
    reaches = {node: flag for each in (everybody, *groups) for node, flag in each.flags.items()}
    values = {each: row[each] for each in (UNIVERSE, *reaches.values(), *left)}
    for source in groups:
        for node, without in source.without.items():
            if without:  # those were counted whom it does not hold for
                values[reaches[node]] = row[UNIVERSE] - row[reaches[node]]
    return Numbers(row.select(**values), reaches, left)


def _sources(job: Job, root: Boolean) -> Iterator[_Source]:
    """The users, then the groups of events, each with the conditions that ask it alone."""
    nodes = dict.fromkeys(conditions(root))
    wanted = expanded(job, [root], "user")
    frame = subjects(job, [each for each in wanted if isinstance(each, Trait)], "user")
    its = [each for each in nodes if _asks_only(each, frame)]
    yield _source(job, frame, frame.columns[ID].name, its, {})
    for group in per_user(job, [each for each in wanted if isinstance(each, Aggregate)]):
        frame = Frame(group.table, group.columns)
        without = {each: of_nothing(job, each) for each in nodes if _asks_only(each, frame)}
        known = {node: says for node, says in without.items() if says is not None}
        if known:
            table = telling(job, group, known, "user").table
            yield _source(job, Frame(table, group.columns), group.key, known, known)


def _asks_only(node: Boolean, frame: Frame) -> bool:
    return all(each in frame.columns for each in asked([node]))


def _source(
    job: Job, frame: Frame, key: str, nodes: Iterable[Boolean], without: Mapping[Boolean, bool]
) -> _Source:
    flags = {node: job.name() for node in nodes}
    columns = {flag: settled(job.truth(node, frame)) for node, flag in flags.items()}
    return _Source(frame.table.select(key, **columns), key, flags, without)


def _reaches(job: Job, source: _Source, values: Mapping[str, Any]) -> Table:
    """One row: how many rows of `source` each of its conditions says something of that it does not say of
    users who have none, under the names of the flags; and `values`."""
    counts = {
        flag: how_many(
            ~source.table[flag] if source.without.get(node) else source.table[flag], job.dialect
        )
        for node, flag in source.flags.items()
    }
    return source.table.aggregate(**values, **counts)


def _left(
    job: Job,
    users: _Source,
    met: Sequence[Boolean],
    parts: Sequence[tuple[Boolean, _Source]],
    names: Sequence[str],
) -> Iterator[Table]:
    """Tables of one row that hold `names`: how many of the users who have `met` something are left after
    each part."""
    table, key, joined = users.table, users.key, [users]
    holds: Any = all_of([users.says(each, table) for each in met]) if met else None
    values: dict[str, Any] = {}  # of this table, which is not filtered by `holds` yet
    for number, (part, source) in enumerate(parts):
        if source in joined:
            says = source.says(part, table)
            holds = says if holds is None else holds & says
            values[names[number]] = how_many(holds, job.dialect)
            continue
        if values:
            yield table.aggregate(**values)
        table = table if holds is None else table.filter(holds)
        if not users.flags and len(joined) == 1 and not source.says_without(part):
            # Users have nothing to say, and whoever has a row is one.
            table, key = source.table.filter(source.says(part, source.table)), source.key
        else:
            again = any(each is source for _, each in parts[number + 1 :])
            found = _met(table, key, source, part, again=again)
            table = found.select(*found.columns)  # a table of its own, to be asked twice
        joined.append(source)
        holds, values = None, {names[number]: table.count()}
    if values:
        yield table.aggregate(**values)


def _met(table: Table, key: str, source: _Source, part: Boolean, *, again: bool) -> Table:
    """The rows of `table` that `part` holds for; with the flags of `source`, if they are asked `again`."""
    if not source.says_without(part):
        rows = source.table.filter(source.says(part, source.table))
        join = table.inner_join if again else table.semi_join
        return join(rows, table[key] == rows[source.key])
    if not again:
        rows = source.table.filter(~source.says(part, source.table))
        return table.anti_join(rows, table[key] == rows[source.key])
    rows = table.left_join(source.table, table[key] == source.table[source.key])
    filled = {
        flag: rows[flag].fill_null(source.without[node]) for node, flag in source.flags.items()
    }
    rows = rows.mutate(**filled)
    return rows.filter(source.says(part, rows))
