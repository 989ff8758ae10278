"""Young, old and student people are told by what is known of them, and not by what a card is called."""

from __future__ import annotations

from audience.english.accounting.fields import entries_of
from audience.english.accounting.leaves import Leaf
from audience.english.lexicon import Lexicon
from audience.english.sentence import Sentence, frame_words
from audience.english.tokens import stem, stem_set


def of_other_things(every: list[Leaf], words: Sentence, lexicon: Lexicon) -> set[int]:
    """ "youth customers", where only a railcard is one for the youth and nobody spoke of cards."""
    people = {stem(each) for each in frame_words()["subjects.users"]} | _OF_PEOPLE
    spoken = {word.stem for word in words.words}
    lost = set[int]()
    for leaf in every:
        places = {place for place in leaf.places if words.words[place].stem in _AGED}
        if not places or leaf.events():
            continue
        for entry in entries_of(leaf.tree, lexicon):
            nouns = {*entry.words, *entry.about} - _ANY_FIELD
            of_them = people & {*entry.words} or entry.role in ("age", "date_of_birth")
            if not of_them and nouns and not nouns & (spoken - _AGED):
                lost |= places
    return lost


_AGED = stem_set("youth", "young", "youngster", "senior", "adult", "pensioner")
_OF_PEOPLE = stem_set(
    "age",
    "group",
    "segment",
    "generation",
    "stage",
    "kind",
    "category",
    "born",
    "birth",
    "level",
    "seniority",
    "grade",
    "job",
    "title",
    "position",
    "career",
)
_ANY_FIELD = stem_set("type", "code", "status", "cd", "flag")
