"""What was used: "used the dashboard" of a dashboard that was opened, where another thing is what was "used"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audience.english.events import EventMatch, is_action
from audience.english.sentence import Word
from audience.english.tokens import stem_set


def of_what_was_used(matches: list[EventMatch], words: Sequence[Word]) -> list[EventMatch]:
    """`matches`, with the thing that was said before the one that only the verb "use" tells of."""
    if not matches:
        return matches
    verbs = [place for each in matches if _only_used(each, words) for place in each.claimed]
    if not verbs:
        return matches
    verb = min(verbs)
    told = [each for each in matches if _is_thing(each, words, verb)]
    if len(told) != 1:
        return matches
    used = replace(
        told[0],
        claimed=told[0].claimed | {verb},
        anchored=True,
        score=max(e.score for e in matches) + 1,
    )
    return [
        used,
        *(each for each in matches if each is not told[0] and not _only_used(each, words)),
    ]


def _only_used(match: EventMatch, words: Sequence[Word]) -> bool:
    """Whether nothing but that it was used was said of an event that is of some other thing."""
    said = {words[place].stem for place in match.claimed}
    return said <= _USE and bool(set(match.entry.words) - _USE - said)


def _is_thing(match: EventMatch, words: Sequence[Word], verb: int) -> bool:
    """Whether all that the event is of was said behind the verb, and it tells no more than its use."""
    named = [place for place in match.claimed if place > verb]
    said = {words[place].stem for place in named}
    things = {word for word in match.entry.words if not is_action(word) or word in said}
    deeds = set(match.entry.words) - things
    return bool(named) and things <= said and bool(deeds) and deeds <= _USING


_USE = stem_set("use", "used", "using")
# What is done to a thing by whoever uses it.
_USING = stem_set("use", "used", "open", "opened", "created", "triggered", "run", "ran", "launched", "viewed", "started", "generated", "visited")  # fmt: skip
