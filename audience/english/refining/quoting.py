"""The words of a prompt that a question quotes."""

from __future__ import annotations

import re

_OF_MEASURE = re.compile(
    r"No condition accounts for|can be measured|cannot be held together|^How many", re.IGNORECASE
)  # what a question about a word says, where an answer may stand for that word
QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")


def quoted(question: str, prompt: str) -> tuple[tuple[int, int], ...]:
    """Where in the prompt the words stand that a question asks to be said another way."""
    found, start = [], 0
    for words in QUOTED.findall(question.split(". ")[0]) if _OF_MEASURE.search(question) else ():
        place = prompt.find(words, start)
        if place < 0:
            return ()
        start = place + len(words)
        found.append((place, start))
    return tuple(found)
