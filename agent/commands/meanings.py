"""What a matched command means in the campaign as it stands; None when it is none after all."""

from __future__ import annotations

import re

from agent.commands.base import ORDINALS, Summary, Talk, Understood, call, folded, named

Match = re.Match[str]
# fmt: off
_PEOPLE = frozenset({
    "account", "accounts", "anybody", "anyone", "buyer", "buyers", "client", "clients", "companies",
    "company", "contact", "contacts", "customer", "customers", "donors", "everybody", "everyone",
    "guest", "guests", "household", "households", "lead", "leads", "listeners", "member", "members",
    "patients", "people", "person", "persons", "players", "profile", "profiles", "reader", "readers",
    "shopper", "shoppers", "students", "subscriber", "subscribers", "travelers", "travellers", "user",
    "users", "viewers", "visitor", "visitors",
})
# fmt: on
_APPROACHES = frozenset(
    [
        "personas",
        "the personas",
        "strategy personas",
        "the strategy personas",
        "persona",
        "my personas",
    ]
)
_KINDS = ("persona", "strategy", "segment", "audience")


def use(match: Match, summary: Summary) -> Understood:
    """ "Use X": a strategy, personas, a segment, or a saved audience that is called so."""
    what, how = match["what"], _how(match["verb"].casefold())
    said = folded(what)
    kind = _kind_said(said)
    place = _segment_place(said, len(summary["segments"]))
    if place is not None:
        return (call("use_segment", segment=summary["segments"][place]["key"]),)
    personas = named(what, summary["personas"])
    if match["verb"].casefold() == "open":
        return open_audience(match, summary)
    if personas and kind in (None, "persona"):
        return (call("select_personas", personas=[each["key"] for each in personas], how=how),)
    if how != "set":
        return None  # "drop the email part" changes the draft
    for group, of_kind, tool in (
        ("strategies", "strategy", "choose_strategy"),
        ("segments", "segment", "use_segment"),
        ("audiences", "audience", "use_audience" if summary["strategy"] else "edit_audience"),
    ):
        found = named(what, summary[group])
        if found and kind in (None, of_kind):
            return (call(tool, **{of_kind: found[0]["key"]}),)
    if kind == "persona" and said not in _APPROACHES:
        return (call("select_personas", personas=[_without_kind(what)], how=how),)
    if kind == "strategy" and said not in ("strategy", "a strategy", "the strategy"):
        return (call("choose_strategy", strategy=_without_kind(what)),)
    return None


def _how(verb: str) -> str:
    if verb in ("add", "also use", "include"):
        return "add"
    return "remove" if verb in ("remove", "drop", "deselect", "unselect", "take away") else "set"


def _segment_place(said: str, count: int) -> int | None:
    match = re.fullmatch(r"(?:the )?segment (?:number )?(\d)|(?:the )?(\w+) segment", said)
    if match is None:
        return None
    if match[1]:
        place = int(match[1]) - 1
    elif match[2] in ORDINALS:
        place = ORDINALS.index(match[2])
    else:
        return None
    return place if 0 <= place < count else None


def segments(match: Match, _summary: Summary) -> Understood:
    return (call("generate_segments", context=(match["about"] or "").strip(" .:,")),)


def segments_again(_match: Match, summary: Summary) -> Understood:
    if summary["approach"] != "segments":
        return None
    return (call("generate_segments", context=summary["context"]),)


def delete(match: Match, summary: Summary) -> Understood:
    what = match["what"]
    said_so = _kind_said(folded(what)) == "audience"
    found = named(what, summary["audiences"], near=said_so or summary["draft"] is None)
    if found:
        return (call("delete_audience", audience=found[0]["key"]),)
    if said_so and summary["draft"] is None:
        return (call("delete_audience", audience=_without_kind(what)),)
    return None


def open_audience(match: Match, summary: Summary) -> Understood:
    found = named(match["what"], summary["audiences"], near=False)
    if found:
        return (call("edit_audience", audience=found[0]["key"]),)
    like = named(match["what"], summary["segments"], near=False)
    if like:
        return (call("use_segment", segment=like[0]["key"]),)
    persona = named(match["what"], summary["personas"], near=False)
    return (call("use_persona", persona=persona[0]["key"]),) if persona else None


def compare(match: Match, summary: Summary) -> Understood:
    what = (match["what"] or match["what2"] or "").strip()
    found = named(what, summary["audiences"])
    if found:
        return (call("compare_audiences", audience=found[0]["key"]),)
    everything = r"(?:the |my |all |other |saved )*(?:audiences|others|them|rest)"
    if not what or re.fullmatch(everything, what, re.I):
        return (call("compare_audiences"),)
    return (call("compare_audiences", audience=what.strip("\"'“”")),)


def fields(match: Match, _summary: Summary) -> Understood:
    before = folded(match["before"] or "").split()
    if (
        len(before) > 3
        or _PEOPLE.intersection(before)
        or {"with", "without", "who"}.intersection(before)
    ):
        return None  # "customers with events" is an audience
    empty = [
        "in",
        "active",
        "inactive",
        "all",
        "every",
        "available",
        "the",
        "of",
        "my",
        "our",
        "any",
        "are",
        "is",
        "there",
    ]
    about = match["about"] or " ".join(before)
    words = [word for word in about.strip(" .?\"'“”").split() if word.casefold() not in empty]
    inactive = "inactive" in match[0].casefold()
    return (call("lookup_fields", text=" ".join(words), inactive=inactive),)


def why(match: Match, _summary: Summary) -> Understood:
    id = match["id"] or match["id2"] or match["id3"]
    return (call("explain_person", id=id.strip("\"'“”")),)


def profile(match: Match, _summary: Summary) -> Understood:
    return (call("show_profile", id=match["id"].strip("\"'“”")),)


def people(match: Match, _summary: Summary) -> Understood:
    return (call("find_profiles", text=(match["text"] or "").strip("\"'“” ")),)


def save(match: Match, _summary: Summary) -> Understood:
    name = (match["name"] or "").strip().strip("\"'“”‘’").strip()
    return (call("save_audience", name=name) if name else call("save_audience"),)


def rename(match: Match, summary: Summary) -> Understood:
    if summary["draft"] is None:
        return None
    return (call("rename_draft", name=match["name"].strip().strip("\"'“”‘’").strip()),)


def query(match: Match, _summary: Summary) -> Understood:
    return (call("edit_conditions", query=match[0]),)


def reset(_match: Match, summary: Summary) -> Understood:
    has_draft = summary["draft"] is not None or summary["attempt"] is not None
    return (call("discard_draft"),) if has_draft else Talk("nothing")


def _kind_said(said: str) -> str | None:
    words = {word.removesuffix("s").replace("strategie", "strategy") for word in said.split()}
    return next((kind for kind in _KINDS if kind in words), None)


def _without_kind(text: str) -> str:
    text = re.sub(r"^(?:the|a|an) ", "", text.strip(), flags=re.I)
    text = re.sub(
        r"\b(?:personas?|strategy|segments?|(?:saved )?audience)\b", " ", text, flags=re.I
    )
    return " ".join(text.split()).strip("\"'“”")
