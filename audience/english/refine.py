"""A prompt that changes the draft so far: what kind of change it is, and the tree after it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from audience.english.reading import Draft, Option, Question, Reading, Request
from audience.english.refining.adding import (
    added,
    excluded,
    one_more_literal,
    only_literals,
    widened,
    widened_value,
)
from audience.english.refining.dating import redated
from audience.english.refining.editing import edited, replaced
from audience.english.refining.forms import (
    ABOUT_WORDS,
    AFRESH,
    AND,
    ANY_TIME,
    CHANGES,
    EXCLUDE,
    INSTEAD,
    IT,
    JOINT,
    LATELY,
    LEAVE_OUT,
    MAKE,
    NO_MATTER,
    NOBODY,
    NOT_JUST,
    NOT_THE_OTHER,
    OF_THEM,
    OLD_ONE,
    ON,
    ON_SECOND_THOUGHT,
    OPEN,
    OPPOSITE,
    OR,
    ORDINALS,
    OUT,
    OVER,
    PART,
    PEOPLE,
    QUOTED,
    REDO,
    REMOVE,
    SAME,
    SCRAPPED,
    STEP,
    SWAP,
    TOO,
    UNDO,
    UP,
)
from audience.english.refining.fragment import Span, blanked
from audience.english.refining.numbers import lone, number_too
from audience.english.refining.outcome import changed, difference
from audience.english.refining.removing import at_any_time, is_of_others, removed
from audience.english.refining.swapping import other_deed, put_right, without_number
from audience.english.refining.values import mention, values_held, with_values
from audience.english.refining.wording import plainly
from audience.english.scope import no
from audience.english.subject import begins_with_subject


def refined(request: Request) -> Reading:
    """The reading of a prompt that follows on from `request.draft`."""
    draft = request.draft
    assert draft is not None
    text = request.prompt
    if UNDO.match(text):
        return _undone(draft, request)
    if REDO.match(text):
        return _redone(draft)
    over = OVER.match(text) or SCRAPPED.match(text)
    if over is not None:
        return _afresh(request, over.end())
    scrapped = AFRESH.match(text)
    if scrapped is not None and not CHANGES.match(scrapped.group("rest")):
        return _afresh(replace(request, prompt=LATELY.sub("", text)), scrapped.end())
    chosen = _answer(draft, text)
    if chosen is not None:
        return _kept(Reading("draft", chosen.root, draft.type), draft, ("Chosen: " + chosen.text,))
    if draft.root is None:
        return _new(request)
    return _still_open(_in_steps(request, draft), draft, text)


def _in_steps(request: Request, draft: Draft) -> Reading:
    """ "only those in Spain and make it 60 days": two changes, the second to what the first made."""
    of_them = OF_THEM.match(request.prompt)
    if of_them is not None:
        blank = " " * of_them.end() + request.prompt[of_them.end() :]
        request = replace(request, prompt=blank)
    swap = SWAP.match(request.prompt)
    if swap is not None:
        spans = (swap.span("old"), swap.span("new"))
        told = [mention(request, draft, *each) for each in spans]
        if all(each is not None and each.held for each in told):
            reading = replaced(request, draft, *spans)
            return _kept(reading, draft, reading.difference)
    cuts = [match.end() for match in STEP.finditer(request.prompt)]
    steps = list(zip([0, *cuts], [*cuts, len(request.prompt)], strict=True))
    if len(steps) == 1:
        return _changed(request, draft)
    reading, now = _changed(request, draft), draft
    for start, end in steps:
        text = request.prompt
        part = text[start:end]
        joint = JOINT.search(part) if end < len(text) else None
        part = part[: joint.start()] if joint is not None else part
        own = replace(request, prompt=" " * start + part)
        reading = _changed(own, now)
        if reading.status != "draft":
            whole = replace(now, root=draft.root)
            return _kept(replace(reading, root=draft.root), whole, ())
        now = Draft(reading.root, reading.type, None, draft.past)
    before, after = draft.root, reading.root
    if before is None or after is None:
        return reading
    return _kept(reading, draft, difference(before, after, request.catalog))


def _changed(request: Request, draft: Draft) -> Reading:
    request = replace(request, prompt=plainly(request.prompt))
    text = request.prompt
    for change in (_by_other, _by_instead, _by_making, _by_removing, _by_excluding, _by_widening):
        reading = change(request, draft)
        if reading is not None:
            return _kept(reading, draft, reading.difference)
    if begins_with_subject(text, request.catalog):
        return _kept(_whole(request, draft), draft, ())
    match = AND.match(text)
    start = match.end() if match is not None else 0
    plain = replace(request, prompt=TOO.sub(lambda each: " " * len(each.group()), text))
    number = lone(plain, start, len(text)) if TOO.search(text) else None
    if number is not None:
        wider = number_too(request, draft, number)
        return _unplaced(request, draft) if wider is None else changed(request, draft, wider)
    if only_literals(request, draft, start):
        more = one_more_literal(request, draft, start)
        if more is not None:
            return _kept(more, draft, ())
        return _kept(edited(request, draft, start), draft, ())
    if TOO.search(text):
        more = widened_value(request, draft, start)
        if more is not None:
            return _kept(more, draft, ())
    return _kept(added(request, draft, start), draft, ())


# The conversation itself ------------------------------------------------------------------------


def _kept(reading: Reading, draft: Draft, difference: tuple[str, ...]) -> Reading:
    """The reading with the draft to go on with; a refusal or a plain question keeps the old one."""
    bare = replace(draft, past=())
    if reading.status == "refused":
        return replace(reading, next=draft)
    if reading.status == "clarify":
        after = Draft(draft.root, draft.type, reading.question, draft.past, pending=True)
        return replace(reading, next=after)
    bare = replace(bare, undone=())
    after = Draft(reading.root, reading.type, None, (*draft.past, bare))
    return replace(reading, difference=difference or reading.difference, next=after)


def _still_open(reading: Reading, draft: Draft, text: str) -> Reading:
    """A change of its own ("and in Spain") leaves what was asked before without an answer."""
    if reading.status != "draft" or draft.question is None:
        return reading
    asked = draft.question.text.removeprefix(OPEN)
    if ON.match(text) is None and not _unanswered(asked, text):
        return reading
    question = Question(f"{OPEN}{asked}", (Option("Go on without it", reading.root),))
    after = Draft(reading.root, reading.type, question, reading.next.past if reading.next else ())
    return replace(reading, status="clarify", question=question, next=after)


def _unanswered(asked: str, text: str) -> bool:
    """Whether words that nothing holds are asked about, and `text` says nothing of them."""
    if not any(each in asked for each in ABOUT_WORDS):
        return False
    said = text.casefold()
    return not any(word in said for word in QUOTED.findall(asked.casefold().split(". ")[0]))


def _undone(draft: Draft, request: Request) -> Reading:
    if (
        draft.pending and draft.root is not None
    ):  # what was said last came to nothing but a question
        settled = replace(draft, question=None, pending=False)
        return Reading("draft", draft.root, draft.type, difference=("Undone",), next=settled)
    if not draft.past:
        question = Question("There is nothing to undo. Describe the audience you want.")
        return Reading("clarify", draft.root, draft.type, question=question, next=draft)
    now = replace(draft, past=(), undone=())
    before = replace(draft.past[-1], past=draft.past[:-1], undone=(now, *draft.undone))
    if before.root is None:
        question = Question("Undone. Describe the audience you want.")
        return Reading("clarify", None, before.type, question=question, next=before)
    return Reading("draft", before.root, before.type, difference=("Undone",), next=before)


def _redone(draft: Draft) -> Reading:
    if not draft.undone:
        question = Question("There is nothing to do again. Describe the audience you want.")
        return Reading("clarify", draft.root, draft.type, question=question, next=draft)
    now = replace(draft, past=(), undone=())
    after = replace(draft.undone[0], past=(*draft.past, now), undone=draft.undone[1:])
    return Reading("draft", after.root, after.type, difference=("Done again",), next=after)


def _afresh(request: Request, start: int) -> Reading:
    rest = request.prompt[start:]
    if not rest.strip(" .!"):
        empty = Draft(None, "users")
        question = Question("Started over. Describe the audience you want.")
        return Reading("clarify", None, "users", question=question, next=empty)
    from audience.english.engine import described

    return described(replace(request, prompt=" " * start + rest, draft=None))


def _new(request: Request) -> Reading:
    from audience.english.engine import described

    return described(
        replace(request, draft=replace(request.draft, past=()) if request.draft else None)
    )


def _answer(draft: Draft, text: str) -> Option | None:
    """The option of the pending question that the prompt names."""
    if draft.question is None:
        return None
    said = _plain(text)
    usable = [each for each in draft.question.options if each.root is not None]
    for option in usable:
        if said and said == _plain(option.text):
            return option
    for option in usable:
        if len(said) > 2 and re.search(rf"\b{re.escape(said)}\b", _plain(option.text)):
            same = [each for each in usable if said in _plain(each.text)]
            return option if len(same) == 1 else None
    words = [
        word
        for word in said.split()
        if word not in ("the", "one", "option", "number", "please", "i", "mean", "choice", "take")
    ]
    if said in ORDINALS or (len(words) == 1 and words[0] in ORDINALS):
        place = ORDINALS[said if said in ORDINALS else words[0]]
        return usable[place] if place < len(usable) else None
    if (
        said in ("yes", "yes please", "ok", "leave it out", "leave out", "leave that out")
        and len(usable) == 1
    ):
        return usable[0]
    return None


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w$€£%.]+", text.lower())).strip(". ")


# Kinds of change --------------------------------------------------------------------------------


def _by_other(request: Request, draft: Draft) -> Reading | None:
    """ "one hour, not two", "US out, Germany in", "60 is too short, say 90", "any time", "the opposite"."""
    assert draft.root is not None
    if ANY_TIME.match(request.prompt):
        return at_any_time(request, draft)
    if OPPOSITE.match(request.prompt):
        return changed(request, draft, no(draft.root))
    for pattern in NOT_THE_OTHER:
        match = pattern.match(request.prompt)
        if match is None:
            continue
        old, new = match.span("old"), match.span("new")
        if match.group("just"):
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
    for pattern in INSTEAD:
        match = pattern.match(request.prompt)
        if match is not None and UP.sub("", match.group("old").lower()) not in IT:
            right = put_right(request, draft, match.span("old"), match.span("new"))
            right = right or other_deed(request, draft, match.span("old"), match.span("new"))
            if right is not None:
                return changed(request, draft, right)
            return replaced(request, draft, match.span("old"), match.span("new"))
    same = SAME.match(request.prompt)
    if same is not None:
        said = mention(request, draft, *same.span("new"))
        if said is not None and said.held:
            return replaced(request, draft, None, same.span("new"))
        start = same.start("new")
        return _changed(replace(request, prompt=" " * start + request.prompt[start:]), draft)
    late = ON_SECOND_THOUGHT.match(request.prompt)
    if late is not None and not TOO.search(request.prompt):
        said = mention(request, draft, *late.span("new"))
        if said is not None and said.held:
            return replaced(request, draft, None, late.span("new"))
        if lone(request, *late.span("new")) is not None:
            blank = replace(request, prompt=blanked(request.prompt, *late.span("new")))
            return edited(blank, draft, late.start("new"))
    match = re.match(
        r"^\W*no[,.!]\s*(i mean |make it )?(?P<new>.+?)\W*$", request.prompt, re.I
    ) or re.match(
        r"^\W*(make (it|that) |use |take )?(?P<new>.+?),? instead\W*$", request.prompt, re.I
    )
    if match is not None:
        return replaced(request, draft, None, match.span("new"))
    return None


def _by_making(request: Request, draft: Draft) -> Reading | None:
    match = MAKE.match(request.prompt)
    if match is None:
        return None
    return edited(request, draft, match.end())


def _by_removing(request: Request, draft: Draft) -> Reading | None:
    out = LEAVE_OUT.match(request.prompt)
    if out is not None and not PEOPLE.search(request.prompt):
        if is_of_others(request, draft, out.span("what")):
            blank = blanked(request.prompt, *out.span("what"))
            return excluded(replace(request, prompt=blank), draft, out.start("what"))
        return removed(request, draft, out.span("what"), certain=True)
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


Change = Callable[[Request, Draft], Reading | None]
