"""Reading the index's lexical side: FTS5 finds the fields that share words, and they are scored here.

Words are compared by their stems, by the lines of the thesaurus that they share, and by the roles that
they ask for. A word that no field has is tried as the start of one, then as a misspelling of one.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import groupby, pairwise
from math import log
from pathlib import Path
from typing import Any

from audience.english.places import spellings
from audience.english.schema import UPRIGHT, ideas, stemmed
from workspace.asking import roles_asked, said, telling, values_asked
from workspace.lexical_file import SHORTEST, idea_word
from workspace.likeness import Asked, FieldWords, Likeness

_CANDIDATES = 200  # that share words, to be scored
_CROWD = 3  # of equally good fields, before others have their turn
_LIKENESS = 80  # of 100, for a misspelling
_ABBREVIATED = 2  # letters that may be missing at the end of a word; any number after six
_ANOTHER_SPELLING = 0.95  # of what a value counts when it was said as the data has it
_PART = 0.4  # of the same, when only some of its words were said


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
        words = said(text)
        found: dict[str, None] = {}
        for word in telling(words):
            if self._known(word):
                found[word] = None
            elif not word.isdigit():
                found.update(dict.fromkeys(self._near(word) or (word,)))
        for first, second in pairwise(words):
            if not second.isdigit() and self._known(first + second):
                found[first + second] = None
            elif len(stemmed(f"{first} {second}")) == 1:  # "opted out", of which "out" says nothing
                found[f"{first} {second}"] = None
        return tuple(found)

    def by_names(self, text: str, words: Sequence[str], most: int) -> tuple[str, ...]:
        """The ids of the fields whose name, event, description or role fits, best first.

        `words` are what `text` was understood as.
        """
        asked = self._asked(text, words)
        tokens = [
            token
            for each in asked
            for token in (
                each.stem,
                *(idea_word(line) for line, _ in each.ideas),
                *(role for role, _ in each.roles),
            )
        ]
        rows = self._rows(
            "SELECT fields.rowid, fields.id, fields.name, fields.event, fields.description,"
            " fields.roles"
            " FROM words JOIN fields ON fields.rowid = words.rowid"
            " WHERE words MATCH ? ORDER BY bm25(words, 3.0, 1.0, 1.0), fields.rowid LIMIT ?",
            (_any_of(tokens), _CANDIDATES),
        )
        likeness = Likeness(asked)
        scores = {
            (row, id): likeness.of(FieldWords(*(tuple(part.split()) for part in parts)))
            for row, id, *parts in rows
        }
        return _best(scores, most)

    def by_values(self, text: str, words: Sequence[str], most: int) -> tuple[str, ...]:
        """The ids of the fields one of whose values was said, whole ones before parts, best first."""
        scores: dict[tuple[int, str], float] = defaultdict(float)
        exact = tuple(word for word in said(text) if not word.isdigit())
        phrases = {*values_asked(exact), *values_asked([w for w in words if w not in exact])}
        for value, length, same in sorted(phrases):
            rows = self._rows(
                "SELECT fields.rowid, fields.id FROM whole_values JOIN fields ON fields.rowid = field"
                " WHERE value = ?",
                (value,),
            )
            worth = length * log(1 + self._count / (1 + len(rows)))
            for row in rows:
                scores[row] = max(scores[row], worth * (1 if same else _ANOTHER_SPELLING))
        roles = {stem for _, stem in roles_asked(text)}  # in a value they are by the way
        for stem in dict.fromkeys(stemmed(" ".join(words))):
            if stem in roles:
                continue
            rows = self._rows(
                "SELECT fields.rowid, fields.id FROM value_words"
                " JOIN fields ON fields.rowid = value_words.rowid"
                " WHERE value_words MATCH ? ORDER BY bm25(value_words), fields.rowid LIMIT ?",
                (_any_of((stem,)), most),
            )
            worth = _PART * log(1 + self._count / (1 + len(rows)))
            for row in rows:
                scores[row] += worth
        return _best(scores, most)

    def close(self) -> None:
        self._database.close()

    def _asked(self, text: str, words: Sequence[str]) -> tuple[Asked, ...]:
        """Stems, with their ideas and roles, and their weights: what few fields have says more."""
        stems = dict.fromkeys(UPRIGHT.get(each, each) for each in stemmed(" ".join(words)))
        roles: dict[str, dict[str, float]] = defaultdict(dict)
        for role, stem in (*roles_asked(text), *roles_asked(" ".join(words))):
            roles[stem if stem in stems else ""][role] = self._rare(role)
        asked = [
            Asked(
                stem,
                self._rare(stem),
                tuple((line, self._rare(idea_word(line))) for line in sorted(ideas(stem))),
                tuple(roles[stem].items()),
            )
            for stem in stems
        ]
        return (*asked, *(Asked(role, rarity) for role, rarity in roles[""].items()))

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
            or (
                not word.isdigit()  # as a value it is a number like any other
                and self._rows(
                    "SELECT 1 FROM value_words WHERE value_words MATCH ? LIMIT 1",
                    (_any_of((stem,)),),
                )
            )
            for stem in stems
        )

    def _nearest_words(self, word: str) -> tuple[str, ...]:
        """The words of fields that `word` may be the start of, else a misspelling of."""
        from rapidfuzz import fuzz, process

        if len(word) < SHORTEST or any(map(ideas, stemmed(word))):
            return ()
        longest = len(word) + (99 if len(word) >= 6 else _ABBREVIATED)
        starts = [each for each in self._vocabulary if each.startswith(word)]
        if starts:
            return tuple(sorted((each for each in starts if len(each) <= longest), key=len)[:3])
        # Few people mistake the first letter, and many words differ by it.
        alike = [
            each
            for each in self._vocabulary
            if each[:1] == word[0] and abs(len(each) - len(word)) <= 2
        ]
        near = process.extract(word, alike, scorer=fuzz.ratio, score_cutoff=_LIKENESS, limit=3)
        return tuple(each for each, _, _ in near)

    @cached_property
    def _vocabulary(self) -> tuple[str, ...]:
        """The words of fields, and the names of places, which fields may have as codes."""
        words = {row[0] for row in self._rows("SELECT word FROM spelling", ())}
        return tuple(sorted(words | {each for each in spellings() if each.isalpha()}))

    def _rows(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._database.execute(statement, values).fetchall()


def _best(scores: Mapping[tuple[int, str], float], most: int) -> tuple[str, ...]:
    """The ids by score, then by row. Of many that fit equally well a few come first and the rest after
    all others: they cannot be told apart, and must not crowd out what else may be meant."""
    ranked = sorted(scores, key=lambda row: (-scores[row], row))
    first, rest = list[str](), list[str]()
    for _, equal in groupby(ranked, key=lambda row: round(scores[row], 3)):
        ids = [id for _, id in equal]
        first += ids[:_CROWD]
        rest += ids[_CROWD:]
    return tuple((first + rest)[:most])


def _any_of(tokens: Iterable[str]) -> str:
    """An FTS5 query for rows with any of `tokens`; stems are letters and digits, and are quoted."""
    return " OR ".join(f'"{token}"' for token in tokens) or '""'
