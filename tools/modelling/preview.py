"""What would be sent to build an audience, for whoever wants to see it first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audience.english.engine import read_prompt
from audience.english.reading import Request
from tools.context import ToolContext
from tools.modelling.client import request
from tools.modelling.reading import prepared
from tools.modelling.servers import server_as_known


def request_for(context: ToolContext, prompt: str) -> dict[str, Any]:
    """The body of the request that `prompt` makes, were the model asked to read it."""
    settings = context.settings
    asked = Request(
        prompt=prompt,
        catalog=context.catalog,
        finder=context.index,
        as_of=context.moment(),
        roles=context.event_roles,
    )
    server = server_as_known(settings)
    question = prepared(asked, read_prompt(asked), settings, server)
    return on_the_wire(
        request(settings, question.messages, question.shape, server.form, question.most)
    )


def on_the_wire(body: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a request as its client sends it: what only some servers know stands beside the rest."""
    beside: Mapping[str, Any] = body.get("extra_body", {})
    return {key: value for key, value in body.items() if key != "extra_body"} | dict(beside)
