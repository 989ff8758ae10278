"""Spark for tests: folders of Parquet files, and a Spark Connect server that is thrown away afterwards.

One worker runs every test on Spark (`tests/conftest.py`), so that it is started once.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from time import sleep

import duckdb

# What costs more than it brings where tables have a dozen rows.
_SMALL = {
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.lightweightPlanChangeValidation": "false",
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}


def installed() -> bool:
    """Whether this machine can run Spark."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java" if home is None else f"{home}/bin/java")
    return java is not None and find_spec("pyspark") is not None


def prepare() -> None:
    """Makes the Spark that this process starts one for small tables."""
    options = " ".join(f'--conf "{name}={value}"' for name, value in _SMALL.items())
    os.environ["PYSPARK_SUBMIT_ARGS"] = f"{options} pyspark-shell"


def write(tables: str, folder: Path) -> Path:
    """A folder with a Parquet file for each table that the SQL of `tables` makes."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(tables)
        for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            path = str(folder / f"{name}.parquet").replace("'", "''")
            table = name.replace('"', '""')
            connection.execute(f"COPY \"{table}\" TO '{path}' (FORMAT parquet)")
    return folder


def address(folder: Path) -> str:
    return folder.as_uri().replace("file:", "spark:", 1)


@contextmanager
def server(folder: Path, schema: str) -> Iterator[str]:
    """The address of a Spark Connect server with the tables of `folder` in `schema`; it is slow to start."""
    import pyspark

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = _SMALL | {
        "spark.master": "local[2]",
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": str(port),
    }
    with tempfile.TemporaryDirectory() as own:
        settings["spark.sql.warehouse.dir"] = f"{own}/warehouse"
        program = Path(pyspark.__file__).parent / "bin" / "spark-submit"
        options = [part for each in settings.items() for part in ("--conf", "=".join(each))]
        name = "org.apache.spark.sql.connect.service.SparkConnectServer"
        process = subprocess.Popen(
            [str(program), *options, "--class", name],
            cwd=own,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _fill(f"sc://127.0.0.1:{port}", process, folder, schema)
            yield f"sc://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait()


def _fill(url: str, process: subprocess.Popen[bytes], folder: Path, schema: str) -> None:
    from pyspark.sql.connect.session import SparkSession

    port = int(url.rpartition(":")[2])
    while process.poll() is None:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                break
        sleep(0.2)
    session = SparkSession(url)
    session.sql(f"CREATE DATABASE {schema}")
    for each in sorted(folder.glob("*.parquet")):
        rows = session.read.parquet(f"file://{each.absolute()}")
        rows.write.saveAsTable(f"{schema}.{each.stem}")
    session.stop()
