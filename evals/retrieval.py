"""Does the index find the right fields among ten thousand? By meaning, by words, and both fused.

The questions are phrases of the corpus: the words of each condition that the engine reads right, and
the fields which that condition needs. Half a workspace's size or ten times it, the phrases stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import yaml

from audience.catalog import Catalog, EventField, FieldType, PropertyField, Seen
from audience.mentioned import fields_of, id_of
from evals.asking import ask_cases
from evals.dataset import DATASETS, load
from evals.scoring import recall
from evals.timing import Took
from evals.worlds import WORKSPACES, eval_settings, open_world, prepare
from workspace.opening import Progress, silent

if TYPE_CHECKING:
    from workspace.index import FieldIndex

AT = 10


def measure(
    size: int = 10_000, names: Sequence[str] = WORKSPACES, progress: Progress = silent
) -> dict[str, Any]:
    """Recall at 10 by meaning, by words, fused; seconds to build; milliseconds to find."""
    settings = eval_settings()
    prepare(names, settings, progress)
    found: dict[str, list[float]] = {"meaning": [], "words": [], "fused": []}
    built: list[Took] = []
    spent: list[Took] = []
    missed: list[dict[str, Any]] = []
    for name in names:
        progress(f"Indexing {size} fields around {name}", 0.0)
        with _large_index(name, size) as (index, fields, took):
            built.append(took)
            for words, wanted in phrases(name):
                started = Took.now()
                fused = [id_of(each.field) for each in index.find(words, AT)]
                spent.append(started.since())
                lists = index.rankings(words)
                answers = {
                    "meaning": [fields[key] for key in lists["meaning"][:AT]],
                    "words": [fields[key] for key in _by_words(lists)[:AT]],
                    "fused": fused,
                }
                for way, ids in answers.items():
                    found[way].append(recall(wanted, ids) or 0.0)
                if not set(wanted) <= set(fused):
                    missed.append({"words": words, "missing": sorted(set(wanted) - set(fused))})
    return {
        "fields": size,
        "phrases": len(spent),
        "recall_at_10": {way: round(mean(shares), 4) for way, shares in found.items()},
        "find_ms": _milliseconds([each.clock for each in spent]),
        "find_processor_ms": _milliseconds([each.processors for each in spent]),
        "build_seconds": [round(each.clock, 1) for each in built],
        "build_processor_seconds": [round(each.processors, 1) for each in built],
        "missed": missed[:40],
    }


def phrases(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Words of train prompts, and the ids of the fields that they need.

    Without those of which none could tell a field, as "not in August" said of what another condition
    names: no index is asked for them.
    """
    from audience.query import conditions
    from audience.validator import check
    from workspace.asking import tells

    context = open_world(name, eval_settings())
    cases = [
        case
        for case in load(workspaces=[name], split="train")
        if case.status == "draft" and not case.context and case.type == "users"
    ]
    for case, answer, scored in ask_cases(context, cases):
        if not scored.right or answer.query is None:
            continue
        root = check(answer.query, context.catalog).root
        if root is None:
            continue
        for node, (_, spans) in zip(conditions(root), answer.spans, strict=True):
            words = " ".join(case.prompt[start:end] for start, end in spans)
            wanted = fields_of(node)
            if tells(words) and wanted and not _is_named(words, wanted, context.catalog):
                yield words, wanted


def _is_named(words: str, wanted: Sequence[str], catalog: Catalog) -> bool:
    """Whether the fields come from the glossary or a saved audience: no index is asked for those."""
    said = words.lower().rstrip("s")
    return any(term.lower().rstrip("s") in said for term in catalog.glossary) or any(
        f"trait:{each.key}" in wanted for each in catalog.audiences
    )


def large(catalog: Catalog, size: int) -> Catalog:
    """The catalog with made-up fields beside its own, `size` in all."""
    own = sum(1 for _ in catalog.fields())
    events: list[EventField] = []
    room = size - own
    for event in _distractors(catalog):
        room -= 1 + len(event.properties)
        if room < 0:
            break
        events.append(event)
    return replace(catalog, events=(*catalog.events, *events))


def _distractors(catalog: Catalog) -> Iterator[EventField]:
    words = yaml.safe_load((DATASETS / "distractors.yaml").read_text("utf-8"))
    taken = {event.name for event in catalog.events}
    things = [each for part in words["things"].values() for each in _listed(part)]
    for action, thing in product(_listed(words["actions"]), things):
        name = f"{thing} {action}"
        if name in taken:
            continue
        spoken = {"thing": thing.lower(), "action": action.lower()}
        start = (len(name) + len(thing)) % len(words["properties"])
        chosen = [
            words["properties"][(start + step) % len(words["properties"])] for step in range(4)
        ]
        yield EventField(
            name=name,
            table=name.lower().replace(" ", "_").replace("-", "_"),
            properties=tuple(
                _property(name, key, type, text.format(**spoken)) for key, type, text in chosen
            ),
            description=f"A {spoken['thing']} was {spoken['action']}",
            seen=Seen(count=10, active=True),
        )


def _property(event: str, key: str, type: FieldType, description: str) -> PropertyField:
    return PropertyField(event, key, key, type, description, seen=Seen(count=10, active=True))


def _listed(lines: Sequence[str]) -> list[str]:
    return [each.strip() for line in lines for each in line.split(",")]


@contextmanager
def _large_index(name: str, size: int) -> Iterator[tuple[FieldIndex, Mapping[str, str], Took]]:
    """An index over the large catalog; its ids and ours; what building it took."""
    from workspace.documents import documents
    from workspace.index import FieldIndex

    settings = eval_settings()
    workspace = open_world(name, settings).workspace
    workspace = replace(workspace, catalog=large(workspace.catalog, size))
    with TemporaryDirectory(prefix="muster-") as scratch:
        index = FieldIndex(workspace, settings.model_copy(update={"home": Path(scratch)}))
        started = Took.now()
        index.prepare()
        took = started.since()
        yield index, {each.id: id_of(each.field) for each in documents(workspace.catalog)}, took
        index.close()


def _by_words(lists: Mapping[str, Sequence[str]]) -> list[str]:
    """Names and values, the two lexical rankings, taken in turns."""
    names, values = list(lists["names"]), list(lists["values"])
    mixed = [
        id
        for pair in zip(names + [""] * len(values), values + [""] * len(names), strict=True)
        for id in pair
        if id
    ]
    return list(dict.fromkeys(mixed))


def _milliseconds(seconds: Sequence[float]) -> dict[str, float]:
    ranked = sorted(seconds)
    p95 = ranked[int(0.95 * (len(ranked) - 1))]
    return {"p50": round(1000 * median(ranked), 2), "p95": round(1000 * p95, 2)}
