"""Plain sentences about every field of a workspace, made of its own names and values, with gold queries.

Whoever names a field by its own words and one of its values has said all that there is to say: such a
sentence should never fail, over any schema. `datasets/templates/` has the sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import yaml

from audience.catalog import AudienceType, Catalog
from evals.dataset import DATASETS, Case, Status
from evals.drawing import companies, comparing, doubtful, kinds
from evals.drawing.speaking import Drawing

if TYPE_CHECKING:
    from tools.context import ToolContext

_SHORTEST = 20  # characters of a first prompt

_DRAWINGS: Mapping[str, Drawing] = {
    "choice": kinds.choices,
    "number": kinds.numbers,
    "date": kinds.dates,
    "yearly": kinds.yearly,
    "flag": kinds.flags,
    "stated": kinds.stated,
    "known": kinds.known,
    "audience": kinds.audiences,
    "event": kinds.events,
    "event's choice": kinds.event_choices,
    "event's number": kinds.event_numbers,
    "two events": kinds.two_events,
    "two choices": kinds.two_choices,
    "number and choice": kinds.choice_and_number,
    "event and choice": kinds.event_and_choice,
    "two numbers": comparing.two_numbers,
    "two dates": comparing.two_dates,
    "event against person": comparing.event_against_person,
    "event against itself": comparing.event_against_itself,
    "company choice": companies.choices,
    "company number": companies.numbers,
    "company date": companies.dates,
    "company stated": companies.stated,
    "company and person": companies.and_person,
    "company and event": companies.and_event,
    "company's person": companies.person,
    "company's event": companies.event,
    "closed choice": doubtful.closed,
    "namesakes": doubtful.namesakes,
    "days alike": doubtful.days_alike,
    "event watched": doubtful.watched,
}


@dataclass(frozen=True)
class Template:
    """Sentences with gaps, and what they mean: of each drawing of its kind there is a prompt."""

    name: str
    drawing: str  # what fills the gaps
    turns: tuple[str, ...]  # the last is the prompt
    means: tuple[str, ...]  # of a question: its readings
    status: Status
    code: str | None
    accept: tuple[str, ...]

    @property
    def type(self) -> AudienceType:
        return "accounts" if self.drawing.startswith("company") else "users"


@cache
def templates() -> tuple[Template, ...]:
    found = []
    for path in sorted((DATASETS / "templates").glob("*.yaml")):
        for kind, rows in yaml.safe_load(path.read_text("utf-8")).items():
            found += [_template(kind, name, row) for name, row in rows.items()]
    return tuple(found)


def _template(kind: str, name: str, row: Mapping[str, Any]) -> Template:
    means = row.get("means", row.get("asks", ()))
    status: Status = "draft" if "means" in row else "clarify" if "asks" in row else "refused"
    return Template(
        name=f"{kind}: {name}",
        drawing=kind.split(",")[0],
        turns=_listed(row["say"]),
        means=_listed(means),
        status=status,
        code=row.get("refused"),
        accept=_listed(row.get("accept", ())),
    )


def _listed(one_or_more: str | Sequence[str]) -> tuple[str, ...]:
    return (one_or_more,) if isinstance(one_or_more, str) else tuple(one_or_more)


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
        kind: list(drawing(catalog, Random(f"{name} {kind} {seed}")))
        for kind, drawing in _DRAWINGS.items()
    }
    days = {**_days(today), "kept": f"{catalog.lookback_days or 3650}"}
    for template in templates():
        if only and not template.name.startswith(tuple(only)):
            continue
        rng = Random(f"{name} {template.name} {seed}")
        there = drawn[template.drawing]
        for number, one in enumerate(rng.sample(there, min(each, len(there))), start=1):
            numbers = {"n": f"{rng.randint(7, 90)}", "k": f"{rng.randint(2, 5)}"}
            who = rng.choice(("customers", "people", "users"))
            numbers["n2"] = f"{rng.randint(95, 180)}"
            firm = rng.choice(("companies", "accounts"))
            queries = [means.format(**numbers, **days, **one.meant) for means in template.means]
            said = {"people": who, "companies": firm, **numbers, **days, **one.said}
            turns = [turn.format(**said) for turn in template.turns]
            if len(turns[0]) < _SHORTEST:
                continue
            drafted = template.status == "draft"
            yield Case(
                id=f"swept-{name}-{template.name}-{number}",
                workspace=name,
                prompt=turns[-1],
                context=tuple(turns[:-1]),
                status=template.status,
                split="train",
                query=queries[0] if drafted else None,
                also=tuple(queries[1:]) if drafted else (),
                options=() if drafted else tuple(queries),
                type=template.type,
                code=template.code,
                accept=template.accept,
                tags=(template.name,),
            )


def _days(today: date) -> Mapping[str, str]:
    """The days that sentences and queries speak of, as ISO dates."""
    week = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    months = {away: _months_on(month, away) for away in (-1, 1, 2)}
    quarter = month.replace(month=(month.month - 1) // 3 * 3 + 1)
    year = today.year
    found = {
        "today": today,
        "yesterday": today - timedelta(days=1),
        "tomorrow": today + timedelta(days=1),
        "after_tomorrow": today + timedelta(days=2),
        "this_week": week,
        "last_week": week - timedelta(days=7),
        "next_week": week + timedelta(days=7),
        "after_next_week": week + timedelta(days=14),
        "this_month": month,
        "last_month": months[-1],
        "next_month": months[1],
        "after_next_month": months[2],
        "this_quarter": quarter,
        "last_quarter": _months_on(quarter, -3),
        "next_quarter": _months_on(quarter, 3),
        "after_next_quarter": _months_on(quarter, 6),
    }
    return {
        **{name: f"{day}" for name, day in found.items()},
        "month_now": f"{month.month}",
        "to_sunday": f"{6 - today.weekday()}",
        "to_next_sunday": f"{13 - today.weekday()}",
        "year": f"{year}",
        "before": f"{year - 1}",
        "after": f"{year + 1}",
    }


def _months_on(first: date, months: int) -> date:
    """The first day of a month so many months later."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


# What comes of it -------------------------------------------------------------------------------


def measure(
    names: Sequence[str],
    seed: int = 1,
    each: int = 3,
    only: Sequence[str] = (),
    spread: int | None = None,
) -> dict[str, Any]:
    """Asks the sentences over each workspace; what came of them by template, the worst first.

    `spread`: over so many workspaces only, others for each template.
    """
    from evals.asking import ask_cases
    from evals.worlds import eval_settings, open_world, prepare

    settings = eval_settings()
    prepare(names, settings)
    contexts = {name: open_world(name, settings) for name in names}
    there = {
        name: list(sweep(name, world.catalog, _today(world), seed, each, only))
        for name, world in contexts.items()
    }
    if spread is not None:
        there = _spread(there, spread)
    counted: dict[str, Counter[str]] = {}
    wrong: list[dict[str, Any]] = []
    for name, context in contexts.items():
        for case, answer, scored in ask_cases(context, there[name]):
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
                        "prompt": " >> ".join((*case.context, case.prompt)),
                        "gold": case.query or case.code or case.options,
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


def _today(world: ToolContext) -> date:
    """The day that it is where the workspace is."""
    return world.moment().astimezone(ZoneInfo(world.catalog.timezone)).date()


def _spread(there: Mapping[str, Sequence[Case]], width: int) -> dict[str, list[Case]]:
    """Of each template the prompts of `width` workspaces, chosen by its name."""
    by_template: dict[str, dict[str, list[Case]]] = {}
    for name, cases in there.items():
        for case in cases:
            by_template.setdefault(case.tags[0], {}).setdefault(name, []).append(case)
    kept: dict[str, list[Case]] = {name: [] for name in there}
    for template, by_name in by_template.items():
        chosen = Random(template).sample(sorted(by_name), min(width, len(by_name)))
        for name in chosen:
            kept[name] += by_name[name]
    return kept


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
