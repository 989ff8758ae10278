"""Plain sentences about every field of a workspace, made of its own names and values, with gold queries.

Whoever names a field by its own words and one of its values has said all that there is to say: such a
sentence should never fail, over any schema. `datasets/templates.yaml` has the sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from random import Random
from typing import Any

import yaml

from audience.catalog import Catalog, EventField, Field, PropertyField, TraitField
from audience.english.guards.sensitive import sensitive_field
from audience.english.tokens import name_words
from evals.dataset import DATASETS, Case
from evals.inflecting import base_of, named, past_of, plural_of, with_article

MOST_VALUES = 12
_SHORTEST = 20  # characters of a prompt
_PARTICIPLE = re.compile(r"(?:ed|ent|ght|aid|ade|ken|ven|one)$")
_CLAUSE = frozenset({"is", "has", "have", "do", "does", "not", "no", "can", "may", "was", "wants"})
_SMALL_MONEY = re.compile(r"\b(?:minor|cents?|pence)\b", re.IGNORECASE)  # said in whole coins
_YEARLY = re.compile(r"birth|dob|anniv|brth", re.IGNORECASE)
_ANSWERS = frozenset({"y", "n", "yes", "no", "true", "false", "0", "1"})  # a flag kept as a text


@dataclass(frozen=True)
class Template:
    """A sentence with gaps, and what it means: of each drawing of its kind there is a prompt."""

    name: str
    kind: str
    say: str
    means: tuple[str, ...]


@dataclass(frozen=True)
class Drawn:
    """What fills the gaps of one kind of template: as it is said, and as it stands in a query."""

    said: Mapping[str, str]
    meant: Mapping[str, str]


@cache
def templates() -> tuple[Template, ...]:
    kinds = yaml.safe_load((DATASETS / "templates.yaml").read_text("utf-8"))
    return tuple(
        Template(
            name=f"{kind}: {name}",
            kind=kind,
            say=row["say"],
            means=(row["means"],) if isinstance(row["means"], str) else tuple(row["means"]),
        )
        for kind, rows in kinds.items()
        for name, row in rows.items()
    )


def sweep(
    name: str,
    catalog: Catalog,
    today: date,
    seed: int = 1,
    each: int = 3,
    only: Sequence[str] = (),
) -> Iterator[Case]:
    """Up to `each` prompts of every template over this workspace, the same for the same seed."""
    drawn = {
        kind: list(draw(catalog, Random(f"{name} {kind} {seed}"))) for kind, draw in _KINDS.items()
    }
    month = today.replace(day=1)
    times = {
        "this_month": f"{month}",
        "last_month": f"{(month - timedelta(days=1)).replace(day=1)}",
        "year": f"{today.year}",
        "before": f"{today.year - 1}",
        "after": f"{today.year + 1}",
    }
    for template in templates():
        if only and not template.name.startswith(tuple(only)):
            continue
        rng = Random(f"{name} {template.name} {seed}")
        there = drawn[template.kind]
        for number, one in enumerate(rng.sample(there, min(each, len(there))), start=1):
            numbers = {"n": f"{rng.randint(7, 90)}", "k": f"{rng.randint(2, 5)}", **times}
            who = rng.choice(("customers", "people", "users"))
            queries = tuple(means.format(**numbers, **one.meant) for means in template.means)
            prompt = template.say.format(people=who, **numbers, **one.said)
            if len(prompt) < _SHORTEST:
                continue
            yield Case(
                id=f"swept-{name}-{template.name}-{number}",
                workspace=name,
                prompt=prompt,
                status="draft",
                split="train",
                query=queries[0],
                also=queries[1:],
                tags=(template.name,),
            )


# What there is to speak of ----------------------------------------------------------------------


def _text(name: str) -> str:
    """`name` as a string of the language."""
    return "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _traits(catalog: Catalog, *types: str) -> Iterator[tuple[TraitField, str, str]]:
    """Fields of people that may be spoken of by name: the field, its words, its trait."""
    for each in catalog.user_traits:
        if each.type in types and _is_sayable(each):
            yield each, named(each.name), f"trait({_text(each.name)})"


def _is_sayable(field: Field) -> bool:
    """Whether "whose …" can stand before the name, and nobody is told apart by what is private."""
    words = [word.lower() for word in name_words(field.name)]
    private = not isinstance(field, EventField) and field.stats.personal
    return (
        field.origin != "system"
        and not private
        and sensitive_field(field) is None
        and bool(words)
        and not _CLAUSE & set(words)
    )


def _pair(values: Sequence[str], rng: Random) -> tuple[str, str] | None:
    """Two of the values of a field that has few and is no flag."""
    kept = [each for each in values if each]
    if not 2 <= len(kept) <= MOST_VALUES or _is_answer(kept):
        return None
    one, other = rng.sample(kept, 2)
    return one, other


def _bounds(field: TraitField | PropertyField) -> tuple[int, int] | None:
    """Two numbers within the range of a field, where that is wide enough."""
    try:
        low, high = Decimal(field.stats.minimum or ""), Decimal(field.stats.maximum or "")
    except InvalidOperation:
        return None
    if high - low <= 6 or _SMALL_MONEY.search(
        " ".join((*name_words(field.name), field.description))
    ):
        return None
    span = high - low
    return int(low + span * 2 / 5), int(low + span * 4 / 5)


def _choices(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    for field, words, trait in _traits(catalog, "text"):
        if (pair := _pair(field.stats.values, rng)) is not None:
            yield _of_values(words, pair, {"trait": trait})


def _of_values(words: str, pair: tuple[str, str], meant: Mapping[str, str]) -> Drawn:
    one, other = pair
    said = {"field": words, "a_field": with_article(words), "fields": plural_of(words)}
    return Drawn(
        said | {"value": one, "other": other},
        {**meant, "value": _text(one), "other": _text(other)},
    )


def _of_bounds(words: str, pair: tuple[int, int], meant: Mapping[str, str]) -> Drawn:
    numbers = {"low": str(pair[0]), "high": str(pair[1])}
    said = {"field": words, "a_field": with_article(words)}
    return Drawn(said | numbers, {**meant, **numbers})


def _numbers(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    for field, words, trait in _traits(catalog, "number"):
        if (pair := _bounds(field)) is not None:
            yield _of_bounds(words, pair, {"trait": trait})


def _dates(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    for field, words, trait in _traits(catalog, "date", "timestamp"):
        if not _YEARLY.search(field.name):
            yield Drawn({"field": words}, {"trait": trait})


def _flags(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    for _, words, trait in _traits(catalog, "boolean"):
        yield Drawn({"field": words}, {"trait": trait})


def _known(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    for field, words, trait in _traits(catalog, "text", "number", "date", "timestamp"):
        if not _is_answer(field.stats.values):
            yield Drawn({"field": words, "a_field": with_article(words)}, {"trait": trait})


def _stated(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    for field, words, trait in _traits(catalog, "text", "date", "timestamp"):
        if not _is_answer(field.stats.values):
            yield Drawn({"field": words, "a_field": with_article(words)}, {"trait": trait})


def _is_answer(values: Sequence[str]) -> bool:
    """Whether a field of texts is a flag: yes or no, Y or N."""
    return bool(values) and {each.lower() for each in values if each} <= _ANSWERS


def _audiences(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    for each in catalog.audiences:
        if each.type == "users":
            yield Drawn({"audience": each.name}, {"trait": f"trait({_text(each.key)})"})


def _done(catalog: Catalog) -> Iterator[tuple[EventField, Drawn]]:
    """Events that are called by a thing and what is done with it: "Order Completed"."""
    for event in catalog.events:
        words = [word.lower() for word in name_words(event.name)]
        if len(words) < 2 or min(map(len, words)) < 3 or not _PARTICIPLE.search(words[-1]):
            continue
        base = base_of(words[-1])
        if base is None:
            continue
        thing = " ".join(words[:-1])
        said = {
            "did": past_of(words[-1]),
            "done": words[-1],
            "do": base,
            "thing": thing,
            "a_thing": with_article(thing),
            "things": plural_of(thing),
        }
        yield event, Drawn(said, {"event": f"event({_text(event.name)})"})


def _events(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    yield from (drawn for _, drawn in _done(catalog))


def _two(one: Drawn, other: Drawn) -> Drawn:
    """Both; what the second fills is called so with a 2."""
    return Drawn(
        {**one.said, **{f"{key}2": text for key, text in other.said.items()}},
        {**one.meant, **{f"{key}2": text for key, text in other.meant.items()}},
    )


def _pairs(first: Sequence[Drawn], second: Sequence[Drawn], rng: Random) -> Iterator[Drawn]:
    for one in first:
        others = [each for each in second if each.meant != one.meant]
        if others:
            yield _two(one, rng.choice(others))


def _two_events(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    done = list(_events(catalog, rng))
    yield from _pairs(done, done, rng)


def _two_choices(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    found = list(_choices(catalog, rng))
    for one in _pairs(found, found, rng):
        if one.meant["trait"] != one.meant["trait2"]:
            yield one


def _choice_and_number(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    yield from _pairs(list(_numbers(catalog, rng)), list(_choices(catalog, rng)), rng)


def _event_and_choice(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    yield from _pairs(list(_events(catalog, rng)), list(_choices(catalog, rng)), rng)


def _properties(catalog: Catalog, *types: str) -> Iterator[tuple[Drawn, PropertyField]]:
    for event, drawn in _done(catalog):
        for each in event.properties:
            if each.type in types and _is_sayable(each):
                yield drawn, each


def _event_choices(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    for drawn, each in _properties(catalog, "text"):
        if (pair := _pair(each.stats.values, rng)) is not None:
            found = _of_values(
                named(each.name), pair, {"property": f"property({_text(each.name)})"}
            )
            yield Drawn({**drawn.said, **found.said}, {**drawn.meant, **found.meant})


def _event_numbers(catalog: Catalog, rng: Random) -> Iterator[Drawn]:
    for drawn, each in _properties(catalog, "number"):
        if (pair := _bounds(each)) is not None:
            found = _of_bounds(
                named(each.name), pair, {"property": f"property({_text(each.name)})"}
            )
            yield Drawn({**drawn.said, **found.said}, {**drawn.meant, **found.meant})


_KINDS = {
    "choice": _choices,
    "number": _numbers,
    "date": _dates,
    "flag": _flags,
    "stated": _stated,
    "known": _known,
    "audience": _audiences,
    "event": _events,
    "event's choice": _event_choices,
    "event's number": _event_numbers,
    "two events": _two_events,
    "two choices": _two_choices,
    "number and choice": _choice_and_number,
    "event and choice": _event_and_choice,
}


# What comes of it -------------------------------------------------------------------------------


def measure(
    names: Sequence[str], seed: int = 1, each: int = 3, only: Sequence[str] = ()
) -> dict[str, Any]:
    """Asks the sentences over each workspace; what came of them by template, the worst first."""
    from evals.asking import ask_cases
    from evals.worlds import eval_settings, open_world, prepare

    settings = eval_settings()
    prepare(names, settings)
    counted: dict[str, Counter[str]] = {}
    wrong: list[dict[str, Any]] = []
    for name in names:
        context = open_world(name, settings)
        today = context.moment().date()
        cases = list(sweep(name, context.catalog, today, seed, each, only))
        for case, answer, scored in ask_cases(context, cases):
            outcome = (
                "right"
                if scored.right
                else "silently wrong"
                if scored.silently_wrong
                else answer.status
            )
            counted.setdefault(case.tags[0], Counter())[outcome] += 1
            if outcome != "right":
                wrong.append(
                    {
                        "workspace": name,
                        "template": case.tags[0],
                        "outcome": outcome,
                        "prompt": case.prompt,
                        "gold": case.query,
                        "got": answer.query,
                        "unmatched": list(answer.unmatched),
                        "said": answer.question or answer.message,
                    }
                )
    total = sum(counted.values(), Counter[str]())
    ranked = sorted(counted, key=lambda name: counted[name]["right"] / counted[name].total())
    wrong.sort(key=lambda row: (row["outcome"] != "silently wrong", row["template"]))
    return {
        "prompts": total.total(),
        "outcomes": dict(total),
        "right": round(total["right"] / max(total.total(), 1), 4),
        "by_template": {name: dict(counted[name]) for name in ranked},
        "wrong": wrong,
    }


def table(found: Mapping[str, Any]) -> list[str]:
    """The figures by kind of template, as Markdown, and the templates that were ever wrong."""
    kinds: dict[str, Counter[str]] = {}
    for name, counted in found["by_template"].items():
        kinds.setdefault(name.split(":")[0], Counter()).update(counted)
    lines = [
        "| what is spoken of | prompts | right | silently wrong | asked | refused |",
        "|---|---|---|---|---|---|",
    ]
    for name, counted in [*kinds.items(), ("all", sum(kinds.values(), Counter[str]()))]:
        total = max(counted.total(), 1)
        shares = [f"{counted[each] / total:.1%}" for each in _OUTCOMES]
        lines.append(f"| {name} | {counted.total()} | {' | '.join(shares)} |")
    worst = [
        f"{name}: {counted.get('right', 0)} of {sum(counted.values())}"
        for name, counted in found["by_template"].items()
        if counted.get("right", 0) < sum(counted.values())
    ]
    return [*lines, "", *worst]


_OUTCOMES = ("right", "silently wrong", "clarify", "refused")
