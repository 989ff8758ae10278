"""Many chats side by side on one server, each of which builds and saves an audience of its own."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from tests.ui.conftest import Server
from tests.ui.sockets import Chat, chat, visitor


@dataclass(frozen=True)
class Built:
    """What one chat came to: its number, what its card said and the seconds until it did."""

    number: int
    query: str
    reach: int
    key: str
    seconds: float


def prompt_of(number: int) -> str:
    return f"Customers who have orders greater than ${20 + number}."


async def crowd(server: Server, chats: int, name: str) -> list[Built]:
    """`chats` people at once, each in a chat of their own; they all start together."""
    async with visitor(server.url) as http:
        start = asyncio.Event()
        ready = asyncio.Semaphore(0)

        async def one(number: int) -> Built:
            async with chat(http) as page:
                ready.release()
                await start.wait()
                return await _built(page, number, f"{name} {number}")

        running = [asyncio.create_task(one(number)) for number in range(chats)]
        for _ in running:
            await ready.acquire()
        start.set()
        return list(await asyncio.gather(*running))


async def _built(page: Chat, number: int, name: str) -> Built:
    begun = perf_counter()
    await page.say(prompt_of(number))
    review = await page.card("review")
    seconds = perf_counter() - begun
    decision = {"type": "approve", "name": name}
    answer = await page.click("review", interrupt_id=review["interrupt_id"], decision=decision)
    assert answer.status_code == 200, answer.text
    saved: dict[str, Any] = await page.card("saved")
    assert saved["name"] == name
    assert saved["query"] == review["query"]
    assert len(page.cards("review")) == 1, "another chat's card"
    return Built(number, review["query"], review["reach"], saved["key"], seconds)


def p95(built: list[Built]) -> float:
    """Seconds within which 95 of 100 answers came."""
    ordered = sorted(each.seconds for each in built)
    return ordered[max(0, -(-95 * len(ordered) // 100) - 1)]
