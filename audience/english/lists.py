"""Values of one field in a list are one condition, whatever is said after the last of them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from audience.english.frames import alternatives
from audience.query import And, Boolean, Comparison, Or, Trait, joined, with_origin


def in_lines(text: str) -> str:
    """ "1) in Spain 2) ordered in May": each item of a numbered list on its own line, places kept."""
    if "\n" in text:
        return text
    found = list(_NUMBERED.finditer(text))
    if len(found) < 2 or [int(each[1]) for each in found] != list(range(1, len(found) + 1)):
        return text
    letters = list(text)
    for each in found:
        if letters[each.start()].isspace():
            letters[each.start()] = "\n"
    return "".join(letters)


def one_list(tree: Boolean | None, text: str) -> Boolean | None:
    """ "in Mexico or Brazil enrolled in a course": enrolled holds for both."""
    if not isinstance(tree, Or) or not isinstance(tree.items[-1], And):
        return tree
    last, *rest = tree.items[-1].items
    listed = [*tree.items[:-1], last]
    fields = {each.left for each in listed if isinstance(each, Comparison) and _is_value(each)}
    if len(fields) != 1 or not all(_is_value(each) for each in listed):
        return tree
    for one, other in pairwise(listed):
        between = text[one.origin.spans[-1].end : other.origin.spans[0].start].lower()
        if between.strip() not in ("or", ","):
            return tree  # "owners, or admins with ten logins": only the admins
    spans = tuple(span for each in listed for span in each.origin.spans)
    whole = with_origin(alternatives(listed), replace(last.origin, spans=spans))
    return joined(And, (whole, *rest))


def of_either(tree: Boolean | None, text: str) -> Boolean | None:
    """ "with the plan gold, and also those with silver": nobody has both, so these and those."""
    if not isinstance(tree, And) or not all(_is_value(each) for each in tree.items):
        return tree
    fields = {each.left for each in tree.items if isinstance(each, Comparison)}
    parts = [
        text[one.origin.spans[-1].end : other.origin.spans[0].start]
        for one, other in pairwise(tree.items)
        if one.origin.spans[-1].end <= other.origin.spans[0].start
    ]
    if len(fields) > 1 or len(parts) < len(tree.items) - 1 or not all(map(_THOSE.search, parts)):
        return tree
    return with_origin(alternatives(list(tree.items)), tree.origin)


_THOSE = re.compile(
    r"\band\s+(?:also\s+|then\s+)?(?:the\s+)?"
    r"(?:those|ones|people|customers|users|everyone|everybody|anyone|anybody|all)\b",
    re.IGNORECASE,
)


def _is_value(tree: Boolean) -> bool:
    return (
        isinstance(tree, Comparison)
        and isinstance(tree.left, Trait)
        and tree.operator in ("equals", "one_of")
        and bool(tree.origin.spans)
    )


_NUMBERED = re.compile(r"(?:^|\s)(\d)[.)](?=\s+[^\W\d])")
