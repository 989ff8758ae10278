"""Whether a prompt speaks of people or of companies."""

from __future__ import annotations

from collections.abc import Sequence

from audience.catalog import AudienceType, Catalog
from audience.english.lexicon import Lexicon, lexicon_of
from audience.english.reading import Request
from audience.english.schema import stemmed
from audience.english.sentence import frame_words
from audience.english.tokens import Token, tokens


def _asks_for_accounts(text: str) -> bool:
    """Whether the first word of substance is a plural such as "companies"."""
    words = [word.low for word in tokens(text) if word.is_word][:6]
    return any(word in _PLURAL for word in words)


_PLURAL = frozenset(
    {
        "companies",
        "accounts",
        "organizations",
        "organisations",
        "businesses",
        "workspaces",
        "teams",
        "orgs",
        "firms",
    }
)
# What a company has several of: with one of these an account is a company.
_GROUPING = frozenset(
    ["any", "every", "all", "each", "admin", "admins", "users", "members", "employees", "seats"]
)
_EACH = frozenset({"any", "every", "each", "which", "all", "an", "a"})


def _is_noun(words: list[str], place: int) -> bool:
    """Not "business plan" or "team leads": the plural, or one of them."""
    return words[place] in _PLURAL or (
        place > 0
        and words[place - 1] in _EACH
        and words[place] in ("company", "account", "organization", "workspace")
    )


def audience_type_of(request: Request) -> AudienceType:
    """The type that was asked for, else what the first noun of the prompt says."""
    if request.audience_type is not None:
        return request.audience_type
    if not request.catalog.has_accounts and not _asks_for_accounts(request.prompt):
        return "users"
    kinds = frame_words()
    spoken = tokens(request.prompt)
    colon = next((place for place, word in enumerate(spoken[:6]) if word.text == ":"), -1)
    heading = [word.low for word in spoken[:colon] if word.is_word] if colon > 0 else []
    if heading[-1:] and heading[-1] in _PLURAL:
        return "accounts"  # "Accounts: …", "Upsell companies: …"
    words = [word.low for word in spoken[colon + 1 :] if word.is_word]  # after a heading
    if not request.catalog.has_accounts and not set(words) & _GROUPING:
        words = [word for word in words if word != "accounts"]  # each is somebody's, and no company
    if begins_with_kind(spoken[colon + 1 :], request):
        return "accounts"
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else ""
        if after in _PLURAL and word.rstrip("s") == word:
            continue  # "prospect companies"
        if word in _OF_PEOPLE or (word in kinds["subjects.users"] and word not in _NO_PEOPLE):
            return "users"  # "savers who closed an account"
        if word in kinds["subjects.accounts"] and _is_noun(words, place):
            if after in kinds["subjects.users"] or after in (
                "holder",
                "holders",
                "owners",
                "admins",
            ):
                return "users"
            return "accounts"
    return "users"


def begins_with_kind(spoken: Sequence[Token], request: Request) -> bool:
    """ "marketing agencies in the UK": whether the first noun is a kind of company by its plural."""
    if not request.catalog.has_accounts:
        return False
    kinds = frame_words()
    polite = kinds["empty.lead"] | kinds["empty.articles"] | {"all", "every", "any"}
    words = [word for word in spoken if word.is_word]
    while words and words[0].low in polite:
        words = words[1:]
    ending = kinds["empty.prepositions"] | kinds["relatives"]
    lexicon = lexicon_of(request.catalog, request.roles)
    for end, word in enumerate(words[:MOST_WORDS], 1):
        several = word.low.endswith("s")
        if word.low in ending or (several and word.low in kinds["subjects.users"]):
            return False
        if several and any(_is_kind(words[first:end], lexicon) for first in range(end)):
            return True
    return False


def _is_kind(said: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether companies, and no people, are called so; or the last part of what they are called."""
    last = said[-1]
    found = lexicon.valued(tuple(each.stem for each in said), " ".join(each.low for each in said))
    if len(said) == 1:
        parts = lexicon.valued_by_part((last.stem,))
        found = [*found, *(each for each in parts if stemmed(each.value)[-1:] == (last.stem,))]
    told = [each for each in found if not each.value.lower().endswith(last.low)]  # no "logistics"
    fields = [each.entry.field for each in found if getattr(each.entry.field, "type", "") != "list"]
    owners = {getattr(each, "owner", None) for each in fields}
    return "user" not in owners and any(
        getattr(each.entry.field, "owner", None) == "account" for each in told
    )


MOST_WORDS = 5


def names_people(text: str) -> bool:
    """Whether a noun or a pronoun for people stands anywhere; customers may be companies."""
    said = {word.low for word in tokens(text) if word.is_word}
    if said & _BUYING:
        return bool(said & (frame_words()["subjects.users"] - _BUYING))
    return bool(said & (frame_words()["subjects.users"] | {"who", "they", "them"}))


_BUYING = frozenset(["customer", "customers", "client", "clients"])


_OF_PEOPLE = frozenset(["who", "whose"])
_NO_PEOPLE = frozenset(["those", "audience", "audiences"])  # "an audience of companies"


def begins_with_subject(text: str, catalog: Catalog) -> bool:
    """Whether a message names its people before anything else: "customers who …"."""
    kinds = frame_words()
    words = [word.low for word in tokens(text) if word.is_word]
    polite = kinds["empty.lead"] | kinds["empty.articles"] | frozenset({"all", "every", "any"})
    place = 0
    while place < len(words) and words[place] in polite and words[place] not in ("those", "only"):
        place += 1
    if place >= len(words) or words[place] in ("those", "ones"):
        return False
    plain = kinds["everybody"] | kinds["subjects.accounts"]
    return words[place] in plain and place + 1 < len(words)
