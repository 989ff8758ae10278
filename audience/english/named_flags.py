"""A field by itself: a yes or no turned round, and whether it is said to be there at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audience.english.atoms import Atom
from audience.english.context import cue
from audience.english.events import is_action
from audience.english.frames import TraitFrame
from audience.english.links import NameLink
from audience.english.outcomes import undone
from audience.english.schema import Entry, likeness
from audience.english.sentence import Word, frame_words
from audience.english.tokens import name_words, stem
from audience.english.used_when import USING, is_given

if TYPE_CHECKING:
    from audience.english.fields import Fields


def switched_off(atoms: list[Atom], step: int) -> int | None:
    """ "alerts turned off": where an "off" stands after the flag, with at most a verb between."""
    for at in range(step, min(step + 2, len(atoms))):
        if atoms[at].text in cue("off"):
            return at
        if atoms[at].kind != "word" or atoms[at].text not in cue("on_") | cue("soft"):
            return None
    return None


_ANSWERS = {"yes": True, "no": False, "y": True, "n": False}


def answered(fields: Fields, atom: Atom) -> tuple[bool, set[int]] | None:
    """ "consent yes", "consent: no": the answer that ends the piece, and its place."""
    reader = fields.reader
    words = reader.world.sentence.words
    place = atom.end
    if place < reader.piece.end and words[place].text in (":", "="):
        place += 1
    if place + 1 != reader.piece.end or words[place].low not in _ANSWERS:
        return None
    reader.pending = [each for each in reader.pending if each != place]
    reader.context.used.add(place)
    return _ANSWERS[words[place].low], set(range(atom.end, place + 1))


def is_undone(word: Word, entry: Entry) -> bool:
    """ "unresolved" of what is resolved or not."""
    return undone(word.stem) != word.stem and undone(word.stem) in entry.words


def is_negative(word: Word) -> bool:
    return word.stem in cue("negative")


def is_applied(fields: Fields, place: int, named: NameLink) -> bool:
    """ "used a coupon" of one that is described so: it was there."""
    atom = fields.reader.atoms[place]
    words = fields.reader.world.sentence.words[atom.first : atom.end]
    said = any(word.low in _APPLYING for word in words)
    return said and len(words) > 1 and named.event is not None and named.score >= _SURELY


def _is_on_it(fields: Fields, place: int) -> bool:
    """ "with the app on their phone": the thing, and not its number."""
    words, first = fields.reader.world.sentence.words, fields.reader.atoms[place].first
    return first > 1 and words[first - 2].low == "on" and words[first - 1].low in _THEIR


def is_had(fields: Fields, place: int, named: NameLink) -> bool:
    """Whether the field itself is said to be there or not: "have a phone number", "no e-mail"."""
    reader = fields.reader
    if is_applied(fields, place, named):
        return True
    if _is_noun_of_value(fields, place) or _only_describes(fields, place, named.entry):
        return False
    connector = reader.piece.connector
    words = {word.low for word in reader.piece_words()}
    if named.event is not None:
        words -= {"own", "owns"}  # "own brand products"
    denied = reader.head is not None and reader.head.negated
    if denied and named.event is not None and words & _APPLYING and words & {"when", "while"}:
        atom = reader.atoms[place]
        # "did not use a code when they signed up": and those who never did?
        reader.context.unclear.update(range(atom.first, atom.end))
    if named.event is not None and named.score >= 0.95 and words & _APPLYING:
        return True  # "used a promo code"
    if is_given(reader.world.sentence.words, reader.atoms[place].first, named):
        return True
    behind = reader.world.sentence.words[reader.atoms[place].end :][:2]
    if named.entry.role == "phone" and _is_on_it(fields, place):
        return False
    kept = [word.low for word in behind] in (["on", "file"], ["on", "record"])
    had = bool(words & _HAVING) or connector.with_ or bool(reader.pending) or kept
    own = range(reader.atoms[place].first, reader.atoms[place].end)
    doing = any(
        is_action(word.stem) and word.low not in _HAVING
        for at, word in reader.words.items()
        if at not in own
    )
    if doing and not words & _HAVING and not connector.with_:
        return False  # "did not use their card": what they did, not what they have
    if had and named.event is None and reader.head is None:
        return named.score >= (0.6 if reader.pending else 0.7)
    before = reader.context.last
    listed = isinstance(before, TraitFrame) and "exists" in str(
        getattr(before.tree, "operator", "")
    )
    absent = isinstance(before, TraitFrame) and getattr(before.tree, "operator", "") == "absent"
    return (had or listed or absent) and named.score >= 0.7


def _only_describes(fields: Fields, place: int, entry: Entry) -> bool:
    """ "own their home" of a "Home state": a word beside what the description says that the field is."""
    atom = fields.reader.atoms[place]
    said = {word.stem for word in fields.reader.world.sentence.words[atom.first : atom.end]}
    if entry.opaque or any(likeness(each, word) for each in said for word in entry.words):
        return False
    told = name_words(re.split(r"[.,:;(]", entry.field.description, maxsplit=1)[0])
    kinds = frame_words()
    small = kinds["empty.prepositions"] | kinds["empty.articles"] | kinds["relatives"]
    ends = (at for at, word in enumerate(told) if at and word in small)
    noun = told[: next(ends, len(told))][-1:]
    return bool(noun) and not any(likeness(each, stem(noun[0])) for each in said)


def _is_noun_of_value(fields: Fields, place: int) -> bool:
    """ "home insurance", "a motor policy": what the value before it is a kind of, and nothing more.

    Where the value's own field is spoken of in that word, the noun is told with the value.
    """
    reader = fields.reader
    atom, before = reader.atoms[place], reader.atoms[place - 1] if place else None
    if before is None or before.link is None or before.end != atom.first:
        return False
    own = {id(each.entry) for each in before.link.values}
    for frame in reader.frames:
        if not isinstance(frame, TraitFrame) or frame.entry is None or id(frame.entry) not in own:
            continue
        if before.first not in frame.places:
            continue
        noun = reader.world.sentence.words[atom.end - 1].stem
        known = {*frame.entry.words, *frame.entry.about}
        insured = noun in _POLICIES and known & _POLICIES
        if insured or any(likeness(noun, each) for each in known):
            reader.claim(atom, frame)
        return True
    return False


_POLICIES = frozenset(map(stem, ("policy", "insurance", "cover", "coverage")))


_SURELY = 0.85
_APPLYING = USING | {"redeemed", "redeem", "redeems"}


_HAVING = frozenset(
    [
        "have",
        "has",
        "having",
        "had",
        "with",
        "own",
        "owns",
        "gave",
        "given",
        "provided",
        "share",
        "shared",
        "added",
        "set",
        "filled",
        "known",
        "recorded",
        "told",
        "tell",
        "said",
        "missing",
        "unknown",
        "haven't",
        "hasn't",
        "don't",
        "doesn't",
        "dont",
        "doesnt",
        "connected",
        "registered",
        "left",
    ]
)
_THEIR = frozenset(["their", "his", "her", "the", "a", "my"])
