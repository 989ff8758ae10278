"""Strategies and their personas: who a company says that its campaigns are for.

Every part but key and name may be missing. A part that is one text here may be a list in the file,
and the other way round; both are read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from workspace.yaml_file import YamlFile


def _as_text(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(each.strip() for each in value if each.strip())
    return value.strip() if isinstance(value, str) else value


def _as_list(value: Any) -> Any:
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(each.strip() for each in value if each.strip())
    return value


def _as_name(value: Any) -> Any:
    text = _as_text(value)
    if text == "":
        raise ValueError("is empty")
    return text


Name = Annotated[str, BeforeValidator(_as_name)]
Text = Annotated[str, BeforeValidator(_as_text)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Profile(Part):
    """Who an audience is, in words."""

    demographics: Text = ""
    geography: Text = ""
    interests: Texts = ()
    behaviours: Texts = ()


class Persona(Profile):
    key: Name
    name: Name
    description: Text = ""
    pain_points: Texts = ()
    voice: Text = ""


class Strategy(Part):
    key: Name
    name: Name
    product: Text = ""
    audience: Profile = Profile()
    pain_points: Texts = ()
    personas: tuple[Persona, ...] = ()

    def persona(self, key: str) -> Persona | None:
        return next((each for each in self.personas if each.key == key), None)


def load_strategies(path: Path) -> tuple[Strategy, ...]:
    """The strategies of a `strategies.yaml`; none when there is no such file.

    Raises `workspace.yaml_file.InvalidFile` with file, line and part.
    """
    if not path.exists():
        return ()
    file = YamlFile(path)
    content = file.content
    if isinstance(content, dict):
        content = content.get("strategies")
    elif content is not None:
        raise file.error("must be a list under the key `strategies`.")
    if content in (None, ""):
        return ()
    if not isinstance(content, list):
        raise file.error("`strategies` must be a list.", ("strategies",))
    return tuple(_strategy(file, part, index) for index, part in enumerate(_unique(file, content)))


def _strategy(file: YamlFile, part: Any, index: int) -> Strategy:
    try:
        return Strategy.model_validate(_without_empty(part))
    except ValidationError as error:
        raise file.explained(error, ("strategies", index)) from None


def _without_empty(part: Any) -> Any:
    """Parts left empty (`personas:`) are as good as missing."""
    if isinstance(part, dict):
        kept = {
            "behaviours" if key == "behaviors" else key: _without_empty(value)
            for key, value in part.items()
        }
        return {key: value for key, value in kept.items() if value != "" or key in {"key", "name"}}
    if isinstance(part, list):
        return [_without_empty(each) for each in part]
    return part


def _unique(file: YamlFile, strategies: list[Any]) -> list[Any]:
    """The same list, once no two strategies, and no two personas of one, share a key."""
    _check_keys(file, strategies, ("strategies",))
    for index, strategy in enumerate(strategies):
        personas = strategy.get("personas") if isinstance(strategy, dict) else None
        if isinstance(personas, list):
            _check_keys(file, personas, ("strategies", index, "personas"))
    return strategies


def _check_keys(file: YamlFile, parts: list[Any], under: tuple[int | str, ...]) -> None:
    seen: set[str] = set()
    for index, part in enumerate(parts):
        key = part.get("key") if isinstance(part, dict) else None
        if not isinstance(key, str):
            continue
        if key in seen:
            raise file.error(f"the key {key!r} is there twice.", (*under, index, "key"))
        seen.add(key)
