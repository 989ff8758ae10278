"""What several fields tell as well: a code that is explained like a flag, things that are counted.

"No electric car" may be a flag or a tariff; "added more than 4 things" may be how often, or how many in all.
"""

from __future__ import annotations

from collections.abc import Iterator

from audience.english.accounting.fields import entries_of, values_of
from audience.english.accounting.leaves import Leaf, leaves
from audience.english.accounting.words import telling
from audience.english.context import key_of
from audience.english.lexicon import Lexicon
from audience.english.near_ties import MOST, exchanged, happened
from audience.english.read import Read
from audience.english.reading import Option, Question
from audience.english.schema import Entry, stemmed
from audience.english.sentence import Sentence, low_at
from audience.english.tokens import stem
from audience.kinds import simplified
from audience.query import (
    Aggregate,
    Boolean,
    Comparison,
    Events,
    Literal,
    Not,
    Property,
    Reducer,
    Trait,
    Where,
)


def value_of_several(read: Read, root: Boolean, *, accounts: bool) -> Question | None:
    """The question of which field is meant, where others tell the same."""
    for leaf in leaves(root, read.sentence):
        tree = leaf.tree.item if isinstance(leaf.tree, Not) else leaf.tree
        if not isinstance(tree, Comparison) or not leaf.places:
            continue  # what an earlier turn said was asked about then
        others = [
            *_flags(leaf, tree, read, accounts),
            *_added_up(leaf, tree, read),
            *_of_interest(leaf, tree, read),
        ]
        if not others:
            continue
        first, last = (read.sentence.words[end(leaf.places)] for end in (min, max))
        words = read.sentence.text[first.start : last.end]
        options = [Option(_label(tree, read.lexicon), root)]
        for label, other in others[: MOST - 1]:
            options.append(Option(label, simplified(exchanged(root, tree, other))))
        return Question(f"“{words}” could mean several things here. Which one?", tuple(options))
    return None


def _label(tree: Comparison, lexicon: Lexicon) -> str:
    entries = entries_of(tree, lexicon)
    return key_of(entries[-1]) if entries else "as read so far"


def _flags(
    leaf: Leaf, tree: Comparison, read: Read, accounts: bool
) -> Iterator[tuple[str, Boolean]]:
    """Flags described in the very words that explain the code of the value that was taken."""
    if not isinstance(tree.left, Trait) or tree.operator != "equals":
        return
    said = {read.sentence.words[place].stem for place in telling(leaf, read.sentence)}
    own = {word for value in values_of([tree]) for word in stemmed(value)}
    mine = entries_of(tree, read.lexicon)
    names = {word for each in mine for word in each.words}
    spoken = {word.stem for word in read.sentence.words}
    if len(said) < 2 or said & own or spoken & names or any(map(_is_flag, mine)):
        return
    for each in _people(read.lexicon, accounts):
        if _is_flag(each) and not each.refuses and said <= {*each.words, *each.about}:
            yield key_of(each), Comparison(Trait(each.field.name), "equals", (Literal("true"),))


def _of_interest(leaf: Leaf, tree: Comparison, read: Read) -> Iterator[tuple[str, Boolean]]:
    """ "interested in pet insurance": who has it already need not be meant, nor is all done with it."""
    first = min(leaf.places, default=0)
    led = {low_at(read.sentence.words, place) for place in range(max(0, first - 3), first + 1)}
    if not isinstance(tree.left, Trait) or "interested" not in led:
        return
    if any(_INTERESTS & {*each.words, *each.about} for each in entries_of(tree, read.lexicon)):
        return
    often = sorted(read.lexicon.events, key=lambda each: -each.field.seen.count)
    for event in often:
        for each in event.properties.values():
            stats = getattr(each.field, "stats", None)
            for value in values_of([tree]):
                if stats is not None and value in stats.values:
                    row = Comparison(Property(each.field.name), "equals", (Literal(value),))
                    yield key_of(each), happened(event.field.name, row)


def _is_flag(entry: Entry) -> bool:
    return getattr(entry.field, "type", None) == "boolean"


def _added_up(leaf: Leaf, tree: Comparison, read: Read) -> Iterator[tuple[str, Boolean]]:
    """ "added more than 4 things": how many there were in all, where a number tells how many at a time."""
    match tree.left:
        case Aggregate(events=Events() as events, reducer=Reducer(method="count")):
            pass
        case _:
            return
    if any(isinstance(e, Where) for e in events.filters) or not _counts_things(leaf, read.sentence):
        return
    entry = read.lexicon.by_event.get(events.name)
    for each in entry.properties.values() if entry is not None else ():
        if getattr(each.field, "type", None) == "number" and _QUANTITY & set(each.words):
            summed = Aggregate(events, Reducer("sum", Property(each.field.name)))
            yield key_of(each), Comparison(summed, tree.operator, tree.values)


def _counts_things(leaf: Leaf, words: Sentence) -> bool:
    """Whether a number stands right before "things"."""
    return any(
        place in leaf.places and low_at(words.words, end) in ("things", "pieces")
        for place, (end, _) in words.items.items()
    )


def _people(lexicon: Lexicon, accounts: bool) -> tuple[Entry, ...]:
    return tuple(lexicon.accounts if accounts else lexicon.users)


_INTERESTS = frozenset(
    stem(each)
    for each in ("interest", "favorite", "favourite", "preferred", "preference", "like", "liked", "hobby",
                 "hobbies", "topic", "genre", "category", "theme", "style", "taste", "wish", "wanted", "segment")
)  # fmt: skip
_QUANTITY = frozenset(stem(each) for each in ("quantity", "qty", "units", "pieces"))
