"""Charts: Plotly figures as plain JSON, drawn by Chainlit's own page, without a network.

Every chart stands under a card that has the same numbers as a table.
"""

from __future__ import annotations

import json
from typing import Any, ClassVar

from chainlit.element import Element
from pydantic.dataclasses import dataclass

NAME = "chart"
"""Of the element: by it the history knows what to keep."""

# Read on a light page and on a dark one: the page does not tell the server which it is.
_TEXT, _LINE, _BAR, _OTHER = "#737b86", "rgba(128,128,128,.25)", "#3f9a80", "#8b93a1"


@dataclass
class Chart(Element):
    """What Chainlit's `Plotly` is, without the Plotly package."""

    type: ClassVar[Any] = "plotly"


def chart_of(props: dict[str, Any]) -> Chart | None:
    """The chart that belongs to a drawn card, of the chat of this moment; None for most cards."""
    figure = figure_of(props)
    if figure is None:
        return None
    return Chart(name=NAME, display="inline", content=json.dumps(figure), mime="application/json")


def figure_of(props: dict[str, Any]) -> dict[str, Any] | None:
    """The Plotly figure of a drawn card; None for a card that has none."""
    make = {"comparison": _overlap, "reach": _reach}.get(props["card"])
    return make(props) if make is not None else None


def _overlap(props: dict[str, Any]) -> dict[str, Any] | None:
    """Per audience: who is in both, and who is in it alone; the largest overlap on top."""
    rows = sorted(props["audiences"], key=lambda each: (each["both"], each["name"]))
    names = [_short(each["name"]) for each in rows]
    if not rows:
        return None
    return _figure(
        [
            _bar("In both", names, [each["both"] for each in rows], _BAR),
            _bar("Only there", names, [each["reach"] - each["both"] for each in rows], _OTHER),
        ],
        height=90 + 42 * len(rows),
        barmode="stack",
        bargap=0.45,
        margin={"l": 10, "r": 10, "t": 40, "b": 30},
        yaxis={"automargin": True, "fixedrange": True},
    )


def _reach(props: dict[str, Any]) -> dict[str, Any]:
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [each["day"] for each in props["days"]],
        "y": [each["reach"] for each in props["days"]],
        "line": {"color": _BAR, "width": 3},
        "hovertemplate": "%{x|%d %b}: %{y:,}<extra></extra>",
    }
    return _figure(
        [line],
        height=260,
        margin={"l": 50, "r": 10, "t": 10, "b": 45},
        yaxis={"rangemode": "tozero", "tickformat": ",", "gridcolor": _LINE, "fixedrange": True},
    )


def _bar(name: str, names: list[str], values: list[int], colour: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": names,
        "x": values,
        "marker": {"color": colour},
        "hovertemplate": "%{y}: %{x:,}<extra>" + name + "</extra>",
    }


def _figure(data: list[dict[str, Any]], **layout: Any) -> dict[str, Any]:
    return {
        "data": data,
        "layout": {
            "autosize": True,
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"color": _TEXT, "size": 13},
            "legend": {
                "orientation": "h",
                "y": 1,
                "yanchor": "bottom",
                "x": 0,
                "traceorder": "normal",
            },
            "xaxis": {"gridcolor": _LINE, "fixedrange": True, "tickformat": None},
        }
        | layout,
        "config": {"displayModeBar": False, "responsive": True},
    }


def _short(name: str) -> str:
    """Plotly reads some markup in labels, and long ones leave no room for bars."""
    plain = name.replace("<", "‹").replace(">", "›")
    return plain if len(plain) <= 28 else plain[:27] + "…"
