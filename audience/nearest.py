"""Names that are nearest to one that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

MOST_SUGGESTIONS = 3
_CLOSE = 75  # of 100: below it a suggestion misleads more than it helps


def nearest(name: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Up to three of `names` (name → column), best first: those that are the same column, then the like."""
    same = [each for each, column in names.items() if snake_case(name) == snake_case(column)]
    like = nearest_texts(name, names)
    return tuple(dict.fromkeys([*same, *like]))[:MOST_SUGGESTIONS]


def nearest_texts(text: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Up to three of `texts`, best first, that are spelt like `text`."""
    from rapidfuzz import fuzz, process, utils

    if len(text) > 200:
        return ()
    found = process.extract(
        text,
        list(texts),
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=MOST_SUGGESTIONS,
        score_cutoff=_CLOSE,
    )
    return tuple(each[0] for each in found)


def snake_case(name: str) -> str:
    """`Order ID` and `orderId` → order_id, as a warehouse names columns."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    return re.sub(r"[^0-9a-z]+", "_", spaced.lower()).strip("_")
