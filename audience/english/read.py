"""A whole prompt → a tree, with everything that was found on the way: `Read`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from zoneinfo import ZoneInfo

from audience.catalog import Catalog
from audience.english.accounting.harmless import harmless
from audience.english.accounting.proof import lost
from audience.english.accounting.renewed import renewed
from audience.english.accounting.said_again import said_again
from audience.english.amounts import bounds
from audience.english.became import without_states
from audience.english.borne_names import without_borne
from audience.english.coded_lengths import without_coded
from audience.english.context import Context, Tie, World, type_of
from audience.english.cycles import with_cycles
from audience.english.explained import explained
from audience.english.frames import EventFrame, TraitFrame
from audience.english.free_of import with_free
from audience.english.heads import settle
from audience.english.interpret import Interpreter
from audience.english.ladders import with_ladders
from audience.english.last_known import as_told
from audience.english.lexicon import Lexicon, lexicon_of
from audience.english.links import Link, is_sign, links
from audience.english.lists import of_either, one_list
from audience.english.literals import literals
from audience.english.literals.items import Item, Range
from audience.english.loose import with_sure, without_loose
from audience.english.means import with_means, with_times_of_day
from audience.english.paid_plans import with_paid_plans
from audience.english.parted_names import parted, without_alike
from audience.english.pieces import Connector, Piece, split
from audience.english.reading import Hint, Request, Unmatched
from audience.english.schema import stemmed
from audience.english.scope import Scope, Unit
from audience.english.sentence import Sentence, frame_words, low_at, sentence
from audience.english.some_of import with_lists
from audience.english.stated import as_stated
from audience.english.times import FOREVER
from audience.english.two_bounds import join_bounds, part_bounds
from audience.english.units import prepared, without_title
from audience.english.weekdays import weekdays
from audience.english.yes_no import in_own_codes
from audience.query import And, Between, Boolean, Duration, Node, Or, Span, transformed


@dataclass
class Read:
    """What the words of a prompt came to, before it is judged."""

    tree: Boolean | None
    other: Boolean | None  # the second reading where AND and OR meet unordered
    unmatched: tuple[Unmatched, ...]
    context: Context
    sentence: Sentence
    lexicon: Lexicon
    conditions: int = 0
    ties: list[Tie] = field(default_factory=list)


def read_text(
    request: Request,
    *,
    accounts: bool = False,
    prefer: frozenset[str] = frozenset(),
    event: EventFrame | None = None,
) -> Read:
    """Read `request.prompt` by itself, as conditions on users (or on accounts).

    `prefer` names fields that win where several fit equally well; `event` is what words without an
    event of their own modify.
    """
    catalog = request.catalog
    lexicon = lexicon_of(catalog, request.roles)
    words, found = heard(request, lexicon, accounts=accounts)
    covered = words.covered()
    today = request.as_of.astimezone(ZoneInfo(catalog.timezone)).date()
    hinted = {
        place: each.event
        for each, first, end in _hinted(request, words)
        if each.event is not None
        for place in range(first, end)
    }
    world = World(words, lexicon, catalog, tuple(found), today, covered, hinted)
    interpreter = Interpreter(world)
    interpreter.context.accounts = accounts
    interpreter.context.prefer = prefer
    interpreter.context.event = event
    cut = split(words, _protected(words, found, covered))
    parts = with_lists(without_title(cut, interpreter), interpreter)
    pieces = prepared(parts, interpreter)
    units = _units(pieces, interpreter)
    settle(interpreter)
    spans = _Spans(words)
    scope = Scope(spans, request.turn, interpreter.context.assume)
    tree = of_either(one_list(scope.tree(units), request.prompt), request.prompt)
    tree = in_history(tree, catalog.lookback_days)
    other = None
    if scope.mixed:
        second = Scope(spans, request.turn, interpreter.context.assume)
        second.tight = Or if scope.tight is And else And
        again = Interpreter(world)
        again.context.accounts, again.context.prefer = accounts, prefer
        other = in_history(second.tree(_units(pieces, again)), catalog.lookback_days)
    context = interpreter.context
    context.used -= scope.unread
    for word in words.words:
        if word.mended is not None and word.mended != word.text.lower():
            context.assume(f"“{word.text}” is read as “{word.mended}”.")
    seeded = event.places if event is not None else set[int]()
    known = frozenset(
        each.field.name for each in (*hinted.values(), *([event.entry] if event else []))
    )
    left = _left_over(words, interpreter, tree, seeded, known)
    tree, other = in_own_codes(tree, lexicon.flags), in_own_codes(other, lexicon.flags)
    tree, other = as_told(tree, lexicon.states), as_told(other, lexicon.states)
    tree, other = as_stated(tree, lexicon.nothings), as_stated(other, lexicon.nothings)
    return Read(tree, other, left, context, words, lexicon, len(units), context.ties)


def heard(
    request: Request, lexicon: Lexicon, *, accounts: bool = False
) -> tuple[Sentence, list[Link]]:
    """The words of the prompt with its literal phrases, and everything that they may name."""
    catalog = request.catalog

    def literal_phrases(text: str) -> tuple:  # type: ignore[type-arg]
        return literals(
            text, as_of=request.as_of, timezone=catalog.timezone, currency=catalog.currency
        )

    known = _phrase_words(catalog)
    words = sentence(
        request.prompt,
        lexicon,
        literal_phrases,
        catalog.timezone,
        known,
        request.settled,
        people=not accounts,
    )
    _drop_couples(words, lexicon)
    found = [each for each in links(words, lexicon, catalog) if not _is_operator(words, each)]
    found += [
        Link(first, end, values=each.values)
        for each, first, end in _hinted(request, words)
        if each.values
    ]
    found = without_alike(words, found)
    found += parted(words, found)
    found += weekdays(words.words, lexicon)
    found = with_means(words.words, found, lexicon)
    found = with_times_of_day(words, found, lexicon)
    found = with_cycles(words.words, found)
    found = with_ladders(words, found)
    found = with_free(words, found, lexicon)
    found = with_paid_plans(words, found, lexicon)
    _drop_items_in_names(words, found)
    found = without_states(words, without_coded(words, found), lexicon)
    part_bounds(words, found, lexicon)
    join_bounds(words)
    return words, with_sure(words, without_borne(words, without_loose(words.words, found), lexicon))


def _hinted(request: Request, words: Sentence) -> Iterator[tuple[Hint, int, int]]:
    """The hints with the places of their words, where those are words of what is read."""
    starts = {each.start: place for place, each in enumerate(words.words)}
    ends = {each.end: place + 1 for place, each in enumerate(words.words)}
    for each in request.hints:
        if each.start in starts and each.end in ends:
            yield each, starts[each.start], ends[each.end]


def _is_operator(words: Sentence, link: Link) -> bool:
    """ "tier IN ('gold', 'black')": no value, though one is called "in"."""
    following = words.words[link.end : link.end + 1]
    return (
        link.length == 1
        and words.words[link.first].low == "in"
        and bool(following)
        and following[0].text == "("
    )


def _phrase_words(catalog: Catalog) -> frozenset[str]:
    """The stems of glossary terms and names of saved audiences: they need no mending."""
    said = [*catalog.glossary, *(each.name for each in catalog.audiences)]
    return frozenset(word for phrase in said for word in stemmed(phrase))


def in_history(tree: Boolean | None, days: int | None) -> Boolean | None:
    """Windows with no far end reach as far back as the plan keeps events."""
    if tree is None or days is None:
        return tree
    kept = Duration(days, "day")

    def reached(node: Node) -> Node:
        open_ended = isinstance(node, Between) and node.oldest == FOREVER
        if open_ended and isinstance(node, Between) and node.newest.hours < kept.hours:
            return replace(node, oldest=kept)
        return node

    return transformed(tree, reached)


class _Spans:
    """Places of words → spans of the prompt, neighbours put together."""

    def __init__(self, words: Sentence) -> None:
        self.words = words.words

    def __call__(self, places: set[int]) -> tuple[Span, ...]:
        spans: list[Span] = []
        last = -2
        for place in sorted(each for each in places if 0 <= each < len(self.words)):
            word = self.words[place]
            if place == last + 1 and spans:
                spans[-1] = Span(spans[-1].start, word.end)
            else:
                spans.append(Span(word.start, word.end))
            last = place
        return tuple(spans)


def _units(pieces: tuple[Piece, ...], interpreter: Interpreter) -> list[Unit]:
    units: list[Unit] = []
    denied = False  # whether the piece before a parenthesis has a "not"
    named: Piece | None = None
    for piece in pieces:
        interpreter.context.used.update(piece.connector.places)
        if piece.inner:
            waiting = interpreter.context.waiting
            outside = len(waiting)
            inner = _units(piece.inner, interpreter)
            explained(units, named, inner, piece, interpreter)
            if not inner:
                del waiting[outside:]
            if any(each.says for each in inner):  # what a parenthesis says of itself stays in it
                for atom, _ in waiting[outside:]:
                    interpreter.context.unclear.update(range(atom.first, atom.end))
                del waiting[outside:]
            if denied and any(each.spent for each in inner):  # "not on mobile (iOS or Android)"
                interpreter.context.unclear.update(range(piece.first, piece.end))
            units.append(Unit(piece.connector, inner=inner))
            continue
        if named is not None and units and _is_of_either(named, piece, units[-1], interpreter):
            interpreter.context.unclear.update(piece.connector.places)
        named = piece
        denied = any(interpreter.is_negation(each) for each in range(piece.first, piece.end))
        reading = interpreter.read(piece)
        connector = piece.connector
        done = any(isinstance(each, EventFrame) for each in reading.frames)
        if connector.with_ and done and units and _is_kept_out(units[-1]):
            interpreter.context.unclear.update(
                connector.places
            )  # who is with it: those, or the rest?
        if reading.extends and reading.frames:  # the list went on, and then something else was said
            connector = Connector(post=True)
        units.append(Unit(connector, list(reading.frames), spent=reading.extends))
    for before, unit in pairwise(each for each in units if each.says):
        if unit.connector.slash and not _are_alike(before, unit):
            interpreter.context.unclear.update(unit.connector.places)
    return units


def _is_of_either(before: Piece, piece: Piece, unit: Unit, interpreter: Interpreter) -> bool:
    """ "on the small plan or on the large plan with kids": both of them, or only the last?"""
    connector = piece.connector
    if not connector.with_ or connector.op != "none" or connector.comma or not unit.spent:
        return False
    leads = interpreter.words[before.first].low in frame_words()["empty.prepositions"]
    return before.connector.op == "or" and leads


def _is_kept_out(unit: Unit) -> bool:
    """ "everybody except fleet with a quote": whether people were left out by what is known of them."""
    return unit.connector.minus and any(isinstance(each, TraitFrame) for each in unit.frames)


def _are_alike(one: Unit, other: Unit) -> bool:
    """Whether two neighbours can be one list: values of a field, things done, two flags."""
    if not one.frames or not other.frames:
        return True
    first, second = one.frames[-1], other.frames[0]
    if not isinstance(first, TraitFrame) or not isinstance(second, TraitFrame):
        return type(first) is type(second)
    types = {type_of(each.entry) for each in (first, second) if each.entry is not None}
    return first.entry is second.entry or types == {"boolean"}


def _drop_couples(words: Sentence, lexicon: Lexicon) -> None:
    """ "travel as a couple or alone": who goes together, where a value is called so, and no number."""
    kinds = frame_words()
    for first, (end, _) in list(words.items.items()):
        said = words.words[first:end]
        after = low_at(words.words, end)
        ends = not after or after in kinds["or"] | kinds["and"] | kinds["relatives"]
        couple = [each.low for each in said] == ["a", "couple"]
        if couple and ends and lexicon.valued((said[-1].stem,), said[-1].low):
            del words.items[first]


def _drop_items_in_names(words: Sentence, found: list[Link]) -> None:
    """A literal phrase inside a longer name ("7 Day Trial") is part of the name."""
    for first, (end, _) in list(words.items.items()):
        if _is_said_whole(words, first, end, found):
            del words.items[first]
            continue
        for link in found:
            covers = link.first <= first and end <= link.end and link.length > end - first
            covers = covers or _is_cut_into(words, first, end, link)
            if link.first == first and link.end == end and not words.words[first].text.isdigit():
                covers = any(
                    each.score >= 0.99 and any(letter.isalpha() for letter in each.value)
                    for each in link.values
                ) and any(letter.isdigit() for letter in words.words[first].text)
            if covers and (link.score >= 0.99 or _is_of_name(words.items[first][1], link)):
                del words.items[first]
                break


def _is_cut_into(words: Sentence, first: int, end: int, link: Link) -> bool:
    """ "in the spring newsletter": small words before a longer value, and no time of the year."""
    small = frame_words()["empty"]
    return (
        first < link.first < end < link.end
        and any(each.score >= 0.99 for each in link.values)
        and all(word.low in small for word in words.words[first : link.first])
    )


def _is_of_name(item: Item, link: Link) -> bool:
    """ "children under twelve" of a field that is called so: `children_u12`, "Children under twelve"."""
    numbers = {f"{number:f}" for _, number in bounds(item)} if isinstance(item, Range) else set()
    return any(
        item.text.lower() in each.entry.field.description.lower()
        and numbers & set(re.findall(r"\d+", each.entry.field.name))
        for each in link.names
    )


def _is_said_whole(words: Sentence, first: int, end: int, found: list[Link]) -> bool:
    """ "one way" of what is called or described so: no number."""
    if end - first > 1 or not words.words[first].text.isalpha() or end >= len(words.words):
        return False
    pair = (words.words[first].stem, words.words[end].stem)
    return any(
        link.first <= end < link.end
        and pair in (*pairwise(stemmed(each.entry.field.description)), *pairwise(each.entry.words))
        for link in found
        for each in link.names
    )


def _protected(words: Sentence, found: list[Link], covered: dict[int, int]) -> set[int]:
    """Words at which a connector does not cut: inside literal phrases and inside names and values."""
    places = set(covered)
    for link in found:
        if link.first and link.values and link.score >= 0.99 and is_sign(words, link.first - 1):
            places.update(range(link.first, link.end))  # "level = plus"
        article = link.first and words.words[link.first - 1].low in ("a", "an")
        if article and link.length == 1 and any(each.score >= 0.99 for each in link.values):
            places.add(link.first)  # "a plus plan"
        if link.length == 1 and link.score >= 0.99 and _is_before_its_noun(link, words, found):
            places.add(link.first)  # ", plus tier"
        if link.length > 1 and link.score >= 0.99:
            inner = words.words[link.first : link.end]
            if any(word.low in _JOINING for word in inner[1:-1]):
                places.update(range(link.first, link.end))
    return places


def _is_before_its_noun(link: Link, words: Sentence, found: list[Link]) -> bool:
    """ "plus tier", "plus or max": a value, and no "and", where its field's noun or another value follows."""
    fields = {id(each.entry) for each in link.values if each.score >= 0.99}
    listed = low_at(words.words, link.end) in ("or", "and")
    values = {
        other.first for other in found if any(id(each.entry) in fields for each in other.values)
    }
    if listed and link.end + 1 in values:
        return True
    return any(
        other.first == link.end
        and other.end not in values
        and any(id(each.entry) in fields and each.score >= 0.6 for each in other.names)
        for other in found
    )


_JOINING = frozenset({"and", "or", "&", "/", ",", "with", "without", "plus", "that", "-", "(", ")"})


def _left_over(
    words: Sentence,
    interpreter: Interpreter,
    tree: Boolean | None,
    seeded: set[int],
    known: frozenset[str],
) -> tuple[Unmatched, ...]:
    """Words, and literal phrases, that no condition accounts for; neighbours put together."""
    used = interpreter.context.used
    denials = [
        place
        for place in range(len(words.words))
        if interpreter.is_negation(place)
        and place not in interpreter.world.covered
        and not interpreter.is_in_name(place)
    ]
    content = set(interpreter.content(0, len(words.words)))
    world = interpreter.world
    gone = lost(
        tree,
        words,
        world.lexicon,
        world.found,
        used=used - seeded,
        content=content,
        negations=denials,
        lead_end=interpreter.lead_end,
        known=known,
        assumed=interpreter.context.assumptions,
        accounts=interpreter.context.accounts,
        whole=interpreter.context.whole,
    )
    gone -= (spare := renewed(tree, words, world.lexicon))
    used = (used - gone) | spare
    places = (content - used) | gone
    for place in range(len(words.words)):
        if place in words.items and place not in used:
            places.update(range(place, words.items[place][0]))
        if place in words.swallowed:
            places.discard(place)
        elif (
            interpreter.is_negation(place)
            and place not in used
            and place not in interpreter.world.covered
        ):
            places.add(place)
    places = {place for place in places if place in gone or not _excused(words, place)}
    rest = places - gone
    places -= said_again(content & rest, tree, words, world.lexicon, world.found)
    places -= harmless(rest, tree, words, world.lexicon, world.found)
    places |= interpreter.context.unclear
    found: list[Unmatched] = []
    last = -2
    for place in sorted(places):
        word = words.words[place]
        if found and place == last + 1:
            start = found[-1].start
            found[-1] = Unmatched(words.text[start : word.end], start, word.end)
        else:
            found.append(Unmatched(words.text[word.start : word.end], word.start, word.end))
        last = place
    return tuple(found)


def _excused(words: Sentence, place: int) -> bool:
    """A connector is part of the sentence's frame; it has been read as such."""
    low = words.words[place].low
    kinds = frame_words()
    return low in kinds["and"] | kinds["or"] | kinds["but"] | kinds["except"] | kinds[
        "relatives"
    ] or low in ("either", "both", "then", "after", "before", "without", "nor", "lacking")
