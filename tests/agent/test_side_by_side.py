"""Many chats on one session: each gets its own answer, and saves its own audience."""

from __future__ import annotations

import asyncio

from agent.session import Session
from tests.agent.driving import Talk
from workspace.store import Store

CHATS = 12


async def test_chats_do_not_mix(session: Session) -> None:
    async def chat(number: int) -> tuple[str, int]:
        talk = Talk(session, f"thread-{number}")
        await talk.say(f"Customers who have orders greater than ${50 + 10 * number}")
        query, reach = talk.review["query"], talk.review["reach"]
        assert f"> {50 + 10 * number})" in query
        await talk.say(f"save it as Chat {number}")
        assert talk.card("saved")["query"] == query
        return query, reach

    answers = await asyncio.gather(*(chat(number) for number in range(CHATS)))
    reaches = [reach for _, reach in answers]
    assert reaches == sorted(reaches, reverse=True)  # a higher bound never has more people
    there = Store(session.tools().settings.store_url).audiences("shop")
    assert {each.name: each.query for each in there} == {
        f"Chat {number}": query for number, (query, _) in enumerate(answers)
    }
