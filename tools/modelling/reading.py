"""A prompt read by an outside model: retrieved fields in, a checked tree with its words out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from audience.catalog import AudienceType
from audience.english.context import cue
from audience.english.guarding import sensitive
from audience.english.guards.language import language_of
from audience.english.judging import valid_draft
from audience.english.reading import (
    Draft,
    Option,
    Question,
    Reading,
    Request,
    Unmatched,
    refused,
)
from audience.english.subject import audience_type_of
from audience.printer import show
from audience.problems import Problem
from audience.query import Boolean, Origin, Span, conditions
from audience.validator import check
from tools.modelling.amounts import amounts_in
from tools.modelling.asking import first_messages, letter, mapping, repair
from tools.modelling.client import Message, ModelUnavailable, Shape, ask
from tools.modelling.glossing import Gloss, gloss
from tools.modelling.grammar import narrowed
from tools.modelling.linking import Linked, linked
from tools.modelling.schema import schema_of, written
from tools.modelling.servers import Server, server_of
from tools.modelling.vocabulary import Vocabulary, vocabulary
from tools.modelling.words import (
    Held,
    aligned,
    chosen,
    held,
    is_credible,
    left_over,
    lost_negation,
    merged,
)
from tools.origins import placed, restored
from workspace.settings import Settings

REPAIRS = 2
QUERY_TOKENS = 200  # of an answer: three times what a long query has
LONGEST = 10_000  # characters of an answer that are read
_LETTERS_A_TOKEN = 2.5  # of a query
MOST_LETTERS = 26  # of the conditions that words may go into
MOST_MAPPED = 12  # words, or neighbours, that are put to the model
_CUES = (
    "average",
    "highest",
    "lowest",
    "total",
    "distinct",
    "count",
    "first",
    "last",
    "each",
    "only",
)
_FENCE = re.compile(r"^```\w*\n?|\n?```$")
_LABEL = re.compile(r"^Query:\s*")
_SAID = re.compile(r"(UNKNOWN|ASK)\s*:\s*(.+)", re.DOTALL)
_REPEATED = re.compile(r"(.{6,200}?)\1{2,}.{0,200}$", re.DOTALL)  # a piece three times or more
_AGAIN = Problem(
    "syntax", "The answer goes on without an end. Write each condition once, then stop."
)
_NOTHING = Problem("syntax", "There is no query in that answer.")


@dataclass(frozen=True)
class Prepared:
    """Everything that a prompt is put to a model with."""

    request: Request
    guess: Reading
    words: Linked
    gloss: Gloss | None
    """The prompt word by word in English, which `words` are then of; None for English."""
    vocabulary: Vocabulary
    messages: list[Message]
    shape: Shape

    @property
    def most(self) -> int:
        """Tokens that an answer may have: a change to a draft says all of the draft again."""
        draft = self.request.draft
        if draft is None or draft.root is None:
            return QUERY_TOKENS
        return QUERY_TOKENS + round(len(show(draft.root)) / _LETTERS_A_TOKEN)


def prepared(request: Request, guess: Reading, settings: Settings, server: Server) -> Prepared:
    """What would be asked of this server. Nothing is sent."""
    kind = _type(request)
    language = _language(request, guess)
    english = gloss(request.prompt, language)
    words = linked(request if english is None else replace(request, prompt=english.text))
    hint = guess.root if settings.builtin_first else None
    draft = request.draft.root if request.draft is not None else None
    fields = replace(
        vocabulary(request, words, kind, hint, settings.model_tokens),
        amounts=amounts_in(
            request.prompt,
            words.sentence,
            (draft, hint, *words.terms.values()),
            foreign=language is not None,
        ),
        unnamed=None if draft is not None or language is not None else _unnamed(words),
    )
    messages = first_messages(
        request,
        fields,
        words,
        None if hint is None else show(hint),
        english,
        as_json=server.form == "json_schema",
    )
    return Prepared(
        request, guess, words, english, fields, messages, Shape(narrowed(fields), schema_of(fields))
    )


def model_reading(request: Request, guess: Reading, settings: Settings) -> Reading:
    """What the model reads the prompt as. Never a draft with words left over.

    Raises `tools.modelling.client.ModelUnavailable`.
    """
    question = prepared(request, guess, settings, server_of(settings))
    root, instead = _written(question, settings)
    if instead is not None:
        return instead
    if root is None:
        return refused("not_understood", "The model wrote no valid query. Say it another way.")
    judged = sensitive(request, root) or valid_draft(request, root, question.vocabulary.type)
    if judged.status != "draft":
        return judged
    return _judged(question, root, judged.type, settings)


def _judged(question: Prepared, root: Boolean, kind: AudienceType, settings: Settings) -> Reading:
    """A draft when every word is accounted for and every condition was asked for, else a question."""
    request = question.request
    root, unmatched = _with_words(question, root, settings)
    reading = Reading("draft", root, kind, unmatched)
    invented = [
        (place, each)
        for place, each in enumerate(conditions(root))
        if each.origin.turn == request.turn and not each.origin.spans
    ]
    if unmatched:
        words = ", ".join(f"“{each.text}”" for each in unmatched)
        asked = Question(f"No condition accounts for {words}. Say it another way, or leave it out.")
        reading = replace(reading, status="clarify", question=asked)
    elif invented:
        reading = replace(reading, status="clarify", question=_about(root, *invented[0], request))
    return replace(reading, next=Draft(root, kind, reading.question))


def _about(root: Boolean, place: int, condition: Boolean, request: Request) -> Question:
    """A condition that no words ask for is the person's to keep or to leave out."""
    from audience.describer import describe_condition
    from audience.editor import remove
    from audience.problems import MusterError

    said = describe_condition(condition, request.catalog)
    options = [Option("Keep it", root)]
    with suppress(MusterError):  # it may be all there is
        options.append(Option("Leave it out", remove(root, place)))
    return Question(f"No words of yours ask for this: {said}. Keep it?", tuple(options))


def _language(request: Request, guess: Reading) -> str | None:
    """The code of another language than English that the prompt is in."""
    if guess.problem is None or guess.problem.code != "unsupported_language":
        return None
    return language_of(request.prompt)


def _unnamed(words: Linked) -> tuple[str, ...]:
    """The content words that name no field, value or amount."""
    sentence = words.sentence
    named = {place for link in words.links for place in range(link.first, link.end)}
    named |= {place for match in words.events for place in match.claimed}
    named |= set(sentence.covered()) | set(words.denials)
    hints = frozenset[str]().union(*map(cue, _CUES))
    named |= {place for place, each in enumerate(sentence.words) if each.low in hints}
    spans = [Span(sentence.words[place].start, sentence.words[place].end) for place in named]
    return tuple(each.text for each in left_over(sentence.text, spans))


def _type(request: Request) -> AudienceType:
    if request.draft is not None and request.draft.root is not None:
        return request.draft.type
    return audience_type_of(request)


def _written(question: Prepared, settings: Settings) -> tuple[Boolean | None, Reading | None]:
    """The tree that the model writes, after at most two repairs; or what it says instead.

    An answer that was cut off is asked for once more: with twice the room, or, where it says the same
    again and again, with less of a mind to.
    """
    request, messages, most = question.request, list(question.messages), question.most
    varied = cut_off = False
    for _ in range(1 + REPAIRS):
        reply = ask(settings, messages, question.shape, most=most, varied=varied)
        answer = _LABEL.sub("", _FENCE.sub("", reply.text[:LONGEST])).strip()
        if not reply.whole:
            if cut_off:
                break  # once more would end in the same way
            cut_off, varied = True, repeats(answer)
            if varied:
                messages = [*question.messages, *repair(_start(answer), [_AGAIN])]
            else:
                messages, most = list(question.messages), 2 * most
            continue
        answer = written(answer)
        said = _SAID.match(answer)
        if said is not None:
            return None, _instead(said[1], " ".join(said[2].split())[:300], request)
        checked = check(answer, request.catalog, audience_type=question.vocabulary.type)
        if checked.bound is not None:
            return checked.bound.root, None
        messages += repair(answer[:2_000], checked.problems or (_NOTHING,))
    return None, None


def repeats(text: str) -> bool:
    """Whether the end of a text says the same again and again."""
    return _REPEATED.search(text) is not None


def _start(text: str) -> str:
    """What stands before the repetition, with the first of it."""
    found = _REPEATED.search(text)
    return text if found is None else text[: found.end(1)]


def _instead(kind: str, text: str, request: Request) -> Reading:
    if kind == "ASK":
        return Reading("clarify", None, question=Question(text), next=request.draft)
    return refused("unknown_field", f"No field for this was found: {text}")


# Words ------------------------------------------------------------------------------------------


def _with_words(
    question: Prepared, root: Boolean, settings: Settings
) -> tuple[Boolean, tuple[Unmatched, ...]]:
    """The tree, each condition with its words, and the words that none accounts for.

    What stood in the draft before keeps its own words; what the built-in engine reads the same way
    has the engine's.
    """
    request = question.request
    before = _origins(request.draft.root if request.draft is not None else None)
    engine = {
        text: origin.spans
        for text, origin in _origins(question.guess.root).items()
        if origin.turn == request.turn
    }
    leaves = conditions(root)
    texts = [show(each) for each in leaves]
    parts = [held(each) for each in leaves]
    spans = [
        list(merged(own, engine.get(text, ())))
        for text, own in zip(texts, _aligned(question, parts), strict=True)
    ]
    unmatched = left_over(request.prompt, [span for each in spans for span in each])
    if unmatched:
        _map(question, texts, parts, unmatched, spans, settings)
        unmatched = left_over(request.prompt, [span for each in spans for span in each])
    denial = _lost_negation(question, parts)
    origins = {
        place: before.get(text) or Origin(request.turn, merged(spans[place]))
        for place, text in enumerate(texts)
    }
    placed_root = restored(placed(root, Origin(request.turn)), origins)
    return placed_root, (*unmatched, *([denial] if denial is not None else ()))


def _aligned(question: Prepared, parts: Sequence[Held]) -> list[list[Span]]:
    found = aligned(question.words, parts)
    if question.gloss is None:
        return found
    return [[question.gloss.back(span) for span in each] for each in found]


def _lost_negation(question: Prepared, parts: Sequence[Held]) -> Unmatched | None:
    denial = lost_negation(question.words, parts)
    if denial is None or question.gloss is None:
        return denial
    place = question.gloss.back(Span(denial.start, denial.end))
    return Unmatched(question.request.prompt[place.start : place.end], place.start, place.end)


def _map(
    question: Prepared,
    conditions: list[str],
    leaves: list[Held],
    left: tuple[Unmatched, ...],
    spans: list[list[Span]],
    settings: Settings,
) -> None:
    """Asks the model where words went, and believes it where nothing speaks against it."""
    request = question.request
    asked, conditions = left[:MOST_MAPPED], conditions[:MOST_LETTERS]
    messages = mapping(request.prompt, [each.text for each in asked], conditions)
    try:
        reply = ask(settings, messages, _mapping_shape(len(asked), len(conditions)), most=80)
    except ModelUnavailable:  # the query is there and valid: these words are asked about instead
        return
    finder = request.finder if _language(request, question.guess) is None else None
    for word, place in zip(asked, chosen(reply.text, len(asked), len(conditions)), strict=True):
        if place is None:
            continue
        named = word
        if question.gloss is not None:
            here = question.gloss.here(Span(word.start, word.end))
            named = Unmatched(question.gloss.text[here.start : here.end], here.start, here.end)
        if is_credible(named, leaves[place], question.words, finder, request.catalog):
            spans[place].append(Span(word.start, word.end))


def _mapping_shape(words: int, conditions: int) -> Shape:
    letters = [letter(place) for place in range(conditions)]
    said = " | ".join(f'"{each}"' for each in (*letters, "-"))
    lines = ' "\\n" '.join(f'"{number}: " which' for number in range(1, words + 1))
    keys = {str(number): {"enum": [*letters, "-"]} for number in range(1, words + 1)}
    schema = {
        "type": "object",
        "properties": keys,
        "required": list(keys),
        "additionalProperties": False,
    }
    return Shape(f"start: {lines}\nwhich: {said}\n", schema)


def _origins(root: Boolean | None) -> dict[str, Origin]:
    return {} if root is None else {show(each): each.origin for each in conditions(root)}
