"""The index over a workspace's fields: by meaning in Chroma, by words in SQLite, fused by rank.

An index is a folder named by the hash of all that is in it. It is built beside and moved into place,
and never written again; so a process that has one open keeps a whole one, and a catalog that changed
has another. What did not change is taken over from the index before. It can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import threading
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from audience.english.reading import Found
from workspace.documents import FieldDocument, documents
from workspace.locks import locked
from workspace.opening import Progress, Workspace, silent
from workspace.settings import Settings

if TYPE_CHECKING:
    from workspace.lexical import Lexicon
    from workspace.vectors import Vectors

FORMAT = "5"  # changes when the same fields make another index
KEPT = 2  # indexes of one workspace: the current one, and one that another process may still read
_WORD_FILES = (
    "thesaurus.yaml",
    "roles.yaml",
    "values.yaml",
    "compounds.yaml",
    "verbs.yaml",
)  # what it is made with
_CANDIDATES = 60  # of each ranking
_RANK_OFFSET = 10  # how little the first ranks stand out; 60 is usual for far longer lists
_ITS_EVENT = 0.9  # of a property's score, for the event without which it cannot be said
_MEANING, _NAMES, _VALUES = 0.8, 1.2, 1.2


class FieldIndex:
    """Finds the fields that some words may mean. Built when it is first asked, or by `prepare`.

    Both may raise `TermsNotAccepted` and `EmbeddingUnavailable` where the embedding is an outside one.
    """

    def __init__(
        self, workspace: Workspace, settings: Settings, progress: Progress = silent
    ) -> None:
        name = re.sub(r"[^\w.-]", "_", workspace.name)
        self._folder = settings.home / "indexes" / name
        self._lockfile = settings.home / "locks" / f"index-{name}.lock"
        self._workspace = workspace.name
        self._catalog = workspace.catalog
        self._settings = settings
        self._progress = progress
        self._opening = threading.Lock()
        self._opened: _Opened | None = None
        self._cached = lru_cache(maxsize=4096)(self._find)

    def find(self, text: str, k: int = 10) -> tuple[Found, ...]:
        """The `k` fields nearest to `text`, best first; scores lie between 0 and 1.

        The same text over the same catalog gives the same answer.
        """
        return self._cached(" ".join(text.split())[:2000], k)

    def prepare(self) -> None:
        """Builds the index unless it is there, and opens it."""
        self._open()

    def close(self) -> None:
        """Lets go of the files; the next question opens them again."""
        with self._opening:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def rankings(self, text: str, most: int = _CANDIDATES) -> Mapping[str, tuple[str, ...]]:
        """Ids of fields, best first, by `meaning`, by `names` and by `values`: what `find` fuses."""
        opened = self._open()
        words = opened.lexicon.understood(text)
        return {
            "meaning": opened.by_meaning(" ".join(words), most),
            "names": opened.lexicon.by_names(text, words, most),
            "values": opened.lexicon.by_values(text, words, most),
        }

    def _find(self, text: str, k: int) -> tuple[Found, ...]:
        if not text or k < 1:
            return ()
        most = max(_CANDIDATES, k)
        lists = self.rankings(text, most)
        weights = {"meaning": _MEANING, "names": _NAMES, "values": _VALUES}
        scores: dict[str, float] = {}
        for kind, ids in lists.items():
            for rank, id in enumerate(ids):
                share = weights[kind] / (_RANK_OFFSET + rank)
                scores[id] = scores.get(id, 0.0) + share
        fields = self._open().fields
        for id in tuple(scores):  # a property brings its event along
            event = fields[id].event_id
            if event is not None:
                scores[event] = max(scores.get(event, 0.0), _ITS_EVENT * scores[id])
        best = sum(weights.values()) / _RANK_OFFSET
        ranked = sorted(scores, key=lambda id: (-scores[id], id))[:k]
        return tuple(Found(fields[id].field, round(scores[id] / best, 6)) for id in ranked)

    def _open(self) -> _Opened:
        if self._opened is None:
            with self._opening:
                if self._opened is None:
                    self._opened = self._built()
        return self._opened

    def _built(self) -> _Opened:
        from workspace.embedding import RemoteEmbedding, embedding_for, identity
        from workspace.terms import require_accepted

        embedding = embedding_for(self._settings)
        if isinstance(embedding, RemoteEmbedding):
            require_accepted(self._settings, self._workspace, self._settings.embedding)
        fields = {each.id: each for each in documents(self._catalog)}
        digest = hashlib.sha256(f"{FORMAT}\n{identity(embedding)}".encode())
        for each in fields.values():
            digest.update(each.hash.encode())
        for name in _WORD_FILES:
            digest.update((resources.files("audience.english") / name).read_bytes())
        path = self._folder / digest.hexdigest()[:24]
        if not path.is_dir():
            with locked(self._lockfile):
                if not path.is_dir():
                    self._build(path, tuple(fields.values()), embedding)
        os.utime(path)  # the newest are kept
        return _Opened(path, fields, embedding)

    def _build(self, path: Path, fields: Sequence[FieldDocument], embedding: Any) -> None:
        from workspace import lexical_file, vectors

        if self._folder.is_dir():
            for left in self._folder.glob(
                ".*"
            ):  # by a process that was killed; builders take turns
                shutil.rmtree(left, ignore_errors=True)
        scratch = path.with_name(f".{path.name}-{uuid4().hex[:8]}")
        scratch.mkdir(parents=True)
        try:
            self._progress("Indexing fields by their words", 0.0)
            lexical_file.write_lexicon(scratch / "words.sqlite", fields)
            vectors.write(scratch, path.name, fields, embedding, self._before(), self._progress)
            os.rename(scratch, path)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        for old in self._indexes()[KEPT:]:
            shutil.rmtree(old, ignore_errors=True)

    def _before(self) -> Path | None:
        return next(iter(self._indexes()), None)

    def _indexes(self) -> list[Path]:
        """The workspace's indexes, the one used last first."""
        found = [each for each in self._folder.iterdir() if not each.name.startswith(".")]
        return sorted(found, key=lambda each: each.stat().st_mtime, reverse=True)


class _Opened:
    """An index on disk, its parts opened when they are first used."""

    def __init__(self, path: Path, fields: Mapping[str, FieldDocument], embedding: Any) -> None:
        self.path = path
        self.fields = fields
        self._embedding = embedding

    @cached_property
    def lexicon(self) -> Lexicon:
        from workspace.lexical import Lexicon

        return Lexicon(self.path / "words.sqlite")

    @cached_property
    def _vectors(self) -> Vectors:
        from workspace.vectors import Vectors

        return Vectors(self.path, self.path.name, self._embedding)

    def close(self) -> None:
        if "lexicon" in self.__dict__:
            self.lexicon.close()
        if "_vectors" in self.__dict__:
            self._vectors.close()

    def by_meaning(self, text: str, most: int) -> tuple[str, ...]:
        return self._vectors.nearest(text, min(most, len(self.fields)))
