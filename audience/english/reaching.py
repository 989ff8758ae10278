"""How far they came: "reached level 10" is 10 or more, "up to level 5" is 5 or less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audience.english.literals.items import Item, Number, Range

if TYPE_CHECKING:
    from audience.english.sentence import Word


def reached(words: list[Word], items: dict[int, tuple[int, Item]]) -> set[int]:
    """Reads bare numbers behind "reached …" and "up to …" as bounds; the words that say no more."""
    said = set[int]()
    for first, (end, item) in list(items.items()):
        if not isinstance(item, Number) or 1900 <= item.value <= 2100:
            continue
        for name in range(_NAME + 1):  # "reached 10", "reached level 10", "reached player level 10"
            at = first - name
            if at < 1 or not all(words[each].is_word for each in range(at - 1, first)):
                break
            low = words[at - 1].low
            if low in _REACHED:
                items[first] = (end, _bound(item, least=True))
                break
            if low == "to" and at > 1 and (words[at - 2].low == "up" or _led(words, at - 1)):
                begins = at - 2 if words[at - 2].low == "up" else at - 1
                led = _led(words, begins)
                if led or name:  # "up to 5" is a bound of its own already
                    items[first] = (end, _bound(item, least=led))
                    said |= set(
                        range(begins - (2 if _it(words, begins) else 1) if led else begins, at)
                    )
                break
            if low in _ENDS:
                break
    return said


def _bound(item: Number, *, least: bool) -> Range:
    known = {"start": item.start, "end": item.end, "text": item.text}
    note = f"“{item.text}” is read as {'at least' if least else 'at most'} that."
    ends = {"low": item.value} if least else {"high": item.value}
    return Range(**known, **ends, assumption=note)  # type: ignore[arg-type]


def _led(words: list[Word], place: int) -> bool:
    """Whether "made it", "got" or "climbed" stands right before."""
    before = words[place - 1].low if place else ""
    return before in _CAME or _it(words, place)


def _it(words: list[Word], place: int) -> bool:
    return (
        place > 1
        and words[place - 1].low == "it"
        and words[place - 2].low in ("made", "make", "makes")
    )


_NAME = 2
_REACHED = frozenset(["reached", "reaches", "reaching", "attained", "attaining"])
_CAME = frozenset(
    ["got", "gotten", "getting", "climbed", "advanced", "progressed", "leveled", "levelled", "rose", "moved"]
)  # fmt: skip
_ENDS = frozenset(["and", "or", "but", "with", "in", "on", "at", "who", "that", "of", "by", "for"])
