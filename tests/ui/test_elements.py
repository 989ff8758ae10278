"""What Chainlit gets as the code of a card."""

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
    for name in ("Large.jsx", "Large/b.jsx", "Large/a.jsx", "Small.jsx", "_standing.jsx"):
        (tmp_path / name).write_text(f"// {name}\n")
    said = await _asked(tmp_path, "/public/elements/Large.jsx")
    files = ["// Large.jsx", "// Large/a.jsx", "// Large/b.jsx", "// _standing.jsx"]
    assert said.split("\n\n") == [
        *files[:-1],
        f"{files[-1]}\nexport default standing('Large', Large)\n",
    ]
    said = await _asked(tmp_path, "/public/elements/Small.jsx")
    assert said.endswith("export default standing('Small', Small)\n")
    for path in ("Large/a.jsx", "None.jsx", "../Large.jsx", "Large.txt", "_standing.jsx"):
        assert await _asked(tmp_path, f"/public/elements/{path}") == "Chainlit's"


@pytest.mark.parametrize("file", [*FOLDER.glob("[A-Z]*.jsx")], ids=lambda each: each.stem)
def test_a_card_is_the_function_of_its_name(file: Path) -> None:
    code = file.read_text(encoding="utf-8")
    assert f"\nfunction {file.stem}({{ props: p" in f"\n{code}"
    assert "export " not in code


@pytest.mark.parametrize(
    "folder", [each for each in FOLDER.iterdir() if each.is_dir()], ids=lambda each: each.name
)
def test_only_the_first_file_of_a_card_imports(folder: Path) -> None:
    assert folder.with_suffix(".jsx").is_file()
    for part in folder.glob("*.jsx"):
        lines = part.read_text(encoding="utf-8").splitlines()
        assert not [each for each in lines if each.startswith(("import ", "export "))]
