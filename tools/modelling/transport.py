"""The line to a model: no answer is longer, and none takes longer, than a whole one may."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator

import httpx2 as httpx  # as the client of openai uses

MOST_BYTES = 4_000_000


class BoundedTransport(httpx.HTTPTransport):
    """`seconds` for each request in all: a server that drips for ever keeps nobody waiting."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        until = time.monotonic() + self._seconds
        answer = super().handle_request(request)
        assert isinstance(answer.stream, httpx.SyncByteStream)
        answer.stream = _Bounded(answer.stream, until, request)
        return answer


class AsyncBoundedTransport(httpx.AsyncHTTPTransport):
    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        until = time.monotonic() + self._seconds
        answer = await super().handle_async_request(request)
        assert isinstance(answer.stream, httpx.AsyncByteStream)
        answer.stream = _AsyncBounded(answer.stream, until, request)
        return answer


class _Bounded(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, until: float, request: httpx.Request) -> None:
        self._stream, self._until, self._request = stream, until, request

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for piece in self._stream:
            size += len(piece)
            _check(size, self._until, self._request)
            yield piece

    def close(self) -> None:
        self._stream.close()


class _AsyncBounded(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream, until: float, request: httpx.Request) -> None:
        self._stream, self._until, self._request = stream, until, request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for piece in self._stream:
            size += len(piece)
            _check(size, self._until, self._request)
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()


def _check(size: int, until: float, request: httpx.Request) -> None:
    if size > MOST_BYTES:
        raise httpx.ReadError("The answer is endless.", request=request)
    if time.monotonic() > until:
        raise httpx.ReadTimeout("The answer takes too long.", request=request)
