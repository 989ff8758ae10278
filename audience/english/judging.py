"""What was read, judged: a draft, a question, or a refusal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from audience.catalog import AudienceType, EventField
from audience.english.accounts import people_of, read_accounts
from audience.english.context import Tie, key_of
from audience.english.counted_users import counted_users
from audience.english.events import is_action
from audience.english.guarding import no_audience, only_seems, sensitive
from audience.english.guards.intent import not_an_audience
from audience.english.holding import SINGLE
from audience.english.lists import in_lines
from audience.english.literals.items import Item, Range
from audience.english.literals.wording import worded
from audience.english.looking_back import left_too_long, lookback, too_long_ago
from audience.english.near import near_options, with_parts
from audience.english.near_events import done_with_it, of_their_noun
from audience.english.near_ties import amount_of_several, of_total
from audience.english.near_values import value_of_several
from audience.english.never_so import all_at_once, never_so
from audience.english.notation.rules import rule_of
from audience.english.read import Read, read_text
from audience.english.reading import Option, Question, Reading, Request, Unmatched, refused
from audience.english.sentence import english, english_stems, frame_words
from audience.english.to_come import is_to_come
from audience.english.unsayable import unsayable
from audience.english.unsettled import undated
from audience.english.vague import degrees, is_vague
from audience.kinds import simplified
from audience.query import (
    Aggregate,
    And,
    Boolean,
    Comparison,
    Events,
    Literal,
    Reducer,
    Where,
    conditions,
    joined,
)
from audience.validator import check

MOST_OPTIONS = 4
_POINTED = re.compile(r"(?:\bnot|n't|\bnever)\b[^,.;]*\b(?:it|them)\b", re.IGNORECASE)


def judged(request: Request, kind: AudienceType, *, asking: bool = True) -> Reading:
    """Read the prompt and judge what came of it; not `asking`, what is left over gets no options."""
    if kind == "accounts" and not request.catalog.has_accounts:
        return refused(
            "unsupported_audience_type",
            "This workspace has no accounts. Describe the users instead.",
        )
    request = replace(request, prompt=in_lines(request.prompt))
    rule = rule_of(request, kind)
    if rule is not None:
        return _of_rule(request, kind, simplified(rule))
    read = read_of(request, kind)
    if kind == "accounts" and (told := counted_users(request.prompt, people_of(request), read)):
        return refused("impossible", told, type=kind)
    if read.unmatched:
        read = with_parts(request, kind, read, lambda again: read_of(again, kind))
    if read.unmatched and not asking:
        return Reading("clarify", None, kind, read.unmatched)
    return judge(request, kind, read)


def _of_rule(request: Request, kind: AudienceType, root: Boolean) -> Reading:
    """A rule that was written out has one reading; it is refused where it may not or cannot run."""
    blocked = sensitive(request, root) or lookback(request, root) or _problem(request, root, kind)
    return blocked or Reading("draft", root, kind)


def read_of(request: Request, kind: AudienceType, prefer: frozenset[str] = frozenset()) -> Read:
    if kind == "accounts":
        return read_accounts(request, prefer)
    return read_text(request, prefer=prefer)


def judge(request: Request, kind: AudienceType, read: Read) -> Reading:
    if (read.unmatched or read.tree is None) and only_seems(request):
        return no_audience()
    blocked = sensitive(request, read.tree)
    if blocked is not None:
        return blocked
    open_time = (
        undated(request, read, lambda again: read_of(again, kind))
        if read.unmatched or read.tree is None
        else None
    )
    if open_time is not None:
        return replace(open_time, type=kind)
    never = never_so(read, read.tree, request.prompt, request.catalog)
    if never is not None:
        return refused("impossible", never, type=kind)
    if read.tree is None:
        return _nothing(request, kind, read)
    root = simplified(read.tree)
    every = all_at_once(read, root, request.prompt)
    if every is not None and (at_odds := _problem(request, every, kind)) is not None:
        return at_odds
    reading = Reading("draft", root, kind, read.unmatched, tuple(read.context.assumptions))
    too_long = (
        lookback(request, root) or left_too_long(request, read) or too_long_ago(request, read)
    )
    if too_long is not None:
        return too_long
    if is_to_come(read, root, _now(request)):
        return refused(
            "impossible",
            "What people are going to do is not known. Describe what they did, or what is known of them.",
            type=kind,
        )
    opposed = _opposed(request, root, kind, read)
    if opposed is not None:
        return opposed
    bad = _problem(request, root, kind)
    if (
        bad is not None
        and bad.problem is not None
        and not (read.unmatched and bad.problem.code == "impossible")
    ):
        if bad.problem.code == "impossible" and _POINTED.search(request.prompt):
            what = f"{bad.problem.message} What does the last part point at? Say it with its name."
            return replace(reading, status="clarify", question=Question(what))
        return bad
    question = _question(request, kind, read, root)
    if question is None:
        return reading
    asked = degrees(read.unmatched) or unsayable(request.prompt, read.unmatched)
    if len(question.options) < 2 and not asked and _is_about_nothing(read, root):
        return _unknown(request, kind, read)
    return replace(reading, status="clarify", question=question)


def _now(request: Request) -> datetime:
    """Now, as the clocks of the workspace show it."""
    return request.as_of.astimezone(ZoneInfo(request.catalog.timezone))


def valid_draft(request: Request, root: Boolean, kind: AudienceType | None) -> Reading:
    """A reading of a tree that is already whole, refused where it cannot run."""
    checked = check(root, request.catalog, audience_type=kind)
    errors = [each for each in checked.problems if each.severity == "error"]
    if errors:
        code = "unknown_field" if errors[0].code.startswith("unknown_") else "not_understood"
        return refused(code, errors[0].message, errors[0].suggestions)
    too_long = lookback(request, root)
    return too_long or Reading("draft", root, checked.type)


# What cannot be built ---------------------------------------------------------------------------


def _problem(request: Request, root: Boolean, kind: AudienceType) -> Reading | None:
    """A refusal where the validator finds that the tree cannot run, or can match nobody."""
    checked = check(root, request.catalog, audience_type=kind)
    for each in checked.problems:
        if each.severity == "error":
            code = "unknown_field" if each.code.startswith("unknown_") else "not_understood"
            return refused(code, each.message, each.suggestions, kind)
        if each.code == "contradiction":
            return refused("impossible", each.message, type=kind)
    return None


def _opposed(request: Request, root: Boolean, kind: AudienceType, read: Read) -> Reading | None:
    """ "more than 5 but fewer than 3 orders": a second bound that could not stand beside the first."""
    left = [
        item
        for _, item in read.sentence.items.values()
        if isinstance(item, Range)
        and any(each.start <= item.start < each.end for each in read.unmatched)
    ]
    counted = [
        each
        for each in conditions(root)
        if isinstance(each, Comparison)
        and isinstance(each.left, Aggregate)
        and each.left.reducer.method == "count"
    ]
    if len(left) != len(read.unmatched) or len(left) != 1 or len(counted) != 1:
        return None
    if left[0].unit not in (None, "times") or left[0].text != read.unmatched[0].text:
        return None
    if left[0].text.lower() in SINGLE:
        return None  # "3 items in a single order": of one of them, and not how many there are
    bounds = tuple(
        replace(counted[0], operator=operator, values=(Literal(number),))
        for operator, number in left[0].comparisons
    )
    return _problem(request, joined(And, (root, *bounds)), kind)


def _nothing(request: Request, kind: AudienceType, read: Read) -> Reading:
    """No condition at all: nothing was asked, or only fields that are not there."""
    too_long = left_too_long(request, read)
    if too_long is not None:
        return too_long
    if not read.unmatched:
        return Reading(
            "clarify",
            None,
            kind,
            question=Question("Everybody is in so far. What should set these people apart?"),
        )
    found = not_an_audience(request.prompt) if request.draft is None else None
    if found is not None and found.reason == "action":
        return no_audience()
    if not _is_english(read):
        return replace(
            refused("not_understood", "None of these words is known here. Say it another way."),
            unmatched=read.unmatched,
        )
    near = near_options(request, kind, read, lambda again: read_of(again, kind), events=False)
    near = near or of_total(read, kind == "accounts")
    near = near or done_with_it(request, read, lambda again: read_of(again, kind))
    near = near or of_their_noun(request, read, lambda again: read_of(again, kind))
    vague = tuple(each.text for each in read.unmatched if is_vague(each.text))
    if len(vague) < len(read.unmatched):
        vague = degrees(read.unmatched)
    why = unsayable(request.prompt, read.unmatched)
    if not near and (why or vague):
        asked = why or _by_what(request, vague, read.unmatched)
        return Reading("clarify", None, kind, read.unmatched, question=Question(asked))
    if near:
        words = ", ".join(f"“{each.text}”" for each in read.unmatched)
        question = Question(f"No condition accounts for {words}. Choose what is meant.", near)
        return Reading("clarify", None, kind, read.unmatched, question=question)
    return _unknown(request, kind, read)


def _by_what(request: Request, vague: Sequence[str], unmatched: Sequence[Unmatched]) -> str:
    words = ", ".join(f"“{each}”" for each in vague)
    things = [each for each in " ".join(e.text for e in unmatched).split() if each not in vague]
    names = nearest(request, " ".join(things)) if things else ()
    also = f" The nearest fields are {', '.join(names)}." if names else ""
    return f"{words} can be measured in several ways. Say by what: how often, how much, since when?{also}"


def _is_about_nothing(read: Read, root: Boolean) -> bool:
    """ "watched our livestream": only that something was done, and what it was done to is not here."""
    match root:
        case Comparison(
            left=Aggregate(events=Events(filters=filters), reducer=Reducer(method="count")),
            operator="at_least",
            values=(Literal(value=value),),
        ) if value == 1 and not any(isinstance(each, Where) for each in filters):
            pass
        case _:
            return False
    words = read.sentence.words
    verbs = [
        place
        for place, word in enumerate(words)
        if is_action(word.stem)
        and any(span.start <= word.start < span.end for span in root.origin.spans)
    ]
    if len(verbs) != 1:
        return False
    place = verbs[0] + 1
    while place < len(words) and words[place].low in frame_words()["empty.articles"]:
        place += 1
    if place < len(words) and words[place].low in frame_words()["empty"]:
        return False
    return place not in read.sentence.covered() and any(
        place < len(words) and each.start <= words[place].start < each.end
        for each in read.unmatched
    )


def _unknown(request: Request, kind: AudienceType, read: Read) -> Reading:
    if kind == "users" and request.catalog.has_accounts and _is_of_companies(read):
        return replace(
            refused("unsupported_audience_type", _OF_COMPANIES), unmatched=read.unmatched
        )
    words = ", ".join(f"“{each.text}”" for each in read.unmatched)
    names = nearest(request, " ".join(each.text for each in read.unmatched))
    also = f" The nearest are {', '.join(names)}." if names else ""
    return replace(
        refused(
            "unknown_field", f"Nothing in this workspace is called {words}.{also}", names, kind
        ),
        unmatched=read.unmatched,
    )


def _is_of_companies(read: Read) -> bool:
    """ "users at companies with red health": whether what is left over tells of their companies."""
    groups = frame_words()["subjects.accounts"]
    said = {word for each in read.unmatched for word in each.text.lower().split()}
    return any(word in groups and word.endswith("s") and word != "business" for word in said)


_OF_COMPANIES = (
    "An audience of people holds what is known of each person, not of their company. "
    "Ask for the companies themselves: “companies with …”."
)


def _is_english(read: Read) -> bool:
    """Whether a word of the prompt that says something is one that English has."""
    kinds = frame_words()
    small = kinds["empty.articles"] | kinds["and"] | kinds["or"]
    return any(
        word.low in english() or word.stem in english_stems()
        for word in read.sentence.words
        if word.is_word and word.low not in small
    )


def nearest(request: Request, text: str) -> tuple[str, ...]:
    names: list[str] = []
    for found in request.finder.find(text, 5):
        field = found.field
        name = field.name
        if name not in names:
            names.append(name)
    return tuple(names[:3])


# What must be asked -----------------------------------------------------------------------------


def _question(request: Request, kind: AudienceType, read: Read, root: Boolean) -> Question | None:
    if read.unmatched:
        return _about_left_over(request, kind, read, root)
    for tie in read.ties:
        question = _about_tie(request, kind, tie)
        if len({each.root for each in question.options}) > 1:
            return question  # else all of them come to the same, or no other one can be meant
    several = amount_of_several(read, root, accounts=kind == "accounts")
    several = several or value_of_several(read, root, accounts=kind == "accounts")
    if several is not None:
        return several
    if read.context.asks:
        item = read.context.asks[0]
        if item.ask is not None:
            options = tuple(
                Option(worded(each), _settled(request, kind, item, each))
                for each in item.ask.options
            )
            return Question(item.ask.text, options)
    if read.context.unknown_values:
        entry, value = read.context.unknown_values[0]
        values = getattr(entry.field, "stats", None)
        known = values.values if values is not None else ()
        options = tuple(Option(each) for each in known[:MOST_OPTIONS])
        return Question(
            f"“{value}” is not a value of {entry.field.name}. Which one do you mean?", options
        )
    if read.other is not None and simplified(read.other) != root:
        return _about_scope(request, root, simplified(read.other))
    return None


def _about_left_over(request: Request, kind: AudienceType, read: Read, root: Boolean) -> Question:
    from audience.describer import describe

    words = ", ".join(f"“{each.text}”" for each in read.unmatched)
    near = near_options(request, kind, read, lambda again: read_of(again, kind))
    other = "Choose what is meant" if near else "Say it another way"
    why = unsayable(request.prompt, read.unmatched)
    why = f"{why} " if why else ""
    if _is_held(read.unmatched, root):
        so_far = Option(f"As read so far: {describe(root, request.catalog)}", root)
        text = f"{why}{words} cannot be held together with the rest. {other}, or take it as it was read."
        return Question(text, (*near, so_far))
    return Question(
        f"{why}No condition accounts for {words}. {other}, or leave it out.",
        (*near, Option(f"Leave out {words}", root)),
    )


def _is_held(unmatched: Sequence[Unmatched], root: Boolean) -> bool:
    """Whether a condition holds some of the words, so that `root` is not what is without them."""
    return any(
        span.start < each.end and each.start < span.end
        for each in unmatched
        for leaf in conditions(root)
        for span in leaf.origin.spans
    )


def _settled(request: Request, kind: AudienceType, item: Item, chosen: Item) -> Boolean | None:
    """The whole audience, with the phrase read as the person may choose."""
    plain = replace(chosen, ask=None)
    settled = {**request.settled, (item.start, item.end): plain}
    again = read_of(replace(request, settled=settled), kind)
    return None if again.tree is None or again.unmatched else simplified(again.tree)


def _about_tie(request: Request, kind: AudienceType, tie: Tie) -> Question:
    options: list[Option] = []
    for entry in tie.entries[:MOST_OPTIONS]:
        field = entry.field
        key = key_of(entry)
        again = read_of(request, kind, prefer=frozenset({key}))
        if options and any(_is_more_than(each.text, tie.words) for each in again.unmatched):
            continue  # the words cannot mean it
        label = field.name if isinstance(field, EventField) else key
        options.append(Option(label, None if again.tree is None else simplified(again.tree)))
    return Question(f"“{tie.words}” could mean several things here. Which one?", tuple(options))


def _is_more_than(left: str, said: str) -> bool:
    """Whether the words that were left over are some of those that were said, and others too.

    Not where an amount was left over with them: "spent more than 500", which is of the one or the other.
    """
    amount = any(each.isdigit() for each in left)
    return not amount and left not in said and bool(set(left.split()) & set(said.split()))


def _about_scope(request: Request, root: Boolean, other: Boolean) -> Question:
    from audience.describer import describe

    return Question(
        "“And” and “or” can be read in two ways here. Which one?",
        (
            Option(describe(root, request.catalog), root),
            Option(describe(other, request.catalog), other),
        ),
    )
