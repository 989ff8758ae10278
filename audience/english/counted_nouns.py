"""The noun of a number: what it counts, as its description begins."""

from __future__ import annotations

from audience.english.schema import Entry
from audience.english.sentence import frame_words
from audience.english.tokens import name_words, stem


def what_is_counted(entry: Entry) -> frozenset[str]:
    """ "Pages of the file", "Kilowatt hours billed": the noun, not what that is of or what was done to it."""
    words = name_words(entry.field.description)
    if len(words) > 1 and words[0] in _NUMBER and words[1] == "of":
        words = words[2:]
    stops = frame_words()["empty.prepositions"]
    ends = next(
        (
            place
            for place, word in enumerate(words)
            if word in stops or (place and word[-2:] == "ed")
        ),
        len(words),
    )
    return frozenset(stem(word) for word in words[:ends])


_NUMBER = frozenset(["number", "count", "amount", "total", "sum", "how", "many"])
