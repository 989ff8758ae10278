"""A value of one letter, or a number that is a code, beside a word of its field's name."""

from __future__ import annotations

from collections.abc import Sequence

from audience.catalog import EventField
from audience.english.lexicon import Lexicon, ValueLink
from audience.english.sentence import Word


def lettered(inside: Sequence[Word], lexicon: Lexicon) -> list[ValueLink]:
    """ "grade A", "B customers", "first class"."""
    if (number := _ORDINALS.get(inside[0].low)) is not None:
        return [
            ValueLink(each, number, 1.0, each.event)
            for each in lexicon.fields_like((inside[1].stem,))
            if inside[1].stem in each.words
            and getattr(each.field, "type", "") == "text"
            and not isinstance(each.field, EventField)
            and number in each.field.stats.values
        ]
    for letter, noun in (inside, inside[::-1]):
        if len(letter.text) != 1 or not letter.text.isupper() or len(noun.text) == 1:
            continue
        found = [
            ValueLink(each, letter.text, 1.0, each.event)
            for each in lexicon.fields_like((noun.stem,))
            if noun.stem in each.words
            and not isinstance(each.field, EventField)
            and letter.text in each.field.stats.values
        ]
        if found:
            return found
    return []


_ORDINALS = {"first": "1", "1st": "1", "second": "2", "2nd": "2", "third": "3", "3rd": "3"}
