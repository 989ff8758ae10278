"""That something was done is not what was done: "a complete profile" is no renewal that was completed."""

from __future__ import annotations

from collections.abc import Sequence

from audience.english.events import EventMatch, is_action, is_object
from audience.english.links import Link
from audience.english.making_verbs import verbs_of
from audience.english.schema import likeness
from audience.english.sentence import Word
from audience.english.tokens import stem_set


def not_only_made(matches: list[EventMatch], words: Sequence[Word]) -> list[EventMatch]:
    """`matches` without those of which only the verb of another one's noun is said: "sent an invite" of
    a complaint that was sent."""
    made = frozenset(
        verb
        for each in matches
        for noun in each.claimed
        for verb in range(max(0, noun - _NEAR), noun)
        if words[verb].stem in verbs_of(words[noun].stem)
        and all(words[between].low in _BETWEEN for between in range(verb + 1, noun))
    )
    return [each for each in matches if not each.claimed or not each.claimed <= made]


def is_only_done(match: EventMatch, words: Sequence[Word], found: Sequence[Link]) -> bool:
    """Whether all that is said of an event in the whole sentence is that something was completed."""
    if not match.claimed or not {words[place].stem for place in match.claimed} <= _DONE:
        return False
    if any(each.event == match.name for link in found for each in link.values):
        return False
    beyond = {word for word in match.entry.words if is_object(word) or is_action(word)} - _DONE
    said = {each.stem for place, each in enumerate(words) if place not in match.claimed}
    known = beyond | match.entry.about
    return bool(beyond) and not any(likeness(word, each) for word in known for each in said)


_DONE = stem_set("completed", "finished", "filled", "done", "complete")
_NEAR = 3  # words from a verb to the noun that is made
_BETWEEN = frozenset(["a", "an", "the", "any", "their", "another"])
