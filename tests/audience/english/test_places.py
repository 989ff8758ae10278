"""States are told by their names and codes."""

from __future__ import annotations

import pycountry

from audience.english.data import load
from audience.english.places import kind, same_place


def test_every_state_is_there_by_its_iso_code() -> None:
    states = {
        each.code: each.name
        for each in pycountry.subdivisions
        if each.country_code in ("US", "CA", "AU")
    }
    assert {code: names[0] for code, names in load("places.yaml")["states"].items()} == states


def test_a_state_is_found_by_its_name_its_code_and_who_lives_there() -> None:
    for said in ("new york", "us ny", "ny", "new yorkers"):
        assert "state" in [kind(each) for each in same_place(said)]
