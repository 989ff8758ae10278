"""Whether words describe an audience of their own, rather than change the one there is."""

from __future__ import annotations

import re

from audience.english.reading import Request
from tools.context import ToolContext

HEADS = frozenset(
    [
        "customers",
        "customer",
        "clients",
        "client",
        "shoppers",
        "shopper",
        "buyers",
        "buyer",
        "users",
        "user",
        "people",
        "persons",
        "profiles",
        "profile",
        "members",
        "member",
        "subscribers",
        "subscriber",
        "visitors",
        "visitor",
        "contacts",
        "contact",
        "leads",
        "everyone",
        "everybody",
        "anyone",
        "anybody",
        "companies",
        "company",
        "accounts",
        "account",
        "households",
        "household",
        "guests",
        "guest",
        "readers",
        "reader",
        "travellers",
        "travelers",
        "players",
        "viewers",
        "listeners",
        "donors",
        "patients",
        "students",
    ]
)
CHANGES = frozenset(
    [
        "only",
        "just",
        "and",
        "or",
        "but",
        "also",
        "plus",
        "except",
        "excluding",
        "exclude",
        "without",
        "not",
        "no",
        "with",
        "in",
        "from",
        "who",
        "that",
        "which",
        "whose",
        "instead",
        "make",
        "change",
        "drop",
        "remove",
        "add",
        "keep",
        "limit",
        "narrow",
        "widen",
        "replace",
        "swap",
        "those",
        "them",
        "they",
        "these",
        "undo",
        "including",
        "include",
        "unless",
        "rather",
        "at",
        "more",
        "less",
        "fewer",
        "what",
        "how",
        "is",
        "are",
        "do",
        "does",
        "can",
    ]
)
REACH = 6  # words before the head: "please find me all the loyal customers"


def reads_as_whole(context: ToolContext, prompt: str) -> bool:
    """True for "Customers in Spain who bought shoes", False for "only those in Spain".

    It must start like a description, and be one that the engine reads fully on its own.
    """
    words = re.findall(r"[\w'-]+", prompt.casefold())
    if not words or words[0] in CHANGES:
        return False
    if not HEADS.intersection(words[:REACH]):
        return False
    from audience.english.engine import read_prompt

    reading = read_prompt(
        Request(
            prompt=prompt,
            catalog=context.catalog,
            finder=context.index,
            as_of=context.moment(),
            prompt_min=context.settings.prompt_min,
            prompt_max=context.settings.prompt_max,
            recently_days=context.settings.recently_days,
        )
    )
    return reading.status == "draft"
