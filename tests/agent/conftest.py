"""A session on the demo workspace, opened anew for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from agent.session import Session, open_session
from tests.agent.driving import Talk
from workspace.settings import Settings


@pytest_asyncio.fixture
async def session(shop_settings: Settings) -> AsyncIterator[Session]:
    async with open_session(shop_settings) as opened:
        yield opened


@pytest_asyncio.fixture
async def talk(session: Session) -> Talk:
    return Talk(session)
