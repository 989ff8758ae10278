"""A generated workspace of any size: people with a few traits, their orders and opened emails."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from workspace.settings import CHECKOUT

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
STATES = "['CA', 'TX', 'NY', 'WA', 'FL', 'OH']"
CITIES = "['Lakewood', 'Hilltop', 'Seaside', 'Oakdale']"
SUBJECTS = "['Spring sale', 'Welcome', 'Last chance']"
STRATEGIES = CHECKOUT / "workspace/demo/shop/strategies.yaml"


def make_large(folder: Path, events: int) -> None:
    """A workspace folder of which `events` orders happened within two years, and a few opened emails."""
    folder.mkdir(parents=True)
    people = max(events // 40, 100)
    seconds = int(timedelta(days=730).total_seconds())
    (folder / "workspace.yaml").write_text(f"name: large\nas_of: {AS_OF.isoformat()}\n")
    duckdb.sql(
        f"""COPY (SELECT 'p' || i AS id, {STATES}[1 + i % 6] AS state, 18 + i % 60 AS age,
                CASE WHEN i % 3 > 0 THEN '555-' || i END AS phone, {CITIES}[1 + i % 4] AS city
            FROM range({people}) t(i)) TO '{folder}/users.parquet'"""  # noqa: S608 - our own numbers
    )
    duckdb.sql(
        f"""COPY (SELECT 'e' || i AS id, 'p' || (hash(i) % {people}) AS user_id,
                TIMESTAMP '2026-11-01' - to_seconds(hash(i + 1) % {seconds}) AS timestamp,
                'email_opened' AS event, 'Email Opened' AS event_text,
                {SUBJECTS}[1 + i % 3] AS email_subject
            FROM range({events // 50}) t(i)) TO '{folder}/email_opened.parquet'"""  # noqa: S608
    )
    shutil.copy(STRATEGIES, folder)
    duckdb.sql(
        f"""COPY (SELECT 'o' || i AS id, 'p' || (hash(i) % {people}) AS user_id,
                TIMESTAMP '2026-11-01' - to_seconds(hash(i + 1) % {seconds}) AS timestamp,
                'order_completed' AS event, 'Order Completed' AS event_text,
                1 + (hash(i + 2) % 30000) / 100 AS total
            FROM range({events}) t(i)) TO '{folder}/order_completed.parquet'"""  # noqa: S608
    )
