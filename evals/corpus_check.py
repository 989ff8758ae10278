"""Is the corpus sound? Gold queries that cannot be run, or that select nobody or everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from audience.catalog import AudienceType
from audience.problems import MusterError
from evals.dataset import Case, split_of
from evals.worlds import eval_settings, open_world
from tools.context import ToolContext


def problems(cases: Sequence[Case]) -> Iterator[str]:
    """One sentence for each thing wrong with these cases; their workspaces must be prepared."""
    yield from _doubles(cases)
    for name in sorted({case.workspace for case in cases}):
        yield from _unsound(name, [case for case in cases if case.workspace == name])


def _doubles(cases: Sequence[Case]) -> Iterator[str]:
    for id, times in Counter(case.id for case in cases).items():
        if times > 1:
            yield f"{id}: {times} cases have this id"
    prompts = Counter((case.workspace, case.context, case.prompt.lower()) for case in cases)
    for (_, _, prompt), times in prompts.items():
        if times > 1:
            yield f"{prompt!r} stands there {times} times"
    for case in cases:
        if case.split != split_of(case.id):
            yield f"{case.id}: belongs to the split {split_of(case.id)}"
        first = (*case.context, case.prompt)[0].strip()
        if case.code not in ("prompt_too_short", "prompt_too_long") and not (
            20 <= len(first) <= 300 and len(case.prompt.strip()) <= 300
        ):
            yield f"{case.id}: {len(first)} characters, where 20 to 300 are allowed"


def _unsound(workspace: str, cases: Sequence[Case]) -> Iterator[str]:
    from audience.validator import check
    from evals.members import MemberCounter

    context = open_world(workspace, eval_settings())
    counter = MemberCounter(context)
    catalog = context.catalog
    universes = {"users": _size(context, "users"), "accounts": _size(context, "accounts")}
    for case in cases:
        wrong = False
        for query in case.queries:
            checked = check(query, catalog, audience_type=case.type)
            for problem in checked.problems:
                if problem.code == "extension":
                    continue
                yield f"{case.id}: {problem.code}: {problem.message} in {query}"
            wrong = wrong or not checked.valid
        if wrong or not case.queries:
            continue
        universe = universes[case.type]
        for query in case.queries:
            try:
                members = counter.of(query, case.type)
            except MusterError as error:
                yield f"{case.id}: cannot be counted: {error.message} {query}"
                continue
            if not members:
                yield f"{case.id}: selects nobody: {query}"
            elif len(members) == universe:
                yield f"{case.id}: selects everybody: {query}"


def _size(context: ToolContext, type: AudienceType) -> int:
    """How many users or accounts there are."""
    from workspace.database import DuckDatabase

    data = context.workspace.data
    if data is None or (type == "accounts" and not context.catalog.has_accounts):
        return 0
    tables = DuckDatabase(data)
    table = tables.users() if type == "users" else tables.accounts()
    ((number,),) = tables.rows(table.count().as_table())
    return int(number)
