"""How far "or", "plus" and a last "who" reach, where the sentence does not say and the people differ."""

from __future__ import annotations

from audience.english.accounting.leaves import leaves
from audience.english.sentence import Sentence, frame_words
from audience.english.times import is_time
from audience.english.tree_edits import has_window
from audience.query import And, Boolean, Or


def unclear_scopes(tree: Boolean, words: Sentence) -> set[int]:
    """Places of the words whose reach is not told."""
    return _plus_anyone(tree, words) | _reaching_back(tree, words) | _headed(tree, words)


def _plus_anyone(tree: Boolean, words: Sentence) -> set[int]:
    """ "VIPs, plus anyone with 5 orders": these as well, not these of them."""
    kept_out = frame_words()["except"]
    if words.words and words.words[0].start > _BLANK:
        return set()  # a part of a prompt: what stood before it says how it is meant
    if isinstance(tree, Or) or any(word.low in kept_out for word in words.words):
        return set()
    first = min((min(each.places, default=0) for each in leaves(tree, words)), default=0)
    return {
        place
        for place, word in enumerate(words.words)
        if place > first
        and word.low in _ANYONE
        and words.words[place - 1].low in ("plus", "and", "also")
    }


def _reaching_back(tree: Boolean, words: Sentence) -> set[int]:
    """ "A or B who did C", "A or B, in the UK": does what comes last hold for A, too?"""
    if not isinstance(tree, Or) or not isinstance(tree.items[-1], And):
        return set()
    last = [leaf for part in tree.items[-1].items for leaf in leaves(part, words)]
    before = [
        place for part in tree.items[:-1] for leaf in leaves(part, words) for place in leaf.places
    ]
    if len(last) < 2 or not before or not last[-1].places or not last[0].places:
        return set()
    either = [
        place
        for place in range(max(before) + 1, min(last[0].places))
        if words.words[place].low == "or"
    ]
    if not either:
        return set()
    start = min(last[-1].places)
    lead = [words.words[place] for place in range(max(0, start - 2), start)]
    comma = words.words[either[0] - 1].text == ","
    relative = any(word.low in ("who", "that") for word in lead)
    trailing = any(word.text == "," for word in lead)
    return {either[0]} if not comma and (relative or trailing) else set()


def _headed(tree: Boolean, words: Sentence) -> set[int]:
    """ "texts in the past 14 days: three sent, clicks zero": the time before the colon is of them all."""
    colon = next((place for place, word in enumerate(words.words) if word.text == ":"), 0)
    times = {place for place, (_, item) in words.items.items() if is_time(item)}
    headed = {place for place in times if place < colon}
    if len(headed) != 1 or len(times) != 1:
        return set()
    done = [leaf for leaf in leaves(tree, words) if leaf.events()]
    after = [leaf for leaf in done if any(place > colon for place in leaf.places)]
    if not any(headed & leaf.places for leaf in after):
        return set()
    return headed if any(not has_window(leaf.tree) for leaf in after) else set()


_BLANK = 3  # letters; a part of a prompt keeps its place
_ANYONE = frozenset(["anyone", "anybody", "everyone", "everybody"])
