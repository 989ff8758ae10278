"""The data files beside the code, read once."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def load(name: str) -> Any:
    """The content of a packaged YAML file of this folder."""
    text = (resources.files("audience.english") / name).read_text(encoding="utf-8")
    # The base loader makes everything text, so that `on` and `no` stay words.
    return yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
