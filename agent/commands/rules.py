"""The commands, one row each: what they look like, and what they mean. The first that fits counts."""

from __future__ import annotations

import re
from typing import Literal

from agent.commands import meanings
from agent.commands.base import Meaning, Talk, call


def _calls(tool: str) -> Meaning:
    return lambda _match, _summary: (call(tool),)


def _talk(topic: Literal["greeting", "thanks", "help", "status", "nothing"]) -> Meaning:
    return lambda _match, _summary: Talk(topic)


def _approach(key: Literal["segments", "personas"]) -> Meaning:
    return lambda _match, _summary: (call("choose_approach", approach=key),)


def _rule(pattern: str, meaning: Meaning) -> tuple[re.Pattern[str], Meaning]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL), meaning


def _id(group: str) -> str:
    """An id: a word with a digit in it, or anything in quotes."""
    return rf"(?P<{group}>[\"'“]?[\w.:@-]*\d[\w.:@-]*[\"'”]?|[\"'“][^\"'”]+[\"'”])"


_IT = r"(?:it|this|that|the (?:draft|audience|segment|last (?:change|one|step)))"
_SHOW = r"(?:(?:show|list|see|display|give|get|view|find|browse|search)(?: me)?|what(?: are|'s|’s| is)?|which|are there|do (?:i|we) have)"
_WHO = r"(?:user|person|customer|account|profile|household|member|contact|client|id)?\s*"

RULES: tuple[tuple[re.Pattern[str], Meaning], ...] = (
    _rule(r"(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening)|greetings)(?: there| muster| everyone)?", _talk("greeting")),
    _rule(r"(?:many )?(?:thanks|thank you|cheers)(?: (?:a lot|so much|very much|muster))?|(?:that(?:'s|’s| is) )?(?:great|perfect|cool|nice|good|excellent|awesome|wonderful)(?:,? thanks| job| work)?", _talk("thanks")),
    _rule(r"help(?: me)?|what (?:can|do) (?:you|i) (?:do|say|ask)(?: here)?|how (?:does|do) (?:this|you|it) work|what (?:is|are) (?:this|you)|who are you", _talk("help")),
    _rule(r"(?:what(?:'s|’s| is) (?:the )?(?:status|next)|what (?:now|next)|where (?:are|were) we|where (?:do|does) (?:things|it) stand|status)", _talk("status")),
    _rule(rf"(?:undo|take {_IT} back|take back {_IT}|go back|revert)(?: {_IT})?", _calls("undo")),
    _rule(rf"redo(?: {_IT})?|do {_IT} again", _calls("redo")),
    _rule(r"start (?:over|again|afresh|from scratch)|begin again|reset|new audience|generate a new one|clear (?:the draft|everything)", meanings.reset),
    _rule(r"(?:discard|throw away|put away|scrap|delete|remove) (?:it|this|that|the draft)", meanings.reset),
    # The campaign
    _rule(r"(?:use|choose|pick|take|go with|switch to|select|try|i prefer|prefer)(?: the)?(?: strategy)?(?: option)? personas|personas", _approach("personas")),
    _rule(rf"(?:{_SHOW} )?(?:(?:the|my|our|all|of|available|your) )*strategies(?: (?:are there|do (?:i|we|you) have|can i (?:use|choose)|there))?|(?:start|plan|make|create|set up|run) (?:a |the |my )?(?:new )?campaign|(?:choose|pick|select|change) (?:a|the|another) strategy", _calls("show_strategies")),
    _rule(rf"(?:{_SHOW} )?(?:(?:the|my|our|all|of|available|its) )*personas(?: (?:are there|do (?:i|we|you) have|does it have|can i (?:use|choose)|there))?", _calls("list_personas")),
    _rule(r"(?:use|choose|pick|take|go with|switch to|select|try|i prefer|prefer)(?: the)? (?:ai[- ](?:generated )?)?segments|(?:ai )?segments", _approach("segments")),
    _rule(r"(?:re-?)?(?:generate|make|create|suggest|propose|build|find|show|give me|try|get)(?: me)?(?: (?:the|some|new|other|more|different|another|a|set of|few|ai|again|fresh))*(?: segments)(?: again| anew)?(?:[\s,:]*(?:for|about|of|among|from|around|targeting|with|within|:)?[\s:]*(?P<about>.*))?", meanings.segments),
    _rule(r"(?:re-?generate|generate|try)(?: (?:them|those|it))?(?: again| anew)|(?:generate )?again", meanings.segments_again),
    _rule(r"(?P<verb>use|choose|pick|select|take|go with|switch to|work with|add|also use|include|open|remove|drop|deselect|unselect|take away) (?P<what>.+)", meanings.use),
    # The draft
    _rule(r"(?:how (?:many|big|large)(?: (?:people|customers|users|accounts|persons|profiles|members|shoppers))?(?: (?:is|are|does|do|would|will|that|it|this|there|they|those|these|in|the|draft|audience|match|matches|have|be))*|(?:what(?:'s|’s| is) )?(?:the |its )?(?:reach|size|count)(?: of (?:it|this|that|the (?:draft|audience)))?|count (?:them|it|the (?:draft|audience)|people))", _calls("preview_audience")),
    _rule(rf"why (?:is|isn'?t|isn’t|was|wasn'?t|are|aren'?t) {_WHO}{_id('id')}(?: (?:not|in|out|inside|outside|of|here|there|included|excluded|part|missing|left|matched|it|this|that|the|audience|draft|list))*|(?:is|was) {_WHO}{_id('id2')} (?:in|out|inside|included|part)(?: (?:of|in|it|this|that|the|audience|draft))*|explain {_WHO}{_id('id3')}", meanings.why),
    _rule(rf"(?:show|open|see|view|look at|look up|find|who is|tell me about|profile(?: of)?)(?: me)?(?: the)? ?(?:profile (?:of )?)?{_WHO}{_id('id')}", meanings.profile),
    _rule(r"(?:show|list|browse|search|find|see|explore)(?: (?:me|all|some|the|for))*(?: ?(?:profiles|profile explorer|people|users))(?: (?:starting (?:with|at)|with id) ?(?P<text>.+))?", meanings.people),
    _rule(r"(?:compare|overlap)(?: (?:this|it|that|the (?:draft|audience)))?(?: ?(?:with|to|and|against)(?: the)? (?P<what>.+))?|how (?:does (?:it|this) compare|much (?:does (?:it|this) )?overlap)(?: (?:with|to)(?: the)?)? ?(?P<what2>.*)", meanings.compare),
    _rule(r"(?:save|store|keep|approve)(?: (?:it|this|that|the (?:draft|audience|segment)))?(?: (?:as|under(?: the name)?|with the name|called|named) (?P<name>.+))?", meanings.save),
    _rule(r"(?:call|name|rename) (?:it|this|that|the (?:draft|audience))(?: to| as)? (?P<name>.+)", meanings.rename),
    # What there is
    _rule(rf"(?:{_SHOW} )*(?:(?:the|my|our|all|active|inactive|there|any|available|of) )*(?P<before>[\w -]*?)\s*(?:fields|events|traits|properties|attributes|columns|data)(?: (?:are there|do (?:i|we|you) have|have (?:i|we)|can i use|is there|exist|there))*(?: (?:about|for|on|with|related to|like|of|concerning|named|called) (?P<about>.+?))?(?: (?:do (?:i|we|you) have|are there|can i use|have (?:i|we)|exist|is there))?", meanings.fields),
    _rule(rf"(?:{_SHOW} )?(?:(?:the|my|our|all|of|saved|existing|your) )*audiences(?: (?:are there|do (?:i|we|you) have|(?:have been|are) saved|there))?", _calls("list_audiences")),
    _rule(r"(?:delete|remove|get rid of) (?P<what>.+)", meanings.delete),
    _rule(r"(?:edit|open|change|duplicate|copy|start from|view)(?: the)?(?: saved)?(?: audience| segment)? (?P<what>.+)", meanings.open_audience),
    _rule(r"(?:write|make|create|generate|show|export|prepare|see|view|hand over)?(?: (?:me|the|a|up))*\s?(?:brief|hand-?over)(?: (?:for|of|on) .+)?", _calls("write_brief")),
    _rule(r"(?:show |give |see )?(?:me )?(?:some |an |a few )?(?:examples?|example prompts|ideas)(?: prompts)?|what (?:can|could|should) i (?:ask|write|type|describe)|inspire me", _calls("show_examples")),
    _rule(rf"(?:{_SHOW} |(?:i )?(?:accept|agree to|read|review) )?(?:(?:the|our|its|model) )*terms(?: (?:and conditions|of (?:use|service)|for (?:the|an) (?:outside )?model))*", _calls("show_terms")),
    _rule(rf"(?:{_SHOW} )?(?:the |our )?audit (?:list|log|trail)|who (?:has )?(?:saved|deleted|renamed|changed|did) (?:what|it|them|the audiences?)|{_SHOW} who (?:has )?(?:saved|deleted|renamed|changed|did) .+", _calls("show_audit")),
    _rule(r"(?:NOT\s|ANY\s|ALL\s|\()*\s*(?:event|trait|entity)\s*\(\s*['\"].*", meanings.query),
)  # fmt: skip
