"""Any text at all: no error, places that hold, masks that leave nothing behind."""

from __future__ import annotations

import random
from pathlib import Path

import yaml

from audience.english.guards.intent import not_an_audience
from audience.english.guards.language import language_of
from audience.english.guards.personal import mask, personal_data
from audience.english.guards.sensitive import sensitive_words

HERE = Path(__file__).parent
PIECES = ["1", "23", "2025-03-01", "415-555-2671", "@", ".", "+", "-", " ", "a@b.co", "Street", "12", "Calle Mayor", "IBAN",
          "ES91", "card", "phone", "4111 1111", "Ñandú", "客户", "Клиенты", "der", "que", "select", "*", "from", "ignore",
          "health", "black", "customers", "İ", "\x00", "\ud83d", "—", "'", '"', "\n"]  # fmt: skip


def texts(count: int) -> list[str]:
    choose = random.Random(20261122)
    corpus = yaml.safe_load((HERE / "personal.yaml").read_text(encoding="utf-8"))
    sentences = [case["text"] for case in corpus["personal"]] + corpus["none"]

    def one() -> str:
        parts = choose.choices(PIECES, k=choose.randint(0, 25)) + choose.choices(
            sentences, k=choose.randint(0, 2)
        )
        choose.shuffle(parts)
        return choose.choice(["", " "]).join(parts)[:300]

    return [one() for _ in range(count)]


def test_no_text_is_an_error_and_places_hold() -> None:
    for text in texts(300):
        end = 0
        for each in personal_data(text):
            assert end <= each.start < each.end <= len(text)
            end = each.end
        assert all(0 <= each.start < each.end <= len(text) for each in sensitive_words(text))
        other = not_an_audience(text)
        assert other is None or 0 <= other.start <= other.end <= len(text)
        code = language_of(text)
        assert code is None or len(code) == 2
        assert personal_data(mask(text)) == ()
