"""Names and descriptions of segments: built in from the facts, or by a model from the same facts.

A model is given facts and gives words. Every number in its words must be one of the facts; what does
not pass keeps the built-in words.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files

import yaml

from tools.context import ToolContext
from tools.modelling.client import Message, ModelUnavailable, ask
from tools.prompt_files import prompt
from tools.segmenting.labels import NAME_LENGTH
from tools.segments import Segment, Segmentation

log = logging.getLogger(__name__)

_LONGEST = 320  # characters of a description
_LINE = re.compile(r"\s*(\d{1,2})\s*[:.)]\s*(.+?)\s*\|\s*(.+)")
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)*)\s*(%|percent|per cent)?")


def summary_of(segment: Segment) -> str:
    """Two sentences of facts."""
    if segment.reach is None or segment.share is None:
        return ""
    parts = [f"{segment.reach:,} people, {segment.share:.0%} of all people."]
    if segment.facts:
        parts.append(f"What sets them apart: {'; '.join(each.text for each in segment.facts[:2])}.")
    if segment.measures:
        parts.append(f"{segment.measures[0].text}.")
    return " ".join(parts)


def worded(context: ToolContext, made: Segmentation) -> Segmentation:
    """The same segments with a model's words, where they hold.

    Whatever goes wrong leaves the built-in words, and a note.
    """
    settings = context.settings
    context.progress(f"Asking {settings.model} for names", 0.9)
    try:
        return reworded(made, lambda messages: ask(settings, messages).text, settings.model)
    except ModelUnavailable as error:
        log.info("Segments keep their built-in words: %s", error.message)
        note = f"The words are built in: {error.message}"
        return made.model_copy(update={"notes": (*made.notes, note)})


def reworded(
    made: Segmentation, answered: Callable[[Sequence[Message]], str], model: str
) -> Segmentation:
    """The segments with those of the answer's words that hold; `answered` asks the model."""
    answer = answered(
        [
            {"role": "system", "content": prompt("name_segments")},
            {"role": "user", "content": "\n\n".join(_told(made.segments))},
        ]
    )
    found = list(made.segments)
    names = {each.name.casefold() for each in found}
    for place, name, text in _lines(answer, len(found)):
        segment = found[place]
        if not holds(segment, name, text) or name.casefold() in names:
            continue
        names.add(name.casefold())
        found[place] = segment.model_copy(update={"name": name, "summary": text})
    if found == list(made.segments):
        note = f"The words are built in: those of {model} did not keep to the facts."
        return made.model_copy(update={"notes": (*made.notes, note)})
    return made.model_copy(update={"segments": tuple(found), "model": model})


def holds(segment: Segment, name: str, text: str) -> bool:
    """Whether words for a segment keep to its facts: each number is one of them."""
    if not 3 <= len(name) <= NAME_LENGTH or not text or len(text) > _LONGEST:
        return False
    return numbers(f"{name}. {text}") <= numbers("\n".join(facts_of(segment)))


def numbers(text: str) -> set[str]:
    """The numbers that a text says: digits (with % where it is said), signs such as ½, and words."""
    digits = {
        f"{number.replace(',', '')}{'%' if percent else ''}"
        for number, percent in _NUMBER.findall(text)
    }
    signs = {each for each in text if each.isnumeric() and not each.isdecimal()}
    return digits | signs | (set(re.findall(r"[a-z]+", text.casefold())) & _words())


def facts_of(segment: Segment) -> list[str]:
    """All that is known of a segment, a line each."""
    lines = [f"people: {segment.reach or 0:,}"]
    if segment.share is not None:
        lines.append(f"share of all people: {segment.share:.0%}")
    lines += [f"condition: {each}" for each in segment.english]
    lines += [f"sets them apart: {each.text}" for each in segment.facts]
    lines += [f"on average: {each.text}" for each in segment.measures]
    lines += [f"demographics: {segment.demographics}", f"geography: {segment.geography}"]
    lines += [f"trouble: {each.text}" for each in segment.pain_points]
    return lines


def _told(segments: Sequence[Segment]) -> Iterator[str]:
    for number, segment in enumerate(segments, 1):
        yield "\n".join((f"{number}: {segment.name}", *facts_of(segment)))


def _lines(answer: str, count: int) -> Iterator[tuple[int, str, str]]:
    for line in answer.splitlines():
        match = _LINE.fullmatch(line.strip().strip("*-` "))
        if match is not None and 1 <= int(match[1]) <= count:
            name, text = (part.strip().strip("\"'“”*` ") for part in match.groups()[1:])
            yield int(match[1]) - 1, name, text


@cache
def _words() -> frozenset[str]:
    text = files(__package__).joinpath("numbers.yaml").read_text("utf-8")
    return frozenset(word for line in yaml.safe_load(text) for word in line)
