"""The report of a run: `report.json`, `failures.jsonl`, and one self-contained `report.html`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from evals.comparison import comparison
from evals.failures import failures, write_failures
from evals.figures import Figures, Share

if TYPE_CHECKING:
    from evals.run import Summary

_MOST_SHOWN = 200
_WORST_SHOWN = 12
_STYLE = """
:root { color-scheme: light dark; --good: #2a9d6f; --bad: #d1495b; --ask: #e9a23b; --rule: #8884; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--rule); vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.cards { display: flex; flex-wrap: wrap; gap: 1rem; }
.card { border: 1px solid var(--rule); border-radius: .6rem; padding: .8rem 1rem; min-width: 11rem; }
.card b { display: block; font-size: 1.6rem; } .card small { opacity: .7; }
code { font-size: .85em; overflow-wrap: anywhere; } svg text { font: 12px system-ui; fill: currentColor; }
details { border-bottom: 1px solid var(--rule); padding: .4rem 0; } summary { cursor: pointer; }
"""


def write_report(summary: Summary, folder: Path) -> Path:
    """Writes the three files; gives the path of the page."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(summary.to_json(), indent=1, ensure_ascii=False)
    (folder / "report.json").write_text(text + "\n", "utf-8")
    write_failures(summary.results, folder / "failures.jsonl")
    page = folder / "report.html"
    page.write_text(_page(summary), "utf-8")
    return page


def lines(summary: Summary) -> Iterator[str]:
    """The figures for a terminal: by split, then the worst tags. No prompt is shown."""
    for name, made in summary.splits.items():
        yield f"{name}: {made.right.total} prompts"
        yield f"  right first time    {made.right}"
        yield f"  silently wrong      {made.silently_wrong}"
        yield f"  asked without need  {made.asked_needlessly}"
        yield f"  refused needlessly  {made.refused_needlessly}"
        yield f"  refusals right      {made.refused_rightly}"
        yield f"  asked rightly       {made.asked_rightly}"
        yield f"  wider than asked    {made.wider}"
        yield f"  spans right         {made.spans_right}"
        yield f"  valid               {made.valid}"
        if made.tokens is not None:
            yield f"  tokens a prompt     {made.tokens:.0f}"
        if made.ms_median is not None and made.ms_p95 is not None:
            yield f"  prompt to query     {made.ms_median:.0f} ms, p95 {made.ms_p95:.0f} ms"
    yield "worst tags:"
    for name, made in list(summary.tags.items())[:_WORST_SHOWN]:
        yield f"  {name:20} {made.right}"
    yield from summary.fallen


def _page(summary: Summary) -> str:
    parts = [
        f"<h1>Evaluation of {escape(summary.model)}</h1>",
        f"<p>{len(summary.results)} prompts. Shares with their 95 % intervals after Wilson.</p>",
        *(_cards(name, made) for name, made in summary.splits.items()),
        "<h2>By tag, the worst first</h2>",
        _chart(summary.tags),
        _table("Tag", summary.tags),
        "<h2>By workspace</h2>",
        _table("Workspace", summary.workspaces),
        *comparison(summary.comparison, summary.before, summary.results),
        _gate(summary),
        _failures(summary),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Evaluation of {escape(summary.model)}</title><style>{_STYLE}</style></head>"
        f"<body>{''.join(parts)}</body></html>\n"
    )


def _cards(split: str, made: Figures) -> str:
    shown = [
        ("Right first time", made.right),
        ("Silently wrong", made.silently_wrong),
        ("Asked without need", made.asked_needlessly),
        ("Refusals right", made.refused_rightly),
        ("Asked rightly", made.asked_rightly),
        ("Wider than asked", made.wider),
    ]
    cards = "".join(
        f'<div class="card">{name}<b>{_percent(share)}</b><small>{escape(str(share))}</small></div>'
        for name, share in shown
    )
    return f'<h2>Split: {escape(split)}</h2><div class="cards">{cards}</div>'


def _chart(groups: Mapping[str, Figures]) -> str:
    """One bar a group: right, asked or refused without need, silently wrong."""
    height, left, width = 20, 190, 560
    rows = []
    for number, (name, made) in enumerate(groups.items()):
        right = made.right.value or 0.0
        wrong = made.silently_wrong.value or 0.0
        y = number * height
        rows.append(
            f'<text x="{left - 8}" y="{y + 14}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="{left}" y="{y + 3}" width="{right * width:.1f}" height="14" fill="var(--good)"/>'
            f'<rect x="{left + right * width:.1f}" y="{y + 3}" '
            f'width="{max(0.0, 1 - right - wrong) * width:.1f}" height="14" fill="var(--ask)"/>'
            f'<rect x="{left + (1 - wrong) * width:.1f}" y="{y + 3}" width="{wrong * width:.1f}" '
            f'height="14" fill="var(--bad)"/>'
            f'<text x="{left + width + 8}" y="{y + 14}">{right:.0%} of {made.right.total}</text>'
        )
    return (
        "<p>Green: right. Amber: asked or refused though it should not have been, or the other way "
        "round. Red: silently wrong.</p>"
        f'<svg role="img" aria-label="Share of right answers by tag" '
        f'viewBox="0 0 {left + width + 110} {len(groups) * height}">{"".join(rows)}</svg>'
    )


def _table(title: str, groups: Mapping[str, Figures]) -> str:
    rows = "".join(
        f'<tr><td>{escape(name)}</td><td class="n">{made.right.total}</td>'
        + "".join(
            f'<td class="n">{_percent(share)}</td>'
            for share in (
                made.right, made.silently_wrong, made.wider, made.asked_needlessly,
                made.refused_needlessly, made.spans_right,
            )
        )
        + "</tr>"
        for name, made in groups.items()
    )  # fmt: skip
    heads = ("Prompts", "Right", "Silently wrong", "Wider", "Asked", "Refused", "Spans")
    head = "".join(f'<th class="n">{each}</th>' for each in heads)
    return f"<table><thead><tr><th>{title}</th>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _gate(summary: Summary) -> str:
    if not summary.fallen:
        return ""
    items = "".join(f"<li>{escape(each)}</li>" for each in summary.fallen)
    return f"<h2>Below the baseline</h2><ul>{items}</ul>"


def _failures(summary: Summary) -> str:
    """The train split's only."""
    shown = list(failures(summary.results))
    items = "".join(
        f"<details><summary>{escape(row['kind'])}: {escape(' ▸ '.join([*row.get('context', []), row['prompt']]))}"
        f"</summary><p>Gold <code>{escape(str(row['gold']))}</code></p>"
        f"<p>Got {escape(row['got'])} <code>{escape(str(row['query'] or ''))}</code></p>"
        f"<p>{escape(row['question'] or row['message'] or '')} {escape(', '.join(row['unmatched']))}</p></details>"
        for row in shown[:_MOST_SHOWN]
    )
    more = (
        f"<p>{len(shown) - _MOST_SHOWN} more in failures.jsonl.</p>"
        if len(shown) > _MOST_SHOWN
        else ""
    )
    return f"<h2>Train split: {len(shown)} not right</h2>{items}{more}"


def _percent(share: Share) -> str:
    return "–" if share.value is None else f"{share.value:.1%}"
