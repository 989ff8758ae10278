"""Counting audiences, and explaining them: what the compiler writes, run on a workspace's data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING, Any

from audience.bound import Bound
from audience.catalog import AudienceType, Catalog
from audience.describer import describe_condition
from audience.printer import show
from audience.problems import MusterError
from audience.query import Boolean, Node, conditions
from workspace import profiles
from workspace.database import DuckDatabase
from workspace.profiles import EventSeen, Profile, UnknownId
from workspace.tally import KeptFlags, Tally, counted

if TYPE_CHECKING:
    from workspace.breakdown import Breakdown
    from workspace.database import Database
    from workspace.opening import Workspace
    from workspace.people import People, Wanted


class NoData(MusterError):
    """The workspace has a tracking plan only: there is nobody to count or to explain."""

    code = "no_data"


@dataclass(frozen=True)
class ConditionCount:
    """One condition: how many it holds for alone; and how many are left after it in the top-level AND."""

    query: str
    english: str
    reach: int | None
    kept: int | None
    dropped: int | None


@dataclass(frozen=True)
class Preview:
    """Who is in an audience. All numbers are None in a workspace without data. `ms` is what it took."""

    reach: int | None
    universe: int | None
    members: tuple[str, ...] | None  # ids, sorted by code point; None where not asked for
    conditions: tuple[ConditionCount, ...]
    ms: float


@dataclass(frozen=True)
class ConditionAnswer:
    """Whether a condition holds for one subject, and the values that decide it."""

    query: str
    english: str
    inside: bool
    because: str


@dataclass(frozen=True)
class Why:
    id: str
    inside: bool
    conditions: tuple[ConditionAnswer, ...]


def open_runner(workspace: Workspace, engine: str | None = None) -> Runner:
    """The runner of a workspace, on its data or on those of the warehouse at the address `engine`.

    Raises `workspace.database.DatabaseError` and `workspace.warehouse.UnknownEngine`.
    """
    address = engine or workspace.engine
    if address is not None:
        from workspace.warehouse import open_warehouse

        return Runner(open_warehouse(address, catalog=workspace.catalog))
    if workspace.data is None:
        return Runner(None)
    return Runner(DuckDatabase(workspace.data, as_imported=True))


class Runner:
    """Runs audiences on one database; None for a workspace that has only a tracking plan."""

    def __init__(self, database: Database | None) -> None:
        self._database = database
        self._flags: KeptFlags | None = None
        self._counted_before = False

    @property
    def warehouse(self) -> Database | None:
        """The warehouse that holds the tables; None where they are the workspace's own, or none."""
        return None if isinstance(self._database, DuckDatabase) else self._database

    def preview(self, bound: Bound, *, members: bool = False, as_of: datetime) -> Preview:
        """How many are in the audience, what each condition keeps, and, if asked for, who they are.

        Raises NotSupported and `workspace.database.DatabaseError`.
        """
        started = perf_counter()
        if self._database is None:
            nobody = tuple(
                ConditionCount(*_words(bound, node), None, None, None)
                for node in conditions(bound.root)
            )
            return Preview(None, None, None, nobody, _since(started))
        tally = self._tally(bound, as_of.astimezone(UTC))
        by_condition = tuple(
            ConditionCount(*_words(bound, node), *counts)
            for node, counts in zip(conditions(bound.root), tally.conditions, strict=True)
        )
        who = self.members(bound, as_of=as_of) if members else None
        return Preview(tally.reach, tally.universe, who, by_condition, _since(started))

    def members(self, bound: Bound, *, as_of: datetime) -> tuple[str, ...]:
        """The ids of those who are in the audience, sorted by code point."""
        from audience.compiler import compile_members, texts_of

        database = self._data()
        table = compile_members(bound, database, as_of.astimezone(UTC))
        return tuple(sorted(id for (id,) in database.rows(table, texts_of(bound))))

    def stream(self, bound: Bound, *, as_of: datetime) -> Iterator[str]:
        """The ids of `members`, a few at a time, sorted by the engine."""
        from audience.compiler import compile_members, texts_of
        from audience.compiler.dialect import by_code_point

        database = self._data()
        table = compile_members(bound, database, as_of.astimezone(UTC))
        ordered = table.order_by(by_code_point(table["id"], database.dialect))
        for (id,) in database.stream(ordered, texts_of(bound)):
            yield id

    def why(self, id: str, bound: Bound, as_of: datetime) -> Why:
        """Whether a user (or account) is in the audience, condition by condition. Raises UnknownId."""
        from audience.compiler import compile_answers, texts_of
        from audience.compiler.accounts import UsersFor
        from audience.compiler.counts import INSIDE
        from audience.query import AllUsers, AnyUser
        from audience.scope import Scope
        from workspace.because import Facts, UserCount

        database = self._data()
        answers = compile_answers(bound, database, as_of.astimezone(UTC), id)
        rows = database.rows(answers.table, texts_of(bound) | {id})
        if not rows:
            raise UnknownId(id, bound.type)
        found = dict(zip(answers.table.columns, rows[0], strict=True))
        values: dict[Node, Any] = {node: found[name] for node, name in answers.values.items()}
        users = values.get(UsersFor(None)) or 0
        for node in [each for each in values if isinstance(each, AnyUser | AllUsers)]:
            values[node] = UserCount(values[UsersFor(node)], users)
        facts = Facts(Scope.top(bound.catalog, bound.type), values)
        return Why(
            id,
            found[INSIDE],
            tuple(
                ConditionAnswer(
                    *_words(bound, node), found[name], facts.because(node, holds=found[name])
                )
                for node, name in answers.conditions
            ),
        )

    def sample(self, bound: Bound, *, limit: int = 10, as_of: datetime) -> tuple[Profile, ...]:
        """The first `limit` members by id, with the traits that the audience compares."""
        return profiles.sample(self._data(), bound, limit=limit, as_of=as_of.astimezone(UTC))

    def profile(self, id: str, catalog: Catalog, *, type: AudienceType = "users") -> Profile:
        """One user (or account) with all its traits. Raises `workspace.profiles.UnknownId`."""
        return profiles.profile(self._data(), catalog, type, id)

    def browse(
        self, catalog: Catalog, *, type: AudienceType = "users", after: str = "", limit: int = 20
    ) -> tuple[Profile, ...]:
        """Users (or accounts) by id, from the first that is greater than `after`."""
        return profiles.browse(self._data(), catalog, type, after=after, limit=limit)

    def search(
        self, text: str, catalog: Catalog, *, type: AudienceType = "users", limit: int = 20
    ) -> tuple[Profile, ...]:
        """Users (or accounts) whose id or text traits have every word of `text`."""
        return profiles.search(self._data(), catalog, type, text, limit=limit)

    def recent_events(
        self, id: str, catalog: Catalog, *, limit: int = 20, as_of: datetime
    ) -> tuple[EventSeen, ...]:
        """What a user did last, newest first."""
        return profiles.recent_events(
            self._data(), catalog, id, limit=limit, as_of=as_of.astimezone(UTC)
        )

    def breakdown(self, base: Bound | None, *, as_of: datetime) -> Breakdown:
        """Counts by group, for the people of `base`; everybody without one. Raises NoData."""
        from workspace.breakdown import Breakdown

        return Breakdown(self._data(), base, as_of)

    def people(
        self,
        base: Bound | None,
        wanted: Wanted,
        *,
        as_of: datetime,
        everybody: int,
        most: int,
        seed: int,
    ) -> People:
        """People as columns of numbers; see `workspace.people.people_of`. Raises NoData."""
        from workspace.people import people_of

        return people_of(
            self._data(), base, as_of, wanted, everybody=everybody, most=most, seed=seed
        )

    def _tally(self, bound: Bound, as_of: datetime) -> Tally:
        """The first count is one query that fetches one row; who counts again is editing."""
        database = self._data()
        if self._counted_before and isinstance(database, DuckDatabase):
            self._flags = self._flags or KeptFlags(database)
            return self._flags.tally(bound, as_of)
        self._counted_before = True
        return counted(database, bound, as_of)

    def _data(self) -> Database:
        if self._database is None:
            raise NoData(
                "This workspace has a tracking plan and no data, so there is nobody to look at."
            )
        return self._database


def _words(bound: Bound, node: Boolean) -> tuple[str, str]:
    """A condition as text of the language, and in English."""
    return show(node), describe_condition(node, bound.catalog, audience_type=bound.type)


def _since(started: float) -> float:
    return (perf_counter() - started) * 1000
