"""A workspace whose every name is an invented word, described by what it stood for.

Events, properties, traits and enumerated values of a workspace folder are renamed, in its data and
in its tracking plan, and the old words go into the descriptions. An engine that reads schemas
answers as before; one that knows certain names by heart does not.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from audience.english.coded import meanings
from audience.query import (
    Aggregate,
    Boolean,
    Comparison,
    Events,
    Literal,
    Node,
    Property,
    Trait,
)
from workspace.snake_case import snake_case

_ONSETS = (
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gl",
    "k",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "r",
    "s",
    "t",
    "tr",
    "v",
    "z",
)
_VOWELS = ("a", "e", "i", "o", "u")
_ENDS = ("", "l", "m", "n", "r", "x")
_LISTED = {"array"}


@dataclass
class Renaming:
    """Old names → invented ones. Properties and values are by the name of what they belong to."""

    events: dict[str, str] = field(default_factory=dict)
    properties: dict[tuple[str, str], str] = field(default_factory=dict)  # event, property
    traits: dict[str, str] = field(default_factory=dict)
    values: dict[tuple[str, str], str] = field(default_factory=dict)  # field id, value

    def query(self, root: Boolean) -> Boolean:
        """The same audience, in the new names."""
        made: Boolean = self._renamed(root, ())
        return made

    def back(self, text: str) -> str:
        """`text` with the old names in place of the invented ones, for people to read."""
        old = {new: name for name, new in (*self.events.items(), *self.traits.items())}
        old |= {new: name for (_, name), new in (*self.properties.items(), *self.values.items())}
        return re.sub(r"\w+", lambda word: old.get(word.group(), word.group()), text)

    def _renamed(self, node: Any, events: tuple[str, ...]) -> Any:
        match node:
            case Trait(name=name):
                return replace(node, name=self.traits.get(name, name))
            case Property(name=name, of_parent=of_parent):
                return replace(node, name=self._property(events, name, of_parent))
            case Aggregate(events=Events(name=name) as source, reducer=reducer):
                return replace(
                    node,
                    events=self._renamed(source, events),
                    reducer=self._parts(reducer, (*events, name)),
                )
            case Events(name=name):
                made = self._parts(node, (*events, name))
                return replace(made, name=self.events.get(name, name))
            case Comparison(left=left, values=values):
                place = _field_of(left, events)
                return replace(
                    node,
                    left=self._renamed(left, events),
                    values=tuple(
                        replace(each, value=self.values.get((place, str(each.value)), each.value))
                        if isinstance(each, Literal)
                        else self._renamed(each, events)
                        for each in values
                    ),
                )
            case _:
                return self._parts(node, events)

    def _parts(self, node: Any, events: tuple[str, ...]) -> Any:
        changes: dict[str, Any] = {}
        for name, value in vars(node).items():
            if isinstance(value, Node):
                changes[name] = self._renamed(value, events)
            elif isinstance(value, tuple) and any(isinstance(each, Node) for each in value):
                changes[name] = tuple(self._renamed(each, events) for each in value)
        return replace(node, **changes) if changes else node

    def _property(self, events: tuple[str, ...], name: str, of_parent: bool) -> str:
        owner = events[-2] if of_parent and len(events) > 1 else events[-1]
        return self.properties.get((owner, name), name)


def _field_of(left: Node, events: tuple[str, ...]) -> str:
    """The id of the field whose values a comparison speaks of; empty for counts and amounts."""
    match left:
        case Trait(name=name):
            return f"trait:{name}"
        case Property(name=name):
            owner = events[-2] if left.of_parent and len(events) > 1 else events[-1]
            return f"property:{owner}/{name}"
        case Aggregate(events=Events(name=event), reducer=reducer) if reducer.property and (
            reducer.method in ("first", "last", "mode", "min", "max")
        ):
            return f"property:{event}/{reducer.property.name}"
        case _:
            return ""


def invent(source: Path, target: Path) -> Renaming:
    """Writes a copy of the workspace folder `source`, which has a plan, in invented names."""
    target.mkdir(parents=True)
    for extra in ("workspace.yaml", "strategies.yaml"):
        if (source / extra).exists():
            shutil.copy(source / extra, target / extra)
    plan = json.loads((source / "tracking_plan.json").read_text("utf-8"))
    names = Renaming()
    word = _words()
    for rule in plan["rules"]:
        _rename_rule(rule, names, word)
    (target / "tracking_plan.json").write_text(json.dumps(plan, indent=1), "utf-8")
    for path in sorted(source.glob("*.parquet")):
        _rename_table(path, target, names)
    _rename_glossary(target / "workspace.yaml", names)
    return names


def _words() -> Callable[[str], str]:
    """Old text → an invented word, the same for the same text, and no word twice."""
    given: dict[str, str] = {}

    def word(text: str) -> str:
        if text not in given:
            number = 0
            while (made := _word(f"{text} {number}")) in given.values():
                number += 1
            given[text] = made
        return given[text]

    return word


def _word(seed: str) -> str:
    bytes_ = sha256(seed.encode()).digest()
    syllables = [
        _ONSETS[bytes_[i] % len(_ONSETS)]
        + _VOWELS[bytes_[i + 1] % len(_VOWELS)]
        + _ENDS[bytes_[i + 2] % len(_ENDS)]
        for i in (0, 3, 6)
    ]
    return "".join(syllables)


def _rename_rule(rule: dict[str, Any], names: Renaming, word: Callable[[str], str]) -> None:
    schema, kind, key = rule["jsonSchema"], rule["type"], rule.get("key", "")
    part = "properties" if kind == "TRACK" else "traits"
    fields = schema.get("properties", {}).get(part, {}).get("properties", {})
    if kind == "TRACK":
        names.events[key] = rule["key"] = word(f"event {key}")
        schema["description"] = _described(key, schema.get("description", ""))
    renamed: dict[str, Any] = {}
    for name, wanted in fields.items():
        new = word(f"{part} {name}")
        place = f"property:{key}/{name}" if kind == "TRACK" else f"trait:{name}"
        if kind == "TRACK":
            names.properties[key, name] = new
        else:
            names.traits[name] = new
        wanted["description"] = _described(name, wanted.get("description", ""))
        _rename_values(wanted, place, names, word)
        renamed[new] = wanted
    if fields:
        schema["properties"][part]["properties"] = renamed


def _rename_values(
    wanted: dict[str, Any], place: str, names: Renaming, word: Callable[[str], str]
) -> None:
    listed = wanted.get("enum") or (wanted["pattern"].split("|") if "pattern" in wanted else [])
    if not listed or wanted.get("type") in _LISTED or not all(isinstance(v, str) for v in listed):
        return
    old = wanted["description"]
    explained: dict[str, str] = {}
    for value, meaning in meanings(old, listed):
        explained.setdefault(value, meaning)  # the whole of it; its alternatives come after
    told = []
    for value in listed:
        new = word(f"value {value}")
        names.values[place, value] = new
        told.append(f"{new} = {explained.get(value) or _spoken(value, old)}")
    wanted.pop("pattern", None)
    wanted["enum"] = [names.values[place, value] for value in listed]
    for value, meaning in explained.items():
        old = re.sub(rf"\b{re.escape(value)}\W{{1,3}}{re.escape(meaning)}(?:, |; )?", "", old)
    wanted["description"] = f"{old.rstrip(' :,')}: {', '.join(told)}"


def _described(name: str, description: str) -> str:
    """The old name in words, and what the plan says of it."""
    spoken = " ".join(re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+", name)).lower()
    if not description or spoken in description.lower():
        return description or spoken.capitalize()
    return f"{spoken.capitalize()}: {description}"


def _spoken(value: str, description: str) -> str:
    """What a value means that no description explains: a country, a language, or itself."""
    about = description.lower()
    if "country" in about or "state" in about or "language" in about:
        name = _named(value, about)
        if name:
            return name
    return value.replace("_", " ")


def _named(code: str, about: str) -> str | None:
    import pycountry

    known: Any = pycountry
    if "language" in about:
        found = known.languages.get(alpha_2=code.lower())
    elif "state" in about and "country" not in about:
        found = known.subdivisions.get(code=f"US-{code}")
    elif len(code) in (2, 3) and code.isupper():
        found = known.countries.get(**{f"alpha_{len(code)}": code})
    else:
        found = None
    return None if found is None else str(getattr(found, "common_name", found.name))


def _rename_table(path: Path, target: Path, names: Renaming) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    event = next((each for each in names.events if snake_case(each) == path.stem), None)
    if event is None and "event_text" in table.column_names and table.num_rows:
        event = str(table.column("event_text")[0])
    keys = (
        {snake_case(old): (old, new) for (e, old), new in names.properties.items() if e == event}
        if event
        else {snake_case(old): (old, new) for old, new in names.traits.items()}
        if path.stem in ("users", "accounts")
        else {}
    )
    columns: dict[str, Any] = {}
    for name in table.column_names:
        column = table.column(name)
        old, new = keys.get(name, (name, name))
        place = f"property:{event}/{old}" if event else f"trait:{old}"
        values = {value: word for (p, value), word in names.values.items() if p == place}
        if values:
            column = pa.array([values.get(v, v) for v in column.to_pylist()], pa.string())
        columns[new if name in keys else name] = column
    stem = path.stem
    if event:
        stem = names.events[event]
        columns["event"] = pa.array([stem] * table.num_rows, pa.string())
        columns["event_text"] = pa.array([stem] * table.num_rows, pa.string())
    pq.write_table(pa.table(columns), target / f"{stem}.parquet")


def _rename_glossary(path: Path, names: Renaming) -> None:
    from audience.printer import show
    from audience.reader import read

    if not path.exists():
        return
    settings: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    terms: Mapping[str, str] = settings.get("glossary") or {}
    settings["glossary"] = {term: show(names.query(read(query))) for term, query in terms.items()}
    path.write_text(yaml.safe_dump(settings, sort_keys=False, allow_unicode=True), "utf-8")
