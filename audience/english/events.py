"""Which event a stretch of words speaks of: every event is scored by the words it accounts for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from audience.catalog import EventField
from audience.english.amounts import unit_of
from audience.english.lexicon import Lexicon
from audience.english.links import Link
from audience.english.schema import Entry, Role, ideas, likeness, roles
from audience.english.sentence import Word, english_stems
from audience.english.tokens import stem


@dataclass(frozen=True)
class EventMatch:
    """An event, how well the words fit it, and which of them it accounts for (places of words)."""

    entry: Entry
    score: float
    claimed: frozenset[int]
    anchored: bool  # a verb or noun that means that it happened, not only what it happened to
    role: str | None = None  # the role that the words asked for
    whole: bool = False  # all that its name says that it happened to was said
    unfollowed: Entry | None = None  # the event that did not come after it
    exact: int = 0  # how many of the words its name has, not only words like them

    @property
    def name(self) -> str:
        return self.entry.field.name


# Words of an event's name that may stay unsaid: what is bought is an order completed.
_GENERIC = frozenset(
    stem(word)
    for word in [
        "completed",
        "done",
        "made",
        "success",
        "event",
        "new",
        "product",
        "item",
        "user",
        "customer",
        "placed",
        "performed",
        "created",
        "submitted",
        "confirmed",
        "the",
        "a",
        "of",
        "to",
        "in",
        "fact",
        "log",
        "inapp",
    ]
)


@cache
def _verbs() -> frozenset[str]:
    """Stems of words that say that something happened."""
    from audience.english.data import load

    return frozenset(stem(word) for word in load("actions.yaml"))


def is_action(word: str) -> bool:
    return word in _verbs() or (word.startswith("pre") and word[3:] in _verbs())  # "preorder"


def match_events(
    words: Mapping[int, Word],
    found: Sequence[Link],
    lexicon: Lexicon,
    hinted: Mapping[int, Entry] | None = None,
    verbal: frozenset[int] = frozenset(),
    things: frozenset[int] = frozenset(),
) -> list[EventMatch]:
    """Events that account for some of `words` (place → word), best first; `found` are their links,
    `hinted` the events that some of them are to mean, `verbal` those that stand where a verb does,
    `things` those that are nothing but what they say."""
    stems = {place: word.stem for place, word in words.items()}
    if not stems:
        return []
    states = frozenset(place for place, word in words.items() if word.low in ("active", "inactive"))
    asked = _asked({place: word for place, word in stems.items() if place not in things})
    candidates = {id(each): each for each in lexicon.events_like(set(stems.values()))}
    for link in found:
        if link.first in stems and _tells(stems[link.first], link):
            for value in link.values:
                if value.event is not None:
                    entry = lexicon.by_event[value.event]
                    candidates[id(entry)] = entry
    for role, _ in asked:
        for entry in lexicon.roles.get(role.name, ()):
            if isinstance(entry.field, EventField):
                candidates[id(entry)] = entry
    given = {place: entry for place, entry in (hinted or {}).items() if place in stems}
    candidates |= {id(entry): entry for entry in given.values()}
    asking = frozenset(place for place, word in words.items() if is_past(word))
    matches = [
        _match(entry, stems, asked, found, states, given, asking, verbal, things)
        for entry in candidates.values()
    ]
    if lexicon.has_data:
        matches = [_less_where_unseen(each, stems) for each in matches]
    left = _abandoned(stems, lexicon)
    if left is not None:
        matches.append(left)
    matches = [each for each in matches if each.score > 0.3 and (each.claimed or each.anchored)]
    matches = [each for each in matches if not _is_undone(each, matches, stems)]
    return sorted(matches, key=lambda each: (-each.score, each.name))


def _is_undone(match: EventMatch, matches: Sequence[EventMatch], stems: Mapping[int, str]) -> bool:
    """ "a booking" is none that was cancelled, where one that was only made is known."""
    if match.role is not None or not _undone_of(match, stems):
        return False
    return any(
        each.claimed >= match.claimed
        and each.anchored
        and each.exact >= match.exact
        and _MAKING.issuperset(_unsaid_deeds(each, stems))
        for each in matches
    )


def _undone_of(match: EventMatch, stems: Mapping[int, str]) -> list[str]:
    """The words of an event's name by which a thing came to nothing, and nobody said so."""
    return [word for word in _unsaid_deeds(match, stems) if word in UNDONE]


def _unsaid_deeds(match: EventMatch, stems: Mapping[int, str]) -> list[str]:
    """The verbs of an event's name that nobody said."""
    return [
        word
        for word in match.entry.words
        if is_action(word) and not any(likeness(word, each) for each in stems.values())
    ]


_OF_ANYTHING = frozenset(map(stem, ("used", "did", "made", "took", "gave", "had")))
_MAKING = frozenset(map(stem, ("booked", "reserved", "created", "placed", "scheduled")))
UNDONE = frozenset(
    stem(word)
    for word in ("cancelled", "refunded", "failed", "declined", "rejected", "abandoned", "missed")
)


def _asked(stems: Mapping[int, str]) -> list[tuple[Role, frozenset[int]]]:
    """Roles whose words all occur, with the places of these words."""
    found = []
    for role in roles("events"):
        for phrase in role.says:
            places = [
                next((place for place, word in stems.items() if word == wanted), None)
                for wanted in phrase
            ]
            if all(place is not None for place in places):
                found.append((role, frozenset(place for place in places if place is not None)))
    return found


def _match(
    entry: Entry,
    stems: Mapping[int, str],
    asked: Sequence[tuple[Role, frozenset[int]]],
    found: Sequence[Link],
    states: frozenset[int],
    given: Mapping[int, Entry],
    past: frozenset[int],
    verbal: frozenset[int],
    things: frozenset[int],
) -> EventMatch:
    scores: dict[int, float] = {place: 1.0 for place, each in given.items() if each is entry}
    said: set[str] = set()
    exact = 0
    told = any(
        link.first in stems
        and _tells(stems[link.first], link)
        and any(each.event == entry.field.name for each in link.values)
        for link in found
    )
    told = told or bool(scores)
    anchored = told
    valued = {
        place
        for link in found
        if any(each.event == entry.field.name for each in link.values)
        for place in range(link.first, link.end)
    }
    for place, word in stems.items():
        best = 0.0
        exact += word in entry.words
        done = is_action(word)
        for named in entry.words:
            like = likeness(word, named)
            if like and not (like < 1.0 and place in things):
                said.add(named)
                best = max(best, like)
                done = done or (place in verbal and (like == 1.0 or is_action(named)))
                anchored = anchored or (done and place not in states)
        if best and place in past and word in entry.about and word not in _OF_ANYTHING:
            best = 1.0  # "travelled" of a `trip`, whose description has the verb itself
        if not best and place not in valued and entry.about:
            like = max((likeness(word, each) for each in entry.about), default=0.0)
            if like and not (like < 1.0 and place in things):
                best = (0.9 if entry.opaque else 0.6) * like
                done = is_action(word) or (place in verbal and (entry.opaque or like == 1.0))
                anchored = anchored or (done and place not in states)
        if not best and place in past and is_action(word) and _measures(entry, word):
            best, anchored = 0.6, True  # "requested" where an amount is the requested one
        if best:
            scores[place] = max(scores.get(place, 0.0), best)
    role = None
    waived = False
    for wanted, places in asked:
        if wanted.name != entry.role and wanted.name not in entry.also:
            continue
        certainty = entry.certainty if wanted.name == entry.role else 0.6
        worth = 0.45 + 0.5 * min(1.0, certainty)
        for place in places:
            scores[place] = max(scores.get(place, 0.0), worth)
        role, waived, anchored = wanted.name, True, True
    unsaid = sum(_cost(word) for word in entry.words if word not in said)
    if told:
        unsaid = 0.0
    elif not anchored:
        unsaid = sum(
            _cost(word) for word in entry.words if word not in said and not is_action(word)
        )
    if waived:
        own = own_words(role)
        unsaid = sum(
            0.3 for word in entry.words if word not in said and word not in own and is_telling(word)
        )
    if len(said) == len(entry.words) and entry.words:
        anchored = True
        unsaid -= 0.3
    score = sum(scores.values()) + 0.2 * len(scores) - unsaid
    score += _through_properties(entry, set(stems) - set(scores), found)
    if role is not None:
        score += 0.1 * entry.certainty
    deed = is_action(entry.words[-1]) if entry.words else False
    objects = [
        word
        for place, word in enumerate(entry.words, start=1)
        if len(word) > 2 and not (is_action(word) and (place == len(entry.words) or not deed))
    ]  # the ride of "ride finished", too
    whole = bool(objects) and all(word in said for word in objects)
    return EventMatch(entry, score, frozenset(scores), anchored, role, whole, exact=exact)


def _less_where_unseen(match: EventMatch, stems: Mapping[int, str]) -> EventMatch:
    """An event that the data does not have yet is meant by its whole name, hardly by a part of it."""
    said = {stems[place] for place in match.claimed}
    if match.entry.field.seen.active or said >= set(match.entry.words):
        return match
    return replace(match, score=match.score - _UNSEEN)


_UNSEEN = 0.5


def _measures(entry: Entry, word: str) -> bool:
    """Whether one of the event's numbers is of the verb: `requested_amount`, `days_waited`."""
    return any(
        (each.words[:1] == (word,) or (word in each.words and unit_of(each) is not None))
        and len(each.words) > 1
        and getattr(each.field, "type", None) == "number"
        for each in entry.properties.values()
    )


def is_past(word: Word) -> bool:
    """Whether the word looks like a verb in the past, or a participle."""
    first = word.low.split()[0] if " " in word.low else word.low  # "logged in"
    return first.endswith("ed") or word.low in _past_forms()


@cache
def _past_forms() -> frozenset[str]:
    from audience.english.data import load

    return frozenset(load("verbs.yaml")) - {"expires", "renewal", "renewals", "expiry"}


_LEFT = {
    "cart": ("add_to_cart", "start_checkout"),
    "basket": ("add_to_cart", "start_checkout"),
    "bag": ("add_to_cart", "start_checkout"),
    "trolley": ("add_to_cart", "start_checkout"),
    "checkout": ("start_checkout", "add_to_cart"),
}


def _abandoned(stems: Mapping[int, str], lexicon: Lexicon) -> EventMatch | None:
    """ "abandoned a cart", where no event says so itself: filled, and nothing bought after it."""
    verbs = [place for place, word in stems.items() if word == "abandon"]
    nouns = [place for place, word in stems.items() if word in _LEFT]
    if len(verbs) != 1 or len(nouns) != 1:
        return None
    if any("abandon" in (*each.words, *each.about) for each in lexicon.events):
        return None
    begun = next(filter(None, (lexicon.roles.get(each) for each in _LEFT[stems[nouns[0]]])), None)
    bought = lexicon.roles.get("purchase")
    if not begun or not bought or not (_is_sure(begun) and _is_sure(bought)):
        return None
    places = frozenset((*verbs, *nouns))
    return EventMatch(begun[0], 9.0, places, True, "abandon", True, bought[0])


def _is_sure(entries: Sequence[Entry]) -> bool:
    """Whether the first of the events of a role fits it better than any other."""
    return len(entries) == 1 or entries[0].certainty - entries[1].certainty >= 0.03


def _tells(word: str, link: Link) -> bool:
    """A value that is itself what was done: "upgraded" where a plan's change is an upgrade."""
    return (
        link.length == 1
        and is_action(word)
        and all(each.event is not None and not WHY & set(each.entry.words) for each in link.values)
    )


# Fields that tell why or about what something happened: their values are not what happened.
WHY = frozenset(
    stem(word) for word in ("reason", "why", "motive", "cause", "topic", "purpose", "issue")
)


@cache
def own_words(role: str | None) -> frozenset[str]:
    """The words of a role's patterns: saying any of them says the role."""
    return frozenset(
        stem(word)
        for each in roles("events")
        if each.name == role
        for pattern in each.patterns
        for alternatives in pattern
        for word in alternatives
    )


def is_telling(word: str) -> bool:
    """A word of a name that says more than the event's role does."""
    return word not in _GENERIC and not is_action(word) and bool(ideas(word)) and not word.isdigit()


def is_object(word: str) -> bool:
    """A word of a name that may be what it was done to."""
    return word not in _GENERIC and not is_action(word) and len(word) > 2 and not word.isdigit()


def is_of_root(verb: str, noun: str) -> bool:
    """Whether the one is made from the other: "applied" and "application"."""
    return verb[:_ROOT] == noun[:_ROOT] and likeness(verb, noun) > 0


_ROOT = 4


def _cost(word: str) -> float:
    if (
        word in _GENERIC
        or word.isdigit()
        or len(word) < 3
        or not (ideas(word) or word in english_stems())
    ):
        return 0.05
    return 0.45 if is_action(word) else 0.35


def _through_properties(entry: Entry, places: set[int], found: Sequence[Link]) -> float:
    """What the event's own values and properties add for the words that its name leaves over."""
    event, worth = entry.field.name, 0.0
    covered: set[int] = set()
    for link in sorted(found, key=lambda each: -each.length):
        inside = set(range(link.first, link.end))
        named = max((each.score for each in link.names), default=0.0)
        told = max((each.score for each in link.values), default=0.0)
        later = link.first > max(places, default=0) and told > named + 0.2
        if not (inside <= places or later) or inside & covered:
            continue
        if any(each.event == event for each in link.values):
            worth += (0.2 if later else 0.5) * link.length
            covered |= inside
        elif any(
            each.event == event and each.score > 0.75 and not _is_unit(each.entry)
            for each in link.names
        ):
            worth += 0.3 * link.length
            covered |= inside
    return worth


def _is_unit(entry: Entry) -> bool:
    """ "for 5 minutes": whatever a number of that name is of, the words tell a length of time."""
    unit = unit_of(entry)
    fine = unit is not None and unit in _FINE
    return fine and len(entry.words) == 1 and entry.words[0][:3] == str(unit)[:3]


_FINE = frozenset(["second", "minute", "hour"])
