"""The language's grammar narrowed to a vocabulary: only its names, each compared as its type allows.

The text is Lark, as `audience/grammar.lark` is, in the part of it that engines read which hold a
model to a grammar (llguidance in llama.cpp, vLLM and at OpenAI): literals, plain expressions, no
ignored blanks. Everything that it makes is text that `audience.reader` reads, in canonical spacing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from audience.catalog import EventField, FieldType, PropertyField, TraitField
from audience.operators import OPERATORS, Operator
from audience.printer import show
from audience.text import plain, quoted
from tools.modelling.amounts import Amounts
from tools.modelling.vocabulary import Vocabulary

MOST_LISTED = 200  # values; a field with more takes any text
_ORDERS = ("at_least", "equals", "greater_than", "at_most", "less_than", "differs")
_DAYS = r'"1 day" | /([2-9]|[1-9][0-9]{1,3}) days/'
_WHOLE = "/0|[1-9][0-9]{0,8}/"
_NUMBER = r"/-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?/"
_DATE = "/'(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])'/"
_STRING = r"/'[^'\\\x00-\x1f\x7f-\x9f]{1,80}'/"
_TERMINALS = r"""
MONTH: /[1-9]|1[0-2]/
SAID: /[^\n\r()'"]{3,120}/
order: " >= " | " = " | " > " | " <= " | " < "
"""


def narrowed(words: Vocabulary) -> str:
    """Lark text with the rule `start`: a query, or what is missing, or a question."""
    said = [*_amounts(words.amounts), _TERMINALS.strip()]
    return "\n".join([*_top(words), *_rules(words), *said]) + "\n"


def _top(words: Vocabulary) -> Iterator[str]:
    yield f"start: either{_instead(words)}"
    kinds = ["condition"]
    if words.type == "accounts" and (words.events or words.traits):
        kinds.append('("ANY " | "ALL ") "(" users_either ")"')
        yield from _joined("users_", ["users_condition"])
        yield _alternatives("users_condition", _of_people(words))
        own = [f"account_trait_{place}" for place, _ in enumerate(words.account_traits)]
        yield _alternatives("condition", [*own, *_members(words)] or ["users_condition"])
    else:
        yield _alternatives("condition", [*_of_people(words), *_members(words)])
    yield from _joined("", kinds)


def _instead(words: Vocabulary) -> str:
    """What may be answered in place of a query."""
    if words.unnamed == ():
        return ""
    lacks = "SAID" if words.unnamed is None else " | ".join(map(_text, words.unnamed))
    return f' | "UNKNOWN: " ({lacks}) | "ASK: " SAID'


def _joined(prefix: str, kinds: Sequence[str]) -> Iterator[str]:
    """AND, OR, NOT and parentheses over some conditions."""
    yield f'{prefix}either: {prefix}both (" OR " {prefix}both)*'
    yield f'{prefix}both: {prefix}unit (" AND " {prefix}unit)*'
    yield f'{prefix}unit: "NOT "? ({" | ".join(kinds)} | "(" {prefix}either ")")'


def _of_people(words: Vocabulary) -> list[str]:
    traits = [f"trait_{place}" for place, _ in enumerate(words.traits)]
    return [*(f"event_{place}" for place, _ in enumerate(words.events)), *traits]


def _members(words: Vocabulary) -> list[str]:
    return [_text(f"trait({quoted(each.key)}) = 'true'") for each in words.audiences]


def _rules(words: Vocabulary) -> Iterator[str]:
    for place, (event, properties) in enumerate(words.events):
        yield from _event(f"event_{place}", event, properties, words)
    for place, trait in enumerate(words.traits):
        yield from _compared(f"trait_{place}", f"trait({quoted(trait.name)})", trait, words)
    if words.type == "accounts":
        for place, trait in enumerate(words.account_traits):
            start = f"trait({quoted(trait.name)})"
            yield from _compared(f"account_trait_{place}", start, trait, words)
    after = [_text(f"event({quoted(event.name)})") for event, _ in words.events]
    if after:  # what followed, or did not
        within = '(".within(parent: " days ")")? ' if words.amounts.lengths != () else ""
        yield f'followed: ({" | ".join(after)}) {within}".count()" order WHOLE'


def _event(
    rule: str, event: EventField, properties: Sequence[PropertyField], words: Vocabulary
) -> Iterator[str]:
    start = _text(f"event({quoted(event.name)})")
    window = "window? " if words.amounts.lengths != () else ""
    yield f'{rule}: {start} (".where(" {rule}_either ")")? {window}"." {rule}_figure'
    named = [f"{rule}_{place}" for place, _ in enumerate(properties)]
    if words.amounts.dates != ():
        named.append(f"{rule}_when")
        yield f'{rule}_when: "context(\'timestamp\')" (" >= " | " < ") DATE'
    yield from _joined(f"{rule}_", [*named, "followed"])
    figures = ['"count()" order WHOLE']
    for place, each in enumerate(properties):
        said = f"property({quoted(each.name)})"
        yield from _compared(f"{rule}_{place}", said, each, words)
        unique = _text(f"unique({said}).count()")
        figures.append(f"{unique} order WHOLE")
        if each.type == "number":
            folds = " | ".join(
                _text(f"{fold}({said})") for fold in ("sum", "avg", "max", "min", "last", "first")
            )
            figures.append(f"({folds}) order NUMBER")
    yield f"{rule}_figure: {' | '.join(figures)}"


def _compared(
    rule: str, start: str, field: PropertyField | TraitField, words: Vocabulary
) -> Iterator[str]:
    """A field with every comparison that its type allows."""
    values = list(_values(field, words))
    yield f"{rule}: {_text(start)} ({' | '.join(_comparisons(rule, field.type, words, values))})"
    if values:
        yield f"{rule}_value: {' | '.join(values)}"


def _comparisons(
    rule: str, type: FieldType, words: Vocabulary, values: Sequence[str]
) -> Iterator[str]:
    unsaid = {
        kind
        for kind, said in (
            ("same", values),
            ("duration", words.amounts.lengths),
            ("moment", words.amounts.dates),
            ("text", words.amounts.texts),
        )
        if said is not None and not said
    }
    for each in OPERATORS.values():
        if type not in each.types or _is_odd(each, type):
            continue
        if each.value in unsaid and each.arity != (0, 0):
            continue
        if each.symbol is not None:
            symbol = _text(f" {each.symbol} ")
            yield f"{symbol} {rule}_value"
        elif each.arity == (0, 0):
            yield _text(f".{each.key}()")
        else:
            value = {"duration": "days", "month": "MONTH", "moment": "DATE", "text": "STRING"}.get(
                each.value, f"{rule}_value"
            )
            more = f' (", " {value})*' if each.arity[1] is None else ""
            start = _text(f".{each.key}(")
            yield f'{start} {value}{more} ")"'


def _is_odd(operator: Operator, type: FieldType) -> bool:
    """Allowed, but never what is meant: a list is looked into, a number or date is not in a list."""
    if type == "list":
        return operator.value == "same" and operator.arity[0] == 1
    return type in ("number", "boolean", "date", "timestamp") and operator.key in (
        "one_of",
        "none_of",
    )


def _values(field: PropertyField | TraitField, words: Vocabulary) -> Iterable[str]:
    match field.type:
        case "number":
            return ["NUMBER"]
        case "boolean":
            return ["\"'true'\"", "\"'false'\""]
        case "date" | "timestamp":
            return ["DATE"] if words.amounts.dates != () else []
    stats = field.stats
    free = ["STRING"] if words.amounts.texts != () else []
    if stats.personal or not stats.values:
        return free
    if stats.complete and len(stats.values) <= MOST_LISTED:
        return [_text(quoted(each)) for each in stats.values]
    return [*(_text(quoted(each)) for each in words.values_shown(field)), *free]


def _amounts(said: Amounts) -> Iterator[str]:
    """What may be written for a number, a length of time, a date and a text."""
    if said.lengths != ():
        yield f"days: {_listed(said.lengths, _DAYS, show)}"
        yield 'window: ".within(" days ")" | ".between(" days ", " days ")"'
    numbers = None if said.numbers is None else {Decimal(0): None} | dict.fromkeys(said.numbers)
    whole = None
    if numbers is not None:
        whole = [each for each in {**numbers, Decimal(1): None} if each >= 0 and each == int(each)]
    yield f"WHOLE: {_listed(whole, _WHOLE, plain)}"
    yield f"NUMBER: {_listed(numbers, _NUMBER, plain)}"
    if said.dates != ():
        yield f"DATE: {_listed(said.dates, _DATE, lambda day: quoted(day.isoformat()))}"
    if said.texts != ():
        yield f"STRING: {_listed(said.texts, _STRING, quoted)}"


def _listed(values: Iterable[Any] | None, anything: str, written: Callable[[Any], str]) -> str:
    if values is None:
        return anything
    return " | ".join(dict.fromkeys(_text(written(each)) for each in values))


def _alternatives(rule: str, kinds: Sequence[str]) -> str:
    return f"{rule}: {' | '.join(kinds)}"


def _text(text: str) -> str:
    """`text` as a literal of the grammar."""
    return json.dumps(text, ensure_ascii=False)
