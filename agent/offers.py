"""Small talk, and the one next step to offer, from where the campaign stands."""

from __future__ import annotations

from functools import cache

import yaml

from agent.commands.base import Summary, Topic, folded
from agent.words import listed, people, safe
from tools.prompt_files import prompt, text_of


def talk(topic: Topic, summary: Summary, about: str = "") -> str:
    """Words for words; facts in them are the campaign's."""
    match topic:
        case "help":
            return prompt("help")
        case "greeting":
            return f"Hello. {where(summary)}"
        case "thanks":
            return f"You are welcome. {where(summary)}"
        case "status":
            return where(summary)
        case "bye":
            return f"Goodbye. Nothing is lost: this chat stays as it is. {where(summary)}"
        case "term":
            texts = [explained(each) for each in about.split("\n")]
            return "\n\n".join(text for text in texts if text) or where(summary)
        case "own term":
            return own_meaning(about, summary) or where(summary)
        case "draft":
            return described(summary)
        case "handing on":
            return (
                "I make audiences and save them; sending is for another system. `muster export` writes a "
                "saved audience for Segment, Klaviyo, HubSpot, SQL or CSV, and “write the brief” hands on "
                "whom a campaign is for."
            )
        case "nothing":
            return "There is no draft, so there is nothing to clear. Describe an audience to start one."


def explained(word: str) -> str | None:
    """What a word of the job means; None for any other word."""
    said = _singular(word)
    return next((text for names, text in _terms() if said in names), None)


def own_meaning(word: str, summary: Summary) -> str | None:
    """What a word means at this company, by its glossary; None for any other word."""
    for term, text in summary["glossary"].items():
        if _singular(term) == _singular(word):
            return f"**{safe(term)}** means here: {safe(text)}. A description can use it as it is."
    return None


@cache
def _terms() -> tuple[tuple[frozenset[str], str], ...]:
    rows = yaml.safe_load(text_of("terms.yaml"))
    return tuple((frozenset(_singular(name) for name in row["names"]), row["text"]) for row in rows)


def _singular(words: str) -> str:
    bare = folded(words).removeprefix("the ").removeprefix("an ").removeprefix("a ")
    return bare.removesuffix("s")


def described(summary: Summary) -> str:
    """The draft in words: its conditions, what was taken for granted, and its query."""
    draft = summary["draft"]
    size = "" if draft["reach"] is None else f", {people(draft['reach'])} of {draft['universe']:,}"
    lines = [f"**{safe(draft['name'] or 'Audience')}**{size}:"]
    lines += [f"- {safe(each)}" for each in draft["conditions"]]
    if draft["assumptions"]:
        taken = " ".join(f"{safe(each.rstrip(' .'))}." for each in draft["assumptions"])
        lines.append(f"\nTaken for granted: {taken}")
    if draft["difference"]:
        changed = " ".join(f"{safe(each.rstrip(' .'))}." for each in draft["difference"])
        lines.append(f"\nThe last change: {changed}")
    lines.append(f"\nThe query: `{draft['query']}`")
    return "\n".join(lines)


def where(summary: Summary) -> str:
    """Where things stand, and what comes next."""
    parts: list[str] = []
    strategy = summary["strategy"]
    if strategy:
        parts.append(f"The strategy is **{safe(strategy['name'])}**.")
    if summary["selected_personas"]:
        names = {each["key"]: each["name"] for each in summary["personas"]}
        chosen = [f"**{safe(names.get(key, key))}**" for key in summary["selected_personas"]]
        parts.append(f"Selected: {listed(chosen)}.")
    if summary["segments"]:
        parts.append(f"There are {len(summary['segments'])} segments.")
    draft = summary["draft"]
    if draft:
        size = "" if draft["reach"] is None else f" with {people(draft['reach'])}"
        parts.append(f"The draft is **{safe(draft['name'] or 'Audience')}**{size}.")
    question = summary["question"]
    if question:
        parts.append(f"One question is open: {safe(question['text'])}")
    elif draft:
        parts.append("Review it and save it, or say what to change.")
    elif not parts:
        parts.append(
            "Describe in a sentence whom you want to reach, or plan a campaign from a strategy."
        )
    else:
        parts.append(next_step("", summary) or "Describe an audience, or ask for the brief.")
    return " ".join(parts)


def next_step(tool: str, summary: Summary) -> str:
    """The next step after `tool`; empty when the answer says enough."""
    if summary["question"] or summary["draft"] or summary["attempt"]:
        return ""
    match tool:
        case "choose_strategy" | "":
            if not summary["strategy"]:
                return ""
            if summary["selected_personas"] or summary["segments"] or summary["audience"]:
                return "Ask for the brief when you are ready, or describe an audience."
            if not summary["personas"]:
                return "Say “generate segments” to go on."
            return "AI segments or personas: which shall it be?"
        case "select_personas" if summary["selected_personas"]:
            return "Ask for the brief when you are ready, or add another."
        case "generate_segments" if summary["segments"]:
            return "Open one to refine and save it, generate again for another cut, or ask for the brief."
        case "use_audience":
            return "Ask for the brief when you are ready."
        case "delete_audience" | "list_audiences" | "lookup_fields" | "show_examples":
            return ""
    return ""
