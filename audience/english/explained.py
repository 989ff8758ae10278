"""A name that is explained in parentheses: "big spenders (over $500)", "high spenders (value > 2000)"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from audience.english.accounting.small_words import small_words
from audience.english.amounts import bounds
from audience.english.frames import TraitFrame
from audience.english.idioms import CAME_BACK
from audience.english.literals.items import Money, Number, Range
from audience.english.sentence import frame_words
from audience.english.times import event_filters, is_time
from audience.english.tokens import stem
from audience.query import (
    Comparison,
    Events,
    Literal,
    Node,
    Trait,
    Within,
    transformed,
    walk,
)

if TYPE_CHECKING:
    from audience.english.interpret import Interpreter
    from audience.english.pieces import Piece
    from audience.english.scope import Unit


def explained(
    before: list[Unit],
    named: Piece | None,
    inner: list[Unit],
    inside: Piece,
    interpreter: Interpreter,
) -> None:
    """Takes a label as a name, and settles what a term of the glossary is held to.

    `before` are the units so far, `named` is the piece right before the parenthesis `inside`.
    """
    if named is None or not _is_measured(inside, interpreter):
        return
    last = before[-1].frames[-1] if before and before[-1].frames else None
    if isinstance(last, TraitFrame) and last.term is not None and not last.negated:
        _redefined(before, last, inner, inside, interpreter)
    elif any(each.says for each in inner) and not (before and before[-1].says):
        _labelled(named, inner, interpreter)


def _is_measured(inside: Piece, interpreter: Interpreter) -> bool:
    """Whether the parenthesis holds a number or a time: only then it tells what a name means."""
    return any(inside.first <= place < inside.end for place in interpreter.world.sentence.items)


def _labelled(named: Piece, inner: list[Unit], interpreter: Interpreter) -> None:
    """ "High spenders (lifetime value > 2000)": the words before only call these people something.

    "Have not come back (no visit since May)": a "not" of them is that of what is inside.
    """
    places = interpreter.content(named.first, named.end)
    if not places or not all(
        word.low in _LABELS or word.stem in _label_stems for word in places.values()
    ):
        return
    denials = {each for each in range(named.first, named.end) if interpreter.is_negation(each)}
    if denials and not all(frame.negated for unit in inner for frame in unit.frames):
        return
    interpreter.context.used |= denials
    said = interpreter.world.sentence.said(min(places), max(places) + 1)
    interpreter.context.assume(f"“{said}” is taken as the name of the audience.")
    interpreter.context.used |= set(places)


def _redefined(
    before: list[Unit],
    term: TraitFrame,
    inner: list[Unit],
    inside: Piece,
    interpreter: Interpreter,
) -> None:
    """A term with another meaning: what is in parentheses holds where both are of one field."""
    if _with_other_numbers(term, inner, inside, interpreter):
        return
    mine = _fields(term.tree)
    frames = [frame for unit in inner for frame in unit.frames]
    theirs = {name for frame in frames for name in _fields(frame.build())}
    if mine and mine & theirs:
        before[-1] = replace(
            before[-1], frames=[each for each in before[-1].frames if each is not term]
        )
        interpreter.context.used |= term.places
        frames[0].places |= term.places
        _tell(term, interpreter)
        return
    interpreter.context.unclear.update(range(inside.first, inside.end))


def _with_other_numbers(
    term: TraitFrame, inner: list[Unit], inside: Piece, interpreter: Interpreter
) -> bool:
    """ "big spenders (over $500 in the past year)": the term with these numbers for its own."""
    items = [
        item
        for place, (_, item) in interpreter.world.sentence.items.items()
        if inside.first <= place < inside.end
    ]
    amounts = [each for each in items if isinstance(each, Range | Money | Number)]
    times = [each for each in items if is_time(each)]
    held = [each for each in walk(term.tree) if isinstance(each, Comparison) and _is_number(each)]
    only = not interpreter.content(inside.first, inside.end) and len(items) == len(amounts + times)
    if not only or len(amounts) != 1 or len(bounds(amounts[0])) != 1 or len(held) != 1:
        return False
    if isinstance(amounts[0], Range) and amounts[0].unit not in (None, "money"):
        return False
    operator, number = bounds(amounts[0])[0]
    filters = event_filters(times)

    def changed(node: Node) -> Node:
        if node is held[0] or (isinstance(node, Comparison) and _is_number(node)):
            return replace(node, operator=operator, values=(Literal(number),))
        if isinstance(node, Events) and filters:
            kept = tuple(each for each in node.filters if not isinstance(each, Within))
            return replace(node, filters=(*kept, *filters))
        return node

    term.tree = transformed(term.tree, changed)
    places = set(range(inside.first, inside.end))
    term.places |= places
    interpreter.context.used |= places
    inner.clear()
    _tell(term, interpreter)
    return True


def _is_number(node: Comparison) -> bool:
    return len(node.values) == 1 and isinstance(getattr(node.values[0], "value", None), Decimal)


def _tell(term: TraitFrame, interpreter: Interpreter) -> None:
    assumed = interpreter.context.assumptions
    assumed[:] = [each for each in assumed if each != meant(term.term or "")]
    interpreter.context.assume(f"“{term.term}” is taken to be what stands in parentheses.")


def meant(said: str) -> str:
    """What is taken for granted where a term of the glossary is used."""
    return f"“{said}” means what the glossary says."


def _fields(tree: object) -> set[str]:
    return {
        each.name
        for each in walk(tree)  # type: ignore[arg-type]
        if isinstance(each, Events | Trait)
    }


_LABELS = small_words("vague") | small_words("labels") | frame_words()["subjects.users"]
_label_stems = frozenset(stem(each) for each in small_words("labels")) | {CAME_BACK}
