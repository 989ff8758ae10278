"""Values for people: money, numbers, dates and lengths of time, in American English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, localcontext
from zoneinfo import ZoneInfo

from audience.catalog import FieldType, PropertyField, TraitField
from audience.nearest import snake_case
from audience.query import Duration, Literal
from audience.text import plain
from audience.values import MOST_DIGITS, BadValue, Cast, cast, month_of, shortened

LOCALE = "en_US"
LONGEST_VALUE = 80
_DIGITS = 2 * MOST_DIGITS  # Babel counts in decimals of the context, 28 digits by default

_MONEY = frozenset(
    [
        "amount",
        "balance",
        "bill",
        "budget",
        "cost",
        "costs",
        "discount",
        "fee",
        "fees",
        "income",
        "ltv",
        "aov",
        "clv",
        "money",
        "paid",
        "pay",
        "payment",
        "price",
        "prices",
        "profit",
        "refund",
        "revenue",
        "salary",
        "sales",
        "shipping",
        "spend",
        "spending",
        "spent",
        "subtotal",
        "tax",
        "taxes",
        "total",
        "turnover",
        "value",
        "worth",
    ]
)
_NOT_MONEY = frozenset(
    [
        "average_days",
        "count",
        "counts",
        "day",
        "days",
        "duration",
        "hours",
        "id",
        "ids",
        "items",
        "level",
        "minutes",
        "number",
        "orders",
        "percent",
        "percentage",
        "pct",
        "points",
        "products",
        "qty",
        "quantity",
        "rank",
        "rate",
        "rating",
        "ratio",
        "score",
        "seconds",
        "sessions",
        "share",
        "units",
        "visits",
        "weight",
        "weeks",
        "months",
        "years",
    ]
)
_MONEY_IN_DESCRIPTION = re.compile(
    r"\b(money|currency|dollars?|euros?|pounds?|price|revenue|usd|eur|gbp|spent)\b", re.IGNORECASE
)
_NAMING = frozenset(["code", "id", "ids", "number", "postcode", "sku", "year", "zip"])
_HUNDREDTHS = frozenset(["cents", "pence", "minor"])
_IN_HUNDREDTHS = re.compile(
    r"(\b(in|as|of) |\()((euro|us) )?(cents|pence|minor units)\b", re.IGNORECASE
)
_DURATION_IN_DESCRIPTION = re.compile(
    r"\b(seconds?|minutes?|hours?|time (spent|taken|watched))\b", re.IGNORECASE
)
_PLAIN_TEXT = re.compile(r"[\w$€£%@#][\w$€£%@#&+./:'’-]*( [\w$€£%@#&+./:'’-]+)*")
_JOINING = re.compile(r"\b(and|or|not|where|is|set)\b", re.IGNORECASE)


def is_money(field: TraitField | PropertyField | None) -> bool:
    """Whether a field's numbers are amounts of money, as far as its name and description tell."""
    if field is None or field.type != "number" or in_hundredths(field):
        return False
    words = set(snake_case(field.name).split("_"))
    if words & _NOT_MONEY:
        return bool(words & {"spent", "revenue", "price"}) and not words & {"count", "number"}
    if words & _MONEY:
        return True
    return bool(_MONEY_IN_DESCRIPTION.search(field.description)) and not is_duration(field)


def is_naming(name: str) -> bool:
    """Whether a field's numbers name something, as years and codes do: they are said digit by digit."""
    words = snake_case(name).split("_")
    head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
    return head in _NAMING and not (head == "number" and "of" in words)


def is_duration(field: TraitField | PropertyField) -> bool:
    """Whether a field's numbers are lengths of time, which are spent as money is."""
    named = set(snake_case(field.name).split("_")) & _MONEY
    return not named and bool(_DURATION_IN_DESCRIPTION.search(field.description))


def in_hundredths(field: TraitField | PropertyField) -> bool:
    """Whether the field holds money in cents, as far as its name and description tell."""
    if field.type != "number":
        return False
    named = snake_case(field.name).split("_")[-1] in _HUNDREDTHS
    return named or bool(_IN_HUNDREDTHS.search(field.description))


def value_words(
    value: Literal,
    type: FieldType | None,
    *,
    timezone: str,
    money: str | None = None,
    naming: bool = False,
) -> str:
    """A constant as a person would write it; `money` is the currency of an amount.

    `naming`: a number is said digit by digit, see `is_naming`.
    """
    if type is None:
        return text_words(value.value if isinstance(value.value, str) else plain(value.value))
    try:
        known: Cast = cast(value, type, timezone)
    except BadValue:
        return text_words(value.value if isinstance(value.value, str) else plain(value.value))
    match known:
        case bool():
            return "true" if known else "false"
        case Decimal():
            return money_words(known, money) if money else number_words(known, naming=naming)
        case datetime():
            return moment_words(known, timezone)
        case date():
            return date_words(known)
        case _:
            return text_words(known)


def text_words(text: str) -> str:
    """A text as it stands; in quotes where it could be taken for a part of the sentence."""
    line = shortened(re.sub(r"\s+", " ", text), LONGEST_VALUE)
    if line != text or not _PLAIN_TEXT.fullmatch(text) or _JOINING.search(text):
        return f"“{line}”"
    return line


def country_name(text: str, field: str) -> str | None:
    """Spain for ES, where the field that has the value says that it is one of countries."""
    if "country" not in snake_case(field).split("_") or not re.fullmatch("[A-Z]{2}", text):
        return None
    from babel import Locale

    name: str | None = Locale.parse(LOCALE).territories.get(text)
    return name


def number_words(number: Decimal, *, naming: bool = False) -> str:
    """1,234.5; every digit is said. What is `naming` has no marks between thousands."""
    from babel.numbers import format_decimal

    with localcontext() as context:
        context.prec = _DIGITS
        whole = "0" if naming else "#,##0"
        return format_decimal(number, format=f"{whole}.{'#' * MOST_DIGITS}", locale=LOCALE)


def money_words(number: Decimal, currency: str) -> str:
    """$1,234.50; an amount of more decimals than the currency has keeps them."""
    from babel.numbers import format_currency, get_currency_precision

    if not re.fullmatch("[A-Z]{3}", currency):
        return f"{number_words(number)} {currency}"
    with localcontext() as context:
        context.prec = _DIGITS
        places = -int(number.normalize().as_tuple().exponent)
        exact = places <= get_currency_precision(currency)
        return format_currency(number, currency, locale=LOCALE, decimal_quantization=exact)


def date_words(day: date) -> str:
    from babel.dates import format_date

    return format_date(day, format="long", locale=LOCALE)


def day_words(day: date) -> str:
    """September 7."""
    from babel.dates import format_date

    return format_date(day, format="MMMM d", locale=LOCALE)


def whole_month_words(day: date) -> str:
    """September 2026."""
    from babel.dates import format_date

    return format_date(day, format="MMMM y", locale=LOCALE)


def moment_words(moment: datetime, timezone: str) -> str:
    """An instant in the workspace's zone; a midnight there is only its date."""
    from babel.dates import format_time

    zone = ZoneInfo(timezone)
    local = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(zone)
    day = date_words(local.date())
    if (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0):
        return day
    # Babel puts a narrow no-break space before AM and PM.
    style = "h:mm a" if local.second == local.microsecond == 0 else "h:mm:ss a"
    clock = format_time(local.time(), format=style, locale=LOCALE).replace("\u202f", " ")
    return f"{day} at {clock} {'UTC' if timezone == 'UTC' else f'({timezone})'}"


def duration_words(duration: Duration) -> str:
    """7 days, 1 day, 48 hours."""
    unit = duration.unit if duration.amount == 1 else f"{duration.unit}s"
    return f"{number_words(Decimal(duration.amount))} {unit}"


def month_words(value: Literal) -> str:
    from babel.dates import get_month_names

    try:
        return str(get_month_names("wide", locale=LOCALE)[month_of(value)])
    except BadValue:
        return f"month {value.value if isinstance(value.value, str) else plain(value.value)}"


def listed(words: Sequence[str], last: str = "or") -> str:
    """a, b or c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
