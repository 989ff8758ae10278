"""How many users of a company are such, or did something: conditions know any, all and none of them."""

from __future__ import annotations

from audience.english.account_clauses import People
from audience.english.literals.lexicon import NUMBERS
from audience.english.read import Read
from audience.english.sentence import frame_words
from audience.english.tokens import Token, tokens
from audience.query import AllUsers, AnyUser, Comparison, Node, Trait, walk


def counted_users(text: str, people: People, read: Read) -> str | None:
    """What is told where a number of users was asked for and no field of the company holds it."""
    words = list(tokens(text))
    groups = frame_words()["subjects.accounts"]
    begun = next((place for place, word in enumerate(words) if word.low in groups), len(words))
    for place in range(begun + 1, len(words)):
        if not people.width(words, place):
            continue
        number = _number(words, place, begun)
        if number is None:
            continue
        if _is_told_of(words, place, number) or not _is_held(read, words[number]):
            said = text[words[number].start : words[place].end]
            return _TOLD.format(said)
    return None


_TOLD = (
    "Of a company's users a condition can say that any, all or none of them are such or did something, "
    "not how many: “{}” cannot be counted. Say “any user”, “all users” or “no user”."
)


def _number(words: list[Token], noun: int, begun: int) -> int | None:
    """The place of the number of what is named at `noun`, where that is who is spoken of."""
    at = noun - 1
    while at > begun and noun - at <= MOST_BETWEEN and not _is_number(words, at):
        if not words[at].is_word or words[at].low in _ENDING:
            return None
        at -= 1
    if at <= begun or not _is_number(words, at):
        return None
    before = at - 1
    while before > begun and (
        words[before].low in _COMPARING or _is_number(words, before) or words[before].text == "+"
    ):
        before -= 1
    return at if before <= begun or words[before].low in _LEADING else None


def _is_told_of(words: list[Token], noun: int, number: int) -> bool:
    """ "with 10 users who …", "where 10 users …": something is said of them, they are no size."""
    after = words[noun + 1].low if noun + 1 < len(words) else ""
    lead = {each.low for each in words[max(0, number - MOST_BETWEEN) : number]}
    return after in ("who", "whose") or "where" in lead


def _is_number(words: list[Token], place: int) -> bool:
    low = words[place].low
    if low in _SEVERAL:
        return True
    if low in ("one", "1", "single"):
        lead = {each.low for each in words[max(0, place - 2) : place]}
        more = {each.low for each in words[place + 1 : place + 3]}
        return bool(lead & _BEYOND_ONE) and "least" not in lead and not {"or", "more"} <= more
    return low.isdigit() or low in NUMBERS


def _is_held(read: Read, number: Token) -> bool:
    """Whether a field of the company holds the number: "with more than 50 employees"."""
    return read.tree is not None and any(
        span.start <= number.start < span.end
        for node in _of_company(read.tree)
        for span in node.origin.spans
    )


def _of_company(tree: Node) -> list[Node]:
    theirs = {
        id(inner)
        for node in walk(tree)
        if isinstance(node, AnyUser | AllUsers)
        for inner in walk(node)
    }
    return [
        node
        for node in walk(tree)
        if isinstance(node, Comparison) and isinstance(node.left, Trait) and id(node) not in theirs
    ]


MOST_BETWEEN = 4
_SEVERAL = frozenset(["several", "multiple", "most", "half", "majority", "couple"])
_BEYOND_ONE = frozenset(["than", "over", "exactly", "only", "just"])
_COMPARING = frozenset([
    "at", "least", "most", "more", "fewer", "less", "than", "over", "under", "above", "below", "exactly",
    "only", "just", "up", "to", "no", "not", "between", "and", "or", "a", "the", "about", "around",
])  # fmt: skip
_LEADING = frozenset(["where", "with", "having", "have", "has", "had", "which", "whose", "that", "in", "and", "but", ",", "are", "there", "when", "of"])  # fmt: skip
_ENDING = frozenset(["and", "or", "but", "in", "on", "by", "with", "for", "from", "to", "at", "who", "that", "which", "where", "whose", "days", "times", "hours", "weeks", "months"])  # fmt: skip
