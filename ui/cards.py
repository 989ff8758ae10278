"""What each card shows: the dialogue's props, with counts, shares and dates put in words.

A card is plain JSON. `card` is its kind, `open` whether it can still be used.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from agent.events import Card, Review
from agent.words import counted, listed, people, share
from audience.wording import is_naming, money_words, number_words
from workspace.times import day_text, moment_text, value_text

ELEMENTS = {
    "strategies": "StrategyCard",
    "approaches": "ApproachCard",
    "personas": "PersonaCard",
    "segments": "SegmentCard",
    "question": "QuestionCard",
    "draft": "ReviewCard",
    "review": "ReviewCard",
    "saved": "SavedCard",
    "audience": "AudienceCard",
    "audiences": "AudienceList",
    "fields": "FieldList",
    "profiles": "ProfileList",
    "profile": "ProfileCard",
    "why": "WhyCard",
    "comparison": "ComparisonCard",
    "reach": "ReachCard",
    "brief": "BriefCard",
    "examples": "ExampleCard",
    "terms": "TermsCard",
    "audit": "AuditCard",
    "roles": "RoleList",
}
"""The element in `public/elements` that shows each kind of card."""

STAGES = {
    "strategy": "Opening your strategies",
    "audience": "Looking at your people",
    "fields": "Looking up fields",
    "conditions": "Building conditions",
    "count": "Counting people",
    "review": "Review",
    "saved": "Saving",
    "model": "Asking the model",
}

KINDS = {"dynamic": "Dynamic", "dynamic_plus": "Dynamic Plus"}
KIND_HELP = {
    "dynamic": "Traits only, all of them must hold. Kept up to date in real time.",
    "dynamic_plus": "Can use events, or, exclusions and groups. Each one takes a Dynamic Plus place.",
}


def drawn(event: Card | Review) -> dict[str, Any]:
    """The props of a card of any kind."""
    kind = "review" if event["type"] == "review" else event["kind"]
    props = event["props"]
    extra = _EXTRA[kind](props) if kind in _EXTRA else {}
    if event["type"] == "review":
        extra |= {"interrupt_id": event["interrupt_id"]}
    return props | extra | {"card": kind, "open": True}


def plain(markdown: str) -> str:
    """What `agent.words.safe` made harmless for Markdown, as the text that it was: cards show text."""
    return _ESCAPED.sub(r"\1", markdown)


_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>#|~!$])")


def _question(props: dict[str, Any]) -> dict[str, Any]:
    return {
        "text": plain(props["text"]),
        "options": [each | {"text": plain(each["text"])} for each in props["options"]],
    }


def _strategies(props: dict[str, Any]) -> dict[str, Any]:
    return {
        "strategies": [
            each
            | {
                "personas_text": counted(each["personas"], "persona")
                if each["personas"]
                else "No personas yet"
            }
            for each in props["strategies"]
        ]
    }


_PERSONA_PARTS = {
    "demographics": "Who",
    "geography": "Where",
    "interests": "Interests",
    "behaviours": "Behaviour",
    "pain_points": "Pain points",
}


def _personas(props: dict[str, Any]) -> dict[str, Any]:
    return {
        "personas": [
            each
            | {
                "details": [
                    {"label": label, "text": _text(each.get(part))}
                    for part, label in _PERSONA_PARTS.items()
                    if each.get(part)
                ]
                + _known(each.get("known"))
            }
            for each in props["personas"]
        ]
    }


def _known(known: dict[str, Any] | None) -> list[dict[str, str]]:
    """What the workspace knows of a persona that is selected."""
    if known is None:
        return []
    reach = "" if known["reach"] is None else f" ({people(known['reach'])})"
    said = f"{'; '.join(known['english'])}{reach}" if known["query"] else "none"
    found = [{"label": "Conditions", "text": said}]
    if known["left_out"]:
        found.append({"label": "No field says", "text": "; ".join(known["left_out"])})
    return found


def _segments(props: dict[str, Any]) -> dict[str, Any]:
    names = {each["key"]: each["name"] for each in props["segments"]}
    base = props.get("base_reach")
    covered = props.get("covered")
    how = {"how": re.sub(":$", ".", props["how"])} if "how" in props else {}
    return how | {
        "segments": [_segment(each, names) for each in props["segments"]],
        "covered_text": None
        if covered is None or not base
        else f"Together they hold {share(round(covered * base), base)} of {people(base)}.",
        "sizes": _sizes(props["segments"]),
        "overlaps": _overlaps(props["segments"], names),
    }


def _segment(segment: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    reach, universe = segment["reach"], segment["universe"]
    most = max(segment["overlaps"], key=lambda each: each["share"], default=None)
    alike = _ALIKE if segment["measures"] and not segment["interests"] else ""
    return segment | {
        "parts": [
            {"label": label, "text": text}
            for label, text in (
                ("Demographics", segment["demographics"]),
                ("Geography", segment["geography"]),
                ("Interests", "; ".join(segment["interests"])),
                ("Behaviours", "; ".join(segment["behaviours"]) or alike),
                ("Pain points", "; ".join(_trouble(each) for each in segment["pain_points"])),
            )
            if text
        ],
        "reach_text": None if reach is None else people(reach, segment["type"]),
        "share_text": None if not universe else share(reach, universe),
        "percent": None if not universe else 100 * reach / universe,
        "confidence_text": _CONFIDENCE.get(segment["confidence"] or "", ""),
        "profile": [
            {
                "label": fact["label"] or fact["text"],
                "own": round(100 * fact["share"], 1),
                "base": round(100 * fact["base"], 1),
                "text": fact["text"].removeprefix(fact["label"]).strip(" ()"),
            }
            for fact in segment["facts"]
        ],
        "averages": [_average(each) for each in segment["measures"]],
        "overlap_text": f"Shares {people(most['people'], segment['type'])} with {names[most['key']]}."
        if most and most["people"] and most["key"] in names
        else "",
    }


def _average(measure: dict[str, Any]) -> dict[str, Any]:
    """Two bars, the longer of which is full: of the segment, and of those it is compared with."""
    most = max(measure["value"], measure["base"]) or 1.0
    label, _, text = measure["text"].partition(": ")
    return {
        "label": label,
        "own": round(100 * measure["value"] / most, 1),
        "base": round(100 * measure["base"] / most, 1),
        "text": text.replace(" on average", ""),
    }


_ALIKE = "Much like all whom they are compared with"
_CONFIDENCE = {
    "high": "High confidence: the conditions describe the group well, and it is found again in halves of the people.",
    "medium": "Medium confidence: the conditions describe the group fairly well.",
    "low": "Low confidence: the group is small, or the conditions describe it only roughly.",
}


def _trouble(point: dict[str, Any]) -> str:
    if point["source"] == "data":
        return f"{point['text']} – seen in your data"
    return f"{point['text']} – from {point['of']}" if point["of"] else str(point["text"])


def _sizes(segments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Bars of how many people each holds, the longest full."""
    most = max((each["reach"] or 0 for each in segments), default=0)
    return [
        {
            "key": each["key"],
            "name": each["name"],
            "percent": 100 * each["reach"] / most,
            "text": f"{each['reach']:,}",
        }
        for each in segments
        if each["reach"] and most
    ]


def _overlaps(segments: list[dict[str, Any]], names: dict[str, str]) -> list[str]:
    """Each pair that shares people, in words, those that share most first."""
    pairs = {
        tuple(sorted((segment["key"], each["key"]))): each
        for segment in segments
        for each in segment["overlaps"]
        if each["people"] and each["key"] in names
    }
    ordered = sorted(pairs.items(), key=lambda pair: -pair[1]["people"])
    return [
        f"{names[one]} and {names[two]}: {people(each['people'])}, {each['share']:.0%} of both together"
        for (one, two), each in ordered
    ]


def _draft(props: dict[str, Any]) -> dict[str, Any]:
    reach, universe, type = props["reach"], props["universe"], props["type"]
    return {
        "kind_text": KINDS.get(props["kind"] or "", ""),
        "kind_help": KIND_HELP.get(props["kind"] or "", ""),
        "reach_text": None if reach is None else f"{reach:,}",
        "universe_text": None if universe is None else people(universe, type),
        "share_text": None if reach is None else share(reach, universe),
        "percent": None if not universe or reach is None else 100 * reach / universe,
        "conditions": [each | condition_numbers(each, type) for each in props["conditions"]],
    }


def condition_numbers(condition: Any, type: str) -> dict[str, str | None]:
    """What a condition holds for alone, and what it keeps and drops where it stands."""
    reach, kept, dropped = condition["reach"], condition["kept"], condition["dropped"]
    return {
        "reach_text": None if reach is None else people(reach, type),
        "kept_text": None if kept is None else f"{kept:,}",
        "dropped_text": None if dropped is None else f"{dropped:,}",
    }


def _audience(props: dict[str, Any]) -> dict[str, Any]:
    return _draft(props) | {"kind_text": KINDS[props["kind"]]}


def _saved(props: dict[str, Any]) -> dict[str, Any]:
    reach, universe = props["reach"], props["universe"]
    return {
        "kind_text": KINDS[props["kind"]],
        "reach_text": None
        if reach is None or universe is None
        else f"{reach:,} of {people(universe, props['type'])}",
    }


def _audiences(props: dict[str, Any]) -> dict[str, Any]:
    limit, used = props["dynamic_plus_limit"], props["dynamic_plus"]
    return {
        "audiences": [each | {"kind_text": KINDS[each["kind"]]} for each in props["audiences"]],
        "limit_text": ""
        if limit is None
        else f"Dynamic Plus: {used} of {limit} used, {max(0, limit - used)} left",
        "full": limit is not None and used >= limit,
    }


def _fields(props: dict[str, Any]) -> dict[str, Any]:
    return {
        "fields": [
            each
            | {
                "last_seen_text": last_seen(
                    each["last_seen"], props["timezone"], active=each["active"]
                ),
                "values": [value_text(value, props["timezone"]) for value in each["values"]],
            }
            for each in props["fields"]
        ]
    }


def last_seen(moment: Any, timezone: str, *, active: bool) -> str:
    """Traits have no date of their own: they are in use or not."""
    if not active:
        return "inactive"
    return day_text(datetime.fromisoformat(str(moment)), timezone) if moment else "in use"


def _profiles(props: dict[str, Any]) -> dict[str, Any]:
    return {
        "profiles": [
            {"id": each["id"], "summary": _summary(each["traits"], props, props["money"])}
            for each in props["profiles"]
        ]
    }


def _profile(props: dict[str, Any]) -> dict[str, Any]:
    zone = props["timezone"]
    return {
        "trait_rows": [
            [name, _shown(name, value, props, props["money"])]
            for name, value in props["traits"].items()
        ],
        "recent": [
            {
                "name": each["event"],
                "when": moment_text(datetime.fromisoformat(each["timestamp"]), zone),
                "text": _summary(each["properties"], props, each["money"], most=None),
            }
            for each in props["events"]
        ],
    }


def _comparison(props: dict[str, Any]) -> dict[str, Any]:
    reach, type = props["reach"], props["type"]
    return {
        "audiences": [
            each
            | {
                "both_text": people(each["both"], type),
                "share_text": share(each["both"], reach),
                "reach_text": people(each["reach"], type),
                "percent": 100 * each["both"] / reach if reach else 0,
            }
            for each in props["audiences"]
        ]
    }


def _reach(props: dict[str, Any]) -> dict[str, Any]:
    return {
        "rows": [
            {
                "day_text": value_text(each["day"], "UTC"),
                "reach_text": people(each["reach"], props["type"]),
            }
            for each in props["days"]
        ]
    }


def _summary(
    values: dict[str, Any], props: dict[str, Any], money: list[str], most: int | None = 4
) -> str:
    set = [(name, value) for name, value in values.items() if value is not None]
    return ", ".join(f"{name}: {_shown(name, value, props, money)}" for name, value in set[:most])


def _shown(name: str, value: Any, props: dict[str, Any], money: list[str]) -> str:
    """A value of a field; a number that names something, such as a year, keeps its digits as they are."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if name in money:
            return money_words(Decimal(str(value)), props["currency"])
        if not is_naming(name):
            return number_words(Decimal(str(value)))
    return value_text(value, props["timezone"])


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return listed([str(each) for each in value])
    return str(value or "")


_DEEDS = {
    "save": "Saved an audience",
    "rename": "Renamed an audience",
    "delete": "Deleted an audience",
    "accept_terms": "Accepted the terms",
    "role": "Gave a role",
    "user_added": "Let somebody sign in",
    "user_removed": "Kept somebody out",
    "password": "Set a password",
}


def _audit(props: dict[str, Any]) -> dict[str, Any]:
    return {
        "rows": [
            each | {"action_text": _DEEDS.get(each["action"], each["action"])}
            for each in props["rows"]
        ]
    }


def _roles(props: dict[str, Any]) -> dict[str, Any]:
    return {
        "choices": [[each, each.replace("_", " ")] for each in props["roles"]],
        "events": [each | _role(each["role"], each["by"]) for each in props["events"]],
    }


def _role(role: str | None, by: str | None) -> dict[str, str]:
    """`chosen`: what a person said, or nothing."""
    said = by == "person"
    known = "said by a person" if said else "by its name"
    return {
        "chosen": (role or "none") if said else "",
        "role_text": f"{role.replace('_', ' ')}, {known}" if role else known if said else "",
    }


_EXTRA: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "strategies": _strategies,
    "personas": _personas,
    "segments": _segments,
    "question": _question,
    "draft": _draft,
    "review": _draft,
    "saved": _saved,
    "audience": _audience,
    "audiences": _audiences,
    "reach": _reach,
    "fields": _fields,
    "profiles": _profiles,
    "profile": _profile,
    "comparison": _comparison,
    "audit": _audit,
    "roles": _roles,
}
