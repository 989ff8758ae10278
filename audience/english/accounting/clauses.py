"""What is told of something in a clause of its own, and is no further condition of the people.

"The seats they bought", "a ticket that was not about billing", "4 stars for a trip with them", "one voucher,
and it was a gift": a verb, a topic or a noun within what another condition holds.
"""

from __future__ import annotations

from audience.english.accounting.leaves import Leaf, holding
from audience.english.accounting.words import telling
from audience.english.events import is_past
from audience.english.sentence import Sentence, frame_words, low_at
from audience.query import Aggregate, Comparison, Literal, Not, Trait, Where


def told_of_others(every: list[Leaf], words: Sentence) -> set[int]:
    """Places of words that are of another condition's thing, and came to a condition of their own."""
    lost = set[int]()
    for leaf in every:
        said = telling(leaf, words)
        if said and leaf.events():
            lost |= _they_did(said[0], leaf, every, words) | _about(said[0], leaf, words)
        if said and _is_there(leaf):
            lost |= _within(said, leaf, every, words)
        lost |= _it_was(leaf, words) | _part_of(leaf, words)
    return lost


def _they_did(verb: int, leaf: Leaf, every: list[Leaf], words: Sentence) -> set[int]:
    """ "the seats they bought": which seats, and not that anything was bought."""
    if not is_past(words.words[verb]) or min(leaf.places) < verb:
        return set()
    they = verb - 1
    while low_at(words.words, they) in ("have", "had", "ever", "already"):
        they -= 1
    if low_at(words.words, they) != "they" or max(leaf.places) > verb:
        return set()
    noun = they - 1
    of_traits = any(not each.events() for each in holding(every, noun))
    return {verb} if of_traits and words.words[noun].is_word else set()


def _about(first: int, leaf: Leaf, words: Sentence) -> set[int]:
    """ "a ticket that was not about billing": what it was about, and no bill."""
    before = first - 1
    while low_at(words.words, before) in frame_words()["empty.articles"]:
        before -= 1
    one_more = low_at(words.words, before - 1) in ("something", "anything", "one", "another")
    if low_at(words.words, before) not in _ABOUT or one_more:
        return set()  # "and something about ships": one more of what was done
    done = any(is_past(words.words[place]) for place in leaf.places if place < before)
    return set() if done else {first}


def _is_there(leaf: Leaf) -> bool:
    tree = leaf.tree
    return (
        isinstance(tree, Comparison) and isinstance(tree.left, Trait) and tree.operator == "exists"
    )


def _within(said: list[int], leaf: Leaf, every: list[Leaf], words: Sentence) -> set[int]:
    """ "left 4 stars for a trip with us": the trip is of the stars, and no date that is set."""
    led = low_at(words.words, said[0] - 1) in frame_words()["empty.articles"]
    inside = any(
        min(other.places) < min(leaf.places) and max(leaf.places) < max(other.places)
        for other in every
        if other is not leaf and other.places and other.events()
    )
    return set(said) if len(said) == 1 and led and inside else set()


def _it_was(leaf: Leaf, words: Sentence) -> set[int]:
    """ "redeemed exactly one voucher, and it was a gift": of all that there were, and not of the gifts."""
    tree = leaf.tree.item if isinstance(leaf.tree, Not) else leaf.tree
    if not isinstance(tree, Comparison) or not isinstance(tree.left, Aggregate):
        return set()
    numbers = [each.value for each in tree.values if isinstance(each, Literal)]
    narrowed = any(isinstance(each, Where) for event in leaf.events() for each in event.filters)
    if tree.operator == "at_least" and numbers == [1]:
        return set()
    return {
        place
        for place in range(min(leaf.places, default=0) + 1, max(leaf.places, default=0))
        if narrowed
        and words.words[place].low in ("it", "that")
        and low_at(words.words, place + 1) in ("was", "were", "is")
        and low_at(words.words, place - 1) == "and"
    }


def _part_of(leaf: Leaf, words: Sentence) -> set[int]:
    """ "since the begining of October": a part of a time, and nothing that anybody began."""
    return {
        place
        for place in leaf.places
        if leaf.events()
        and words.words[place].low in _PARTS
        and low_at(words.words, place - 1) == "the"
        and low_at(words.words, place + 1) == "of"
        and place not in words.covered()
    }


_ABOUT = frozenset(["about", "regarding", "concerning"])
_PARTS = frozenset(["beginning", "begining", "beggining", "begin", "start"])
