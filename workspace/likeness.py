"""How well the words of a text fit the words of a field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audience.english.schema import ideas

# What a word counts where it stands, as itself and as one of the same idea.
NAME = (1.0, 0.75)
ROLE = (0.9, 0.0)
EVENT = (0.85, 0.6)
DESCRIPTION = (0.55, 0.3)
NOT_ITS_OWN = 0.5  # of the score of a property that only its event's words brought here
UNCOVERED = 0.7  # of the score of a field none of whose name was said


@dataclass(frozen=True)
class FieldWords:
    """The stems of a field's name, of its event's name, of its description, and what it is for."""

    name: tuple[str, ...]
    event: tuple[str, ...] = ()
    description: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A stem that was asked for and how rare it is, and the same of its ideas, and of the roles that
    are asked for by it."""

    stem: str
    rarity: float
    ideas: tuple[tuple[int, float], ...] = ()
    roles: tuple[tuple[str, float], ...] = ()


class Likeness:
    """Scores fields against what was asked: the rarer the shared words and the nearer to the name,
    the more."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self._asked = asked
        self._known: dict[str, tuple[tuple[int, bool, float], ...]] = {}

    def of(self, field: FieldWords) -> float:
        best = [0.0] * len(self._asked)
        covered = self._count(best, field.name, NAME)
        role = self._count(best, field.roles, ROLE)
        described = self._count(best, field.description, DESCRIPTION)
        self._count(best, field.event, EVENT)
        score = sum(best)
        if field.event and not (covered or role or described):
            score *= NOT_ITS_OWN
        share = 1.0 if role else covered / max(1, len(field.name))
        return score * (UNCOVERED + (1 - UNCOVERED) * share)

    def _count(self, best: list[float], stems: Sequence[str], counts: tuple[float, float]) -> int:
        """Raises `best` to what `stems` are worth; how many of them were asked for."""
        asked_for = 0
        for stem in stems:
            matches = self._matches(stem)
            asked_for += bool(matches)
            for place, same, rarity in matches:
                best[place] = max(best[place], rarity * counts[0 if same else 1])
        return asked_for

    def _matches(self, stem: str) -> tuple[tuple[int, bool, float], ...]:
        """The places in `asked` that `stem` fits, whether it is the same word, and its rarity."""
        if stem not in self._known:
            lines = ideas(stem)
            found = []
            for place, each in enumerate(self._asked):
                if each.stem == stem:
                    found.append((place, True, each.rarity))
                elif shared := [rarity for line, rarity in each.ideas if line in lines]:
                    found.append((place, False, max(shared)))
                found += [(place, True, rarity) for role, rarity in each.roles if role == stem]
            self._known[stem] = tuple(found)
        return self._known[stem]
