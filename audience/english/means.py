"""By what means something was done, where the verb tells it, and times of day that are values.

"Called us about a bill" where an event of contacting us has the channel "phone"; "a slot in the morning".
"""

from __future__ import annotations

from collections.abc import Sequence

from audience.english.data import load
from audience.english.lexicon import Lexicon, ValueLink
from audience.english.links import Link
from audience.english.schema import likeness
from audience.english.sentence import Sentence, Word
from audience.english.weekdays import are_days


def with_means(words: Sequence[Word], found: list[Link], lexicon: Lexicon) -> list[Link]:
    """`found` with verbs of reaching us as the values that they tell: "called us" is by phone.

    Not where something that happens is called so itself: "Support Called".
    """
    told = load("means.yaml")
    for place, word in enumerate(words):
        means = told.get(word.low)
        if means is None or not _reaches_us(words, place + 1):
            continue
        values = [
            each
            for said in means
            for each in lexicon.valued((said,), said)
            if each.event is not None and _is_of_contact(each, word, lexicon)
        ]
        if values:
            found = [each for each in found if not each.first <= place < each.end]
            found.append(Link(place, place + 1, values=tuple(values)))
    return found


def tells_means(word: Word) -> bool:
    return word.low in load("means.yaml")


def _reaches_us(words: Sequence[Word], place: int) -> bool:
    """Whether "us", "our helpline" or "support" comes right behind the verb."""
    at = place
    while at < len(words) and words[at].low in ("up", "in", "to", "with", "our", "the", "customer"):
        at += 1
    return at < len(words) and words[at].low in _OURS


def _is_of_contact(value: ValueLink, word: Word, lexicon: Lexicon) -> bool:
    """Whether the value is of what somebody asks us, and that is not called as the verb is."""
    event = lexicon.by_event[value.event or ""]
    asking = any(likeness(stem, each) for stem in _CONTACT for each in event.words)
    return asking and word.stem not in event.words


def _of_event(value: ValueLink, lexicon: Lexicon) -> set[str]:
    return set(lexicon.by_event[value.event or ""].words)


def with_times_of_day(words: Sentence, found: list[Link], lexicon: Lexicon) -> list[Link]:
    """Times of day and days of the week as the values that they are: "a slot in the morning".

    Those of what happens only where that is spoken of.
    """
    said = {word.stem for word in words.words}
    added = []
    for first, (end, _) in list(words.items.items()):
        last = words.words[end - 1]
        if last.low.rstrip("s") not in _TIMES and not are_days([last.low, last.low]):
            continue
        values = [
            each
            for each in lexicon.valued((last.stem,), last.low)
            if _tells_time(each) and (each.event is None or said & _of_event(each, lexicon))
        ]
        values += [each for link in found if link.first == end - 1 for each in link.values]
        if values and all(map(_tells_time, values)):
            del words.items[first]
            added.append(Link(end - 1, end, values=tuple(values)))
    return [*(each for each in found if each.first not in {e.first for e in added}), *added]


def _tells_time(value: ValueLink) -> bool:
    """Whether all of the field's values are times of day, or all are days of the week."""
    values = getattr(getattr(value.entry.field, "stats", None), "values", ())
    times = len(values) > 1 and all(each.lower() in _TIMES for each in values)
    return value.score >= 1.0 and (times or are_days(values))


_CONTACT = ("contact", "support", "ticket", "case", "complaint", "enquiry", "inquiry")
_OURS = frozenset(["us", "support", "helpline", "hotline", "service", "helpdesk", "team"])
_TIMES = frozenset(["morning", "afternoon", "evening", "night", "noon", "midday", "midnight", "day", "lunchtime"])  # fmt: skip
