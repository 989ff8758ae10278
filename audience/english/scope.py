"""The frames of all pieces put together: what AND, OR, "but", "except" and "who" reach over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from audience.english.frames import EventFrame, Frame, TraitFrame, negation
from audience.english.of_subject import of_subject
from audience.english.pieces import Connector, Op
from audience.english.sequences import with_sequences
from audience.english.shared import Assume, share
from audience.english.tree_edits import originated
from audience.query import And, Boolean, Comparison, Or, Origin, Span, joined, with_origin

Tree = Boolean | None
Placer = Callable[[set[int]], tuple[Span, ...]]
_TOGETHER = "“And” puts these groups together: everybody in any of them."


@dataclass
class Unit:
    """What one piece came to: frames that must all hold, or a parenthesis."""

    connector: Connector
    frames: list[Frame] = field(default_factory=list)
    inner: list[Unit] = field(default_factory=list)
    spent: bool = False  # what it said went into the frame before it

    @property
    def says(self) -> bool:
        return bool(self.frames or self.inner)


class Scope:
    """Puts units together; `spans` turns places of words into spans of the prompt."""

    def __init__(self, spans: Placer, turn: int, assume: Assume) -> None:
        self.spans = spans
        self.assume = assume
        self.turn = turn
        self.tight: type[And] | type[Or] = And
        self.unread: set[int] = set()
        self.mixed = False  # AND and OR meet with nothing to tell which comes first

    def tree(self, units: Sequence[Unit]) -> Tree:
        rows = of_subject(_settled(list(units)))
        steps = with_sequences(rows, self.unread)
        self.unread |= _back_again(steps)
        tree = self._lines(share(steps, self.assume))
        return None if tree is None else _once(tree)

    # From the loosest to the tightest -----------------------------------------------------------

    def _lines(self, units: list[Unit]) -> Tree:
        parts = _cut(units, lambda unit: unit.connector.line)
        if len(parts) > 1:
            either = any(part[0].connector.op == "or" for part in parts[1:])
            if any(part[0].connector.group for part in parts[1:]):
                return self._added(parts)
            return _join(Or if either else And, [self._exclusions(part) for part in parts])
        return self._exclusions(units)

    def _added(self, lines: list[list[Unit]]) -> Tree:
        """Lines of which some begin "plus anyone who …": beside all that the lines before came to."""
        tree: Tree = None
        for line in lines:
            kind = Or if line[0].connector.group else And
            tree = _join(kind, [tree, self._exclusions(_opened(line))])
        return tree

    def _exclusions(self, units: list[Unit]) -> Tree:
        parts = _cut(units, lambda unit: unit.connector.minus)
        if not parts:
            return None
        trees = []
        for place, part in enumerate(parts):
            if part[0].connector.minus:
                tree = self._excluded(part)
                trees.append(None if tree is None else no(tree))
            elif place == 0:
                trees.append(self._groups(part))
        return _join(And, trees)

    def _groups(self, units: list[Unit]) -> Tree:
        """ "gold members, plus anyone who ordered twice": everybody in any of the groups."""
        parts = _cut(units, lambda unit: unit.connector.group)
        if len(parts) > 1:
            self.assume(_TOGETHER)
            parts = [_opened(part) for part in parts]
        return _join(Or, [self._turns(part) for part in parts])

    def _excluded(self, units: list[Unit]) -> Tree:
        """ "except A and B", "except A and those who B": in a list of those kept out, "and" means either."""
        loose = []
        one = False  # within "anyone who A and B": both are said of the same people
        for unit in units:
            connector = unit.connector
            one = connector.relative or (one and (connector.verbal or _are_events(unit)))
            apart = (connector.subject and not connector.verbal) or not one
            if connector.op in ("and", "comma") and apart:
                connector = replace(connector, op="or")
            loose.append(replace(unit, connector=connector))
        first = replace(loose[0], connector=replace(loose[0].connector, minus=False, op="none"))
        return self._turns([first, *loose[1:]])

    def _turns(self, units: list[Unit]) -> Tree:
        parts = _cut(units, lambda unit: unit.connector.but)
        return _join(And, [self._nouns(part) for part in parts])

    def _nouns(self, units: list[Unit]) -> Tree:
        """ "customers who … or subscribers who …"."""
        parts = _cut(units, lambda unit: unit.connector.subject and unit.connector.op == "or")
        return _join(Or, [self._clauses(part) for part in parts])

    def _clauses(self, units: list[Unit]) -> Tree:
        """What stands side by side: before the noun, after it, and each "who"."""
        if any(unit.connector.aside for unit in units[1:]):
            apart = _cut(units, lambda unit: unit.connector.aside)
            return _join(Or, [self._clauses(_opened(part)) for part in apart])
        parts = _cut(
            units,
            lambda unit: (
                unit.connector.opens or (unit.connector.relative and not unit.connector.either)
            ),
        )
        done: list[tuple[str, Boolean]] = []
        for part in parts:
            tree = self._sequence(part)
            if tree is not None:
                connector = part[0].connector
                loose = connector.relative and connector.op in ("and", "or")
                done.append((connector.op if loose else "none", tree))
        return self._loosely(done)

    def _loosely(self, done: list[tuple[str, Boolean]]) -> Tree:
        """ "… who A or who B": relative clauses bind to each other before they meet the rest."""
        rows: list[Tree] = []
        group: list[Boolean] = []
        for op, tree in done:
            if op == "or" and group:
                group.append(tree)
                continue
            if group:
                rows.append(_either(group))
            group = [tree]
        if group:
            rows.append(_either(group))
        return _join(And, rows)

    def _sequence(self, units: list[Unit]) -> Tree:
        """Units joined by and/or: pure lists, or mixed ones."""
        rows: list[tuple[str, Boolean, Unit]] = []
        for unit in _with_places(units):
            tree = self._unit(unit)
            if tree is not None:
                op = unit.connector.op if rows else "none"
                rows.append(("or" if op == "or" else "and", tree, unit))
        if not rows:
            return None
        ops = {op for op, _, _ in rows[1:]}
        if ops == {"and"} and _adds_up([unit for _, _, unit in rows]):
            self.assume(_TOGETHER)
            return _either([tree for _, tree, _ in rows])
        if ops <= {"and"}:
            return _join(And, [tree for _, tree, _ in rows])
        if ops == {"or"}:
            return _either([tree for _, tree, _ in rows])
        return self._mixed(rows)

    def _mixed(self, rows: list[tuple[str, Boolean, Unit]]) -> Tree:
        """AND and OR together: a comma before one of them, or "either", parts the list there."""
        commas = [
            place for place, (_, _, unit) in enumerate(rows) if place and unit.connector.comma
        ]
        ops = {rows[place][0] for place in commas}
        rest = {op for place, (op, _, _) in enumerate(rows) if place and place not in commas}
        if len(ops) == 1 and len(rest) == 1 and ops != rest:
            loose = ops.pop()
            return self._grouped(rows, loose)
        starts = [place for place, (_, _, unit) in enumerate(rows) if unit.connector.either]
        if starts:
            return self._grouped(rows, "and")
        shared = [
            place
            for place, (op, _, unit) in enumerate(rows)
            if op == "or" and place and _is_short(rows[place - 1][2])
        ]
        if shared and len(shared) == sum(op == "or" for op, _, _ in rows[1:]):
            return self._grouped(rows, "and")
        self.mixed = True
        return self._grouped(rows, "or" if self.tight is And else "and")

    def _grouped(self, rows: list[tuple[str, Boolean, Unit]], loose: str) -> Tree:
        groups: list[list[Boolean]] = [[]]
        for place, (op, tree, _) in enumerate(rows):
            if place and op == loose:
                groups.append([])
            groups[-1].append(tree)
        if loose == "or":
            return _either([joined(And, tuple(group)) for group in groups])
        return joined(And, tuple(_either(group) for group in groups))

    def _unit(self, unit: Unit) -> Tree:
        if unit.inner:
            inner = Scope(self.spans, self.turn, self.assume)
            inner.tight = self.tight
            tree = inner.tree(unit.inner)
            self.mixed = self.mixed or inner.mixed
            self.unread |= inner.unread
            return tree
        return _join(And, [self._placed(frame) for frame in unit.frames])

    def _placed(self, frame: Frame) -> Boolean:
        if isinstance(frame, EventFrame) and frame.cues and _is_unheld(frame):
            self.unread |= frame.cues  # "first", "last" with nothing to hold it to
        return originated(frame.build(), Origin(self.turn, self.spans(frame.places)))


def _back_again(units: Sequence[Unit]) -> set[int]:
    """ "upgraded in March, downgraded again by June": where "again" is after another thing, and says
    that they went back, not that it happened twice."""
    told: list[EventFrame] = []
    unclear = set[int]()
    for unit in units:
        frames = [each for each in unit.frames if isinstance(each, EventFrame)]
        for frame in frames:
            if (
                frame.repeated
                and frame.counts
                and told
                and not any(each.entry is frame.entry for each in told)
            ):
                unclear |= frame.repeated
        told += frames
    return unclear


def _is_unheld(frame: EventFrame) -> bool:
    """Whether a "first" or a "last" has nothing to hold to, or not what came after it."""
    if frame.nth:
        return not frame.is_plain()
    told = frame.where and frame.tells_of_one()
    held = frame.times or told or frame.method == "sum"  # "spent 500 on their last stay"
    return not frame.times and (not held or frame.child is not None)


def _is_short(unit: Unit) -> bool:
    """A verb that shares what follows the next one: "opened or clicked an email"."""
    return (
        len(unit.frames) == 1
        and isinstance(unit.frames[0], EventFrame)
        and unit.frames[0].bare_verb
    )


def _adds_up(units: Sequence[Unit]) -> bool:
    """ "marketers in Germany, and engineers in India": nobody is both, so each is a group."""
    first = [unit.frames[0] for unit in units if unit.frames and not unit.inner]
    if len(first) != len(units) or any(len(unit.frames) < 2 for unit in units):
        return False
    entry = first[0].entry if isinstance(first[0], TraitFrame) else None
    values = [
        str(frame.tree.values)
        for frame in first
        if isinstance(frame, TraitFrame)
        and entry is not None
        and frame.entry is entry
        and getattr(entry.field, "type", "") == "text"
        and isinstance(frame.tree, Comparison)
        and frame.tree.operator == "equals"
        and not frame.negated
    ]
    return len(values) == len(units) == len(set(values))


def _with_places(units: list[Unit]) -> list[Unit]:
    """ "women in New York or California": a city or a state, and women in either of them."""
    kept: list[Unit] = []
    for unit in units:
        before = kept[-1] if kept else None
        if before is None or unit.connector.op != "or":
            kept.append(unit)
        elif before.inner and _is_one_more(before.inner[-1].frames, unit):
            before.inner.append(unit)
        elif len(before.frames) > 1 and not before.inner and _is_one_more(before.frames, unit):
            first = Unit(Connector(), [before.frames[-1]])
            kept[-1] = replace(before, frames=before.frames[:-1])
            kept.append(Unit(Connector(op="and"), inner=[first, unit]))
        else:
            kept.append(unit)
    return kept


def _is_one_more(frames: Sequence[Frame], unit: Unit) -> bool:
    """ "women in New York or California", "men aged 18 to 25 or 65 to 80": more of the same list."""
    if not frames or len(unit.frames) != 1 or unit.inner:
        return False
    last, frame = frames[-1], unit.frames[0]
    if _is_place(unit) and _names_place(last):
        return True
    return (
        isinstance(last, TraitFrame)
        and isinstance(frame, TraitFrame)
        and last.entry is not None
        and last.entry is frame.entry
        and not (last.negated or frame.negated or unit.connector.relative or unit.connector.comma)
    )


def _is_place(unit: Unit) -> bool:
    return len(unit.frames) == 1 and not unit.inner and _names_place(unit.frames[0])


def _names_place(frame: Frame) -> bool:
    """Nothing but the name of a country, a state or a city was said."""
    if not isinstance(frame, TraitFrame) or not frame.value_like or frame.negated:
        return False
    entry = frame.entry
    return entry is not None and (entry.role == "city" or entry.place in ("country", "state"))


def _opened(units: list[Unit]) -> list[Unit]:
    """`units` as the beginning of what they are a part of."""
    connector = replace(units[0].connector, aside=False, group=False, op="none")
    first = replace(units[0], connector=connector)
    return [first, *units[1:]]


def _cut(units: list[Unit], here: Callable[[Unit], bool]) -> list[list[Unit]]:
    parts: list[list[Unit]] = []
    for unit in units:
        if not parts or here(unit):
            parts.append([])
        parts[-1].append(unit)
    return parts


def _join(kind: type[And] | type[Or], trees: Sequence[Tree]) -> Tree:
    kept = [tree for tree in trees if tree is not None]
    return joined(kind, tuple(kept)) if kept else None


def _once(tree: Boolean) -> Boolean:
    """The same condition said twice ("returned or refunded") stands once, with the words of both."""
    if not isinstance(tree, And | Or):
        return tree
    kept: list[Boolean] = []
    for item in map(_once, tree.items):
        if item not in kept:
            kept.append(item)
            continue
        first = kept[kept.index(item)]
        spans = dict.fromkeys((*first.origin.spans, *item.origin.spans))
        kept[kept.index(item)] = with_origin(first, replace(first.origin, spans=tuple(spans)))
    return joined(type(tree), tuple(kept))


def _either(trees: list[Boolean]) -> Boolean:
    if len(trees) == 1:
        return trees[0]
    return joined(Or, tuple(trees))


def no(tree: Boolean) -> Boolean:
    """Nobody of these: an OR of exclusions becomes an AND of NOTs, which people read more easily."""
    if isinstance(tree, Or):
        return joined(And, tuple(no(item) for item in tree.items))
    kept = negation(tree)
    return with_origin(kept, tree.origin)


# Before anything is put together ---------------------------------------------------------------


def _settled(units: list[Unit]) -> list[Unit]:
    """A comma takes the connector of its list; empty units hand theirs on."""
    kept: list[Unit] = []
    carried: Connector | None = None
    for unit in units:
        if carried is not None:
            unit = replace(unit, connector=_both(carried, unit.connector))
            carried = None
        if unit.spent and unit.connector.subject and len(kept) == 1:
            kept[0] = replace(kept[0], connector=replace(kept[0].connector, subject=True))
        if not unit.says:
            carried = None if unit.spent else unit.connector
            continue
        kept.append(unit)
    for place, unit in enumerate(kept):
        if unit.connector.op == "comma":
            following: Op = next(
                (
                    later.connector.op
                    for later in kept[place + 1 :]
                    if later.connector.op in ("and", "or")
                ),
                "and",
            )
            kept[place] = replace(
                unit, connector=replace(unit.connector, op=following, comma=False)
            )
    return kept


def _both(old: Connector, new: Connector) -> Connector:
    """Two connectors with nothing between them."""
    op: Op = new.op if new.op in ("and", "or") else (old.op if old.op != "none" else new.op)
    return replace(
        new,
        op=op,
        but=old.but or new.but,
        minus=old.minus or new.minus,
        relative=new.relative or (old.relative and not new.post),
        line=old.line or new.line,
        either=old.either or new.either,
        subject=old.subject or new.subject,
        group=old.group or new.group,
        comma=old.comma or new.comma,
        then=old.then or new.then,
    )


def _are_events(unit: Unit) -> bool:
    return bool(unit.frames) and all(isinstance(each, EventFrame) for each in unit.frames)
