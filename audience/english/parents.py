"""Parents are people with children, and "childless" is without any: where only the one or the other is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from audience.english.lexicon import Lexicon
from audience.english.tokens import stem

if TYPE_CHECKING:
    from audience.english.sentence import Word


def as_parents(words: Sequence[Word], lexicon: Lexicon) -> list[Word]:
    """`words` with parents as what the workspace calls them: "with children", or children as "parents"."""
    named = lexicon.name_vocabulary
    if any(each.words == (_PARENT,) for each in lexicon.yes_or_no()):
        own, said = _PARENT, _PARENTS if any(map(lexicon.knows, _CHILD)) else _FAMILY
    elif _CHILD & named and not lexicon.knows(_PARENT):
        own, said = "children", _PARENTS
    else:
        return list(words)
    found: list[Word] = []
    for word, before in zip(words, [None, *words], strict=False):
        apart = before is not None and before.low in _OF_OTHERS
        if word.quoted or apart or (word.low not in said and word.low != "childless"):
            found.append(word)
            continue
        if before is not None and before.low == "a":
            found.pop()  # "a mum or dad"
        denied = before is not None and (before.low == "not" or before.low.endswith("n't"))
        found += [replace(word, low=own, stem=stem(own))] if denied else _parted(word, own)
    return found


def _parted(word: Word, own: str) -> list[Word]:
    if own == _PARENT and word.low != "childless":
        return [replace(word, low=own, stem=own)]
    middle = word.start + 1  # one word as two, each with a part of its letters
    low = "without" if word.low == "childless" else "with"
    return [
        replace(word, low=low, stem=low, end=middle, text=low),
        replace(word, low=own, stem=stem(own), start=middle, text=own),
    ]


_PARENT = "parent"
_PARENTS = frozenset(
    [
        "parent",
        "parents",
        "mum",
        "mums",
        "mom",
        "moms",
        "dad",
        "dads",
        "mother",
        "mothers",
        "father",
        "fathers",
    ]
)
_FAMILY = _PARENTS | {"child", "children", "kid", "kids"}
_CHILD = frozenset(map(stem, ("child", "kids")))
_OF_OTHERS = frozenset(["for", "their", "his", "her", "by", "to", "your"])  # "a gift for mum"
