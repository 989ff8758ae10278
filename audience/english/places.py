"""Names of countries, states and languages and their codes, so that any of them finds the others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from audience.english.data import load
from audience.english.tokens import normal, plain


@cache
def spellings() -> Mapping[str, tuple[frozenset[str], ...]]:
    """Lower-case spelling → groups of lower-case spellings that mean the same place or language."""
    import pycountry

    groups: list[set[str]] = []
    extra = load("places.yaml")
    for country in pycountry.countries:
        names = {country.alpha_2, country.alpha_3, country.name}
        names |= {getattr(country, "common_name", ""), getattr(country, "official_name", "")}
        if "," in country.name:
            head, _, tail = country.name.partition(",")
            if head.lower() not in ("korea", "congo", "virgin islands"):
                names.add(head)
            names.add(f"{tail.strip()} {head}")
        names |= set(extra["countries"].get(country.alpha_2, ()))
        groups.append({"country:" + country.alpha_2} | names)
    for code, names_of in extra["states"].items():
        groups.append({"state:" + code, code, code.split("-")[1], *names_of})
    for code, names_of in extra["languages"].items():
        groups.append({"language:" + code, code, *names_of})
    found: dict[str, list[frozenset[str]]] = {}
    for group in groups:
        low = frozenset(each if ":" in each else plain(each.lower()) for each in group if each)
        for each in low:
            if ":" not in each:
                found.setdefault(_key(each), []).append(low)
    return {each: tuple(group) for each, group in found.items()}


def _key(spelling: str) -> str:
    return " ".join(normal(word) for word in spelling.replace(".", "").replace("-", " ").split())


def same_place(words: str) -> tuple[frozenset[str], ...]:
    """The groups that `words` (lower case, parted by single blanks) belong to."""
    return spellings().get(words, ())


def kind(group: frozenset[str]) -> str:
    """`country`, `state` or `language`."""
    return next(each for each in group if ":" in each).partition(":")[0]


@cache
def cities() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """The words of a city's name → all its names, in lower case without accents."""
    found = {}
    for line in load("cities.yaml"):
        names = tuple(plain(str(each).lower()) for each in line)
        for each in names:
            found[tuple(each.split())] = names
    return found


@cache
def parts() -> frozenset[str]:
    """Every single word that occurs in the name of a place or a language."""
    places = frozenset(word for spelling in spellings() for word in spelling.split())
    return places | {word for words in cities() for word in words}
