"""Spark for tests: folders of Parquet files, and a Spark Connect server that is thrown away afterwards.

Every test on Spark belongs to the group "spark", so that one process starts it once.
"""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import duckdb

# What costs more than it brings where tables have a dozen rows.
_SMALL = {
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
}


def installed() -> bool:
    """Whether this machine can run Spark."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java" if home is None else f"{home}/bin/java")
    return java is not None and find_spec("pyspark") is not None


def prepare() -> None:
    """Makes the Spark that this process starts one for small tables."""
    options = " ".join(f"--conf {name}={value}" for name, value in _SMALL.items())
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
