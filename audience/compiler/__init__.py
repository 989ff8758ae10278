"""A bound audience as Ibis expressions, so that it runs wherever Ibis does.

    compile_members     the ids of those who are in it
    compile_counts      how many they are, and what each condition keeps, in one pass
    compile_answers     for each subject: is it in, and which conditions hold for it

Text of a query gets into an expression as a constant only, names only as names of columns that the
catalog holds. An engine is told neither the date nor the zone: instants are constants.
"""

from __future__ import annotations

from audience.compiler.counts import Counts, compile_answers, compile_counts, compile_members
from audience.compiler.job import Tables

__all__ = ["Counts", "Tables", "compile_answers", "compile_counts", "compile_members"]
