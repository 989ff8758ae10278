"""Where imported workspaces lie: one folder per version, and a link that says which one counts.

`HOME/workspaces/<name>` is a symbolic link to `HOME/workspaces/.versions/<name>-<id>/`. A new version
is built aside and put in place by one rename, so that whoever reads meanwhile sees the old one or the
new one, whole. A version that somebody holds stays until the next import.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from audience.problems import MusterError
from workspace.locks import locked

LONGEST = 60  # characters of a name


class InvalidName(MusterError):
    """A name that cannot be a workspace's."""

    code = "invalid_name"


class WorkspaceExists(MusterError):
    """An import under the name of a workspace that there is, without leave to replace it."""

    code = "workspace_exists"


def checked_name(name: str) -> str:
    """`name` without white space around it.

    Raises `InvalidName` for what cannot be the name of a folder.
    """
    name = name.strip()
    if (
        not name
        or len(name) > LONGEST
        or name.startswith((".", "-"))
        or "/" in name
        or "\\" in name
        or not name.isprintable()
    ):
        raise InvalidName(
            f"{name[:LONGEST]!r} cannot be the name of a workspace. Give another one with --name: up "
            f"to {LONGEST} letters, digits, spaces, - or _."
        )
    return name


def check_free(home: Path, name: str, *, replace: bool) -> None:
    """Raises `WorkspaceExists` when there is a workspace of this name and it may not be replaced."""
    if not replace and os.path.lexists(home / "workspaces" / name):
        raise WorkspaceExists(
            f"There is a workspace called {name}. Import with --replace to replace it, or with --name "
            "to give this one another name."
        )


@contextmanager
def new_version(home: Path, name: str, *, replace: bool) -> Iterator[Path]:
    """A folder to build a version of workspace `name` in.

    It takes the place of the present version when the block ends well, and is removed when not.
    """
    versions = home / "workspaces" / ".versions"
    try:
        versions.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MusterError(f"{home} cannot be written to ({error.strerror}).") from error
    check_free(home, name, replace=replace)
    folder = versions / f"{name}-{uuid.uuid4().hex}"
    with ExitStack() as held:
        with locked(versions / f"{name}.lock"):
            folder.mkdir()
            building = held.enter_context((folder / "building").open("wb"))
            fcntl.flock(building, fcntl.LOCK_EX)
        try:
            yield folder
            with locked(versions / f"{name}.lock"):
                check_free(home, name, replace=replace)
                _point(home / "workspaces" / name, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    with locked(versions / f"{name}.lock"):
        _remove_others((home / "workspaces" / name).resolve(), name)


class Hold:
    """Keeps a version from being removed for as long as somebody refers to this."""

    def __init__(self, version: Path) -> None:
        self._file: int | None = None
        with suppress(OSError):  # a folder that no import has made
            self._file = os.open(version / "building", os.O_RDONLY)
            fcntl.flock(self._file, fcntl.LOCK_SH)  # its builder lets go once it is in place

    def __del__(self) -> None:
        if self._file is not None:
            os.close(self._file)


def _point(link: Path, folder: Path) -> None:
    """Makes `link` lead to `folder`, at once for everyone who looks."""
    fresh = folder / "link"
    fresh.symlink_to(Path(".versions") / folder.name)
    os.replace(fresh, link)


def _remove_others(kept: Path, name: str) -> None:
    """Removes the versions of `name` that nobody builds or holds: old ones, and what a crash left."""
    for other in kept.parent.iterdir():
        if other == kept or other.name.rpartition("-")[0] != name or not other.is_dir():
            continue
        with suppress(OSError), (other / "building").open("ab") as building:
            fcntl.flock(building, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(other, ignore_errors=True)
