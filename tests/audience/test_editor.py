"""Changes to a tree: every one leaves an audience that can be written and read, or says why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal as Choice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audience import editor
from audience.editor import BadEdit
from audience.printer import show
from audience.problems import InvalidQuery
from audience.query import Boolean, Comparison, Duration, Literal, Node, Or, Trait, children, walk
from audience.reader import MOST_LEVELS, read
from tests.audience.small_catalog import CATALOG
from tests.audience.valid_trees import user_audiences

A, B, C, D = (f"trait('{name}').exists()" for name in ("plan", "age", "vip", "country"))
ABC = read(f"{A} AND {B} AND {C}")
NESTED = read(f"{A} AND ({B} OR NOT {C}) AND {D}")
EVENT = read("event('Order Completed').where(property('total') > 5).within(7 days).count() >= 1")


def test_replace() -> None:
    assert show(editor.replace(ABC, 1, read(D))) == f"{A} AND {D} AND {C}"
    assert show(editor.replace(NESTED, (1, 0), read(D))) == f"{A} AND ({D} OR NOT {C}) AND {D}"
    assert show(editor.replace(NESTED, 2, read(D))) == f"{A} AND ({B} OR {D}) AND {D}"
    assert show(editor.replace(ABC, 1, read(f"{D} AND {A}"))) == f"{A} AND {D} AND {A} AND {C}"
    assert show(editor.replace(ABC, (), read(D))) == D


def test_replace_a_part_of_a_condition() -> None:
    spain = read("trait('country') = 'Spain'")
    assert show(editor.replace(spain, (1,), Literal("France"))) == "trait('country') = 'France'"
    assert show(editor.replace(spain, (0,), Trait("plan"))) == "trait('plan') = 'Spain'"
    window = editor.replace(EVENT, (0, 0, 1, 0), Duration(60, "day"))
    assert "within(60 days)" in show(window)
    with pytest.raises(BadEdit, match="cannot stand where"):
        editor.replace(spain, (1,), read(A))
    with pytest.raises(BadEdit, match="cannot stand where"):
        editor.replace(spain, (), Literal("x"))


def test_remove() -> None:
    assert show(editor.remove(ABC, 0)) == f"{B} AND {C}"
    assert show(editor.remove(NESTED, 2)) == f"{A} AND {B} AND {D}"
    assert show(editor.remove(NESTED, (1, 1, 0))) == f"{A} AND {B} AND {D}"
    assert show(editor.remove(NESTED, (1,))) == f"{A} AND {D}"
    assert (
        show(editor.remove(EVENT, (0, 0, 0)))
        == "event('Order Completed').within(7 days).count() >= 1"
    )
    assert (
        show(editor.remove(EVENT, (0, 0, 0, 0)))
        == "event('Order Completed').within(7 days).count() >= 1"
    )
    several = read("trait('country').one_of('Spain', 'France')")
    assert show(editor.remove(several, (2,))) == "trait('country').one_of('Spain')"


@pytest.mark.parametrize(
    ("root", "address", "words"),
    [
        (read(A), 0, "at least one condition"),
        (read(f"NOT {A}"), 0, "at least one condition"),
        (read("trait('country') = 'Spain'"), (1,), "remove the whole condition"),
        (EVENT, (0, 1), "remove the whole condition"),
        (ABC, 3, "There is no condition 4"),
        (ABC, (7,), "no longer there"),
    ],
)
def test_what_cannot_be_removed(root: Boolean, address: editor.Address, words: str) -> None:
    with pytest.raises(BadEdit, match=words):
        editor.remove(root, address)


def test_negate() -> None:
    assert show(editor.negate(ABC, 1)) == f"{A} AND NOT {B} AND {C}"
    assert show(editor.negate(NESTED, 2)) == f"{A} AND ({B} OR {C}) AND {D}"
    assert show(editor.negate(NESTED, (1,))) == f"{A} AND NOT ({B} OR NOT {C}) AND {D}"
    assert editor.negate(editor.negate(NESTED, (1,)), (1,)) == NESTED
    with pytest.raises(BadEdit, match="no opposite"):
        editor.negate(EVENT, (0, 0, 1))


def test_add() -> None:
    assert show(editor.add(ABC, read(D))) == f"{A} AND {B} AND {C} AND {D}"
    assert show(editor.add(read(A), read(B), Or)) == f"{A} OR {B}"
    assert show(editor.add(ABC, read(D), Or)) == f"{A} AND {B} AND {C} OR {D}"
    assert show(editor.add(ABC, read(D), Or, beside=1)) == f"{A} AND ({B} OR {D}) AND {C}"
    assert (
        show(editor.add(NESTED, read(A), Or, beside=1))
        == f"{A} AND ({B} OR {A} OR NOT {C}) AND {D}"
    )


def test_group() -> None:
    assert show(editor.group(ABC, [0, 2], Or)) == f"({A} OR {C}) AND {B}"
    assert show(editor.group(ABC, [0, 1, 2], Or)) == f"{A} OR {B} OR {C}"
    assert show(editor.group(NESTED, [(0,), (1,)], Or)) == f"({A} OR {B} OR NOT {C}) AND {D}"
    with pytest.raises(BadEdit, match="side by side"):
        editor.group(NESTED, [0, 1], Or)
    with pytest.raises(BadEdit, match="at least two"):
        editor.group(ABC, [0], Or)
    with pytest.raises(BadEdit, match="no longer there"):
        editor.group(ABC, [(2,), (3,)], Or)


GROUPS = read(f"{A} AND NOT ({B} OR {C}) AND {D}")


@pytest.mark.parametrize(
    ("path", "step", "moved"),
    [
        ((0,), 1, f"NOT ({A} OR {B} OR {C}) AND {D}"),
        ((2,), -1, f"{A} AND NOT ({B} OR {C} OR {D})"),
        ((1, 0, 0), 1, f"{A} AND NOT ({C} OR {B}) AND {D}"),
        ((1, 0, 1), -1, f"{A} AND NOT ({C} OR {B}) AND {D}"),
        ((1, 0, 0), -1, f"{A} AND {B} AND NOT {C} AND {D}"),
        ((1, 0, 1), 1, f"{A} AND NOT {B} AND {C} AND {D}"),
        ((1,), -1, f"NOT ({B} OR {C}) AND {A} AND {D}"),
        ((1, 0), 1, f"{A} AND {D} AND NOT ({B} OR {C})"),
    ],
)
def test_shift_goes_into_groups_and_out_of_them(
    path: editor.Path, step: Choice[-1, 1], moved: str
) -> None:
    assert show(editor.shift(GROUPS, path, step)) == moved


def test_what_stands_first_or_alone_is_not_shifted() -> None:
    with pytest.raises(BadEdit, match="first one already"):
        editor.shift(GROUPS, 0, -1)
    with pytest.raises(BadEdit, match="last one already"):
        editor.shift(GROUPS, 3, 1)
    with pytest.raises(BadEdit, match="nowhere to move"):
        editor.shift(read(f"NOT {A}"), 0, 1)


def test_dissolve() -> None:
    assert show(editor.dissolve(NESTED, (1,))) == f"{A} AND {B} AND NOT {C} AND {D}"
    assert show(editor.dissolve(GROUPS, (1, 0))) == f"{A} AND NOT {B} AND NOT {C} AND {D}"
    for root, path in ((GROUPS, ()), (read(f"NOT ({A} OR {B})"), (0,))):
        with pytest.raises(BadEdit, match="whole audience"):
            editor.dissolve(root, path)
    with pytest.raises(BadEdit, match="Only a group"):
        editor.dissolve(GROUPS, (0,))


@pytest.mark.parametrize(
    ("query", "wider"),
    [
        (
            "event('Page Viewed').within(7 days).count() > 1",
            "event('Page Viewed').within(60 days).count() > 1",
        ),
        ("event('Page Viewed').count() > 1", "event('Page Viewed').within(60 days).count() > 1"),
        (
            "NOT event('Page Viewed').between(7 days, 10 days).count() > 1",
            "NOT event('Page Viewed').within(60 days).count() > 1",
        ),
        ("trait('birthday').within_last(7 days)", "trait('birthday').within_last(60 days)"),
        (
            "event('Product Added').where(event('Page Viewed').within(parent: 7 days).count() = 0).count() > 1",
            "event('Product Added').where(event('Page Viewed').within(parent: 7 days).count() = 0)"
            ".within(60 days).count() > 1",
        ),
    ],
)
def test_widen(query: str, wider: str) -> None:
    assert show(editor.widen(read(query), 0, Duration(60, "day"), catalog=CATALOG)) == wider


def test_what_has_no_window() -> None:
    with pytest.raises(BadEdit, match="no window"):
        editor.widen(read("trait('age') > 3"), 0, Duration(60, "day"))
    with pytest.raises(BadEdit, match="single condition"):
        editor.widen(ABC, (), Duration(60, "day"))


def test_move() -> None:
    assert show(editor.move(ABC, 0, (), 3)) == f"{B} AND {C} AND {A}"
    assert show(editor.move(ABC, 2, (), 0)) == f"{C} AND {A} AND {B}"
    assert show(editor.move(NESTED, 0, (1,), 1)) == f"({B} OR {A} OR NOT {C}) AND {D}"
    assert show(editor.move(NESTED, 1, (), 0)) == f"{B} AND {A} AND NOT {C} AND {D}"
    with pytest.raises(BadEdit, match="into itself"):
        editor.move(NESTED, (1,), (1,), 0)
    with pytest.raises(BadEdit, match="no place 9"):
        editor.move(ABC, 0, (), 8)
    inside = read(
        f"{A} AND event('Order Completed').where(property('total') > 5 AND property('gift') = 'true').count() > 1"
    )
    with pytest.raises(BadEdit, match="out of it"):
        editor.move(inside, (1, 0, 0, 0, 0, 0), (), 0)


def test_with_a_catalog_the_result_can_run() -> None:
    with pytest.raises(InvalidQuery, match="no trait"):
        editor.replace(ABC, 0, read("trait('nothing') = 'x'"), catalog=CATALOG)
    with pytest.raises(InvalidQuery, match="is not a number"):
        editor.replace(read("trait('age') > 3"), (1,), Literal("old"), catalog=CATALOG)


def test_depth_is_kept_within_its_limit() -> None:
    tree = read("NOT " * (MOST_LEVELS - 1) + A)
    with pytest.raises(BadEdit, match="levels deep"):
        editor.negate(editor.add(tree, read(B), Or), ())


def test_origins_of_what_is_not_touched_are_kept() -> None:
    before = {show(node): node.origin for node in walk(NESTED)}
    after = editor.remove(NESTED, 3)
    assert all(node.origin == before[show(node)] for node in walk(after) if show(node) in before)


EDITS: list[Callable[[Boolean, editor.Path], Boolean]] = [
    editor.remove,
    editor.negate,
    lambda root, path: editor.add(root, read(A), Or, beside=path),
    lambda root, path: editor.widen(root, path, Duration(3, "day")),
    lambda root, path: editor.replace(root, path, read(A)),
    lambda root, path: editor.group(root, [path, (*path[:-1], path[-1] + 1) if path else (0,)], Or),
    lambda root, path: editor.move(root, path, (), 0),
    lambda root, path: editor.shift(root, path, -1),
    lambda root, path: editor.shift(root, path, 1),
    editor.dissolve,
]


def _paths(node: Node, path: editor.Path = ()) -> list[editor.Path]:
    return [
        path,
        *(
            each
            for index, child in enumerate(children(node))
            for each in _paths(child, (*path, index))
        ),
    ]


@settings(max_examples=150, deadline=None)
@given(user_audiences, st.sampled_from(EDITS), st.data())
def test_any_edit_leaves_a_valid_audience_or_says_why_not(
    root: Boolean, edit: Callable[[Boolean, editor.Path], Boolean], data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(_paths(root)))
    try:
        changed = edit(root, path)
    except BadEdit:
        changed = root
    assert read(show(changed)) == changed


ARRANGING: list[Callable[[Boolean, editor.Path], Boolean]] = [
    lambda root, path: editor.negate(root, path),
    lambda root, path: editor.group(root, [path, (*path[:-1], path[-1] + 1) if path else (0,)], Or),
    lambda root, path: editor.move(root, path, (), 0),
    lambda root, path: editor.shift(root, path, -1),
    lambda root, path: editor.shift(root, path, 1),
    editor.dissolve,
]


def _comparisons(root: Boolean) -> list[str]:
    """What conditions ask, without NOT, and however they are joined."""
    return sorted(show(each) for each in walk(root) if isinstance(each, Comparison))


@settings(max_examples=300, deadline=None)
@given(user_audiences, st.sampled_from(ARRANGING), st.data())
def test_arranging_loses_no_condition(
    root: Boolean, edit: Callable[[Boolean, editor.Path], Boolean], data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(_paths(root)))
    inside = any(isinstance(editor.part(root, path[:end]), Comparison) for end in range(len(path)))
    try:
        changed = edit(root, path)
    except BadEdit:
        return
    if not inside:  # a part of a `where` is shown with the condition that it belongs to
        assert _comparisons(changed) == _comparisons(root)
    assert len(_comparisons(changed)) == len(_comparisons(root))


@pytest.mark.parametrize("step", [-1, 1])
def test_one_step_back_is_where_it_was(step: Choice[-1, 1]) -> None:
    for query in (f"{A} AND {B} AND {C}", f"{A} OR {B} OR {C} OR {D}"):
        root = read(query)
        back: Choice[-1, 1] = 1 if step == -1 else -1
        moved = editor.shift(root, (1,), step)
        assert moved != root
        assert editor.shift(moved, (1 + step,), back) == root
