"""What words surely say of who people are, as pieces of the query language: a trait with the amount, the
date or the denial that stands beside it, a saved audience, a term of the glossary."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from audience.catalog import PropertyField, TraitField
from audience.english.amounts import bounds, compared, unit_scale
from audience.english.links import Link, NameLink
from audience.english.literals.items import Item
from audience.english.named_dates import is_yearly, looks_ahead
from audience.english.sentence import Word, frame_words
from audience.english.times import date_conditions, is_time
from audience.printer import show
from audience.query import And, Boolean, Comparison, Literal, Not, Trait, joined
from audience.text import quoted
from tools.modelling.linking import Linked

NAMED = 0.9  # how well words must name a field
_BEFORE = 3  # words between a denial and what it denies
_BESIDE = 2  # small words between a field and its amount


def saved_pieces(words: Linked, taken: set[int]) -> Iterator[str]:
    """Saved audiences and terms of the glossary, called as they are called; puts their words into `taken`."""
    for link in sorted(words.links, key=lambda each: -each.length):
        places = set(range(link.first, link.end))
        if places & taken:
            continue
        meant = words.terms.get(link.term) if link.term is not None else None
        if link.audience is not None:
            meant = Comparison(Trait(link.audience.key), "equals", (Literal("true"),))
        if meant is not None:
            taken |= places
            yield f"“{words.sentence.said(link.first, link.end)}”: {show(meant)}"


def named_pieces(
    words: Linked, taken: Collection[int], used: set[int], whole: set[int]
) -> Iterator[str]:
    """Traits that are named, with what they are held to; puts the places of that into `used`, and the
    words of a whole condition into `whole`. Nothing is said of words that are all in `taken`.
    """
    valued = {(link.first, link.end) for link, _ in words.values}
    for link in words.links:
        places = set(range(link.first, link.end))
        if (link.first, link.end) in valued or places <= set(taken) or not link.names:
            continue
        named = link.names[0]
        field = named.entry.field
        if named.score < NAMED or not isinstance(field, TraitField) or is_part(link, words):
            continue
        held = None
        for place, end, item in beside(link, words, used):
            held = _held(named, item, words)
            if held is not None:
                used.add(place)
                places |= set(range(place, end))
                break
        if held is None and field.type == "boolean":
            held = Comparison(Trait(field.name), "equals", (Literal("true"),))
        if held is None and _is_denied(link, words, used):
            none = field.type == "number"
            held = Comparison(
                Trait(field.name), "equals" if none else "absent", (Literal(Decimal(0)),) * none
            )
            whole |= places
            yield f"“no {words.sentence.said(link.first, link.end)}”: {show(held)}"
            continue
        if held is None:
            yield f"“{words.sentence.said(link.first, link.end)}”: {show(Trait(field.name))}"
            continue
        whole |= places
        first, last = min(places), max(places)
        held = denied(held, link, words, used)
        yield f"“{words.sentence.said(first, last + 1)}”: {words.shown(held)}"


def consent_pieces(words: Linked, whole: set[int]) -> Iterator[str]:
    """What people agreed to or refused, as "opted out of e-mail"; puts its words into `whole`."""
    for place, word in enumerate(words.sentence.words):
        if word.granted is not None:
            whole.add(place)
            yield f"“{words.sentence.said(place, place + 1)}”: {words.shown(word.granted.tree)}"


def valued_pieces(words: Linked, taken: Collection[int], used: set[int]) -> Iterator[str]:
    """Values of traits that are said and that nothing has taken yet; those of a list as any of them."""
    listed: list[tuple[list[Link], TraitField, list[str]]] = []
    for link, values in words.values:
        if is_subject(link, words) or is_part(link, words):
            continue
        if set(range(link.first, link.end)) <= set(taken):
            continue
        traits = [each for each in values if isinstance(each.entry.field, TraitField)]
        likeliest = (traits or values)[0]  # of what was done nothing is said that could have it
        field = likeliest.entry.field
        if isinstance(field, PropertyField):
            where = f"property({quoted(field.name)}) in .where of event({quoted(field.event)})"
            said = words.sentence.said(link.first, link.end)
            yield f"“{said}”: {where} = {quoted(likeliest.value)}"
        elif isinstance(field, TraitField):
            if listed and listed[-1][1] == field and _is_listed(listed[-1][0][-1], link, words):
                listed[-1][0].append(link)
                listed[-1][2].append(likeliest.value)
            else:
                listed.append(([link], field, [likeliest.value]))
    for links, field, texts in listed:
        literals = tuple(map(Literal, dict.fromkeys(texts)))
        several = "one_of" if len(literals) > 1 else "equals"
        operator = "contains" if field.type == "list" else several
        held = denied(Comparison(Trait(field.name), operator, literals), links[0], words, used)
        yield f"“{words.sentence.said(links[0].first, links[-1].end)}”: {words.shown(held)}"


def _is_listed(before: Link, link: Link, words: Linked) -> bool:
    """Whether nothing but "or", "and" and commas stands between two values."""
    kinds = frame_words()
    joining = kinds["and"] | kinds["or"] | kinds["empty.articles"] | {","}
    return all(each.low in joining for each in words.sentence.words[before.end : link.first])


def is_subject(link: Link, words: Linked) -> bool:
    """Whether the words only say that it is people."""
    subjects = frame_words()["subjects.users"] | frame_words()["subjects.accounts"]
    return all(each.low in subjects for each in words.sentence.words[link.first : link.end])


def is_part(link: Link, words: Linked) -> bool:
    """Whether more words around it surely name a field."""
    return any(
        other.first <= link.first
        and link.end <= other.end
        and other.length > link.length
        and any(each.score >= NAMED for each in other.names)
        for other in words.links
    )


def beside(link: Link, words: Linked, used: Collection[int]) -> list[tuple[int, int, Item]]:
    """Amounts and times beside the words, the nearest first, with nothing but small words between."""
    found = []
    for place, (end, item) in words.sentence.items.items():
        if place in used or item.ask is not None:
            continue
        if place >= link.end:
            between, gap = words.sentence.words[link.end : place], place - link.end
        elif end <= link.first:
            between, gap = words.sentence.words[end : link.first], link.first - end + 1
        else:
            between, gap = [], 0
        if gap <= _BESIDE and not any(_parts(each) for each in between):
            found.append((gap, place, end, item))
    return [(place, end, item) for _, place, end, item in sorted(found, key=lambda each: each[:2])]


def denied(held: Boolean, link: Link, words: Linked, used: set[int]) -> Boolean:
    """With the "not", "without" or "except" before the words, which is put into `used`."""
    return Not(held) if _is_denied(link, words, used) else held


def _is_denied(link: Link, words: Linked, used: set[int]) -> bool:
    excepting = frame_words()["except"]
    for place in range(max(0, link.first - _BEFORE), link.first):
        denies = place in words.denials or words.sentence.words[place].low in excepting
        between = words.sentence.words[place + 1 : link.first]
        if denies and place not in used and not any(map(_parts, between)):
            used.add(place)
            return True
    return False


def _held(named: NameLink, item: Item, words: Linked) -> Boolean | None:
    """The trait held to an amount or to days; None where its values are no such thing."""
    field, said = named.entry.field, list(words.sentence.words)
    assert isinstance(field, TraitField)
    left = Trait(field.name)
    if field.type == "number" and bounds(item) and getattr(item, "unit", None) != "times":
        return compared(left, item, unit_scale(named.entry, item, words.sentence.text))
    if field.type not in ("date", "timestamp") or not is_time(item):
        return None
    rows = date_conditions(
        left,
        field.type,
        item,
        yearly=is_yearly(named, said, item),
        ahead=looks_ahead(said, named, words.today),
        today=words.today,
    )
    return joined(And, tuple(rows)) if rows else None


def _parts(word: Word) -> bool:
    """Whether a word says something of its own, or begins another part of the sentence."""
    kinds = frame_words()
    if word.low in kinds["and"] | kinds["or"] | kinds["but"] | {",", ";"}:
        return True
    return word.is_word and word.low not in kinds["empty"] | kinds["subjects.users"]
