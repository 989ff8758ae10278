"""Spark as an engine: a Spark Connect server, or a Spark of one's own over a folder of Parquet files.

    sc://host:15002?schema=NAME     a server, as `sc://host:15002/;use_ssl=true;token=…?schema=NAME`
                                    where it wants to know more
    spark:///path/to/folder         this machine, on `users.parquet`, `order_completed.parquet` …;
                                    each a file, or a folder of files

Of Ibis only the compiler is used. A query's texts are bound, and only SELECT is ever sent.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import socket
import subprocess
import threading
import warnings
from abc import abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import uuid4

from audience.problems import MusterError
from workspace.database import (
    CHANGED,
    FAILED,
    GONE,
    NO_MEMORY,
    TOO_LARGE,
    DatabaseError,
    Row,
    bound_statement,
)
from workspace.warehouse import TOO_LONG, TookTooLong, Warehouse

if TYPE_CHECKING:
    from audience.catalog import Catalog
    from audience.compiler.dialect import Dialect

_SETTINGS = {"spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "true"}
_ENDING = ".parquet"
_TRIES = 4  # of a call to a server, within a few seconds
_CONNECT_PORT = 15002
_CONNECT_SECONDS = 10
_AGAIN = 0.5  # seconds, after which a query that goes on is told again to stop


class EngineNotInstalled(MusterError):
    """Spark needs a part that this machine does not have."""

    code = "engine_not_installed"


def open_spark(
    url: str, catalog: Catalog | None = None, *, seconds: int | None = None
) -> Warehouse:
    """The Spark at `url`; a query is asked to stop after `seconds`, which Spark does at its next step.

    Raises EngineNotInstalled and DatabaseError.
    """
    try:
        from pyspark.logger import PySparkLogger
    except ImportError as error:
        raise EngineNotInstalled(
            "Spark needs PySpark, which is not installed: .venv/bin/pip install -e '.[spark]'"
        ) from error
    for name in ("SQLQueryContextLogger", "DataFrameQueryContextLogger"):
        PySparkLogger.getLogger(name).setLevel(logging.CRITICAL + 1)  # they print whole queries
    parts = urlsplit(url)
    if parts.scheme == "sc":
        address, _, query = url.partition("?")
        schema = dict(parse_qsl(query)).get("schema")
        return ConnectDatabase(address, schema, catalog, seconds=seconds)
    if parts.netloc:
        raise DatabaseError(
            "spark:// is followed by the path of a folder, as in spark:///data/shop. "
            "A cluster is reached through its Spark Connect server, as in sc://host:15002."
        )
    return FolderDatabase(Path(unquote(parts.path)), catalog, seconds=seconds)


class SparkDatabase(Warehouse):
    """A session of Spark, with settings and views of its own. One that is lost is made anew."""

    dialect: Dialect = "pyspark"

    def __init__(self, catalog: Catalog | None, *, seconds: int | None) -> None:
        super().__init__(catalog)
        self._session: Any = None
        self._seconds = seconds
        self._opening = threading.Lock()
        with self._in_words():
            self._ready()

    def rows(self, table: Any, constants: Collection[str] = ()) -> list[Row]:
        with self._in_words():
            found = self._fetched(*self._statement(table, constants))
        return list(zip(*(each.to_pylist() for each in found.columns), strict=True))

    def stream(self, table: Any, constants: Collection[str] = ()) -> Iterator[Row]:
        sql, bound = self._statement(table, constants)
        with self._in_words():
            yield from map(tuple, self._ready().sql(sql, args=bound).toLocalIterator())

    def close(self) -> None:
        self._session = None

    def _lost(self) -> None:
        """Forgets a session whose Spark is gone; the next query opens another."""
        self.close()

    def _types(self, table: str) -> Mapping[str, Any]:
        from ibis.backends.sql.datatypes import PySparkType

        with self._in_words():
            fields = self._fields(self._ready(), table)
        return {each.name: PySparkType.from_string(each.dataType.simpleString()) for each in fields}

    def _statement(self, table: Any, constants: Collection[str]) -> tuple[str, dict[str, str]]:
        from audience.compiler.dialect import spark_compiler

        sql, values = bound_statement(table, constants, spark_compiler(), "spark")
        return sql, {f"p{number}": value for number, value in enumerate(values, 1)}

    def _fetched(self, sql: str, bound: Mapping[str, str]) -> Any:
        """An Arrow table of what `sql` gives. Raises TookTooLong after the seconds that it may take."""
        session, tag = self._ready(), f"muster-{uuid4().hex}"
        late, over = threading.Event(), threading.Event()

        def watch() -> None:
            # Again and again: between two jobs of one query there is nothing to stop.
            allowed: float | None = self._seconds
            while not over.wait(allowed):
                late.set()
                allowed = _AGAIN
                self._stop(session, tag)

        watcher = threading.Thread(target=watch, daemon=True)
        with self._tagged(session, tag):
            if self._seconds is not None:
                watcher.start()
            try:
                return session.sql(sql, args=bound).toArrow()
            except Exception as error:
                if late.is_set():
                    raise TookTooLong(TOO_LONG) from error
                raise
            finally:
                over.set()

    @abstractmethod
    def _tagged(self, session: Any, tag: str) -> AbstractContextManager[None]:
        """While it lasts, what this thread asks of the session carries `tag`."""

    @abstractmethod
    def _stop(self, session: Any, tag: str) -> None:
        """Stops what carries `tag`; called from another thread."""

    @abstractmethod
    def _opened(self) -> Any:
        """A new session."""

    @abstractmethod
    def _fields(self, session: Any, table: str) -> Sequence[Any]:
        """The columns of a table; none where there is no such table."""

    def _ready(self) -> Any:
        with self._opening:
            if self._session is None:
                self._session = self._opened()
                for name, value in _SETTINGS.items():
                    self._session.conf.set(name, value)
            return self._session

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Spark's errors, told to people; never with what the address holds."""
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            yield
        except (PySparkException, Py4JError, OSError) as error:
            said = _said(error)
            if said == GONE:
                self._lost()
            raise DatabaseError(said) from error


class FolderDatabase(SparkDatabase):
    """A Spark of this process, over a folder of Parquet files."""

    def __init__(self, folder: Path, catalog: Catalog | None, *, seconds: int | None) -> None:
        if not folder.is_dir():
            raise DatabaseError(f"There is no folder {folder}.")
        self._folder = folder
        super().__init__(catalog, seconds=seconds)

    def tables(self) -> tuple[str, ...]:
        names = {each.name.removesuffix(_ENDING): each for each in self._folder.iterdir()}
        return tuple(
            sorted(name for name, path in names.items() if path.is_dir() or path.suffix == _ENDING)
        )

    def _opened(self) -> Any:
        return _local().newSession()

    @contextmanager
    def _tagged(self, session: Any, tag: str) -> Iterator[None]:
        # Tags of a session are known to the thread that set them only; these are known to all.
        session.sparkContext.addJobTag(tag)
        try:
            yield
        finally:
            session.sparkContext.removeJobTag(tag)

    def _stop(self, session: Any, tag: str) -> None:
        session.sparkContext.cancelJobsWithTag(tag)

    def _fields(self, session: Any, table: str) -> Sequence[Any]:
        for path in (self._folder / f"{table}{_ENDING}", self._folder / table):
            if path.parent == self._folder and path.exists():
                rows = session.read.parquet(f"file://{path.absolute()}")
                rows.createOrReplaceTempView(f"`{table.replace('`', '``')}`")
                return tuple(rows.schema.fields)
        return ()


class ConnectDatabase(SparkDatabase):
    """A Spark Connect server, and the schema there that holds the workspace's tables."""

    def __init__(
        self, address: str, schema: str | None, catalog: Catalog | None, *, seconds: int | None
    ) -> None:
        self._address = address
        self._schema = schema
        super().__init__(catalog, seconds=seconds)

    def tables(self) -> tuple[str, ...]:
        with self._in_words():
            return tuple(sorted(each.name for each in self._ready().catalog.listTables()))

    def _opened(self) -> Any:
        try:
            from pyspark.sql.connect.client.retries import DefaultPolicy
            from pyspark.sql.connect.session import SparkSession
        except ImportError as error:
            raise EngineNotInstalled(
                "Spark Connect needs more of PySpark: .venv/bin/pip install -e '.[spark]'"
            ) from error
        # The client itself would try for ten minutes, and say so on standard error.
        warnings.filterwarnings("ignore", module="pyspark.sql.connect.client.retries")
        parts = urlsplit(self._address)
        place = (parts.hostname or "localhost", parts.port or _CONNECT_PORT)
        socket.create_connection(place, timeout=_CONNECT_SECONDS).close()
        session = SparkSession(self._address)
        session.client.set_retry_policies([DefaultPolicy(max_retries=_TRIES, max_backoff=2000)])
        if self._schema is not None:
            if not session.catalog.databaseExists(self._schema):
                raise DatabaseError(f"There is no schema {self._schema!r} on that server.")
            session.catalog.setCurrentDatabase(self._schema)
        return session

    @contextmanager
    def _tagged(self, session: Any, tag: str) -> Iterator[None]:
        session.addTag(tag)
        try:
            yield
        finally:
            session.removeTag(tag)

    def _stop(self, session: Any, tag: str) -> None:
        session.interruptTag(tag)

    def _lost(self) -> None:
        if self._session is not None:
            atexit.unregister(self._session.client._on_exit)  # it would call the server for minutes
        super()._lost()

    def _fields(self, session: Any, table: str) -> Sequence[Any]:
        if not session.catalog.tableExists(table):
            return ()
        return tuple(session.table(table).schema.fields)


@cache
def _local() -> Any:
    """The Spark of this process, started when first needed and silent. Raises EngineNotInstalled."""
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    if not _has_java():
        raise EngineNotInstalled(
            "Spark needs Java 17 or later, and there is no java here. Install it (on Debian: "
            "apt-get install default-jre-headless) or set JAVA_HOME."
        )
    cores = os.cpu_count() or 1
    settings = {
        "spark.master": f"local[{cores}]",
        "spark.app.name": "muster",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": str(cores),
        **_SETTINGS,
    }
    conf = SparkConf().setAll(list(settings.items()))
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        gateway = launch_gateway(conf, quiet)  # type: ignore[no-untyped-call]
    except PySparkRuntimeError as error:
        raise EngineNotInstalled(
            "Spark could not be started. It needs Java 17 or later: see what java -version says."
        ) from error
    return SparkSession(SparkContext(conf=conf, gateway=gateway))


def _has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java" if home is None else f"{home}/bin/java") is not None


_MEANINGS = (
    (CHANGED, "TABLE_OR_VIEW_NOT_FOUND", "UNRESOLVED_COLUMN", "PATH_NOT_FOUND", "FAILED_READ_FILE"),
    (TOO_LARGE, "ARITHMETIC_OVERFLOW", "NUMERIC_VALUE_OUT_OF_RANGE", "CAST_OVERFLOW"),
    (NO_MEMORY, "OUT_OF_MEMORY", "OutOfMemoryError"),
    (GONE, "UNAVAILABLE", "RETRIES_EXCEEDED", "INVALID_HANDLE", "SESSION_", "NO_ACTIVE_SESSION"),
)


def _said(error: Exception) -> str:
    """What an error of Spark comes to, by its condition; where it has none, by what it says."""
    from py4j.protocol import Py4JNetworkError
    from pyspark.errors import PySparkException

    if isinstance(error, OSError | Py4JNetworkError):
        return GONE
    condition = error.getCondition() if isinstance(error, PySparkException) else None
    what = condition or str(error)
    for meaning, *names in _MEANINGS:
        if any(each in what for each in names):
            return meaning
    return FAILED
