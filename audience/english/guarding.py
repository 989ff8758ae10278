"""What a prompt must not be or hold: personal data, another language, no audience, sensitive fields."""

from __future__ import annotations

import re
from dataclasses import replace

from audience.catalog import Catalog, EventField, Field, PropertyField, TraitField
from audience.english.coded import meanings
from audience.english.events import WHY
from audience.english.guards.intent import asks, not_an_audience, speaks_of_people
from audience.english.guards.language import language_of
from audience.english.guards.personal import personal_data
from audience.english.guards.sensitive import (
    Sensitive,
    only_of_things,
    sensitive_field,
    sensitive_words,
)
from audience.english.lexicon import Lexicon, lexicon_of
from audience.english.reading import Reading, Request, refused
from audience.english.schema import name_stems, stemmed
from audience.english.tokens import name_words, stem
from audience.query import (
    Boolean,
    Comparison,
    Entity,
    Events,
    Node,
    Property,
    Trait,
    children,
    conditions,
    walk,
)

_HEALTH = "health"
_SAY_LITTLE = frozenset(["a", "an", "the", "with", "without", "no", "of", "have", "has", "had"])
_ANIMALS = frozenset(
    stem(each) for each in ("animal", "pet", "veterinary", "vet", "species", "breed")
)
_SEVERAL = 4  # fields that speak of them; one may only ask who has a dog
_LINKED = re.compile(r"\blinked audiences?\b|\bentity\s*\(|\b(\w+) entit(y|ies)\b", re.IGNORECASE)
_LANGUAGES = {
    "es": "Spanish", "fr": "French", "de": "German", "it": "Italian", "pt": "Portuguese", "nl": "Dutch",
    "ca": "Catalan", "ja": "Japanese", "zh": "Chinese", "ko": "Korean", "ru": "Russian", "ar": "Arabic",
}  # fmt: skip


def guarded(request: Request) -> Reading | None:
    """A refusal, or None where the prompt may be read."""
    return _personal(request) or _intent(request) or _linked(request) or _language(request)


def _personal(request: Request) -> Reading | None:
    found = personal_data(request.prompt)
    if not found:
        return None
    kinds = ", ".join(dict.fromkeys(_KINDS.get(each.kind, each.kind) for each in found))
    return refused(
        "personal_data",
        f"This holds a person's own data ({kinds}). Describe the audience without it.",
    )


_KINDS = {"e-mail": "an e-mail address", "account": "an account or card number", "identity": "an identity number",
          "address": "a postal address", "phone": "a phone number", "card": "a card number"}  # fmt: skip


def _intent(request: Request) -> Reading | None:
    found = not_an_audience(request.prompt)
    if found is None or not found.sure:
        return None
    if request.draft is not None and found.reason not in ("instructions", "code", "no_words"):
        return None
    return no_audience()


def no_audience() -> Reading:
    return refused(
        "not_an_audience",
        "This does not describe an audience. Say who it should hold:"
        " what they did or did not do, and what is known of them.",
    )


def only_seems(request: Request) -> bool:
    """Whether there are signs, no more, that something else than an audience is asked for."""
    if request.draft is not None:
        return False
    seems = not_an_audience(request.prompt) is not None and not speaks_of_people(request.prompt)
    return seems or asks(request.prompt)


def _linked(request: Request) -> Reading | None:
    match = _LINKED.search(request.prompt)
    if match is None:
        return None
    word = match.group(1)
    lexicon = lexicon_of(request.catalog, request.roles)
    if word is not None and lexicon.named(f"{word} entity"):
        return None
    return refused(
        "unsupported_audience_type",
        "Linked audiences and their entities are not supported. Describe users or accounts.",
    )


def _language(request: Request) -> Reading | None:
    lexicon = lexicon_of(request.catalog, request.roles)
    code = language_of(request.prompt, _known(lexicon))
    if code is None or code == "en":
        return None
    name = _LANGUAGES.get(code, code)
    return refused(
        "unsupported_language",
        f"This reads as {name}. The built-in engine reads English; with a language model set up"
        " (MUSTER_MODEL) other languages can be read too.",
    )


class _Known:
    """Words that are names or values of the workspace."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, word: str) -> bool:
        return self.lexicon.knows(stem(word))


def _known(lexicon: Lexicon) -> _Known:
    return _Known(lexicon)


# Sensitive attributes ---------------------------------------------------------------------------


def sensitive(request: Request, root: Boolean | None) -> Reading | None:
    """A refusal where a special category of personal data would decide who is in."""
    if request.allow_sensitive:
        return None
    if root is not None:
        for field in _fields(request, root, None):
            topic = sensitive_field(_without_values(field))
            if topic is not None and not (
                _is_of_animals(topic, request.catalog) or _is_of_things(field)
            ):
                return _refusal(topic)
    leaves = list(conditions(root)) if root else []
    for found in sensitive_words(request.prompt):
        holding = [
            leaf
            for leaf in leaves
            if any(s.start <= found.start and found.end <= s.end for s in leaf.origin.spans)
        ]
        of_deeds = all(
            any(isinstance(n, Events) or _is_reason(n) for n in walk(leaf))
            and _says_more(leaf, found, request)
            for leaf in holding
        )
        thing = of_deeds and only_of_things(request.prompt[found.start : found.end])
        if any(_is_of_tiers(leaf, found) for leaf in leaves):
            continue
        if not (holding and (thing or _is_of_animals(found.topic, request.catalog))):
            return _refusal(found.topic)
    return None


def _is_of_tiers(leaf: Boolean, found: Sensitive) -> bool:
    """ "gold or black customers": two values of one field, which as such is not sensitive."""
    return any(s.start <= found.start < s.end for s in leaf.origin.spans) and (
        isinstance(leaf, Comparison)
        and isinstance(leaf.left, Trait)
        and leaf.operator == "one_of"
        and len(leaf.values) > 1
    )


def _says_more(leaf: Boolean, found: Sensitive, request: Request) -> bool:
    """ "cancelled because of illness": what was done is said, and not that alone which is sensitive."""
    said = [request.prompt[span.start : span.end] for span in leaf.origin.spans]
    words = set(" ".join(said).lower().split())
    return bool(words - set(request.prompt[found.start : found.end].lower().split()) - _SAY_LITTLE)


def _is_reason(node: Node) -> bool:
    """`last_cancellation_reason`: why something was done, kept with the person who did it."""
    return isinstance(node, Trait) and bool(WHY & set(name_stems(node.name)))


def _is_of_things(field: Field) -> bool:
    """Whether it is what was bought, or why something was called off, and no trait of a person."""
    if isinstance(field, TraitField):
        return False
    return only_of_things(f"{' '.join(name_words(field.name))} {field.description}")


def _is_of_animals(topic: str, catalog: Catalog) -> bool:
    """Whether what is held of health is the animals' own, of which the workspace speaks."""
    if topic != _HEALTH:
        return False
    fields: list[Field] = [*catalog.user_traits, *catalog.account_traits]
    for event in catalog.events:
        fields += [event, *event.properties]
    told = sum(bool(_ANIMALS & set(stemmed(f"{each.name} {each.description}"))) for each in fields)
    return told >= _SEVERAL


def _without_values(field: Field) -> Field:
    """The field with its codes out of its description: a tier called STD says nothing of health.

    What the codes of something done mean goes too: a section of which one is politics holds no belief.
    """
    if isinstance(field, EventField) or not field.description:
        return field
    said = field.description
    if isinstance(field, PropertyField):
        for _, meaning in meanings(said, field.stats.values):
            said = said.replace(meaning, "")
    for value in field.stats.values:
        if value.isupper():
            said = re.sub(rf"\b{re.escape(value)}\b", "", said)
    return replace(field, description=said)


def _refusal(topic: str) -> Reading:
    return refused(
        "sensitive_attribute",
        f"This would choose people by a sensitive attribute ({topic}). It is not used unless you"
        " allow sensitive attributes for this audience.",
    )


def _fields(request: Request, node: Node, event: str | None, accounts: bool = False) -> list[Field]:
    catalog = request.catalog
    found: list[Field] = []
    if isinstance(node, Events | Entity):
        event = node.name
        field = catalog.event(node.name)
        found += [field] if field is not None else []
    if isinstance(node, Trait):
        for trait in (catalog.trait(node.name), catalog.trait(node.name, "account")):
            found += [trait] if trait is not None else []
    if isinstance(node, Property) and event is not None:
        held = catalog.event(event)
        prop = held.property(node.name) if held is not None else None
        found += [prop] if prop is not None else []
    below = _event_of(node) or event
    for child in children(node):
        found += _fields(request, child, below, accounts)
    return found


def _event_of(node: Node) -> str | None:
    events = getattr(node, "events", None)
    return events.name if isinstance(events, Events) else None
