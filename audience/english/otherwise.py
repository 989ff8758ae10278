"""Another one than that: "viewed the Corvo but bought something else", "… and no other model"."""

from __future__ import annotations

from audience.english.context import World
from audience.english.frames import EventFrame
from audience.english.pieces import Piece
from audience.english.sentence import Word, frame_words
from audience.english.shared import fits, has_value
from audience.query import Boolean, Comparison, Not, Property


def otherwise(world: World, frame: EventFrame, before: EventFrame | None, piece: Piece) -> set[int]:
    """Holds what was done to be another one than before; the places of the words that say so."""
    place = _said(world.sentence.words, piece)
    if place is None or before is None or before is frame or before.negated:
        return set()
    told = _told(before, frame)
    noun = _noun(world.sentence.words, place, piece)
    if noun is not None:
        word = world.sentence.words[noun].stem
        told = [each for each in told if word in frame.entry.properties[_name(each)].words]
    if len(told) != 1:
        return set()
    left = Property(_name(told[0]))
    frame.where = [each for each in frame.where if not _is_there(each, left)]
    if any(isinstance(each, Comparison) and each.left == left for each in frame.where):
        return set()  # "bought a Corvo, then another Corvo"
    frame.where.append(Not(told[0]))
    frame.only = False  # "only true crime, no other topic": which says it once more
    return {place} if noun is None else {place, noun}


def something_else(
    world: World, before: EventFrame | None, piece: Piece, content: dict[int, Word]
) -> EventFrame | None:
    """ "serviced in Cork and somewhere else", "… and nothing else": the same, of another one."""
    words = world.sentence.words
    places = range(piece.first, piece.end)
    said = [place for place in places if words[place].is_word]
    denied = {place for place in said if words[place].low in _NONE}
    if before is None or before.method is not None or before.child is not None:
        return None
    if len(said) < len(_ELSE) or len(said) > _FEW or words[said[-1]].low != _ELSE[-1]:
        return None
    if set(content) - {said[-2]} or words[said[-2]].low not in _THINGS | _NONE:
        return None
    again = EventFrame(before.entry, set(said), times=[*before.times], negated=bool(denied))
    return again if otherwise(world, again, before, piece) else None


def _said(words: list[Word], piece: Piece) -> int | None:
    """Where "else" stands, or "another" and its like before a noun."""
    for place in range(piece.first, piece.end):
        if words[place].low == "else" and words[place - 1].low in _THINGS | _NONE:
            return place
        if words[place].low in _OTHER and _noun(words, place, piece) is not None:
            return place
    return None


def _noun(words: list[Word], place: int, piece: Piece) -> int | None:
    """The noun right behind "another"; "something else" has none."""
    if words[place].low == "else" or place + 1 >= piece.end or not words[place + 1].is_word:
        return None
    return None if words[place + 1].low in frame_words()["empty"] else place + 1


def _told(before: EventFrame, frame: EventFrame) -> list[Comparison]:
    """What the one of before is held to that the other may be held to as well."""
    known = frame.entry.properties
    return [
        each
        for each in before.where
        if isinstance(each, Comparison)
        and each.operator in ("equals", "one_of")
        and fits(each, known)
        and has_value(each, known)
    ]


def _name(told: Comparison) -> str:
    assert isinstance(told.left, Property)
    return told.left.name


def _is_there(tree: Boolean, left: Property) -> bool:
    return isinstance(tree, Comparison) and tree.left == left and tree.operator == "exists"


_ELSE = ("something", "else")
_FEW = 3  # words of "with someone else"
_NONE = frozenset(["nothing", "nowhere"])
_THINGS = frozenset(["something", "anything", "somewhere", "elsewhere", "anywhere"])
_OTHER = frozenset(["another", "different", "other"])
