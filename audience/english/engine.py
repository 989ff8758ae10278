"""The built-in engine's door: a request becomes a reading."""

from __future__ import annotations

import re
from dataclasses import replace

from audience.catalog import AudienceType
from audience.english.guarding import guarded
from audience.english.judging import judged
from audience.english.reading import Draft, Reading, Request, Said, refused
from audience.english.refining.quoting import quoted
from audience.english.subject import audience_type_of, names_people
from audience.glossary import UnreadableTerm
from audience.problems import InvalidQuery
from audience.query import Trait, walk

_QUERY = re.compile(r"\b(event|trait|entity)\s*\(\s*['\"]", re.IGNORECASE)


def read_prompt(request: Request) -> Reading:
    """Read one prompt, on its own or as a change to `request.draft`. Never raises for any text."""
    request = replace(request, kept={})
    blocked = _length(request) or guarded(request)
    if blocked is not None:
        return blocked
    if _QUERY.search(request.prompt):
        return _query_text(request)
    try:
        if request.draft is not None:
            from audience.english.refine import refined

            return refined(request)
        return described(request)
    except UnreadableTerm as error:
        return refused(error.code, error.message)


def described(request: Request) -> Reading:
    """The reading of a prompt that describes a whole audience."""
    kind = audience_type_of(request)
    reading = judged(request, kind)
    if kind == "users" and request.audience_type is None and reading.status != "draft":
        reading = _of_companies(request) or reading
    return _remembering(reading, request)


def _of_companies(request: Request) -> Reading | None:
    """The reading of a prompt that names nobody, and what is known of companies alone: "MRR over 500"."""
    if not request.catalog.has_accounts or names_people(request.prompt):
        return None
    reading = judged(request, "accounts")
    known = {each.name for each in request.catalog.account_traits}
    told = (
        {node.name for node in walk(reading.root) if isinstance(node, Trait)}
        if reading.status == "draft" and reading.root is not None and not reading.unmatched
        else set()
    )
    if not told & known:
        return None
    return replace(reading, assumptions=(*reading.assumptions, _COMPANIES))


_COMPANIES = "Companies are meant: what was said is known of them, not of single users."


def _remembering(reading: Reading, request: Request) -> Reading:
    """The reading with the draft that the conversation goes on with."""
    past = _history(request.draft)
    if reading.status == "refused":
        return replace(reading, next=request.draft)
    asked = reading.question.text if reading.question is not None else ""
    said = Said(request.prompt, request.turn, quoted(asked, request.prompt))
    draft = Draft(reading.root, reading.type, reading.question, past, said=said)
    return replace(reading, next=draft)


def _history(draft: Draft | None) -> tuple[Draft, ...]:
    if draft is None:
        return ()
    return (*draft.past, replace(draft, past=()))


def _query_text(request: Request) -> Reading:
    """Text that is already a query of the language."""
    from audience.english.judging import valid_draft
    from audience.reader import read

    try:
        root = read(request.prompt.strip())
    except InvalidQuery as error:
        problem = error.problems[0]
        return refused("not_understood", problem.message, problem.suggestions)
    kind: AudienceType | None = request.audience_type
    return _remembering(valid_draft(request, root, kind), request)


def _length(request: Request) -> Reading | None:
    length = len(request.prompt.strip())
    if request.draft is None and length < request.prompt_min:
        return refused(
            "prompt_too_short",
            f"Describe the audience in at least {request.prompt_min} characters.",
        )
    if length > request.prompt_max:
        return refused(
            "prompt_too_long",
            f"Describe the audience in at most {request.prompt_max} characters; this has {length}.",
        )
    return None
