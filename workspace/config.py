"""What a workspace fixes for itself: `workspace.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from audience.problems import MusterError
from workspace.clock import instant
from workspace.yaml_file import YamlFile


@dataclass(frozen=True)
class WorkspaceConfig:
    """None means that the workspace does not say."""

    name: str | None = None
    as_of: datetime | None = None
    timezone: str = "UTC"
    currency: str = "USD"
    lookback_days: int | None = None
    dynamic_plus_limit: int | None = None
    glossary: Mapping[str, str] = field(default_factory=dict)


def load_config(path: Path) -> WorkspaceConfig:
    """Reads a `workspace.yaml`; all defaults when there is no such file.

    Raises `workspace.yaml_file.InvalidFile` with file, line and part.
    """
    if not path.exists():
        return WorkspaceConfig()
    file = YamlFile(path)
    content = {} if file.content in (None, "") else file.content
    if not isinstance(content, dict):
        raise file.error("must be a list of settings such as `timezone: UTC`.")
    return WorkspaceConfig(
        name=_text(file, content, "name"),
        as_of=_instant(file, content),
        timezone=_timezone(file, content),
        currency=_currency(file, content),
        lookback_days=_whole(file, content, "lookback_days", least=1),
        dynamic_plus_limit=_whole(file, content, "dynamic_plus_limit", least=0),
        glossary=_glossary(file, content),
    )


def _text(file: YamlFile, content: dict[str, Any], key: str) -> str | None:
    value = content.get(key, "")
    if not isinstance(value, str):
        raise file.error(f"{key} must be a text.", (key,))
    return None if value.strip() in {"", "~", "null"} else value.strip()


def _instant(file: YamlFile, content: dict[str, Any]) -> datetime | None:
    text = _text(file, content, "as_of")
    if text is None:
        return None
    try:
        return instant(text)
    except MusterError as error:
        raise file.error(f"as_of: {error.message}", ("as_of",)) from None


def _timezone(file: YamlFile, content: dict[str, Any]) -> str:
    name = _text(file, content, "timezone") or "UTC"
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise file.error(
            f"timezone: {name!r} is not a time zone. Write it like Europe/Madrid.", ("timezone",)
        ) from None
    return name


def _currency(file: YamlFile, content: dict[str, Any]) -> str:
    code = (_text(file, content, "currency") or "USD").upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise file.error(f"currency: {code!r} is not a code such as USD.", ("currency",))
    return code


def _whole(file: YamlFile, content: dict[str, Any], key: str, *, least: int) -> int | None:
    text = _text(file, content, key)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) >= least):
        raise file.error(f"{key} must be a whole number of at least {least}.", (key,))
    return int(text)


def _glossary(file: YamlFile, content: dict[str, Any]) -> Mapping[str, str]:
    terms = content.get("glossary") or {}
    if not isinstance(terms, dict):
        raise file.error("glossary must be a list of `term: query`.", ("glossary",))
    for term, query in terms.items():
        if not isinstance(query, str) or not query.strip() or not term.strip():
            raise file.error(f"glossary: {term!r} needs a query.", ("glossary", term))
    return {term.strip(): query.strip() for term, query in terms.items()}
