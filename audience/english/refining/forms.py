"""The shapes of prompts that change a draft: "undo", "instead of …", "drop the …", "or anyone who …"."""

from __future__ import annotations

import re

UNDO = re.compile(
    r"^\W*(please\s+)?((undo|scratch|revert|take back|forget|cancel) (that|the|this|my) (last|latest|previous)( (bit|one|change|part|step|thing|edit))?|undo|go back|revert|(go )?(one |a )?step back|go back (one|a) step|back one step|take (that|it) back|undo (that|it|the last( change)?)|"
    r"back|never ?mind|scratch that|forget (that|it)|reverse that)( that| it| please|\W+(please )?(undo|revert|go back|forget it)( that| it)?)?\W*$",
    re.IGNORECASE,
)
REDO = re.compile(
    r"^\W*(please\s+)?(redo|re-do|do (it|that) again|bring (it|that) back|put (it|that) back|undo the undo)( that| it| please)?\W*$",
    re.IGNORECASE,
)
OVER = re.compile(
    r"^\W*(please\s+|ok\w*\W+|actually\W+|(scrap|forget|ignore|discard) (that|it|this|everything)\W+(and\s+)?|no\W+|let'?s\s+)*(start (over|again|afresh|from scratch|fresh)|begin again|reset|from scratch|"
    r"clear (everything|all|it)|(a |another )?new (audience|one|list|segment)(?=\s*[:,.!–—-]|\s*$))\b[\s:,;.!–—-]*(with\b|and\b|please\b|:)?\s*",
    re.IGNORECASE,
)
SCRAPPED = re.compile(
    r"^\W*(please\s+|ok\w*\W+|no\W+)*(scrap|forget|ignore|discard|bin) (all( of)? (that|this|it)|everything( so far)?|the whole thing)\b\W*",
    re.IGNORECASE,
)
AFRESH = re.compile(
    r"^\W*(please\s+|ok\w*\W+|no\W+)*(scrap|scratch|forget|bin|drop) (that|this|it)( one)?\s*[.!;:–—]\s*(?=(?P<rest>\S.*))",
    re.IGNORECASE,
)
CHANGES = re.compile(
    r"^\W*(only|just|also|and|or|but|make|change|set|add|keep|drop|remove|exclude|use|take|include|limit|no|not|instead)\b",
    re.I,
)  # what begins so changes the audience that there is
LATELY = re.compile(r",? instead(?=\W*$)", re.IGNORECASE)
INSTEAD = (
    re.compile(r"^\W*(?:change|switch|swap|turn|replace|set) (?P<old>the [^:,]+?)\s*[:=]\s*(?P<new>.+?)(?:,? please)?\W*$", re.I),
    re.compile(r"^\W*instead of (?P<old>.+?),? (?:use|take|make it|put|have|i want|we want|go with) (?P<new>.+?)\W*$", re.I),
    re.compile(r"^\W*(?:use|take|make it|make that|put|have)? ?(?P<new>.+?) (?:instead of|rather than|and not|in place of) (?P<old>.+?)\W*$", re.I),
    re.compile(r"^\W*(?:change|switch|swap|turn|replace|substitute|raise|lower|increase|reduce|set|bump) (?P<old>.+?) (?:to|with|for|by|into) (?P<new>.+?)\W*$", re.I),
)  # fmt: skip
IT = frozenset(
    ["it", "that", "this", *(f"the {each}" for each in ("number", "amount", "window", "period", "time", "count", "limit",
     "threshold", "timeframe", "time frame", "range", "minimum", "maximum"))]
)  # fmt: skip
UP = re.compile(r" (up|down)$")
NOT_THE_OTHER = (
    re.compile(r"^\W*(?:make (?:it|that) |use |take )?(?P<new>[^,;]+?)\s*[,;–—-]\s*(?:and )?not (?P<just>just |only )?(?P<old>[^,;]+?)\W*$", re.I),
    re.compile(r"^\W*(?P<old>[^,;]+?) (?:is|are) (?P<just>)(?:too \w+|not enough|wrong)\b\W*(?:so |then )?(?:let'?s (?:say|make it|use|take)|say|make it|make that|use|take|rather|better) (?P<new>[^,;]+?)\W*$", re.I),
    re.compile(r"^\W*(?P<old>[^,;]+?) (?P<just>)out\s*[,;]?\s*(?:and )?(?P<new>[^,;]+?) in\W*$", re.I),
)  # fmt: skip
OLD_ONE = re.compile(
    r"^(this|that|the)( (one|last|old|current|first|same))*( \w+)?$", re.IGNORECASE
)
ANY_TIME = re.compile(
    r"^\W*(make (it|that) |and |so )*((at )?any ?time|whenever|ever|all[- ]time|no matter when)( at all| now| please|\W+not (just|only) [^,;]+)?\W*$",
    re.IGNORECASE,
)
OUT = re.compile(
    r"^\W*(?!leave|take|keep|kick|throw|filter|drop|get|let|cut)(?P<what>[^,;]+?) (?:(?:should be |to be |are )?(?:out|excluded|left out|taken out)|(?:doesn't|does not|don't|do not) count)( now| please|,? thanks)?\W*$",
    re.IGNORECASE,
)
OPPOSITE = re.compile(
    r"^\W*(now |and |show me |give me |take |actually )*((exactly )?the (exact )?(opposite|reverse|others|rest)|everyone else|everybody else|all others|invert (it|that|this)|flip (it|that|this))( (of that|of those|instead|please|now))*\W*$",
    re.IGNORECASE,
)
SAME = re.compile(
    r"^\W*(please )?(do |make )?(it |that )?(the )?same( thing| people| audience| one| again)*,? (but|only|just|except)( that)?( now)?( with| for)? (?P<new>.+?)\W*$",
    re.IGNORECASE,
)
SWAP = re.compile(
    r"^\W*(?:no|not|scratch|forget|drop|skip|lose|remove|without) (?P<old>[^,;.]+?)\s*[,;.–—-]\s*(?:and |but )?"
    r"(?:make it|make that|use|take|go with|add|rather|but|i want|i meant?) (?P<new>[^,;]+?)\W*$",
    re.IGNORECASE,
)
ON_SECOND_THOUGHT = re.compile(
    r"^\W*(?:(?:actually|rather|or rather|i meant?(?: to say)?|sorry|wait|correction|on second thoughts?)\b[\s,:;.–—-]*)+(?P<new>.+?)\W*$",
    re.IGNORECASE,
)
MAKE = re.compile(
    r"^\W*(actually\W+|no\W+|sorry\W+|ok\W+|okay\W+)*(please )?("
    r"(make|change|set|extend|shorten|lower|raise|increase|reduce|widen|switch|turn|bump|push|move|bring|drop|put|cut) "
    r"(it|that|this|the (window|period|time|count|number|limit|amount|threshold|timeframe|time frame|range|minimum|maximum))"
    r"( up| down)?( to| be)?|(extend|shorten|lower|raise|increase|reduce|widen|bump|push)( up| down)? to)\s+",
    re.IGNORECASE,
)
REMOVE = re.compile(
    r"^\W*(please )?(and |also |now )?(?P<verb>drop|remove|delete|forget|lose|take out|take away|take off|get rid of|discard|ignore|skip|cut|never mind|without)"
    r" (the |that |any |all )?(?P<what>.+?)( (part|condition|conditions|filter|bit|rule|clause|exclusion|requirement|restriction|limit|piece|criterion|criteria))?( again)?( please)?\W*$",
    re.IGNORECASE,
)
LEAVE_OUT = re.compile(
    r"^\W*(please )?(and |also |now )?(leave|take|keep) (the |that |any )?(?P<what>.+?)( (part|condition|filter|bit|rule|clause|restriction))? out\W*$",
    re.IGNORECASE,
)
PART = re.compile(
    r"\b(part|condition|conditions|filter|bit|rule|clause|exclusion|requirement|restriction|limit|criterion|criteria)\b",
    re.IGNORECASE,
)
PEOPLE = re.compile(
    r"\b(ones|those|people|anyone|everyone|anybody|customers|users) (who|that|in|from|with)\b", re.I
)
NO_MATTER = re.compile(
    r"^\W*(any|regardless of|irrespective of|no matter|whatever)( the| their| which| what)? (?P<what>[\w ]+?)( is| it is)?( (fine|ok|okay|good|does))?\W*$"
    r"|^\W*(the )?(?P<other>[\w ]+?) (doesn'?t|does not) matter\W*$",
    re.IGNORECASE,
)
NOT_JUST = re.compile(r"^\W*not (just|only) (?P<old>[^,;]+?)(,|;| but)\s*(?=\S)", re.IGNORECASE)
EXCLUDE = re.compile(
    r"^\W*(and |but |also |please |now )*(exclude|excluding|except|leave out|leaving out|kick out|throw out|take out (?=any|every|all)|but not|not|no one|nobody|no(?![,.!])|minus|without|apart from|other than|filter out|omit|keep out|remove)\b\s*(for )?",
    re.IGNORECASE,
)
NOBODY = re.compile(r"^\W*(and |but |with |where )*(nobody|no one)\b", re.IGNORECASE)
OR = re.compile(
    r"^\W*(and |please |also )*(or|plus|also include|include also|include|also add|as well as|and also include|together with|and everyone|and anyone|add(?= (in )?(all |also )?(everyone|everybody|anyone|anybody|people|those|customers|users) (who|that|with|from|in)\b))\b\s*(also )?",
    re.IGNORECASE,
)
AND = re.compile(
    r"^\W*(and |but |also |now |then |ok |okay |so |please |actually )*(only |just |narrow (it|this|that)? ?(down )?to |limit (it|this|that)? ?to |restrict (it|this|that)? ?to |keep (only )?|add |take (?=.*\b(too|also|as well)\b)|(we |i )?(only )?care about )?",
    re.IGNORECASE,
)
STEP = re.compile(
    r"(?:\s*[,;.]\s*(?:(?:and|then|also)\s+)*|\s+(?:and|then|but)\s+(?:(?:then|also)\s+)?)"
    r"(?=(?:make|change|set|drop|remove|delete|exclude|add|keep|replace|swap|switch|include|extend|raise|lower"
    r"|limit|narrow|widen|only|leave out|take out)\s)",
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
QUOTED = re.compile(r"“([^”]+)”")
TOO = re.compile(r"\b(too|also|as well)\b", re.IGNORECASE)
ORDINALS = {
    "first": 0, "1": 0, "one": 0, "second": 1, "2": 1, "two": 1, "third": 2, "3": 2, "fourth": 3, "4": 3,
    "former": 0, "latter": 1,
}  # fmt: skip
