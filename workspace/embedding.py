"""What turns the words of a field, or of a prompt, into a vector for the index.

Built in is WordLlama, whose weights come with its package: no download, no network. Importing this
module imports Chroma.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from chromadb import Documents, EmbeddingFunction, Embeddings
from chromadb.utils.embedding_functions import register_embedding_function

from audience.problems import MusterError
from workspace.settings import BUILTIN, Settings


class EmbeddingUnavailable(MusterError):
    """The embedding that the settings ask for cannot be had."""

    code = "embedding_unavailable"


@register_embedding_function
class BuiltinEmbedding(EmbeddingFunction[Documents]):
    """WordLlama's 256 dimensions, unit length. The model is loaded when it is first used."""

    def __init__(self) -> None:
        """Nothing is loaded yet."""

    def __call__(self, input: Documents) -> Embeddings:
        vectors: Any = _wordllama().embed([text or " " for text in input])
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return list(vectors / np.maximum(lengths, 1e-9))

    @staticmethod
    def name() -> str:
        return "muster-wordllama-256"

    def get_config(self) -> dict[str, Any]:
        return {}

    @staticmethod
    def build_from_config(config: dict[str, Any]) -> BuiltinEmbedding:
        return BuiltinEmbedding()

    def default_space(self) -> Any:
        return "cosine"


@register_embedding_function
class RemoteEmbedding(EmbeddingFunction[Documents]):
    """A model behind an OpenAI-compatible address. What it is given leaves the machine."""

    BATCH = 256

    def __init__(self, model: str, address: str | None = None, key: str | None = None) -> None:
        self._model = model
        self._address = address
        self._key = key

    def __call__(self, input: Documents) -> Embeddings:
        from openai import OpenAI

        client = OpenAI(base_url=self._address, api_key=self._key or "none", timeout=60)
        vectors: list[Any] = []
        for start in range(0, len(input), self.BATCH):
            batch = [text or " " for text in input[start : start + self.BATCH]]
            answer = client.embeddings.create(
                model=self._model, input=batch, encoding_format="float"
            )
            vectors += [np.asarray(each.embedding, dtype=np.float32) for each in answer.data]
        return vectors

    @staticmethod
    def name() -> str:
        return "muster-remote"

    def get_config(self) -> dict[str, Any]:
        return {"model": self._model, "address": self._address}

    @staticmethod
    def build_from_config(config: dict[str, Any]) -> RemoteEmbedding:
        return RemoteEmbedding(config["model"], config.get("address"))

    def default_space(self) -> Any:
        return "cosine"


def embedding_for(settings: Settings) -> EmbeddingFunction[Any]:
    """The embedding that the settings ask for. Nothing is loaded or sent yet."""
    if settings.embedding == BUILTIN:
        return BuiltinEmbedding()
    if settings.embedding == "chroma":
        from chromadb.utils.embedding_functions import DefaultEmbeddingFunction

        return DefaultEmbeddingFunction()
    key = settings.openai_api_key
    return RemoteEmbedding(
        settings.embedding, settings.openai_base_url, key.get_secret_value() if key else None
    )


def embedded(embedding: EmbeddingFunction[Any], texts: list[str]) -> list[Any]:
    """One vector for each text. Raises `EmbeddingUnavailable`, whatever the embedding raised."""
    try:
        vectors = list(embedding(texts))
    except Exception as error:
        raise EmbeddingUnavailable(
            f"The embedding {embedding.name()} gave no answer ({type(error).__name__}). Check "
            "MUSTER_EMBEDDING, OPENAI_BASE_URL and OPENAI_API_KEY; without MUSTER_EMBEDDING the built-in "
            "one is used."
        ) from error
    if len(vectors) != len(texts):
        raise EmbeddingUnavailable(f"The embedding {embedding.name()} left out some texts.")
    return [np.asarray(vector, dtype=np.float32) for vector in vectors]


def identity(embedding: EmbeddingFunction[Any]) -> str:
    """Names the vectors: texts with equal hash and equal identity have equal vectors."""
    return f"{embedding.name()} {sorted(embedding.get_config().items())}"


@cache
def _wordllama() -> Any:
    with _logging_kept():
        import wordllama

        # Both files lie in the package; with another cache_dir the tokenizer would be downloaded.
        return wordllama.WordLlama.load(
            cache_dir=Path(wordllama.__file__).parent, disable_download=True
        )


@contextmanager
def _logging_kept() -> Iterator[None]:
    """WordLlama sets up the root logger when it is imported; that is the application's to do."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        yield
    finally:
        root.handlers[:], root.level = handlers, level
