"""Which fields hold personal data."""

from __future__ import annotations

import pytest

from audience.catalog import FieldType
from workspace.personal import Holder, is_personal, looks_personal


@pytest.mark.parametrize(
    ("name", "kind", "holder", "personal"),
    [
        ("email", "text", "user", True),
        ("workEmail", "text", "user", True),
        ("recipient_email", "text", "event", True),
        ("name", "text", "user", True),
        ("name", "text", "event", False),
        ("name", "text", "account", False),
        ("address.street", "text", "user", True),
        ("phone", "number", "user", True),
        ("email_opt_in", "boolean", "user", False),
        ("phone", "boolean", "user", False),
        ("emails_sent", "number", "user", False),
        ("email_subject", "text", "event", False),
        ("city", "text", "user", False),
        ("postal_code", "text", "user", False),
        ("order_id", "text", "event", False),
    ],
)
def test_by_name(name: str, kind: FieldType, holder: Holder, personal: bool) -> None:
    column = name.replace(".", "_").lower()
    assert is_personal(name, column, kind, holder) is personal


def test_a_yes_and_a_no_are_nobodys_address() -> None:
    assert not is_personal("opt_in_email", "opt_in_email", "text", "user", ["Y", "N"])
    assert is_personal("opt_in_email", "opt_in_email", "text", "user", ["Y", "a@example.com"])
    assert is_personal("work_email", "work_email", "text", "user", [])


@pytest.mark.parametrize(
    ("value", "personal"),
    [
        ("ada@example.com", True),
        ("+34 600 111 222", True),
        ("(202) 555-0110", True),
        ("202-555-0110", True),
        ("4111 1111 1111 1111", True),
        ("4111111111111112", False),
        ("192.168.0.1", True),
        ("2026-05-01", False),
        ("10000085475", False),
        ("gold", False),
        ("1.5", False),
        ("", False),
    ],
)
def test_by_value(value: str, personal: bool) -> None:
    assert looks_personal(value) is personal


def test_a_third_of_the_values_is_enough() -> None:
    assert is_personal("x", "x", "text", "event", ["a@b.example", "one", "two"])
    assert not is_personal("x", "x", "text", "event", ["a@b.example", "one", "two", "three"])
    assert not is_personal("x", "x", "number", "event", ["a@b.example"])
