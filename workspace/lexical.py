"""The index's lexical side: SQLite FTS5 finds the fields that share words, and they are scored here.

Words are compared by their stems and by the lines of the thesaurus that they share. A word that no
field has is tried as the start of one, then as a misspelling of one. The file is written once and only
read afterwards.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Any

from audience.english.schema import ideas, stemmed
from workspace.documents import FieldDocument, in_words
from workspace.likeness import Asked, FieldWords, Likeness

_EMPTY = """
a about all also am an and any are as at be been both but by can did do does for from get had has have
he her him his how i if in into is it its just me more most my no nor not of on or our out per she so
some than that the their them then there these they this those to us want was we were what when where
which who whose will with would you your everyone everybody people person user users customer customers
"""
STOP_WORDS = frozenset(_EMPTY.split())
_LENGTHS = re.compile(
    r"\b(?:last|past|previous|next|this)?\s*(?:\d+|few|couple of|two|three|four|five|six)?\s*"
    r"(?<=\s)(?:hours?|days?|weeks?|months?|quarters?|years?)\b(?:\s+ago\b)?",
    re.IGNORECASE,
)
_SCHEMA = """
CREATE TABLE fields (id TEXT NOT NULL, name TEXT, event TEXT, description TEXT);
CREATE VIRTUAL TABLE words USING fts5(name, others, ideas, content='', tokenize='unicode61');
CREATE VIRTUAL TABLE vals USING fts5(value, content='', tokenize='unicode61');
CREATE TABLE spread (word TEXT PRIMARY KEY, fields INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE spelling (word TEXT NOT NULL);
"""
_CANDIDATES = 200  # that share words, to be scored
_LONGEST = 2000  # characters of one text; a prompt has at most 300
_MOST_WORDS = 48
_SHORTEST = 4  # of a word that is looked for by its start or misspelt
_LIKENESS = 80  # of 100, for a misspelling


def write_lexicon(path: Path, documents: Sequence[FieldDocument]) -> None:
    """Writes the file, which must not exist yet."""
    rows = [(row, each, _words_of(each)) for row, each in enumerate(documents, start=1)]
    spread: Counter[str] = Counter()
    for _, _, words in rows:
        spread.update({*words.name, *words.event, *words.description, *_ideas_of(words)})
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(_SCHEMA)
        database.executemany(
            "INSERT INTO fields (rowid, id, name, event, description) VALUES (?, ?, ?, ?, ?)",
            (
                (row, each.id, *map(" ".join, (words.name, words.event, words.description)))
                for row, each, words in rows
            ),
        )
        database.executemany(
            "INSERT INTO words (rowid, name, others, ideas) VALUES (?, ?, ?, ?)",
            (
                (
                    row,
                    " ".join(words.name),
                    " ".join((*words.event, *words.description)),
                    " ".join(sorted(_ideas_of(words))),
                )
                for row, _, words in rows
            ),
        )
        database.executemany(
            "INSERT INTO vals (rowid, value) VALUES (?, ?)",
            (
                (row, " . ".join(" ".join(stemmed(value)) for value in each.values))
                for row, each, _ in rows
                if each.values
            ),
        )
        database.executemany("INSERT INTO spread (word, fields) VALUES (?, ?)", spread.items())
        database.executemany(
            "INSERT INTO spelling (word) VALUES (?)", ((word,) for word in _vocabulary(documents))
        )
        database.execute("INSERT INTO words (words) VALUES ('optimize')")
        database.execute("INSERT INTO vals (vals) VALUES ('optimize')")
    database.close()


class Lexicon:
    """Read access to a written file; usable from several threads."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(
            f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._lock = threading.Lock()
        self._near = lru_cache(maxsize=4096)(self._nearest_words)
        self._known = lru_cache(maxsize=4096)(self._is_known)
        self._rare = lru_cache(maxsize=4096)(self._rarity)

    def understood(self, text: str) -> tuple[str, ...]:
        """The words of `text` that say what it is about, misspelled ones as they may be meant.

        Lengths of time are left out, and numbers that no field has in its name.
        """
        said = in_words(_LENGTHS.sub(" ", text[:_LONGEST])).split()[:_MOST_WORDS]
        words = [word for word in said if word not in STOP_WORDS] or said
        found: dict[str, None] = {}
        for word in words:
            if self._known(word):
                found[word] = None
            elif not word.isdigit():
                found.update(dict.fromkeys(self._near(word) or (word,)))
        for first, second in pairwise(said):
            if self._known(first + second):
                found[first + second] = None
        return tuple(found)

    def by_names(self, words: Sequence[str], most: int) -> tuple[str, ...]:
        """The ids of the fields whose name, event or description shares `words`, best first."""
        asked = self._asked(words)
        tokens = [
            token
            for each in asked
            for token in (each.stem, *(_idea(line) for line, _ in each.ideas))
        ]
        rows = self._rows(
            "SELECT fields.id, fields.name, fields.event, fields.description"
            " FROM words JOIN fields ON fields.rowid = words.rowid"
            " WHERE words MATCH ? ORDER BY bm25(words, 3.0, 1.0, 1.0), fields.rowid LIMIT ?",
            (_any_of(tokens), _CANDIDATES),
        )
        likeness = Likeness(asked)
        scores = {
            id: likeness.of(FieldWords(*(tuple(part.split()) for part in parts)))
            for id, *parts in rows
        }
        return tuple(sorted(scores, key=lambda id: (-scores[id], id))[:most])

    def by_values(self, words: Sequence[str], most: int) -> tuple[str, ...]:
        """The ids of the fields one of whose values shares `words`, best first."""
        rows = self._rows(
            "SELECT fields.id FROM vals JOIN fields ON fields.rowid = vals.rowid"
            " WHERE vals MATCH ? ORDER BY bm25(vals), fields.rowid LIMIT ?",
            (_any_of(stemmed(" ".join(words))), most),
        )
        return tuple(row[0] for row in rows)

    def close(self) -> None:
        self._database.close()

    def _asked(self, words: Sequence[str]) -> tuple[Asked, ...]:
        """The stems of `words` with their weights: what few fields have says more."""
        return tuple(
            Asked(
                stem,
                self._rare(stem),
                tuple((line, self._rare(_idea(line))) for line in sorted(ideas(stem))),
            )
            for stem in dict.fromkeys(stemmed(" ".join(words)))
        )

    def _rarity(self, word: str) -> float:
        found = self._rows("SELECT fields FROM spread WHERE word = ?", (word,))
        return log(1 + self._count / (1 + (found[0][0] if found else 0)))

    @cached_property
    def _count(self) -> int:
        return int(self._rows("SELECT count(*) FROM fields", ())[0][0])

    def _is_known(self, word: str) -> bool:
        """Some field has the word in its name, event, description or values."""
        stems = stemmed(word)
        return bool(stems) and all(
            self._rows("SELECT 1 FROM spread WHERE word = ?", (stem,))
            or self._rows("SELECT 1 FROM vals WHERE vals MATCH ? LIMIT 1", (_any_of((stem,)),))
            for stem in stems
        )

    def _nearest_words(self, word: str) -> tuple[str, ...]:
        """The words of fields that `word` may be the start of, else a misspelling of."""
        from rapidfuzz import fuzz, process

        if len(word) < _SHORTEST or any(map(ideas, stemmed(word))):
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

    def _rows(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._database.execute(statement, values).fetchall()


def _any_of(tokens: Iterable[str]) -> str:
    """An FTS5 query for rows with any of `tokens`; stems are letters and digits, and are quoted."""
    return " OR ".join(f'"{token}"' for token in tokens) or '""'


def _words_of(document: FieldDocument) -> FieldWords:
    return FieldWords(
        stemmed(document.name), stemmed(document.event), stemmed(in_words(document.description))
    )


def _ideas_of(words: FieldWords) -> set[str]:
    return {_idea(line) for stem in (*words.name, *words.event) for line in ideas(stem)}


def _idea(line: int) -> str:
    """A line of the thesaurus as a word of its own."""
    return f"idea{line}"


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
