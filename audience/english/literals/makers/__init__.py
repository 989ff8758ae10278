"""What the rules make: importing this package registers every maker."""

from audience.english.literals.makers import amounts, dates, lengths, ranges, windows
from audience.english.literals.makers.registry import MAKERS

__all__ = ["MAKERS", "amounts", "dates", "lengths", "ranges", "windows"]
