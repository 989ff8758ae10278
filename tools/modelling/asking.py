"""What a model is told: the language, the fields that may be meant, and the person's words.

What never changes comes first, so that a server which remembers the start of a request reads it once.
"""

from __future__ import annotations

from collections.abc import Sequence

from audience.english.reading import Request
from audience.printer import show
from audience.problems import Problem
from tools.modelling import few_shots
from tools.modelling.client import Message
from tools.modelling.fragments import fragments
from tools.modelling.glossing import Gloss
from tools.modelling.linking import Linked
from tools.modelling.vocabulary import Vocabulary
from tools.prompt_files import prompt


def first_messages(
    request: Request,
    words: Vocabulary,
    linked: Linked,
    guess: str | None,
    gloss: Gloss | None = None,
    *,
    as_json: bool = False,
) -> list[Message]:
    """The request for a query. `guess` is what the built-in engine made of it, if anything."""
    system = prompt("write_query").replace("{examples}", few_shots.lines(few_shots.always()))
    parts = []
    shots = few_shots.similar(request.prompt, words.audiences)
    if shots:
        parts.append(f"More examples:\n{few_shots.lines(shots)}")
    listed = "\n".join(words.lines())
    parts.append(
        f"Use only these fields, spelt as they are here, and values as they are listed:\n{listed}"
    )
    if gloss is not None:
        parts.append(f"Word by word in English: {gloss.text}")
    sure = "\n".join(fragments(linked))
    if sure:
        parts.append(f"What words of the description mean here:\n{sure}")
    parts.append(f"Today is {request.as_of:%Y-%m-%d, a %A}.")
    if request.draft is not None and request.draft.root is not None:
        so_far = show(request.draft.root)
        parts.append(f"The query so far, which the description changes:\n{so_far}")
    if guess is not None:
        parts.append(f"A first guess, which may lack something:\n{guess}")
    if as_json:
        parts.append("Write the query as JSON of the given schema.")
    parts.append(f"Description: {' '.join(request.prompt.split())}\nQuery:")
    return [
        {"role": "system", "content": system},
        {"role": "user", "content": "\n\n".join(parts)},
    ]


def repair(answer: str, problems: Sequence[Problem]) -> list[Message]:
    """What follows an answer that is no valid query."""
    said = "\n".join(
        f"- {each.message}"
        + (f" Perhaps: {', '.join(each.suggestions[:5])}." if each.suggestions else "")
        for each in problems
        if each.severity == "error"
    )
    return [
        {"role": "assistant", "content": answer},
        {
            "role": "user",
            "content": f"That is not valid:\n{said}\nAnswer with the corrected query alone.",
        },
    ]


def mapping(text: str, words: Sequence[str], conditions: Sequence[str]) -> list[Message]:
    """The request for the condition that each of some words belongs to."""
    lettered = "\n".join(f"{letter(place)}: {each}" for place, each in enumerate(conditions))
    numbered = "\n".join(f"{number}: {each}" for number, each in enumerate(words, 1))
    content = f"The description:\n{text}\n\nThe conditions:\n{lettered}\n\nThe words:\n{numbered}"
    return [
        {"role": "system", "content": prompt("map_words")},
        {"role": "user", "content": content},
    ]


def letter(place: int) -> str:
    """The name of a condition: A, B, …"""
    return chr(ord("A") + place)
