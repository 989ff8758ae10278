"""What others are or did is nothing of the people themselves: "whose employer pays", "whose dog is 8".

A relation needs a field of its own. A flag, a count or an event of the people tells nothing of what
their employer, teacher or child is or did; nor does a date of birth that is another's tell their age.
"""

from __future__ import annotations

from collections.abc import Sequence

from audience.english.accounting.fields import entries_of
from audience.english.accounting.leaves import Leaf, holding
from audience.english.accounting.small_words import small_words
from audience.english.events import is_action, is_past
from audience.english.in_full.said import called
from audience.english.lexicon import Lexicon
from audience.english.literals.items import Range
from audience.english.schema import Entry, stemmed
from audience.english.sentence import Sentence, Word, frame_words, low_at
from audience.english.tokens import stem


def of_relations(every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """Places of words for others of whom no condition tells, and of ages that are another's."""
    lost = set[int]()
    for place, word in enumerate(words.words):
        if word.low in _RELATIONS and low_at(words.words, place - 1) == "whose":
            held = holding(every, place)
            if _does_something(place, words.words):
                lost |= (
                    {place} if not any(_tells_of(each, word, lexicon) for each in every) else set()
                )
            elif held and not any(_is_field_of(each, word, lexicon) for each in held):
                lost.add(place)
    return lost | _ages(every, words, lexicon)


def _does_something(place: int, words: Sequence[Word]) -> bool:
    """ "whose employer pays": a verb of its own, and no "is"."""
    after = words[place + 1] if place + 1 < len(words) else None
    if after is None or after.low in _IS:
        return False
    return is_past(after) or is_action(after.stem) or after.low in _HAVE


def _tells_of(leaf: Leaf, word: Word, lexicon: Lexicon) -> bool:
    """Whether what happened is told of that other: "a friend became a customer"."""
    return bool(leaf.events()) and any(
        stem(word.low) in {*each.words, *each.about} for each in entries_of(leaf.tree, lexicon)
    )


def _is_field_of(leaf: Leaf, word: Word, lexicon: Lexicon) -> bool:
    """Whether a field holds what is told of that other, and not only that there is one."""
    entries = entries_of(leaf.tree, lexicon)
    return any(
        getattr(each.field, "type", None) not in ("boolean", "number")
        or len(set(each.words) - {word.stem} - _COUNTS) > 0
        for each in entries
        if word.stem in {*each.words, *each.about}
    ) or not any(word.stem in {*each.words, *each.about} for each in entries)


def _ages(every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "clients over 60 years old" of the animal's birth date, "children under 5" of their number."""
    lost = set[int]()
    spoken = {word.stem for word in words.words}
    for place, (_, item) in words.items.items():
        aged = isinstance(item, Range) and (
            item.unit == "years_old"
            or (
                low_at(words.words, place - 1) in _RELATIONS
                and item.text.lower().startswith(_SOUNDING)
            )
        )
        for leaf in holding(every, place):
            entries = entries_of(leaf.tree, lexicon)
            owners = [
                _owner(each)
                for each in entries
                if each.role == "date_of_birth" and called(each) not in spoken
            ]
            if any(
                owner and not owner & (spoken | _told_before(every, place, lexicon))
                for owner in owners
            ):
                lost.add(place)
            if aged and entries and not any(_is_of_age(each) for each in entries):
                lost.add(place)
    return lost


def _told_before(every: list[Leaf], place: int, lexicon: Lexicon) -> set[str]:
    """What the condition right before the place is about: "cats over 10" are the animals of a species."""
    near = set(range(max(0, place - _NEAR), place))
    return {
        word
        for leaf in every
        if leaf.places & near and place not in leaf.places
        for each in entries_of(leaf.tree, lexicon)
        for word in (*each.words, *each.about)
    }


def _is_of_age(entry: Entry) -> bool:
    """Whether the field can tell how old somebody or something is."""
    dated = getattr(entry.field, "type", None) in ("date", "timestamp")
    return dated or bool(_AGES & {entry.role, *entry.words, *entry.about})


def _owner(entry: Entry) -> set[str]:
    """Whose birth date it is, where that is not the people's own: "of the first animal"."""
    if entry.role != "date_of_birth":
        return set()
    said = entry.field.description.lower().split()
    at = next((each + 1 for each in range(len(said)) if said[each] == "of"), len(said))
    people = {stem(each) for each in frame_words()["subjects.users"]}
    nouns = {each for each in stemmed(" ".join(said[at:])) if each not in _SMALL}
    return set() if not nouns or nouns & people or nouns <= _BIRTH else nouns


_RELATIONS = small_words("relations")
_IS = frozenset(["is", "are", "was", "were", "isn't", "aren't"])
_HAVE = frozenset(["has", "have", "had", "pays", "does", "did"])
_COUNTS = frozenset(stem(each) for each in ("number", "count", "cnt", "total", "is", "has"))
_NEAR = 3  # words between what is told of and its age
_SOUNDING = ("under", "over", "below", "above", "between", "aged", "older", "younger")
_AGES = frozenset(["age", "year_born", "date_of_birth", "year", "old", stem("aged")])
_SMALL = frozenset(stem(each) for each in ("the", "a", "an", "their", "first", "main", "last"))
_BIRTH = frozenset(stem(each) for each in ("birth", "date", "day", "year", "born"))
