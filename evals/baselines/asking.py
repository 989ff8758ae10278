"""What the baselines share: a timed, metered question; one prompt out of a conversation; an answer."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from audience.text import quoted
from audience.validator import check
from evals.dataset import Case
from evals.scoring import Answered
from tools.context import ToolContext
from tools.modelling.client import ModelUnavailable
from tools.modelling.spending import metered, total

MOST_TOKENS = 400


def said(case: Case) -> str:
    """The prompt; what was said before it stands above it."""
    return "\n".join((*case.context, case.prompt))


def in_query(context: ToolContext, case: Case, write: Callable[[str], str]) -> Answered:
    """The answer of something that writes a query for some words.

    A query that is not valid is an answer that failed. Where `write` gives empty text there is no filter
    at all, which selects everybody.
    """
    started = perf_counter()
    with metered() as meter:
        try:
            text = write(said(case)) or _everybody(context, case)
            failed = ""
        except ModelUnavailable as error:
            text, failed = "", error.message
        except Exception as error:  # whatever a baseline's own code makes of the model's answer
            text, failed = "", f"{type(error).__name__}: {error}"[:300]
    spent = total(meter)
    checked = check(text, context.catalog, audience_type=case.type) if text else None
    valid = checked is not None and checked.bound is not None
    return Answered(
        status="draft" if valid else "failed",
        query=text or None,
        type=case.type,
        message=failed or None,
        ms=(perf_counter() - started) * 1000,
        tokens_in=spent.tokens_in,
        tokens_out=spent.tokens_out,
    )


def _everybody(context: ToolContext, case: Case) -> str:
    catalog = context.catalog
    traits = catalog.account_traits if case.type == "accounts" else catalog.user_traits
    name = quoted(traits[0].name)
    return f"trait({name}).exists() OR trait({name}).absent()"
