"""One question to an OpenAI-compatible model, one answer; every failure is `ModelUnavailable`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from audience.problems import MusterError
from workspace.settings import Settings

Message = dict[str, str]
MOST_TOKENS = 700


class ModelUnavailable(MusterError):
    """The model that the settings name cannot be had, or gives no answer."""

    code = "model_unavailable"


def require_address(settings: Settings) -> None:
    """Raises `ModelUnavailable` where there is neither a key nor an address."""
    if settings.openai_api_key is None and settings.openai_base_url is None:
        raise ModelUnavailable(
            f"{settings.model} needs OPENAI_API_KEY or OPENAI_BASE_URL. The built-in engine answers."
        )


def ask(settings: Settings, messages: Sequence[Message]) -> str:
    """The model's answer as text. No address and no key stands in an error."""
    require_address(settings)
    from openai import OpenAI, OpenAIError

    key = settings.openai_api_key
    client = OpenAI(
        base_url=settings.openai_base_url,
        api_key=key.get_secret_value() if key else "none",
        timeout=settings.model_timeout,
        max_retries=1,
    )
    try:
        answer = client.chat.completions.create(**request(settings, messages))
        text: str | None = answer.choices[0].message.content
    except (OpenAIError, AttributeError, IndexError, TypeError, ValueError) as error:
        raise ModelUnavailable(
            f"The model gave no answer ({type(error).__name__}). Try again, or use the built-in engine."
        ) from error
    finally:
        client.close()
    if not text or not text.strip():
        raise ModelUnavailable(
            "The model gave an empty answer. Try again, or use the built-in engine."
        )
    return text.strip()


def request(settings: Settings, messages: Sequence[Message]) -> dict[str, Any]:
    """The body of the request, as it is sent."""
    return {
        "model": settings.model,
        "messages": list(messages),
        "temperature": 0,
        "max_tokens": MOST_TOKENS,
    }
