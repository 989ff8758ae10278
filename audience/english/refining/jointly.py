"""Words of several prompts read as one sentence: "got a refund in August", "and haven't bought since then"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audience.english.reading import Draft, Reading, Request, Said
from audience.english.refining.forms import COMMANDS
from audience.english.subject import audience_type_of
from audience.kinds import simplified
from audience.query import Boolean, Literal, Node, Origin, Span, transformed, walk, with_origin


@dataclass(frozen=True)
class Stretch:
    """The words `[start, end)` of the prompt of a turn."""

    turn: int
    text: str
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]


def jointly(request: Request, parts: Sequence[Stretch | str]) -> Reading | None:
    """The reading of the stretches as one sentence, where it is a draft without a question."""
    from audience.english.judging import judged

    text, places = "", list[tuple[int, Stretch]]()
    for each in parts:
        words = each if isinstance(each, str) else each.words
        if not words.strip():
            continue
        text = f"{text} {words}" if text and not text.endswith(" ") else text + words
        if isinstance(each, Stretch):
            places.append((len(text) - len(words), each))
    own = replace(request, prompt=text, draft=None)
    reading = judged(own, audience_type_of(own), asking=False)
    if reading.status != "draft" or reading.unmatched or reading.root is None:
        return None
    return replace(reading, root=simplified(_placed(reading.root, places)))


def continued(request: Request, draft: Draft) -> Reading | None:
    """The prompt as the end of the one that the draft was read from, all of which still holds."""
    said = draft.said
    if said is None or said.asked or draft.root is None or COMMANDS.match(request.prompt):
        return None
    start = len(request.prompt) - len(request.prompt.lstrip())
    before = [_stretch(turn, text) for turn, text in ((said.turn, said.text), *said.later)]
    more = Stretch(request.turn, request.prompt, start, len(request.prompt))
    base = jointly(request, before) if said.later else None
    if said.later and (base is None or base.root != simplified(draft.root)):
        return None  # something else has been changed since
    reading = jointly(request, (*before, more)) or jointly(request, (*before, ",", more))
    if reading is None or reading.root is None or reading.type != draft.type:
        return None
    old, new = _told(draft.root), _told(reading.root)
    return reading if old <= new and old != new else None


def _stretch(turn: int, text: str) -> Stretch:
    only = _ONLY.match(text)
    return Stretch(turn, text, only.end() if only is not None else 0, len(text.rstrip(" .!?,;")))


_ONLY = re.compile(
    r"^\W*(?:(?:and|but|now|so|ok|please)\b\W*)*(?:only|just)\s+(?:(?:those|the ones|people|customers|users)\s+)?",
    re.IGNORECASE,
)


def goes_on(before: Draft, after: Boolean, turn: int, text: str) -> Said | None:
    """The words of a draft that only says more than the one before; None where something was changed."""
    said = before.said
    if said is None or said.asked or before.root is None or not _told(before.root) <= _told(after):
        return None
    return replace(said, later=(*said.later, (turn, text)))


def _told(tree: Boolean) -> Counter[object]:
    """The names and values of a tree."""
    return Counter(
        each.value if isinstance(each, Literal) else getattr(each, "name", None)
        for each in walk(tree)
        if isinstance(each, Literal) or isinstance(getattr(each, "name", None), str)
    )


def _placed(tree: Boolean, places: Sequence[tuple[int, Stretch]]) -> Boolean:
    """The tree with each origin in the turn that its first words are of."""

    def changed(node: Node) -> Node:
        found = [
            (each.turn, Span(start, end))
            for first, each in places
            for span in node.origin.spans
            if (start := max(span.start - first + each.start, each.start))
            < (end := min(span.end - first + each.start, each.end))
        ]
        mine = tuple(span for turn, span in found if turn == found[0][0])
        return with_origin(node, Origin(found[0][0], mine)) if found else node

    return transformed(tree, changed)
