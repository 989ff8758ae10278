"""One change to the draft: what kind of change it is, and the tree after it."""

from __future__ import annotations

import re
from dataclasses import replace

from audience.english.reading import Draft, Option, Question, Reading, Request
from audience.english.refining.adding import (
    added,
    bound_or_other,
    excluded,
    one_more_literal,
    only_literals,
    widened,
    widened_value,
)
from audience.english.refining.dating import redated
from audience.english.refining.editing import edited, replaced
from audience.english.refining.forms import (
    AND,
    ANY_TIME,
    EXCLUDE,
    GONE,
    INSTEAD,
    IT,
    LEAVE_OUT,
    MAKE,
    NO_MATTER,
    NOBODY,
    NOT_BUT_THE_OTHER,
    NOT_JUST,
    NOT_THE_OTHER,
    OLD_ONE,
    ON_SECOND_THOUGHT,
    OPPOSITE,
    OR,
    OUT,
    PART,
    PEOPLE,
    RATHER,
    REMOVE,
    ROLLING,
    SAME,
    SHOULD,
    TOO,
    TWICE,
    UP,
)
from audience.english.refining.fragment import Span, blanked
from audience.english.refining.junctions import rejoined, turned
from audience.english.refining.measuring import other_measure
from audience.english.refining.numbers import lone, number_too
from audience.english.refining.outcome import changed
from audience.english.refining.relative import is_relative, shifted
from audience.english.refining.removing import at_any_time, is_of_others, removed
from audience.english.refining.swapping import other_deed, put_right, without_number
from audience.english.refining.values import is_code_or_number, mention, values_held, with_values
from audience.english.refining.wording import plainly
from audience.english.scope import no
from audience.english.subject import begins_with_subject
from audience.english.tokens import name_words
from audience.query import Boolean


def changed_by(request: Request, draft: Draft) -> Reading:
    """The draft after one change, or what has to be asked."""
    request = replace(request, prompt=plainly(request.prompt))
    text = request.prompt
    for change in (_by_other, _by_instead, _by_making, _by_removing, _by_excluding, _by_widening):
        reading = change(request, draft)
        if reading is not None:
            return reading
    named = mention(request, draft, 0, len(text))
    whole = begins_with_subject(text, request.catalog) and SHOULD.match(text) is None
    if whole and (named is None or not named.held):
        return _whole(request, draft)
    match = AND.match(text)
    start = match.end() if match is not None else 0
    plain = replace(request, prompt=TOO.sub(lambda each: " " * len(each.group()), text))
    number = lone(plain, start, len(text)) if TOO.search(text) else None
    if number is not None and named is not None and named.held:
        code = widened_value(request, draft, start)  # "2 too", of a field of such codes
        if code is not None:
            return code
    if number is not None:
        wider = number_too(request, draft, number)
        return _unplaced(request, draft) if wider is None else changed(request, draft, wider)
    either = bound_or_other(request, draft, start)
    if either is not None:
        return either
    if only_literals(request, draft, start):
        more = one_more_literal(request, draft, start)
        if more is not None:
            return more
        return edited(request, draft, start)
    if TOO.search(text):
        more = widened_value(request, draft, start)
        if more is not None:
            return more
    return added(request, draft, start)


# Kinds of change --------------------------------------------------------------------------------


def _by_other(request: Request, draft: Draft) -> Reading | None:
    """ "one hour, not two", "US out, Germany in", "60 is too short, say 90", "any time", "the opposite"."""
    assert draft.root is not None
    if ANY_TIME.match(request.prompt):
        return at_any_time(request, draft)
    if OPPOSITE.match(request.prompt):
        return changed(request, draft, no(draft.root))
    other = rejoined(request, draft) or turned(request, draft) or shifted(request, draft)
    if other is not None:
        return changed(request, draft, other)
    if is_relative(request.prompt):
        return _unplaced(request, draft)
    for pattern in (*NOT_THE_OTHER, NOT_BUT_THE_OTHER):
        match = pattern.match(request.prompt)
        if match is None:
            continue
        old, new = match.span("old"), match.span("new")
        if match.groupdict().get("just"):
            return _not_only(request, draft, old, new)
        right = put_right(request, draft, old, new)
        if right is not None:
            return changed(request, draft, right)
        told = [mention(request, draft, *each) for each in (old, new)]
        if all(each is not None and each.held for each in told):
            return replaced(request, draft, old, new)
        if told[0] is not None and set(told[0].values) & set(values_held(told[0])):
            plain = without_number(request, draft, new)
            said = plain and mention(plain, draft, *new)
            if plain and said and said.held and said.entry is told[0].entry:
                return replaced(plain, draft, old, new)  # "500 gems, not coins", of 500 coins
            return _unplaced(request, draft)  # more than the coins changes
        other = other_deed(request, draft, old, new)
        if other is None and redated(request, draft, *old) is not None:
            other = redated(request, draft, *new)  # "2026, not 2025"
        if other is not None:
            return changed(request, draft, other)
        later = replace(request, prompt=blanked(request.prompt, *new))
        if OLD_ONE.match(match.group("old")) and only_literals(later, draft, 0):
            return edited(later, draft, 0)
    if NOT_BUT_THE_OTHER.match(request.prompt):
        return _unplaced(request, draft)  # not one more who are kept out
    return None


def _not_only(request: Request, draft: Draft, old: Span, new: Span) -> Reading:
    """ "admins or owners, not just admins": these as well as those that there were."""
    assert draft.root is not None
    deed = other_deed(request, draft, old, new)
    if deed is not None:
        return changed(request, draft, deed)  # "clicked, not just opened"
    more, there = mention(request, draft, *new), mention(request, draft, *old)
    if more is None or there is None or not more.held or more.entry is not there.entry:
        return _unplaced(request, draft)
    values = tuple(dict.fromkeys((*values_held(more), *more.values)))
    return changed(request, draft, with_values(draft.root, more, values))


def _unplaced(request: Request, draft: Draft) -> Reading:
    said = " ".join(request.prompt.split())
    question = Question(f"“{said}” could not be placed. Say it another way.")
    return Reading("clarify", draft.root, draft.type, question=question)


def _by_instead(request: Request, draft: Draft) -> Reading | None:
    twice = TWICE.match(request.prompt)
    if twice is not None:
        first = _exchanged(request, draft, twice.span("old"), twice.span("new"))
        if first.status == "draft" and not first.unmatched:
            now = replace(draft, root=first.root)
            second = _exchanged(request, now, twice.span("old2"), twice.span("new2"))
            if second.status == "draft" and not second.unmatched:
                return second
    for pattern in INSTEAD:
        match = pattern.match(request.prompt)
        if match is None:
            continue
        old = UP.sub("", match.group("old"))
        if old.isupper() or old.lower() not in IT:  # "IT" is a country
            return _exchanged(request, draft, match.span("old"), match.span("new"))
    same = SAME.match(request.prompt)
    if same is not None:
        said = mention(request, draft, *same.span("new"))
        if said is not None and said.held:
            return replaced(request, draft, None, same.span("new"))
        start = same.start("new")
        return changed_by(replace(request, prompt=" " * start + request.prompt[start:]), draft)
    late = ON_SECOND_THOUGHT.match(request.prompt)
    if late is not None and not TOO.search(request.prompt):
        said = mention(request, draft, *late.span("new"))
        if said is not None and said.held:
            return replaced(request, draft, None, late.span("new"))
        other = other_measure(request, draft, late.span("new"))
        other = other or other_deed(request, draft, None, late.span("new"))
        if other is not None:
            return changed(request, draft, other)
        if lone(request, *late.span("new")) is not None:
            blank = replace(request, prompt=blanked(request.prompt, *late.span("new")))
            return edited(blank, draft, late.start("new"))
    should = SHOULD.match(request.prompt)
    if should is not None and not TOO.search(request.prompt):
        own = _of_field(request, draft, should.span("field"), should.span("new"))
        if own is not None:
            return changed(request, draft, own)
    for pattern in RATHER:
        match = pattern.match(request.prompt)
        if match is not None:
            return _in_its_place(request, draft, match.span("new"))
    return None


def _exchanged(request: Request, draft: Draft, old: Span, new: Span) -> Reading:
    """The new in the place of the old: a number, what was done, a value."""
    own = _of_field(request, draft, old, new)
    if own is not None:
        return changed(request, draft, own)
    right = put_right(request, draft, old, new) or other_deed(request, draft, old, new)
    if right is not None:
        return changed(request, draft, right)
    return replaced(request, draft, old, new)


def _of_field(request: Request, draft: Draft, field: Span, new: Span) -> Boolean | None:
    """The draft with other values of the one field that is named: "change the role to buyer"."""
    between = " " * (new[0] - field[1] - 1)
    text = request.prompt[: field[1]] + ":" + between + request.prompt[new[0] :]
    said = mention(replace(request, prompt=text), draft, field[0], new[1])
    if said is None or not said.held or draft.root is None:
        return None
    named = {each.lower() for each in name_words(said.entry.field.name)}
    words = {each.lower() for each in re.findall(r"\w+", request.prompt[slice(*field)])}
    if not named <= words or (words - named - {"the"} and mention(request, draft, *field)):
        return None  # "the Rivers fund": a value
    return with_values(draft.root, said, said.values)


def _in_its_place(request: Request, draft: Draft, new: Span) -> Reading:
    """What was said, in the place of what the draft has of it."""
    said = mention(request, draft, *new)
    if said is not None and said.held:
        return replaced(request, draft, None, new)
    if is_code_or_number(request, draft, *new):
        return _unplaced(request, draft)
    other = other_measure(request, draft, new) or other_deed(request, draft, None, new)
    if other is not None:
        return changed(request, draft, other)
    blank = replace(request, prompt=blanked(request.prompt, *new))
    if only_literals(blank, draft, new[0]):
        return edited(blank, draft, new[0])
    return replaced(request, draft, None, new)


def _by_making(request: Request, draft: Draft) -> Reading | None:
    match = MAKE.match(request.prompt)
    if match is None:
        return None
    start, text = match.end(), request.prompt
    if ROLLING.match(text, start):  # "make it the last year", as "in the last year"
        start -= len("in ")
        text = f"{text[:start]}in {text[match.end() :]}"
    return edited(replace(request, prompt=text), draft, start)


def _by_removing(request: Request, draft: Draft) -> Reading | None:
    out = LEAVE_OUT.match(request.prompt)
    if out is not None and not PEOPLE.search(request.prompt):
        if is_of_others(request, draft, out.span("what")):
            blank = blanked(request.prompt, *out.span("what"))
            return excluded(replace(request, prompt=blank), draft, out.start("what"))
        return removed(request, draft, out.span("what"), certain=True)
    gone = GONE.match(request.prompt)
    if gone is not None:
        return removed(request, draft, gone.span("what"), certain=True)
    any_ = NO_MATTER.match(request.prompt)
    if any_ is not None:
        span = any_.span("what") if any_.group("what") else any_.span("other")
        if mention(request, draft, *span) is None:
            return removed(request, draft, span, certain=False)
    match = REMOVE.match(request.prompt)
    if match is None or PEOPLE.search(request.prompt):
        return None
    named = PART.search(request.prompt) is not None
    if match.group("verb").lower() == "without" and not named:
        return None
    if not named and is_of_others(request, draft, match.span("what")):
        return excluded(request, draft, match.start("what"))
    return removed(
        request,
        draft,
        match.span("what"),
        certain=named or match.group("verb").lower() in ("drop", "forget", "lose"),
    )


def _by_excluding(request: Request, draft: Draft) -> Reading | None:
    more = NOT_JUST.match(request.prompt)
    if more is not None:  # "not just gold, platinum as well"
        return widened_value(request, draft, more.end())
    out = OUT.match(request.prompt)
    if out is not None:
        blank = blanked(request.prompt, *out.span("what"))
        return excluded(replace(request, prompt=blank), draft, out.start("what"))
    match = EXCLUDE.match(request.prompt)
    if match is None or (draft.type == "accounts" and NOBODY.match(request.prompt)):
        return None
    return excluded(request, draft, match.end())


def _by_widening(request: Request, draft: Draft) -> Reading | None:
    match = OR.match(request.prompt)
    if match is None:
        return None
    return widened(request, draft, match.end())


def _whole(request: Request, draft: Draft) -> Reading:
    """A message that is an audience of its own: in place of the draft, or on top of it?"""
    from audience.english.judging import judged
    from audience.english.subject import audience_type_of
    from audience.query import And, joined

    kind = audience_type_of(request)
    reading = judged(replace(request, draft=None), kind)
    if reading.status != "draft" or reading.root is None or draft.root is None:
        return reading
    options: tuple[Option, ...] = (
        Option("Replace the audience", reading.root),
        Option("Add to the audience: both must hold", joined(And, (draft.root, reading.root))),
    )
    if kind != draft.type:
        options = options[:1]
    question = Question(
        "This reads as an audience of its own. Replace the one you have, or add to it?", options
    )
    return replace(reading, status="clarify", question=question)
