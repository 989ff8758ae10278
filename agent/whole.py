"""Whether words describe an audience of their own, rather than change the one there is."""

from __future__ import annotations

import re

from audience.english.reading import Request
from tools.context import ToolContext

# fmt: off
HEADS = frozenset({
    "account", "accounts", "anybody", "anyone", "buyer", "buyers", "client", "clients", "companies",
    "company", "contact", "contacts", "customer", "customers", "donors", "everybody", "everyone",
    "guest", "guests", "household", "households", "lead", "leads", "listeners", "member", "members",
    "patients", "people", "person", "persons", "players", "profile", "profiles", "reader", "readers",
    "shopper", "shoppers", "students", "subscriber", "subscribers", "travelers", "travellers", "user",
    "users", "viewers", "visitor", "visitors",
})
CHANGES = frozenset({
    "add", "also", "and", "are", "at", "but", "can", "change", "do", "does", "drop", "except", "exclude",
    "excluding", "fewer", "from", "how", "in", "include", "including", "instead", "is", "just", "keep",
    "less", "limit", "make", "more", "narrow", "no", "not", "only", "or", "plus", "rather", "remove",
    "replace", "swap", "that", "them", "these", "they", "those", "undo", "unless", "what", "which",
    "who", "whose", "widen", "with", "without",
})
# fmt: on
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
