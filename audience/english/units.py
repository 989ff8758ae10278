"""Pieces made ready for reading: cut after the noun that they are about, and at "after …ing"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from audience.english.context import cue, type_of
from audience.english.events import is_action, is_past
from audience.english.groups import is_group
from audience.english.interpret import Interpreter
from audience.english.links import Link
from audience.english.literals.items import Calendar, Length, Number, Ordinal, Vague, Within
from audience.english.modifiers import is_joining
from audience.english.pieces import Connector, Op, Piece
from audience.english.sentence import frame_words
from audience.english.tokens import joined, stem


def prepared(pieces: tuple[Piece, ...], interpreter: Interpreter) -> tuple[Piece, ...]:
    pieces = _with_what_ends(pieces, interpreter)
    cut = tuple(each for piece in pieces for each in _cut_sequences(piece, interpreter))
    for piece, following in pairwise(cut):
        if following.connector.op == "or" and not interpreter.content(piece.first, piece.end):
            _ask_about_noun(piece, following, interpreter)
    return tuple(
        replace(
            piece,
            connector=replace(
                piece.connector,
                aside=_is_aside(cut, place, interpreter)
                or _is_place_aside(cut, place, interpreter),
                group=is_group(cut, place, interpreter),
                verbal=interpreter.words[piece.first].low in frame_words()["empty.aux"],
                ends=_end_of_list(cut, place, interpreter),
            ),
        )
        for place, piece in enumerate(cut)
    )


def _with_what_ends(pieces: tuple[Piece, ...], interpreter: Interpreter) -> tuple[Piece, ...]:
    """ "trials that ran out in May": the thing and when it ends are one, where a date is of that thing."""
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        if before is not None and _ends_it(before, piece, interpreter):
            interpreter.context.used.update(piece.connector.places)
            found[-1] = replace(before, end=piece.end)
        else:
            found.append(piece)
    return tuple(found)


def _ends_it(before: Piece, piece: Piece, interpreter: Interpreter) -> bool:
    relatives = [interpreter.words[each].low for each in piece.connector.places]
    if before.inner or piece.inner or relatives not in (["that"], ["which"]):
        return False
    thing = interpreter.content(before.first, before.end).values()
    said = [
        interpreter.words[each]
        for each in range(piece.first, piece.end)
        if each not in interpreter.world.covered and interpreter.words[each].is_word
    ]
    timed = any(piece.first <= each < piece.end for each in interpreter.world.sentence.items)
    small = frame_words()["empty"]
    if not (timed and thing and said) or not all(e.low in cue("seem") | small for e in said):
        return False
    lexicon = interpreter.world.lexicon
    people = lexicon.accounts if interpreter.context.accounts else lexicon.users
    return any(
        type_of(each) in ("date", "timestamp") and {word.stem for word in thing} <= set(each.words)
        for each in people
    )


def _end_of_list(pieces: Sequence[Piece], place: int, interpreter: Interpreter) -> Op:
    """ "in Spain, France and Italy": what joins the nouns of the list that this comma is in."""
    if pieces[place].connector.op != "comma":
        return "none"
    for piece in pieces[place + 1 :]:
        words = interpreter.content(piece.first, piece.end).values()
        op = piece.connector.op
        if piece.connector.relative or op == "none" or any(is_action(each.stem) for each in words):
            return "none"
        if op != "comma":
            return op
    return "none"


def _is_aside(pieces: Sequence[Piece], place: int, interpreter: Interpreter) -> bool:
    """ "patrons, or friends who donated": of two nouns with a comma, the second has its own clause."""
    piece = pieces[place]
    if place != 1 or piece.connector.op != "or" or not piece.connector.comma:
        return False
    following = pieces[place + 1].connector if place + 1 < len(pieces) else Connector()
    own_clause = following.op == "none" and (following.relative or following.with_)
    return own_clause and all(
        len(interpreter.content(each.first, each.end)) == 1 for each in pieces[:2]
    )


def _is_place_aside(pieces: Sequence[Piece], place: int, interpreter: Interpreter) -> bool:
    """ "in Spain, or in France who bought": with its own preposition and its own clause."""
    piece = pieces[place]
    if place + 1 >= len(pieces) or piece.connector.op != "or" or not piece.connector.comma:
        return False
    following = pieces[place + 1].connector
    before = [each.connector for each in pieces[:place]]
    words = interpreter.words
    return (
        following.op == "none"
        and following.relative
        and not following.comma
        and words[piece.first].low in frame_words()["empty.prepositions"]
        and not any(each.but or each.minus or each.comma for each in before)
        and not any(each.connector.op in ("or", "comma") for each in pieces[place + 1 :])
        and len(interpreter.content(piece.first, piece.end)) >= 1
    )


def _ask_about_noun(piece: Piece, following: Piece, interpreter: Interpreter) -> None:
    """ "owners, or admins with a key": the first of the two is nothing that is known here."""
    if not interpreter.content(following.first, following.end):
        return
    everybody = frame_words()["everybody"]
    interpreter.context.unclear.update(
        place
        for place in range(piece.first, piece.end)
        if interpreter.is_plain_subject(place) and interpreter.words[place].low not in everybody
    )


def without_title(pieces: tuple[Piece, ...], interpreter: Interpreter) -> tuple[Piece, ...]:
    """Leaves out a heading ("Winback spring: …"): it names the audience, and asks for nothing."""
    words = interpreter.words
    colon = next(
        (
            place
            for place, word in enumerate(words[:9])
            if word.text == ":"
            or (
                word.text in ("-", "–", "—")
                and place + 1 < len(words)
                and interpreter.is_subject(place + 1)
                and word.start > words[place - 1].end
            )
        ),
        None,
    )
    if any(each.connector.minus and each.end <= (colon or 0) for each in pieces):
        return pieces  # "leave out staff: …"
    if any(word.low in _KEEPING_OUT | _CHANGING | _NEWEST for word in words[: colon or 0]):
        return pieces  # "teachers excluded: …", "most recent reason: …"
    if colon is None or colon + 1 >= len(words) or colon in interpreter.world.covered:
        return pieces
    heading = interpreter.content(0, colon)
    items = [place for place in interpreter.world.sentence.items if place < colon]
    labels = [place for place in items if _is_label(place, interpreter)]
    if labels != items or not (heading or labels) or not interpreter.content(colon + 1, len(words)):
        return pieces
    linked = {
        place
        for link in interpreter.world.found
        if link.end <= colon and link.score >= 0.9 and _is_as_said(link, interpreter)
        for place in range(link.first, link.end)
    }
    said_again = {word.stem for place, word in interpreter.content(colon + 1, len(words)).items()}
    extra = {place for place in heading if heading[place].stem not in said_again}
    if extra and extra <= linked and not _is_bare_name(colon, interpreter):
        return pieces
    for place in labels:
        del interpreter.world.sentence.items[place]
    title = interpreter.world.sentence.said(0, colon)
    interpreter.context.assume(f"“{title}” is taken as the name of the audience.")
    interpreter.context.used.update(range(colon + 1))
    return tuple(
        replace(piece, first=max(piece.first, colon + 1))
        for piece in pieces
        if piece.end > colon + 1
    )


def _is_label(place: int, interpreter: Interpreter) -> bool:
    """ "Second purchase push", "Expansion list (Q2)", "wave 2": part of a name, no condition."""
    end, item = interpreter.world.sentence.items[place]
    words = interpreter.words
    if isinstance(item, Number) and place and words[end].text in (":", "-", "–", "—"):
        return words[place - 1].is_word and not is_action(words[place - 1].stem)
    bracketed = place > 0 and words[place - 1].text == "(" and words[end].text == ")"
    if isinstance(item, Calendar):
        return bracketed
    holiday = isinstance(item, Vague) and item.subject in ("holiday", "season")
    return holiday or isinstance(item, Ordinal) or item.text.lower() == "once"


def _is_bare_name(colon: int, interpreter: Interpreter) -> bool:
    """ "Churn risk: …": the heading calls a field that is no yes or no, and says nothing of it."""
    return any(
        not link.values
        and link.term is None
        and link.audience is None
        and any(each.score >= 0.99 and type_of(each.entry) != "boolean" for each in link.names)
        and not any(each.score >= 0.99 and type_of(each.entry) == "boolean" for each in link.names)
        for link in interpreter.world.found
        if link.end <= colon
    )


def _is_as_said(link: Link, interpreter: Interpreter) -> bool:
    """Whether the heading calls something by its very name: not "Families" where a value is Family."""
    said = joined(interpreter.world.sentence.said(link.first, link.end))
    if interpreter.is_plain_subject(link.end) and link.score >= 0.9:
        return True  # "dashboard users: …", whatever the value's own ending is
    if link.names or link.audience is not None or link.term is not None or link.length > 1:
        return True
    return any(joined(each.value) == said for each in link.values)


def _cut_sequences(piece: Piece, interpreter: Interpreter) -> Iterator[Piece]:
    if piece.inner:
        yield replace(piece, inner=prepared(piece.inner, interpreter))
        return
    words, sentence = interpreter.words, interpreter.world.sentence
    for place in range(piece.first, piece.end):
        if place in interpreter.world.covered or _inside_name(place, interpreter):
            continue
        if place in piece.connector.places:
            continue  # "within 3 months after that had …": read with what it joins
        low = words[place].low
        rest = interpreter.content(place + 1, piece.end)
        if _is_behind(place, piece, interpreter):
            interpreter.context.used.update(range(place, piece.end))
            piece = replace(piece, end=place, connector=replace(piece.connector, then=True))
            break
        if low in _FOLLOWED and place > piece.first and not rest:
            interpreter.context.used.add(place)
            piece = replace(piece, connector=replace(piece.connector, then=True))
            continue
        if low == "since" and _is_of_all_time(place, piece.end, interpreter):
            said = interpreter.world.sentence.said(place, piece.end)
            interpreter.context.assume(f"“{said}” is at any time.")
            interpreter.context.used.update(range(place, piece.end))
            piece = replace(piece, end=place)
            break
        if low in ("after", "before", "since", "following", "prior") and rest:
            later = low in ("after", "since", "following")
            yield from _cut_subject(replace(piece, end=place), interpreter)
            yield Piece(
                Connector(after=later, before=not later, places=(place,)), place + 1, piece.end
            )
            return
        if low in ("of", "from") and rest and _ends_length(place, interpreter):
            yield from _cut_subject(replace(piece, end=place), interpreter)
            yield Piece(Connector(after=True, places=(place,)), place + 1, piece.end)
            return
    del sentence
    yield from _cut_subject(piece, interpreter)


def _is_of_all_time(place: int, end: int, interpreter: Interpreter) -> bool:
    """ "since they joined", where no event tells when that was: whatever they did, they did since then."""
    if any(is_joining(each) for each in interpreter.world.lexicon.events):
        return False
    said = {word.stem for word in interpreter.content(place + 1, end).values()}
    timed = any(place < first < end for first in interpreter.world.sentence.items)
    return said <= _JOINING and not timed


_JOINING = frozenset(stem(each) for each in ("join", "signup", "register"))


def _inside_name(place: int, interpreter: Interpreter) -> bool:
    """ "3 days before arrival": inside the whole name of a number."""
    return any(
        link.first < place < link.end - 1
        and any(
            e.score >= _WHOLE and getattr(e.entry.field, "type", "") == "number" for e in link.names
        )
        for link in interpreter.world.found
    )


_WHOLE = 0.99


def _is_behind(place: int, piece: Piece, interpreter: Interpreter) -> bool:
    """ "within 24 hours of it", "in the 30 days after that": of what was told before, to the end."""
    words = interpreter.words
    low = words[place].low
    said = [word.low for word in words[place + 1 : piece.end] if word.is_word]
    pointed = not said or (len(said) <= 2 and all(each in _POINTING for each in said))
    if place == piece.first or not pointed or low not in ("after", "since", "of", "following"):
        return False
    if any(each in interpreter.world.covered for each in range(place, piece.end)):
        return False
    if low in ("of", "following"):
        return bool(said) and _ends_length(place, interpreter)
    return low == "after" or (low == "since" and not said)


def _ends_length(place: int, interpreter: Interpreter) -> bool:
    """Whether "within 7 days" ends right before this word."""
    for first, (end, item) in interpreter.world.sentence.items.items():
        if end == place and first < place and isinstance(item, Within | Length):
            return True
    return False


def _cut_subject(piece: Piece, interpreter: Interpreter) -> Iterator[Piece]:
    """ "gold members in Spain": what stands before the noun, and what stands after it."""
    if piece.first >= piece.end:
        return
    noun = None
    for place in range(piece.first, piece.end):
        if place in interpreter.world.covered or _inside_link(place, interpreter):
            continue
        if _inside_event(place, interpreter):
            continue
        if interpreter.is_plain_subject(place):
            before = interpreter.content(piece.first, place).values()
            noun = None if any(is_action(word.stem) for word in before) else place
            break
    if noun is None:
        yield piece
        return
    if (
        noun + 1 < piece.end
        and not interpreter.content(noun + 1, piece.end)
        and interpreter.content(piece.first, noun)
    ):
        yield replace(piece, connector=replace(piece.connector, subject=True))
        return
    first = replace(piece, end=noun + 1, connector=replace(piece.connector, subject=True))
    negations = tuple(
        each
        for each in range(piece.first, noun)
        if each not in interpreter.world.covered and interpreter.is_negation(each)
    )
    if negations and not interpreter.content(piece.first, noun) and noun + 1 < piece.end:
        # "but not those from the US" keeps these out
        connector = replace(
            piece.connector, minus=True, places=(*piece.connector.places, *negations)
        )
        yield Piece(connector, noun + 1, piece.end)
        return
    yield first
    if noun + 1 < piece.end:
        yield Piece(Connector(post=True), noun + 1, piece.end)


def _inside_link(place: int, interpreter: Interpreter) -> bool:
    return any(
        link.first <= place < link.end and link.length > 1 and link.score >= 0.7
        for link in interpreter.world.found
    )


def _inside_event(place: int, interpreter: Interpreter) -> bool:
    """ "a guest pass", "customer service": the first of two nouns of what was done."""
    words = interpreter.words
    after = words[place + 1] if place + 1 < len(words) else None
    if after is None or not after.is_word or is_past(after) or words[place].low[-1:] == "s":
        return False
    pair = {words[place].stem, after.stem}
    lexicon = interpreter.world.lexicon
    return any(pair <= {*each.words, *each.about} for each in lexicon.events_like([after.stem]))


_POINTING = frozenset(["it", "that", "this", "them", "which", "one", "doing", "so"])
_FOLLOWED = frozenset(["after", "since", "followed", "follows", "ensued"])
_CHANGING = frozenset(["forget", "drop", "scrap", "remove", "not", "instead", "never"])
_NEWEST = frozenset(["recent", "latest"])
_KEEPING_OUT = frozenset(["excluded", "excepted", "except", "without", "excluding"])
