"""Writing the index's lexical side: a SQLite file with the words, roles and values of every field."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from audience.catalog import EventField, PropertyField
from audience.english.schema import entry_of, entry_of_event, ideas, stemmed
from workspace.asking import VALUE_WORDS, role_word
from workspace.documents import FieldDocument, in_words
from workspace.likeness import FieldWords

SHORTEST = 4  # of a word that may be misspelt
_SCHEMA = """
CREATE TABLE fields (id TEXT NOT NULL, name TEXT, event TEXT, description TEXT, roles TEXT);
CREATE VIRTUAL TABLE words USING fts5(name, others, ideas, content='', tokenize='unicode61');
CREATE VIRTUAL TABLE value_words USING fts5(value, content='', tokenize='unicode61');
CREATE TABLE whole_values (value TEXT, field INTEGER, PRIMARY KEY (value, field)) WITHOUT ROWID;
CREATE TABLE spread (word TEXT PRIMARY KEY, fields INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE spelling (word TEXT NOT NULL);
"""


def write_lexicon(path: Path, documents: Sequence[FieldDocument]) -> None:
    """Writes the file, which must not exist yet. Of fields that fit words equally well, the one whose
    row comes first is meant: that which occurs more often, or is the surer one of its event's."""
    roles = _roles(documents)
    often = {each.id: each.field.seen.count for each in documents}
    ranked = sorted(
        documents,
        key=lambda each: (-often.get(each.event_id or each.id, 0), -roles[each.id].certainty),
    )
    rows = [(row, each, _words_of(each, roles[each.id])) for row, each in enumerate(ranked, 1)]
    spread: Counter[str] = Counter()
    for _, _, words in rows:
        spread.update({*words.name, *words.event, *words.description, *words.roles})
        spread.update(_ideas_of(words))
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(_SCHEMA)
        database.executemany(
            "INSERT INTO fields (rowid, id, name, event, description, roles)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    row,
                    each.id,
                    *map(" ".join, (words.name, words.event, words.description, words.roles)),
                )
                for row, each, words in rows
            ),
        )
        database.executemany(
            "INSERT INTO words (rowid, name, others, ideas) VALUES (?, ?, ?, ?)",
            (
                (
                    row,
                    " ".join((*words.name, *words.roles)),
                    " ".join((*words.event, *words.description)),
                    " ".join(sorted(_ideas_of(words))),
                )
                for row, _, words in rows
            ),
        )
        values = [
            (row, [" ".join(stemmed(value)) for value in each.values]) for row, each, _ in rows
        ]
        database.executemany(
            "INSERT INTO value_words (rowid, value) VALUES (?, ?)",
            ((row, " . ".join(each)) for row, each in values if each),
        )
        database.executemany(
            "INSERT OR IGNORE INTO whole_values (value, field) VALUES (?, ?)",
            (
                (value, row)
                for row, each in values
                for value in each
                if value and value.count(" ") < VALUE_WORDS
            ),
        )
        database.executemany("INSERT INTO spread (word, fields) VALUES (?, ?)", spread.items())
        database.executemany(
            "INSERT INTO spelling (word) VALUES (?)", ((word,) for word in _vocabulary(documents))
        )
        database.execute("INSERT INTO words (words) VALUES ('optimize')")
        database.execute("INSERT INTO value_words (value_words) VALUES ('optimize')")
    database.close()


def idea_word(line: int) -> str:
    """A line of the thesaurus as a word of its own."""
    return f"idea{line}"


@dataclass(frozen=True)
class _Roles:
    """What a field is for, and what its event is for, as words; how sure the first is, 0 to 1."""

    own: tuple[str, ...] = ()
    of_event: tuple[str, ...] = ()
    certainty: float = 0.0


def _roles(documents: Iterable[FieldDocument]) -> dict[str, _Roles]:
    """By id of a field."""
    found: dict[str, _Roles] = {}
    of_event: dict[str, tuple[str, ...]] = {}
    for each in documents:
        field = each.field
        if isinstance(field, EventField):
            entry = entry_of_event(EventField(field.name, field.table, (), field.description))
            of_event[field.name] = _role_words(entry.role)
        else:
            kind = "properties" if isinstance(field, PropertyField) else "traits"
            entry = entry_of(field, kind)
        its = of_event.get(field.event, ()) if isinstance(field, PropertyField) else ()
        found[each.id] = _Roles(_role_words(entry.role), its, entry.certainty)
    return found


def _role_words(role: str | None) -> tuple[str, ...]:
    return () if role is None else (role_word(role),)


def _words_of(document: FieldDocument, roles: _Roles) -> FieldWords:
    return FieldWords(
        stemmed(document.name),
        (*stemmed(document.event), *roles.of_event),
        stemmed(in_words(document.description)),
        roles.own,
    )


def _ideas_of(words: FieldWords) -> set[str]:
    return {idea_word(line) for stem in (*words.name, *words.event) for line in ideas(stem)}


def _vocabulary(documents: Iterable[FieldDocument]) -> list[str]:
    words: set[str] = set()
    for each in documents:
        for text in _texts(each):
            words.update(text.split())
    return sorted(word for word in words if len(word) >= SHORTEST)


def _texts(document: FieldDocument) -> Iterator[str]:
    yield document.name
    yield document.event
    yield in_words(document.description)
    yield from map(in_words, document.values)
