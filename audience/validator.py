"""A query against a catalog: what is wrong with it, and the bound tree if nothing is.

Two steps: syntax (`audience.reader`), then names, types and values. Errors are what cannot run:
    syntax, too_deep, too_long        from the reader
    unknown_event, unknown_property, unknown_trait, unknown_context
    type_mismatch                     a comparison or a constant that does not fit the field
    invalid_window, invalid_value     a window of 0, a month 13, …
    misplaced                         a property outside `where`, ANY in a user audience, …
    not_supported                     entities; sources without event_source_id; accounts without accounts
    too_many_expressions              more than 50 comparisons
    audience_cycle, broken_audience   a saved audience that refers to itself, or cannot run any more
Warnings are in `audience.advice`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from audience.advice import advise
from audience.bound import Bound, Kind
from audience.catalog import AudienceType, Catalog
from audience.checking import Checker
from audience.fitting import Finding
from audience.kinds import kind_of
from audience.printer import show
from audience.problems import InvalidQuery, MusterError, Problem
from audience.query import AllUsers, AnyUser, Boolean, Comparison, Events, Node, Span, walk
from audience.reader import read, too_deep

MOST_EXPRESSIONS = 50
MOST_AUDIENCES = 50  # saved audiences that refer to one another in a chain


@dataclass(frozen=True)
class Checked:
    """What was found. `root` is the tree with the catalog's names; `bound` is None if there are errors."""

    problems: tuple[Problem, ...]
    root: Boolean | None
    bound: Bound | None
    type: AudienceType
    kind: Kind | None

    @property
    def valid(self) -> bool:
        return self.bound is not None


def check(
    query: str | Boolean,
    catalog: Catalog,
    *,
    audience_type: AudienceType | None = None,
    key: str | None = None,
) -> Checked:
    """Reads and validates; never raises for what a query says.

    Places of problems are in the text given, or in the canonical text of the tree given. `key` is
    the key under which the query is saved, so that it cannot refer to itself.
    """
    return _check(query, catalog, audience_type, _Path((key,) if key else ()), advice=True)


def bind(
    query: str | Boolean, catalog: Catalog, *, audience_type: AudienceType | None = None
) -> Bound:
    """The bound tree. Raises InvalidQuery with every problem if the query cannot run."""
    checked = check(query, catalog, audience_type=audience_type)
    if checked.bound is None:
        raise InvalidQuery(checked.problems)
    return checked.bound


def type_of(root: Boolean) -> AudienceType:
    """Accounts if ANY or ALL occurs, else users."""
    return (
        "accounts" if any(isinstance(node, AnyUser | AllUsers) for node in walk(root)) else "users"
    )


@dataclass(frozen=True)
class _Path:
    """The saved audiences being checked, outermost first, and what is known of those already checked."""

    keys: tuple[str, ...] = ()
    done: dict[str, Bound | Finding] = field(default_factory=dict)

    def to(self, key: str) -> _Path:
        return replace(self, keys=(*self.keys, key))


def _check(
    query: str | Boolean, catalog: Catalog, wanted: AudienceType | None, path: _Path, advice: bool
) -> Checked:
    try:
        root = read(query) if isinstance(query, str) else _whole(query)
    except InvalidQuery as error:
        return Checked(error.problems, None, None, wanted or "users", None)
    type_ = wanted or type_of(root)
    checker = Checker(catalog, type_)
    bound_root = checker.check(root)
    findings = [*_of_the_whole(root, catalog, type_), *checker.findings]
    members: dict[str, Bound] = {}
    for node, name in checker.memberships:
        found = _member(name, catalog, path)
        if isinstance(found, Bound):
            members[name] = found
        else:
            findings.append(replace(found, node=node))
    if not findings:
        kind = kind_of(bound_root, type_, catalog)
        bound = Bound(bound_root, type_, kind, catalog, members)
        warnings = advise(bound) if advice else ()
        problems = _placed(query, bound_root, warnings)
        return Checked(problems, bound_root, bound, type_, kind)
    return Checked(_placed(query, root, findings), bound_root, None, type_, None)


def _whole(root: Boolean) -> Boolean:
    """`root`, if it is a tree that can be walked and written."""
    problem = too_deep(root)
    if problem is not None:
        raise InvalidQuery((replace(problem, start=None, end=None),))
    try:
        show(root)
    except MusterError as error:
        raise InvalidQuery((Problem(error.code, error.message),)) from None
    return root


def _of_the_whole(root: Boolean, catalog: Catalog, type_: AudienceType) -> list[Finding]:
    findings = []
    count = sum(isinstance(node, Comparison) for node in walk(root))
    if count > MOST_EXPRESSIONS:
        message = f"The query has {count} comparisons; {MOST_EXPRESSIONS} is the most."
        findings.append(Finding("too_many_expressions", message, root))
    if type_ == "accounts" and not catalog.has_accounts:
        message = "This workspace has no accounts, so an account audience cannot be made."
        findings.append(Finding("not_supported", message, root))
    return findings


def _member(key: str, catalog: Catalog, path: _Path) -> Bound | Finding:
    """The saved audience `key`, bound; or why it cannot be."""
    if key in path.keys:
        way = " → ".join((*path.keys[path.keys.index(key) :], key))
        return Finding("audience_cycle", f"The audience would refer to itself: {way}.")
    if len(path.keys) >= MOST_AUDIENCES:
        return Finding(
            "too_deep",
            f"More than {MOST_AUDIENCES} saved audiences refer to one another in a chain.",
        )
    if key not in path.done:
        saved = catalog.audience(key)
        assert saved is not None
        checked = _check(saved.query, catalog, saved.type, path.to(key), advice=False)
        path.done[key] = checked.bound or _passed_on(saved.name, checked.problems[0])
    return path.done[key]


def _passed_on(name: str, problem: Problem) -> Finding:
    if problem.code in ("audience_cycle", "broken_audience"):
        return Finding(problem.code, problem.message)
    return Finding(
        "broken_audience", f"The saved audience “{name}” cannot run any more: {problem.message}"
    )


def _placed(
    query: str | Boolean, root: Boolean, findings: list[Finding] | tuple[Finding, ...]
) -> tuple[Problem, ...]:
    """The findings with places in the text, errors first, each in the order of the text."""
    places: dict[int, Span] = {}
    if findings and not isinstance(query, str):
        places = _places(root)

    def place(node: Node | None) -> tuple[int | None, int | None]:
        span = places.get(id(node))
        if isinstance(query, str) and node is not None and node.origin.spans:
            span = node.origin.spans[0]
        if span is None:
            return None, None
        if isinstance(node, Events) and node.filters:  # only event('…'), not what hangs on it
            end = place(node.filters[0])[0]
            return span.start, span.end if end is None else end - 1
        return span

    problems = [
        Problem(each.code, each.message, each.severity, *place(each.node), each.suggestions)
        for each in findings
    ]
    return tuple(sorted(problems, key=lambda each: (each.severity != "error", each.start or 0)))


def _places(root: Boolean) -> dict[int, Span]:
    """Where each node of a tree that was not read from text stands in its canonical text."""
    try:
        twin = read(show(root))
    except InvalidQuery:  # a tree made by hand, of what the language does not have
        return {}
    if twin != root:
        return {}
    pairs = zip(walk(root), walk(twin), strict=True)
    return {id(node): other.origin.spans[0] for node, other in pairs}
