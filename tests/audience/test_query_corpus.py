"""Queries against the small catalog: what is wrong with them, and how they are put into words.

The table is `corpus/queries.yaml`. A problem names its code and the part of the query it is about.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from audience.describer import describe
from audience.naming import LONGEST_NAME, description_of, name_of
from audience.printer import show
from audience.reader import read
from audience.validator import check
from tests.audience.small_catalog import CATALOG

CORPUS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("corpus").joinpath("queries.yaml").read_text(encoding="utf-8")
)
WARNINGS = {"value_never_occurs", "contradiction", "tautology", "lookback_exceeded", "extension"}


@pytest.mark.parametrize("row", CORPUS, ids=lambda row: row["query"])
def test_query(row: dict[str, Any]) -> None:
    query = row["query"]
    checked = check(query, CATALOG, audience_type=row.get("type"))

    found = [
        {"code": each.code, "place": query[each.start : each.end]}
        | ({"suggestions": list(each.suggestions)} if each.suggestions else {})
        for each in checked.problems
    ]
    assert found == row.get("problems", [])
    for each in checked.problems:
        assert each.severity == ("warning" if each.code in WARNINGS else "error")

    assert checked.valid == ("english" in row)
    assert checked.kind == row.get("kind")
    if checked.bound is None or checked.root is None:
        return
    options: dict[str, Any] = {"audience_type": checked.type}
    assert describe(checked.root, CATALOG, **options) == row["english"]
    assert name_of(checked.root, CATALOG, **options) == row["name"]
    assert len(row["name"]) <= LONGEST_NAME
    assert row["english"] in description_of(checked.root, CATALOG, **options)
    again = check(show(checked.root), CATALOG, audience_type=row.get("type"))
    assert again.root == checked.root == read(show(checked.root))
