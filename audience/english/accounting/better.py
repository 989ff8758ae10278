"""A condition that stands on likeness alone, where another field is called just what was said.

"Scored us 9" is like a balance of points, and there is a survey with a score. A word of a field's name
or of a value is enough; a synonym, or a word of the description, is not where a name has the word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache

from audience.catalog import EventField
from audience.english.accounting.fields import entries_of, says_role, values_of
from audience.english.accounting.leaves import Leaf, holding
from audience.english.accounting.words import telling
from audience.english.context import type_of
from audience.english.events import is_of_root, is_past
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.schema import Entry, light, stemmed, weigh
from audience.english.sentence import Sentence, frame_words
from audience.english.tokens import name_words, stem
from audience.query import Reducer


def named_better(
    every: list[Leaf],
    words: Sentence,
    lexicon: Lexicon,
    found: Sequence[Link],
    known: Collection[str],
    *,
    accounts: bool,
) -> set[int]:
    """Places of words that name another field of the kind that the condition holds.

    `known` are events that an earlier prompt was about.
    """
    lost = set[int]()
    spoken = {word.stem for word in words.words}
    for leaf in every:
        if leaf.is_named(found) or {each.name for each in leaf.events()} & set(known):
            continue
        said = telling(leaf, words) or _spoken(leaf, words)
        lost |= _told_already(leaf, said, every, words, lexicon)
        lost |= _other_kinds(leaf, words, lexicon)
        if any(
            _is_sure(place, leaf, words, lexicon, found) for place in (*said, *_spoken(leaf, words))
        ):
            continue
        mine = entries_of(leaf.tree, lexicon)
        kinds = {_kind(each) for each in mine}
        for place in said:
            said_so = words.words[place].stem
            if said_so in light() or any(says_role(said_so, each) for each in mine):
                continue
            if any(_is_sure(place, each, words, lexicon, found) for each in holding(every, place)):
                continue
            if any(
                _kind(each) in kinds and each not in mine and _is_called(each, spoken)
                for each in _called(said_so, lexicon, accounts=accounts)
            ):
                lost.add(place)
    return lost


def _other_kinds(leaf: Leaf, words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "5 different categories", counted by departments where something else has a field of that name."""
    counted = {
        node.property.name
        for node in leaf.nodes()
        if isinstance(node, Reducer) and node.method == "unique" and node.property is not None
    }
    mine = [each for each in entries_of(leaf.tree, lexicon) if each.field.name in counted]
    lost = set[int]()
    for place in telling(leaf, words) if mine else ():
        said = words.words[place].stem
        plural = words.words[place].low.endswith("s")
        if not plural or any(said in (*each.words, *each.about) for each in mine):
            continue
        if any(each.words == (said,) for each in lexicon.fields_like((said,))):
            lost.add(place)
    return lost


def _told_already(
    leaf: Leaf, said: list[int], every: list[Leaf], words: Sentence, lexicon: Lexicon
) -> set[int]:
    """ "viewed the report and exported it": a flag of what was done before is called so, and no value is."""
    if len(said) != 1 or not leaf.events() or not is_past(words.words[said[0]]):
        return set()
    low, names = words.words[said[0]].low, {each.name for each in leaf.events()}
    if any(low == value.lower() for value in values_of(leaf.nodes())):
        return set()
    before = (
        lexicon.by_event.get(event.name)
        for other in every
        if min(other.places, default=0) < said[0]
        for event in other.events()
        if event.name not in names
    )
    called = any(
        low in name_words(name) and type_of(each) == "boolean"
        for entry in before
        if entry is not None
        for name, each in entry.properties.items()
    )
    return set(said) if called else set()


def _spoken(leaf: Leaf, words: Sentence) -> list[int]:
    """Its words that are no numbers, windows or small words, nor verbs that say nothing by themselves."""
    covered, kinds = words.covered(), frame_words()
    small = kinds["empty"] | {form.low for form in words.words if form.stem in _light()}
    return [
        place
        for place in sorted(leaf.places)
        if place not in covered
        and words.words[place].is_word
        and words.words[place].low not in small
    ]


def _is_sure(
    place: int, leaf: Leaf, words: Sentence, lexicon: Lexicon, found: Sequence[Link]
) -> bool:
    """Whether the word is one of a name or a value of the condition, and not only like it."""
    own = words.words[place].stem
    entries, values = entries_of(leaf.tree, lexicon), values_of(leaf.nodes())
    if any(own in stemmed(each) for each in values):
        return True
    fields = {id(each) for each in entries}
    for link in found:
        if link.first <= place < link.end and (
            any(id(each.entry) in fields and each.value in values for each in link.values)
            or any(id(each.entry) in fields and each.score >= _SURE for each in link.names)
        ):
            return True
    beside = {low.stem for low in words.words[max(0, place - 1) : place + 2]}  # "product pages"
    return any(
        any(
            word in beside or word[:_ROOT] == own[:_ROOT] or is_of_root(own, word)
            for word in each.words
        )
        or (each.opaque and own in each.about)
        for each in entries
    )


def _called(word: str, lexicon: Lexicon, *, accounts: bool) -> Iterator[Entry]:
    """The fields with the word in their names."""
    traits = lexicon.accounts if accounts else lexicon.users
    own = {id(each) for each in traits}
    for each in lexicon.fields_like((word,)):
        person = getattr(each.field, "event", None) is None
        if word in each.words and (not person or id(each) in own):
            yield each
    yield from (each for each in lexicon.events_like((word,)) if word in each.words)


def _is_called(entry: Entry, spoken: set[str]) -> bool:
    """Whether most of the name was said."""
    return sum(weigh(word) for word in entry.words if word in spoken) >= entry.weight / 2


def _kind(entry: Entry) -> str | None:
    if isinstance(entry.field, EventField):
        return "event"
    return "date" if type_of(entry) == "timestamp" else type_of(entry)


@cache
def _light() -> frozenset[str]:
    return frozenset(map(stem, frame_words()["light_verbs"]))


_SURE = 0.95
_ROOT = 5  # letters that a word and what is made of it begin with
