"""Where the events of each user lie in a table that an import has sorted by user: one run a user.

With it, how many of some rows each user has takes two searches in a sorted array, where an engine groups
the rows by the user's id and joins that with the users.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audience.catalog import EventField
    from workspace.database import DuckDatabase

    Numbers = Any  # a numpy array of whole numbers


@dataclass(frozen=True)
class Runs:
    """The row numbers of users, and of the first and the last event of each. `whole`: no row of
    somebody else lies between; where one does, nothing can be counted with it."""

    users: Numbers
    first: Numbers
    last: Numbers
    whole: bool

    @property
    def nbytes(self) -> int:
        return int(self.users.nbytes + self.first.nbytes + self.last.nbytes)

    def counts(self, rows: Numbers, size: int) -> Numbers:
        """How many of the events in `rows` each of `size` users has, by the user's row number."""
        import numpy

        ordered = numpy.sort(rows, kind="stable")  # which takes no time where they are in order
        after = numpy.searchsorted(ordered, self.last, side="right")
        counts = numpy.zeros(size, dtype=numpy.int64)
        counts[self.users] = after - numpy.searchsorted(ordered, self.first)
        return counts


def runs_of(database: DuckDatabase, event: EventField) -> Runs:
    """Reads the runs of one event. Raises `workspace.database.DatabaseError`."""
    from audience.compiler import compile_runs

    found = database.columns(compile_runs(event, database))
    order = found["first"].argsort()  # so that searches go from one place to the next
    users, first, last = (found[each][order] for each in ("user", "first", "last"))
    whole = bool((last - first + 1 == found["events"][order]).all())
    return Runs(users, first, last, whole)
