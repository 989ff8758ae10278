"""A bound audience as Ibis expressions, so that it runs wherever Ibis does.

    compile_members     the ids of those who are in it
    compile_counts      how many they are, and what each condition keeps, in one query
    compile_answers     for one of them: is it in, which conditions hold, and what decides
    compile_flags       for whom each condition holds, to be kept and counted elsewhere
    compile_rows        the same of one condition: only those for whom it holds
    compile_counted     which events a count counts, and with
    compile_runs        whose they are, to be counted elsewhere
    compile_sample      a few members with the traits that the audience compares
    count_meets         whether a count meets a condition
    texts_of            the texts of a query, which an engine gets as bound values

Text of a query gets into an expression as a constant only, names only as names of columns that the
catalog holds. An engine is told neither the date nor the zone: instants are constants.
"""

from __future__ import annotations

from audience.compiler.counts import (
    Counts,
    compile_answers,
    compile_counted,
    compile_counts,
    compile_flags,
    compile_members,
    compile_rows,
    compile_runs,
    compile_sample,
)
from audience.compiler.job import Tables, count_meets, texts_of

__all__ = [
    "Counts",
    "Tables",
    "compile_answers",
    "compile_counted",
    "compile_counts",
    "compile_flags",
    "compile_members",
    "compile_rows",
    "compile_runs",
    "compile_sample",
    "count_meets",
    "texts_of",
]
