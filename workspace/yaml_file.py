"""Reading a YAML file that people write, with errors that say where.

Every scalar is read as text: a country code NO stays "NO" and a key 2024 stays "2024".
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from audience.problems import MusterError

_MOST_PARTS = 100_000  # with everything written out that `*name` repeats


class InvalidFile(MusterError):
    """A file that cannot be read; the message names file and place."""

    code = "invalid_file"


class YamlFile:
    """The content of one YAML file as dicts, lists and texts, and the line of each part."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            text = path.read_bytes().decode("utf-8-sig")
            loader = yaml.BaseLoader(text)
            self._root = loader.get_single_node()
            if _size(self._root, {}) > _MOST_PARTS:
                raise InvalidFile(f"{path}: has more than {_MOST_PARTS:,} parts.")
            self.content: Any = (
                None if self._root is None else loader.construct_document(self._root)
            )
        except UnicodeDecodeError as error:
            raise InvalidFile(f"{path}: not UTF-8 text (byte {error.start}).") from None
        except OSError as error:
            raise InvalidFile(f"{path}: cannot be read ({error.strerror}).") from None
        except yaml.YAMLError as error:
            raise InvalidFile(f"{path}{_place(error)}: {_reason(error)}.") from None
        except RecursionError:
            raise InvalidFile(f"{path}: nested too deeply.") from None

    def error(self, message: str, where: tuple[int | str, ...] = ()) -> InvalidFile:
        """An error about the part at `where`, a path of keys and positions."""
        return InvalidFile(f"{self.path}, line {self._line(where)}: {message}")

    def explained(self, error: ValidationError, under: tuple[int | str, ...] = ()) -> InvalidFile:
        """The first thing that pydantic found wrong with the part at `under`."""
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = (*under, *first["loc"])
        name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in where)
        reason = first["msg"].removeprefix("Value error, ")
        if first["type"] == "missing":
            reason = "is missing"
        return self.error(f"{name.lstrip('.')}: {reason}.", where)

    def _line(self, where: tuple[int | str, ...]) -> int:
        node = self._root
        line = 1
        for step in where:
            if isinstance(node, yaml.MappingNode):
                pairs = [(key, value) for key, value in node.value if key.value == step]
                if not pairs:
                    break
                key, node = pairs[0]
                line = key.start_mark.line + 1
            elif (
                isinstance(node, yaml.SequenceNode)
                and isinstance(step, int)
                and step < len(node.value)
            ):
                node = node.value[step]
                line = node.start_mark.line + 1
            else:
                break
        return line


def _size(node: yaml.Node | None, known: dict[int, int]) -> int:
    """How many parts `node` has; a few lines of `*name` can stand for billions."""
    if node is None or isinstance(node, yaml.ScalarNode):
        return 1
    if id(node) not in known:
        known[id(node)] = 1  # of a part that contains itself, which the constructor refuses
        parts = [
            each for pair in node.value for each in (pair if isinstance(pair, tuple) else (pair,))
        ]
        known[id(node)] = 1 + sum(_size(part, known) for part in parts)
    return known[id(node)]


def _place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return "" if mark is None else f", line {mark.line + 1}, column {mark.column + 1}"


def _reason(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML")
