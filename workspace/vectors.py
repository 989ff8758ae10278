"""The index's side of meaning: a Chroma collection, one vector a field."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.config import Settings as ChromaSettings

from workspace.documents import FieldDocument
from workspace.embedding import embedded, identity
from workspace.opening import Progress

_AT_ONCE = 2000
_GRAPH = {
    "space": "cosine",
    "ef_construction": 200,
    # Chroma's graphs differ a little from build to build. A search this wide is exact up to a thousand
    # fields, and misses nothing that counts up to ten thousand: the same question, the same answer.
    "ef_search": 1000,
    "max_neighbors": 32,
    # What is not written to disk at once is put into the graph anew by every process that opens it.
    "sync_threshold": 2,
}


def write(
    folder: Path,
    name: str,
    fields: Sequence[FieldDocument],
    embedding: Any,
    before: Path | None,
    progress: Progress,
) -> None:
    """Writes the collection `name` into `folder`; only vectors that `before` lacks are computed."""
    known = _kept(before, embedding)
    client = _client(folder)
    collection = client.create_collection(
        name, configuration={"hnsw": _GRAPH}, embedding_function=embedding
    )
    with sqlite3.connect(folder / "vectors.sqlite") as cache:
        cache.execute("PRAGMA journal_mode = OFF")
        cache.execute("CREATE TABLE made_by (identity TEXT NOT NULL)")
        cache.execute("INSERT INTO made_by VALUES (?)", (identity(embedding),))
        cache.execute("CREATE TABLE vectors (text TEXT NOT NULL, vector BLOB NOT NULL)")
        for start in range(0, len(fields), _AT_ONCE):
            batch = fields[start : start + _AT_ONCE]
            progress("Indexing fields by their meaning", start / len(fields))
            new = list({each.meaning: None for each in batch if each.meaning not in known})
            if new:
                known.update(zip(new, embedded(embedding, new), strict=True))
            collection.add(
                ids=[each.id for each in batch],
                embeddings=[known[each.meaning] for each in batch],
            )
        cache.executemany(
            "INSERT INTO vectors VALUES (?, ?)",
            ((text, known[text].tobytes()) for text in {each.meaning: None for each in fields}),
        )
    cache.close()
    client.close()
    progress("Indexing fields by their meaning", 1.0)


class Vectors:
    """Read access to a written collection.

    It is opened with its own embedding: Chroma would else take its default, which it downloads.
    """

    def __init__(self, folder: Path, name: str, embedding: Any) -> None:
        self._embedding = embedding
        self._client = _client(folder)
        self._collection = self._client.get_collection(name, embedding_function=embedding)

    def nearest(self, text: str, most: int) -> tuple[str, ...]:
        """The ids of the `most` fields nearest to `text` in meaning, best first."""
        if most < 1:
            return ()
        answer = self._collection.query(
            query_embeddings=embedded(self._embedding, [text]),
            n_results=most,
            include=["distances"],
        )
        near = zip(answer["distances"][0], answer["ids"][0], strict=True)
        # Equal texts are equally far: the id decides, not the order in which they were stored.
        return tuple(id for _, id in sorted((round(away, 6), id) for away, id in near))

    def close(self) -> None:
        self._client.close()


def _client(folder: Path) -> Any:
    return chromadb.PersistentClient(
        path=str(folder), settings=ChromaSettings(anonymized_telemetry=False)
    )


def _kept(before: Path | None, embedding: Any) -> dict[str, Any]:
    """The vectors of the index before, by their text, if the same embedding made them."""
    if before is None:
        return {}
    try:
        with sqlite3.connect(f"{(before / 'vectors.sqlite').as_uri()}?mode=ro", uri=True) as cache:
            if cache.execute("SELECT identity FROM made_by").fetchone() != (identity(embedding),):
                return {}
            rows: Mapping[str, bytes] = dict(cache.execute("SELECT text, vector FROM vectors"))
    except sqlite3.Error:
        return {}  # a folder that was being removed; everything is embedded anew
    return {text: np.frombuffer(vector, np.float32) for text, vector in rows.items()}
