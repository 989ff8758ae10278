"""A company drawn from an area of the bank: one way of each concept, named in one style, with people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, product
from random import Random

from evals.concepts.bank import Area, Field, Way
from evals.dataset import Case
from evals.workspaces.making import (
    Column,
    Happening,
    Known,
    Maker,
    Value,
    World,
    birth_date,
    chance,
    day_near,
    moment_before,
    pick,
    some_of,
)

AS_OF = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)  # a Sunday
_TO_COME = re.compile(
    r"\b(?:end|ends|ending|expir\w*|renew\w*|due|next|until|upcoming|arrival|departure|check in|valid|start)\b"
)
_PART = re.compile(r"\[([^:\]]+): ([^\]]+)\]")
_SHORTEST = 20  # characters of a prompt: shorter ones are headed
_MOST = 8  # readings of a sentence with parts that each have several


@dataclass(frozen=True)
class Company:
    """A made-up company, and the query of every meaning that it can hold."""

    world: World
    ways: Mapping[str, str]  # concept → the way it is kept
    means: Mapping[tuple[str, str], tuple[str, ...]]  # concept and meaning → queries


def _title(words: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in words.split())


def _snake(words: str) -> str:
    return words.lower().replace(" ", "_")


def _camel(words: str) -> str:
    joined = _title(words).replace(" ", "")
    return joined[:1].lower() + joined[1:]


Style = Callable[[str], str]
_STYLES: tuple[tuple[Style, Style, Style], ...] = (  # of traits, events, properties
    (_snake, _snake, _snake),
    (_title, _title, _snake),
    (_camel, _title, _camel),
)


def drawn(area: Area, number: int) -> Company:
    """The company of this number: the ways and names take turns, so that few companies show all."""
    rng = Random(f"{area.name} {number}")
    styles = dict(zip(("trait", "event", "property"), _STYLES[number % len(_STYLES)], strict=True))
    traits: list[Column] = []
    events: list[Happening] = []
    ways: dict[str, str] = {}
    means: dict[tuple[str, str], tuple[str, ...]] = {}
    taken: set[str] = set()
    for place, concept in enumerate(area.concepts):
        way = concept.ways[(number + place) % len(concept.ways)]
        names = _named(way, styles, taken, rng)
        if names is None:
            continue
        ways[concept.name] = way.name
        known = any(
            word in each
            for many in way.means.values()
            for each in many
            for word in ("absent", "exists")
        )
        for gap, field in way.fields.items():
            if field.kind == "trait":
                traits.append(_column(names[gap], field, known))
            elif field.kind == "event":
                own = {key: each for key, each in way.fields.items() if each.of == gap}
                columns = tuple(_column(names[key], each, known) for key, each in own.items())
                events.append(Happening(names[gap], 0.65, 24.0, columns))
        gaps = {gap: f"{field.kind}('{names[gap]}')" for gap, field in way.fields.items()}
        for meaning, queries in way.means.items():
            means[concept.name, meaning] = tuple(each.format(**gaps) for each in queries)
    settings = {"timezone": "Europe/Madrid", "currency": "EUR", "lookback_days": 730}
    world = World(
        name=f"drawn-{area.name}-{number}", seed=number, as_of=AS_OF, people=250, traits=tuple(traits),
        events=tuple(events), settings=settings, history_days=720,
    )  # fmt: skip
    return Company(world, ways, means)


def _named(
    way: Way, styles: Mapping[str, Style], taken: set[str], rng: Random
) -> Mapping[str, str] | None:
    """A name for each field, none of which the company has already."""
    found: dict[str, str] = {}
    for gap, field in way.fields.items():
        scope = f"{field.of} " if field.kind == "property" else ""
        free = [each for each in field.names if scope + each not in taken]
        if not free:
            return None
        words = rng.choice(free)
        if not scope:
            taken.add(words)
        found[gap] = styles[field.kind](words)
    return found


def _column(name: str, field: Field, known: bool) -> Column:
    dated = field.type in ("date", "timestamp")
    make, type = _maker(field)
    return Column(name, type, make, missing=0.12 if dated or known else 0.0)


def _maker(field: Field) -> tuple[Maker, str]:
    if field.type == "boolean":
        return chance(0.5), "boolean"
    if field.type == "number" and field.values:
        return pick(*map(int, field.values)), "integer"
    if field.type == "number":
        low, high = field.range or (0, 100)
        return (
            (_whole(int(low), int(high)), "integer")
            if high > 1 and low == int(low)
            else (_part(low, high), "number")
        )
    if field.type in ("date", "timestamp"):
        return _day(field), field.type
    if field.type == "list":
        return some_of(*field.values, most=min(3, len(field.values))), "list"
    return (pick(*field.values) if field.values else _free), "text"


def _whole(low: int, high: int) -> Maker:
    """A sixth has the lowest, a third is near it: many have none or few of most things."""
    near = min(high, max(low + 5, low + (high - low) // 10))

    def make(rng: Random, _: Known) -> Value:
        return rng.choice(
            (
                low,
                rng.randint(low, near),
                rng.randint(low, near),
                *(rng.randint(low, high) for _ in range(3)),
            )
        )

    return make


def _part(low: float, high: float) -> Maker:
    return lambda rng, _: round(rng.uniform(low, high), 2)


def _day(field: Field) -> Maker:
    words = field.names[0]
    if field.days is None and re.search(r"\b(?:birth\w*|dob|bday)\b", words):
        return birth_date(AS_OF, 16, 80)
    earliest, latest = field.days or ((-200, 250) if _TO_COME.search(words) else (-700, 0))
    if field.type == "date":
        return day_near(AS_OF, earliest, latest)
    if latest <= 0:
        return moment_before(AS_OF, -earliest)
    return lambda rng, _: AS_OF + timedelta(minutes=rng.randint(earliest, latest) * 1440)


def _free(rng: Random, _: Known) -> Value:
    return f"{rng.choice('BCDFGLMNPRST')}{rng.choice('aeiou')}{rng.choice(('rin', 'lado', 'met', 'nova'))} {rng.randint(2, 900)}"


def cases(area: Area, company: Company) -> Iterator[Case]:
    """Each sentence of the area that this company can answer, with its queries."""
    for concept in area.concepts:
        for meaning, sentences in concept.said.items():
            queries = company.means.get((concept.name, meaning))
            if queries is not None:
                tag = f"{concept.name} ({company.ways[concept.name]}): {meaning}"
                for number, say in enumerate(sentences):
                    yield _case(company, f"{concept.name}-{meaning}", number, say, queries, tag)
    for number, (say, wanted) in enumerate(area.together):
        queries = tuple(islice((each for one in wanted for each in _joined(one, company)), _MOST))
        if queries:
            yield _case(company, "together", number, say, queries, "together")


def _joined(means: str, company: Company) -> Iterator[str]:
    """The query with its parts filled in, for each reading of the parts; none where a part cannot be held."""
    parts = [(each.group(1), each.group(2)) for each in _PART.finditer(means)]
    if not all(each in company.means for each in parts):
        return
    for chosen in product(*(company.means[each] for each in parts)):
        texts = _PART.split(means)[:: _PART.groups + 1]
        yield texts[0] + "".join(f"({q}){t}" for q, t in zip(chosen, texts[1:], strict=True))


def _case(
    company: Company, name: str, number: int, say: str, queries: tuple[str, ...], tag: str
) -> Case:
    """Every third sentence belongs to the test split, on which nobody tunes."""
    world = company.world.name
    return Case(
        id=f"{world}-{name}-{number}", workspace=world,
        prompt=say if len(say) >= _SHORTEST else f"the audience I want: {say}", context=(),
        status="draft", split="test" if number % 3 == 2 else "train",
        query=queries[0], also=queries[1:], options=(), type="users", code=None, accept=(), tags=(tag,),
    )  # fmt: skip
