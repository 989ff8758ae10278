"""Prompts about companies: what is said of the account, and of any, all or none of its users."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from audience.catalog import Catalog
from audience.english.account_clauses import Clause, People, clauses_of, second_articles
from audience.english.frames import negation
from audience.english.kept import read_once
from audience.english.lexicon import Lexicon, lexicon_of
from audience.english.read import Read, heard
from audience.english.reading import Request, Unmatched
from audience.english.schema import stemmed
from audience.english.subject import begins_with_kind
from audience.english.tokens import tokens
from audience.english.yes_no import in_own_codes
from audience.glossary import meaning
from audience.query import (
    Aggregate,
    AllUsers,
    And,
    AnyUser,
    Boolean,
    Comparison,
    Events,
    Literal,
    Not,
    Or,
    Origin,
    Span,
    Trait,
    joined,
    walk,
)


def read_accounts(
    request: Request, prefer: frozenset[str] = frozenset(), *, of_accounts: bool = False
) -> Read:
    """`of_accounts`: that companies are spoken of was said before."""
    people = people_of(request)
    of_accounts = of_accounts or begins_with_kind(tokens(request.prompt), request)
    clauses = clauses_of(request.prompt, people, of_accounts)
    if not clauses:
        return _with_any(read_once(request, accounts=True, prefer=prefer))
    whole, _ = heard(request, people.lexicon, accounts=True)
    return replace(_best(request, people, clauses, prefer), sentence=whole)


def people_of(request: Request) -> People:
    """The nouns for users of a company in the request's workspace."""
    return People(lexicon_of(request.catalog, request.roles), _terms(request.catalog))


def _best(request: Request, people: People, clauses: list[Clause], prefer: frozenset[str]) -> Read:
    """The reading that goes back to the company where nothing is left over then."""
    again = islice(_back_to_company(request.prompt, clauses[-1], people.lexicon), MOST_CUTS)
    back = next((cut for cut in again if _is_of_company(request, cut, prefer)), None)
    read = _together(request, people, clauses, back, prefer)
    if not read.unmatched:
        return read
    for cut in _cuts(request.prompt, clauses[-1]):
        if _is_of_company(request, cut, prefer):
            better = _together(request, people, clauses, cut, prefer)
            if not better.unmatched:
                return better
    return read


def _terms(catalog: Catalog) -> frozenset[tuple[str, ...]]:
    """The terms of the glossary that tell of people, in stems."""
    known = {each.name for each in catalog.account_traits}
    return frozenset(
        tuple(stemmed(term))
        for term in catalog.glossary
        if not any(
            isinstance(node, Trait) and node.name in known for node in walk(meaning(catalog, term))
        )
    )


def _cuts(text: str, clause: Clause) -> list[int]:
    """Where words about the company may begin again behind those about its users, the last first."""
    inside = [word for word in tokens(text) if word.start > clause.noun]
    return [word.start for word in reversed(inside) if word.low in _TURNING][:MOST_CUTS]


def _is_of_company(request: Request, cut: int, prefer: frozenset[str]) -> bool:
    """Whether the words from `cut` on tell what is known of a company, and nothing that was done."""
    alone = _blanked(request.prompt, 0, cut)
    read = read_once(replace(request, prompt=alone), accounts=True, prefer=prefer)
    done = read.tree is None or any(isinstance(node, Events) for node in walk(read.tree))
    return not read.unmatched and not done


def _back_to_company(text: str, clause: Clause, lexicon: Lexicon) -> Iterator[int]:
    """ "… and whose plan is gold", "…, on the gold plan" where only companies have a plan."""
    inside = [word for word in tokens(text) if word.start > clause.noun]
    for place, word in enumerate(inside):
        if word.low not in _LEADING_BACK:
            continue
        near = {each.stem for each in inside[place + 1 : place + 5]}
        theirs = {stem for each in lexicon.users for stem in each.words}
        if any(near & set(each.words) - theirs for each in lexicon.accounts):
            yield word.start


_LEADING_BACK = frozenset(["whose", "with", "on"])
MOST_CUTS = 4
_TURNING = frozenset([",", ";", "and", "but", "with", "whose", "that", "which", "on", "in"])


def _blanked(text: str, start: int, end: int) -> str:
    """`text` with `[start, end)` blank, so that every offset stays what it was."""
    return (
        text[:start]
        + "".join("\n" if each == "\n" else " " for each in text[start:end])
        + text[end:]
    )


def _together(
    request: Request,
    people: People,
    clauses: list[Clause],
    cut: int | None,
    prefer: frozenset[str],
) -> Read:
    """One reading of what is said of the company and of its users; behind a cut it is hers again."""
    text = request.prompt
    last = len(text) if cut is None else cut
    own = _blanked(text, clauses[0].start, last)
    account = _with_any(read_once(replace(request, prompt=own), accounts=True, prefer=prefer))
    users: list[Read] = []
    for clause in clauses:
        spoken = [(clause.noun, min(clause.end, last)), *([clause.kept] if clause.kept else [])]
        said = "".join(
            each if each == "\n" or any(a <= at < b for a, b in spoken) else " "
            for at, each in enumerate(text)
        )
        for start, end in second_articles(said, people):
            said = _blanked(said, start, end)
        users.append(_whole(_read_of(request, clause, said, people, prefer), clause, said))
    return _joined(account, users, clauses)


def _read_of(
    request: Request, clause: Clause, said: str, people: People, prefer: frozenset[str]
) -> Read:
    """What is said of users; those whom the noun calls such are so, whatever else is called that."""
    called = clause.called
    if called is None:
        return read_once(replace(request, prompt=said), prefer=prefer)
    rest = _blanked(said, called.start, called.end)
    read = read_once(replace(request, prompt=rest), prefer=prefer)
    origin = Origin(request.turn, (Span(called.start, called.end),))
    such = Comparison(Trait(called.trait), "equals", (Literal(called.value),), origin=origin)
    head = in_own_codes(such, people.lexicon.flags)

    def of_those(tree: Boolean | None) -> Boolean | None:
        parts = tuple(each for each in (head, tree) if each is not None)
        return joined(And, parts)

    other = None if read.other is None else of_those(read.other)
    return replace(read, tree=of_those(read.tree), other=other)


def _whole(read: Read, clause: Clause, said: str) -> Read:
    """The reading with words left over where the clause says less than it tells: "but none of them did"."""
    spoken = [word for word in tokens(said) if word.is_word]
    if not spoken:
        return read
    last = spoken[-1]
    elided = last.low in _ELIDING and len(spoken) > 1
    elided = elided or (clause.quantifier != "any" and spoken[0].low in _KEEPING_OUT)
    if not elided and (read.tree is not None or clause.quantifier == "any"):
        return read
    left = Unmatched(last.text, last.start, last.end)
    known = any(each.start <= left.start < each.end for each in read.unmatched)
    return read if known else replace(read, unmatched=(*read.unmatched, left))


_KEEPING_OUT = frozenset(["but", "except", "other", "apart", "besides"])
_ELIDING = frozenset(["did", "do", "does", "has", "have", "didn't", "hasn't", "haven't"])


def _joined(account: Read, users: list[Read], clauses: list[Clause]) -> Read:
    tree = _tree(account.tree, [each.tree for each in users], clauses)
    other = None
    if any(each.other is not None for each in (account, *users)):
        theirs = [each.other or each.tree for each in users]
        other = _tree(account.other or account.tree, theirs, clauses)
    last = users[-1]
    context = last.context
    for read in (*users[:-1], account):
        earlier = read.context
        context.assumptions[:0] = [
            each for each in earlier.assumptions if each not in context.assumptions
        ]
        context.ties[:0] = earlier.ties
        context.asks[:0] = earlier.asks
        context.unknown_values[:0] = earlier.unknown_values
    found = (each for read in (account, *users) for each in read.unmatched)
    unmatched = tuple(sorted(found, key=lambda each: each.start))
    return replace(last, tree=tree, other=other, unmatched=unmatched, ties=context.ties)


def _tree(
    account: Boolean | None, users: list[Boolean | None], clauses: list[Clause]
) -> Boolean | None:
    theirs: Boolean | None = None
    for tree, clause in zip(users, clauses, strict=True):
        if tree is None:
            continue
        one = _quantified(tree, clause)
        both = Or if clause.joined == "or" else And
        theirs = one if theirs is None else joined(both, (theirs, one))
    parts = tuple(each for each in (account, theirs) if each is not None)
    return joined(And, parts) if parts else None


def _quantified(tree: Boolean, clause: Clause) -> Boolean:
    origin = _origin(tree)
    if clause.quantifier == "not all":
        head, rest = _parted(tree, clause)
        denied = negation(rest)
        return AnyUser(joined(And, (head, denied)) if head else denied, origin=origin)
    if clause.quantifier == "all" or (clause.several and _is_denied(tree, clause)):
        head, rest = _parted(tree, clause)
        if head is None:
            return AllUsers(tree, origin=origin)
        none = Not(AnyUser(joined(And, (head, negation(rest))), origin=origin), origin=origin)
        return joined(And, (AnyUser(head, origin=head.origin), none))
    found = AnyUser(tree, origin=origin)
    return Not(found, origin=origin) if clause.quantifier == "none" else found


def _is_denied(tree: Boolean, clause: Clause) -> bool:
    """ "whose admins never …": that none of them did."""
    _, rest = _parted(tree, clause)
    match rest:
        case Not() | Comparison(operator="absent"):
            return True
        case Comparison(left=Aggregate(), operator="equals", values=(value,)):
            return bool(getattr(value, "value", None) == 0)
    return False


def _parted(tree: Boolean, clause: Clause) -> tuple[Boolean | None, Boolean]:
    """ "all admins …": who is looked at, where the noun tells that, and what is said of them."""
    if not isinstance(tree, And):
        return None, tree
    head = tree.items[0]
    named = any(span.start <= clause.noun < span.end for span in head.origin.spans)
    return (head, joined(And, tree.items[1:])) if named else (None, tree)


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
    other = None if read.other is None else _wrapped(read.other)
    return replace(read, tree=tree, other=other)


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
