"""Prompts said another way, or changed by one word: what must stay the same, and what must not.

Everything here is text in, text out; the expected query of a change of numbers is made along.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from evals.dataset import DATASETS

_SMALL = frozenset(
    word
    for line in (DATASETS / "small_words.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_HEADING = re.compile(r"[^\n:]{1,60}(?:: | [–—-] )(?=\S)|[^\n:]{1,60}:\n")
_NONSENSE = "brimpled"


@dataclass(frozen=True)
class Variation:
    """`prompt` said otherwise. `query` is the gold query where that changes along."""

    kind: str
    prompt: str
    query: str | None = None
    word: str | None = None  # the word that was left out or swapped


def content_words(prompt: str) -> list[re.Match[str]]:
    """The words of a prompt that say something of the audience, from left to right.

    A heading names the audience and says nothing of it.
    """
    heading = _HEADING.match(prompt)
    return [
        found
        for found in _WORD.finditer(prompt, heading.end() if heading else 0)
        if found.group().lower() not in _SMALL and len(found.group()) > 1
    ]


def without_a_word(prompt: str) -> Iterator[Variation]:
    """The prompt with each content word left out in turn."""
    for word in content_words(prompt):
        text = prompt[: word.start()] + prompt[word.end() :]
        yield Variation("deleted", re.sub(r" {2,}", " ", text).strip(), word=word.group())


def with_a_strange_word(prompt: str) -> Iterator[Variation]:
    """The prompt with each content word swapped in turn for one that means nothing."""
    for word in content_words(prompt):
        yield Variation(
            "swapped", prompt[: word.start()] + _NONSENSE + prompt[word.end() :], word=word.group()
        )


def paraphrases(prompt: str) -> Iterator[Variation]:
    """Other ways to say the same: the people must stay the same."""
    for kind, change in _PARAPHRASES.items():
        text = change(prompt)
        if text is not None and text != prompt and len(text.strip()) <= 300:
            yield Variation(kind, text)


def other_number(prompt: str, query: str) -> Variation | None:
    """The prompt with its one number raised by one, where the gold query has that number once."""
    spoken = re.findall(r"(?<![\w.,$€£-])\d+(?![\w.,:%+/-])", prompt)
    if len(spoken) != 1 or len(re.findall(r"\d", prompt)) != len(spoken[0]):
        return None
    number = spoken[0]
    places = list(re.finditer(rf"(?<![\w.'-]){number}(?![\w.'-])", query))
    unit = re.search(rf"\b{number} (?:weeks?|months?|years?|quarters?)\b", prompt)
    if len(places) != 1 or unit or int(number) < 2 or int(number) > 1_900:
        return None
    raised, place = str(int(number) + 1), places[0]
    return Variation(
        "number",
        re.sub(rf"\b{number}\b", raised, prompt),
        query[: place.start()] + raised + query[place.end() :],
    )


def with_a_clause_too_many(prompt: str) -> Variation:
    """A condition more that no workspace can know of: it must be asked about, or refused."""
    body = prompt.rstrip(" .?!")
    return Variation("clause", f"{body} and who collect antique teapots")


def _polite(prompt: str) -> str | None:
    return f"Could you please show me {_lowered(prompt)}" if _plain(prompt) else None


def _thanks(prompt: str) -> str | None:
    return prompt.rstrip(" .?!") + ", thank you very much" if _plain(prompt) else None


def _purpose(prompt: str) -> str | None:
    return f"I need an audience of {_lowered(prompt)}" if _plain(prompt) else None


def _upper_first(prompt: str) -> str | None:
    return prompt[:1].upper() + prompt[1:]


def _lower(prompt: str) -> str | None:
    """All small letters; not where capitals tell a value from a word."""
    return prompt.lower() if not re.search(r"\b[A-Z]{2,}\b|\b[a-z]+[A-Z]", prompt) else None


def _full_stop(prompt: str) -> str | None:
    return f"{prompt}." if prompt[-1:].isalnum() else None


def _wide(prompt: str) -> str | None:
    return "  " + prompt.replace(" ", "  ") if "\n" not in prompt else None


def _fronted(prompt: str) -> str | None:
    """The window first: only where the prompt has one window, at its end, and one clause."""
    found = re.fullmatch(
        r"([^,;:?\n]+?) ((?:in|within|over) the (?:last|past) \w+ (?:hour|day|week|month)s)", prompt
    )
    if not found or re.search(r"\b(?:and|or|but|then|except|without)\b", found.group(1)):
        return None
    if not _plain(prompt):
        return None
    return f"{found.group(2).capitalize()}: {found.group(1)}"


def _weeks(prompt: str) -> str | None:
    def said(found: re.Match[str]) -> str:
        days = int(found.group(1))
        return found.group() if days % 7 or days > 70 or days < 14 else f"{days // 7} weeks"

    return re.sub(r"(?<! to )\b(\d+) days\b", said, prompt)


def _hours(prompt: str) -> str | None:
    return re.sub(r"\b24 hours\b", "1 day", prompt)


def _spelled(prompt: str) -> str | None:
    return re.sub(
        r"\b(\d+) days\b",
        lambda found: f"{_NUMERALS.get(found.group(1), found.group(1))} days",
        prompt,
    )


def _lowered(prompt: str) -> str:
    first = prompt.split(" ", 1)[0]
    return prompt if first.isupper() or first in _NAMES else prompt[:1].lower() + prompt[1:]


def _plain(prompt: str) -> bool:
    """A noun phrase such as "customers who …", in front of which a request can stand."""
    return bool(
        re.match(
            r"(?:all |the )?(?:people|users|customers|shoppers|readers|viewers|travellers|members|"
            r"subscribers|listeners|households|companies|accounts|admins|owners|everyone|everybody|"
            r"anyone)\b",
            prompt,
            re.IGNORECASE,
        )
    ) and not re.search(r"[?:\n]", prompt)


_NAMES = frozenset({"Canadian", "Australian", "Mexican", "German", "French", "Dutch"})
_NUMERALS = {
    "7": "seven",
    "10": "ten",
    "14": "fourteen",
    "30": "thirty",
    "60": "sixty",
    "90": "ninety",
}
_PARAPHRASES: Mapping[str, Callable[[str], str | None]] = {
    "polite": _polite,
    "thanks": _thanks,
    "purpose": _purpose,
    "capital": _upper_first,
    "small letters": _lower,
    "full stop": _full_stop,
    "wide": _wide,
    "window first": _fronted,
    "weeks": _weeks,
    "one day": _hours,
    "spelled out": _spelled,
}
