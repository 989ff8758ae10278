"""A whole rule → a tree: conditions joined by AND, OR, NOT, commas and lines; parentheses nest.

Only what is understood to its last sign is a rule; anything else is left to the reading of English.
"""

from __future__ import annotations

from audience.catalog import AudienceType
from audience.english.notation.operands import Operands, Unread
from audience.english.notation.signs import fields_of, is_rule, signs
from audience.english.reading import Request
from audience.english.sentence import frame_words
from audience.english.tree_edits import originated
from audience.operators import OPERATORS
from audience.query import And, Boolean, Comparison, Not, Or, Origin, Span, joined


def rule_of(request: Request, kind: AudienceType) -> Boolean | None:
    """The tree of a prompt that is a rule from its first sign to its last; else None."""
    if not is_rule(request.prompt):
        return None
    reader = Rules(request, kind)
    try:
        reader.lead()
        tree = reader.lines()
    except Unread:
        return None
    return tree if reader.at_end() else None


class Rules(Operands):
    """Reads the signs from left to right; `Unread` where they are no rule."""

    def __init__(self, request: Request, kind: AudienceType) -> None:
        super().__init__(signs(request.prompt), request.prompt, fields_of(request.catalog, kind))
        self.turn = request.turn

    def lead(self) -> None:
        """Passes over "accounts where", "customers with:"."""
        kinds = frame_words()
        polite = kinds["empty.articles"] | kinds["empty.lead"] | {"all"}
        nouns = kinds["subjects.users"] | kinds["subjects.accounts"]
        place = 0
        while place < len(self.signs) and self.signs[place].low in polite:
            place += 1
        noun = [each.low for each in self.signs[place : place + 2]]
        if len(noun) == 2 and noun[0] in nouns and noun[1] in ("where", "with", ":", "having"):
            self.at = place + 2

    def lines(self) -> Boolean:
        """What commas, semicolons and lines part; all of it must hold."""
        rows = [self.either()]
        while self.take_any(",", ";", "\n"):
            while self.take_any("\n", "-", "*", "•", "and"):
                pass
            rows.append(self.either())
        return joined(And, tuple(rows))

    def either(self) -> Boolean:
        rows = [self.all_of()]
        while self.take_any("or", "||", "|"):
            rows.append(self.all_of())
        return joined(Or, tuple(rows))

    def all_of(self) -> Boolean:
        rows = [self.one()]
        while self.take_any("and", "&&", "&"):
            rows.append(self.one())
        return joined(And, tuple(rows))

    def one(self) -> Boolean:
        first = self.at
        if self.take_any("not", "!"):
            inner = self.one()
            return _denied(inner, self.origin(first))
        if self.peek("("):
            begun = self.at
            self.at += 1
            try:
                inner = self.lines()
            except Unread:
                self.at = begun
            else:
                if not self.take_any(")"):
                    raise Unread
                return inner
        tree = self.condition()
        return originated(tree, self.origin(first))

    def origin(self, first: int) -> Origin:
        start, end = self.signs[first].start, self.signs[self.at - 1].end
        return Origin(self.turn, (Span(start, end),))


def _denied(tree: Boolean, origin: Origin) -> Boolean:
    if isinstance(tree, Not):
        return tree.item
    if isinstance(tree, Comparison) and not tree.values:
        complement = OPERATORS[tree.operator].complement
        if complement is not None:
            return Comparison(tree.left, complement, origin=origin)
    return Not(tree, origin=origin)
