"""The index's lexical side: SQLite FTS5 over the words of every field.

Words are compared by their stems and without accents. A word that no field has is tried as the start
of one, then as a misspelling of one. The file is written once and only read afterwards.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from workspace.documents import FieldDocument, in_words

_EMPTY = """
a about all also am an and any are as at be been both but by can did do does for from get had has have
he her him his how i if in into is it its just me more most my no nor not of on or our out per she so
some than that the their them then there these they this those to us want was we were what when where
which who whose will with would you your everyone everybody people person user users customer customers
"""
STOP_WORDS = frozenset(_EMPTY.split())
_TOKENS = "porter unicode61 remove_diacritics 2"
_SCHEMA = f"""
CREATE TABLE fields (id TEXT NOT NULL);
CREATE VIRTUAL TABLE names USING fts5(
    name, joined, event, description, content='', tokenize='{_TOKENS}');
CREATE VIRTUAL TABLE vals USING fts5(value, content='', tokenize='{_TOKENS}');
CREATE VIRTUAL TABLE spelling USING fts5(word, tokenize='trigram');
"""
# Of name, joined, event and description.
_WEIGHTS = "10.0, 6.0, 5.0, 2.0"
_MOST_WORDS = 48  # of one text: a prompt has at most 300 characters
_LIKENESS = 80  # of 100, for a misspelling


def write_lexicon(path: Path, documents: Sequence[FieldDocument]) -> None:
    """Writes the file, which must not exist yet."""
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(_SCHEMA)
        rows = list(enumerate(documents, start=1))
        database.executemany(
            "INSERT INTO fields (rowid, id) VALUES (?, ?)", ((row, each.id) for row, each in rows)
        )
        database.executemany(
            "INSERT INTO names (rowid, name, joined, event, description) VALUES (?, ?, ?, ?, ?)",
            (
                (row, each.name, _joined(each.name), each.event, in_words(each.description))
                for row, each in rows
            ),
        )
        database.executemany(
            "INSERT INTO vals (rowid, value) VALUES (?, ?)",
            ((row, " . ".join(map(in_words, each.values))) for row, each in rows if each.values),
        )
        database.executemany(
            "INSERT INTO spelling (word) VALUES (?)", ((word,) for word in _vocabulary(documents))
        )
        database.execute("INSERT INTO names (names) VALUES ('optimize')")
        database.execute("INSERT INTO vals (vals) VALUES ('optimize')")
    database.close()


class Lexicon:
    """Read access to a written file; usable from several threads."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(
            f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._lock = threading.Lock()
        self._known = lru_cache(maxsize=4096)(self._is_known)
        self._near = lru_cache(maxsize=4096)(self._nearest_words)

    def by_names(self, text: str, most: int) -> tuple[str, ...]:
        """The ids of the fields whose name, event or description shares words with `text`, best first."""
        return self._ranked("names", f"bm25(names, {_WEIGHTS})", text, most)

    def by_values(self, text: str, most: int) -> tuple[str, ...]:
        """The ids of the fields one of whose values shares words with `text`, best first."""
        return self._ranked("vals", "bm25(vals)", text, most)

    def close(self) -> None:
        self._database.close()

    def _ranked(self, table: str, score: str, text: str, most: int) -> tuple[str, ...]:
        words = self._query_words(text)
        if not words:
            return ()
        match = " OR ".join(f'"{word}"' for word in words)
        return tuple(
            row[0]
            for row in self._rows(
                f"SELECT fields.id FROM {table} JOIN fields ON fields.rowid = {table}.rowid"  # noqa: S608 - both names are this module's own
                f" WHERE {table} MATCH ? ORDER BY {score}, fields.rowid LIMIT ?",
                (match, most),
            )
        )

    def _query_words(self, text: str) -> tuple[str, ...]:
        """The words to look for: those of the text, two that make one, and what unknown ones may be."""
        said = in_words(text[:2000]).split()[:_MOST_WORDS]
        words = [word for word in said if word not in STOP_WORDS] or said
        found: dict[str, None] = {}
        for word in words:
            if self._known(word):
                found[word] = None
            else:
                found.update(dict.fromkeys(self._near(word)))
        for first, second in pairwise(said):
            if self._known(first + second):
                found[first + second] = None
        return tuple(found)

    def _is_known(self, word: str) -> bool:
        return any(
            self._rows(f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1", (f'"{word}"',))  # noqa: S608 - this module's own names
            for table in ("names", "vals")
        )

    def _nearest_words(self, word: str) -> tuple[str, ...]:
        from rapidfuzz import fuzz, process

        if len(word) < 4:
            return ()
        trigrams = " OR ".join(f'"{word[at : at + 3]}"' for at in range(len(word) - 2))
        candidates = [
            row[0]
            for row in self._rows(
                "SELECT word FROM spelling WHERE spelling MATCH ? ORDER BY rank, rowid LIMIT 100",
                (trigrams,),
            )
        ]
        starts = [each for each in candidates if each.startswith(word)][:5]
        if starts:
            return tuple(starts)
        return tuple(
            each
            for each, _, _ in process.extract(
                word, candidates, scorer=fuzz.ratio, score_cutoff=_LIKENESS, limit=3
            )
        )

    def _rows(self, statement: str, values: tuple[object, ...]) -> list[tuple[str, ...]]:
        with self._lock:
            return self._database.execute(statement, values).fetchall()


def _joined(name: str) -> str:
    """Neighbouring words as one, so that "signup" finds "sign up"."""
    return " ".join(first + second for first, second in pairwise(name.split()))


def _vocabulary(documents: Iterable[FieldDocument]) -> list[str]:
    words: set[str] = set()
    for each in documents:
        for text in (
            each.name,
            each.event,
            in_words(each.description),
            *map(in_words, each.values),
        ):
            words.update(text.split())
    return sorted(word for word in words if len(word) >= 4)
