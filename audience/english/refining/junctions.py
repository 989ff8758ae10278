"""What was joined one way, joined the other way: "both, not either", "either will do"."""

from __future__ import annotations

import re

from audience.english.reading import Draft, Request
from audience.english.scope import no
from audience.english.tree_edits import swapped
from audience.query import (
    And,
    Boolean,
    Comparison,
    Literal,
    Node,
    Or,
    Trait,
    conditions,
    joined,
    transformed,
    walk,
)

_BOTH = re.compile(
    r"^\W*(?:and |but |i mean |it (?:must|should) be |they (?:must|should|need to|have to) (?:have|be|do) |they (?:need|want|have) )*(?:both|all(?: of them)?)(?: of (?:them|these|those))?(?:\W+(?:must|have to|should|need to) (?:hold|apply|be true|be met))?"
    r"(?:\W+(?:and )?not (?:just )?(?:either|one|any|or)(?: of (?:them|these|those))?(?: or the other)?)?\W*$",
    re.IGNORECASE,
)
_EITHER = re.compile(
    r"^\W*(?:and |but |i mean |make it )*(?:either|any|one)(?: (?:one|or))?(?: of (?:them|these|those|the two|the conditions))?"
    r"(?: (?:is|are|will|would|works?|counts?|do|does|fine|ok|okay|good|enough|suffices?|be))*(?:\W+(?:they )?(?:need not|don'?t need|not)( be)? (?:both|all))?\W*$",
    re.IGNORECASE,
)


_WITHOUT = re.compile(
    r"^\W*(?:only |just |rather |instead |show me |give me |i want |take |make it |the other way (?:a?round|about)\W+)*(?:the )?(?:ones|those|people|everyone|everybody|anyone)? ?(?:who |that )?"
    r"(?:without|(?:do|did|have|has|are|is|was|were|does)(?:n'?t| not))(?: (?:it|one|any|that|them|those|so|done|have|had|do|yet|the same))*\W*$",
    re.IGNORECASE,
)


def turned(request: Request, draft: Draft) -> Boolean | None:
    """ "the ones without", "those who didn't": the last condition does not hold."""
    root = draft.root
    if root is None or not _WITHOUT.match(request.prompt) or isinstance(root, Or):
        return None
    held = root.items if isinstance(root, And) else (root,)
    return joined(And, (*held[:-1], no(held[-1])))


def rejoined(request: Request, draft: Draft) -> Boolean | None:
    """The draft with its one "or" as an "and", or the other way round; None where nothing is so said."""
    root, text = draft.root, request.prompt
    if root is None:
        return None
    if _EITHER.match(text) and isinstance(root, And) and len(root.items) == _TWO:
        return joined(Or, root.items)
    if not _BOTH.match(text):
        return None
    ors = [node for node in walk(root) if isinstance(node, Or)]
    lists = [
        (leaf, node)
        for leaf in conditions(root)
        for node in walk(leaf)
        if isinstance(node, Comparison)
        and node.operator in ("one_of", "contains")
        and len(node.values) > 1
    ]
    if len(ors) == 1 and not lists:
        return swapped(root, ors[0], joined(And, ors[0].items))
    if ors or len(lists) != 1:
        return None
    leaf, node = lists[0]
    if node.operator == "one_of" and isinstance(node.left, Trait):
        return None  # nobody lives in two countries
    return swapped(root, leaf, joined(And, tuple(_held(leaf, node, each) for each in node.values)))


def _held(leaf: Boolean, node: Comparison, value: object) -> Boolean:
    """The condition with one value of its list: of what was done, done with each of them."""
    assert isinstance(value, Literal)
    operator = "equals" if node.operator == "one_of" else node.operator
    one = Comparison(node.left, operator, (value,), origin=node.origin)

    def changed(each: Node) -> Node:
        return one if each is node or each == node else each

    return transformed(leaf, changed)


_TWO = 2
