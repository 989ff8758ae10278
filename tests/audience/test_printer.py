"""Canonical text: what is written is read as the same tree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from audience.printer import show
from audience.problems import NotSupported
from audience.query import Boolean, Comparison, Literal, Node, Origin, Span, Trait, with_origin
from audience.reader import read
from tests.audience.trees import trees


@settings(max_examples=200, deadline=None)
@given(trees)
def test_what_is_written_is_read_as_the_same_tree(tree: Boolean) -> None:
    text = show(tree)
    assert read(text) == tree
    assert show(read(text)) == text
    assert "\n" not in text


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("trait( \"plan\" )=='pro'", "trait('plan') = 'pro'"),
        ("trait('n') > .20", "trait('n') > 0.2"),
        ("trait('n') = 100.00", "trait('n') = 100"),
        ("trait('n') = -0.0", "trait('n') = 0"),
        ("trait('n').equals(500)", "trait('n') = 500"),
        ("trait('n').at_least(literal(5))", "trait('n') >= 5"),
        ("trait('d') = 2023-08-25", "trait('d') = '2023-08-25'"),
        (
            "trait('d').before_date(2023-08-25T02:00:00-07:00)",
            "trait('d').before_date('2023-08-25T02:00:00-07:00')",
        ),
        ("not(trait('a').exists())", "NOT trait('a').exists()"),
        (
            "NOT (trait('a').exists() and trait('b').absent())",
            "NOT (trait('a').exists() AND trait('b').absent())",
        ),
        (
            "((trait('a').exists()))\n or\t trait('b').exists()",
            "trait('a').exists() OR trait('b').exists()",
        ),
        ("(trait('a').exists() OR trait('b').exists()) AND trait('c').exists()",) * 2,
        ("event('E').within(1 days).count() > 1", "event('E').within(1 day).count() > 1"),
        (
            "event('E').within( parent : 36 hour ).count() = 0",
            "event('E').within(parent: 36 hours).count() = 0",
        ),
        ("event('E').unique(property('p')).count() >= 3",) * 2,
        ("event('E').max(property('p') as string) = 'z'",) * 2,
        ("event('E').mode(property('p'),2) = 'z'", "event('E').mode(property('p'), 2) = 'z'"),
        (
            "event('E').sources({exclude:['a',\"b\"]}).count()>1",
            "event('E').sources({exclude: ['a', 'b']}).count() > 1",
        ),
        ('trait(\'it\\\'s\') = "say \\"hi\\""', "trait('it\\'s') = 'say \"hi\"'"),
        ("trait('a\\\\.b') = 'x'", "trait('a\\\\.b') = 'x'"),
        ("trait('a\\.b') = 'x'", "trait('a\\\\.b') = 'x'"),
        ("ANY (trait('a').exists())", "ANY trait('a').exists()"),
    ],
)
def test_canonical_text(written: str, canonical: str) -> None:
    assert show(read(written)) == canonical


def test_origin_is_neither_compared_nor_written() -> None:
    node = Comparison(Trait("a"), "equals", (Literal("b"),))
    moved = with_origin(node, Origin(3, (Span(1, 2),)))
    assert moved == node
    assert show(moved) == show(node)


def test_refuses_what_it_does_not_know() -> None:
    class Unknown(Node):
        pass

    with pytest.raises(NotSupported, match="Unknown"):
        show(Unknown())
    with pytest.raises(NotSupported, match="near"):
        show(Comparison(Trait("a"), "near", ()))
