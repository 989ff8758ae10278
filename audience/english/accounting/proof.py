"""All the checks of a reading, put together."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from audience.english.accounting.age_groups import of_other_things
from audience.english.accounting.astray import gone_astray
from audience.english.accounting.beside import far_off
from audience.english.accounting.better import named_better
from audience.english.accounting.borrowed import borrowed
from audience.english.accounting.callings import of_elsewhere
from audience.english.accounting.clauses import told_of_others
from audience.english.accounting.contrary import taken_back
from audience.english.accounting.counted import miscounted
from audience.english.accounting.deeds import other_deeds
from audience.english.accounting.done_to import done_to_others
from audience.english.accounting.effects import without_effect
from audience.english.accounting.evidence import unproven
from audience.english.accounting.gaps import gaps
from audience.english.accounting.grounds import groundless
from audience.english.accounting.half_said import half_said
from audience.english.accounting.leaves import leaves
from audience.english.accounting.lengths import lasting
from audience.english.accounting.numbers import lost_literals
from audience.english.accounting.objects import wrong_objects
from audience.english.accounting.polarity import (
    lost_exceptions,
    lost_negations,
    lost_switches,
    made_up,
    overreaching,
    split_nouns,
    spread_over,
)
from audience.english.accounting.relations import of_relations
from audience.english.accounting.rivals import rivals
from audience.english.accounting.scopes import unclear_scopes
from audience.english.accounting.siblings import torn_apart
from audience.english.accounting.small_words import passed_over
from audience.english.accounting.split_events import split_events
from audience.english.accounting.states import mere_states
from audience.english.accounting.steps import out_of_step
from audience.english.accounting.sums import added_amiss
from audience.english.accounting.to_spare import conditions_to_spare
from audience.english.accounting.weighed import unweighed
from audience.english.accounting.words import lost_words
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.sentence import Sentence
from audience.english.whether import WHETHER
from audience.query import Boolean


def lost(
    tree: Boolean | None,
    words: Sentence,
    lexicon: Lexicon,
    found: Sequence[Link],
    *,
    used: Iterable[int],
    content: Collection[int],
    negations: Iterable[int],
    lead_end: int = 0,
    known: Collection[str] = (),
    assumed: Sequence[str] = (),
    accounts: bool = False,
    whole: Collection[int] = (),
) -> set[int]:
    """Places of words that were taken and are not in the tree, or that came to what they do not say.

    `content` are the words that a condition must account for, `used` those that were taken. Before
    `lead_end` stands a polite beginning; `known` are events that an earlier prompt was about, and
    `assumed` what is said to be taken for granted: words quoted there are accounted for.
    `whole` are words that were read all together: each was held to its condition then.
    """
    if tree is None:
        return set()
    taken = set(used)
    leaf_by_leaf = leaves(tree, words)
    granted = set(whole) | {
        place
        for place, word in enumerate(words.words)
        if word.granted is not None or word.low == WHETHER
    }
    every = [leaf for leaf in leaf_by_leaf if not leaf.places & granted]
    told = _quoted(words, assumed)
    known = {*known, *(e for e in lexicon.by_event if any(f"” means {e}" in a for a in assumed))}
    traits = lexicon.accounts if accounts else lexicon.users
    refusals = {each.field.name for each in traits if each.refuses}
    gone = (
        lost_literals(every, words, taken)
        | miscounted(every, words, lexicon)
        | far_off(every, words, lexicon)
        | lost_negations(leaf_by_leaf, taken & set(negations), refusals)
        | lost_switches(every, words, refusals)
        | lost_exceptions(leaf_by_leaf, words)
        | done_to_others(every, words, lexicon)
        | of_other_things(every, words, lexicon)
        | overreaching(every, words)
        | made_up(every, words)
        | spread_over(every, words)
        | split_nouns(every, words)
        | lost_words(every, words, lexicon, found, (taken & set(content)) - told)
        | passed_over(every, words, lexicon, found, lead_end)
        | unproven(every, words, lexicon, found, known)
        | groundless(every, words, lexicon, found, known, accounts=accounts)
        | (without_effect(every, words, lexicon, accounts=accounts) - told)
        | torn_apart(every, words, lexicon, found, assumed)
        | gaps(words)
        | unclear_scopes(tree, words)
        | mere_states(every, words, lexicon, known, lead_end)
        | wrong_objects(every, words, lexicon, found)
        | added_amiss(every, words, lexicon)
        | (set[int]() if accounts else of_relations(every, words, lexicon))
        | taken_back(every, words, lexicon)
        | unweighed(every, words, lexicon, found)
        | borrowed(every, words, lexicon, found, known)
        | named_better(every, words, lexicon, found, known, accounts=accounts)
        | gone_astray(every, words, lexicon, found)
        | half_said(every, words, lexicon, found, known)
        | split_events(every, words, lexicon)
        | (set[int]() if accounts else of_elsewhere(every, words, lexicon, found))
        | lasting(every, words)
        | told_of_others(every, words)
        | out_of_step(every, words)
        | other_deeds(every, words, lexicon, found, known)
        | conditions_to_spare(every, words, lexicon, found)
        | rivals(every, words, lexicon, found, known, accounts=accounts)
    )
    return gone - set(whole)


def _quoted(words: Sentence, assumed: Sequence[str]) -> set[int]:
    """The places of words that an assumption quotes."""
    said = {
        word.lower()
        for text in assumed
        for phrase in re.findall("“([^”]+)”", text)
        for word in phrase.split()
    }
    return {place for place, word in enumerate(words.words) if word.text.lower() in said}
