"""Prompts put together from phrases, with the gold query of each: thousands, if need be.

People's prompts say whether the engine is good; these say what it cannot read, phrase by phrase.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from evals.dataset import DATASETS, Case

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """Words, what they add to the query, and the names of the phrases that they were made of."""

    words: str
    query: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class World:
    """What a workspace says of time."""

    name: str
    as_of: datetime
    timezone: str

    @property
    def today(self) -> date:
        return self.as_of.astimezone(ZoneInfo(self.timezone)).date()


def compose(world: World, number: int, seed: int = 1) -> Iterator[Case]:
    """`number` prompts over one workspace, the same for the same seed, each with its phrases as tags."""
    phrases = yaml.safe_load((DATASETS / "phrases.yaml").read_text("utf-8"))
    rng = Random(f"{world.name} {seed}")
    makers = list(_SHAPES.items())
    seen: set[str] = set()
    made = 0
    while made < number:
        shape, make = makers[made % len(makers)]
        part = make(_Choosing(world, phrases, rng))
        if part.words in seen:
            continue
        seen.add(part.words)
        made += 1
        yield Case(
            id=f"composed-{world.name}-{made}",
            workspace=world.name,
            prompt=part.words,
            status="draft",
            split="train",
            query=part.query,
            tags=(f"shape: {shape}", *dict.fromkeys(part.names)),
        )


class _Choosing:
    """Phrases of one workspace, drawn by chance."""

    def __init__(self, world: World, phrases: Mapping[str, Any], rng: Random) -> None:
        self.world, self.phrases, self.rng = world, phrases, rng

    def people(self) -> str:
        return str(self.rng.choice(self.phrases["people"][self.world.name]))

    def event(self, *, plural: bool = False) -> tuple[str, str, str, str, str]:
        rows = [r for r in self.phrases["events"][self.world.name] if r[3] or not plural]
        base, past, participle, many, events = self.rng.choice(rows)
        return base, past, participle, many or "", events

    def two_events(self) -> list[tuple[str, str, str, str, str]]:
        """Two different events."""
        rows = self.phrases["events"][self.world.name]
        first = self.rng.choice(rows)
        name = first[4].split("'")[1]
        second = self.rng.choice([r for r in rows if r[4].split("'")[1] != name])
        return [(a, b, c, d or "", e) for a, b, c, d, e in (first, second)]

    def trait(self) -> tuple[str, str, str, tuple[str, ...]]:
        after, clause, query = self.rng.choice(self.phrases["traits"][self.world.name])
        return after, clause, query, (f"trait: {after}",)

    def window(self, *, rolling: bool = False) -> Part:
        """Words, and the filter that they stand for."""
        if not rolling and self.rng.random() < 0.3:
            name = self.rng.choice(self.phrases["calendar"])
            words, first, end = _calendar(name, self.world.today, self.rng)
            return Part(words, f".where({_between(first, end)})", (f"window: {name}",))
        row = self.rng.choice(self.phrases["windows"])
        n = self.rng.choice(row["n"])
        length = f"{n} hours" if row["days"] == 0 else _days(n * row["days"])
        return Part(row["text"].format(n=n), f".within({length})", (f"window: {row['text']}",))

    def count(self, kind: str = "counts") -> Part:
        row = self.rng.choice(self.phrases[kind])
        n = self.rng.choice(row["n"])
        return Part(
            row["text"].format(n=n), f".count() {row['operator']} {n}", (f"count: {row['text']}",)
        )

    def negation(self, event: tuple[str, str, str, str, str]) -> tuple[str, bool, tuple[str, ...]]:
        base, past, participle, _, _ = event
        row = self.rng.choice(self.phrases["negations"])
        words = row["text"].format(base=base, past=past, pp=participle)
        return words, bool(row.get("ever")), (f"negation: {row['text']}",)


def _named(event: tuple[str, str, str, str, str]) -> tuple[str, ...]:
    return (f"event: {event[0]}",)


def _done(c: _Choosing) -> Part:
    event, window = c.event(), c.window()
    words = f"{c.people()} who {event[1]} {window.words}"
    return Part(words, _counted(event, window, ">= 1"), (*_named(event), *window.names))


def _not_done(c: _Choosing) -> Part:
    event = c.event()
    said, ever, names = c.negation(event)
    window = Part("", "", ()) if ever else c.window()
    words = f"{c.people()} who {said} {window.words}".rstrip()
    return Part(words, _counted(event, window, "= 0"), (*_named(event), *names, *window.names))


def _times(c: _Choosing) -> Part:
    event, count, window = c.event(), c.count(), c.window()
    words = f"{c.people()} who {event[1]} {count.words} {window.words}"
    return Part(
        words, f"{_with(event, window)}{count.query}", (*_named(event), *count.names, *window.names)
    )


def _with_some(c: _Choosing) -> Part:
    event, count, window = c.event(plural=True), c.count("amounts"), c.window()
    words = f"{c.people()} with {count.words} {event[3]} {window.words}"
    return Part(
        words,
        f"{_with(event, window)}{count.query}",
        (f"plural: {event[3]}", *count.names, *window.names),
    )


def _trait_and_event(c: _Choosing) -> Part:
    event, window, trait = c.event(), c.window(), c.trait()
    words = f"{c.people()} {trait[0]} who {event[1]} {window.words}"
    if trait[0].startswith(("whose", "who ")):
        words = f"{c.people()} {trait[0]} and who {event[1]} {window.words}"
    query = f"{trait[2]} AND {_counted(event, window, '>= 1')}"
    return Part(words, query, (*trait[3], *_named(event), *window.names))


def _event_and_trait(c: _Choosing) -> Part:
    event, window, trait = c.event(), c.window(), c.trait()
    words = f"{c.people()} who {event[1]} {window.words} and {trait[1]}"
    query = f"{_counted(event, window, '>= 1')} AND {trait[2]}"
    return Part(words, query, (*trait[3], *_named(event), *window.names))


def _but_not(c: _Choosing) -> Part:
    first, second = c.two_events()
    said, ever, names = c.negation(second)
    one = c.window()
    other = Part("", "", ()) if ever else c.window()
    words = f"{c.people()} who {first[1]} {one.words} but {said} {other.words}".rstrip()
    query = f"{_counted(first, one, '>= 1')} AND {_counted(second, other, '= 0')}"
    return Part(words, query, (*_named(first), *_named(second), *names, *one.names, *other.names))


def _either(c: _Choosing) -> Part:
    first, second = c.two_events()
    window = c.window()
    words = f"{c.people()} who {first[1]} or {second[1]} {window.words}"
    query = f"{_counted(first, window, '>= 1')} OR {_counted(second, window, '>= 1')}"
    return Part(words, query, (*_named(first), *_named(second), *window.names))


def _except(c: _Choosing) -> Part:
    event, window, trait = c.event(), c.window(), c.trait()
    link = c.rng.choice((", except those who", ", excluding people who", " but not those who"))
    words = f"{c.people()} who {event[1]} {window.words}{link} {trait[1]}"
    query = f"{_counted(event, window, '>= 1')} AND NOT ({trait[2]})"
    return Part(words, query, (f"link:{link}", *trait[3], *_named(event), *window.names))


def _then(c: _Choosing) -> Part:
    first, second = c.two_events()
    n = c.rng.choice((2, 3, 7, 14))
    link, sign = c.rng.choice((("and then", ">= 1"), ("and then did not", "= 0")))
    said = second[1] if sign == ">= 1" else second[0]
    words = f"{c.people()} who {first[1]} {link} {said} within {n} days"
    child = f"{second[4]}.within(parent: {_days(n)}).count() {sign}"
    query = f"{_where(first[4], child)}.count() >= 1"
    return Part(words, query, (f"link: {link}", *_named(first), *_named(second)))


def _bullets(c: _Choosing) -> Part:
    event, count, window, trait = c.event(), c.count(), c.window(), c.trait()
    words = f"Audience:\n- {event[1]} {count.words} {window.words}\n- {trait[1]}"
    query = f"{_with(event, window)}{count.query} AND {trait[2]}"
    return Part(words, query, (*trait[3], *_named(event), *count.names, *window.names))


def _two_traits(c: _Choosing) -> Part:
    one, two = c.trait(), c.trait()
    while two[0] == one[0]:
        two = c.trait()
    words = f"{c.people()} who {one[1]} and {two[1]}"
    return Part(words, f"{one[2]} AND {two[2]}", (*one[3], *two[3]))


_SHAPES = {
    "done": _done,
    "not done": _not_done,
    "times": _times,
    "with some": _with_some,
    "trait, event": _trait_and_event,
    "event, trait": _event_and_trait,
    "but not": _but_not,
    "either": _either,
    "except": _except,
    "then": _then,
    "bullets": _bullets,
    "two traits": _two_traits,
}


def _counted(event: tuple[str, str, str, str, str], window: Part, condition: str) -> str:
    return f"{_with(event, window)}.count() {condition}"


def _with(event: tuple[str, str, str, str, str], window: Part) -> str:
    return f"{event[4]}{window.query}"


def _where(events: str, condition: str) -> str:
    return f"{events}.where({condition})"


def _days(n: int) -> str:
    return "1 day" if n == 1 else f"{n} days"


def _between(first: date, end: date | None) -> str:
    """From the midnight of `first` to that of `end`, which is no longer in it."""
    started = f"context('timestamp') >= '{first.isoformat()}'"
    return started if end is None else f"{started} AND context('timestamp') < '{end.isoformat()}'"


def _calendar(name: str, today: date, rng: Random) -> tuple[str, date, date | None]:
    """Words, the first day, and the day after the last."""
    monday = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    match name:
        case "today":
            return name, today, today + timedelta(days=1)
        case "yesterday":
            return name, today - timedelta(days=1), today
        case "this week":
            return name, monday, monday + timedelta(days=7)
        case "last week":
            return name, monday - timedelta(days=7), monday
        case "this month":
            return name, month, None
        case "last month":
            return name, _months_before(month, 1), month
        case "this quarter":
            return name, quarter, None
        case "last quarter":
            return name, _months_before(quarter, 3), quarter
        case "this year":
            return name, today.replace(month=1, day=1), None
    first = _months_before(month, rng.randint(2, 7))
    spoken = f"{_MONTHS[first.month - 1]} {first.year}"
    if name == "since month":
        return f"since {spoken}", first, None
    return f"in {spoken}", first, _months_before(first, -1)


def _months_before(first: date, months: int) -> date:
    place = first.year * 12 + first.month - 1 - months
    return date(place // 12, place % 12 + 1, 1)


def measure(names: tuple[str, ...], number: int, seed: int = 1) -> dict[str, Any]:
    """Asks `number` composed prompts of each workspace; shares right by phrase, the worst first."""
    from collections import Counter

    from evals.asking import ask_cases
    from evals.worlds import eval_settings, open_world, prepare

    settings = eval_settings()
    prepare(names, settings)
    hits: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    wrong: list[dict[str, Any]] = []
    for name in names:
        context = open_world(name, settings)
        world = World(name, context.moment(), context.catalog.timezone)
        for case, answer, scored in ask_cases(context, list(compose(world, number, seed))):
            for tag in case.tags:
                totals[tag] += 1
                hits[tag] += scored.right
            kinds[
                "right"
                if scored.right
                else "silently wrong"
                if scored.silently_wrong
                else answer.status
            ] += 1
            if not scored.right:
                wrong.append(
                    {
                        "id": case.id,
                        "silently_wrong": scored.silently_wrong,
                        "prompt": case.prompt,
                        "gold": case.query,
                        "got": answer.query,
                        "status": answer.code or answer.status,
                        "unmatched": list(answer.unmatched),
                        "question": answer.question,
                        "tags": list(case.tags),
                    }
                )
    shares = {tag: hits[tag] / total for tag, total in totals.items()}
    ranked = sorted(totals, key=lambda tag: (shares[tag], -totals[tag]))
    wrong.sort(key=lambda row: not row["silently_wrong"])
    return {
        "prompts": sum(kinds.values()),
        "outcomes": dict(kinds),
        "right_by_phrase": {tag: [hits[tag], totals[tag]] for tag in ranked},
        "wrong": wrong,
    }
