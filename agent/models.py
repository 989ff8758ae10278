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
    is_too_long,
    record,
    require_address,
    require_rested,
    thinks,
)
from tools.modelling.servers import (
    Server,
    address_of,
    server_as_known,
    server_of,
    without_tools,
    without_usage,
)
from workspace.settings import BUILTIN, Settings
from workspace.terms import require_accepted

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

MOST_TOKENS = 1_000  # of what a model says or calls in one step
_THOUGHT = 8  # times as many for a model that thinks first


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
    server = server_of(settings)
    if server.tools:
        return _outside(settings, server)
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


def is_simpler(context: ToolContext, error: Exception) -> bool:
    """Whether a request failed because the server does not know all of it: the next one asks for less.

    First for no account of tokens, where that is what it names; else for no tools.
    """
    from openai import BadRequestError, UnprocessableEntityError

    settings = context.settings
    if settings.model == BUILTIN or is_too_long(error):
        return False
    if not isinstance(error, BadRequestError | UnprocessableEntityError):
        return False
    server = server_of(settings)
    if server.usage and "stream_options" in str(error):
        without_usage(settings)
    elif server.tools:
        without_tools(settings)
    else:
        return False
    return True


def request_of(context: ToolContext, prompt: str) -> dict[str, Any] | None:
    """What would be sent when `prompt` opens a dialogue, and when its audience is built; None when the
    built-in engine answers. Nothing is sent, and the key is not in it.
    """
    from langchain_core.messages import HumanMessage

    from agent.conversation import conversation
    from agent.speaking import without_persons
    from agent.state import Campaign
    from tools.modelling.preview import on_the_wire, request_for

    settings = context.settings
    if settings.model == BUILTIN:
        return None
    messages = conversation([HumanMessage(prompt)], Campaign(), context)
    return {
        "address": f"{address_of(settings)}/chat/completions",
        "body": on_the_wire(_dialogue_body(settings, without_persons(messages))),
        "build": request_for(context, prompt),
    }


def _dialogue_body(settings: Settings, messages: list[Any]) -> dict[str, Any]:
    from agent.toolbox import schemas

    server = server_as_known(settings)
    if server.tools:
        model = _outside(settings, server)
        given = model.bind_tools(schemas()).kwargs  # type: ignore[attr-defined]  # a RunnableBinding
        if server.usage:
            given = given | {"stream_options": {"include_usage": True}}
        # The method with which the client makes every request; there is no public one.
        return dict(model._get_request_payload(messages, stream=True, **given))
    from agent.structured import request_body

    return request_body(settings, messages)


def _outside(settings: Settings, server: Server) -> ChatOpenAI:
    """Speaks to the model once; whoever asks it closes its line. Tries again are the caller's."""
    import httpx2 as httpx
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    from tools.modelling.transport import AsyncBoundedTransport

    seconds = settings.model_timeout
    limits: dict[str, Any] = {"temperature": 0, "extra_body": {"max_tokens": MOST_TOKENS}}
    if thinks(settings):
        limits = {"max_completion_tokens": _THOUGHT * MOST_TOKENS}
    return ChatOpenAI(
        model=settings.model,
        base_url=settings.openai_base_url,
        api_key=settings.openai_api_key or SecretStr("none"),
        timeout=seconds,
        max_retries=0,
        stream_usage=server.usage,
        http_async_client=httpx.AsyncClient(transport=AsyncBoundedTransport(seconds)),
        **limits,
    )


def failure(error: Exception, context: ToolContext) -> tuple[str, str]:
    """A model's failure as a code and words for people; no key is in them."""
    if isinstance(error, MusterError):
        return error.code, error.message
    record(context.settings, failure=True)
    text = f"{in_words(error, context.settings)} The built-in engine answers for now."
    return ModelUnavailable.code, text
