"""Which chat model speaks: the built-in one, or any OpenAI-compatible one that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from langchain_core.language_models import BaseChatModel

from audience.problems import MusterError
from tools.context import ToolContext
from tools.modelling.client import ModelUnavailable, require_address
from workspace.settings import BUILTIN, Settings
from workspace.terms import require_accepted

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI


def chat_model(context: ToolContext) -> BaseChatModel:
    """The model that the settings name.

    Raises `tools.modelling.client.ModelUnavailable` and `workspace.terms.TermsNotAccepted`.
    """
    settings = context.settings
    if settings.model == BUILTIN:
        from agent.builtin import BuiltinChatModel

        return BuiltinChatModel()
    require_accepted(settings, context.workspace.name, settings.model)
    require_address(settings)
    return _outside(settings)


def request_of(context: ToolContext, prompt: str) -> dict[str, Any] | None:
    """What would be sent when `prompt` opens a dialogue; None when the built-in engine answers.

    Nothing is sent, and the key is not in it.
    """
    from langchain_core.messages import HumanMessage

    from agent.conversation import conversation
    from agent.state import Campaign
    from agent.toolbox import schemas

    if context.settings.model == BUILTIN:
        return None
    model = _outside(context.settings)
    messages = conversation([HumanMessage(prompt)], Campaign(), context)
    tools = model.bind_tools(schemas()).kwargs  # type: ignore[attr-defined]  # a RunnableBinding
    address = context.settings.openai_base_url or "https://api.openai.com/v1"
    # The method with which the client makes every request; there is no public one.
    body = model._get_request_payload(messages, **tools)
    return {"address": f"{address.rstrip('/')}/chat/completions", "body": body}


def _outside(settings: Settings) -> ChatOpenAI:
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
