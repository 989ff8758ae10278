"""Users with what conditions ask of them, and the events of one name with what a `where` asks of them.

However many conditions look at an event, its rows are read once: what all of them ask is a filter, and
what only some ask is kept, per `Events` node, for the aggregates to pick their rows by. Aggregates whose
`where` looks at other events have a scan of their own: only their rows meet their child events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import ibis

from audience.catalog import EventField, FieldType, Owner
from audience.compiler.comparators import Condition, all_of, any_of, instant
from audience.compiler.job import Frame, Held, Job, as_text, asked, column, count_meets, unique
from audience.compiler.narrowing import widest
from audience.compiler.reducers import AT, ID, ROW, Grouped, events_of, grouped
from audience.compiler.telling import telling
from audience.problems import NotSupported
from audience.query import (
    Aggregate,
    And,
    Between,
    Boolean,
    Comparison,
    Events,
    Node,
    Not,
    Property,
    Sources,
    Trait,
    Where,
    Within,
    top_level,
)

Atom = Within | Between | Sources | Boolean
"""One thing that filters ask: a window, sources, or one part of the AND of a `where`."""


@dataclass(frozen=True)
class _Part(Node):
    """A column of events that conditions need and no query names."""

    name: str


USER, SOURCE = _Part("user"), _Part("source")
PARENT, PARENT_AT, PARENT_USER = _Part("parent"), _Part("parent's time"), _Part("parent's user")

_MOST_HOURS = 24 * 366 * 5000  # a longer window after a parent event is no window


# Users and accounts ---------------------------------------------------------------------------


def users(job: Job, roots: Sequence[Boolean], *, narrowed: bool = False) -> Frame:
    """One row per user: `id`, and what `roots` compare; `narrowed`: but what is as good as nothing."""
    wanted = expanded(job, roots, "user")
    frame = subjects(job, [each for each in wanted if isinstance(each, Trait)], "user")
    for each in per_user(job, [each for each in wanted if isinstance(each, Aggregate)]):
        group = telling(job, each, roots, "user") if narrowed else each
        frame = frame.joined(group.table, ID, group.key, group.columns)
    return frame


def those(job: Job, root: Boolean) -> Frame:
    """The users that `root` holds for, at least their `id`.

    Whether a user has an event at all needs no count of them: they are joined as they are, unless
    something else looks at events of that name too, which are then read once.
    """
    wanted = [each for each in expanded(job, [root], "user") if isinstance(each, Aggregate)]
    groups = _by_event(wanted).values()
    alone = {each for group in groups if len(group) == 1 for each in group}
    counted: list[Boolean] = []
    found: list[tuple[Aggregate, bool]] = []
    for part in top_level(root):
        existence = _existence(job, part)
        if existence is not None and existence[0] in alone:
            found.append(existence)
        else:
            counted.append(part)
    frame = users(job, counted)
    holds = [job.truth(part, frame) for part in counted]
    frame = replace(frame, table=frame.table.filter(holds) if holds else frame.table)
    for aggregate, some in found:
        _, rows = counted_rows(job, aggregate)
        same = frame.value(ID).column == rows.value(USER).column
        frame = frame.matched(rows.table, same, some=some)
    return frame


def subjects(job: Job, traits: Iterable[Trait], owner: Owner) -> Frame:
    """One row per user or account: `id` and `traits`. Rows without an id are nobody."""
    source = job.tables.users() if owner == "user" else job.tables.accounts()
    values: dict[str, Any] = {"id": as_text(source["id"])}
    columns: dict[Node, Held] = {ID: Held("id", "text")}
    for trait in traits:
        known = job.catalog.trait(trait.name, owner)
        if known is None:
            raise NotSupported(f"There is no {owner} trait {trait.name!r} in this workspace.")
        held = job.hold(known.type)
        values[held.name] = column(source, known.column, known.type)
        columns[trait] = held
    if job.numbered:
        columns[ROW] = job.hold("number")
        values[columns[ROW].name] = source.rowid()
    table = source.select(**values)
    return Frame(table.filter(table["id"].notnull()), columns, owner)


def expanded(job: Job, roots: Iterable[Boolean], owner: Owner) -> list[Node]:
    """What `roots` ask of a row, once each; for a saved audience, what that asks."""
    found: list[Node] = []
    for each in asked(roots):
        key = job.saved_audience(each, owner)
        found += [each] if key is None else expanded(job, [job.audiences[key].root], owner)
    return unique(found)


def _attributes(job: Job, traits: Sequence[Trait]) -> tuple[Any, str, dict[Node, Held]]:
    """Traits and memberships of users as a table to join events with: it, its key, its columns."""
    frame = users(job, [Comparison(trait, "exists") for trait in traits])
    key = job.name()
    values: dict[str, Any] = {key: frame.table["id"]}
    columns: dict[Node, Held] = {}
    for trait in traits:
        saved = job.saved_audience(trait, "user")
        held = job.hold("boolean" if saved else frame.columns[trait].type)
        values[held.name] = (
            job.truth(job.audiences[saved].root, frame) if saved else frame.value(trait).column
        )
        columns[trait] = held
    return frame.table.select(**values), key, columns


# Events ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Events:
    """Rows of one event, and per `Events` node what its filters ask beyond what all rows satisfy."""

    frame: Frame
    rest: Mapping[Events, tuple[Atom, ...]]

    def grouped(
        self, job: Job, key: Node, aggregates: Sequence[Aggregate], most: int | None = None
    ) -> Iterator[Grouped]:
        """The aggregates by the values of the column that holds `key`, each on `most` rows at the most."""
        frame = self.only(job)
        if len(self.rest) == 1:
            yield from grouped(job, frame, key, aggregates, dict.fromkeys(self.rest))
            return
        picks = {
            node: _all(job, atoms, frame) if atoms else None for node, atoms in self.rest.items()
        }
        yield from grouped(job, frame, key, aggregates, picks, most)

    def only(self, job: Job) -> Frame:
        """The rows that any of the nodes looks at."""
        if not all(self.rest.values()):
            return self.frame
        some = [_all(job, each, self.frame) for each in widest(self.rest.values())]
        return replace(self.frame, table=self.frame.table.filter(any_of(some)))


def counted_rows(job: Job, aggregate: Aggregate) -> tuple[EventField, Frame]:
    """The event of `aggregate`, and the rows of it that `aggregate` looks at."""
    event = job.event(events_of(aggregate).name)
    rows = _rows(job, event, [aggregate])
    return event, rows.only(job)


def per_user(job: Job, aggregates: Iterable[Aggregate]) -> Iterator[Grouped]:
    """One row per user and a column per aggregate."""
    for (name, _), wanted in _by_event(aggregates).items():
        event = job.event(name)
        rows = _rows(job, event, wanted)
        yield from rows.grouped(job, USER, wanted, event.most)


def _by_event(aggregates: Iterable[Aggregate]) -> dict[tuple[str, bool], list[Aggregate]]:
    """Aggregates by the event's name and by whether their `where` looks at other events."""
    found: dict[tuple[str, bool], list[Aggregate]] = {}
    for each in aggregates:
        events = events_of(each)
        nested = any(isinstance(node, Aggregate) for node in _compared(events))
        found.setdefault((events.name, nested), []).append(each)
    return found


def _compared(events: Events) -> list[Node]:
    """What the `where` filters of `events` compare; not what child events do in theirs."""
    wheres = [each.condition for each in events.filters if isinstance(each, Where)]
    return unique(asked(wheres))


def _rows(
    job: Job, event: EventField, aggregates: Sequence[Aggregate], since: datetime | None = None
) -> _Events:
    """The rows that `aggregates`, all over `event`, look at; `since` where none can be older.

    What a filter asks of the row's parent event is left to who pairs the two.
    """
    nodes = unique(events_of(each) for each in aggregates)
    compared = unique(each for node in nodes for each in _compared(node))
    children = [each for each in compared if isinstance(each, Aggregate)]
    traits = [each for each in compared if isinstance(each, Trait)]
    ordered = any(each.reducer.method in {"first", "last"} for each in aggregates)
    properties = _properties(compared, aggregates, children)
    frame = _source(job, event, properties, nodes, ordered=ordered)
    if traits:
        its, key, columns = _attributes(job, traits)
        frame = frame.joined(its, USER, key, columns)
    atoms = {node: tuple(_atoms(node)) for node in nodes}
    shared = [each for each in _in_all(atoms) if not _waits(each)]
    at = frame.value(AT).column
    filters = [at <= instant(at, job.clock.as_of)]
    filters += [_condition(job, each, frame) for each in shared]
    oldest = _oldest(job, nodes, since)
    if oldest is not None:
        filters.append(at >= instant(at, oldest))
    frame = replace(frame, table=frame.table.filter(*filters))
    done = list(shared)
    for each in _in_all(atoms):
        existence = _existence(job, each)
        if existence is not None:
            frame = _with_or_without(job, frame, *existence, oldest)
            done.append(each)
    rest = {node: tuple(each for each in own if each not in done) for node, own in atoms.items()}
    left = [
        atom
        for own in rest.values()
        for atom in own
        if not isinstance(atom, Within | Between | Sources)
    ]
    counted = [each for each in unique(asked(left)) if isinstance(each, Aggregate)]
    for (name, _), wanted in _by_event(counted).items():
        frame = _with_children(job, frame, job.event(name), wanted, oldest)
    return _Events(frame, rest)


def _source(
    job: Job,
    event: EventField,
    properties: Iterable[Property],
    nodes: Iterable[Events],
    *,
    ordered: bool,
) -> Frame:
    """The table of an event, with its parts and `properties` under names of our own.

    `ordered`: with the numbers of its rows, where they are in the order of time and id.
    """
    source = job.tables.event(event)
    values: dict[str, Any] = {}
    columns: dict[Node, Held] = {}

    def keep(node: Node, name: str, type: FieldType) -> None:
        held = job.hold(type)
        values[held.name] = column(source, name, type)
        columns[node] = held

    if job.numbered or (ordered and job.tables.as_imported):
        columns[ROW] = job.hold("number")
        values[columns[ROW].name] = source.rowid()
    keep(USER, "user_id", "text")
    keep(ID, "id", "text")
    keep(AT, "timestamp", "timestamp")
    if any(isinstance(each, Sources) for node in nodes for each in node.filters):
        keep(SOURCE, "event_source_id", "text")
    for each in properties:
        known = event.property(each.name)
        if known is None:
            raise NotSupported(f"{event.name!r} has no property {each.name!r} in this workspace.")
        keep(each, known.column, known.type)
    return Frame(source.select(**values), columns)


def _with_children(
    job: Job,
    frame: Frame,
    event: EventField,
    aggregates: Sequence[Aggregate],
    since: datetime | None,
) -> Frame:
    """`frame` with the aggregates over the events of the same user that follow each of its rows."""
    children = _rows(job, event, aggregates, since)
    used = [frame.columns[each] for each in (USER, ID, AT)]
    used += [frame.columns[Property(each.name)] for each in _asked_of_parent(aggregates)]
    parents = frame.table.select(*unique(each.name for each in used))
    pairs, together = _pairs(replace(frame, table=parents), children, aggregates)
    table = parents.inner_join(children.frame.table, together)
    children = replace(children, frame=replace(pairs, table=table, other=None))
    for group in children.grouped(job, PARENT, aggregates):
        frame = frame.joined(group.table, ID, group.key, group.columns)
        frame = replace(frame, table=frame.table.select(*frame.table.columns))
    return frame


def _with_or_without(
    job: Job, frame: Frame, child: Aggregate, some: bool, since: datetime | None
) -> Frame:
    """The rows of `frame` that an event of `child` follows, if `some`, or none does."""
    events = events_of(child)
    children = _rows(job, job.event(events.name), [child], since)
    pairs, together = _pairs(frame, children, [child])
    together += [_condition(job, each, pairs) for each in children.rest[events]]
    return frame.matched(children.frame.table, together, some=some)


def _pairs(
    frame: Frame, children: _Events, aggregates: Sequence[Aggregate]
) -> tuple[Frame, list[Condition]]:
    """Rows with those that follow them, as a frame over the two tables, and what makes them a pair."""
    mine, its = frame.columns, children.frame.columns
    columns: dict[Node, Held] = {**its, PARENT: mine[ID], PARENT_AT: mine[AT]}
    columns[PARENT_USER] = mine[USER]
    for each in _asked_of_parent(aggregates):
        columns[each] = mine[Property(each.name)]
    pairs = Frame(children.frame.table, columns, other=frame.table)
    parent_at, at = pairs.value(PARENT_AT).column, pairs.value(AT).column
    same_user = pairs.value(PARENT_USER).column == pairs.value(USER).column
    together = [same_user, parent_at < at]
    longest = _longest(children.rest)
    if longest is not None:
        together.append(at <= parent_at + ibis.interval(hours=longest))
    return pairs, together


def _properties(
    compared: Iterable[Node], aggregates: Iterable[Aggregate], children: Iterable[Aggregate]
) -> list[Property]:
    """The properties that rows need: for their own `where`, for reducers, and for their children."""
    own = [*compared, *(each.reducer.property for each in aggregates)]
    return unique(
        [each for each in own if isinstance(each, Property) and not each.of_parent]
        + [Property(each.name) for each in _asked_of_parent(children)]
    )


def _asked_of_parent(children: Iterable[Aggregate]) -> list[Property]:
    return unique(
        node
        for child in children
        for node in [*_compared(events_of(child)), child.reducer.property]
        if isinstance(node, Property) and node.of_parent
    )


# Filters --------------------------------------------------------------------------------------


def _atoms(events: Events) -> Iterator[Atom]:
    for each in events.filters:
        if isinstance(each, Where):
            yield from _parts(each.condition)
        else:
            yield each


def _parts(condition: Boolean) -> Iterator[Boolean]:
    if isinstance(condition, And):
        for item in condition.items:
            yield from _parts(item)
    else:
        yield condition


def _in_all(atoms: Mapping[Events, Sequence[Atom]]) -> list[Atom]:
    """What every node asks."""
    first, *others = atoms.values()
    return [each for each in unique(first) if all(each in other for other in others)]


def _existence(job: Job, atom: Atom) -> tuple[Aggregate, bool] | None:
    """The child events that `atom` wants at least one of (True) or none of (False), if that is all it asks."""
    if isinstance(atom, Not):
        inner = _existence(job, atom.item)
        return None if inner is None else (inner[0], not inner[1])
    if not isinstance(atom, Comparison) or not isinstance(atom.left, Aggregate):
        return None
    if atom.left.reducer.method != "count":
        return None
    judged = [count_meets(atom, each, job.clock.timezone) for each in (0, 1, 2, 10**30)]
    if judged == [False, True, True, True]:
        return atom.left, True
    if judged == [True, False, False, False]:
        return atom.left, False
    return None


def _all(job: Job, atoms: Sequence[Atom], frame: Frame) -> Condition:
    return all_of([_condition(job, atom, frame) for atom in atoms])


def _waits(atom: Atom) -> bool:
    """Whether it asks of child events or of the parent event, which rows alone do not know."""
    if isinstance(atom, Within):
        return atom.of_parent
    if isinstance(atom, Between | Sources):
        return False
    return any(
        isinstance(each, Aggregate) or (isinstance(each, Property) and each.of_parent)
        for each in asked([atom])
    )


def _condition(job: Job, atom: Atom, frame: Frame) -> Condition:
    at = frame.value(AT).column
    match atom:
        case Within(duration=duration, of_parent=True):
            if duration.hours > _MOST_HOURS:
                return ibis.literal(True)
            return at <= frame.value(PARENT_AT).column + ibis.interval(hours=duration.hours)
        case Within(duration=duration):
            return at >= instant(at, job.clock.ago(duration))
        case Between(newest=newest, oldest=oldest):
            first, last = job.clock.ago(oldest), job.clock.ago(newest)
            return (at >= instant(at, first)) & (at <= instant(at, last))
        case Sources(exclude=exclude):
            source = frame.value(SOURCE).column
            return source.isnull() | source.notin(exclude)
        case _:
            return job.truth(atom, frame)


def _oldest(job: Job, nodes: Sequence[Events], since: datetime | None) -> datetime | None:
    """The time before which no row can matter, where the windows differ or `since` says so."""
    starts = [_start(job, node) for node in nodes]
    bounded = [each for each in starts if each is not None]
    own = min(bounded) if len(bounded) == len(starts) else None
    if since is None or own is None:
        return own or since
    return max(own, since)


def _start(job: Job, events: Events) -> datetime | None:
    """The start of the window of `events`, where it has one."""
    starts = []
    for each in events.filters:
        if isinstance(each, Within) and not each.of_parent:
            starts.append(job.clock.ago(each.duration))
        elif isinstance(each, Between):
            starts.append(job.clock.ago(each.oldest))
    return max(starts, default=None)


def _longest(rest: Mapping[Events, Sequence[Atom]]) -> int | None:
    """The hours after which no child of a parent event can matter to any of the nodes."""
    longest = 0
    for atoms in rest.values():
        windows = [each for each in atoms if isinstance(each, Within) and each.of_parent]
        hours = [each.duration.hours for each in windows]
        if not hours or min(hours) > _MOST_HOURS:
            return None
        longest = max(longest, min(hours))
    return longest
