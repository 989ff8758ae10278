"""What is asked of an engine: members, counts, answers for one, a sample."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import ibis

from audience.bound import Bound
from audience.catalog import AudienceType, EventField
from audience.compiler.accounts import accounts
from audience.compiler.comparators import settled
from audience.compiler.dialect import Dialect, how_many
from audience.compiler.job import Frame, Job, Table, Tables, as_text
from audience.compiler.moments import Clock
from audience.compiler.reducers import ID, ROW
from audience.compiler.rows import counted_rows, those, users
from audience.compiler.stages import UNIVERSE, Numbers, in_stages
from audience.query import Aggregate, Boolean, Node, Trait, combined, conditions, top_level

INSIDE = "inside"


@dataclass(frozen=True)
class ConditionColumns:
    """Where the counts of one condition are. `before` and `kept` are None outside the top-level AND."""

    node: Boolean
    reach: str
    before: str | None
    kept: str | None


@dataclass(frozen=True)
class Counts:
    """One row: UNIVERSE, the column `reach`, and what `conditions` point at."""

    table: Table
    reach: str
    conditions: tuple[ConditionColumns, ...]


@dataclass(frozen=True)
class Answers:
    """One row per subject: ID's column, INSIDE, one flag per condition, and the values compared."""

    table: Table
    conditions: tuple[tuple[Boolean, str], ...]
    values: Mapping[Node, str]


def compile_members(bound: Bound, tables: Tables, as_of: datetime) -> Table:
    """One column, `id`: those who are in the audience, in no order."""
    job = _job(bound, tables, as_of)
    if bound.type == "users":
        frame = those(job, bound.root)
        return frame.table.select(id=frame.value(ID).column)
    frame = accounts(job, [bound.root])
    return frame.table.filter(job.truth(bound.root, frame)).select(id=frame.value(ID).column)


def compile_counts(bound: Bound, tables: Tables, as_of: datetime) -> Counts:
    """How many there are, how many are in it, and how many each condition keeps, in one query."""
    job = _job(bound, tables, as_of)
    apart = bound.type == "users" and tables.as_imported
    numbers = (in_stages(job, bound.root) if apart else None) or _at_once(job, bound)
    before = UNIVERSE
    found: list[ConditionColumns] = []
    for part, left in zip(top_level(bound.root), numbers.left, strict=True):
        for node in conditions(part):
            kept = (before, left) if node == part else (None, None)
            found.append(ConditionColumns(node, numbers.reaches[node], *kept))
        before = left
    return Counts(numbers.table, before, tuple(found))


def compile_flags(
    bound: Bound, nodes: Sequence[Boolean], tables: Tables, as_of: datetime
) -> tuple[Table, str, dict[Boolean, str]]:
    """One row per subject: its row number in its table, and for each of `nodes`, conditions of
    `bound`, whether it holds. With the table, the names of these columns. DuckDB only."""
    job, frame = _numbered(bound, nodes, tables, as_of)
    flags = {node: job.name() for node in nodes}
    columns = {flag: settled(job.truth(node, frame)) for node, flag in flags.items()}
    row = job.name()
    return frame.table.select(**{row: frame.value(ROW).column}, **columns), row, flags


def compile_rows(bound: Bound, node: Boolean, tables: Tables, as_of: datetime) -> tuple[Table, str]:
    """The row numbers of those for whom `node`, a condition of `bound`, holds. DuckDB only."""
    job, frame = _numbered(bound, [node], tables, as_of)
    row = job.name()
    holding = frame.table.filter(job.truth(node, frame))
    return holding.select(**{row: frame.value(ROW).column}), row


def compile_counted(
    bound: Bound, aggregate: Aggregate, tables: Tables, as_of: datetime
) -> tuple[Table, str, EventField]:
    """The row numbers of the events that `aggregate`, a count in a condition of `bound`, counts.
    DuckDB only."""
    job = replace(_job(bound, tables, as_of), numbered=True)
    event, frame = counted_rows(job, aggregate)
    row = job.name()
    return frame.table.select(**{row: frame.value(ROW).column}), row, event


def compile_runs(event: EventField, tables: Tables) -> Table:
    """Where the events of each user lie: the user's row number, the first and the last of the events',
    and how many there are. DuckDB only."""
    events, users = tables.event(event), tables.users()
    events = events.select(owner=as_text(events["user_id"]), place=events.rowid())
    runs = events.group_by("owner").aggregate(
        first=events["place"].min(), last=events["place"].max(), events=events.count()
    )
    users = users.select(user=users.rowid(), id=as_text(users["id"]))
    joined = users.inner_join(runs, users["id"] == runs["owner"])
    return joined.select("user", "first", "last", "events")


def compile_answers(bound: Bound, tables: Tables, as_of: datetime, id: str) -> Answers:
    """Whether one subject is in the audience and why; no row where there is no such subject."""
    job = _job(bound, _Only(tables, bound.type, id), as_of)
    if bound.type == "users":
        frame = users(job, [bound.root])
    else:
        frame = accounts(job, [bound.root], counted=True)
    columns = {INSIDE: settled(job.truth(bound.root, frame))}
    nodes = []
    for number, node in enumerate(conditions(bound.root)):
        columns[f"holds_{number}"] = settled(job.truth(node, frame))
        nodes.append((node, f"holds_{number}"))
    values = {node: f"value_{number}" for number, node in enumerate(frame.columns)}
    columns |= {name: frame.value(node).column for node, name in values.items()}
    return Answers(frame.table.select(**columns), tuple(nodes), values)


def compile_sample(
    bound: Bound, tables: Tables, as_of: datetime, limit: int
) -> tuple[Table, dict[Trait, str]]:
    """The first `limit` members with the traits that the audience compares, and where those are."""
    job = _job(bound, tables, as_of)
    frame = _frame(job, [bound.root], bound.type)
    traits = {
        node: f"trait_{number}"
        for number, node in enumerate(frame.columns)
        if isinstance(node, Trait)
    }
    members = frame.table.filter(job.truth(bound.root, frame))
    frame = Frame(members, frame.columns, frame.owner)
    columns = {"id": frame.value(ID).column}
    columns |= {name: frame.value(node).column for node, name in traits.items()}
    return members.select(**columns).order_by("id").limit(limit), traits


def _job(bound: Bound, tables: Tables, as_of: datetime) -> Job:
    return Job.of(bound, tables, Clock(as_of, bound.catalog.timezone))


def _numbered(
    bound: Bound, nodes: Sequence[Boolean], tables: Tables, as_of: datetime
) -> tuple[Job, Frame]:
    """Subjects with the numbers of their rows."""
    job = replace(_job(bound, tables, as_of), numbered=True)
    return job, _frame(job, nodes, bound.type, narrowed=True)


def _frame(
    job: Job, roots: Sequence[Boolean], type: AudienceType, *, narrowed: bool = False
) -> Frame:
    return users(job, roots, narrowed=narrowed) if type == "users" else accounts(job, roots)


def _at_once(job: Job, bound: Bound) -> Numbers:
    """Counts in one pass over everybody, each with all that the conditions ask."""
    frame = _frame(job, [bound.root], bound.type, narrowed=True)
    reaches = {node: job.name() for node in dict.fromkeys(conditions(bound.root))}
    columns = {flag: settled(job.truth(node, frame)) for node, flag in reaches.items()}
    table = frame.table.select(**columns)
    flags = {node: table[flag] for node, flag in reaches.items()}
    values: dict[str, Any] = {UNIVERSE: table.count()}
    values |= {reaches[node]: how_many(flag, job.dialect) for node, flag in flags.items()}
    running, left = None, []
    for number, part in enumerate(top_level(bound.root)):
        holds = combined(part, flags)
        running = holds if running is None else running & holds
        if number == 0 and part in flags:
            left.append(reaches[part])  # the first condition keeps its reach
        else:
            left.append(job.name())
            values[left[-1]] = how_many(running, job.dialect)
    return Numbers(table.aggregate(**values), reaches, left)


@dataclass(frozen=True)
class _Only:
    """Tables narrowed down to one user, or to one account and its users."""

    tables: Tables
    type: AudienceType
    id: str

    @property
    def dialect(self) -> Dialect:
        return self.tables.dialect

    @property
    def finite(self) -> bool:
        return self.tables.finite

    @property
    def as_imported(self) -> bool:
        return False  # what is narrowed down has no row numbers

    def users(self) -> Table:
        return self._of_users(self.tables.users(), "id")

    def event(self, event: EventField) -> Table:
        return self._of_users(self.tables.event(event), "user_id")

    def accounts(self) -> Table:
        return self._is(self.tables.accounts(), "id")

    def groups(self) -> Table:
        return self._is(self.tables.groups(), "group_id")

    def _is(self, table: Table, column: str) -> Table:
        return table.filter(as_text(table[column]) == ibis.literal(self.id, type="string"))

    def _of_users(self, table: Table, column: str) -> Table:
        if self.type == "users":
            return self._is(table, column)
        return table.filter(as_text(table[column]).isin(as_text(self.groups()["user_id"])))
