"""Small words that the reading may pass over and that change who is meant all the same.

Each stands for a kind of thing that a condition has to hold: the place or the things of before
("there", "the same"), a rate ("per month"), a share of all ("every one of their orders"), most of
something, what people are going to do. Where the condition does not hold it, the word is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from audience.catalog import EventField
from audience.english.accounting.fields import entries_of, means
from audience.english.accounting.leaves import Leaf, holding, is_of_others
from audience.english.data import load
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.schema import stemmed
from audience.english.sentence import Sentence, Word, frame_words, low_at
from audience.english.tokens import stem
from audience.query import Aggregate, Comparison, Events, Literal, Property, Trait, Where, walk


def passed_over(
    every: list[Leaf],
    words: Sentence,
    lexicon: Lexicon,
    found: Sequence[Link],
    lead_end: int,
) -> set[int]:
    """Places of small words that mean something here which no condition holds."""
    covered = words.covered()
    named = {
        place
        for link in found
        if link.score >= 0.99 and (link.length > 1 or link.audience or link.term)
        for place in range(link.first, link.end)
    }
    lost = set[int]()
    for place, word in enumerate(words.words):
        if place in covered or place in named or word.quoted:
            continue
        if place < lead_end and word.low not in _ALL:
            continue
        if (
            _points_back(words.words, place, every)
            or _is_rate(words.words, place, every, lexicon)
            or _is_share(words.words, place, every, lexicon)
            or _is_most(words.words, place, every, lexicon)
            or _is_not_both(words.words, place)
            or _is_at_once(words.words, place, every)
            or _is_step(words.words, place, every)
            or _is_nothing_but(words.words, place)
            or _is_by_us(words.words, place)
            or _is_our_call(words.words, place, every)
            or _is_for_others(words.words, place)
            or _is_meanwhile(words.words, place, every)
            or _is_after_nothing(words.words, place)
            or _is_something_else(words.words, place, every)
        ):
            lost.add(place)
    return lost


def _points_back(words: Sequence[Word], place: int, every: list[Leaf]) -> bool:
    """ "bought nothing there", "the same product": as before, which no condition can say."""
    low = words[place].low
    if low in _THEM and low_at(words, place - 1) == "of" and place > 2:
        if low_at(words, place - 2) in _PERIODS or holding(every, place):
            return False  # "within 30 days of it", "one of them in May"
        return low_at(words, place - 2) not in _WHOLE_OF_THEM  # "returned one of them"
    if low == "both" and low_at(words, place - 1) == "," and holding(every, place):
        return False  # "ordered twice, both by card"
    if low == "both" and place > 1:  # "but viewed both"
        ends = place + 1 == len(words) or not words[place + 1].is_word
        return ends or words[place + 1].low in _ENDS
    if low in ("that", "this") and low_at(words, place - 1) in _OF_THAT:
        noun = place + 1
        held = [leaf for leaf in holding(every, noun) if leaf.events()]
        return (
            bool(held) and low_at(words, noun) not in _PERIODS and not any(map(_is_narrowed, held))
        )
    if low == "there":
        following = words[place + 1] if place + 1 < len(words) else None
        ends = following is None or not following.is_word or following.low in _ENDS | _SO_OFTEN
        return place > 0 and ends and low_at(words, place - 1) not in _IS
    if low in _SAME and _of_parent(every, place):
        return False  # "bought the same brand": as the step before
    return low in _SAME and low_at(words, place + 1) not in _TIMES


def _of_parent(every: list[Leaf], place: int) -> bool:
    """Whether a condition that points here holds one step to be like the other."""
    nodes = [node for leaf in holding(every, place) for node in leaf.nodes()]
    return any(isinstance(node, Property) and node.of_parent for node in nodes)


def _is_narrowed(leaf: Leaf) -> bool:
    """Whether what happened is held to something."""
    return any(isinstance(node, Where) for node in leaf.nodes())


def _is_rate(words: Sequence[Word], place: int, every: list[Leaf], lexicon: Lexicon) -> bool:
    """ "10 articles a week", "every month", "per order": unless a field is by the week, or per order."""
    low, after = words[place].low, low_at(words, place + 1)
    if low == "per" or (low == "a" and after in _UNITS and _is_amount(words, place - 1)):
        noun = words[place + 1].stem if place + 1 < len(words) else ""
        return not any(
            means(noun, entry)
            and (low == "per" or len(entry.words) > 1)  # "100 a night": no nights
            for leaf in (holding(every, place - 1) or every)
            for entry in entries_of(leaf.tree, lexicon)
        )
    if low == "both" and after == "of" and _of_the_last(words, place + 1):
        return True  # "in both of the last two months": in each of them
    if low in ("every", "each") and (after in _PERIODS or _of_the_last(words, place + 1)):
        return not any(map(is_of_others, holding(every, place)))
    return low in _OFTEN and not holding(every, place)


def _is_share(words: Sequence[Word], place: int, every: list[Leaf], lexicon: Lexicon) -> bool:
    """ "opened all of our emails": a share of what happened, not that it happened."""
    if words[place].low == "everything" and low_at(words, place + 1) in _THEY:
        return True  # "returned everything they bought"
    if words[place].low not in _ALL or any(is_of_others(leaf) for leaf in holding(every, place)):
        return False
    noun = place + 1 + (low_at(words, place + 1) == "one" and low_at(words, place + 2) == "of")
    while noun < len(words) and words[noun].low in _DETERMINERS:
        noun += 1
    if noun >= len(words) or not words[noun].is_word or low_at(words, place - 1) in _BEFORE_ALL:
        return False
    if place == 0:
        sure = words[place].low != "both" and (words[place].low != "all" or noun > 1)
        return sure and _is_narrowed_noun(noun, every)
    if low_at(words, place - 1) in _ON:
        return any(means(words[noun].stem, each) for each in lexicon.events)
    if words[noun].low in frame_words()["subjects.users"] | _PERIODS | _WHOLE:
        return False
    before = words[place - 1]
    if not before.is_word:
        return False
    for leaf in every:
        if place - 1 in leaf.places and noun in leaf.places:
            entries = entries_of(leaf.tree, lexicon)
            events = [each for each in entries if isinstance(each.field, EventField)]
            if any(means(words[noun].stem, each) for each in events):
                return True
    return False


def _is_narrowed_noun(noun: int, every: list[Leaf]) -> bool:
    """ "every order above 50": of what was done, and held to something."""
    return any(leaf.events() and _is_narrowed(leaf) for leaf in holding(every, noun))


def _is_most(words: Sequence[Word], place: int, every: list[Leaf], lexicon: Lexicon) -> bool:
    """ "the most orders", "mostly buy shoes", "more than last year": compared with others, or with then.

    Not where a trait is what they mostly do: "mostly train at Bondi" of their home club.
    """
    low, after = words[place].low, low_at(words, place + 1)
    if low in _MOSTLY:
        near = {place + step for step in range(-3, 4)}
        return not any(
            _USUAL & {*entry.words, *stemmed(entry.field.description)}
            for leaf in every
            if leaf.places & near and not leaf.events()
            for entry in entries_of(leaf.tree, lexicon)
        )
    if low in ("most", "least"):
        return low_at(words, place - 1) != "at" and after not in _SINGLED_OUT
    of_two = any(
        isinstance(node, Comparison) and any(isinstance(each, Trait) for each in node.values)
        for leaf in holding(every, place)
        for node in leaf.nodes()
    )
    return low == "than" and after in _OTHERS and not of_two


def _of_the_last(words: Sequence[Word], place: int) -> bool:
    """ "each of the last 3 months"."""
    while low_at(words, place) in ("of", "the"):
        place += 1
    return low_at(words, place) in ("last", "past", "previous")


def _is_not_both(words: Sequence[Word], place: int) -> bool:
    """ "not both VIP and platinum": one of them may be so."""
    if words[place].low != "both":
        return False
    before = [low_at(words, each) for each in range(place - 2, place)]
    return any(each in frame_words()["negations"] or each.endswith("n't") for each in before)


def _is_at_once(words: Sequence[Word], place: int, every: list[Leaf]) -> bool:
    """ "1000 points or more at once": of one time, not of all together."""
    at_once = (words[place].low, low_at(words, place + 1)) in _ONE_TIME
    return at_once and any(
        isinstance(node, Comparison)
        and isinstance(node.left, Aggregate)
        and (node.left.reducer.method == "sum" or _many(node))
        for leaf in every
        if any(each < place for each in leaf.places)
        for node in leaf.nodes()
    )


def _many(node: Comparison) -> bool:
    """Whether it has to happen more than once."""
    return any(
        isinstance(each, Literal) and isinstance(each.value, Decimal) and each.value > 1
        for each in node.values
    )


def _is_step(words: Sequence[Word], place: int, every: list[Leaf]) -> bool:
    """ "bought a jacket, then footwear": one after the other, which some condition must say."""
    low = words[place].low
    followed = low == "followed" and low_at(words, place + 1) == "by"
    if low == "since":  # "and started again since"
        following = words[place + 1] if place + 1 < len(words) else None
        followed = following is None or not following.is_word or following.low in _ENDS
    if low == "later":  # "and later cancelled it"
        followed = place > 0 and words[place - 1].text.lower() in ("and", ",", "but")
    if not followed and low not in _STEPS:
        return False
    before = any(min(leaf.places, default=place) < place for leaf in every)
    return before and not any(_is_sequence(leaf) for leaf in every) and not _has_ended(every)


def _has_ended(every: list[Leaf]) -> bool:
    """Whether a thing that was done is held to not being done again in the time up to now."""
    done, ended = set[str](), set[str]()
    for leaf in every:
        for node in leaf.nodes():
            if not isinstance(node, Comparison) or not isinstance(node.left, Aggregate):
                continue
            events = node.left.events
            none = any(isinstance(each, Literal) and each.value == 0 for each in node.values)
            if isinstance(events, Events) and not none:
                done.add(events.name)
            elif isinstance(events, Events) and events.filters and node.operator == "equals":
                ended.add(events.name)
    return bool(done & ended)


def _is_sequence(leaf: Leaf) -> bool:
    """Whether something that happened is held to what happened after it."""
    return any(
        isinstance(node, Where) and any(isinstance(each, Aggregate) for each in walk(node))
        for node in leaf.nodes()
    )


def _is_by_us(words: Sequence[Word], place: int) -> bool:
    """ "cancelled by us": who did it, which no condition says."""
    return words[place].low == "by" and low_at(words, place + 1) in (
        "us",
        "you",
        "them",
        "themselves",
    )


def _is_our_call(words: Sequence[Word], place: int, every: list[Leaf]) -> bool:
    """ "we haven't spoken to them": what they did on their own says nothing of our calls."""
    low = words[place].low.split()[0]
    if low not in _CONTACTING or "we" not in {low_at(words, place - step) for step in (1, 2, 3)}:
        return False
    names = [node.name for leaf in holding(every, place) for node in leaf.events()]
    return any(not _OURS & set(stemmed(name)) for name in names)


def _is_for_others(words: Sequence[Word], place: int) -> bool:
    """ "bought a gift card for someone else": for whom, which no condition says."""
    low, after = words[place].low, low_at(words, place + 1)
    if low not in ("for", "to", "with", "on"):
        return False
    if after in ("themselves", "himself", "herself", "oneself", "others"):
        return True
    return low_at(words, place + 2) == "else" or (
        after == "another" and low_at(words, place + 2) in ("person", "one", "customer", "user")
    )


def _is_amount(words: Sequence[Word], place: int) -> bool:
    return place >= 0 and any(letter.isdigit() for letter in words[place].text)


def _is_nothing_but(words: Sequence[Word], place: int) -> bool:
    """ "watched nothing but comedies": only these, and that it happened at all."""
    if words[place].low not in ("nothing", "none") or low_at(words, place + 1) != "but":
        return False
    return low_at(words, place + 2) not in ("did", "have", "has", "who", "they", "are", "is")


def _is_after_nothing(words: Sequence[Word], place: int) -> bool:
    """ "came back after not ordering for a year": after a time in which nothing happened."""
    after = low_at(words, place + 1)
    return words[place].low in ("after", "before") and after in ("not", "never")


def _is_something_else(words: Sequence[Word], place: int, every: list[Leaf]) -> bool:
    """ "bought something else": another one, which a condition has to hold."""
    if words[place].low != "else" or low_at(words, place - 1) in ("or", "and"):
        return False
    return not any(map(is_of_others, holding(every, place)))


def _is_meanwhile(words: Sequence[Word], place: int, every: list[Leaf]) -> bool:
    """ "picked science when they joined": at the time of another thing, which no condition holds."""
    if words[place].low not in _MEANWHILE or low_at(words, place + 1) not in _THEY:
        return False
    return any(leaf.events() and 0 < min(leaf.places, default=0) - place <= 3 for leaf in every)


def small_words(name: str) -> frozenset[str]:
    """One class of `smallwords.yaml`."""
    return frozenset(load("smallwords.yaml")[name])


_SO_OFTEN = frozenset(["only", "just", "once", "twice", "again", "at", "never", "more", "less"])
_OF_THAT = frozenset(["of", "in", "with", "on", "to", "from", "for"])
_THEY = frozenset(["they", "he", "she", "that"])
_MEANWHILE = frozenset(["when", "while", "whilst"])
_ON = frozenset(["on", "for", "with"])
_THEM = frozenset(["them", "these", "those", "it"])
_WHOLE_OF_THEM = frozenset(["none", "all", "any", "most", "each"])
_STEPS = frozenset(["then", "afterwards", "afterward", "subsequently", "thereafter"])
_ONE_TIME = {("at", "once"), ("one", "go"), ("each", "time"), ("every", "time"), ("a", "time")}
_CONTACTING = small_words("contacting")
_OURS = frozenset(map(stem, small_words("contacts")))
_IS = small_words("is")
_ENDS = small_words("ends")
_SINGLED_OUT = small_words("singled_out")
_SAME = small_words("same")
_TIMES = small_words("spans")
_UNITS = frozenset(["night", "head", "seat", "person", "piece", "ticket", "item", "order", "visit"])
_PERIODS = small_words("periods")
_OFTEN = small_words("often")
_ALL = small_words("all")
_DETERMINERS = small_words("determiners")
_BEFORE_ALL = small_words("before_all")
_WHOLE = small_words("whole")
_MOSTLY = small_words("mostly")
_USUAL = frozenset(map(stem, ("main", "primary", "preferred", "favourite", "usual", "most")))
_OTHERS = small_words("others")
