"""The files of a workspace folder: which there are, and each of them opened as a table of DuckDB."""

from __future__ import annotations

import csv
import glob
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audience.problems import MusterError
from workspace.columns import Column
from workspace.patience import run_watched
from workspace.sql import Sql, joined, name, sql, text
from workspace.yaml_file import InvalidFile

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TABLES = (".parquet", ".csv")
DESCRIBING = ("tracking_plan.json", "strategies.yaml", "workspace.yaml")
NOT_EVENTS = frozenset({"tracks", "identifies", "aliases"})
PAGES = {"pages": "Page Viewed", "screens": "Screen Viewed"}
_QUICK = 4_000_000  # bytes, that are read before anybody asks how far it is
_NOT_EVENTS = ("users", "accounts", "groups")


class InvalidFolder(MusterError):
    """A folder that is no workspace."""

    code = "invalid_folder"


@dataclass(frozen=True)
class Source:
    """One file of rows; `table` is its name without the ending."""

    table: str
    path: Path
    size: int  # bytes

    @property
    def is_csv(self) -> bool:
        return self.path.suffix.lower() == ".csv"


@dataclass(frozen=True)
class Folder:
    path: Path
    events: tuple[Source, ...]  # by table
    users: Source | None = None
    accounts: Source | None = None
    groups: Source | None = None
    unused: tuple[str, ...] = ()  # names of files that are none of a workspace's

    @property
    def has_data(self) -> bool:
        return self.users is not None


def look_into(path: Path) -> Folder:
    """What lies in a workspace folder.

    Raises `InvalidFolder` when that is nothing, not a folder, events without users, or one table twice.
    """
    if not path.is_dir():
        raise InvalidFolder(f"{path} is not a folder. Give the folder that holds users.parquet.")
    try:
        files = sorted(each for each in path.iterdir() if each.is_file())
    except OSError as error:
        raise InvalidFolder(f"{path} cannot be read ({error.strerror}).") from None
    tables: dict[str, Source] = {}
    unused: list[str] = []
    for file in files:
        if file.suffix.lower() not in TABLES or file.name.startswith("."):
            unused += [] if file.name in DESCRIBING else [file.name]
        elif file.stem in NOT_EVENTS:
            unused.append(file.name)
        else:
            _add(tables, Source(file.stem, file, file.stat().st_size))
    known = {each: tables.pop(each, None) for each in _NOT_EVENTS}
    folder = Folder(path, tuple(tables.values()), **known, unused=tuple(unused))
    if folder.users is None and (folder.events or folder.accounts or folder.groups):
        raise InvalidFolder(
            f"{path}: users.parquet (or users.csv) is missing. It lists everybody, with their traits."
        )
    if folder.users is None and not (path / "tracking_plan.json").exists():
        raise InvalidFolder(
            f"{path} holds no workspace: put users.parquet and one file per event into it, "
            "or a tracking_plan.json."
        )
    return folder


def _add(tables: dict[str, Source], source: Source) -> None:
    for other in tables.values():
        if other.table.casefold() == source.table.casefold():
            raise InvalidFolder(
                f"{source.path.parent}: {other.path.name} and {source.path.name} are the same "
                "table. Remove one of them."
            )
    tables[source.table] = source


class OpenSource:
    """A file as a table: `relation` to select from, `columns` with the types that DuckDB gives them.

    The cells of a CSV file are texts, and empty ones NULL. Close it to free what it took.
    """

    def __init__(
        self,
        connection: DuckDBPyConnection,
        source: Source,
        progress: Callable[[float], None] = lambda _share: None,
    ) -> None:
        """`progress` is told how much of a CSV file is read."""
        self._connection = connection
        self._progress = progress
        self.source = source
        self.relation = name("/opened")  # no file's name has a slash
        self.close()
        if source.is_csv:
            self._read_csv()
        else:
            self._run(
                sql(
                    "CREATE TEMP VIEW {relation} AS SELECT * FROM read_parquet({path})",
                    relation=self.relation,
                    path=text(glob.escape(str(source.path))),
                )
            )
        described = self._run(sql("DESCRIBE SELECT * FROM {relation}", relation=self.relation))
        self.columns: dict[str, str] = {each[0]: each[1] for each in described}
        for column in self.columns:
            if "\0" in column:
                raise InvalidFile(
                    f"{source.path.name}: the name of column {column!r} holds a null character. "
                    "Rename it and import again."
                )

    def close(self) -> None:
        kind = Sql("TABLE") if self.source.is_csv else Sql("VIEW")
        self._connection.execute(
            sql("DROP {kind} IF EXISTS {relation}", kind=kind, relation=self.relation)
        )

    def select(self, template: str, **parts: Sql) -> list[tuple[Any, ...]]:
        """Rows of a query in which `{relation}` is this file."""
        return self._run(sql(template, relation=self.relation, **parts))

    def need(self, *columns: str) -> None:
        """Raises `InvalidFile` unless the file has these columns."""
        for column in columns:
            if column not in self.columns:
                raise InvalidFile(
                    f"{self.source.path.name}: the column {column!r} is missing. "
                    f"It has: {', '.join(self.columns) or 'none'}."
                )

    def check(self, columns: tuple[Column, ...]) -> None:
        """Raises `InvalidFile` with column, row and cell for the first that cannot be read."""
        checked = [each for each in columns if each.misfit is not None]
        if not checked:
            return
        counts = joined(sql("count_if({m})", m=each.misfit or Sql("false")) for each in checked)
        (found,) = self.select("SELECT {counts} FROM {relation}", counts=counts)
        for column, misfits in zip(checked, found, strict=True):
            if misfits and column.misfit is not None:
                row, cell = self.first(column.misfit, column.name)
                raise self.error(
                    column.name,
                    row,
                    f"{_shown(cell)} is not {column.wanted}. Correct it and import again.",
                )

    def check_set(self, column: str) -> None:
        """Raises `InvalidFile` for the first row in which `column` is not set."""
        missing = sql("{c} IS NULL", c=name(column))
        ((count,),) = self.select("SELECT count_if({m}) FROM {relation}", m=missing)
        if count:
            row, _ = self.first(missing, column)
            raise self.error(column, row, "is empty. Every row needs one.")

    def first(self, condition: Sql, column: str) -> tuple[int, Any]:
        """Number (from 1, the header not counted) and cell of the first row that fits `condition`."""
        ((row, cell),) = self.select(
            "SELECT row, cell FROM (SELECT row_number() OVER () AS row, {c} AS cell,"
            " {condition} AS found FROM {relation}) WHERE found ORDER BY row LIMIT 1",
            c=name(column),
            condition=condition,
        )
        return row, cell

    def error(self, column: str, row: int, reason: str) -> InvalidFile:
        return InvalidFile(f"{self.source.path.name}, column {column}, {self._row(row)}: {reason}")

    def _row(self, row: int) -> str:
        """The row, and its line where every row is one line."""
        if self.source.is_csv:
            ((rows,),) = self.select("SELECT count(*) FROM {relation}")
            with self.source.path.open("rb") as file:
                lines = sum(1 for _ in file)
            if lines == rows + 1:
                return f"row {row} (line {row + 1})"
        return f"row {row}"

    def _run(self, query: Sql, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        import duckdb

        try:
            if self.source.size < _QUICK:
                return self._connection.execute(query, values or []).fetchall()
            run_watched(self._connection, query, values or [], self._progress)
            return self._connection.fetchall()
        except (duckdb.IOException, duckdb.InvalidInputException, duckdb.BinderException) as error:
            raise InvalidFile(
                f"{self.source.path.name}: cannot be read as "
                f"{'CSV' if self.source.is_csv else 'Parquet'} ({_reason(error)})."
            ) from None
        except duckdb.Error as error:
            raise InvalidFile(f"{self.source.path.name}: {_reason(error)}.") from None

    def _read_csv(self) -> None:
        header, delimiter = _header(self.source.path)
        options: list[Any] = [
            glob.escape(str(self.source.path)),
            dict.fromkeys(header, "VARCHAR"),
            delimiter,
        ]
        read = (
            "{make} SELECT * FROM read_csv(?, columns = ?, delim = ?, header = true,"
            " auto_detect = false, quote = '\"', escape = '\"', nullstr = '', max_line_size = 16777216"
        )
        make = sql("CREATE TEMP TABLE {relation} AS", relation=self.relation)
        try:
            self._run(sql(read + ")", make=make), options)
        except InvalidFile as error:
            self._run(
                sql(read + ", store_rejects = true, rejects_limit = 1)", make=Sql("")), options
            )
            rejects = self._run(
                Sql(
                    "SELECT line, column_name, error_message FROM reject_errors ORDER BY line LIMIT 1"
                )
            )
            for line, column, reason in rejects:
                place = f"line {line}" + (f" (row {line - 1})" if line > 1 else "")
                raise InvalidFile(
                    f"{self.source.path.name}, {place}"
                    + (f", column {column}" if column else "")
                    + f": {_first_line(reason)}"
                ) from None
            raise error


def _header(path: Path) -> tuple[list[str], str]:
    """The names of a CSV file's columns, and what parts them: a comma, else a semicolon or a tab."""
    try:
        with path.open(encoding="utf-8-sig", newline="", errors="surrogateescape") as file:
            start = file.readline()
            if not start.strip():
                raise InvalidFile(f"{path.name}: is empty. Its first line must name the columns.")
            file.seek(0)
            delimiter = next((each for each in (",", ";", "\t") if each in start), ",")
            header = [each.strip() for each in next(csv.reader(file, delimiter=delimiter))]
    except (OSError, csv.Error) as error:
        raise InvalidFile(f"{path.name}: cannot be read ({error}).") from None
    seen: set[str] = set()
    for index, column in enumerate(header):
        if any("\udc80" <= letter <= "\udcff" for letter in column):
            raise InvalidFile(
                f"{path.name}, line 1: the name of column {index + 1} is not UTF-8 text."
            )
        if not column:
            raise InvalidFile(f"{path.name}, line 1: column {index + 1} has no name.")
        if column.casefold() in seen:
            raise InvalidFile(f"{path.name}, line 1: the column {column!r} is there twice.")
        seen.add(column.casefold())
    return header, delimiter


def batches(columns: tuple[str, ...], size: int = 100) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(columns), size):
        yield columns[start : start + size]


def _shown(cell: Any) -> str:
    shown = str(cell)
    return repr(shown if len(shown) <= 60 else shown[:59] + "…")


def _first_line(message: object) -> str:
    return str(message).strip().split("\n", 1)[0]


def _reason(error: Exception) -> str:
    return _first_line(error).rstrip(".")
