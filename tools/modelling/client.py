"""One question to an OpenAI-compatible model, one answer; every failure is `ModelUnavailable`."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audience.problems import MusterError
from tools.modelling import breaker
from tools.modelling.patience import patience
from tools.modelling.servers import Form, address_of, forms_of, remember_form, with_form
from tools.modelling.spending import Spent, spend
from tools.modelling.tracing import by_langsmith, traced
from workspace.settings import Settings

if TYPE_CHECKING:
    from openai import OpenAI

Message = dict[str, str]
MOST_TOKENS = 400
_THOUGHT = 16  # times as many for a model that thinks first
_AS_JSON = 3  # times as many tokens as the query itself
_THINKS = re.compile(r"(?:^|/)(?:o\d|gpt-[5-9])(?!.*chat)")  # models that take no temperature
_VARIED = 0.5
_TOO_LONG = re.compile(r"context[ _](?:length|size|window)|(?:prompt|input) is too long", re.I)
_THOUGHTS = re.compile(r"^\s*<think>.*?(?:</think>|$)", re.DOTALL)
OR_ELSE = "Try again, or use the built-in engine."


class ModelUnavailable(MusterError):
    """The model that the settings name cannot be had, or gives no answer."""

    code = "model_unavailable"


@dataclass(frozen=True)
class Shape:
    """What an answer must look like, as a Lark grammar and as a JSON schema."""

    lark: str
    schema: Mapping[str, Any]


@dataclass(frozen=True)
class Reply:
    """`form` is what the answer was held to; an answer that was cut off is not whole."""

    text: str
    form: Form = "plain"
    whole: bool = True


def require_address(settings: Settings) -> None:
    """Raises `ModelUnavailable` where there is neither a key nor an address."""
    if settings.openai_api_key is None and settings.openai_base_url is None:
        raise ModelUnavailable(
            f"{settings.model} needs OPENAI_API_KEY or OPENAI_BASE_URL. The built-in engine answers."
        )


def ask(
    settings: Settings,
    messages: Sequence[Message],
    shape: Shape | None = None,
    *,
    most: int = MOST_TOKENS,
    varied: bool = False,
) -> Reply:
    """The model's answer, held to `shape` as far as its server can. No key stands in an error.

    At most about `most` tokens of query text; `varied`: what it has written already is less likely.
    A busy server is asked again, with pauses and no longer than MUSTER_MODEL_TIMEOUT; one that failed
    again and again is left alone for a while.
    """
    require_address(settings)
    require_rested(settings)
    name = _name(settings)
    try:
        reply = _answer(settings, messages, shape, most, varied=varied)
    except ModelUnavailable:
        breaker.failed(name)
        raise
    breaker.worked(name)
    return reply


def require_rested(settings: Settings) -> None:
    """Raises `ModelUnavailable` while a model that failed again and again is left alone."""
    left = breaker.resting(_name(settings))
    if left:
        raise ModelUnavailable(
            f"{settings.model} failed {breaker.FAILURES} times in a row and is asked again in "
            f"{left:.0f} seconds. Until then the built-in engine answers."
        )


def record(settings: Settings, *, failure: bool) -> None:
    """Tells the breaker how a request went that another client made."""
    (breaker.failed if failure else breaker.worked)(_name(settings))


def request(
    settings: Settings,
    messages: Sequence[Message],
    shape: Shape | None = None,
    form: Form = "plain",
    most: int = MOST_TOKENS,
    *,
    varied: bool = False,
) -> dict[str, Any]:
    """The body of the request, as the client is given it: what stands in `extra_body` is sent beside
    the rest."""
    body: dict[str, Any] = {"model": settings.model, "messages": list(messages)}
    if form == "json_schema":
        most *= _AS_JSON
    if form == "openai_grammar" or thinks(settings):
        body["max_completion_tokens"] = most * _THOUGHT
    else:
        body |= {"temperature": 0, "max_tokens": most}
        if varied:
            body["frequency_penalty"] = _VARIED
    if shape is not None:
        with_form(body, form, shape.lark, shape.schema)
    return body


def thinks(settings: Settings) -> bool:
    """Whether it is known of the model that it thinks before it answers."""
    return _THINKS.search(settings.model) is not None


def in_words(error: Exception, settings: Settings) -> str:
    """What went wrong and what to do; nothing of what the server said stands in it."""
    from openai import APIConnectionError, APIStatusError, APITimeoutError

    model = settings.model
    if isinstance(error, APITimeoutError) or type(error).__name__ == "ReadTimeout":
        return f"{model} gave no whole answer in {settings.model_timeout:g} seconds. {OR_ELSE}"
    if isinstance(error, APIConnectionError):
        where = address_of(settings)
        return f"{where} cannot be reached. Check OPENAI_BASE_URL and the server. {OR_ELSE}"
    if not isinstance(error, APIStatusError):
        return f"{model} gave no answer that can be read ({type(error).__name__}). {OR_ELSE}"
    if is_too_long(error):
        return (
            f"The request is longer than {model} can read. Use fewer words, or set "
            f"MUSTER_MODEL_TOKENS lower. {OR_ELSE}"
        )
    match error.status_code:
        case 401 | 403:
            return f"The server of {model} refuses the key. Check OPENAI_API_KEY. {OR_ELSE}"
        case 404:
            return (
                f"The server has no model called {model}, or nothing at this address. Check "
                f"MUSTER_MODEL, and OPENAI_BASE_URL, which as a rule ends in /v1. {OR_ELSE}"
            )
        case 429:
            return f"The server of {model} is busy, or a limit is reached. {OR_ELSE}"
        case status if status >= 500:
            return f"The server of {model} has a fault of its own ({status}). {OR_ELSE}"
        case status:
            return f"The server of {model} refuses the request ({status}). {OR_ELSE}"


def is_too_long(error: Exception) -> bool:
    """Whether a server refused a request for its length, whatever it asks for."""
    said = (error, getattr(error, "code", None), getattr(error, "body", None))
    return _TOO_LONG.search(" ".join(map(str, said))) is not None


def _answer(
    settings: Settings,
    messages: Sequence[Message],
    shape: Shape | None,
    most: int,
    *,
    varied: bool,
) -> Reply:
    """Held to the strictest form that the server takes, which is remembered."""
    from openai import APIStatusError, BadRequestError, OpenAIError, UnprocessableEntityError

    forms: Sequence[Form] = ("plain",) if shape is None else forms_of(settings)
    refused: APIStatusError | None = None
    for form in forms:
        body = request(settings, messages, shape, form, most, varied=varied)
        try:
            reply = _tried(settings, body, form)
        except (BadRequestError, UnprocessableEntityError) as error:
            refused = error
            if is_too_long(error):
                break
            continue
        except (OpenAIError, AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            raise ModelUnavailable(in_words(error, settings)) from error
        if refused is not None:
            remember_form(settings, form)
        return reply
    assert refused is not None  # in every form, so it is the request itself
    raise ModelUnavailable(in_words(refused, settings)) from refused


def _tried(settings: Settings, body: Mapping[str, Any], form: Form) -> Reply:
    """The answer of one of several tries. Raises what the last one raised."""
    from tenacity import Retrying

    opened = client(settings)
    try:
        return Retrying(**patience(settings))(_once, opened, settings, body, form)
    finally:
        opened.close()


def _once(opened: OpenAI, settings: Settings, body: Mapping[str, Any], form: Form) -> Reply:
    started = time.monotonic()
    with traced(settings, form) as span:
        answer = opened.chat.completions.create(**body)
        usage = getattr(answer, "usage", None)
        spent = Spent(
            1,
            int(getattr(usage, "prompt_tokens", 0) or 0),
            int(getattr(usage, "completion_tokens", 0) or 0),
            time.monotonic() - started,
        )
        span(spent)
    spend(settings, spent)
    choice = answer.choices[0]
    text: str = choice.message.content or ""
    for call in getattr(choice.message, "tool_calls", None) or ():
        text = text or str(getattr(getattr(call, "custom", None), "input", "") or "")
    text = _THOUGHTS.sub("", text)
    if not text.strip():
        raise ModelUnavailable(f"{settings.model} gave an empty answer. {OR_ELSE}")
    return Reply(text.strip(), form, choice.finish_reason != "length")


def client(settings: Settings) -> OpenAI:
    """A client of the address in the settings, whose requests end; whoever opens it closes it."""
    import httpx2 as httpx
    from openai import OpenAI

    from tools.modelling.transport import BoundedTransport

    key = settings.openai_api_key
    made = OpenAI(
        base_url=settings.openai_base_url,
        api_key=key.get_secret_value() if key else "none",
        timeout=settings.model_timeout,
        max_retries=0,
        http_client=httpx.Client(transport=BoundedTransport(settings.model_timeout)),
    )
    if not by_langsmith():
        return made
    from langsmith.wrappers import wrap_openai

    return wrap_openai(made)


def _name(settings: Settings) -> str:
    return f"{settings.model} at {address_of(settings)}"
