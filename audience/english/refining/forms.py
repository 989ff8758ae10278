"""The shapes of prompts that change a draft: "undo", "instead of …", "drop the …", "or anyone who …"."""

from __future__ import annotations

import re

# What stands before a command.
_WELL = r"^\W*(?:(?:please|ok|okay|no|hm+|sorry|wait|oh|ah|well|actually|let'?s|can you|could you|just|and|now|then|i want to|i'd like to)\b\W*)*"
UNDO = re.compile(
    rf"{_WELL}((undo|scratch|revert|take back|forget|cancel|drop|remove) (that|the|this|my) (last|latest|previous)( (bit|one|change|part|step|thing|edit))?|undo|go back|revert|(go )?(one |a )?step back|go back (one|a) step|back one step|take (that|it) back|undo (that|it|the last( change)?)|"
    r"back|never ?mind|(scratch|scrap|forget|ignore|discard|cancel|reverse|revert|delete) (that|it|this)|go back to (how|what|as|the way) it was( before)?|back to (how|what) it was)( that| it| please|\W+(please )?(undo|revert|go back|forget it)( that| it)?)?\W*$",
    re.IGNORECASE,
)
REDO = re.compile(
    rf"{_WELL}(redo|re-do|do (it|that) again|bring (it|that) back|put (it|that) back|undo the undo)( that| it| please)?\W*$",
    re.IGNORECASE,
)
OVER = re.compile(
    r"^\W*(please\s+|ok\w*\W+|actually\W+|(scrap|forget|ignore|discard) (that|it|this|everything)\W+(and\s+)?|no\W+|let'?s\s+)*(start (over|again|afresh|from scratch|fresh)|begin again|reset|from scratch|"
    r"clear (everything|all|it)|(a |another )?new (audience|one|list|segment)(?=\s*[:,.!–—-]|\s*$))\b[\s:,;.!–—-]*(with\b|and\b|please\b|:)?\s*",
    re.IGNORECASE,
)
SCRAPPED = re.compile(
    rf"{_WELL}(scrap|scratch|forget|ignore|discard|bin|delete|drop) (all( of)? (that|this|it)|(it|that|this) all|the (whole )?lot|everything( so far)?|the whole thing)\b\W*",
    re.IGNORECASE,
)
AFRESH = re.compile(
    rf"{_WELL}(scrap|scratch|forget|bin|drop|ignore|discard|cancel|delete|never ?mind)( (that|this|it|all))?( one)?\s*[.!;:–—]\s*(?=(?P<rest>\S.*))",
    re.IGNORECASE,
)
CHANGES = re.compile(
    r"^\W*(only|just|also|and|or|but|make|change|set|add|keep|drop|remove|exclude|use|take|include|limit|no|not|instead)\b",
    re.I,
)  # what begins so changes the audience that there is
LATELY = re.compile(r",? (?:instead|rather)(?=\W*$)", re.IGNORECASE)
TWICE = re.compile(
    r"^\W*(?:change|switch|swap|turn|replace|substitute|raise|lower|increase|reduce|set|bump) (?P<old>.+?) (?P<with>to|with|for|by|into) (?P<new>.+?)(?:,| and|, and) "
    r"(?:change |switch |swap |turn |replace )?(?P<old2>.+?) (?P=with) (?P<new2>.+?)\W*$",
    re.IGNORECASE,
)
INSTEAD = (
    re.compile(r"^\W*(?:change|switch|swap|turn|replace|set) (?P<old>the [^:,]+?)\s*[:=]\s*(?P<new>.+?)(?:,? please)?\W*$", re.I),
    re.compile(r"^\W*instead of (?P<old>.+?),? (?:use|take|make it|put|have|i want|we want|go with) (?P<new>.+?)\W*$", re.I),
    re.compile(r"^\W*instead of (?P<old>[^,]+?), (?:please )?(?P<new>[^,]+?)\W*$", re.I),
    re.compile(r"^\W*(?:use|take|make it|make that|put|have)? ?(?P<new>.+?) (?:instead of|rather than|and not|in place of) (?P<old>.+?)\W*$", re.I),
    re.compile(r"^\W*(?:change|switch|swap|turn|replace|substitute|raise|lower|increase|reduce|set|bump) (?P<old>.+?) (?:to|with|for|by|into) (?P<new>.+?)\W*$", re.I),
)  # fmt: skip
NOT_BUT_THE_OTHER = re.compile(
    r"^\W*not (?!just|only|merely|simply)(?P<old>[^,;]+?)\s*[,;–—]\s*(?!nor|not|no|and|or)(?P<new>[^,;]+?)\W*$",
    re.IGNORECASE,
)  # "not owners, those who asked for its brochure"
RATHER = (
    re.compile(r"^\W*(?P<new>\w+ i mean(?:t)?\b.+?)\W*$", re.I),
    re.compile(r"^\W*no[,.!]\s*(?:i mean(?:t)? (?:to say )?|make it )?(?P<new>.+?)\W*$", re.I),
    re.compile(
        r"^\W*(?:make (?:it|that) |use |take )?(?P<new>.+?)(?:,? (?:instead|rather)|,? (?:would be|is) (?:better|nicer|preferable|more like it)|,? (?:is|are) the (?:right |correct )?ones?(?: (?:that )?i (?:mean|meant|want|wanted))?)\W*$",
        re.I,
    ),
    re.compile(
        r"^\W*(?:i|we)(?:'d| would) (?:rather|prefer|sooner)(?: to)?(?: have| use| see| take| go (?:with|for))?(?: it| that| them)?(?: be)?(?: by)? (?P<new>.+?)\W*$",
        re.I,
    ),
    re.compile(
        r"^\W*(?:better|let'?s go (?:with|for)|how about|what about)(?: have| make it| use| take)? (?P<new>.+?)\W*$",
        re.I,
    ),
)
SHOULD = re.compile(
    r"^\W*(?:the|their|its) (?P<field>.+?) (?:should|must|has to|have to|needs to|need to|ought to|shall) (?:rather |really )?be (?!not\b)(?P<new>.+?)\W*$",
    re.IGNORECASE,
)  # "the country should be France"
IT = frozenset(
    ["it", "that", "this", *(f"the {each}" for each in ("number", "amount", "window", "period", "time", "count", "limit",
     "threshold", "timeframe", "time frame", "range", "minimum", "maximum"))]
)  # fmt: skip
UP = re.compile(r" (up|down)$")
NOT_THE_OTHER = (
    re.compile(r"^\W*(?:make (?:it|that) |use |take )?(?P<new>[^,;]+?)\s*[,;–—-]\s*(?:and )?not (?P<just>just |only |merely |simply )?(?P<old>[^,;]+?)\W*$", re.I),
    re.compile(r"^\W*not (?!just|only|merely|simply)(?P<just>)(?P<old>[^,;]+?),? but (?:rather )?(?P<new>[^,;]+?)\W*$", re.I),
    re.compile(r"^\W*(?P<old>[^,;]+?) (?:is|are) (?P<just>)(?:too \w+|not enough|wrong)\b\W*(?:so |then )?(?:let'?s (?:say|make it|use|take)|say|make it|make that|use|take|rather|better) (?P<new>[^,;]+?)\W*$", re.I),
    re.compile(r"^\W*(?P<old>[^,;]+?) (?P<just>)out\s*[,;]?\s*(?:and )?(?P<new>[^,;]+?) in\W*$", re.I),
)  # fmt: skip
OLD_ONE = re.compile(
    r"^(this|that|the)( (one|last|old|current|first|same))*( \w+)?$", re.IGNORECASE
)
ANY_TIME = re.compile(
    r"^\W*(make (it|that) |and |so |but |with )*((no|without( an?y?)?) (time ?(limit|frame|window|restriction)|window|deadline)|(at )?any ?time|whenever|ever|all[- ]time|no matter when)( at all| now| please|\W+not (just|only) [^,;]+)?\W*$",
    re.IGNORECASE,
)
OUT = re.compile(
    r"^\W*(?!leave|take|keep|kick|throw|filter|drop|get|let|cut)(?P<what>[^,;]+?) (?:(?:should be |to be |are )?(?:out|excluded|left out|taken out|not)|(?:doesn't|does not|don't|do not) count)( now| please|,? thanks)?\W*$",
    re.IGNORECASE,
)
OPPOSITE = re.compile(
    r"^\W*(now |and |show me |give me |take |actually )*((exactly )?the (exact )?(opposite|reverse|others|rest)|(everyone|everybody|anyone|all|all the people) (but|except|apart from|other than) (those|them|these)( people| ones)?|everyone else|everybody else|all others|invert (it|that|this)|flip (it|that|this))( (of that|of those|instead|please|now))*"
    r"([\s,:;.–—-]+(i mean )?(the ones|the people|those|these|everyone|people)? ?(who|that) (have|has|did|do|does|are|were|was)(n'?t| not)( (done|had|been|so|it|that))*)?\W*$",
    re.IGNORECASE,
)
SAME = re.compile(
    r"^\W*(please )?(do |make )?(it |that )?(the same|same|as (above|before)|like (above|before))( thing| people| audience| one| again)*,? (but|only|just|except)( that)?( now)?( with| for)? (?P<new>.+?)\W*$",
    re.IGNORECASE,
)
SWAP = re.compile(
    r"^\W*(?:no|not|scratch|scrap|ditch|forget|never mind|ignore|drop|skip|lose|remove|without) (?P<old>[^,;.]+?)\s*[,;.–—-]\s*(?:and |but )?"
    r"(?:make it|make that|use|take|go with|add|rather|but|i want|i meant?) (?P<new>[^,;]+?)\W*$",
    re.IGNORECASE,
)
ON_SECOND_THOUGHT = re.compile(
    r"^\W*(?:(?:actually|rather|or rather|i meant?(?: to say)?|sorry|wait|correction|on second thoughts?)\b[\s,:;.–—-]*)+(?P<new>.+?)\W*$",
    re.IGNORECASE,
)
MAKE = re.compile(
    r"^\W*(actually\W+|no\W+|sorry\W+|ok\W+|okay\W+)*(please )?("
    r"(make|change|set|extend|stretch|shorten|lower|raise|increase|reduce|widen|switch|turn|bump|push|move|bring|drop|put|cut) "
    r"(it|that|this|the (window|period|time|count|number|limit|amount|threshold|timeframe|time frame|range|minimum|maximum))"
    r"( up| down)?( to| be)?|(extend|stretch|shorten|lower|raise|increase|reduce|widen|bump|push)( up| down| out)? to)\s+",
    re.IGNORECASE,
)
ROLLING = re.compile(r"the (?:last|past) (?:week|month|quarter|year)\b", re.IGNORECASE)
REMOVE = re.compile(
    r"^\W*(please )?(and |also |now )?(?P<verb>drop|remove|delete|forget|lose|take out|take away|take off|get rid of|discard|ignore|skip|cut|never mind|without)"
    r" (the |that |any |all )?(?P<what>.+?)( (part|condition|conditions|filter|bit|rule|clause|exclusion|requirement|restriction|limit|piece|criterion|criteria))?( again)?( please)?\W*$",
    re.IGNORECASE,
)
LEAVE_OUT = re.compile(
    r"^\W*(please )?(and |also |now )?(leave|take|keep|let) (the |that |any )?(?P<what>.+?)( (part|condition|filter|bit|rule|clause|restriction))? (back )?out( again)?\W*$",
    re.IGNORECASE,
)
PART = re.compile(
    r"\b(part|condition|conditions|filter|bit|rule|clause|exclusion|requirement|restriction|limit|criterion|criteria)\b",
    re.IGNORECASE,
)
PEOPLE = re.compile(
    r"\b(ones|those|people|anyone|everyone|anybody|customers|users) (who|that|in|from|with)\b", re.I
)
GONE = re.compile(
    r"^\W*(?:and |but )*(?:the |that |their )?(?P<what>[\w -]+?)( (?:part|condition|conditions|filter|bit|rule|clause|restriction|limit))? "
    r"(?:can (?:go|be (?:dropped|removed|left out|ignored))|should go|(?:is|are) (?:not|no longer) (?:needed|necessary|important|relevant|required)|isn'?t (?:needed|necessary|important|relevant|required))"
    r"( any ?more| again)?\W*$",
    re.IGNORECASE,
)  # "the price condition can go"
NO_MATTER = re.compile(
    r"^\W*(any|regardless of|irrespective of|no matter|whatever)( the| their| which| what)? (?P<what>[\w ]+?)( is| it is)?( (fine|ok|okay|good|does))?\W*$"
    r"|^\W*(the )?(?P<other>[\w ]+?) (doesn'?t|does not) matter\W*$",
    re.IGNORECASE,
)
NOT_JUST = re.compile(r"^\W*not (just|only) (?P<old>[^,;]+?)(,|;| but)\s*(?=\S)", re.IGNORECASE)
EXCLUDE = re.compile(
    r"^\W*(and |but |also |please |now )*(exclude|excluding|except|leave out|leaving out|kick out|throw out|take out (?=any|every|all)|but not|not|no one|nobody|no(?![,.!]| (?:more|less|fewer|later|earlier|longer|older|younger|sooner|higher|lower|matter)\b)|minus|without|apart from|other than|filter out|omit|keep out|remove)\b\s*(for )?",
    re.IGNORECASE,
)
NOBODY = re.compile(r"^\W*(and |but |with |where )*(nobody|no one)\b", re.IGNORECASE)
OR = re.compile(
    r"^\W*(and |please |also )*(or|plus|also(?= (all )?(the )?(those|ones|people|anyone|everyone|everybody|anybody|customers|users)\b)|also include|include also|include|also add|as well as|and also include|together with|and everyone|and anyone|add(?= (in )?(all |also )?(everyone|everybody|anyone|anybody|people|those|customers|users) (who|that|with|from|in)\b))\b\s*(also )?",
    re.IGNORECASE,
)
AND = re.compile(
    r"^\W*(and |but |also |now |then |ok |okay |so |please |actually )*(only |just |narrow (it|this|that)? ?(down )?to |limit (it|this|that)? ?to |restrict (it|this|that)? ?to |keep (only )?|add |take (?=.*\b(too|also|as well)\b)|(we |i )?(only )?care about )?",
    re.IGNORECASE,
)
POINTS_BACK = re.compile(
    r"\b(?:after|since|following|before) (?:it|that|this|then|them|which)\b|\b(?:afterwards?|thereafter|subsequently|since)\W*$",
    re.IGNORECASE,
)
# What changes the audience, and can be no part of the sentence before.
COMMANDS = re.compile(
    r"^\W*(?:please |now |and |but )*(?:make|change|switch|swap|replace|set|add|keep|drop|remove|exclude|use|take|include|limit|narrow|widen|leave|undo|raise|lower|extend"
    r"|only|just|not|no,|same|everyone|everybody|anyone|those|the (?:ones|same|others?|opposite))\b|\b(?:instead|rather|too|as well|also)\b",
    re.IGNORECASE,
)
FOLLOWS = re.compile(
    r"^\W*(?:and|also|plus|but|or|only|just|not|no|without|drop|remove|exclude|make|change|set|add|keep|include|leave|take|undo)\b",
    re.IGNORECASE,
)
STEP = re.compile(
    r"(?:\s*[,;.]\s*(?:(?:and|then|also)\s+)*|\s+(?:and|then|but)\s+(?:(?:then|also)\s+)?)"
    r"(?=(?:make|change|set|drop|remove|delete|exclude|add|keep|replace|swap|switch|include|extend|raise|lower"
    r"|limit|narrow|widen|only|leave|take|stretch|shorten|increase|reduce|bump|skip|forget)\s)",
    re.IGNORECASE,
)
NONE = re.compile(r"not?\b", re.IGNORECASE)
CUT = re.compile(
    r"\s*[,;.]\s+(?:(?:and|but|then|also)\s+)*|\s+(?:and|but)\s+(?:(?:then|also)\s+)?",
    re.IGNORECASE,
)
OF_THEM = re.compile(r"^\W*(of|from|among|amongst|out of) (those|these|them)\b\W*", re.IGNORECASE)
JOINT = re.compile(r"(?:\s*[,;.]\s*|\s+)(?:(?:and|then|but|also)\s*)*$", re.IGNORECASE)
ON = re.compile(r"^\W*(and|also|plus|but|or|additionally)\b", re.IGNORECASE)
OPEN = "Still open: "
# What stays open when a change that says nothing of it was made.
ABOUT_WORDS = (
    "No condition accounts for ", "This reads as an audience of its own.", " cannot be held together with the rest.",
    " could mean several things here.", " can be read in two ways here.",
)  # fmt: skip
TOO = re.compile(r"\b(too|also|as well)\b", re.IGNORECASE)
ORDINALS = {
    "first": 0, "1": 0, "one": 0, "second": 1, "2": 1, "two": 1, "third": 2, "3": 2, "fourth": 3, "4": 3,
    "former": 0, "latter": 1,
}  # fmt: skip
