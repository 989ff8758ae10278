"""A card of several files is sent as one."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from starlette.responses import PlainTextResponse

from ui.elements import Elements
from workspace.settings import CHECKOUT

FOLDER = CHECKOUT / "public" / "elements"


async def _asked(folder: Path, path: str) -> str:
    app = Elements(PlainTextResponse("Chainlit's"), folder)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
        return (await http.get(path)).text


async def test_a_card_goes_on_in_the_files_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "Large").mkdir()
    for name in ("Large.jsx", "Large/b.jsx", "Large/a.jsx", "Small.jsx"):
        (tmp_path / name).write_text(f"// {name}\n")
    said = await _asked(tmp_path, "/public/elements/Large.jsx")
    assert said.split("\n\n") == ["// Large.jsx", "// Large/a.jsx", "// Large/b.jsx\n"]
    for path in ("Small.jsx", "Large/a.jsx", "None.jsx", "../Large.jsx", "Large.txt"):
        assert await _asked(tmp_path, f"/public/elements/{path}") == "Chainlit's"


@pytest.mark.parametrize(
    "folder", [each for each in FOLDER.iterdir() if each.is_dir()], ids=lambda each: each.name
)
def test_only_the_first_file_of_a_card_imports_and_exports(folder: Path) -> None:
    assert folder.with_suffix(".jsx").is_file()
    for part in folder.glob("*.jsx"):
        lines = part.read_text(encoding="utf-8").splitlines()
        assert not [each for each in lines if each.startswith(("import ", "export "))]
