"""Names of fields and events as English words: the past of a participle, its verb, plurals, articles."""

from __future__ import annotations

import re

from audience.english.tokens import name_words

_IRREGULAR = {  # participle: verb, past
    "sent": ("send", "sent"), "spent": ("spend", "spent"), "bought": ("buy", "bought"),
    "paid": ("pay", "paid"), "made": ("make", "made"), "given": ("give", "gave"),
    "taken": ("take", "took"), "done": ("do", "did"), "driven": ("drive", "drove"),
    "spoken": ("speak", "spoke"), "broken": ("break", "broke"), "brought": ("bring", "brought"),
    "caught": ("catch", "caught"), "sought": ("seek", "sought"), "lent": ("lend", "lent"),
    "cancelled": ("cancel", "cancelled"), "enrolled": ("enrol", "enrolled"),
}  # fmt: skip


_WITH_E = frozenset([  # verbs that end in a mute e, as far as their participle goes
    "activat", "allocat", "appreciat", "approv", "archiv", "arriv", "authenticat", "bounc", "brows",
    "chang", "charg", "clos", "combin", "compar", "complet", "creat", "deactivat", "decid", "declin",
    "delet", "describ", "disput", "downgrad", "duplicat", "enquir", "escalat", "evaluat", "exchang",
    "execut", "expir", "explor", "fil", "financ", "generat", "hir", "improv", "includ", "indicat",
    "inquir", "invit", "invoic", "issu", "lik", "liv", "locat", "lodg", "lov", "manag", "measur",
    "merg", "messag", "mov", "nominat", "operat", "paus", "plac", "pledg", "postpon", "prepar",
    "produc", "promot", "provid", "purchas", "quot", "rais", "rat", "reactivat", "receiv", "reduc",
    "releas", "remov", "renam", "replac", "requir", "reschedul", "reserv", "resolv", "retir",
    "retriev", "revis", "sav", "schedul", "scor", "separat", "serv", "settl", "shar", "solv", "sourc",
    "stor", "subscrib", "terminat", "tim", "trad", "translat", "typ", "unsubscrib", "updat", "upgrad",
    "us", "validat", "vot",
])  # fmt: skip


def named(name: str) -> str:
    """ "orderTotal" → "order total"."""
    return " ".join(name_words(name)).lower()


def base_of(participle: str) -> str | None:
    """ "cancelled" → "cancel"; `None` where it is no participle that ends as most do."""
    if participle in _IRREGULAR:
        return _IRREGULAR[participle][0]
    if not participle.endswith("ed"):
        return None
    stem = participle[:-2]
    if stem in _WITH_E:
        return stem + "e"
    if stem.endswith("i"):
        return stem[:-1] + "y"
    doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "s"
    return stem[:-1] if doubled and not stem.endswith(("all", "ell", "ill", "oll")) else stem


def past_of(participle: str) -> str:
    return _IRREGULAR[participle][1] if participle in _IRREGULAR else participle


def plural_of(noun: str) -> str:
    if noun.endswith("s") and not noun.endswith("ss"):
        return noun
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(?:ss|x|ch|sh)$", noun) else "s")


def with_article(noun: str) -> str:
    """ "a plan", "an email", and "orders" as it is."""
    if noun.endswith("s") and not noun.endswith("ss"):
        return noun
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
