"""SQL is put together from quoted names and from SQL only."""

from __future__ import annotations

import duckdb
import pytest

from workspace.sql import Sql, joined, name, sql, text


@pytest.mark.parametrize(
    "hostile", ["a", 'a"b', '"', "a'; DROP TABLE t; --", "{x}", "größe 🛒", ""]
)
def test_names_and_texts_are_quoted(hostile: str) -> None:
    column = hostile or "empty"
    query = sql("SELECT {value} AS {column}", value=text(hostile), column=name(column))
    result = duckdb.connect().execute(query)
    assert result.description[0][0] == column
    assert result.fetchall() == [(hostile,)]


def test_a_plain_text_is_no_part_of_a_query() -> None:
    with pytest.raises(TypeError, match="table"):
        sql("SELECT * FROM {table}", table="users; DROP TABLE users")  # type: ignore[arg-type]


def test_parts_are_not_read_again() -> None:
    assert sql("{a} {b}", a=name("{b}"), b=Sql("2")) == '"{b}" 2'
    assert joined([Sql("1"), Sql("2")]) == "1, 2"
