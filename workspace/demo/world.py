"""What a made-up workspace is made of, and how parts of it are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from workspace.snake_case import snake_case
from workspace.yaml_file import YamlFile

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Column: TypeAlias = Ints | Floats | Bools | Any  # or an Arrow array

HOUR = 3600
DAY = 24 * HOUR


def load_world(path: Path) -> Mapping[str, Any]:
    """The content of a world file; numbers in it are texts."""
    content: dict[str, Any] = YamlFile(path).content
    return content


@dataclass(frozen=True)
class Choice:
    """Texts to draw from, each with its share."""

    texts: tuple[str, ...]
    shares: Floats

    @classmethod
    def of(cls, part: Any) -> Choice:
        """From a list (equal shares) or from texts with their shares."""
        shares = [float(part[each]) if isinstance(part, Mapping) else 1.0 for each in part]
        return cls(tuple(map(str, part)), np.array(shares) / sum(shares))

    def draw(self, random: np.random.Generator, size: int) -> Ints:
        """Positions in `texts`."""
        return random.choice(len(self.texts), size, p=self.shares)

    def some(
        self, random: np.random.Generator, size: int, *, missing: float | Bools = 0.0
    ) -> pa.Array:
        """Drawn texts, a share (or these) of them not set."""
        return texts(self.texts, self.draw(random, size), missing=gaps(random, size, missing))


def gaps(random: np.random.Generator, size: int, missing: float | Bools) -> Bools:
    return random.random(size) < missing if isinstance(missing, float) else missing


def texts(words: Sequence[str], positions: Ints, *, missing: Bools | None = None) -> pa.Array:
    """`words` at `positions`, not set where `missing`."""
    return pa.array(list(words), pa.string()).take(pa.array(positions, mask=missing))


def unset(values: Column, missing: Bools) -> pa.Array:
    """`values`, not set where `missing`."""
    return pa.array(values, mask=missing)


def money(values: Floats) -> Floats:
    """In cents, half a cent up."""
    return np.asarray(np.floor(values * 100 + 0.5) / 100)


def moments(seconds: Ints, *, missing: Bools | None = None) -> pa.Array:
    """Seconds since 1970 as timestamps without a zone, which are UTC."""
    stamps = pa.array(seconds * 1_000_000, mask=missing)
    return stamps.cast(pa.timestamp("us"))


def dates(seconds: Ints, *, missing: Bools | None = None) -> pa.Array:
    return pa.array((seconds // DAY).astype(np.int32), mask=missing).cast(pa.date32())


def lists(words: Sequence[str], positions: Ints, lengths: Ints) -> pa.Array:
    """Lists of `words`: the first `lengths[0]` of `positions` are the first list, and so on."""
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    made = pa.ListArray.from_arrays(pa.array(offsets), texts(words, positions))
    return pa.array(made.to_pylist(), pa.list_(pa.string()), mask=lengths == 0)


@dataclass
class Folder:
    """Writes the Parquet files of a workspace folder."""

    path: Path
    user_ids: pa.Array
    rows: dict[str, int] = field(default_factory=dict)

    def table(self, table: str, columns: Mapping[str, Column]) -> None:
        pq.write_table(pa.table(dict(columns)), self.path / f"{table}.parquet")

    def event(
        self,
        event: str,
        people: Ints,
        seconds: Ints,
        columns: Mapping[str, Column] | None = None,
        *,
        table: str | None = None,
    ) -> None:
        """Rows of one event, in the order of time; `people` are positions in `user_ids`."""
        slug = snake_case(event)
        size = len(people)
        self.rows[slug] = size
        order = pa.array(np.argsort(seconds, kind="stable"))
        fixed = {
            "id": pa.array([f"{slug}-{index:06}" for index in range(size)], pa.string()),
            "user_id": self.user_ids.take(pa.array(people)).take(order),
            "timestamp": moments(seconds).take(order),
        }
        if table is None:
            fixed["event"] = pa.array([slug] * size, pa.string())
            fixed["event_text"] = pa.array([event] * size, pa.string())
        given = {key: pa.array(values).take(order) for key, values in (columns or {}).items()}
        self.table(table or slug, fixed | given)
