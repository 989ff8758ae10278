"""How long segments take, and how much memory, on many events."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

_USERS = """
SELECT 'u' || i AS id, ['ES', 'FR', 'GB', 'US', 'DE'][1 + (i * 7) % 5] AS country, 18 + (i * 13) % 60 AS age,
    i % 3 = 0 AS newsletter, ['gold', 'silver', NULL][1 + (i * 11) % 3] AS tier
FROM range({people}) AS numbers(i)
"""
# (slug, name, share of all events, columns); who does how much falls off from person to person.
_EVENTS = (
    ("page_viewed", "Page Viewed", 0.6, "['home', 'sale', 'help'][1 + n % 3] AS section"),
    ("product_added", "Product Added", 0.2, "['coats', 'boots', 'hats', 'bags'][1 + (n * 7) % 4] AS category"),
    ("order_completed", "Order Completed", 0.1, "10.0 + n % 190 AS total, ['coats', 'boots', 'hats', 'bags'][1 + (n * 7) % 4] AS category, ['web', 'app'][1 + n % 2] AS channel"),
    ("email_opened", "Email Opened", 0.1, "['weekly', 'sale'][1 + n % 2] AS campaign"),
)  # fmt: skip
_EVENT = """
SELECT 'e' || n AS id, 'u' || CAST(floor({people} * power(hash(n * 31 + {salt}) % 1000003 / 1000003.0, 3)) AS BIGINT) AS user_id,
    TIMESTAMP '2026-11-20 00:00:00' - INTERVAL (hash(n * 17 + {salt}) % 63000000) SECOND AS timestamp,
    '{slug}' AS event, '{name}' AS event_text, {columns}
FROM range({count}) AS numbers(n)
"""
_STRATEGY = """
strategies:
  - key: winter
    name: Winter
    product: Warm coats and boots
    audience: {behaviours: [ordered at least twice, open our emails], interests: [coats]}
    pain_points: [cold feet]
"""
_RUN = """
import json, resource, sys, time
from tools.context import ToolContext
from tools.generate_segments import generate_segments
from workspace.settings import load_settings
context = ToolContext.open(load_settings(home=sys.argv[1], workspace="scale"))
started, busy = time.perf_counter(), time.process_time()
made = generate_segments(context, "winter")
seconds = time.perf_counter() - started
print(json.dumps({
    "seconds": round(seconds, 1),
    "processor_seconds": round(time.process_time() - busy, 1),
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    "segments": [(each.name, each.reach) for each in made.segments],
    "sampled": made.sampled, "covered": made.covered, "stability": made.stability,
    "f1": min(each.faithful or 0.0 for each in made.segments),
}))
"""


def measure(events: int = 10_000_000, people: int = 200_000) -> dict[str, Any]:
    """Makes a workspace of so many events, and segments of it in a process of their own."""
    with TemporaryDirectory(prefix="muster-") as scratch:
        folder, home = Path(scratch) / "scale", Path(scratch) / "home"
        _make(folder, events, people)
        from workspace.importer import import_folder

        import_folder(folder, home, "scale", replace=False, progress=lambda _stage, _share: None)
        done = subprocess.run(
            [sys.executable, "-c", _RUN, str(home)],
            check=True,
            capture_output=True,
            text=True,
            cwd=Path(__file__).parent.parent,
        )
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return {"events": events, "people": people} | found


def _make(folder: Path, events: int, people: int) -> None:
    import duckdb

    folder.mkdir()
    with duckdb.connect(
        config={"memory_limit": "1GB", "temp_directory": str(folder)}
    ) as connection:
        _write(connection, _USERS.format(people=people), folder / "users.parquet")
        for salt, (slug, name, share, columns) in enumerate(_EVENTS):
            rows = _EVENT.format(
                people=people,
                salt=salt,
                slug=slug,
                name=name,
                columns=columns,
                count=round(events * share),
            )
            _write(connection, rows, folder / f"{slug}.parquet")
    (folder / "workspace.yaml").write_text("name: scale\nas_of: 2026-11-22T00:00:00Z\n")
    (folder / "strategies.yaml").write_text(_STRATEGY)


def _write(connection: Any, rows: str, file: Path) -> None:
    connection.execute(f"COPY ({rows}) TO '{file}' (FORMAT parquet)")
