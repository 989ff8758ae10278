"""The brief in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tools.write_brief import Brief, Group
from workspace.times import day_text

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")


def markdown(brief: Brief) -> str:
    """A page that can be pasted anywhere. Text from the workspace stands in it as text."""
    return "\n".join(_lines(brief)).rstrip() + "\n"


def _lines(brief: Brief) -> Iterator[str]:
    yield f"# Audience brief: {_text(brief.strategy or brief.workspace)}"
    yield ""
    yield f"As of {day_text(brief.as_of, brief.timezone)}, from the workspace {_text(brief.workspace)}."
    if brief.product:
        yield ""
        yield f"**What it is about:** {_text(brief.product)}"
    if brief.why:
        yield ""
        yield "**Why:**"
        yield from _list(brief.why)
    if brief.context:
        yield ""
        yield f"**Asked for:** {_text(brief.context)}"
    for group in brief.groups:
        yield ""
        yield from _group(group)


def _group(group: Group) -> Iterator[str]:
    yield f"## {_text(group.name)}"
    if group.description:
        yield ""
        yield _text(group.description)
    yield ""
    if group.reach is not None and group.universe is not None:
        unit = "accounts" if group.type == "accounts" else "people"
        yield f"- **How many:** {group.reach:,} of {group.universe:,} {unit}"
    if group.demographics:
        yield f"- **Who:** {_text(group.demographics)}"
    if group.geography:
        yield f"- **Where:** {_text(group.geography)}"
    for title, texts in (
        ("Interests", group.interests),
        ("What they do", group.behaviours),
        ("Conditions", group.conditions),
        ("Not in the conditions", group.not_in_conditions),
        ("Voice", group.voice),
    ):
        if texts:
            yield f"- **{title}:**"
            yield from _list(texts, "  ")
    if group.pain_points:
        yield "- **Pain points:**"
        yield from _list(
            [
                f"{each.text} ({each.source} {each.of})".replace(" )", ")")
                for each in group.pain_points
            ],
            "  ",
        )
    if group.query:
        yield ""
        yield "```"
        yield group.query
        yield "```"


def _list(texts: Sequence[str], indent: str = "") -> Iterator[str]:
    return (f"{indent}- {_text(each)}" for each in texts)


def _text(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
