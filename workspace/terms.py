"""The terms that an owner accepts before anything outside is used: a model, or its embeddings."""

from __future__ import annotations

from pathlib import Path

from audience.problems import MusterError
from workspace.settings import Settings

VERSION = "2"  # another text is another version, which has to be accepted anew


class TermsNotAccepted(MusterError):
    """No owner of the workspace has accepted the terms for outside models."""

    code = "terms_not_accepted"


class TermsChanged(MusterError):
    """Other terms than those that hold today were read."""

    code = "terms_changed"


def text() -> str:
    """The terms, in Markdown."""
    return (Path(__file__).parent / "terms.md").read_text(encoding="utf-8")


def require_accepted(settings: Settings, workspace: str, model: str) -> None:
    """Raises `TermsNotAccepted` unless an owner accepted them, so that `model` may be used."""
    from workspace.store import Store

    if Store(settings.store_url).accepted_terms(workspace, VERSION) is None:
        raise TermsNotAccepted(
            f"Before {model} is used, an owner of this workspace must accept the terms "
            "(muster terms --accept). Until then the built-in engine answers."
        )
