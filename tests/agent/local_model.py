"""The real local model for tests, fetched when it is not there and served for as long as it is needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from workspace.local_model.fetching import fetched
from workspace.local_model.serving import served
from workspace.persons import LOCAL
from workspace.settings import CHECKOUT, Settings, load_settings
from workspace.store import Store
from workspace.terms import VERSION

NAME = "local"
FIELD_TOKENS = 260
PATIENCE = 600.0  # seconds for one answer: cores may be shared


@contextmanager
def local_address() -> Iterator[str]:
    """Where the model answers. Kept in the checkout's own state, so that one machine fetches once.

    MUSTER_TEST_MODEL is the address of a server that has it already. Raises `ModelNotFetched` with what
    to do: a test that needs the model fails without it.
    """
    told = os.environ.get("MUSTER_TEST_MODEL")
    if told:
        yield told
        return
    path = fetched(CHECKOUT / ".muster")
    shared = "PYTEST_XDIST_WORKER" in os.environ
    with served(path, threads=1 if shared else None, name=NAME) as address:
        yield address


def with_model(settings: Settings, address: str, *, first: bool) -> Settings:
    """The settings with the local model, and its terms accepted."""
    told = load_settings(
        home=settings.home,
        workspace=settings.workspace,
        model=NAME,
        openai_base_url=address,
        model_timeout=PATIENCE,
        model_tokens=FIELD_TOKENS,
        builtin_first=first,
    )
    Store(told.store_url).accept_terms(str(settings.workspace), VERSION, person=LOCAL)
    return told
