"""Where the events of each user lie in a table that an import has sorted by user: one run a user.

With it, how many of some rows each user has is a sum over marks in the order of the table, where an engine
groups the rows by the user's id and joins that with the users.
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
    """The row numbers of users, and by turns where the run of each begins and where it has ended, as event
    row numbers. `whole`: no row of somebody else lies within one; where one does, nothing can be counted."""

    users: Numbers
    bounds: Numbers
    whole: bool

    @property
    def nbytes(self) -> int:
        return int(self.users.nbytes + self.bounds.nbytes)

    def counts(self, rows: Numbers, size: int) -> Numbers:
        """How many of the events in `rows`, in any order, each of `size` users has, by the user's row number."""
        import numpy

        # In the smallest type that holds the longest run: a sum in another type copies all the marks.
        longest = int((self.bounds[1::2] - self.bounds[::2]).max(initial=0))
        ends = max(rows.max(initial=0), self.bounds.max(initial=0))
        marks = numpy.zeros(ends + 1, dtype=numpy.min_scalar_type(longest))
        marks[rows] = 1
        counts = numpy.zeros(size, dtype=numpy.int64)
        if len(self.users):
            counts[self.users] = numpy.add.reduceat(marks, self.bounds, dtype=marks.dtype)[::2]
        return counts


def runs_of(database: DuckDatabase, event: EventField) -> Runs:
    """Reads the runs of one event. Raises `workspace.database.DatabaseError`."""
    import numpy

    from audience.compiler import compile_runs

    found = database.columns(compile_runs(event, database))
    order = found["first"].argsort()  # so that sums go from one place to the next
    users, first, last = (found[each][order] for each in ("user", "first", "last"))
    whole = bool((last - first + 1 == found["events"][order]).all())
    return Runs(users, numpy.column_stack((first, last + 1)).ravel(), whole)
