"""Databases on a real PostgreSQL for the tests of an engine, ordered as no code point is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg

Load = Callable[[psycopg.Connection[Any]], None]


@contextmanager
def database(server: str, load: Load) -> Iterator[str]:
    """The address of a new database, filled by `load`. Its collation is English, not that of bytes."""
    server = server.replace("+psycopg", "")
    name = f"muster_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en'".encode()
        )
    url = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    with psycopg.connect(url) as connection:
        load(connection)
    try:
        yield url
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
