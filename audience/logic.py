"""Conditions that nobody can meet, and conditions that everybody meets.

A formula is brought into an OR of ANDs of comparisons. Comparisons of one term (a trait, the same
events counted the same way, …) can hold together if they do at one of finitely many points: the
constants they name, what lies between and beyond them, and a missing value. ANY and ALL hold together
if users can be thought of that make them so. Different terms are taken as independent, and what is too
large is taken as possible, so that what is reported is certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from audience.bound import Bound
from audience.points import Point, Term, TooLarge, holds, is_count, points, term_of
from audience.query import (
    Aggregate,
    AllUsers,
    And,
    AnyUser,
    Boolean,
    Comparison,
    Not,
    Or,
    Reducer,
    Trait,
    Where,
)
from audience.scope import Scope
from audience.subsets import agree

MOST_CONJUNCTS = 256
MOST_POINTS = 2_000  # per term
MOST_MEMBERSHIPS = 64  # that are looked into

Atom = Comparison | AnyUser | AllUsers
Conjunct = dict[Atom, bool]  # each atom with whether it must hold


@dataclass(frozen=True)
class DeadEnd:
    """`code` is contradiction or tautology; `parts` are the conditions that clash, if they are known."""

    code: str
    node: Boolean
    parts: tuple[Boolean, ...]
    scope: Scope


def dead_ends(bound: Bound) -> tuple[DeadEnd, ...]:
    """The contradictions and tautologies of an audience, the innermost of each."""
    return tuple(_Search(bound.members).search(bound.root, Scope.top(bound.catalog, bound.type)))


@dataclass(frozen=True)
class _Search:
    """Looks with what the saved audiences among the conditions ask, and speaks of the conditions."""

    members: Mapping[str, Bound]

    def search(self, node: Boolean, scope: Scope) -> Iterator[DeadEnd]:
        match node:
            case Comparison():
                inner = list(self._inside(node, scope))
                yield from inner
                if not inner:
                    yield from self._judge(node, (node,), scope)
            case AnyUser(item=item) | AllUsers(item=item):
                yield from self.search(item, scope.under_users())
            case Not(item=item):
                yield from self.search(item, scope)
            case And(items=items) | Or(items=items):
                sound: list[Boolean] = []
                for item in items:
                    found = list(self.search(item, scope))
                    yield from found
                    if not found:
                        sound.append(item)
                if len(sound) > 1:
                    yield from self._judge(node, tuple(sound), scope)

    def _inside(self, node: Comparison, scope: Scope) -> Iterator[DeadEnd]:
        if isinstance(node.left, Aggregate):
            inner = scope.inside(scope.catalog.event(node.left.events.name))
            for each in node.left.events.filters:
                if isinstance(each, Where):
                    yield from self.search(each.condition, inner)

    def _judge(self, node: Boolean, items: tuple[Boolean, ...], scope: Scope) -> Iterator[DeadEnd]:
        formula = _like(node, items)
        if not self._possible(formula, scope, wanted=True):
            yield DeadEnd(
                "contradiction", node, self._clash(node, items, scope, wanted=True), scope
            )
        elif not self._possible(formula, scope, wanted=False):
            yield DeadEnd("tautology", node, self._clash(node, items, scope, wanted=False), scope)

    def _clash(
        self, node: Boolean, items: tuple[Boolean, ...], scope: Scope, *, wanted: bool
    ) -> tuple[Boolean, ...]:
        """The two of `items` that already decide it, or all of them."""
        for last, item in enumerate(items):
            for earlier in items[:last]:
                if not self._possible(_like(node, (earlier, item)), scope, wanted=wanted):
                    return earlier, item
        return items

    def _possible(self, node: Boolean, scope: Scope, *, wanted: bool) -> bool:
        # Inside a `where` the events of a saved audience would read as those that follow.
        known = {} if scope.in_event else self.members
        try:
            asked = _Unfolding().of(node, known, scope) if known else node
        except TooLarge:
            return True
        return _possible(asked, scope, wanted=wanted)


def _like(node: Boolean, items: tuple[Boolean, ...]) -> Boolean:
    if isinstance(node, And | Or) and len(items) > 1:
        return type(node)(items)
    return items[0]


@dataclass
class _Unfolding:
    """Puts what each saved audience asks in the place of the membership in it, `left` times at most."""

    left: int = MOST_MEMBERSHIPS

    def of(self, node: Boolean, members: Mapping[str, Bound], scope: Scope) -> Boolean:
        """Raises `TooLarge`: audiences that share others repeat them, twice as often with each layer."""
        match node:
            case Comparison(left=Trait(name=key) as trait) if key in members and not scope.trait(
                trait
            ):
                self.left -= 1
                if self.left < 0:
                    raise TooLarge
                saved = members[key]
                return self.of(saved.root, saved.members, Scope.top(saved.catalog, saved.type))
            case And(items=items) | Or(items=items):
                return type(node)(tuple(self.of(each, members, scope) for each in items))
            case Not(item=item):
                return Not(self.of(item, members, scope))
            case AnyUser(item=item) | AllUsers(item=item):
                return type(node)(self.of(item, members, scope.under_users()))
        return node


# Satisfiability -------------------------------------------------------------------------------


def _possible(node: Boolean, scope: Scope, *, wanted: bool) -> bool:
    """Whether `node` can be `wanted` for anybody, as far as this can tell."""
    try:
        return any(_together(each, scope) for each in _conjuncts(node, wanted=wanted))
    except TooLarge:
        return True


def _conjuncts(node: Boolean, *, wanted: bool) -> list[Conjunct]:
    match node:
        case Not(item=item):
            return _conjuncts(item, wanted=not wanted)
        case And(items=items) | Or(items=items):
            parts = [_conjuncts(item, wanted=wanted) for item in items]
            if isinstance(node, And) != wanted:
                return [each for part in parts for each in part]
            result: list[Conjunct] = [{}]
            for part in parts:
                if len(result) * len(part) > MOST_CONJUNCTS:
                    raise TooLarge
                result = [
                    left | right
                    for left in result
                    for right in part
                    if all(left.get(atom, sign) == sign for atom, sign in right.items())
                ]
            return result
        case Comparison() | AnyUser() | AllUsers():
            return [{node: wanted}]


def _together(conjunct: Conjunct, scope: Scope) -> bool:
    terms: dict[Term, list[tuple[Comparison, bool]]] = {}
    anywhere: list[tuple[Comparison, bool]] = []
    if not _among_users(conjunct, scope):
        return False
    for atom, sign in conjunct.items():
        if not isinstance(atom, Comparison):
            continue
        term = term_of(atom, scope)
        if term is None:
            continue
        if term.family == "any":
            anywhere.append((atom, sign))
        else:
            terms.setdefault(term, []).append((atom, sign))
    for atom, _ in anywhere:
        term = term_of(atom, scope)
        if term is not None and not any(each.left == term.left for each in terms):
            terms.setdefault(term, [])
    counts: list[tuple[Aggregate, Decimal, Decimal]] = []
    for term, own in terms.items():
        literals = own + [each for each in anywhere if each[0].left == term.left]
        candidates = points(term, [atom for atom, _ in literals], scope)
        if len(candidates) > MOST_POINTS:
            raise TooLarge
        found = [each for each in candidates if _holds_at(each, literals, term, scope)]
        if not found:
            return False
        if is_count(term.left) and isinstance(term.left, Aggregate):
            counts.append((term.left, *_bounds(found, candidates)))
        elif isinstance(term.left, Aggregate) and any(
            sign and atom.operator != "absent" for atom, sign in own
        ):  # a sum, or a first one, is there only where something happened
            happened = Aggregate(term.left.events, Reducer("count"))
            counts.append((happened, Decimal(1), Decimal("Infinity")))
    return agree(counts)


def _among_users(conjunct: Conjunct, scope: Scope) -> bool:
    """Whether an account's users can be such as its ANY and ALL want; one is as free as the next."""
    some: list[Boolean] = []  # each of which a user of its own may meet
    every: list[Boolean] = []  # what all users meet, if there are any
    other: list[Boolean] = []  # what some user meets, unless there is none
    somebody = False
    for atom, sign in conjunct.items():
        match atom, sign:
            case AnyUser(item=item), True:
                some.append(item)
            case AnyUser(item=item), False:
                every.append(Not(item))
            case AllUsers(item=item), True:
                every.append(item)
                somebody = True
            case AllUsers(item=item), False:
                other.append(Not(item))
    if not (some or somebody):
        return True  # an account without a user
    inner = scope.under_users()
    wanted = [And((each, *every)) if every else each for each in some + other]
    if not wanted:
        wanted = [And(tuple(every)) if len(every) > 1 else every[0]]
    return all(_possible(each, inner, wanted=True) for each in wanted)


def _holds_at(
    point: Point, literals: list[tuple[Comparison, bool]], term: Term, scope: Scope
) -> bool:
    return all(holds(atom, point, term, scope) == sign for atom, sign in literals)


def _bounds(found: list[Point], candidates: list[Point]) -> tuple[Decimal, Decimal]:
    """The least and the most that a count can be; the largest candidate stands for all above it."""
    numbers = [each for each in found if isinstance(each, Decimal)]
    largest = max(each for each in candidates if isinstance(each, Decimal))
    return min(numbers), Decimal("Infinity") if largest in numbers else max(numbers)
