"""The commands, one row each: what they look like, and what they mean. The first that fits counts."""

from __future__ import annotations

import re
from typing import Literal

from agent.commands import meanings
from agent.commands.base import Meaning, Talk, Topic, call


def _calls(tool: str) -> Meaning:
    return lambda _match, _summary: (call(tool),)


def _talk(topic: Topic) -> Meaning:
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
_PEOPLE = (
    r"(?:people|customers|users|persons|profiles|members|shoppers|contacts|accounts|subscribers)"
)
_WHO = r"(?:user|person|customer|account|profile|household|member|contact|client|id)?\s*"

RULES: tuple[tuple[re.Pattern[str], Meaning], ...] = (
    _rule(r"(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening)|greetings)(?: there| muster| everyone)?", _talk("greeting")),
    _rule(r"(?:many )?(?:thanks|thank you|cheers)(?: (?:a lot|so much|very much|muster))?|(?:that(?:'s|’s| is) )?(?:great|perfect|cool|nice|good|excellent|awesome|wonderful)(?:,? thanks| job| work)?", _talk("thanks")),
    _rule(r"(?:good)?bye(?:[ -]?bye)?|see you(?: (?:later|soon|tomorrow))?|good ?night|that(?:'s|’s| is) (?:all|it)(?: for (?:today|now))?", _talk("bye")),
    _rule(r"ok(?:ay)?|alright|all right|got it|i see|fine|understood|hm+|yes|yep|sure|no|nope", _talk("status")),
    _rule(r"(?:never ?mind|cancel(?: (?:it|that|this))?|stop|forget (?:it|that|this)|i(?:'ve|’ve| have)? changed my mind|leave it)", meanings.never_mind),
    _rule(r"help(?: me)?|what (?:can|do) (?:you|i) (?:do|say|ask)(?: here)?|how (?:does|do) (?:this|you|it) work|what (?:is|are) (?:this|you|muster)|who are you|who (?:made|built|created|wrote) (?:you|this)|are you (?:an? )?(?:ai|bot|robot|human|real|person|machine).*|are you (?:still )?there|what(?:'s|’s| is) your name|(?:get )?start(?:ed)?|how do i (?:start|begin|use (?:this|it|you))|(?:where|how) (?:do|should) i (?:start|begin)", _talk("help")),
    _rule(r"(?:what(?:'s|’s| is)|explain|tell me)?(?: the)? ?differences? between (?:an? |the )?(?P<one>[\w -]+?) and (?:an? |the )?(?P<other>[\w -]+)", meanings.difference),
    _rule(r"(?:is|are) (?:my|our|the|their) (?:data|customers?(?:'s|’s|s'|s’)? data) (?:safe|private|secure|sent.*|shared.*)|where (?:does|do|is) (?:my|our|the) data (?:go|kept|stored|sent)", _calls("show_terms")),
    _rule(r"(?:what|who) (?:is|are|was|were|does|do)(?: an?| the)? (?P<what>[\w -]+?)(?: mean| stand for| do)?|define (?P<what2>.+)|(?:explain|what(?:'s|’s))(?: what| to me)?(?: an?| the)? (?P<what3>[\w -]+?)(?: is| are| means?)?", meanings.term),
    _rule(r"(?:what(?:'s|’s| is) (?:the )?(?:status|next)|what (?:now|next)|what (?:should|can|must|do) (?:i|we) do(?: now| next)?|where (?:are|were) we|where (?:do|does) (?:things|it) stand|status|(?:who|what|which)(?: \w+)? (?:did|have|do) (?:i|we) (?:pick|choose|chose|select)(?:ed|en|sen)?(?: (?:so far|until now|already))?|(?:who|what) (?:have|did) (?:i|we) (?:picked|chosen|selected)(?: so far)?|who is (?:this|the campaign) for|remind me(?: where (?:we|i) (?:are|were|left off))?)", _talk("status")),
    _rule(r"(?:what(?:'s|’s| is| are)|show|describe|explain|list|read|see|repeat)(?: me| out| again| about| the| in| my| current| its| it)* (?:draft|quer(?:y|ies)|conditions?|rules?|filters?|definition|code)(?: (?:so far|now|again|currently|look(?:s)? like|of (?:it|this|the draft)))?|(?:describe|explain|summari[sz]e) (?:it|this|that|the audience|the draft)(?: again| to me)?|(?:explain|describe) (?:the )?(?:\w+ condition|condition \w+)|what(?:'s|’s| is) in (?:it|there|this|that|the (?:draft|audience))|what (?:did|have) (?:you|i|we) (?:changed?|do|done|buil[dt]|understand|understood|made?)(?: (?:of it|so far|exactly|now))?|what (?:has )?changed|what is different", meanings.draft),
    _rule(r"why (?:did you (?:use|take|choose|pick|put|say) |is it |these |this |that |only |the )?[\w ]*\b(?:\d+|days?|weeks?|months?|window|condition|one|that|this)", meanings.why_words),
    _rule(rf"(?:undo|take {_IT} back|take back {_IT}|go back|revert)(?: {_IT})?|(?:forget|drop|remove) the last (?:bit|change|part|one|step|thing)", _calls("undo")),
    _rule(rf"redo(?: {_IT})?|do {_IT} again", _calls("redo")),
    _rule(r"start (?:over|again|afresh|from scratch)|begin again|reset|new audience|generate a new one|clear (?:the draft|everything)", meanings.reset),
    _rule(r"(?:discard|throw away|put away|scrap|delete|remove) (?:it|this|that|the draft)", meanings.reset),
    # The campaign
    _rule(r"(?:use|choose|pick|take|go with|switch to|select|try|i prefer|prefer)(?: the)?(?: strategy)?(?: option)? personas|personas", _approach("personas")),
    _rule(rf"(?:{_SHOW} )?(?:(?:the|my|our|all|of|available|your) )*strategies(?: (?:are there|do (?:i|we|you) have|can i (?:use|choose)|there))?|(?:choose|pick|select|change) (?:a|the|another) strategy", _calls("show_strategies")),
    _rule(r"(?:i (?:want|need|would like|have) to )?(?:start|plan|make|create|set up|run|prepare|build|launch|do) (?:a |an |the |my |our )?(?:new )?(?:(?P<kind>\w+) )?campaign(?: (?:for|about|around|on|with) (?P<about>.+))?", meanings.campaign),
    _rule(rf"(?:{_SHOW} )?(?:(?:the|my|our|all|of|available|its) )*personas(?: (?:are there|do (?:i|we|you) have|does it have|can i (?:use|choose)|there))?", _calls("list_personas")),
    _rule(r"(?:use|choose|pick|take|go with|switch to|select|try|i prefer|prefer)(?: the)? (?:ai[- ](?:generated )?)?segments|(?:ai )?segments", _approach("segments")),
    _rule(r"(?:re-?)?(?:generate|make|create|suggest|propose|build|find|show|give me|try|get)(?: me)?(?: (?:the|some|new|other|more|different|another|a|set of|few|ai|again|fresh))*(?: segments)(?: again| anew)?(?:[\s,:]*(?:for|about|of|among|from|around|targeting|with|within|:)?[\s:]*(?P<about>.*))?", meanings.segments),
    _rule(r"(?:re-?generate|generate|try)(?: (?:them|those|it))?(?: again| anew)|(?:generate )?again|(?:make|show|give|try|find|get|suggest)(?: me)?(?: some)? (?:different|other|new|more|fresh) (?:ones|groups)", meanings.segments_again),
    _rule(r"(?P<verb>use|choose|pick|select|take|go with|switch to|work with|add|also use|include|open|remove|drop|deselect|unselect|take away) (?P<what>.+)", meanings.use),
    # The draft
    _rule(r"(?:how (?:many|big|large)(?: (?:people|customers|users|accounts|persons|profiles|members|shoppers))?(?: (?:is|are|does|do|would|will|that|it|this|there|they|those|these|in|the|draft|audience|match|matches|have|be))*|(?:what(?:'s|’s| is) )?(?:the |its )?(?:reach|size|count)(?: of (?:it|this|that|the (?:draft|audience)))?|count (?:them|it|the (?:draft|audience)|people))", _calls("preview_audience")),
    _rule(rf"how many {_PEOPLE} (?:do (?:i|we) have|have (?:i|we)|are there|(?:are )?in (?:the|my|our) (?:workspace|database|base|list))(?: (?:in total|altogether|in all|overall))?|(?:the )?(?:total|overall) (?:number|count)? ?(?:of )?{_PEOPLE}|how (?:big|large) is (?:my|our|the) (?:base|database|list|workspace)", lambda _match, _summary: (call("preview_audience", everybody=True),)),
    _rule(r"how many (?:more )?(?:dynamic(?: plus)?|audiences)(?: plus)?(?: audiences?| places?| slots?)*(?: (?:can|may) (?:i|we)(?: still)? (?:save|make|create|have)| are left| do (?:i|we) have(?: left)?| left| are used| remain(?:ing)?)?", _calls("list_audiences")),
    _rule(rf"(?:who(?:'s|’s| is| are)(?: (?:in|inside) (?:it|this|that|the (?:draft|audience))| (?:they|these|those)(?: {_PEOPLE})?)|who matches(?: it| this)?|(?:show|list|see|give|name)(?: me)?(?: (?:some|the|a few|a sample of|sample))* ?{_PEOPLE} (?:in|of|inside|who are in|that match) (?:it|this|that|the (?:draft|audience))|(?:show|list|see)(?: me)?(?: (?:some|the|its))* (?:members|matches)|(?:show|give)(?: me)? a sample)", meanings.members),
    _rule(r"(?:can you |could you )?make (?:it|this|that|the (?:audience|draft)) (?:bigger|larger|smaller|wider|narrower|broader|tighter)|(?:that(?:'s|’s| is) )?(?:too|so|very) (?:many|few|big|small|large)(?: people)?(?:[,.;] ?.*)?|(?:narrow|widen|broaden|tighten|shrink|grow) (?:it|this|that|the (?:audience|draft))(?: down)?|(?:i (?:need|want) )?(?:more|fewer|less) people", meanings.resize),
    _rule(r"(?:show|plot|draw|chart|see)?(?: me)?(?: (?:the|its|a chart of))* ?(?:reach|size|audience|trend|history)(?: (?:by|per|over|for each|each|of the last))+ ?(?:day|days|time|week|month|\d+ days)|how (?:did|has|does) (?:it|the (?:reach|size|audience|draft)|this) (?:chang|develop|grow|evolv)\w*(?: over time)?|(?:show )?(?:me )?(?:the |a )?(?:trend|chart)", _calls("reach_by_day")),
    _rule(r"(?:export|send|push|sync|download|upload|publish|transfer)(?: an?| the| some)*(?: (?:it|this|that|them|these|e-?mails?|messages?|newsletter|campaign|draft|audience|list|csv))*(?: (?:to|as|for|into|in|from) .+)?", _talk("handing on")),
    _rule(rf"why (?:is|isn'?t|isn’t|was|wasn'?t|are|aren'?t) {_WHO}{_id('id')}(?: (?:not|in|out|inside|outside|of|here|there|included|excluded|part|missing|left|matched|it|this|that|the|audience|draft|list))*|(?:is|was) {_WHO}{_id('id2')} (?:in|out|inside|included|part)(?: (?:of|in|it|this|that|the|audience|draft))*|explain {_WHO}{_id('id3')}", meanings.why),
    _rule(rf"(?:show|open|see|view|look at|look up|find|who is|tell me about|profile(?: of)?)(?: me)?(?: the)? ?(?:profile (?:of )?)?{_WHO}{_id('id')}", meanings.profile),
    _rule(r"(?:show|list|browse|search|find|see|explore)(?: (?:me|all|some|the|for))*(?: ?(?:profiles|profile explorer|people|users))(?: (?:starting (?:with|at)|with id) ?(?P<text>.+))?", meanings.people),
    _rule(r"(?:compare|overlap)(?: (?:this|it|that|the (?:draft|audience)))?(?: ?(?:with|to|and|against)(?: the)? (?P<what>.+))?|how (?:does (?:it|this) compare|much (?:does (?:it|this) )?overlap)(?: (?:with|to)(?: the)?)? ?(?P<what2>.*)", meanings.compare),
    _rule(r"(?:save|store|keep|approve)(?: (?:it|this|that|the (?:draft|audience|segment)))?(?: (?:as|under(?: the name)?|with the name|called|named) (?P<name>.+))?", meanings.save),
    _rule(r"(?:call|name|rename) (?:it|this|that|the (?:draft|audience))(?: to| as)? (?P<name>.+)", meanings.rename),
    _rule(r"rename (?:the )?(?:audience )?(?P<what>.+?) (?:to|as|into) (?P<name>.+)", meanings.rename_saved),
    _rule(r"(?:view|show|see|look at|details of|tell me about)(?: me)?(?: the)?(?: saved)?(?: audience)? (?P<what>.+)", meanings.view),
    _rule(r"(?:tell me )?(?:more )?(?:about|describe|explain|show|details of|what is) (?P<what>.+)", meanings.segment),
    # What there is
    _rule(rf"(?:{_SHOW} )*(?:(?:the|my|our|all|active|inactive|there|any|available|of) )*(?P<before>[\w -]*?)\s*(?:fields|events|traits|properties|attributes|columns|data)(?: (?:are there|do (?:i|we|you) have|have (?:i|we)|can i use|is there|exist|there))*(?: (?:about|for|on|with|related to|like|of|concerning|named|called) (?P<about>.+?))?(?: (?:do (?:i|we|you) have|are there|can i use|have (?:i|we)|exist|is there))?", meanings.fields),
    _rule(r"what (?:do|can) you (?:know|tell me|have) (?:about|on|of) (?P<about>[\w -]+)|do (?:you|we|i) (?:know|have|track|store|record|collect|see)(?: any(?:thing)?| some)?(?: (?:data|information|info|fields?|events?))? (?:about|on|for) (?P<about2>[\w -]+)", meanings.known),
    _rule(rf"(?:{_SHOW} )?(?:(?:the|my|our|all|of|saved|existing|your) )*audiences(?: (?:are there|do (?:i|we|you) have|(?:have been|are) saved|there))?", _calls("list_audiences")),
    _rule(r"(?:delete|remove|get rid of) (?P<what>.+)", meanings.delete),
    _rule(r"(?:edit|open|change|duplicate|copy|start from|view)(?: the)?(?: saved)?(?: audience| segment)? (?P<what>.+)", meanings.open_audience),
    _rule(r"(?:write|make|create|generate|show|export|prepare|see|view|hand over)?(?: (?:me|the|a|up))*\s?(?:brief|hand-?over)(?: (?:for|of|on) .+)?", _calls("write_brief")),
    _rule(r"(?:show |give |see )?(?:me )?(?:some |an |a few )?(?:examples?|example prompts|ideas)(?: prompts)?|what (?:can|could|should) i (?:ask|write|type|describe)|inspire me", _calls("show_examples")),
    _rule(rf"(?:{_SHOW} |(?:i )?(?:accept|agree to|read|review) )?(?:(?:the|our|its|model) )*terms(?: (?:and conditions|of (?:use|service)|for (?:the|an) (?:outside )?model))*", _calls("show_terms")),
    _rule(rf"(?:{_SHOW} )?(?:(?:the|my|our|of) )*(?:event |events |events' )roles?(?: of (?:the |my |our )?events)?|what (?:is|are) (?:the |my |our |each |every )?events? for|(?:correct|change|set) (?:the |my |our |what )?(?:event roles|roles of (?:the |my |our )?events|events are for)", _calls("show_event_roles")),
    _rule(rf"(?:{_SHOW} )?(?:the |our )?audit (?:list|log|trail)|who (?:has )?(?:saved|deleted|renamed|changed|did) (?:what|it|them|the audiences?)|{_SHOW} who (?:has )?(?:saved|deleted|renamed|changed|did) .+", _calls("show_audit")),
    _rule(r"(?:NOT\s|ANY\s|ALL\s|\()*\s*(?:event|trait|entity)\s*\(\s*['\"].*", meanings.query),
)  # fmt: skip
