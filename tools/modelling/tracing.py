"""Requests to models as OpenTelemetry spans.

They go where OpenTelemetry's own settings say (`OTEL_EXPORTER_OTLP_ENDPOINT`, or the one for traces
alone), else to the tracer that whoever embeds this has set up. Names and numbers only: what is asked,
answered or said by a server is in no span.

LangSmith gets the requests themselves with their answers, and only where LANGSMITH_TRACING asks for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from typing import TYPE_CHECKING

from tools.modelling.spending import Spent
from workspace.settings import Settings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Tracer

ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_PATIENCE = 5.0  # seconds: a collector that does not answer holds nobody up for longer


@contextmanager
def traced(settings: Settings, form: str) -> Iterator[Callable[[Spent], None]]:
    """A span around one request; it is given what was spent. LangSmith sees the request too, if set."""
    span = _tracer().start_span("muster.model")
    span.set_attribute("gen_ai.operation.name", "chat")
    span.set_attribute("gen_ai.request.model", settings.model)
    span.set_attribute("muster.form", form)

    def give(spent: Spent) -> None:
        span.set_attribute("gen_ai.usage.input_tokens", spent.tokens_in)
        span.set_attribute("gen_ai.usage.output_tokens", spent.tokens_out)
        span.set_attribute("muster.seconds", spent.seconds)
        money = spent.money(settings)
        if money is not None:
            span.set_attribute("muster.money", money)

    try:
        with _seen_by_langsmith():
            yield give
    except Exception as error:
        from opentelemetry.trace import StatusCode

        span.set_status(StatusCode.ERROR)
        span.set_attribute("error.type", type(error).__name__)
        raise
    finally:
        span.end()


def by_langsmith() -> bool:
    """Whether requests go to LangSmith too."""
    return os.environ.get("LANGSMITH_TRACING", "").lower() == "true"


def requests_alone() -> AbstractContextManager[None]:
    """Around a dialogue: of all that runs in it, LangSmith gets what models get, and no state."""
    from langsmith import tracing_context

    return tracing_context(enabled=False)


def _seen_by_langsmith() -> AbstractContextManager[None]:
    if not by_langsmith():
        return nullcontext()
    from langsmith import tracing_context

    return tracing_context(enabled=True)


def _tracer() -> Tracer:
    from opentelemetry import trace

    endpoint = next((value for name in ENDPOINTS if (value := os.environ.get(name))), None)
    if endpoint is None:
        return trace.get_tracer("muster")
    return exporting(endpoint).get_tracer("muster")


@cache
def exporting(endpoint: str) -> TracerProvider:
    """Sends spans to `endpoint`, together and in the background; the rest when the process ends.

    It is no one else's: whatever other packages trace does not go there. The address itself, headers
    and the like are read by OpenTelemetry, from its own settings.
    """
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    name = os.environ.get("OTEL_SERVICE_NAME", "muster")
    provider = TracerProvider(resource=Resource.create({"service.name": name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(timeout=_PATIENCE)))
    return provider
