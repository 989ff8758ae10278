"""The data files beside the code, read once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

import yaml

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the C one is ten times as fast


@cache
def load(name: str) -> Any:
    """The content of a packaged YAML file of this folder."""
    return read("audience.english", name)


def read(package: str, name: str, *, numbers: bool = False) -> Any:
    """The content of a YAML file of a package: mappings and lists of texts, so that `on` and `no`
    stay words; with `numbers`, digits without quotes are a whole number. Nothing else of YAML is read.

    It is put together from what the parser meets, in a third of the time that PyYAML's loaders take.
    """
    text = (resources.files(package) / name).read_text(encoding="utf-8")
    following = _Loader(text).get_event
    following(), following()  # where the file and its document begin
    return _value(following(), following, numbers)


def _value(event: yaml.Event, following: Callable[[], Any], numbers: bool) -> Any:
    if isinstance(event, yaml.ScalarEvent):
        is_number = numbers and event.implicit[0] and event.value.removeprefix("-").isdecimal()
        return int(event.value) if is_number else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(each := following(), yaml.SequenceEndEvent):
            items.append(_value(each, following, numbers))
        return items
    if isinstance(event, yaml.MappingStartEvent):
        pairs = {}
        while not isinstance(key := following(), yaml.MappingEndEvent):
            pairs[key.value] = _value(following(), following, numbers)
        return pairs
    raise ValueError(f"A data file has what is not read here: {event}")
