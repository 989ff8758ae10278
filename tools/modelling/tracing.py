"""Requests to models as OpenTelemetry spans, for an installation that has set a tracer up.

Names and numbers only: what is asked and answered is in no span.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tools.modelling.spending import Spent
from workspace.settings import Settings


@contextmanager
def traced(settings: Settings, form: str) -> Iterator[Callable[[Spent], None]]:
    """A span around one request; it is given what was spent."""
    from opentelemetry import trace

    with trace.get_tracer("muster").start_as_current_span("muster.model") as span:
        span.set_attribute("gen_ai.operation.name", "chat")
        span.set_attribute("gen_ai.request.model", settings.model)
        span.set_attribute("muster.form", form)

        def give(spent: Spent) -> None:
            span.set_attribute("gen_ai.usage.input_tokens", spent.tokens_in)
            span.set_attribute("gen_ai.usage.output_tokens", spent.tokens_out)
            money = spent.money(settings)
            if money is not None:
                span.set_attribute("muster.money", money)

        yield give
