"""A sentence cut at its connectors into pieces, each read by itself; parentheses nest."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Literal

from audience.english.literals.items import Length, Within
from audience.english.openings import left_out, opening, proviso, without_not
from audience.english.sentence import Sentence, Word, frame_words, low_at

Op = Literal["none", "comma", "and", "or"]


@dataclass(frozen=True)
class Connector:
    """What stands before a piece."""

    op: Op = "none"
    but: bool = False  # "but", "however": binds looser than and/or
    minus: bool = False  # "except", "excluding"
    relative: bool = False  # "who", "that", "whose"
    with_: bool = False  # "with", "having"
    without: bool = False
    then: bool = False  # in sequence after what came before
    either: bool = False
    comma: bool = False  # a comma stood here too
    line: bool = False  # a new line or bullet
    post: bool = False  # after the noun that everything is said of
    subject: bool = False  # that noun is said again here
    after: bool = False  # "after …ing": what comes here came first
    before: bool = False  # "before …ing": what comes here came later
    aside: bool = (
        False  # "patrons, or friends who …": with all that follows, beside what came before
    )
    group: bool = False  # "plus anyone who …": these people beside all of before
    verbal: bool = False  # a verb follows: "and have …", "and are …" is said of the same people
    ends: Op = "none"  # what the list of this comma ends with, where only nouns are in it
    slash: bool = False  # " / ", of which only what it parts tells whether it is an "or"
    places: tuple[int, ...] = ()

    @property
    def empty(self) -> bool:
        return replace(self, places=(), comma=False) == Connector()

    @property
    def opens(self) -> bool:
        """Whether what follows stands beside all that came before, not in its list."""
        return self.op == "none"


@dataclass(frozen=True)
class Piece:
    """The words `[first, end)`, or the pieces of a parenthesis."""

    connector: Connector
    first: int
    end: int
    inner: tuple[Piece, ...] = field(default=())


_EXCEPT = {
    ("other", "than"), ("apart", "from"), ("except", "for"), ("aside", "from"), ("leave", "out"),
    ("leaving", "out"), ("but", "exclude"), ("but", "excluding"), ("filter", "out"), ("not", "counting"),
    ("not", "including"), ("with", "exception"), ("rather", "than"), ("take", "out"), ("remove", "all"),
}  # fmt: skip
_AND = {("as", "well"), ("along", "with"), ("in", "addition"), ("together", "with")}
_THEN = {
    ("after", "that"), ("afterwards",), ("afterward",), ("subsequently",), ("followed", "by"),
    ("thereafter",), ("after", "which"), ("since", "then"),
}  # fmt: skip
_EVERYBODY = frozenset(["everyone", "everybody", "all", "anyone", "anybody"])
_BUT_NOT_WORDS = frozenset({"but", "however", "though", "although", "whereas"})


def split(sentence: Sentence, protected: Collection[int]) -> tuple[Piece, ...]:
    """The pieces of the whole sentence; a connector at a `protected` place does not cut."""
    pieces, _ = _split(sentence, set(protected), 0, len(sentence.words), nested=False)
    return tuple(pieces)


def _split(
    sentence: Sentence, protected: set[int], start: int, limit: int, nested: bool
) -> tuple[list[Piece], int]:
    words = sentence.words
    pieces: list[Piece] = []
    connector = Connector()
    first = place = start
    begun = 0  # the first piece of this sentence
    soon = -1  # where "within 2 days after that" ends
    out = False  # under a heading "Exclude:", of which each line is kept out
    fresh = True  # at the beginning of a sentence
    tail: range | None = None  # "… should be excluded", at the end of this one

    def close(end: int) -> None:
        nonlocal connector
        if any(words[each].is_word or each in protected for each in range(first, end)):
            out = _kept_out(words, first, end)
            if out is not None:
                _exclude(pieces, begun, Piece(connector, first, out), tuple(range(out, end)))
                connector = Connector(line=True)
                return
            pieces.append(Piece(connector, first, end))
            connector = Connector()

    while place < limit:
        word = words[place]
        new_line = place > start and word.line != words[place - 1].line
        if new_line:
            close(place)
            first = place
            out = out and not _is_heading(words, place)
            connector = replace(connector, line=True, minus=connector.minus or out)
        fresh = fresh or new_line
        if fresh and word.is_word:
            fresh, tail = False, left_out(words, place, limit)
            connector = replace(connector, minus=connector.minus or tail is not None)
        if tail is not None and place == tail.start:
            close(place)
            without_not(words, tail)
            if pieces:
                pieces[-1] = replace(
                    pieces[-1], connector=_merged(pieces[-1].connector, {}, (*tail,))
                )
            first = place = tail.stop
            continue
        if place in protected:
            place += 1
            continue
        if word.text == "(":
            close(place)
            inner, after = _split(sentence, protected, place + 1, limit, nested=True)
            pieces.append(Piece(connector, place, after, tuple(inner)))
            connector = Connector()
            first = place = after
            continue
        if word.text == ")":
            close(place)
            if nested:
                return pieces, place + 1
            first = place = place + 1
            continue
        if word.text == ".":
            close(place)
            fresh = True
            left = len(pieces) > begun and pieces[begun].connector.minus
            connector = replace(connector, line=connector.line or left)  # "Leave out staff. Then …"
            first, begun, place = place, len(pieces), place + 1
            continue
        if (
            word.text == ":"
            and connector.minus
            and not any(each.is_word for each in words[first:place])
        ):
            out = True
        begins = pieces[begun].connector if len(pieces) > begun else connector
        if word.text == ":" and begins.minus and place > first:
            close(place)  # "Leave out staff: all admins …", "exclude anyone who …: everyone …"
            connector, first, begun, place = Connector(line=True), place + 1, len(pieces), place + 1
            continue
        step, change = _connector(words, place, first)
        if (
            not step
            and word.low == "later"
            and place > first
            and (place - 1 in protected or not _goes_on(words, place + 1, limit))
        ):
            step, change = 1, {"then": True}  # "and upgraded later", "no more than 3 days later"
        if word.low == "later" and place == first and connector.op in ("and", "comma"):
            step, change = 1, {"then": True}  # "and later cancelled it"
        off = word.low == "later" and place - 1 in protected  # "14 days later they gave"
        if step and place == soon and change.get("op") == "comma":
            protected.add(place)  # "and, within 2 days after that, added them"
            place += step
            continue
        if step and change == {"then": True} and _is_how_soon(sentence, first, place):
            off, soon = True, place + step
        ends = off or not _goes_on(words, place + step, limit)
        if step and change == {"then": True} and ends:
            connector = replace(
                connector, then=True, places=(*connector.places, *range(place, place + step))
            )
            for each in range(place, place + step):
                protected.add(each)
            place += step
            continue
        if step:
            close(place)
            places = tuple(range(place, place + step))
            connector = _merged(connector, change, places)
            place += step
            first = place
            continue
        place += 1
    close(place)
    return pieces, place


def _is_how_soon(sentence: Sentence, first: int, place: int) -> bool:
    """ "and within 3 months after that had …": the length begins the clause that it is of."""
    begins = next((each for each in range(first, place) if each in sentence.items), None)
    if begins is None or sentence.items[begins][0] != place:
        return False
    small = frame_words()["empty.aux"] | frame_words()["empty.articles"]
    return isinstance(sentence.items[begins][1], Within | Length) and all(
        each.low in small for each in sentence.words[first:begins]
    )


def _is_heading(words: list[Word], place: int) -> bool:
    """Whether the line that begins here ends with a colon."""
    line = [each for each in words[place:] if each.line == words[place].line]
    return line[-1].text == ":"


def _kept_out(words: list[Word], first: int, end: int) -> int | None:
    """Where "excluded" or "aside" begins at the end of "staff aside"; None where neither stands."""
    said = [each.low for each in words[first:end]]
    for tail in _OUT:
        noun = said[: -len(tail)]
        if tuple(said[-len(tail) :]) == tail and 0 < len(noun) <= _SHORT:
            denied = noun[-1] in _DENYING
            return None if denied else end - len(tail)
    return None


def _exclude(pieces: list[Piece], begun: int, piece: Piece, places: tuple[int, ...]) -> None:
    """ "teachers and staff excluded": the whole of the short list before it is kept out."""
    pieces.append(replace(piece, connector=_merged(piece.connector, {}, places)))
    head = len(pieces) - 1
    while (
        head > begun
        and pieces[head].connector.op in ("and", "or")
        and not pieces[head].connector.comma
        and pieces[head - 1].end - pieces[head - 1].first <= _SHORT
        and not pieces[head - 1].inner
    ):
        head -= 1
    pieces[head] = replace(pieces[head], connector=replace(pieces[head].connector, minus=True))


def _goes_on(words: list[Word], place: int, limit: int) -> bool:
    """Whether words follow before the sentence, or its next list, ends: not "… afterwards"."""
    return place < limit and (words[place].is_word and words[place].low not in ("and", "or", "but"))


def _merged(old: Connector, change: dict[str, object], places: tuple[int, ...]) -> Connector:
    op = change.get("op", old.op)
    if op == "comma" and old.op in ("and", "or"):
        op = old.op
    if old.op == "comma" and op in ("none", "and", "or"):
        op = op if op != "none" else "comma"
    merged = {**change, "op": op, "comma": old.comma or change.get("op") == "comma"}
    return replace(old, **merged, places=(*old.places, *places))  # type: ignore[arg-type]


def _points(words: list[Word], place: int) -> bool:
    """ "in that time", "of that click": no clause begins here."""
    around = words[max(0, place - 1) : place + 2]
    if len(around) < 3:
        return False
    before, that, noun = (each.low for each in around)
    pointed = noun == "same" or before in _SINCE  # "booked that same trip", "of that click"
    return that == "that" and (pointed or (before in DURING and noun in SPANS))


def _is_denied(words: list[Word], place: int) -> bool:
    """ "did not take out a policy": a verb, and no request to leave somebody out."""
    low = low_at(words, place - 1)
    return low.endswith("n't") or low in ("not", "to", "didnt", "dont", "never")


def _is_amount(words: list[Word], place: int) -> bool:
    """ "orders containing more than 5 items": whether a number begins there."""
    said = words[place : place + 1]
    return any(each.text.isdigit() or each.low in _COMPARING for each in said)


_HOLDING = frozenset(["containing", "comprising", "featuring"])
_COMPARING = frozenset(
    ["at", "more", "over", "fewer", "less", "under", "exactly", "between", "several"]
)


def _connector(words: list[Word], place: int, first: int) -> tuple[int, dict[str, object]]:
    """How many words from `place` are a connector (0: none) and what they change."""
    word = words[place]
    low = word.low if word.is_word else word.text
    after = words[place + 1].low if place + 1 < len(words) else ""
    kinds = frame_words()
    if word.quoted:
        return 0, {}
    step, change = opening(words, place, first)
    if step:
        return step, change
    step = proviso(words, place)
    if step:
        return step, {"op": "and"}
    if low == "w" and after == "/":
        third = words[place + 2].low if place + 2 < len(words) else ""
        without = third == "o" and words[place + 2].start == words[place + 1].end
        return (3, {"with_": True, "without": True}) if without else (2, {"with_": True})
    if (low, after) in _EXCEPT and not (low == "take" and _is_denied(words, place)):
        return 2, {"minus": True}
    if (low, after) in _AND:
        third = words[place + 2].low if place + 2 < len(words) else ""
        return (3 if third in ("as", "to") else 2), {"op": "and"}
    if (low, after) in _THEN:
        return 2, {"then": True}
    if low == "then" or (low,) in _THEN:
        return 1, {"then": True}
    if low == "but" and after in ("those", "the") and not _is_clause(words, place + 2):
        return 1, {"minus": True}
    if low == "with" and after == "out":
        return 2, {"with_": True, "without": True}
    if low in (",", ";"):
        return 1, {"op": "comma"}
    if low in _EXCLUSIONS and after == ":" and not _follows_a_noun(words, place):
        return 1, {"minus": True}
    if low == "but" and place and words[place - 1].low in _EVERYBODY:
        return 1, {"minus": True}  # "everyone but gold members"
    if low in _BUT_NOT_WORDS:
        return 1, {"op": "and", "but": True}
    if low == "yet" and place > first and _begins_clause(after):
        return 1, {"op": "and", "but": True}
    if low in kinds["except"]:
        return 1, {"minus": True}
    if low == "nor":
        return 1, {"op": "and", "without": True}
    if low in kinds["or"]:
        return 1, {"op": "or"}
    if low == "/" and place > first:
        return 1, {"op": "or", "slash": word.start > words[place - 1].end}
    if low == "plus" and _is_called_plus(words, place):
        return 0, {}
    if low in kinds["and"] and low not in ("also",):
        return 1, {"op": "and"}
    if low == "also" and place == first:
        return 1, {}
    if low == "either":
        return 1, {"either": True}
    if low == "both" and place == first:
        return 1, {}
    if low in kinds["relatives"] and not _points(words, place):
        held = low in _OF_A_THING and after in _HAD and _is_of_a_thing(words, place)
        return (2, {"with_": True}) if held else (1, {"relative": True})
    if low == "with" and after in _OURS:
        return 0, {}  # "stayed with us in May"
    if low in ("with", "having") or (low in _HOLDING and _is_amount(words, place + 1)):
        bound = _is_led(words, first, place) or low_at(words, place - 1) in _WITH_WHOM
        return (0, {}) if bound else (1, {"with_": True})
    if low in ("without", "lacking", "minus"):
        return 1, {"with_": True, "without": True}
    if low == "using" and place > first and _is_of_a_thing(words, place):
        return 1, {"with_": True}
    if word.text in ("-", "•", "*", "–", "—") and (
        place == 0 or words[place - 1].line != word.line or place == first
    ):
        return 1, {}
    if word.text in ("•",):
        return 1, {"line": True}
    return 0, {}


def _is_of_a_thing(words: list[Word], place: int) -> bool:
    """ "an order that used a coupon", "a purchase of 50 using a coupon": what the thing before it had."""
    kinds = frame_words()
    before = words[place - 1] if place else None
    people = kinds["subjects.users"] | kinds["subjects.accounts"] | kinds["everybody"]
    small = (
        kinds["empty.aux"] | kinds["and"] | kinds["or"] | kinds["negations"] | kinds["relatives"]
    )
    if before is None or not before.is_word or before.low in people | small:
        return False
    return not before.low.endswith(("ed", "ing", "n't")) and before.low not in _NO_THING


def _is_clause(words: list[Word], place: int) -> bool:
    """ "but the queue is empty": something is said of it, where "but the gold members" keeps out."""
    aux = frame_words()["empty.aux"]
    for at, word in enumerate(words[place : place + _CLAUSE], place):
        if not word.is_word or word.low in frame_words()["relatives"]:
            return False
        if word.low in aux - _ING or word.low.endswith("n't"):
            return at > place
    return False


def _is_led(words: list[Word], first: int, place: int) -> bool:
    """ "but never with a coupon", "and one with a coupon": that word and what it is of are one piece."""
    said = [word.low for word in words[first:place]]
    if not said or len(said) > _SHORT:
        return False
    joined = first > 0 and words[first - 1].low in _JOINTS
    return (said[-1] in _NOT and len(said) < _SHORT) or (joined and said[-1] in _SUCH)


def _begins_clause(low: str) -> bool:
    """ "yet never bought", "yet ordered twice": another clause, where "yet to order" goes on."""
    aux = frame_words()["empty.aux"] | frame_words()["negations"]
    return low in aux or low.endswith(("ed", "n't")) or low in _BEGIN_CLAUSES


def _is_called_plus(words: list[Word], place: int) -> bool:
    """ "plus members", "not on plus", "cancelled plus": what something is called, no "and"."""
    kinds = frame_words()
    before = words[place - 1] if place else None
    after = words[place + 1].low if place + 1 < len(words) else ""
    if before is None or before.low in _BEFORE_A_NAME:
        return True
    subjects = kinds["subjects.users"] | kinds["subjects.accounts"]
    if before.is_word and after in subjects - kinds["everybody"] - {"those"}:
        return True
    if before.text == "," and after == "or":
        return True  # ", plus or max pass"
    return before.low.endswith("ed") and (not after or after in _AFTER_A_NAME)


def _follows_a_noun(words: list[Word], place: int) -> bool:
    """ "teachers excluded: …": those before it are, and not what comes after."""
    before = words[place - 1] if place else None
    return before is not None and before.is_word and before.line == words[place].line


_DENYING = frozenset(["not", "never", "set", "put", "are", "were", "was", "is", "been", "be"])
_OF_A_THING = frozenset(["that", "which"])
_HAD = frozenset(["used", "included", "contained", "had", "featured", "carried"])
_NO_THING = frozenset(["of", "by", "for", "in", "from", "about", "without", "before", "after"])
_WITH_WHOM = frozenset(
    ["contact", "contacts", "meeting", "meetings", "conversation", "conversations", "interaction"]
)  # "their latest contact with support"
_OURS = frozenset(["us", "me"])
_CLAUSE = 5  # words of a noun before its verb
_NOT = frozenset(["not", "never", "none"])
_SUCH = frozenset(["one", "two", "three", "another", "once", "twice"])
_JOINTS = frozenset(["and", "or", "but", ","])
_ING = frozenset(["being", "doing", "having", "been", "done"])
_BEGIN_CLAUSES = frozenset(["they", "still", "bought", "spent", "made", "took", "gave", "paid"])
_BEFORE_A_NAME = frozenset(
    ["on", "to", "a", "the", "not", "of", "from", "all", "our", "is", "quit"]
)
_AFTER_A_NAME = frozenset(
    ["within", "in", "and", "or", "but", "because", "after", "before", "trial"]
)
_EXCLUSIONS = frozenset(
    ["exclusion", "exclusions", "excluded", "out", "suppress", "suppression", "suppressions", "not"]
)
_OUT = (
    ("excluded",),
    ("excepted",),
    ("aside",),
    ("left", "out"),
    ("taken", "out"),
    ("not", "included"),
)
_SHORT = 3  # words of a noun that "excluded" may follow
_SINCE = frozenset(["of", "after", "since", "from", "following", "for", "on", "by", "with", "at"])
DURING = frozenset(["in", "during", "within", "over", "throughout"])
SPANS = frozenset(["time", "period", "window", "timeframe", "span"])
