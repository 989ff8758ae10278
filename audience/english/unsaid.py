"""What an event's name tells that nobody said: on what it was done, or what was done to a thing."""

from __future__ import annotations

from audience.english.context import cue
from audience.english.events import EventMatch, is_action, is_object, is_telling, own_words
from audience.english.links import Link
from audience.english.nominal import Nominal
from audience.english.schema import beginning, likeness
from audience.english.sentence import Word
from audience.english.tokens import stem


class Unsaid(Nominal):
    """Weighs the words of an event's name that were not said."""

    def _is_only_like(self, match: EventMatch, words: dict[int, Word], found: list[Link]) -> bool:
        """ "played" is no ad watched: a verb that is only like the event's, which was done to a thing
        that nobody spoke of."""
        entry = match.entry
        if match.exact or match.role is not None or entry.opaque or len(match.claimed) != 1:
            return False
        if any(each.event == match.name for link in found for each in link.values):
            return False  # "saw a ballet": of a show
        said = words[next(iter(match.claimed))].stem if match.claimed <= set(words) else ""
        if said and not match.anchored and said not in entry.about and len(entry.words) > 1:
            thing = entry.words[:-1]  # an "error" is no payment that failed
            return not any(likeness(said, word) for word in thing)
        objects = [word for word in entry.words if is_object(word) or is_telling(word)]
        return (
            is_action(said)
            and said not in entry.about
            and bool(objects)
            and not any(likeness(said, word) for word in objects)
            and not any(
                likeness(each.stem, word) for each in self.words if each.is_word for word in objects
            )
        )

    def _plainer(
        self, best: EventMatch, matches: list[EventMatch], found: list[Link]
    ) -> EventMatch:
        """ "booked" by itself is a reservation made, and no spa, whose name has the verb."""
        if not self._leaves_unsaid(best) or self._has_own_value(best, found):
            return best
        plain = [
            each
            for each in self._of_one_role(best, matches)
            if not self._leaves_unsaid(each) and self._is_like(each)
        ]
        return plain[0] if len(plain) == 1 else best

    def _of_one_role(self, best: EventMatch, matches: list[EventMatch]) -> list[EventMatch]:
        """The other events that the same words may mean, being for the same and as surely so."""
        return [
            each
            for each in matches
            if each is not best
            and each.role is not None
            and each.role == best.role
            and each.claimed == best.claimed
            and best.entry.certainty - each.entry.certainty < _AS_SURE
            and self._as_active(each, best)
        ]

    def _as_unnamed(
        self, best: EventMatch, matches: list[EventMatch], found: list[Link]
    ) -> list[EventMatch]:
        """ "booked" of a workshop or a rental, "spent" on a stay or a gift card: nothing says on which."""
        if not self._leaves_unsaid(best) or self._has_own_value(best, found):
            return []
        alike = [each for each in self._of_one_role(best, matches) if each.exact >= best.exact]
        paid = best.claimed and all(self.words[p].low in cue("spend") for p in best.claimed)
        if paid and not best.exact and best.role not in best.entry.also:
            known = {id(each.entry) for each in (best, *alike)}
            alike += [
                EventMatch(each, best.score, best.claimed, anchored=True)
                for each in self.world.lexicon.events
                if id(each) not in known
                and each.role in _PAID_FOR
                and any(p.role == "money" for p in each.properties.values())
                and not _UNPAID & set(each.words)
            ]
        return alike

    def _is_like(self, match: EventMatch) -> bool:
        """Whether a word of the name is like one that was said: "reservation" like "booked"."""
        said = {self.words[place].stem for place in match.claimed}
        told = match.entry.about if match.entry.opaque else match.entry.words
        return any(likeness(each, word) for each in said for word in told)

    def _tells_more(self, match: EventMatch, best: EventMatch) -> bool:
        """Whether by its description another thing was done, or it was done on what nobody said."""
        said = {self.words[place].stem for place in match.claimed}
        more = self._told(match) - own_words(best.role)
        return self._leaves_unsaid(match) or any(
            is_action(word) and not any(likeness(each, word) for each in said) for word in more
        )

    def _told(self, match: EventMatch) -> frozenset[str]:
        """What the event's name tells; where it tells nothing, what its description begins with."""
        if not match.entry.opaque:
            return frozenset(match.entry.words)
        if match.entry.certainty > _BY_DESCRIPTION:
            return frozenset()  # in the words that are not known its name tells on what
        return match.entry.about & beginning(match.entry.field.description)

    def _leaves_unsaid(self, match: EventMatch) -> bool:
        """Whether the event tells on what it was done, which nobody said."""
        if match.role is None:
            return False
        said = {self.words[place].stem for place in match.claimed}
        return any(
            word not in own_words(match.role)
            and (is_object(word) or self._is_deed_as_thing(word, match))
            and not any(likeness(each, word) for each in said)
            for word in self._told(match)
        )

    def _is_deed_as_thing(self, word: str, match: EventMatch) -> bool:
        """The drive of "test drive booked": a verb that stands where the thing stands."""
        return is_action(word) and word in match.entry.words[:-1] and not match.entry.opaque

    def _has_own_value(self, match: EventMatch, found: list[Link]) -> bool:
        """Whether a value or a name that only this event has tells that it is meant."""
        for link in found:
            values = {each.event for each in link.values if each.score >= _SURE}
            names = {each.event for each in link.names if each.score >= _SURE}
            if values | names == {match.name}:
                return True
        return False

    def _as_active(self, other: EventMatch, best: EventMatch) -> bool:
        mine, its = best.entry.field.seen, other.entry.field.seen
        return not (self.world.catalog.has_data and mine.active and not its.active)


_AS_SURE = 0.15  # an event as likely to play the role
_BY_DESCRIPTION = 0.6  # no role is surer that the description alone tells
_SURE = 0.95
_UNPAID = frozenset(  # "spent" is no cart that was left
    map(
        stem,
        ("abandoned", "failed", "declined", "cancelled", "refused", "quoted", "viewed", "added"),
    )
)
_PAID_FOR = frozenset([None, "purchase", "book", "renew", "subscribe"])
