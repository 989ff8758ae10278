"""What a matched command means in the campaign as it stands; None when it is none after all."""

from __future__ import annotations

import re

from agent.commands.base import ORDINALS, Summary, Talk, Understood, call, folded, named, unnamed

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
    if _FURTHER.search(what):
        return None  # a second command: what it is about must not be taken for this one's
    said = folded(what)
    kind = _kind_said(said)
    place = _segment_place(said)
    if place is not None:
        return _segment_at(place, said, summary)
    personas = named(what, summary["personas"])
    if match["verb"].casefold() == "open":
        return open_audience(match, summary)
    if personas and kind in (None, "persona"):
        keys = [each["key"] for each in personas]
        return (
            call("select_personas", personas=[*keys, *unnamed(what, summary["personas"])], how=how),
        )
    picking = summary["approach"] == "personas" and not summary["draft"] and how != "remove"
    if how == "add" and picking and what[:1].isupper():
        return (call("select_personas", personas=[_without_kind(what)], how=how),)
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


_FURTHER = re.compile(
    r"(?:\band|,|;|\bthen)\s+(?:then\s+)?(?:remove|drop|delete|add|use|tell|show|save|write|make)\b",
    re.I,
)


def _segment_place(said: str) -> int | None:
    """The place, from 0, that "the second segment", "segment 2" or "the second one" is about."""
    match = re.fullmatch(
        r"(?:the )?segment (?:number )?(\d)|(?:the )?(\w+) (?:ai )?(?:segment|one)", said
    )
    if match is None:
        return None
    if match[1]:
        return int(match[1]) - 1
    return ORDINALS.index(match[2]) if match[2] in ORDINALS else None


def _segment_at(place: int, said: str, summary: Summary) -> Understood:
    if 0 <= place < len(summary["segments"]):
        return (call("use_segment", segment=summary["segments"][place]["key"]),)
    # The tool says that there is none; "the second one" may be something else.
    return (call("use_segment", segment=said),) if "segment" in said else None


def segment(match: Match, summary: Summary) -> Understood:
    """ "Tell me more about the second one"."""
    place = _segment_place(folded(match["what"]))
    if place is None or summary["draft"] is not None or not summary["segments"]:
        return None
    return _segment_at(place, folded(match["what"]), summary)


def campaign(match: Match, summary: Summary) -> Understood:
    """ "Plan a campaign for winter": the one strategy that is called so, or all to choose from."""
    about = " ".join(each for each in (match["kind"], match["about"]) if each)
    found = named(about, summary["strategies"]) if about else []
    if len(found) == 1:
        return (call("choose_strategy", strategy=found[0]["key"]),)
    return (call("show_strategies"),)


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
        copied = match[0].casefold().startswith(("duplicate", "copy"))
        more = {"copied": True} if copied else {}
        return (call("edit_audience", audience=found[0]["key"], **more),)
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
    everything = r"(?:the |my |all |other |saved )*(?:audiences?|others|them|rest)"
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


def known(match: Match, _summary: Summary) -> Understood:
    """ "What do you know about returns"."""
    return (call("lookup_fields", text=match["about"] or match["about2"]),)


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
    """The draft; without one, what was saved last."""
    name = match["name"].strip().strip("\"'“”‘’").strip()
    if summary["draft"] is not None:
        return (call("rename_draft", name=name),)
    if summary["saved"]:
        return (call("rename_audience", audience=summary["saved"][-1], name=name),)
    return None


def rename_saved(match: Match, summary: Summary) -> Understood:
    found = named(match["what"], summary["audiences"], near=False)
    if len(found) != 1:
        return None
    name = match["name"].strip().strip("\"'“”‘’").strip()
    return (call("rename_audience", audience=found[0]["key"], name=name),)


def view(match: Match, summary: Summary) -> Understood:
    found = named(match["what"], summary["audiences"], near=False)
    return (call("show_audience", audience=found[0]["key"]),) if found else None


def term(match: Match, summary: Summary) -> Understood:
    """ "What is a trait": a word of the job, or of this company. Others are no command."""
    from agent.offers import explained, own_meaning

    about = match["what"] or match["what2"] or match["what3"] or ""
    if own_meaning(about, summary) and not match[0].casefold().startswith("who"):
        return Talk("own term", about)
    return Talk("term", about) if explained(about) else None


def difference(match: Match, _summary: Summary) -> Understood:
    """ "What is the difference between Dynamic and Dynamic Plus": what each of them means."""
    from agent.offers import explained

    both = (match["one"], match["other"])
    return Talk("term", "\n".join(both)) if all(map(explained, both)) else None


def draft(_match: Match, summary: Summary) -> Understood:
    """A question about the draft; without one, where things stand."""
    return Talk("draft" if summary["draft"] else "status")


def why_words(_match: Match, summary: Summary) -> Understood:
    """ "Why 30 days": what was taken for granted stands with the draft."""
    return Talk("draft") if summary["draft"] else None


def members(_match: Match, summary: Summary) -> Understood:
    known = summary["draft"] or summary["attempt"] or summary["saved"]
    return (call("find_profiles", inside=True),) if known else Talk("status")


def resize(_match: Match, summary: Summary) -> Understood:
    """ "Too many": what each condition keeps tells which to change."""
    return (call("preview_audience"),) if summary["draft"] else Talk("status")


def never_mind(_match: Match, summary: Summary) -> Understood:
    """Away with what is being asked; the draft stays."""
    if not summary["question"]:
        return Talk("status")
    return (call("undo"),) if summary["draft"] else (call("discard_draft"),)


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
