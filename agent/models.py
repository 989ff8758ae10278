"""Which chat model speaks: the built-in one, or any OpenAI-compatible one that the settings name."""

from __future__ import annotations

from langchain_core.language_models import BaseChatModel

from audience.problems import MusterError
from tools.context import ToolContext
from workspace.settings import BUILTIN

TERMS_VERSION = "1"


class TermsNotAccepted(MusterError):
    """No owner of the workspace has accepted the terms for outside models."""

    code = "terms_not_accepted"


class ModelUnavailable(MusterError):
    """The model that the settings name cannot be had."""

    code = "model_unavailable"


def chat_model(context: ToolContext) -> BaseChatModel:
    """The model that the settings name. Raises `TermsNotAccepted`, `ModelUnavailable`."""
    settings = context.settings
    if settings.model == BUILTIN:
        from agent.builtin import BuiltinChatModel

        return BuiltinChatModel()
    if context.store.accepted_terms(context.workspace.name, TERMS_VERSION) is None:
        raise TermsNotAccepted(
            f"Before {settings.model} is used, an owner of this workspace must accept the terms "
            "(muster terms --accept). Until then the built-in engine answers."
        )
    if settings.openai_api_key is None and settings.openai_base_url is None:
        raise ModelUnavailable(
            f"{settings.model} needs OPENAI_API_KEY or OPENAI_BASE_URL. The built-in engine answers."
        )
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    return ChatOpenAI(
        model=settings.model,
        base_url=settings.openai_base_url,
        api_key=settings.openai_api_key or SecretStr("none"),
        timeout=settings.model_timeout,
        max_retries=1,
        temperature=0,
    )


def failure(error: Exception) -> tuple[str, str]:
    """A model's failure as a code and words for people; no address and no key is in them."""
    if isinstance(error, MusterError):
        return error.code, error.message
    return (
        ModelUnavailable.code,
        f"The model gave no answer ({type(error).__name__}). The built-in engine answers for now.",
    )
