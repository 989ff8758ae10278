"""How a sentence that adds to what was asked begins, or ends: "skip those who …", "… should be excluded"."""

from __future__ import annotations

from dataclasses import replace

from audience.english.sentence import Word, frame_words, low_at

Change = dict[str, object]


def opening(words: list[Word], place: int, first: int) -> tuple[int, Change]:
    """How many words from `place` on open a clause that says who is left out, or only who is meant.

    `first` is where the piece begins: nothing but polite words may stand between.
    """
    if place == 0 or not _is_beginning(words, first, place):
        return 0, {}
    low, after, third = (low_at(words, each) for each in (place, place + 1, place + 2))
    people = _people()
    if low in _SKIP and after and not after[:1].isdigit() and after not in _NO_OBJECT:
        return 1, {"minus": True}
    if low in ("keep", "rule", "cut", "weed", "throw", "kick", "hold") and after == "out":
        return 2, {"minus": True}
    if low in ("nobody", "noone") and after in _GOES_ON:
        return 1, {"minus": True}
    if (low, after) == ("no", "one") and third in _GOES_ON:
        return 2, {"minus": True}
    if (low, after, third) == ("not", "the", "ones"):
        return 3, {"minus": True}
    denied = 1 if low in ("don't", "dont") else 2 if (low, after) == ("do", "not") else 0
    wanted = denied and low_at(words, place + denied) in _WANTING
    if wanted and low_at(words, place + denied + 1) in people:
        return denied + 1, {"minus": True}
    step = 2 if low == "include" and after == "only" else 1 if low == "only" else 0
    noun = low_at(words, place + step + (low_at(words, place + step) == "the"))
    if step and noun in people:
        return step, {}
    return 0, {}


def proviso(words: list[Word], place: int) -> int:
    """How many words are an "and" that sounds like a condition: "provided that they …", "only if they …"."""
    for said in _PROVISOS:
        end = place + len(said)
        if tuple(low_at(words, each) for each in range(place, end)) != said:
            continue
        end += low_at(words, end) == "that"
        if low_at(words, end) in ("they", "they've", "they're"):
            return end - place
    return 0


def left_out(words: list[Word], start: int, limit: int) -> range | None:
    """The last words of a sentence that keep out all of it: "anyone who … must not be included"."""
    end = next((p for p in range(start, limit) if words[p].text in (".", "!", ";")), limit)
    end = next((p for p in range(start, end) if words[p].line != words[start].line), end)
    said = [word.low for word in words[start:end]]
    for tail in _TAILS:
        if len(said) > len(tail) and tuple(said[-len(tail) :]) == tail:
            begin = end - len(tail)
            while begin > start and words[begin - 1].low in _MUST:
                begin -= 1
            said_of = low_at(words, start) in _people() or begin - start <= _SHORT
            said_of = said_of and words[begin - 1].low not in frame_words()["relatives"]
            if begin > start and begin + len(tail) < end and said_of:
                return range(begin, end)
    return None


def without_not(words: list[Word], tail: range) -> None:
    """The words of the tail say by themselves that people are left out; its "not" denies nothing else."""
    for place in tail:
        words[place] = replace(words[place], low="be", stem="be")


def _is_beginning(words: list[Word], first: int, place: int) -> bool:
    polite = frame_words()["empty.lead"] | {"we", "i", "but", "and", "also"}
    return all(word.low in polite or not word.is_word for word in words[first:place])


def _people() -> frozenset[str]:
    return frozenset(frame_words()["everybody"]) | {"any", "ones"}


_SHORT = 3  # words of a noun that "should be excluded" may follow
_SKIP = frozenset(["skip", "ignore", "drop", "suppress", "discard", "disregard", "eliminate"])
_NO_OBJECT = frozenset(["it", "this", "that", "in", "on", "of", "to", "out", "off"])
_GOES_ON = frozenset(["who", "that", "with", "from", "in", "on", "whose", "without"])
_WANTING = frozenset(["want", "need", "include", "target", "contact", "count", "reach", "add"])
_PROVISOS = (("provided",), ("providing",), ("only", "if"), ("as", "long", "as"), ("so", "long", "as"))  # fmt: skip
_TAILS = (
    ("be", "excluded"), ("be", "left", "out"), ("be", "skipped"), ("be", "removed"), ("be", "suppressed"),
    ("not", "be", "included"), ("not", "be", "contacted"), ("not", "be", "in"), ("n't", "be", "included"),
)  # fmt: skip
_MUST = frozenset(["should", "must", "shall", "need", "needs", "have", "has", "are", "is", "to", "can", "may", "shouldn't", "mustn't", "all"])  # fmt: skip
