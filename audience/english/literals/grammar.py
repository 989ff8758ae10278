"""A small grammar of named rules, after duckling: patterns in YAML, what they make in Python.

A rule says how a category is written and which maker turns it into a value:

    length:
      - rule: number and unit
        says: "{n:quantity} -? {u:unit}"
        make: length

In a pattern stand words, classes (`@month`), shapes (`#num`), other categories (`{n:quantity}`,
captured as `n`), groups `( | )` and `?`. An entry `{is: other}` makes everything of another category
one of this category too. Rules are walked together, and what a category matches at
a token is worked out once, so that the work grows with the length of the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from audience.english.literals.patterns import Automaton, Call
from audience.english.literals.tokens import Token

TOP = ""  # the category of everything that becomes an item


class Made(NamedTuple):
    """What a maker makes. A question is asked where its alternatives differ, or where alone."""

    value: object
    assumption: str | None = None  # "{words}" stands for the words of the match
    question: str | None = None


class Match(NamedTuple):
    """A category found at tokens `[start, end)`."""

    category: str
    start: int
    end: int
    value: Any
    rule: Rule
    children: tuple[tuple[str, Match], ...] = ()
    assumptions: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


class Found(NamedTuple):
    """What a maker gets: the captures by label, the rule's constants, and the tokens."""

    captures: Mapping[str, Match]
    given: Mapping[str, Any]
    tokens: Sequence[Token]

    def value(self, label: str) -> Any:
        return self.captures[label].value

    def has(self, label: str) -> bool:
        return label in self.captures


Maker = Callable[[Found, Any], Made | Sequence[Made] | None]
Native = Callable[[Sequence[Token], int], Iterable[tuple[int, object]]]


@dataclass(frozen=True, eq=False)
class Rule:
    """One way to write a category."""

    name: str
    category: str
    make: Maker
    given: Mapping[str, Any] = field(default_factory=dict)
    rank: int = 0  # of two readings of the same words the higher is taken
    not_before: frozenset[str] = frozenset()  # symbols of the next token that forbid the rule
    not_after: frozenset[str] = frozenset()
    only_before: frozenset[str] = frozenset()


class _State:
    """A set of states of the automaton that are walked as one; its successors come as needed."""

    __slots__ = ("_calls", "_plans", "_words", "done")

    def __init__(self, automaton: Automaton[Rule], members: frozenset[int]) -> None:
        words: dict[str, set[int]] = defaultdict(set)
        calls: dict[Call, set[int]] = defaultdict(set)
        for member in sorted(members):
            for symbol, target in automaton.words[member]:
                words[symbol].add(target)
            for call, target in automaton.calls[member]:
                calls[call].add(target)
        done = (rule for member in sorted(members) for rule in automaton.done[member])
        self.done = tuple(dict.fromkeys(done))
        self._words = words
        self._calls = calls
        self._plans: dict[frozenset[str], _Plan] = {}

    @property
    def called(self) -> Iterable[str]:
        return {call.category for call in self._calls}

    @property
    def symbols(self) -> Iterable[str]:
        return self._words

    def plan(self, symbols: frozenset[str], grammar: Grammar) -> _Plan:
        """Where a token with these symbols leads: states after it, and calls that it can begin."""
        found = self._plans.get(symbols)
        if found is None:
            words = [self._words[each] for each in sorted(symbols) if each in self._words]
            found = self._plans[symbols] = (
                tuple(grammar.state(frozenset(targets)) for targets in words),
                tuple(
                    (call.category, call.label, grammar.state(frozenset(targets)))
                    for call, targets in self._calls.items()
                    if not grammar.first[call.category].isdisjoint(symbols)
                ),
            )
        return found


_Plan = tuple[tuple[_State, ...], tuple[tuple[str, str, _State], ...]]


class Grammar:
    """All rules, ready to match. `natives` are categories that Python reads, with their first symbols."""

    def __init__(
        self,
        rules: Iterable[tuple[Rule, str]],
        also: Mapping[str, Sequence[str]],
        natives: Mapping[str, tuple[Native, frozenset[str]]],
        tops: Iterable[str],
    ) -> None:
        self.automaton: Automaton[Rule] = Automaton()
        self.natives = {name: (native, _native_rule(name)) for name, (native, _) in natives.items()}
        self._states: dict[frozenset[int], _State] = {}
        starts: dict[str, int] = defaultdict(self.automaton.state)
        for rule, pattern in rules:
            self.automaton.add(starts[rule.category], pattern, rule)
        below = {**also, TOP: tuple(tops)}
        self.starts = {
            name: frozenset(starts[each] for each in _all_below(name, below))
            for name in (*starts, *below)
        }
        self.first = {name: first for name, (_, first) in natives.items()}
        for category in self.starts:
            self._first_of(category, ())
        self.alphabet = frozenset(
            symbol
            for rule_symbols in (
                *((symbol for symbol, _ in steps) for steps in self.automaton.words),
                *(first for _, first in natives.values()),
                *(
                    rule.not_before | rule.not_after | rule.only_before
                    for rules_here in self.automaton.done
                    for rule in rules_here
                ),
            )
            for symbol in rule_symbols
        )

    def state(self, members: frozenset[int]) -> _State:
        found = self._states.get(members)
        if found is None:
            found = self._states[members] = _State(self.automaton, members)
        return found

    def _first_of(self, category: str, above: tuple[str, ...]) -> frozenset[str]:
        """The symbols with which a category can begin."""
        if category not in self.first:
            if category in above or category not in self.starts:
                raise ValueError(f"The category {category!r} begins with itself or has no rule.")
            root = _State(self.automaton, self.starts[category])
            inner = [self._first_of(called, (*above, category)) for called in root.called]
            self.first[category] = frozenset(root.symbols).union(*inner)
        return self.first[category]

    def reading(self, tokens: Sequence[Token], text: str, context: object) -> Reading:
        """`text` is what the tokens were cut from; `context` is handed to the makers."""
        return Reading(self, tokens, text, context)


class Reading:
    """The matches of one text, worked out as they are asked for."""

    def __init__(
        self, grammar: Grammar, tokens: Sequence[Token], text: str, context: object
    ) -> None:
        self._grammar = grammar
        self._tokens = tokens
        self._text = text
        self._context = context
        # Only what some rule speaks of, so that plans are shared by all other words.
        self._symbols = [token.symbols & grammar.alphabet for token in tokens]
        self._known: dict[tuple[str, int], Sequence[Match]] = {}

    def matches(self, category: str, start: int) -> Sequence[Match]:
        """Every reading of `category`, or of any top category (TOP), that begins at token `start`."""
        key = (category, start)
        found = self._known.get(key)
        if found is None:
            grammar = self._grammar
            if grammar.first[category].isdisjoint(self._symbols[start]):
                found = ()
            elif category in grammar.natives:
                native, rule = grammar.natives[category]
                found = [
                    Match(category, start, end, value, rule)
                    for end, value in native(self._tokens, start)
                ]
            else:
                found = self._matched(grammar.state(grammar.starts[category]), start)
            self._known[key] = found
        return found

    def _matched(self, first: _State, start: int) -> list[Match]:
        grammar, symbols, count = self._grammar, self._symbols, len(self._symbols)
        todo: list[tuple[_State, int, tuple[tuple[str, Match], ...]]] = [(first, start, ())]
        found: list[Match] = []
        while todo:
            state, at, captures = todo.pop()
            for rule in state.done:
                if self._allowed(rule, start, at):
                    for match in self._made(rule, start, at, captures):
                        if not any(_same(match, other) for other in found):
                            found.append(match)
            if at == count:
                continue
            words, calls = state.plan(symbols[at], grammar)
            for after in words:
                todo.append((after, at + 1, captures))
            for called, label, after in calls:
                for match in reversed(self.matches(called, at)):  # so that the first comes first
                    todo.append((after, match.end, (*captures, (label, match))))
        return found

    def _allowed(self, rule: Rule, start: int, end: int) -> bool:
        if rule.only_before or rule.not_before:
            after = self._tokens[end].symbols if end < len(self._tokens) else frozenset()
            if not rule.not_before.isdisjoint(after):
                return False
            if rule.only_before and rule.only_before.isdisjoint(after):
                return False
        return not (
            rule.not_after
            and start
            and not rule.not_after.isdisjoint(self._tokens[start - 1].symbols)
        )

    def _made(
        self, rule: Rule, start: int, end: int, captures: tuple[tuple[str, Match], ...]
    ) -> Iterable[Match]:
        found = Found(dict(captures), rule.given, self._tokens[start:end])
        try:
            made = rule.make(found, self._context)
        except (ValueError, OverflowError):  # no such day, or one outside the calendar
            return
        if made is None:
            return
        for each in (made,) if isinstance(made, Made) else made:
            assumption = self._filled(each.assumption or rule.given.get("assumes"), start, end)
            question = self._filled(each.question or rule.given.get("asks"), start, end)
            assumptions = _notes(assumption, [match.assumptions for _, match in captures])
            questions = _notes(question, [match.questions for _, match in captures])
            yield Match(
                rule.category, start, end, each.value, rule, captures, assumptions, questions
            )

    def _filled(self, note: str | None, start: int, end: int) -> str | None:
        if note is None:
            return None
        words = self._text[self._tokens[start].start : self._tokens[end - 1].end]
        return note.replace("{words}", words)


def _same(one: Match, other: Match) -> bool:
    return one.end == other.end and one.rule is other.rule and bool(one.value == other.value)


def _notes(own: str | None, inner: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The notes of the parts and of the whole, once each."""
    notes = tuple(note for each in inner for note in each)
    if own is not None:
        notes += (own,)
    return tuple(dict.fromkeys(notes)) if len(notes) > 1 else notes


def _all_below(category: str, also: Mapping[str, Sequence[str]]) -> list[str]:
    """The category and all that it is too, each once."""
    found = [category]
    for each in found:
        found += [name for name in also.get(each, ()) if name not in found]
    return found


def _native_rule(category: str) -> Rule:
    return Rule(category, category, lambda _found, _context: None)
