"""A second look at words that nothing accounted for: values that they are a part of, near events.

A value is taken, and said so, where a place or a name in capitals is part of just one. Everything
else that is only near becomes an option of the question, so that a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from audience.catalog import AudienceType, EventField
from audience.english.context import key_of
from audience.english.lexicon import Lexicon, ValueLink
from audience.english.places import cities
from audience.english.read import Read
from audience.english.reading import Hint, Option, Request
from audience.english.schema import light, noise, stemmed
from audience.english.sentence import Sentence, Word, english_stems
from audience.english.tokens import plain, tokens
from audience.kinds import simplified
from audience.query import Boolean, Comparison, Literal, walk

Reader = Callable[[Request], Read]

_LONGEST = 3  # words of a part of a value
_MOST = 3  # near values or events that are offered
_PACKED = frozenset(["pack", "set", "pair"])
_KINDS = 12  # of a thing, where its noun means any of them
_NEAR = 0.5  # of the index: what more than one of its rankings puts first


def with_parts(request: Request, kind: AudienceType, read: Read, again: Reader) -> Read:
    """`read` once more with the values of which a place or a name is part, where there is one."""
    hints: list[Hint] = []
    if read.sentence.text != request.prompt:
        return read  # its words are those of a part of the prompt
    for run in runs(read):
        for first, end, values in _by_part(read, run, kind):
            names = {each.value for each in values}
            words = read.sentence.words[first:end]
            if len(names) == 1 and (_is_city(words) or _is_name(read.sentence, first, end)):
                hints.append(Hint(*_span(words), values=values))
                break
            beside = _beside_their_field(values, read.sentence, first, end)
            kinds = _kinds(values, read.sentence, first) if len(words) == 1 else ()
            if beside or kinds:
                hints.append(Hint(*_span(words), values=beside or kinds))
                break
    if not hints:
        return read
    better = again(replace(request, hints=(*request.hints, *hints)))
    if better.tree is None or _left(better) >= _left(read):
        return read
    for hint in hints:
        said = request.prompt[hint.start : hint.end]
        better.context.assume(f"“{said}” is read as {_meant(hint, better.tree)}.")
    return better


def _beside_their_field(
    values: Sequence[ValueLink], sentence: Sentence, first: int, end: int
) -> tuple[ValueLink, ...]:
    """ "the green tariff", "our Porto hotel": part of one value only, beside what its field is called."""
    around = {
        sentence.words[place].stem for place in (first - 1, end) if 0 <= place < len(sentence.words)
    }
    mine = tuple(
        each
        for each in values
        if any(word in around and word not in light() for word in each.entry.words)
    )
    return mine if len({each.value for each in mine}) == 1 else ()


def _kinds(values: Sequence[ValueLink], sentence: Sentence, place: int) -> tuple[ValueLink, ...]:
    """ "bought tents" where there are family tents and small ones: any of those that are called so."""
    head, before = sentence.words[place], sentence.words[place - 1].low if place else ""
    several = head.low.endswith("s") and not head.text.isupper()
    if place + 1 < len(sentence.words) and sentence.words[place + 1].text in (".", "…"):
        return ()  # "tents... well, camping products"
    if not several and before not in ("a", "an", "any", "no"):
        return ()
    rows: dict[int, list[ValueLink]] = {}
    for each in values:
        if each.event is not None and _is_head(each.value, head.stem):
            rows.setdefault(id(each.entry), []).append(each)
    return tuple(
        replace(row[0], also=tuple(each.value for each in row[1:]))
        for row in rows.values()
        if len(row) <= _KINDS
    )


def _is_head(value: str, noun: str) -> bool:
    """ "Summit Boot GTX", "Wool Sock 3-Pack" are a boot and a sock; a "Boot Dryer" is no boot."""
    said = [each for each in tokens(value) if each.is_word]
    at = next((place for place, each in enumerate(said) if each.stem == noun), len(said))
    rest = (each.text for each in said[at + 1 :] if each.low not in _PACKED)
    coded = not value.isupper()
    return at < len(said) and all((coded and e.isupper()) or not e.isalpha() for e in rest)


def _meant(hint: Hint, tree: Boolean) -> str:
    """The value, or the values, that the words of the hint came to."""
    told = {
        str(value.value)
        for node in walk(tree)
        if isinstance(node, Comparison)
        for value in node.values
        if isinstance(value, Literal)
    }
    best = next((e for e in hint.values if told >= {e.value, *e.also}), hint.values[0])
    return f"any of {', '.join((best.value, *best.also))}" if best.also else f"“{best.value}”"


def near_options(
    request: Request, kind: AudienceType, read: Read, again: Reader, *, events: bool = True
) -> tuple[Option, ...]:
    """What the first words that nothing accounted for may mean; each with its whole audience.

    Without `events` only values that the words are a part of.
    """
    found: list[Option] = []
    if read.sentence.text != request.prompt:
        return ()
    for run in runs(read):
        vain: set[tuple[object, ...]] = set()
        for hint, text in (
            *_values(read, run, kind),
            *(_events(request, read, run) if events else ()),
        ):
            if _alike(hint) in vain:
                continue
            better = again(replace(request, hints=(*request.hints, hint)))
            if better.tree is None or _left(better) >= _left(read):
                vain.add(_alike(hint))
                continue
            left = ", ".join(f"“{each.text}”" for each in better.unmatched)
            text = f"{text}, and leave out {left}" if left else text
            root = simplified(better.tree)
            if all(each.root != root for each in found):
                found.append(Option(text, root))
            if len(found) == _MOST:
                return tuple(found)
    return tuple(found)


def _alike(hint: Hint) -> tuple[object, ...]:
    """Words and fields: where one value of them accounts for nothing more, no other one does."""
    fields = tuple(sorted((id(each.entry), each.event or "") for each in hint.values))
    return hint.start, hint.end, fields, id(hint.event)


def _left(read: Read) -> int:
    """How many letters of the prompt nothing accounts for."""
    return sum(len(each.text) for each in read.unmatched)


def runs(read: Read) -> list[list[int]]:
    """The places of words that nothing accounted for, neighbours together, without literals."""
    words = read.sentence.words
    covered = read.sentence.covered()
    found: list[list[int]] = []
    for left in read.unmatched:
        run: list[int] = []
        for place, word in enumerate(words):
            inside = left.start <= word.start and word.end <= left.end
            if inside and place not in covered and word.is_word:
                run.append(place)
            elif run and inside:
                found.append(run)
                run = []
        if run:
            found.append(run)
    return found


# Values -----------------------------------------------------------------------------------------


def _values(read: Read, run: Sequence[int], kind: AudienceType) -> Iterator[tuple[Hint, str]]:
    for first, end, values in _by_part(read, run, kind):
        said, span = read.sentence.said(first, end), _span(read.sentence.words[first:end])
        for value in dict.fromkeys(each.value for each in values):
            mine = tuple(each for each in values if each.value == value)
            field = mine[0].entry.field.name
            yield Hint(*span, values=mine), f"“{said}” is {value} ({field})"


def _span(words: Sequence[Word]) -> tuple[int, int]:
    return words[0].start, words[-1].end


def _by_part(
    read: Read, run: Sequence[int], kind: AudienceType
) -> Iterator[tuple[int, int, tuple[ValueLink, ...]]]:
    """Stretches of the run, the longest first, that are part of values, with these."""
    words = read.sentence.words
    for length in range(min(_LONGEST, len(run)), 0, -1):
        for at in range(len(run) - length + 1):
            first, end = run[at], run[at + length - 1] + 1
            values = _containing(read.lexicon, words[first:end], kind)
            if values:
                yield first, end, values


def _containing(
    lexicon: Lexicon, words: Sequence[Word], kind: AudienceType
) -> tuple[ValueLink, ...]:
    stems = tuple(word.stem for word in words)
    telling = [each for each in stems if each not in light() and each not in noise()]
    if not any(len(each) > 2 and not each.isdigit() for each in telling):
        return ()
    spelt = dict.fromkeys((stems, *(stemmed(each) for each in _other_names(words))))
    found: dict[tuple[int, str], ValueLink] = {}
    for each_of in spelt:
        low = " ".join(each_of)
        for link in (*lexicon.valued(each_of, low), *lexicon.valued_by_part(each_of)):
            owner = getattr(link.entry.field, "owner", None)
            if owner is None or (owner == "account") == (kind == "accounts"):
                found[id(link.entry), link.value] = ValueLink(
                    link.entry, link.value, 0.95, link.event
                )
    return tuple(found.values())


def _other_names(words: Sequence[Word]) -> tuple[str, ...]:
    return cities().get(tuple(plain(word.text.lower()) for word in words), ())


def _is_city(words: Sequence[Word]) -> bool:
    return bool(_other_names(words))


def _is_name(sentence: Sentence, first: int, end: int) -> bool:
    """Words in capitals that are no English words and do not only begin a sentence."""
    before = sentence.words[first - 1] if first else None
    inside = sentence.words[first:end]
    return (
        before is not None
        and before.text not in ".!?:"
        and all(word.text[:1].isupper() for word in inside)
        and not any(word.stem in english_stems() for word in inside)
    )


# Events -----------------------------------------------------------------------------------------


def _events(request: Request, read: Read, run: Sequence[int]) -> Iterator[tuple[Hint, str]]:
    """The events that the index finds for the words, where it is sure enough of them."""
    said = read.sentence.said(run[0], run[-1] + 1)
    span = _span(read.sentence.words[run[0] : run[-1] + 1])
    for found in request.finder.find(said, 2 * _MOST):
        if isinstance(found.field, EventField) and found.score >= _NEAR:
            entry = read.lexicon.by_event.get(found.field.name)
            if entry is not None:
                yield Hint(*span, event=entry), f"“{said}” means {key_of(entry)}"
