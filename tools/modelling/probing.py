"""What a model's server can do, tried with requests that hold nothing of anybody's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tools.modelling.client import ModelUnavailable, Shape, ask, in_words
from tools.modelling.client import client as open_client
from tools.modelling.servers import Form, Server, looked_at_anew, server_of, without_tools
from tools.modelling.spending import spent_so_far
from workspace.health import Finding
from workspace.settings import BUILTIN, Settings

_WORD = "ultramarine"
_HELLO = [{"role": "user", "content": "Say hello."}]
_SHAPE = Shape(
    f'start: "{_WORD}"\n', {"type": "object", "properties": {"word": {"const": _WORD}}, "required": ["word"]}
)  # fmt: skip
_TOOL = {
    "type": "function",
    "function": {
        "name": "greet",
        "description": "Greet somebody.",
        "parameters": {"type": "object", "properties": {"name": {"type": "string"}}},
    },
}
_NAMES: dict[Form, str] = {
    "llama_grammar": "a grammar, as llama.cpp takes it",
    "vllm_grammar": "a grammar, as vLLM takes it",
    "openai_grammar": "a grammar tool, as OpenAI takes it",
    "json_schema": "a JSON schema",
    "plain": "nothing",
}


def model_findings(settings: Settings) -> tuple[Finding, ...]:
    """Whether answers are held to a form, tools are called, and words embedded there; what it has cost.

    Asks a model that can be had, and an embedding behind an address; the first failure of the model
    ends its part. Nothing for what is built in.
    """
    found: list[Finding] = []
    if settings.model != BUILTIN:
        try:
            server = looked_at_anew(settings)
            found += [_form(settings, server), _tools(settings)]
            if not _embeds_elsewhere(settings):
                found.append(_could_embed(settings))
        except ModelUnavailable as error:
            found.append(Finding("model", False, error.message))
        found += _spent(settings)
    if _embeds_elsewhere(settings):
        found.append(_embedding(settings))
    return tuple(found)


def _embeds_elsewhere(settings: Settings) -> bool:
    return settings.embedding not in (BUILTIN, "chroma")


def _form(settings: Settings, server: Server) -> Finding:
    reply = ask(settings, _HELLO, _SHAPE, most=24)
    held = _NAMES[reply.form]
    if reply.form == "plain":
        message = (
            "answers are held to nothing; each is checked, and repaired at most twice. A server with "
            "grammars or JSON schemas (llama.cpp, vLLM, OpenAI, Ollama) is more often right"
        )
        return Finding("grammar", True, message)
    if _WORD not in reply.text:
        message = (
            f"the server takes {held} and does not keep to it; each answer is checked, and repaired "
            "at most twice"
        )
        return Finding("grammar", True, message)
    return Finding("grammar", True, f"answers are held to {held}")


def _tools(settings: Settings) -> Finding:
    driven = "a dialogue is driven by answers of a form"
    if not server_of(settings).tools:
        return Finding("tools", True, f"{driven}: small models choose better that way")

    def request(client: Any) -> bool:
        answer = client.chat.completions.create(
            model=settings.model, messages=_HELLO, tools=[_TOOL], tool_choice="required"
        )
        return bool(answer.choices[0].message.tool_calls)

    if _takes(settings, request):
        return Finding("tools", True, "the server calls tools")
    without_tools(settings)
    return Finding("tools", True, f"the server calls no tools; {driven}")


def _embedding(settings: Settings) -> Finding:
    """Whether the embedding of the settings embeds a word."""
    from workspace.embedding import EmbeddingUnavailable, embedded, embedding_for

    try:
        (vector,) = embedded(embedding_for(settings), ["hello"])
    except EmbeddingUnavailable as error:
        return Finding("embedding", False, error.message)
    return Finding(
        "embedding", True, f"{settings.embedding} answers, {len(vector):,} numbers a text"
    )


def _could_embed(settings: Settings) -> Finding:
    """Whether the model's server could embed too."""

    def request(client: Any) -> bool:
        answer = client.embeddings.create(model=settings.model, input=["hello"])
        return len(answer.data[0].embedding) > 0

    if _takes(settings, request):
        message = f"the server embeds words with {settings.model}; MUSTER_EMBEDDING={settings.model} uses it"
    else:
        message = f"the server embeds no words with {settings.model}; the built-in embedding does"
    return Finding("embedding", True, message)


def _takes(settings: Settings, request: Callable[[Any], bool]) -> bool:
    """Whether the request is answered as it should be. Raises `ModelUnavailable` for a server that is
    away, or that refuses the key."""
    from openai import APIConnectionError, AuthenticationError, OpenAIError

    client = open_client(settings)
    try:
        return request(client)
    except (APIConnectionError, AuthenticationError) as error:
        raise ModelUnavailable(in_words(error, settings)) from error
    except (OpenAIError, AttributeError, IndexError, TypeError, ValueError):
        return False
    finally:
        client.close()


def _spent(settings: Settings) -> tuple[Finding, ...]:
    return tuple(
        Finding("spent", True, f"{name}: {spent.words(settings)}")
        for name, spent in sorted(spent_so_far(settings).items())
    )
