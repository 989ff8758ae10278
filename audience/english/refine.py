"""A prompt that changes the draft so far: what kind of change it is, and the tree after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from audience.english.reading import Draft, Option, Question, Reading, Request
from audience.english.refining.answering import chosen, measured
from audience.english.refining.changing import changed_by
from audience.english.refining.editing import replaced
from audience.english.refining.forms import (
    ABOUT_WORDS,
    AFRESH,
    CHANGES,
    CUT,
    EXCLUDE,
    JOINT,
    LATELY,
    NONE,
    OF_THEM,
    ON,
    OPEN,
    OR,
    OVER,
    POINTS_BACK,
    REDO,
    SCRAPPED,
    STEP,
    SWAP,
    UNDO,
)
from audience.english.refining.jointly import continued, goes_on
from audience.english.refining.outcome import difference
from audience.english.refining.quoting import QUOTED
from audience.english.refining.values import mention
from audience.english.refining.wording import plainly
from audience.english.tree_edits import all_events


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
    answered = _answered(request, draft)
    if answered is not None:
        return answered
    if draft.root is None:
        return _new(request)
    changed = _unless_idle(_in_steps(request, draft), request, draft)
    return _still_open(_with_words(changed, request, draft), draft, text)


def _unless_idle(reading: Reading, request: Request, draft: Draft) -> Reading:
    """A question where a change that names a number leaves all as it was: "change that to over 200"."""
    idle = reading.status == "draft" and reading.root == draft.root and not reading.difference
    if not idle or not CHANGES.match(request.prompt) or not _DIGITS.search(request.prompt):
        return reading
    question = Question(
        "That changes nothing so far. What should be held to it? Say it with its name."
    )
    return _kept(replace(reading, status="clarify", question=question), draft, ())


def _with_words(reading: Reading, request: Request, draft: Draft) -> Reading:
    """The reading with what was said so far, where the prompt said no more than what is to hold as well."""
    if reading.status != "draft" or reading.next is None or reading.root is None:
        return reading
    said = goes_on(draft, reading.root, request.turn, request.prompt)
    return replace(reading, next=replace(reading.next, said=said))


def _answered(request: Request, draft: Draft) -> Reading | None:
    """The reading of an answer to what was asked, alone or with a change behind it."""
    text = request.prompt
    for end in (len(text), *(each.start() for each in CUT.finditer(text))):
        option = chosen(request, draft, 0, end)
        if option is None:
            continue
        now = _kept(Reading("draft", option.root, draft.type), draft, ("Chosen: " + option.text,))
        if end == len(text):
            return now
        assert now.next is not None
        further = _in_steps(replace(request, prompt=" " * end + text[end:]), now.next)
        if further.status == "draft":
            return further
    told = measured(request, draft)
    return None if told is None else _kept(told, draft, ())


def _in_steps(request: Request, draft: Draft) -> Reading:
    """ "only those in Spain and make it 60 days": two changes, the second to what the first made."""
    of_them = OF_THEM.match(request.prompt)
    if of_them is not None:
        blank = " " * of_them.end() + request.prompt[of_them.end() :]
        request = replace(request, prompt=blank)
    request = replace(request, prompt=plainly(request.prompt))
    swap = SWAP.match(request.prompt)
    if swap is not None:
        spans = (swap.span("old"), swap.span("new"))
        told = [mention(request, draft, *each) for each in spans]
        if all(each is not None and each.held for each in told):
            reading = replaced(request, draft, *spans)
            return _kept(reading, draft, reading.difference)
    cuts = [match.end() for match in STEP.finditer(request.prompt)]
    back = POINTS_BACK.search(request.prompt)
    if back is not None:
        whole = continued(request, draft)  # "and nothing after that": in the order that was told
        if whole is not None:
            return _kept(whole, draft, ())
    reading = _one_by_one(request, draft, cuts)
    if back is not None and reading.status == "draft" and _is_flat(reading, draft):
        question = Question(
            f"After what, is “{back.group().strip()}”? Say it with its name.",
            (Option("At any time", reading.root),),
        )
        return _kept(replace(reading, status="clarify", question=question), draft, ())
    if reading.status == "draft" or _is_tie(reading):
        return reading
    whole = continued(request, draft)
    if whole is not None:
        return _kept(whole, draft, ())
    for each in CUT.finditer(request.prompt) if not cuts else ():
        first = request.prompt[: each.start()]
        if (EXCLUDE.match(first) or OR.match(first)) and not CHANGES.match(
            request.prompt[each.end() :]
        ):
            continue  # "without staff and people in Spain": both of them
        if NONE.match(request.prompt[each.end() :]):
            continue  # "they have the app and no card"
        parted = _one_by_one(request, draft, [each.end()])
        if parted.status == "draft":
            return parted
    return reading


def _is_flat(reading: Reading, draft: Draft) -> bool:
    """Whether something more was done or not, with nothing said of what was done before it."""
    before, after = all_events(draft.root), all_events(reading.root)
    return 0 < len(before) < len(after) and all(each in after for each in before)


def _is_tie(reading: Reading) -> bool:
    """Whether several readings are offered, of all that was said."""
    options = reading.question.options if reading.question is not None else ()
    return len({each.root for each in options}) > 1 and not reading.unmatched


def _one_by_one(request: Request, draft: Draft, cuts: Sequence[int]) -> Reading:
    """The changes between the cuts, each made to what the one before made of the draft."""
    steps = list(zip([0, *cuts], [*cuts, len(request.prompt)], strict=True))
    reading, now = changed_by(request, draft) if len(steps) == 1 else None, draft
    if reading is not None:
        return _kept(reading, draft, reading.difference)
    for start, end in steps:
        text = request.prompt
        part = text[start:end]
        joint = JOINT.search(part) if end < len(text) else None
        part = part[: joint.start()] if joint is not None else part
        if not plainly(part).strip(" ,;.!"):
            continue  # "oh, and"
        own = replace(request, prompt=" " * start + part)
        reading = changed_by(own, now)
        if reading.status != "draft" or reading.unmatched:
            whole = replace(now, root=draft.root)
            return _kept(replace(reading, root=draft.root), whole, ())
        now = Draft(reading.root, reading.type, None, draft.past)
    if reading is None:
        return _kept(changed_by(request, draft), draft, ())
    before, after = draft.root, reading.root
    if before is None or after is None:
        return reading
    return _kept(reading, draft, difference(before, after, request.catalog))


# The conversation itself ------------------------------------------------------------------------


def _kept(reading: Reading, draft: Draft, difference: tuple[str, ...]) -> Reading:
    """The reading with the draft to go on with; a refusal or a plain question keeps the old one."""
    bare = replace(draft, past=())
    if reading.status == "refused":
        return replace(reading, next=draft)
    if reading.status == "clarify":
        after = replace(draft, question=reading.question, undone=(), pending=True)
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


_DIGITS = re.compile(r"\d")
