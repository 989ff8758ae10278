"""(a) The model plainly: the whole schema in the prompt, the same instructions, no retrieval, no grammar,
no repair."""

from __future__ import annotations

import re

from evals.baselines import Asker
from evals.baselines.asking import MOST_TOKENS, in_query
from evals.dataset import Case
from evals.scoring import Answered
from tools.context import ToolContext
from tools.modelling import few_shots
from tools.modelling.client import ask
from tools.modelling.vocabulary import Vocabulary
from tools.prompt_files import prompt

_FENCE = re.compile(r"^```\w*\n?|\n?```$")


def asker(context: ToolContext) -> Asker:
    catalog = context.catalog
    today = f"{context.moment():%Y-%m-%d, a %A}"

    def instructions(case: Case) -> str:
        """The same for every prompt of a workspace, so that a server need read it once only."""
        everything = Vocabulary(
            case.type,
            tuple((event, event.properties) for event in catalog.events),
            catalog.user_traits,
            catalog.account_traits if case.type == "accounts" else (),
            catalog.audiences,
        )
        shots = few_shots.lines(few_shots.always())
        listed = "\n".join(everything.lines())
        return (
            prompt("write_query").replace("{examples}", shots)
            + f"\n\nThe fields:\n{listed}\n\nToday is {today}."
        )

    def ask_case(case: Case) -> Answered:
        def write(text: str) -> str:
            messages = [
                {"role": "system", "content": instructions(case)},
                {"role": "user", "content": f"Description: {text}\nQuery:"},
            ]
            reply = ask(context.settings, messages, most=MOST_TOKENS)
            return _FENCE.sub("", reply.text).strip().removeprefix("Query:").strip() or reply.text

        return in_query(context, case, write)

    return ask_case
