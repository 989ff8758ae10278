"""Where people stand with a trial: on it now, it became a paid plan, or they never had one.

It is kept as a status, as a flag, as the day it ends, or as events. Only a part of a sentence that says
nothing else is read so.
"""

from __future__ import annotations

from decimal import Decimal

from audience.english.amounts import bounds
from audience.english.context import World, type_of
from audience.english.kept_deeds import Said
from audience.english.literals.items import Ever, Item, Number, Range
from audience.english.schema import Entry, stemmed
from audience.english.times import event_filters, is_time
from audience.english.tokens import stem_set
from audience.query import Aggregate, Boolean, Comparison, Events, Literal, Reducer, Trait


def trial_said(world: World, said: Said, *, accounts: bool) -> tuple[Boolean, Entry] | None:
    """The condition on the one field or event that keeps what was said of a trial, and the field."""
    if not _TRIAL & set(said.every):
        return None
    times = [each for each in said.items if is_time(each) and not isinstance(each, Ever)]
    none = [each for each in said.items if isinstance(each, Range | Number) and _is_none(each)]
    rest = len(said.items) - len(times) - len(none)
    if len(times) > 1 or rest > sum(isinstance(each, Ever) for each in said.items):
        return None
    denied = said.denied != bool(none)
    stage = _stage(said, denied=denied)
    if stage is None or (times and stage in ("now", "none")):
        return None
    if stage == "ended" and not times:
        return None  # "whose trial ended" may go on: "without …"
    people = world.lexicon.accounts if accounts else world.lexicon.users
    kept = [each for each in people if _TRIAL & set(each.words)]
    if not times:
        known = [made for each in kept if (made := _known(each, stage)) is not None]
        if known:
            return known[0] if len(known) == 1 else None
    return _happened(world.lexicon.events, stage, times)


def _is_none(item: Range | Number) -> bool:
    zero = bounds(item) == [("equals", Decimal(0))]
    return zero and not any(letter.isdigit() for letter in item.text)


def _stage(said: Said, *, denied: bool) -> str | None:
    """What is said of the trial: it is on, was converted, has ended, or there was none."""
    told = said.told - _TRIAL - _SMALL
    every = set(said.every)
    paid = bool(_PAID & every)
    became = _CONVERTED & every or (paid and _TURNED & every)
    if not denied and became and told <= _CONVERTED | _TURNED | _PAID:
        return "converted"
    if paid:
        return None
    if not denied and _ENDED & told and told <= _ENDED:
        return "ended"
    if denied and told <= _HAD:
        return "none"
    return "now" if not denied and not told and _HERE & set(said.lows) else None


def _known(entry: Entry, stage: str) -> tuple[Boolean, Entry] | None:
    left = Trait(entry.field.name)
    kind = type_of(entry)
    if kind == "text":
        values = getattr(getattr(entry.field, "stats", None), "values", ())
        meant = [each for each in values if set(stemmed(each)) & _VALUES[stage]]
        if len(meant) == 1:
            return Comparison(left, "equals", (Literal(meant[0]),)), entry
    if kind == "boolean" and stage == "now" and set(entry.words) <= _TRIAL | _FLAG:
        return Comparison(left, "equals", (Literal("true"),)), entry
    if kind in ("date", "timestamp") and stage == "none":
        return Comparison(left, "absent"), entry
    return None


def _happened(events: list[Entry], stage: str, times: list[Item]) -> tuple[Boolean, Entry] | None:
    """What the one event of it says; who never had a trial is known by the event of its start."""
    wanted = _EVENTS.get(stage)
    if wanted is None:
        return None
    found = [each for each in events if _TRIAL & set(each.words) and wanted & set(each.words)]
    if len(found) != 1:
        return None
    left = Aggregate(Events(found[0].field.name, tuple(event_filters(times))), Reducer("count"))
    operator, number = ("equals", 0) if stage == "none" else ("at_least", 1)
    return Comparison(left, operator, (Literal(Decimal(number)),)), found[0]


_TRIAL = stem_set("trial", "trialing", "trialling", "trials")
_CONVERTED = stem_set("converted", "convert", "converter", "converters", "conversion")
_TURNED = stem_set("turned", "went", "became", "moved", "switched", "into", "to")
_PAID = stem_set("paid", "paying", "pay", "subscription", "subscriber", "plan", "customer")
_ENDED = stem_set(
    "ended", "end", "expired", "expire", "finished", "over", "lapsed", "runout", "out"
)
_HAD = stem_set(
    "had",
    "have",
    "took",
    "taken",
    "tried",
    "try",
    "use",
    "started",
    "been",
    "ever",
    "get",
    "got",
    "do",
)
_SMALL = stem_set(
    "free",
    "period",
    "us",
    "right",
    "moment",
    "current",
    "currently",
    "now",
    "still",
    "user",
    "date",
)
_HERE = frozenset(["on", "in", "still", "currently", "now", "moment", "trialling", "trialing"])
_FLAG = stem_set("is", "in", "on", "has", "active", "current", "flag", "user", "free")
_VALUES = {
    "now": stem_set("running", "active", "current", "ongoing", "trialing", "trialling", "open"),
    "converted": _CONVERTED | stem_set("paid", "paying", "subscribed", "won"),
    "ended": stem_set("ended", "expired", "finished", "lapsed", "over"),
    "none": stem_set("none", "never", "no"),
}
_EVENTS = {
    "converted": _CONVERTED | stem_set("paid"),
    "ended": stem_set("ended", "expired", "finished"),
    "none": stem_set("started", "begun", "start"),
}
