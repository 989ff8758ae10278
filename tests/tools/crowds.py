"""Workspaces of a few hundred people, made by SQL for tests of segments."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from tools.context import ToolContext
from workspace.importer import import_folder
from workspace.settings import load_settings

STRATEGY = """
strategies:
  - key: tea
    name: Tea for the afternoon
    product: Loose leaf tea
    audience: {behaviours: [ordered at least twice], interests: [green tea]}
    pain_points: [tea that tastes of nothing, slow delivery]
  - {key: silent, name: Silent}
  - key: torn
    name: Torn
    audience: {demographics: "older than 60 and younger than 20", behaviours: [ordered at least twice]}
    pain_points: [deciding]
"""
# Four kinds of people: who buys much green tea, who bought once long ago, who only reads, who does all.
USERS = """
SELECT 'u' || i AS id, i % 4 AS kind, ['ES', 'FR', 'GB'][1 + (i * 7) % 3] AS country,
    18 + (i * 13) % 60 AS age, 'same' AS constant, CAST(NULL AS VARCHAR) AS missing,
    'c-' || (100000 + i) AS customer_code, 500000 + i AS member, 'note ' || i || ' of ' || (i * 3) AS remarks,
    ['catholic', 'muslim', 'none'][1 + i % 3] AS religion, ['yes', 'no'][1 + i % 2] AS pregnant
FROM range({people}) AS numbers(i)
"""
ORDERS = """
SELECT 'o' || i || '-' || n AS id, 'u' || i AS user_id,
    TIMESTAMP '2026-11-20 10:00:00' - INTERVAL (CASE WHEN i % 4 = 1 THEN 400 + i % 50 ELSE 3 + n * 11 END) DAY AS timestamp,
    'order_completed' AS event, 'Order Completed' AS event_text, 10.0 * (1 + (i + n) % 9) AS total,
    CASE WHEN (i + n) % 3 = 0 THEN 'green' ELSE 'black' END AS tea
FROM range({people}) AS numbers(i), range(12) AS times(n)
WHERE n < CASE i % 4 WHEN 0 THEN 4 + i % 7 WHEN 1 THEN 1 WHEN 2 THEN 0 ELSE 2 + i % 5 END
"""
READS = """
SELECT 'r' || i || '-' || n AS id, 'u' || i AS user_id,
    TIMESTAMP '2026-11-20 10:00:00' - INTERVAL (1 + n * 9) DAY AS timestamp,
    'article_read' AS event, 'Article Read' AS event_text
FROM range({people}) AS numbers(i), range(9) AS times(n)
WHERE i % 4 IN (2, 3) AND n < 3 + i % 6
"""


def make_crowd(
    folder: Path, people: int = 900, users: str = USERS, strategies: str = STRATEGY
) -> Path:
    """A folder to import; `users` is SQL with the place {people}."""
    folder.mkdir(parents=True)
    with duckdb.connect() as connection:
        for name, sql in (("users", users), ("order_completed", ORDERS), ("article_read", READS)):
            rows = sql.format(people=people)
            connection.execute(f"COPY ({rows}) TO '{folder / name}.parquet' (FORMAT parquet)")
    (folder / "workspace.yaml").write_text("name: crowd\nas_of: 2026-11-22T00:00:00Z\n")
    (folder / "strategies.yaml").write_text(strategies)
    return folder


def make_plan(folder: Path, strategies: str) -> Path:
    """A folder with a tracking plan and strategies, and no data."""
    folder.mkdir(parents=True)
    rule = {"type": "TRACK", "key": "Tea Ordered", "jsonSchema": {"properties": {}}, "version": 1}
    (folder / "tracking_plan.json").write_text(json.dumps({"rules": [rule]}))
    (folder / "strategies.yaml").write_text(strategies)
    return folder


def opened(folder: Path, home: Path) -> ToolContext:
    settings = load_settings(home=home, workspace="crowd")
    import_folder(folder, home, "crowd", replace=False, progress=lambda _stage, _share: None)
    return ToolContext.open(settings)
