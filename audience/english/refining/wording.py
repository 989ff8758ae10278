"""What people wrap a change in, blanked: only the change is left, and every place stays as it was."""

from __future__ import annotations

import re

_AROUND = (
    re.compile(r"^\W*(?:but |and |no\W+)*the other way (?:a?round|about)\W+(?=\w)", re.I),
    re.compile(r"^\W*(?:(?:oh|hm+|ah|well|okay|ok|yes|yeah|right|hey)\b[\s,.!–—-]*)+(?=\w)", re.I),
    re.compile(r"^\W*(?:let me have|let'?s (?:say|use|take|go with)|i(?= only want\b)|(?:please )?make sure(?: that)?)\b", re.I),
    re.compile(r"(?<=only )want\b", re.I),
    re.compile(r"^\W*(?:let'?s|(?:can|could|would) you)\s+(?:just |also |please )*(?=(?:drop|remove|add|include|exclude|leave|take|change|make|keep|swap|switch|replace|narrow|widen|limit)\b)", re.I),
    re.compile(r"\bany ?more\W*$", re.I),
    re.compile(r"\b(?:counts?|(?:is|are|would be|works?) (?:fine|ok|okay|good|great))(?= (?:too|as well|also)\b)", re.I),
    re.compile(r"(?<=\w )only(?=\s*[,;])", re.I),
    re.compile(r"[\s,;.–—-]+(?:and )?(?:keep|leave) (?:the (?:rest|others?)|everything else|all else)(?: as (?:it|they) (?:is|are|was|were)| alone| the same| unchanged| untouched| in)?\W*$", re.I),
    re.compile(r"[\s,;.–—-]+(?:and )?(?:the rest|everything else|all else) (?:can |should )?(?:stays?|remains?|keeps?|is|are)(?: as (?:it|they) (?:is|are|was|were)| fine| ok| the same| unchanged| untouched| in)?\W*$", re.I),
    re.compile(r"(?:[\s,;.–—-]+(?:(?:is|are) enough|will do|should do|i mean(?:t)?|sorry|please|thanks|thank you|though|after all|i think|i guess|if possible|for now))+\W*$", re.I),
)  # fmt: skip


def plainly(text: str) -> str:
    """The change without "oh and", "I mean", "would be better", with spaces in their place."""
    for each in _AROUND:
        text = each.sub(lambda match: " " * len(match.group()), text)
    return text
