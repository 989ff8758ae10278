"""What Chainlit gets where it asks for the code of a card.

Chainlit compiles one file a card, and a card can import none of its own. A card whose folder stands
next to its file (`ReviewCard.jsx`, `ReviewCard/`) is sent with the folder's files after it: one
program, in which functions and constants of all files know each other. `_standing.jsx` comes last: it
shows the function that has the name of the card, with what it says as `props`.
"""

from __future__ import annotations

import re
from pathlib import Path

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_CARD = re.compile(r"/public/elements/([A-Z]\w*)\.jsx")


class Elements:
    """Answers what asks for a card."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self._app, self._folder = app, folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = _CARD.fullmatch(scope["path"]) if scope["type"] == "http" else None
        card = self._folder / f"{asked[1]}.jsx" if asked else None
        if card is None or scope["method"] != "GET" or not card.is_file():
            await self._app(scope, receive, send)
            return
        parts = sorted(card.with_suffix("").glob("*.jsx"))
        files = [card, *parts, self._folder / "_standing.jsx"]
        code = "\n".join(each.read_text(encoding="utf-8") for each in files)
        code += f"export default standing({card.stem!r}, {card.stem})\n"
        await Response(code, media_type="text/javascript")(scope, receive, send)
