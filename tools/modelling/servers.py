"""What a model's server can do, found out once and remembered: how to hold its answers to a form.

Servers are known by what they say of themselves in their list of models; a form that one refuses is
not tried there again. Nothing here sends a prompt.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from workspace.settings import Settings

Kind = Literal["llamacpp", "vllm", "openai", "other"]
Form = Literal["llama_grammar", "vllm_grammar", "openai_grammar", "json_schema", "plain"]

FORMS: Mapping[Kind, tuple[Form, ...]] = {
    "llamacpp": ("llama_grammar", "json_schema", "plain"),
    "vllm": ("vllm_grammar", "json_schema", "plain"),
    "openai": ("openai_grammar", "json_schema", "plain"),
    "other": ("json_schema", "plain"),
}
OPENAI = "https://api.openai.com/v1"
_OPENAI_HOSTS = ("api.openai.com", ".openai.azure.com")
_LOOK = 5.0  # seconds to wait for a list of models
_guard = threading.Lock()


@dataclass(frozen=True)
class Server:
    """A server as far as it is known; `form` is the strictest that it has not refused."""

    kind: Kind
    form: Form
    tools: bool
    """Whether a dialogue binds tools there. A llama.cpp serves small models as a rule, which choose
    better, and far sooner, from a short list held by a grammar."""
    usage: bool = True
    """Whether it may be asked for the tokens of a streamed answer."""


def address_of(settings: Settings) -> str:
    return (settings.openai_base_url or OPENAI).rstrip("/")


def server_of(settings: Settings) -> Server:
    """The server that the settings name. Asks for its list of models when it is not known yet."""
    with _guard:
        known = _kept(settings).get(_key(settings))
    return looked_at_anew(settings) if known is None else Server(**known)


def server_as_known(settings: Settings) -> Server:
    """The same without asking: an unknown server counts as one of which nothing is known."""
    with _guard:
        known = _kept(settings).get(_key(settings))
    if known is not None:
        return Server(**known)
    return _of_kind("openai" if _is_openai(settings) else "other")


def looked_at_anew(settings: Settings) -> Server:
    """The same, whatever is remembered. One that cannot say now what it is, as while it loads its
    model, is asked again next time."""
    if _is_openai(settings):
        return _remember(settings, _of_kind("openai"))
    models = _models(settings)
    if models is None:
        return _of_kind("other")
    owners = {each.get("owned_by") for each in models}
    told: Sequence[Kind] = ("llamacpp", "vllm")
    known: Iterator[Kind] = (each for each in told if each in owners)
    return _remember(settings, _of_kind(next(known, "other")))


def forms_of(settings: Settings) -> tuple[Form, ...]:
    """What an answer may be held to there, the strictest first."""
    known = server_of(settings)
    forms = FORMS[known.kind]
    return forms[forms.index(known.form) :]


def remember_form(settings: Settings, form: Form) -> None:
    """The server refused stricter forms than this one, and took it."""
    _remember(settings, replace(server_of(settings), form=form))


def without_tools(settings: Settings) -> Server:
    """The server refused tools: its dialogues are driven by answers of a form from now on."""
    return _remember(settings, replace(server_of(settings), tools=False))


def without_usage(settings: Settings) -> Server:
    """The server refused to say what a streamed answer took: it is not asked any more."""
    return _remember(settings, replace(server_of(settings), usage=False))


def with_form(body: dict[str, Any], form: Form, lark: str, schema: Mapping[str, Any]) -> None:
    """Adds to a request what holds its answer to a form."""
    match form:
        case "llama_grammar":
            body["extra_body"] = {"grammar": "%llguidance {}\n" + lark}
        case "vllm_grammar":
            body["extra_body"] = {"structured_outputs": {"grammar": lark}}
        case "openai_grammar":
            definition = {"type": "grammar", "grammar": {"syntax": "lark", "definition": lark}}
            said = {"name": "answer", "description": "The whole answer.", "format": definition}
            body["tools"] = [{"type": "custom", "custom": said}]
            body["tool_choice"] = {"type": "custom", "custom": {"name": "answer"}}
        case "json_schema":
            named = {"name": "answer", "schema": dict(schema)}
            body["response_format"] = {"type": "json_schema", "json_schema": named}


def _of_kind(kind: Kind) -> Server:
    return Server(kind, FORMS[kind][0], tools=kind != "llamacpp")


def _is_openai(settings: Settings) -> bool:
    host = urlsplit(address_of(settings)).hostname or ""
    return any(host == each or host.endswith(each) for each in _OPENAI_HOSTS)


def _models(settings: Settings) -> Sequence[Mapping[str, Any]] | None:
    """Its list of models, empty where it has none; None where it does not answer, or not yet."""
    import httpx2 as httpx

    key = settings.openai_api_key
    headers = {} if key is None else {"Authorization": f"Bearer {key.get_secret_value()}"}
    try:
        answer = httpx.get(
            f"{address_of(settings)}/models",
            headers=headers,
            timeout=min(_LOOK, settings.model_timeout),
        )
    except (httpx.HTTPError, httpx.InvalidURL):
        return None
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return None
    try:
        found = answer.json()["data"]
    except (ValueError, KeyError, TypeError):
        return ()
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else ()


def _remember(settings: Settings, server: Server) -> Server:
    with _guard:
        kept = _kept(settings)
        kept[_key(settings)] = vars(server).copy()
        path = _path(settings)
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_name(f".{path.name}.{os.getpid()}")
        scratch.write_text(json.dumps(kept, indent=1), "utf-8")
        os.replace(scratch, path)
    return server


def _kept(settings: Settings) -> dict[str, Any]:
    """What is remembered; a file that cannot be read is nothing."""
    try:
        kept = json.loads(_path(settings).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    rows = kept.items() if isinstance(kept, dict) else ()
    return {key: row for key, row in rows if _is_server(row)}


def _is_server(row: Any) -> bool:
    return (
        isinstance(row, dict)
        and set(row) == {each.name for each in fields(Server)}
        and row["kind"] in FORMS
        and row["form"] in FORMS[row["kind"]]
    )


def _key(settings: Settings) -> str:
    return f"{settings.model} at {address_of(settings)}"


def _path(settings: Settings) -> Path:
    return settings.home / "models" / "servers.json"
