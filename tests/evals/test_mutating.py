"""2,000 random and mutated prompts: no exception, no offset astray, no draft that leaves words over."""

from __future__ import annotations

import pytest

from evals.dataset import load
from evals.mutating import Found, mutated, try_all
from tests.audience.english.worlds import request

PROMPTS = [case.prompt for case in load(split="train")]
WORLDS = ("store", "telecom", "saas", "museum", "clinic")


@pytest.mark.parametrize("world", WORLDS)
def test_whatever_is_typed_is_answered(world: str) -> None:
    seed = WORLDS.index(world)
    found = try_all(mutated(PROMPTS, 2_000 // len(WORLDS), seed), request(world, ""), Found())
    assert found.errors == []
    assert sum(found.statuses.values()) == 2_000 // len(WORLDS)
    assert {"clarify", "refused"} <= set(found.statuses)
    assert len(found.slowest) == 5


def test_a_seed_makes_the_same_prompts() -> None:
    assert list(mutated(PROMPTS, 40, 3)) == list(mutated(PROMPTS, 40, 3))
    assert list(mutated(PROMPTS, 40, 3)) != list(mutated(PROMPTS, 40, 4))


def test_an_error_is_told_with_its_prompts() -> None:
    class Broken:
        def find(self, text: str, k: int = 10) -> list[object]:
            raise RuntimeError("no index")

    own = request("store", "")
    broken = type(own)(own.prompt, own.catalog, Broken(), own.as_of)  # type: ignore[arg-type]
    found = try_all(iter([("people who own a purple tractor",)]), broken, Found())
    assert found.statuses == {"error": 1}
    assert found.to_json()["errors"][0]["prompts"] == ["people who own a purple tractor"]
