"""What the workspace's glossary says that a term means."""

from __future__ import annotations

from audience.catalog import Catalog
from audience.problems import InvalidQuery, MusterError
from audience.query import NOWHERE, Boolean, transformed, with_origin


class UnreadableTerm(MusterError):
    """A term whose query is no query of the language."""

    code = "not_understood"


def meaning(catalog: Catalog, term: str) -> Boolean:
    """The tree of the term's query, which points at no words of a prompt. Raises `UnreadableTerm`."""
    from audience.reader import read

    try:
        tree = read(catalog.glossary[term])
    except InvalidQuery as error:
        raise UnreadableTerm(
            f"The glossary's query for “{term}” cannot be read: {error.message} "
            "Correct it in workspace.yaml and import again, or say what you mean in other words."
        ) from None
    return transformed(tree, lambda node: with_origin(node, NOWHERE))


def faults(catalog: Catalog) -> tuple[str, ...]:
    """A sentence for each term whose query cannot be used in this workspace, for people."""
    from audience.validator import check

    found = []
    for term, query in catalog.glossary.items():
        wrong = [each for each in check(query, catalog).problems if each.severity == "error"]
        if wrong:
            found.append(f"glossary: “{term}” cannot be used: {wrong[0].message}")
    return tuple(found)
