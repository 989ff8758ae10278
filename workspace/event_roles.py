"""What people say that events are for, where the names say it wrong or not at all.

The built-in engine finds by itself that `txn_done` is a purchase; what a person corrects is kept here,
in a small file for each workspace that an import leaves alone: `<MUSTER_HOME>/event_roles/<name>.yaml`,
one line `event: role` each. The role `none` says that an event plays no role.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

import yaml

from workspace.locks import locked
from workspace.settings import Settings
from workspace.yaml_file import YamlFile

NONE = "none"


def said_roles(settings: Settings, workspace: str) -> Mapping[str, str]:
    """Event → role, as people said; empty when nobody said anything.

    Raises `workspace.yaml_file.InvalidFile`.
    """
    path = _path(settings, workspace)
    if not path.exists():
        return {}
    file = YamlFile(path)
    content = {} if file.content in (None, "") else file.content
    if not isinstance(content, dict):
        raise file.error("must be lines such as `txn_done: purchase`.")
    for event, role in content.items():
        if not isinstance(role, str):
            raise file.error("the role must be one word.", (event,))
    return dict(content)


def say_role(settings: Settings, workspace: str, event: str, role: str | None) -> None:
    """Keeps what an event is for; with None what was said of it is forgotten."""
    path = _path(settings, workspace)
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path.with_suffix(".lock")):
        said = dict(said_roles(settings, workspace))
        said.pop(event, None)
        if role is not None:
            said[event] = role
        text = yaml.safe_dump(said, allow_unicode=True, sort_keys=True) if said else ""
        with NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as fresh:
            fresh.write(text)
        os.replace(fresh.name, path)


def _path(settings: Settings, workspace: str) -> Path:
    return settings.home / "event_roles" / f"{workspace}.yaml"
