"""The index over fields, with real Chroma, real vectors and a real SQLite."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import ascii_lowercase
from typing import ClassVar

import numpy as np
import pytest

from audience.catalog import Catalog, EventField, Field, PropertyField, TraitField, ValueStats
from workspace.documents import documents, in_words
from workspace.embedding import BuiltinEmbedding, EmbeddingUnavailable
from workspace.index import FieldIndex
from workspace.opening import Workspace
from workspace.persons import LOCAL
from workspace.settings import Settings, load_settings
from workspace.store import Store
from workspace.terms import VERSION, TermsNotAccepted


def stats(*values: str, personal: bool = False) -> ValueStats:
    return ValueStats(values, complete=True, distinct=len(values), personal=personal)


ORDER = EventField(
    "Order Completed",
    "order_completed",
    (
        PropertyField("Order Completed", "total", "total", "number", "Order value with tax"),
        PropertyField(
            "Order Completed", "category", "category", "text", stats=stats("shoes", "tents")
        ),
    ),
    "A purchase was made.",
)
EVENTS = (
    ORDER,
    EventField("emailOpened", "email_opened", (), "Someone opened a campaign's message."),
    EventField("signed_up", "signed_up"),
    EventField("Checkout Started", "checkout_started"),
    EventField("evt_17", "evt_17", (), "A subscription was cancelled."),
    EventField("Ticket Refunded", "ticket_refunded"),
)
TRAITS = (
    TraitField("country", "country", "text", stats=stats("ES", "Spain", "New Zealand")),
    TraitField("birthday", "birthday", "date"),
    TraitField("orders_count", "orders_count", "number", description="How often they bought"),
    TraitField("email", "email", "text", stats=stats("ana@example.com", personal=True)),
    TraitField("__proto__", "__proto__", "text"),
    TraitField('a "quoted" * name', "quoted", "text"),
    TraitField("<script>🎉", "script", "text"),
)
CATALOG = Catalog(
    events=EVENTS,
    user_traits=TRAITS,
    account_traits=(TraitField("plan", "plan", "text", "account", stats=stats("pro", "free")),),
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load_settings(home=tmp_path_factory.mktemp("home"), embedding="builtin")


def index_of(catalog: Catalog, settings: Settings) -> FieldIndex:
    return FieldIndex(Workspace("shop", settings.home, catalog), settings)


@pytest.fixture(scope="module")
def index(settings: Settings) -> FieldIndex:
    return index_of(CATALOG, settings)


def named(field: Field) -> str:
    return f"{field.event}.{field.name}" if isinstance(field, PropertyField) else field.name


def names(index: FieldIndex, text: str, k: int = 3) -> list[str]:
    return [named(each.field) for each in index.find(text, k)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("order completed", "Order Completed"),
        ("people who purchased something", "Order Completed"),
        ("signup", "signed_up"),
        ("opened an email", "emailOpened"),
        ("opnened an emial", "emailOpened"),
        ("began checking out", "Checkout Started"),
        ("cancelled their subscription", "evt_17"),
        ("evt_17", "evt_17"),
        ("got their money back for a ticket", "Ticket Refunded"),
        ("birthday next week", "birthday"),
        ("birthdya", "birthday"),
        ("date of birth", "birthday"),
        ("lives in New Zealand", "country"),
        ("bought tents", "Order Completed.category"),
        ("order value over 100 dollars in the last 30 days", "Order Completed.total"),
        ("subscription tier of the company", "plan"),
        ("__proto__", "__proto__"),
    ],
)
def test_fields_are_found_by_meaning_words_spelling_and_values(
    index: FieldIndex, text: str, expected: str
) -> None:
    assert expected in names(index, text)


def test_the_name_itself_comes_first(index: FieldIndex) -> None:
    for field in CATALOG.fields():
        said = f"{field.event} {field.name}" if isinstance(field, PropertyField) else field.name
        if in_words(said) and field.name != "email":
            assert names(index, said)[0] == named(field), said


def test_scores_fall_and_lie_between_0_and_1(index: FieldIndex) -> None:
    scores = [each.score for each in index.find("people who bought shoes", 8)]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] <= scores[0] <= 1


def test_another_process_or_a_new_build_gives_the_same_answer(
    index: FieldIndex, settings: Settings, tmp_path: Path
) -> None:
    texts = ["people who bought shoes", "who cancelled", "email", "spain"]
    answers = [index.find(text, 8) for text in texts]
    again = index_of(CATALOG, settings)
    anew = index_of(CATALOG, load_settings(home=tmp_path))
    assert [again.find(text, 8) for text in texts] == answers
    assert [anew.find(text, 8) for text in texts] == answers


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "* OR (",
        "NEAR(a b)",
        "name:x",
        "'; DROP TABLE fields; --",
        "\x00",
        "🎉",
        "\ud800x",
        "注文",
        "a" * 9999,
    ],
)
def test_hostile_words_find_something_or_nothing_and_do_no_harm(
    index: FieldIndex, text: str
) -> None:
    assert len(index.find(text, 5)) <= 5
    assert names(index, "country", 1) == ["country"]


def test_nothing_is_found_for_nothing(index: FieldIndex) -> None:
    assert index.find("", 5) == ()
    assert index.find("  \n ", 5) == ()
    assert index.find("country", 0) == ()


def test_personal_values_are_not_in_the_index(index: FieldIndex, settings: Settings) -> None:
    index.prepare()
    for file in (settings.home / "indexes").rglob("*"):
        assert not file.is_file() or b"ana@example.com" not in file.read_bytes()


def test_a_catalog_without_fields_has_an_index_that_finds_nothing(tmp_path: Path) -> None:
    assert index_of(Catalog(), load_settings(home=tmp_path)).find("anything", 5) == ()


def folders(settings: Settings) -> list[Path]:
    return [each for each in (settings.home / "indexes" / "shop").iterdir() if each.name[0] != "."]


def test_a_changed_catalog_has_another_index_and_only_what_changed_is_embedded(
    tmp_path: Path,
) -> None:
    settings = load_settings(home=tmp_path)
    index_of(CATALOG, settings).prepare()
    (before,) = folders(settings)
    kept, changed = "country", "birthday"
    texts = {each.field.name: each.meaning for each in documents(CATALOG)}
    mark = np.full(256, 1 / 16, np.float32).tobytes()
    with sqlite3.connect(before / "vectors.sqlite") as cache:
        for name in (kept, changed):
            cache.execute("UPDATE vectors SET vector = ? WHERE text = ?", (mark, texts[name]))
    cache.close()

    described = tuple(
        replace(each, description="The day somebody was born") if each.name == changed else each
        for each in CATALOG.user_traits
    )
    index = index_of(replace(CATALOG, user_traits=described), settings)
    assert names(index, "the day somebody was born")[0] == "birthday"
    (after,) = set(folders(settings)) - {before}
    with sqlite3.connect(after / "vectors.sqlite") as cache:
        vectors = dict(cache.execute("SELECT text, vector FROM vectors"))
    cache.close()
    assert vectors[texts[kept]] == mark
    assert mark not in [vector for text, vector in vectors.items() if text != texts[kept]]


def test_old_indexes_go_and_those_in_use_keep_answering(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    first = index_of(Catalog(user_traits=TRAITS[:1]), settings)
    assert names(first, "country") == ["country"]
    for number in range(2, 5):
        index_of(Catalog(user_traits=TRAITS[:number]), settings).prepare()
    assert len(folders(settings)) == 2
    assert names(first, "nation") == ["country"]


def test_what_a_killed_build_left_behind_goes_with_the_next(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    left = tmp_path / "indexes" / "shop" / ".0123-4567"
    left.mkdir(parents=True)
    (left / "words.sqlite").write_bytes(b"half")
    assert names(index_of(CATALOG, settings), "country", 1) == ["country"]
    assert not left.exists()


BUILD = """
import sys
from pathlib import Path
from audience.catalog import Catalog, TraitField
from workspace.index import FieldIndex
from workspace.opening import Workspace
from workspace.settings import load_settings
from workspace.persons import LOCAL
home = Path(sys.argv[1])
traits = tuple(TraitField(f"trait_{n}", f"trait_{n}", "text") for n in range(50))
index = FieldIndex(Workspace("shop", home, Catalog(user_traits=traits)), load_settings(home=home))
print(index.find("trait 7", 1)[0].field.name)
"""


def test_processes_that_build_at_once_share_one_index(tmp_path: Path) -> None:
    waiting = [
        subprocess.Popen([sys.executable, "-c", BUILD, str(tmp_path)], stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    assert [each.communicate()[0].strip() for each in waiting] == [b"trait_7"] * 2
    (built,) = (tmp_path / "indexes" / "shop").iterdir()
    assert built.name[0] != "."


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("orderCompleted_v2", "order completed v 2"),
        ("HTTPServerError", "http server error"),
        ("évènement_créé", "évènement créé"),
        ("注文完了", "注文完了"),
        ("__proto__", "proto"),
        ("🎉", ""),
    ],
)
def test_names_of_any_style_are_split_into_words(name: str, words: str) -> None:
    assert in_words(name) == words


def test_the_embedding_is_of_unit_length_and_survives_its_own_config() -> None:
    embedding = BuiltinEmbedding.build_from_config(BuiltinEmbedding().get_config())
    vectors = np.array(embedding(["country of residence", ""]))
    assert vectors.shape == (2, 256)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert embedding.name() == BuiltinEmbedding.name()


class Embeddings(BaseHTTPRequestHandler):
    """An OpenAI-compatible server: the vector of a text is how often each letter occurs in it."""

    received: ClassVar[list[str]] = []
    broken = False

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]
        self.received.extend(asked)
        data = [
            {
                "object": "embedding",
                "index": at,
                "embedding": [text.count(c) + 0.01 for c in ascii_lowercase],
            }
            for at, text in enumerate(asked)
        ]
        body = json.dumps({"object": "list", "data": data, "model": "letters"}).encode()
        self.send_response(500 if self.broken else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing on standard error."""


@pytest.fixture
def letters(tmp_path: Path) -> Iterator[Settings]:
    """Settings with an outside embedding."""
    Embeddings.received.clear()
    Embeddings.broken = False
    server = ThreadingHTTPServer(("127.0.0.1", 0), Embeddings)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/v1"
    yield load_settings(home=tmp_path, embedding="letters", openai_base_url=address)
    server.shutdown()
    server.server_close()


def test_an_outside_embedding_needs_the_terms_and_never_gets_personal_values(
    letters: Settings,
) -> None:
    with pytest.raises(TermsNotAccepted):
        names(index_of(CATALOG, letters), "birthday")
    assert Embeddings.received == []
    Store(letters.store_url).accept_terms("shop", VERSION, person=LOCAL)
    assert names(index_of(CATALOG, letters), "birthday", 1) == ["birthday"]
    assert any("shoes" in text for text in Embeddings.received)
    assert not any("ana@" in text for text in Embeddings.received)


def test_an_outside_embedding_that_fails_is_an_error_and_leaves_nothing_behind(
    letters: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store(letters.store_url).accept_terms("shop", VERSION, person=LOCAL)
    monkeypatch.setattr(Embeddings, "broken", True)
    with pytest.raises(EmbeddingUnavailable):
        names(index_of(CATALOG, letters), "birthday")
    assert list((letters.home / "indexes" / "shop").iterdir()) == []
    monkeypatch.setattr(Embeddings, "broken", False)
    assert names(index_of(CATALOG, letters), "birthday", 1) == ["birthday"]
