"""What may happen is nothing that did: "a high chance of switching", "a low risk of cancelling"."""

from __future__ import annotations

from audience.english.context import World


def is_chance(world: World, place: int, *, accounts: bool) -> bool:
    """Whether the word is what a forecast is about, in the words that describe a field."""
    words = world.sentence.words
    if place < 2 or not words[place].low.endswith("ing") or words[place - 1].low != "of":
        return False
    said = {words[place - 2].stem, words[place].stem}
    people = world.lexicon.accounts if accounts else world.lexicon.users
    return any(said <= {*each.words, *each.about} for each in people)
