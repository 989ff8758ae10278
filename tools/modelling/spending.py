"""What asking models costs: tokens, seconds and, where prices are set, money."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from workspace.locks import locked
from workspace.settings import Settings

_MILLION = 1_000_000


@dataclass(frozen=True)
class Spent:
    """The requests of one audience, together."""

    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0

    def __add__(self, other: Spent) -> Spent:
        return Spent(
            self.requests + other.requests,
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.seconds + other.seconds,
        )

    def money(self, settings: Settings) -> float | None:
        """In the currency of the prices; None where none are set."""
        if settings.price_in is None or settings.price_out is None:
            return None
        of = self.tokens_in * settings.price_in + self.tokens_out * settings.price_out
        return of / _MILLION

    def words(self, settings: Settings) -> str:
        """ "2 requests, 812 tokens in, 40 out, 3.1 s, 0.0021 in money": for owners."""
        requests = "1 request" if self.requests == 1 else f"{self.requests:,} requests"
        money = self.money(settings)
        parts = [requests, f"{self.tokens_in:,} tokens in", f"{self.tokens_out:,} out"]
        if not self.tokens_in:
            parts[1:] = ["tokens not told by the server"]
        parts.append(f"{self.seconds:.1f} s")
        if money is not None:
            parts.append(f"{money:.4f} at the prices that are set")
        return ", ".join(parts)


_now: ContextVar[list[Spent] | None] = ContextVar("spent", default=None)


@contextmanager
def metered() -> Iterator[list[Spent]]:
    """What is spent inside the block, one after the other. A block around it has it too."""
    spent: list[Spent] = []
    around = _now.get()
    token = _now.set(spent)
    try:
        yield spent
    finally:
        _now.reset(token)
        if around is not None:
            around.extend(spent)


def spend(settings: Settings, spent: Spent) -> None:
    """Writes down one request: for the block that meters it, and for the sum of all time."""
    meter = _now.get()
    if meter is not None:
        meter.append(spent)
    path = _path(settings)
    with locked(path.with_suffix(".lock")):
        sums = _sums(path)
        before = sums.get(settings.model, Spent())
        sums[settings.model] = before + spent
        path.write_text(json.dumps({name: vars(each) for name, each in sums.items()}), "utf-8")


def spent_so_far(settings: Settings) -> dict[str, Spent]:
    """By model, since this home was made."""
    return _sums(_path(settings))


def total(spent: list[Spent]) -> Spent:
    return sum(spent, Spent())


def _sums(path: Path) -> dict[str, Spent]:
    try:
        return {name: Spent(**each) for name, each in json.loads(path.read_text("utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _path(settings: Settings) -> Path:
    return settings.home / "models" / "spent.json"
