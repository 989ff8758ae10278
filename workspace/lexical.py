"""The index's lexical side: SQLite FTS5 over the words of every field.

Words are compared by their stems and without accents, and by the lines of the thesaurus that they
share. A word that no field has is tried as the start of one, then as a misspelling of one. The file is
written once and only read afterwards.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
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
    name, joined, event, description, ideas, content='', tokenize='{_TOKENS}');
CREATE VIRTUAL TABLE vals USING fts5(value, content='', tokenize='{_TOKENS}');
CREATE TABLE spelling (word TEXT NOT NULL);
"""
# Of name, joined, event, description and ideas.
_WEIGHTS = "10.0, 6.0, 5.0, 2.0, 4.0"
_LONGEST = 2000  # characters
_MOST_WORDS = 48  # of one text: a prompt has at most 300 characters
_SHORTEST = 4  # of a word that is looked for by its start or misspelt
_LIKENESS = 80  # of 100, for a misspelling


_AMOUNTS = re.compile(
    r"\b(?:last|past|previous|next|this)?\s*(?:\d+|few|couple of|two|three|four|five|six)?\s*"
    r"(?<=\s)(?:hours?|days?|weeks?|months?|quarters?|years?)\b(?:\s+ago\b)?"
    r"|(?<!\w)[^\w\s]?\d[\d.,]*%?(?!\w)",
    re.IGNORECASE,
)


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
            "INSERT INTO names (rowid, name, joined, event, description, ideas)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    row,
                    each.name,
                    _joined(each.name),
                    each.event,
                    in_words(each.description),
                    " ".join(_ideas(f"{each.name} {each.event}")),
                )
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

    def understood(self, text: str) -> tuple[str, ...]:
        """The words of `text` that say what it is about, misspelled ones as they may be meant.

        Numbers and lengths of time are left out: no field is found by them.
        """
        said = in_words(_AMOUNTS.sub(" ", text[:_LONGEST])).split()[:_MOST_WORDS]
        words = [word for word in said if word not in STOP_WORDS] or said
        found: dict[str, None] = {}
        for word in words:
            found.update(
                dict.fromkeys((word,) if self._known(word) else self._near(word) or (word,))
            )
        for first, second in pairwise(said):
            if self._known(first + second):
                found[first + second] = None
        return tuple(found)

    def by_names(self, words: Sequence[str], most: int) -> tuple[str, ...]:
        """The ids of the fields whose name, event or description shares `words`, best first."""
        return self._ranked(
            "names", f"bm25(names, {_WEIGHTS})", (*words, *_ideas(" ".join(words))), most
        )

    def by_values(self, words: Sequence[str], most: int) -> tuple[str, ...]:
        """The ids of the fields one of whose values shares `words`, best first."""
        return self._ranked("vals", "bm25(vals)", words, most)

    def close(self) -> None:
        self._database.close()

    def _ranked(self, table: str, score: str, words: Sequence[str], most: int) -> tuple[str, ...]:
        if not words:
            return ()
        match = " OR ".join(f'"{word}"' for word in words)
        return tuple(
            row[0]
            for row in self._rows(
                f"SELECT fields.id FROM {table} JOIN fields ON fields.rowid = {table}.rowid"  # noqa: S608 - this module's own names
                f" WHERE {table} MATCH ? ORDER BY {score}, fields.rowid LIMIT ?",
                (match, most),
            )
        )

    def _is_known(self, word: str) -> bool:
        return any(
            self._rows(f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1", (f'"{word}"',))  # noqa: S608 - this module's own names
            for table in ("names", "vals")
        )

    def _nearest_words(self, word: str) -> tuple[str, ...]:
        """The words of fields that `word` may be the start of, else a misspelling of."""
        from rapidfuzz import fuzz, process

        if len(word) < _SHORTEST:
            return ()
        starts = [each for each in self._vocabulary if each.startswith(word)]
        if starts:
            return tuple(sorted(starts, key=len)[:5])
        alike = [each for each in self._vocabulary if abs(len(each) - len(word)) <= 2]
        near = process.extract(word, alike, scorer=fuzz.ratio, score_cutoff=_LIKENESS, limit=3)
        return tuple(each for each, _, _ in near)

    @cached_property
    def _vocabulary(self) -> tuple[str, ...]:
        return tuple(row[0] for row in self._rows("SELECT word FROM spelling ORDER BY word", ()))

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
    return sorted(word for word in words if len(word) >= _SHORTEST)


def _ideas(text: str) -> list[str]:
    """The lines of the thesaurus in which the words of `text` stand, each as a word of its own."""
    from audience.english.schema import ideas, stemmed

    return [f"idea{line}" for word in stemmed(text) for line in sorted(ideas(word))]
