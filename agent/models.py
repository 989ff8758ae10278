"""Which chat model speaks: the built-in one, or any OpenAI-compatible one that the settings name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from langchain_core.language_models import BaseChatModel

from audience.problems import MusterError
from tools.context import ToolContext
from tools.modelling.client import (
    ModelUnavailable,
    in_words,
    record,
    require_address,
    require_rested,
)
from tools.modelling.servers import address_of, server_as_known, server_of, without_tools
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
    require_rested(settings)
    if server_of(settings).tools:
        return _outside(settings)
    from agent.structured import StructuredChatModel

    return StructuredChatModel(settings=settings, reads=_reader(context))


def _reader(context: ToolContext) -> Callable[[str, str | None], bool]:
    """Whether the built-in engine reads words fully; given a query, as a change to it.

    Words in another language, where it reads what they are one by one in English: what they say is
    the model's to read, but that they describe people is clear.
    """
    from audience.english.engine import read_prompt
    from audience.english.guards.language import language_of
    from audience.english.reading import Draft, Request
    from audience.validator import check
    from tools.modelling.glossing import gloss

    def reads(text: str, query: str | None) -> bool:
        catalog = context.catalog
        draft = None
        if query is not None:
            checked = check(query, catalog)
            draft = Draft(checked.root, checked.type) if checked.root is not None else None
        request = Request(
            prompt=text,
            catalog=catalog,
            finder=context.index,
            as_of=context.moment(),
            draft=draft,
            prompt_min=context.settings.prompt_min,
            prompt_max=context.settings.prompt_max,
        )
        reading = read_prompt(request)
        if reading.problem is not None and reading.problem.code == "unsupported_language":
            english = gloss(text, language_of(text))
            if english is not None:
                reading = read_prompt(replace(request, prompt=english.text))
        return reading.status == "draft" and not reading.unmatched

    return reads


def takes_no_tools(context: ToolContext, error: Exception) -> bool:
    """Whether a request failed because the server takes no tools: from now on none are sent there."""
    from openai import BadRequestError, UnprocessableEntityError

    settings = context.settings
    if settings.model == BUILTIN or not isinstance(
        error, BadRequestError | UnprocessableEntityError
    ):
        return False
    if not server_of(settings).tools:
        return False
    without_tools(settings)
    return True


def worked(context: ToolContext) -> None:
    """The model answered: what failed before is forgotten."""
    if context.settings.model != BUILTIN:
        record(context.settings, failure=False)


def request_of(context: ToolContext, prompt: str) -> dict[str, Any] | None:
    """What would be sent when `prompt` opens a dialogue, and when its audience is built; None when the
    built-in engine answers. Nothing is sent, and the key is not in it.
    """
    from langchain_core.messages import HumanMessage

    from agent.conversation import conversation
    from agent.state import Campaign
    from tools.modelling.preview import request_for

    settings = context.settings
    if settings.model == BUILTIN:
        return None
    messages = conversation([HumanMessage(prompt)], Campaign(), context)
    return {
        "address": f"{address_of(settings)}/chat/completions",
        "body": _dialogue_body(settings, messages),
        "build": request_for(context, prompt),
    }


def _dialogue_body(settings: Settings, messages: list[Any]) -> dict[str, Any]:
    from agent.toolbox import schemas

    if server_as_known(settings).tools:
        model = _outside(settings)
        tools = model.bind_tools(schemas()).kwargs  # type: ignore[attr-defined]  # a RunnableBinding
        # The method with which the client makes every request; there is no public one.
        return dict(model._get_request_payload(messages, **tools))
    from agent.structured import request_body

    return request_body(settings, messages)


def _outside(settings: Settings) -> ChatOpenAI:
    import httpx2 as httpx
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    from tools.modelling.transport import AsyncBoundedTransport, BoundedTransport

    seconds = settings.model_timeout
    return ChatOpenAI(
        model=settings.model,
        base_url=settings.openai_base_url,
        api_key=settings.openai_api_key or SecretStr("none"),
        timeout=seconds,
        max_retries=2,
        temperature=0,
        http_client=httpx.Client(transport=BoundedTransport(seconds)),
        http_async_client=httpx.AsyncClient(transport=AsyncBoundedTransport(seconds)),
    )


def failure(error: Exception, context: ToolContext) -> tuple[str, str]:
    """A model's failure as a code and words for people; no key is in them."""
    if isinstance(error, MusterError):
        return error.code, error.message
    record(context.settings, failure=True)
    text = f"{in_words(error, context.settings)} The built-in engine answers for now."
    return ModelUnavailable.code, text
