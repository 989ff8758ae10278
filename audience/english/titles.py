"""What a field is called where its name says nothing: the few words that its description begins with."""

from __future__ import annotations

import re
from functools import lru_cache

from audience.english.data import load
from audience.english.spelling import is_spelt_right
from audience.english.tokens import name_words

_CLAUSE = re.compile(r"[:.;,(—–]|\s-\s|\s(?:in|that|which|who|where)\s")
_MOST = 4  # telling words: more of them are a sentence about it, and no name
_SMALL = frozenset(load("noise.yaml")["small"])
_ASKING = frozenset(load("noise.yaml")["asking"])


@lru_cache(maxsize=32768)
def title(name: str, description: str) -> str:
    """ "order completed" of `evt_17`, "Order completed: at the till or online".

    Empty where the name has a usual English word, and where the description begins with no name.
    """
    if any(len(each) > 2 and is_spelt_right(each) for each in name_words(name)):
        return ""
    clause = _CLAUSE.split(description.strip(), maxsplit=1)[0]
    words = name_words(clause)
    telling = [each for each in words if each not in _SMALL]
    if not 0 < len(telling) <= _MOST or len(words) > 6 or words[0] in _ASKING or "=" in clause:
        return ""
    return " ".join(telling)
