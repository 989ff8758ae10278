"""Cards that are too large for one file.

Chainlit compiles one file a card, and a card can import none of its own. A card whose folder stands
next to its file (`ReviewCard.jsx`, `ReviewCard/`) is sent with the folder's files after it: one
program, in which functions and constants of all files know each other.
"""

from __future__ import annotations

import re
from pathlib import Path

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_CARD = re.compile(r"/public/elements/(\w+)\.jsx")


class Elements:
    """Answers what asks for a card of several files."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self._app, self._folder = app, folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = _CARD.fullmatch(scope["path"]) if scope["type"] == "http" else None
        parts = sorted((self._folder / asked[1]).glob("*.jsx")) if asked else []
        if asked is None or not parts or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        files = [self._folder / f"{asked[1]}.jsx", *parts]
        code = "\n".join(each.read_text(encoding="utf-8") for each in files)
        await Response(code, media_type="text/javascript")(scope, receive, send)
