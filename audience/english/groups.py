"""People told of beside others: "gold members, plus anyone who ordered twice" are these and those."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from audience.english.pieces import Piece
from audience.english.sentence import frame_words

if TYPE_CHECKING:
    from audience.english.interpret import Interpreter


def is_group(pieces: Sequence[Piece], place: int, interpreter: Interpreter) -> bool:
    """Whether a piece begins with people of its own: "as well as those who …", "and everyone in …".

    After a bare "and" only a noun that means anybody tells so: "and Spanish members" may be of those
    before. In a list of those kept out ("except staff and anyone who …") nobody is put beside.
    """
    connector = pieces[place].connector
    if connector.op == "comma":
        return _is_listed(pieces, place, interpreter)
    if connector.op != "and" or interpreter.context.accounts:
        return False
    before = pieces[:place]
    if connector.minus or any(each.connector.minus for each in before):
        return False
    items = interpreter.world.sentence.items
    if not any(
        interpreter.content(each.first, each.end) or each.inner for each in before
    ) and not any(first < pieces[place].first for first in items):
        return False
    words = interpreter.words
    joint = {words[each].low for each in connector.places}
    if joint & _BESIDE:
        noun = pieces[place].end - 1
        return connector.subject or (interpreter.is_subject(noun) and words[noun].low[-1:] == "s")
    return connector.subject and _is_of_anybody(pieces[place], interpreter)


def _is_listed(pieces: Sequence[Piece], place: int, interpreter: Interpreter) -> bool:
    """ "people who A, people who B and people who C": the comma stands for the "and" that follows."""
    if not pieces[place].connector.subject or not _is_of_anybody(pieces[place], interpreter):
        return False
    later = (at for at in range(place + 1, len(pieces)) if pieces[at].connector.subject)
    return any(is_group(pieces, at, interpreter) for at in later)


def _is_of_anybody(piece: Piece, interpreter: Interpreter) -> bool:
    """ "all those", "customers": the noun of a group, and nothing said of them before it."""
    kinds = frame_words()
    noun = interpreter.words[piece.end - 1].low
    return (
        noun in kinds["everybody"]
        and not interpreter.content(piece.first, piece.end)
        and not any(interpreter.is_negation(each) for each in range(piece.first, piece.end))
    )


_BESIDE = frozenset(["plus", "well", "along", "together", "addition"])
