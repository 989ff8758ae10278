"""What is to be done with the audience, which says nothing of who is in it: "email customers who …"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from audience.english.data import load
from audience.english.sentence import Word, frame_words


def errand_end(words: Sequence[Word], place: int, named: Collection[int]) -> int:
    """The word after "delete", "send an SMS to", "email", where people follow; else `place`.

    `place` is where the sentence begins after its polite words, `named` are the words of values.
    """
    data = load("errands.yaml")
    asked = _behind_who_asks(words, place)
    if asked:
        return asked
    for send in range(min(place + 1, len(words))):
        behind = _behind_what_is_sent(words, send) if words[send].low in data["sends"] else 0
        if behind > place:
            return behind
    if place >= len(words) or words[place].low not in (*data["verbs"], *data["nouns"]):
        return place
    at = place + 1
    while at < len(words) and (
        words[at].low in _LEADING or (at in named and not _is_who(words, at))
    ):
        at += 1
    valued = at - 1 in named and at > place + 1
    if at >= len(words) or not (_is_who(words, at) or valued):
        return place
    if words[place].low in data["verbs"]:
        return place + 1
    led = words[place + 1].low in _LEADING
    after = words[at + 1].low if at + 1 < len(words) else ""
    people = words[at].low not in data["compounds"] and (after in _CLAUSES or valued)
    return place + 1 if led or words[at].low in data["people"] or people else place


def _behind_who_asks(words: Sequence[Word], place: int) -> int:
    """ "Housekeeping needs to know who …": where the question begins; 0 where nobody asks so."""
    kinds = frame_words()
    for verb in range(place + 1, min(place + _ASKERS, len(words) - 3)):
        if words[verb - 1].low in kinds["relatives"] or _is_who(words, verb - 1):
            return 0  # "customers who want to know who …"
        to, known, who = (words[verb + step].low for step in (1, 2, 3))
        if words[verb].stem in ("need", "want") and to == "to" and known in ("know", "see"):
            return verb + 3 if who in ("who", "which") else 0
    return 0


def errands_between(words: Sequence[Word]) -> frozenset[int]:
    """ "customers to email who …": the words of what is to be done with them, behind the noun."""
    data = load("errands.yaml")
    known = {*data["verbs"], *data["nouns"], "target"}
    return frozenset(
        each
        for place in range(1, len(words) - 2)
        if words[place].low == "to"
        and words[place + 1].low in known
        and _is_who(words, place - 1)
        and (words[place + 2].low in frame_words()["relatives"] or words[place + 2].text == ":")
        for each in (place, place + 1)
    )


def errands_of_ours(words: Sequence[Word]) -> list[range]:
    """ "…, we want to send them a card", "so that we can call them", "to offer them a voucher": the
    words of clauses that tell what is to be done with them."""
    found: list[range] = []
    for place in range(1, len(words)):
        end = _end_of_ours(words, place)
        if end and not (found and place in found[-1]):
            found.append(range(place, end))
    return found


def _end_of_ours(words: Sequence[Word], place: int) -> int:
    """Where the clause that begins at `place` ends, if it is one of what we are going to do; else 0."""
    end = place
    while (
        end < len(words) and words[end].line == words[place].line and words[end].text not in _ENDS
    ):
        end += 1
    said = [word.low for word in words[place : min(end, place + _CLAUSE)]]
    at = next((at for at, low in enumerate(said) if low in _OURS), None)
    if at is None or not set(said[:at]) <= _LEADS_TO_US:
        data = load("errands.yaml")
        known = {*data["verbs"], *data["nouns"], *data["sends"], *data["gives"]}
        done = said[:1] == ["to"] and said[1:2] and said[1] in known and said[2:3] == ["them"]
        return end if done else 0
    opens = at > 0 or not words[place - 1].is_word
    wished = any(low in _WISHED or low.endswith("'ll") for low in said[at : at + 4])
    return end if opens and wished and "them" in said[at + 1 :] else 0


def _is_who(words: Sequence[Word], place: int) -> bool:
    kinds = frame_words()
    return words[place].low in kinds["subjects.users"] | kinds["subjects.accounts"]


def _behind_what_is_sent(words: Sequence[Word], send: int) -> int:
    """ "send a reminder to everybody who …": where the people stand; 0 where there are none."""
    kinds = frame_words()
    for to in range(send + 1, min(send + _FAR, len(words))):
        if words[to].low in kinds["relatives"] or words[to].low.isdigit():
            return 0
        if words[to].low in ("to", "for"):
            at = to + 1
            while at < len(words) and words[at].low in _LEADING:
                at += 1
            return to + 1 if at < len(words) and _is_who(words, at) else 0
    return 0


_ENDS = frozenset(".;?!,()")
_CLAUSE = 12  # words from the beginning of a clause to its "them"
_OURS = frozenset(["we", "i", "we'd", "i'd", "we'll", "i'll", "we're", "i'm"])
_LEADS_TO_US = frozenset(["so", "that", "because", "as", "since", "and"])
_WISHED = frozenset(
    [
        "want",
        "wanna",
        "plan",
        "planning",
        "going",
        "will",
        "like",
        "need",
        "hope",
        "can",
        "could",
        "intend",
    ]
)
_ASKERS = 6  # words of who wants to know
_FAR = 10  # words from "send" to the "to" of who is to have it
_LEADING = frozenset(["all", "every", "each", "any", "the", "our", "those", "these", "of"])
_CLAUSES = frozenset(["who", "that", "whose", "in", "from", "with", "without", "on", "at"])
