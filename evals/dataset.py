"""The corpus: prompts with the audience that each one asks for, read from `datasets/*.jsonl`.

Somebody's own prompts, on a workspace of their own, are read from a file of the same form.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args

from audience.catalog import AudienceType
from audience.problems import MusterError

DATASETS = Path(__file__).parent / "datasets"
Split = Literal["train", "test"]
Status = Literal["draft", "clarify", "refused"]
_KEYS = {
    "id", "workspace", "prompt", "context", "query", "also", "options", "type", "status", "code",
    "accept", "tags", "split",
}  # fmt: skip


class BrokenDataset(MusterError):
    """A line of a dataset that is not a case; the message names file and line."""

    code = "broken_dataset"


@dataclass(frozen=True)
class Case:
    """One prompt and its gold answer.

    A `draft` is right when it selects the people of `query`, or of one of `also`. A question with
    `options` is right when one of its choices selects the people of one of them. `accept` names
    other answers that are as good: a status, or `refused:code`.
    """

    id: str
    workspace: str
    prompt: str
    status: Status
    split: Split
    context: tuple[str, ...] = ()
    query: str | None = None
    also: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    type: AudienceType = "users"
    code: str | None = None
    accept: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def queries(self) -> tuple[str, ...]:
        """Every query of the gold answer."""
        return ((self.query,) if self.query is not None else ()) + self.also + self.options


def split_of(id: str) -> Split:
    """A third of all cases, chosen by their ids, is the test split."""
    return "test" if int(sha256(id.encode()).hexdigest(), 16) % 3 == 0 else "train"


def load(
    *,
    workspaces: Sequence[str] = (),
    split: Split | Literal["all"] = "all",
    tags: Sequence[str] = (),
    folder: Path = DATASETS,
) -> tuple[Case, ...]:
    """The cases of these workspaces and of any of these tags (all without), in file order.

    `folder` may be a file. Raises `BrokenDataset`.
    """
    paths = [folder] if folder.is_file() else sorted(folder.glob("*.jsonl"))
    if not paths:
        raise BrokenDataset(f"{folder} is no dataset: there are no lines of JSON.")
    return tuple(
        case
        for path in paths
        for case in _read(path)
        if (not workspaces or case.workspace in workspaces)
        and split in ("all", case.split)
        and (not tags or set(tags) & set(case.tags))
    )


def _read(path: Path) -> Iterator[Case]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.strip():
            try:
                yield _case(json.loads(line))
            except (KeyError, TypeError, ValueError) as error:
                raise BrokenDataset(f"{path.name}, line {number}: {error}") from error


def _case(row: dict[str, Any]) -> Case:
    unknown = set(row) - _KEYS
    if unknown:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    if row["status"] not in get_args(Status):
        raise ValueError(f"unknown status {row['status']!r}")
    case = Case(
        id=row["id"],
        workspace=row["workspace"],
        prompt=row["prompt"],
        status=row["status"],
        split=row.get("split", "train"),
        context=tuple(row.get("context", ())),
        query=row.get("query"),
        also=tuple(row.get("also", ())),
        options=tuple(row.get("options", ())),
        type=row.get("type", "users"),
        code=row.get("code"),
        accept=tuple(row.get("accept", ())),
        tags=tuple(row.get("tags", ())),
    )
    if (case.query is None) is (case.status == "draft"):
        raise ValueError("a draft has a query, and only a draft")
    if (case.code is None) is (case.status == "refused"):
        raise ValueError("a refusal has a code, and only a refusal")
    return case
