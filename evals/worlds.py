"""The workspaces that the corpus speaks of, made once and imported by the door that all come in by.

They lie under `<MUSTER_HOME>/evals/`, beside nothing of the marketer's own, and are made anew when
what makes them has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from audience.problems import MusterError
from evals.dataset import DATASETS
from evals.workspaces import NAMES, make
from tools.context import ToolContext
from workspace.locks import locked
from workspace.opening import Progress, silent
from workspace.persons import LOCAL
from workspace.settings import Settings, load_settings

_CHECKOUT = Path(__file__).parent.parent
_IMPORT = (
    "importer.py", "loading.py", "source.py", "columns.py", "plan.py", "catalog_reader.py", "catalog_values.py",
    "catalog_store.py", "personal.py",
)  # fmt: skip
WORKSPACES = ("shop", "grocer", *NAMES)


class UnknownWorld(MusterError):
    """No workspace of this name belongs to the evaluation."""

    code = "unknown_workspace"


def maker(name: str) -> Callable[[Path], object]:
    """What writes the folder of this workspace."""
    if name == "shop":
        from workspace.shop import make_shop

        return make_shop
    if name == "grocer":
        from workspace.grocer import make_grocer

        return make_grocer
    return partial(make, name)


def eval_settings(model: str | None = None, *, own: bool = False) -> Settings:
    """The installation's settings, with the evaluation's home and database, or with its `own`."""
    base = load_settings(model=model)
    if own:
        return base
    return base.model_copy(update={"home": base.home / "evals", "database_url": None})


def prepare(names: Sequence[str], settings: Settings, progress: Progress = silent) -> None:
    """Makes and imports what is not there yet or was made by other code, and saves its audiences."""
    unknown = sorted(set(names) - set(WORKSPACES))
    if unknown:
        raise UnknownWorld(
            f"The evaluation has no workspace called {unknown[0]}. It has: {', '.join(WORKSPACES)}."
        )
    settings.home.mkdir(parents=True, exist_ok=True)
    with locked(settings.home / "made.lock"):
        record = settings.home / "made.json"
        made = json.loads(record.read_text("utf-8")) if record.exists() else {}
        for number, name in enumerate(names):
            mark = _fingerprint(name)
            if made.get(name) != mark or not (settings.home / "workspaces" / name).exists():
                progress(f"Making {name}", number / len(names))
                _make(name, settings)
                made[name] = mark
                record.write_text(json.dumps(made, indent=1), "utf-8")
            save_audiences(name, settings)


def accept_terms(names: Sequence[str], settings: Settings) -> None:
    """For these workspaces, whose people are made up or published, and for nothing else."""
    from workspace.store import Store
    from workspace.terms import VERSION

    store = Store(settings.store_url)
    for name in names:
        if store.accepted_terms(name, VERSION) is None:
            store.accept_terms(name, VERSION, person=LOCAL)


def open_world(name: str, settings: Settings) -> ToolContext:
    """The tools' view of one prepared workspace."""
    return ToolContext.open(settings, name)


def _make(name: str, settings: Settings) -> None:
    from workspace.importer import import_folder

    with TemporaryDirectory(prefix="muster-") as scratch:
        folder = Path(scratch) / name
        folder.mkdir()
        maker(name)(folder)
        import_folder(folder, settings.home, name, replace=True, progress=silent)


def save_audiences(name: str, settings: Settings, translated: Callable[[str], str] = str) -> None:
    """Saves what `datasets/audiences.yaml` says, in place of what stood there before."""
    said = yaml.safe_load((DATASETS / "audiences.yaml").read_text("utf-8")).get(name, [])
    wanted = [
        {"name": each["name"], "query": translated(each["query"]), "type": each.get("type")}
        for each in said
    ]
    context = open_world(name, settings)
    there = context.store.audiences(name)
    if [(each.name, each.query) for each in there] == [(w["name"], w["query"]) for w in wanted]:
        return
    from audience.validator import bind

    for old in there:
        context.store.delete_audience(name, old.key, person=context.person)
    for each in wanted:
        bound = bind(each["query"], context.catalog, audience_type=each["type"])
        context.store.save_audience(
            name,
            each["name"],
            "",
            each["query"],
            bound.type,
            bound.kind,
            None,
            person=context.person,
        )


def _fingerprint(name: str) -> str:
    digest = hashlib.sha256(name.encode())
    paths = [_CHECKOUT / "workspace" / each for each in _IMPORT]
    if name in ("shop", "grocer"):
        paths.append(_CHECKOUT / "workspace" / f"{name}.py")
        demo = sorted((_CHECKOUT / "workspace" / "demo").rglob("*"))
        paths.extend(path for path in demo if path.suffix in (".py", ".yaml"))
    else:
        paths.append(_CHECKOUT / "evals" / "workspaces" / "making.py")
        paths.append(_CHECKOUT / "evals" / "workspaces" / f"{name}.py")
    for path in paths:
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()
