"""A verb that says more than that something was done, where the event that it came to tells of another deed.

Who left a club did not join it, and who "sent two e-mails" clicked no link. Such verbs go with so many
nouns that reading a piece passes over them; here they have to be told by the event.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from audience.english.accounting.fields import entries_of, means, values_of
from audience.english.accounting.leaves import Leaf
from audience.english.accounting.makings import is_making
from audience.english.accounting.small_words import small_words
from audience.english.events import is_of_root
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.schema import Entry, likeness, stemmed
from audience.english.sentence import Sentence, low_at
from audience.english.tokens import stem


def other_deeds(
    every: list[Leaf],
    words: Sentence,
    lexicon: Lexicon,
    found: Sequence[Link],
    known: Collection[str],
) -> set[int]:
    """Places of such verbs; `known` are events that an earlier prompt was about."""
    lost = set[int]()
    for leaf in every:
        events = leaf.events()
        if not events or leaf.is_named(found) or {each.name for each in events} & set(known):
            continue
        entries = entries_of(leaf.tree, lexicon)
        values = {word for value in values_of(leaf.nodes()) for word in stemmed(value)}
        for place in leaf.places - set(words.covered()):
            said = words.words[place].stem
            if said not in _DEEDS or said in values or _is_parted(words, place):
                continue
            if is_making(words, place, leaf, lexicon):
                continue
            if not any(_tells(said, each) for each in entries):
                lost.add(place)
    return lost


def _tells(verb: str, entry: Entry) -> bool:
    """Whether the field may be meant by the verb."""
    if verb == _RECEIVE:
        own = {*entry.words, *entry.about}
        return not own & _GIVEN or any(likeness(verb, each) for each in own)
    return means(verb, entry) or any(is_of_root(verb, each) for each in entry.words)


def _is_parted(words: Sentence, place: int) -> bool:
    """ "sent back", "sent something back": another deed, and told by both words."""
    near = {low_at(words.words, place + 1), low_at(words.words, place + 2)}
    return bool(near & {"back", "returned"})


_DEEDS = frozenset(map(stem, small_words("deeds")))
_GIVEN = frozenset(map(stem, small_words("given")))
_RECEIVE = stem("receive")
