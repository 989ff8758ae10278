"""Whether an installation is in order: its settings, its folder, its store, its workspaces, its model."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from audience.problems import MusterError
from workspace.opening import DEMO, chosen_name, open_workspace, workspace_names
from workspace.settings import BUILTIN, Settings

_NO_LIST = frozenset({404, 405, 501})


@dataclass(frozen=True)
class Finding:
    """One check; where it is not `ok`, the message says what to mend."""

    check: str
    ok: bool
    message: str


def findings(settings: Settings) -> tuple[Finding, ...]:
    """Every check, in an order in which a failed one may explain the next. Writes nothing lasting."""
    return tuple(_findings(settings))


def _findings(settings: Settings) -> Iterator[Finding]:
    yield _home(settings)
    yield _store(settings)
    yield from _workspaces(settings)
    yield from _model(settings)
    yield from _embedding(settings)


def _home(settings: Settings) -> Finding:
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.home):
            pass
    except OSError as error:
        message = f"{settings.home} cannot be written to ({error.strerror}). Set MUSTER_HOME."
        return Finding("home", False, message)
    return Finding("home", True, f"state lies in {settings.home}")


def _store(settings: Settings) -> Finding:
    from workspace.store import Store

    kind = "SQLite" if settings.database_url is None else "PostgreSQL"
    try:
        Store(settings.store_url).audiences(chosen_name(settings))
    except MusterError as error:
        return Finding("store", False, error.message)
    return Finding("store", True, f"{kind}, up to date")


def _workspaces(settings: Settings) -> Iterator[Finding]:
    names = workspace_names(settings)
    for name in names:
        try:
            opened = open_workspace(settings, name)
        except MusterError as error:
            yield Finding("workspace", False, error.message)
            continue
        fields = sum(1 for _ in opened.catalog.fields())
        kind = "" if opened.catalog.has_data else ", a tracking plan without data"
        yield Finding("workspace", True, f"{name}: {fields:,} fields{kind}")
        if opened.engine is not None:
            yield _engine(name, opened.engine)
    chosen = chosen_name(settings)
    if chosen in names:
        return
    if chosen != DEMO:
        message = f"MUSTER_WORKSPACE is {chosen}, and there is no such workspace."
        yield Finding("workspace", False, message)
    else:
        yield Finding("workspace", True, f"{chosen}, the demo, is made when it is first needed")


def _engine(name: str, address: str) -> Finding:
    """Whether the warehouse of a workspace answers, and still has its people."""
    from workspace.warehouse import open_warehouse

    try:
        warehouse = open_warehouse(address, seconds=10)
        there = "users" in warehouse.tables()
        warehouse.close()
    except MusterError as error:
        return Finding("engine", False, f"{name}: {error.message}")
    if not there:
        return Finding("engine", False, f"{name}: its warehouse has no table users any more.")
    return Finding("engine", True, f"{name}: its warehouse answers")


def _model(settings: Settings) -> Iterator[Finding]:
    if settings.model == BUILTIN:
        yield Finding("model", True, "the built-in engine; no key and no network is needed")
        for name, given in (
            ("OPENAI_API_KEY", settings.openai_api_key),
            ("OPENAI_BASE_URL", settings.openai_base_url),
        ):
            if given is not None:
                yield Finding(
                    "model", True, f"{name} is set and changes nothing: MUSTER_MODEL names no model"
                )
        return
    yield _terms(settings)
    yield _address(settings)


def _terms(settings: Settings) -> Finding:
    from workspace.store import Store
    from workspace.terms import VERSION

    name = chosen_name(settings)
    try:
        accepted = Store(settings.store_url).accepted_terms(name, VERSION)
    except MusterError as error:
        return Finding("terms", False, error.message)
    if accepted is None:
        message = f"not accepted for {name}; an owner accepts them with: muster terms --accept"
        return Finding("terms", False, message)
    return Finding("terms", True, f"accepted for {name} by {accepted.person}")


def _address(settings: Settings) -> Finding:
    """Asks the address which models it has; sends the key and nothing else.

    Whether the model answers is for a request to find out: not every server lists its models, and
    some know one by other names too, as Azure its deployments and Ollama what it lists with a tag.
    """
    address = settings.openai_base_url or "https://api.openai.com/v1"
    key = settings.openai_api_key
    if key is None and settings.openai_base_url is None:
        message = (
            f"{settings.model} needs OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own"
        )
        return Finding("model", False, message)
    from openai import (
        APIStatusError,
        AuthenticationError,
        OpenAI,
        OpenAIError,
        PermissionDeniedError,
    )

    client = OpenAI(
        base_url=address,
        api_key=key.get_secret_value() if key else "none",
        timeout=min(10.0, settings.model_timeout),
        max_retries=0,
    )
    try:
        there = [each.id for each in client.models.list()]
    except (AuthenticationError, PermissionDeniedError):
        return Finding("model", False, f"{address} refuses the key; check OPENAI_API_KEY")
    except APIStatusError as error:
        if error.status_code in _NO_LIST:
            return Finding("model", True, f"{settings.model} at {address}, which lists no models")
        message = f"{address} answers with status {error.status_code}; look at the server's log, or try again"
        return Finding("model", False, message)
    except (OpenAIError, AttributeError, TypeError, ValueError):
        return Finding("model", False, f"{address} does not answer; check OPENAI_BASE_URL")
    finally:
        client.close()
    if settings.model not in there:
        message = f"{settings.model} at {address}, which lists {', '.join(there[:5]) or 'nothing'}"
        return Finding("model", True, message)
    return Finding("model", True, f"{settings.model} at {address}")


def _embedding(settings: Settings) -> Iterator[Finding]:
    if settings.embedding == BUILTIN:
        yield Finding("embedding", True, "the built-in one")
        return
    if settings.embedding == "chroma":
        message = "Chroma's default, which is downloaded when first used"
        yield Finding("embedding", True, message)
        return
    if settings.model == BUILTIN:  # else they have been looked at
        yield _terms(settings)
    where = settings.openai_base_url or "OpenAI"
    message = f"{settings.embedding} at {where}; names and values of fields are sent there"
    yield Finding("embedding", True, message)
