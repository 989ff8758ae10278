"""Answers of the tools as drafts of a campaign, and drafts as what the next words change."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.state import (
    Condition,
    Draft,
    Leftover,
    Option,
    Place,
    Question,
    Said,
    Source,
    Standing,
    texts,
)
from audience.english.reading import Draft as English
from audience.english.reading import Option as EnglishOption
from audience.english.reading import Question as EnglishQuestion
from audience.english.reading import Said as EnglishSaid
from audience.query import Boolean, Origin, Span, conditions
from tools.answer import Answer
from tools.build_conditions import Basis
from tools.origins import restored


def draft_of(
    answer: Answer,
    prompts: Sequence[str] = (),
    *,
    source: Source | None = None,
    edited: bool = False,
    before: Draft | None = None,
) -> Draft:
    """`prompts` are all turns that shaped it; a name that a person gave `before` is kept."""
    named = before is not None and before.named
    return Draft(
        status=answer.status,
        type=answer.type,
        query=answer.query,
        kind=answer.kind,
        name=before.name if before is not None and named else answer.name,
        named=named,
        description=answer.description,
        reach=answer.reach,
        universe=answer.universe,
        conditions=_with_later_words(_conditions(answer), before, tuple(prompts)),
        unmatched=tuple(
            Leftover(text=each.text, start=each.start, end=each.end) for each in answer.unmatched
        ),
        assumptions=answer.assumptions,
        question=_question(answer),
        problem=None if answer.problem is None else texts((answer.problem,))[0],
        warnings=texts(answer.warnings),
        difference=answer.difference,
        prompts=tuple(prompts),
        edited=edited,
        source=source or Source(),
        standing=_standing(answer),
        model=answer.model,
    )


def _conditions(answer: Answer) -> tuple[Condition, ...]:
    return tuple(
        Condition(
            query=each.query,
            english=each.english,
            reach=each.reach,
            kept=each.kept,
            dropped=each.dropped,
            turn=each.turn,
            spans=tuple((span.start, span.end) for span in each.spans),
        )
        for each in answer.conditions
    )


def _with_later_words(
    conditions: tuple[Condition, ...], before: Draft | None, prompts: tuple[str, ...]
) -> tuple[Condition, ...]:
    """A condition that the newest words changed still says where it began: they belong to it too."""
    if before is None or not before.prompts or before.prompts != prompts[:-1]:
        return conditions
    began = {(each.turn, each.spans): each for each in before.conditions if each.spans}
    turn = len(prompts) - 1
    own = [span for each in conditions if each.turn == turn for span in each.spans]
    newest = Place(turn=turn, spans=_beside(prompts[-1], own))

    def shaped(condition: Condition) -> Condition:
        was = began.get((condition.turn, condition.spans))
        if was is None:
            return condition
        later = was.later if was.query == condition.query else (*was.later, newest)
        return condition.model_copy(update={"later": later})

    return tuple(shaped(each) for each in conditions)


def _beside(text: str, taken: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """What of a text stands outside of these spans, from its first word to its last."""
    free = list(text)
    for start, end in taken:
        free[start:end] = "\n" * (end - start)
    return tuple(each.span() for each in re.finditer(r"\w([^\n]*\w)?", "".join(free)))


def basis_of(draft: Draft | None) -> Basis:
    """What the next words change; nothing when there is no draft."""
    if draft is None:
        return Basis()
    standing = draft.standing
    root = None if standing.query is None else tree(standing.query, standing.places)
    question = None
    if standing.question is not None:
        question = EnglishQuestion(
            standing.question.text,
            tuple(
                EnglishOption(
                    option.text,
                    None if option.query is None else tree(option.query, option.places),
                )
                for option in standing.question.options
            ),
        )
    if root is None and question is None:
        return Basis(None, len(draft.prompts))
    said = standing.said
    words = None if said is None else EnglishSaid(said.text, said.turn, said.asked, said.later)
    return Basis(English(root, standing.type, question, said=words), len(draft.prompts))


def tree(query: str, places: Sequence[Place]) -> Boolean:
    """The query read, each condition with where it came from."""
    from audience.reader import read

    origins = {
        number: Origin(place.turn, tuple(Span(*span) for span in place.spans))
        for number, place in enumerate(places)
    }
    return restored(read(query), origins)


def _question(answer: Answer) -> Question | None:
    """The question, with the audience that each option gives."""
    if answer.question is None:
        return None
    return Question(
        text=answer.question.text,
        options=tuple(
            Option(text=each.text, query=each.query, places=_places(each.root))
            for each in answer.question.options
        ),
    )


def _standing(answer: Answer) -> Standing:
    from audience.printer import show

    following = answer.next
    if following is None:
        root = answer.root
        return Standing(
            query=None if root is None else answer.query, type=answer.type, places=_places(root)
        )
    asked, said = following.question, following.said
    return Standing(
        query=None if following.root is None else show(following.root),
        type=following.type,
        places=_places(following.root),
        question=None
        if asked is None
        else Question(
            text=asked.text,
            options=tuple(
                Option(
                    text=option.text,
                    query=None if option.root is None else show(option.root),
                    places=_places(option.root),
                )
                for option in asked.options
            ),
        ),
        said=None
        if said is None
        else Said(text=said.text, turn=said.turn, asked=said.asked, later=said.later),
    )


def _places(root: Boolean | None) -> tuple[Place, ...]:
    if root is None:
        return ()
    return tuple(
        Place(
            turn=each.origin.turn,
            spans=tuple((span.start, span.end) for span in each.origin.spans),
        )
        for each in conditions(root)
    )
