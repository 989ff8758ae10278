"""What something took: by the clock, and of the processors."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter, process_time


@dataclass(frozen=True)
class Took:
    """Seconds, or a ratio of them: by the clock, and of the time of all processors, which says more
    where other programs take turns on the same cores."""

    clock: float
    processors: float

    @staticmethod
    def now() -> Took:
        return Took(perf_counter(), process_time())

    def since(self) -> Took:
        """From this moment to now."""
        return Took.now() - self

    def __truediv__(self, other: Took) -> Took:
        return Took(self.clock / other.clock, self.processors / other.processors)

    def __add__(self, other: Took) -> Took:
        return Took(self.clock + other.clock, self.processors + other.processors)

    def __sub__(self, other: Took) -> Took:
        return Took(self.clock - other.clock, self.processors - other.processors)
