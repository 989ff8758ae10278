"""One row per operator. Reader, printer, validator, describer, editor, compiler and prompts read this table.

`words` is how the describer says it after the field, with `{0}` for the values; `negated` is the same
under a NOT. `model` is how a prompt for a language model explains it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from audience.catalog import FieldType

ValueKind = Literal["same", "text", "duration", "moment", "month"]

ANY_TYPE: frozenset[FieldType] = frozenset(
    {"text", "number", "boolean", "date", "timestamp", "list"}
)
ORDERED: frozenset[FieldType] = frozenset({"number", "date", "timestamp"})
TEXTUAL: frozenset[FieldType] = frozenset({"text", "list"})
DATED: frozenset[FieldType] = frozenset({"date", "timestamp"})


@dataclass(frozen=True)
class Operator:
    """A comparator: how it is written, what it takes, what it means in words."""

    key: str  # the method's name
    symbol: str | None
    types: frozenset[FieldType]  # of the left side
    value: ValueKind
    arity: tuple[int, int | None]  # least and most values; None: no limit
    words: str
    model: str
    complement: str | None = (
        None  # the comparator that holds when this one does not, of a set value
    )
    extension: bool = False  # not in Segment's language
    negated: str = ""  # `words` under a NOT, where a missing value counts as well
    dated: str | None = None  # `words` of a date or a time, where they differ


def _table(*rows: Operator) -> Mapping[str, Operator]:
    return {row.key: row for row in rows}


OPERATORS: Mapping[str, Operator] = _table(
    Operator("equals", "=", ANY_TYPE, "same", (1, 1), "is {0}", "equal to", "differs", negated="is not {0} (or not set)"),
    Operator("differs", "!=", ANY_TYPE, "same", (1, 1), "is set and is not {0}", "set and not equal to", "equals", negated="is {0} or is not set"),
    Operator("greater_than", ">", ORDERED, "same", (1, 1), "is more than {0}", "greater than", "at_most", negated="is not more than {0} (or not set)", dated="is after {0}"),
    Operator("at_least", ">=", ORDERED, "same", (1, 1), "is at least {0}", "at least", "less_than", negated="is not at least {0} (or not set)", dated="is on or after {0}"),
    Operator("less_than", "<", ORDERED, "same", (1, 1), "is less than {0}", "less than", "at_least", negated="is not less than {0} (or not set)", dated="is before {0}"),
    Operator("at_most", "<=", ORDERED, "same", (1, 1), "is at most {0}", "at most", "greater_than", negated="is not at most {0} (or not set)", dated="is on or before {0}"),
    Operator("absent", None, ANY_TYPE, "same", (0, 0), "is not set", "the value is missing", "exists", negated="is set"),
    Operator("exists", None, ANY_TYPE, "same", (0, 0), "is set", "the value is present", "absent", negated="is not set"),
    Operator("contains", None, TEXTUAL, "text", (1, None), "contains {0}", "contains one of these texts", "omits", negated="does not contain {0} (or is not set)"),
    Operator("omits", None, TEXTUAL, "text", (1, None), "is set and does not contain {0}", "contains none of these texts", "contains", negated="contains {0} or is not set"),
    Operator("starts_with", None, TEXTUAL, "text", (1, None), "starts with {0}", "starts with one of these texts", negated="does not start with {0} (or is not set)"),
    Operator("ends_with", None, TEXTUAL, "text", (1, None), "ends with {0}", "ends with one of these texts", negated="does not end with {0} (or is not set)"),
    Operator("one_of", None, ANY_TYPE, "same", (1, None), "is {0}", "one of these values", "none_of", negated="is not {0} (or not set)"),
    Operator("none_of", None, ANY_TYPE, "same", (1, None), "is set and is not {0}", "set and none of these values", "one_of", negated="is {0} or is not set"),
    Operator("before_date", None, DATED, "moment", (1, 1), "is before {0}", "before this date", None, negated="is not before {0} (or not set)"),
    Operator("after_date", None, DATED, "moment", (1, 1), "is after {0}", "after this date", None, negated="is not after {0} (or not set)"),
    Operator("within_last", None, DATED, "duration", (1, 1), "is in the last {0}", "in the last N days", negated="is not in the last {0} (or not set)"),
    Operator("within_next", None, DATED, "duration", (1, 1), "is in the next {0}", "in the next N days", negated="is not in the next {0} (or not set)"),
    Operator("before_last", None, DATED, "duration", (1, 1), "is at least {0} ago", "N days ago or longer", negated="is not at least {0} ago (or not set)"),
    Operator("after_next", None, DATED, "duration", (1, 1), "is at least {0} from now", "N days from now or later", negated="is not at least {0} from now (or not set)"),
    Operator("anniversary_within_next", None, DATED, "duration", (1, 1), "has its yearly return in the next {0}", "the yearly return is in the next N days", extension=True, negated="does not have its yearly return in the next {0} (or is not set)"),
    Operator("anniversary_within_last", None, DATED, "duration", (1, 1), "had its yearly return in the last {0}", "the yearly return was in the last N days", extension=True, negated="did not have its yearly return in the last {0} (or is not set)"),
    Operator("anniversary_month", None, DATED, "month", (1, 1), "falls in {0} of any year", "the month of the date, 1 to 12", extension=True, negated="does not fall in {0} of any year (or is not set)"),
)  # fmt: skip

BY_SYMBOL: Mapping[str, Operator] = {
    row.symbol: row for row in OPERATORS.values() if row.symbol is not None
} | {"==": OPERATORS["equals"]}
