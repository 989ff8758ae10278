"""Prompts about companies: what is said of the account, and of any, all or none of its users."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal as Choice

from audience.english.frames import negation
from audience.english.lexicon import Lexicon, lexicon_of
from audience.english.read import Read, read_text
from audience.english.reading import Request
from audience.english.schema import stemmed
from audience.english.sentence import frame_words
from audience.english.tokens import Token, tokens
from audience.query import (
    Aggregate,
    AllUsers,
    And,
    AnyUser,
    Boolean,
    Comparison,
    Literal,
    Not,
    Or,
    Origin,
    joined,
    walk,
)

Quantifier = Choice["any", "all", "none"]


@dataclass(frozen=True)
class _Clause:
    """Where the words about users start, and how many of them are meant."""

    start: int  # the first word that leads to them
    noun: int  # code point
    quantifier: Quantifier
    valued: bool = False  # "all admins": only those who are such are looked at


def read_accounts(
    request: Request, prefer: frozenset[str] = frozenset(), *, of_accounts: bool = False
) -> Read:
    """`of_accounts`: that companies are spoken of was said before."""
    lexicon = lexicon_of(request.catalog, request.roles)
    clause = _clause(request.prompt, lexicon, of_accounts)
    if clause is None:
        return _with_any(read_text(request, accounts=True, prefer=prefer))
    own = replace(request, prompt=_blanked(request.prompt, clause.start, len(request.prompt)))
    theirs = replace(request, prompt=_blanked(request.prompt, 0, clause.noun))
    account = _with_any(read_text(own, accounts=True, prefer=prefer))
    users = read_text(theirs, prefer=prefer)
    return _together(account, users, clause)


def _blanked(text: str, start: int, end: int) -> str:
    """`text` with `[start, end)` blank, so that every offset stays what it was."""
    return (
        text[:start]
        + "".join("\n" if each == "\n" else " " for each in text[start:end])
        + text[end:]
    )


_NONE = frozenset({"no", "none", "nobody", "noone", "without", "zero", "not", "never"})
_ALL = frozenset({"all", "every", "each", "everyone", "everybody"})
_LEADING = frozenset(
    [
        "any",
        "a",
        "an",
        "some",
        "all",
        "every",
        "each",
        "no",
        "none",
        "of",
        "the",
        "their",
        "its",
        "at",
        "least",
        "one",
        "where",
        "in",
        "which",
        "that",
        "have",
        "has",
        "with",
        "who",
        "whose",
        "there",
        "is",
        "are",
        "by",
        "not",
        "single",
        "having",
        "whom",
        "for",
        "without",
        "does",
        "do",
        "zero",
        "and",
    ]
)
_PRONOUNS = frozenset(
    ["nobody", "someone", "somebody", "anyone", "anybody", "everyone", "everybody"]
)


def _clause(text: str, lexicon: Lexicon, of_accounts: bool) -> _Clause | None:
    words = list(tokens(text))
    kinds = frame_words()
    seen = of_accounts
    for place, word in enumerate(words):
        if not word.is_word:
            continue
        if word.low in kinds["subjects.accounts"] and not seen:
            seen = True
            continue
        if not seen or not (_is_user(word, lexicon) or _are_users(words, place, lexicon)):
            continue
        if place and (_is_counted(words, place) or _is_said_of(words, place)):
            continue
        if word.low == "those" and _is_kept_out(words, place):
            continue
        if _names_account_field(words, place, lexicon) or _is_reason(words, place):
            continue
        return _from(words, place)
    return None


def _names_account_field(words: list[Token], place: int, lexicon: Lexicon) -> bool:
    """ "with a monthly spend over 500": the words are the account's own field."""
    pair = {word.stem for word in words[place : place + 2]}
    return len(pair) == 2 and any(pair <= set(entry.words) for entry in lexicon.accounts)


def _is_reason(words: list[Token], place: int) -> bool:
    """ "downgraded because of budget": nobody who is called so."""
    return place > 1 and (words[place - 2].low, words[place - 1].low) in (
        ("because", "of"),
        ("due", "to"),
    )


def _is_said_of(words: list[Token], place: int) -> bool:
    """ "accounts that are not customers yet": what the account is, not somebody in it."""
    at = place - 1
    while at > 0 and words[at].low in ("not", "no", "longer", "yet", "a", "an", "already"):
        at -= 1
    return words[at].low in ("are", "is", "aren't", "isn't")


def _is_user(word: Token, lexicon: Lexicon) -> bool:
    kinds = frame_words()
    if word.low in _PRONOUNS:
        return True
    if word.low in kinds["subjects.users"]:
        return True
    values = lexicon.valued(stemmed(word.low), word.low)
    owners = {getattr(each.entry.field, "owner", None) for each in values if each.event is None}
    return owners == {"user"} and all(each.entry.place is None for each in values)


def _is_counted(words: list[Token], place: int) -> bool:
    """ "200 employees", "200+ employees": how many, and nobody in particular."""
    at = place - 1 - (words[place - 1].text == "+")
    return at >= 0 and words[at].low.isdigit()


def _is_kept_out(words: list[Token], place: int) -> bool:
    """ "except those with unpaid bills": the companies that were spoken of, and nobody in them."""
    at = place - 1
    while at > 0 and not words[at].is_word:
        at -= 1
    return at >= 0 and (words[at].low in frame_words()["except"] or words[at].low in _BUT)


_BUT = frozenset(["but", "than", "excl", "for", "from", "without", "minus", "not"])


def _are_users(words: list[Token], place: int, lexicon: Lexicon) -> bool:
    """ "a project lead who …": a value of two words that people have and companies have not."""
    pair = words[place : place + 2]
    if len(pair) < 2 or not all(word.is_word for word in pair):
        return False
    stems = tuple(word.stem for word in pair)
    values = lexicon.valued(stems, " ".join(word.low for word in pair))
    owners = {getattr(each.entry.field, "owner", None) for each in values if each.event is None}
    return owners == {"user"} and all(each.event is None for each in values)


def _from(words: list[Token], place: int) -> _Clause:
    said = {words[place].low}
    start = place
    while start and (words[start - 1].low in _LEADING or words[start - 1].low.endswith("n't")):
        start -= 1
        said.add("not" if words[start].low.endswith("n't") else words[start].low)
    said |= _floating(words, place + 1)
    quantifier: Quantifier = "any"
    if said & _NONE:
        quantifier = "none"
    elif said & _ALL:
        quantifier = "all"
    pronoun = words[place].low in _PRONOUNS
    noun = words[place].end if pronoun else words[place].start
    plain = frame_words()["subjects.users"] | _PRONOUNS
    return _Clause(words[start].start, noun, quantifier, words[place].low not in plain)


def _floating(words: list[Token], place: int) -> set[str]:
    """ "users have all been seen", "users who are all …": how many of them, said behind the noun."""
    after = [word.low for word in words[place : place + 3]]
    after = after[1:] if after[:1] == ["who"] else after[:2]
    return {after[1]} & {"all", "each"} if len(after) == 2 and after[0] in _AUXILIARIES else set()


_AUXILIARIES = frozenset(["have", "has", "are", "were", "had", "did", "do"])


def _together(account: Read, users: Read, clause: _Clause) -> Read:
    """One reading of both parts."""
    parts: list[Boolean] = []
    if account.tree is not None:
        parts.append(account.tree)
    if users.tree is not None:
        parts.append(_quantified(users.tree, clause))
    context = users.context
    context.assumptions[:0] = [
        each for each in account.context.assumptions if each not in context.assumptions
    ]
    context.ties[:0] = account.context.ties
    context.asks[:0] = account.context.asks
    context.unknown_values[:0] = account.context.unknown_values
    unmatched = tuple(sorted((*account.unmatched, *users.unmatched), key=lambda each: each.start))
    tree = joined(And, tuple(parts)) if parts else None
    return replace(users, tree=tree, other=None, unmatched=unmatched, ties=context.ties)


def _quantified(tree: Boolean, clause: _Clause) -> Boolean:
    origin = _origin(tree)
    if clause.quantifier == "all" and clause.valued and isinstance(tree, And):
        head, rest = tree.items[0], joined(And, tree.items[1:])
        others = joined(And, (head, negation(rest)))
        none = Not(AnyUser(others, origin=origin), origin=origin)
        return joined(And, (AnyUser(head, origin=head.origin), none))
    if clause.quantifier == "all":
        return AllUsers(tree, origin=origin)
    found = AnyUser(tree, origin=origin)
    return Not(found, origin=origin) if clause.quantifier == "none" else found


def _origin(tree: Boolean) -> Origin:
    spans = {span for node in walk(tree) for span in node.origin.spans}
    turn = max((node.origin.turn for node in walk(tree)), default=0)
    return Origin(turn, tuple(sorted(spans)))


def _with_any(read: Read) -> Read:
    """What happened, said of an account, happened to any of its users."""
    if read.tree is None:
        return read
    tree = _wrapped(read.tree)
    if tree != read.tree:
        read.context.assume("What a company did is what any one of its users did.")
    return replace(read, tree=tree)


def _wrapped(tree: Boolean) -> Boolean:
    match tree:
        case And(items=items):
            return And(tuple(_wrapped(each) for each in items), origin=tree.origin)
        case Or(items=items):
            return Or(tuple(_wrapped(each) for each in items), origin=tree.origin)
        case Not(item=item):
            return Not(_wrapped(item), origin=tree.origin)
        case Comparison(left=Aggregate(), operator="equals", values=(value,)) if (
            getattr(value, "value", None) == 0
        ):
            happened = replace(tree, operator="at_least", values=(Literal(Decimal(1)),))
            return Not(AnyUser(happened, origin=tree.origin), origin=tree.origin)
        case Comparison(left=Aggregate()):
            return AnyUser(tree, origin=tree.origin)
        case _:
            return tree
