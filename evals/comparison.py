"""The part of a report that sets a run against another: charts, and every case that changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from evals.figures import Result

_FIGURES = {
    "right": "Right first time",
    "silently_wrong": "Silently wrong",
    "wider": "Wider than asked",
    "asked_needlessly": "Asked without need",
}
_CHANGES = {
    "now_silently_wrong": "Now silently wrong",
    "now_wrong": "Now wrong",
    "now_right": "Now right",
    "other_query": "Another query, as right or wrong as before",
}
_MOST_SHOWN = 100  # of each kind of change
_MOST_TAGS = 24
_ROW, _LEFT, _WIDTH = 46, 190, 480
_MIDDLE, _HALF = 420, 240  # of the chart of differences


def comparison(
    found: Mapping[str, Any] | None, before: Sequence[Result], after: Sequence[Result]
) -> Iterator[str]:
    """Parts of a page; none without another run. `found` is what `evals.compare.compare` gives."""
    if found is None:
        return
    yield f"<h2>Against the other run, over the {found['cases']} prompts of both</h2>"
    yield (
        "<p>Grey: the other run. Green: this one. Beside them the difference in points with its "
        "95 % interval; bold where it is more than chance.</p>"
    )
    yield _bars({title: found[key] for key, title in _FIGURES.items()}, "Figures of both runs")
    moved = {
        tag: row
        for tag, row in sorted(found["tags"].items(), key=lambda pair: _moved(pair[1]))
        if _moved(row)
    }
    if moved:
        shown = dict([*moved.items()][:_MOST_TAGS])
        yield "<h3>Right first time, by tag, what fell most first</h3>"
        yield _differences(shown)
    old = {each.case.id: each for each in before}
    new = {each.case.id: each for each in after}
    for key, title in _CHANGES.items():
        yield from _changed(title, found[key], old, new)


def _moved(row: Mapping[str, Any]) -> float:
    return float((row["after"] or 0.0) - (row["before"] or 0.0))


def _bars(rows: Mapping[str, Mapping[str, Any]], label: str) -> str:
    """Two bars a row, and the difference."""
    parts = []
    for number, (title, row) in enumerate(rows.items()):
        y = number * _ROW
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 22}" text-anchor="end">{escape(title)}</text>')
        for place, (run, colour) in enumerate((("before", "#8888"), ("after", "var(--good)"))):
            share = row[run] or 0.0
            parts.append(
                f'<rect x="{_LEFT}" y="{y + 4 + place * 17}" width="{share * _WIDTH:.1f}" '
                f'height="14" fill="{colour}"/>'
                f'<text x="{_LEFT + share * _WIDTH + 6:.1f}" y="{y + 15 + place * 17}">{share:.1%}</text>'
            )
        weight = ' font-weight="bold"' if row["sure"] else ""
        parts.append(f'<text x="{_LEFT + _WIDTH + 70}" y="{y + 22}"{weight}>{_points(row)}</text>')
    size = f"0 0 {_LEFT + _WIDTH + 280} {len(rows) * _ROW}"
    return f'<svg role="img" aria-label="{label}" viewBox="{size}">{"".join(parts)}</svg>'


def _points(row: Mapping[str, Any]) -> str:
    if row["value"] is None:
        return "–"
    low, high = row["interval"]
    return f"{100 * row['value']:+.1f} ({100 * low:+.1f} to {100 * high:+.1f})"


def _differences(rows: Mapping[str, Mapping[str, Any]]) -> str:
    """One bar a tag, from the middle: green to the right, red to the left."""
    most = max(abs(_moved(row)) for row in rows.values())
    parts = []
    for number, (tag, row) in enumerate(rows.items()):
        y, by = number * 20, _moved(row)
        width = abs(by) / most * _HALF
        x = _MIDDLE if by > 0 else _MIDDLE - width
        colour = "var(--good)" if by > 0 else "var(--bad)"
        parts.append(
            f'<text x="0" y="{y + 14}">{escape(tag)} ({row["cases"]})</text>'
            f'<rect x="{x:.1f}" y="{y + 3}" width="{width:.1f}" height="14" fill="{colour}"/>'
            f'<text x="{_MIDDLE + _HALF + 10}" y="{y + 14}">{row["before"]:.0%} → {row["after"]:.0%}</text>'
        )
    size = f"0 0 {_MIDDLE + _HALF + 130} {len(rows) * 20}"
    label = "Difference in right answers by tag"
    return f'<svg role="img" aria-label="{label}" viewBox="{size}">{"".join(parts)}</svg>'


def _changed(
    title: str, ids: Sequence[str], old: Mapping[str, Result], new: Mapping[str, Result]
) -> Iterator[str]:
    """The cases of one kind of change. Of the test split ids alone: nobody is to tune on it."""
    if not ids:
        return
    yield f"<h3>{title}: {len(ids)}</h3>"
    shown = [each for each in ids if new[each].case.split == "train"]
    for each in shown[:_MOST_SHOWN]:
        case = new[each].case
        said = escape(" ▸ ".join([*case.context, case.prompt]))
        gold = escape(case.query or case.code or case.status)
        yield (
            f"<details><summary>{escape(each)}: {said}</summary><p>Gold <code>{gold}</code></p>"
            f"<p>Before {_answer(old[each])}</p><p>Now {_answer(new[each])}</p></details>"
        )
    if len(shown) > _MOST_SHOWN:
        yield f"<p>{len(shown) - _MOST_SHOWN} more.</p>"
    hidden = [escape(each) for each in ids if new[each].case.split != "train"]
    if hidden:
        yield f"<p>Of the test split: {', '.join(hidden)}</p>"


def _answer(result: Result) -> str:
    answer = result.answer
    said = answer.status if answer.code is None else f"{answer.status}: {answer.code}"
    more = answer.question or answer.message or ""
    return f"{escape(said)} <code>{escape(answer.query or '')}</code> {escape(more)}"
