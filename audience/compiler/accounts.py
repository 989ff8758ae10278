"""Accounts with what conditions ask of them: their traits, and what their users do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from audience.compiler.comparators import settled
from audience.compiler.dialect import count_where
from audience.compiler.job import Frame, Held, Job, as_text
from audience.compiler.reducers import ID
from audience.compiler.rows import expanded, subjects, users
from audience.problems import NotSupported
from audience.query import AllUsers, AnyUser, Boolean, Node, Trait


@dataclass(frozen=True)
class UsersFor(Node):
    """How many users of an account there are for whom the item of an ANY or ALL holds; None: how many at all."""

    node: AnyUser | AllUsers | None


def accounts(job: Job, roots: Iterable[Boolean], *, counted: bool = False) -> Frame:
    """One row per account: `id`, and what `roots` ask. `counted` adds `UsersFor` each ANY and ALL."""
    wanted = expanded(job, roots, "account")
    known = [each for each in wanted if isinstance(each, Trait | AnyUser | AllUsers)]
    if known != wanted:
        raise NotSupported("Events belong to users: here they stand under ANY or ALL.")
    frame = subjects(job, [each for each in wanted if isinstance(each, Trait)], "account")
    of_users = [each for each in wanted if isinstance(each, AnyUser | AllUsers)]
    return _with_users(job, frame, of_users, counted) if of_users else frame


def _with_users(
    job: Job, frame: Frame, nodes: Sequence[AnyUser | AllUsers], counted: bool
) -> Frame:
    """An account without a user has no row here, and so neither ANY nor ALL."""
    people = users(job, [each.item for each in nodes])
    user, flags = job.name(), {each: job.name() for each in nodes}
    holds = {flag: settled(job.truth(node.item, people)) for node, flag in flags.items()}
    answers = people.table.select(**{user: people.value(ID).column, **holds})
    source = job.tables.groups()
    member, account = job.name(), job.name()
    groups = source.select(
        **{member: as_text(source["user_id"]), account: as_text(source["group_id"])}
    )
    if counted:
        groups = groups.distinct()
    pairs = groups.inner_join(answers, groups[member] == answers[user])
    values: dict[str, Any] = {}
    columns: dict[Node, Held] = {}
    for node, flag in flags.items():
        columns[node] = job.hold("boolean")
        holding = pairs[flag].any() if isinstance(node, AnyUser) else pairs[flag].all()
        values[columns[node].name] = holding
        if counted:
            columns[UsersFor(node)] = job.hold("number", counts=True)
            values[columns[UsersFor(node)].name] = count_where(pairs[flag], job.dialect)
    if counted:
        columns[UsersFor(None)] = job.hold("number", counts=True)
        values[columns[UsersFor(None)].name] = pairs.count()
    by = job.name()
    table = pairs.group_by(**{by: pairs[account]}).aggregate(**values)
    return frame.joined(table, ID, by, columns)
