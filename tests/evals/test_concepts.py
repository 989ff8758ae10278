"""The bank of concepts: sound to the last query, its companies drawn alike for a number, mostly understood."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evals.concepts.bank import area, areas
from evals.concepts.company import cases, drawn
from evals.concepts.measure import measure, table
from evals.workspaces.making import write

FEWEST_WAYS = 4  # companies that show nearly every way of keeping
LEAST_RIGHT, MOST_SILENT = 0.45, 0.06  # what is measured stands in evals/README.md


@pytest.mark.parametrize("name", areas())
def test_few_companies_show_every_way_of_keeping_and_every_meaning(name: str) -> None:
    whole = area(name)
    companies = [drawn(whole, number) for number in range(FEWEST_WAYS)]
    for concept in whole.concepts:
        shown = {each.ways[concept.name] for each in companies if concept.name in each.ways}
        assert len(shown) >= min(len(concept.ways), FEWEST_WAYS) - 1, concept.name
        held = {meaning for way in concept.ways for meaning in way.means}
        assert held == set(concept.said), concept.name


@pytest.mark.parametrize("name", areas())
def test_a_company_has_no_name_twice_and_each_gap_filled(name: str) -> None:
    company = drawn(area(name), 1)
    names = [each.key for each in company.world.traits]
    names += [each.name for each in company.world.events]
    assert len(set(names)) == len(names)
    asked = list(cases(area(name), company))
    assert len({case.id for case in asked}) == len(asked) > 100
    assert not [case.query for case in asked if re.search(r"[\[\]{}]", case.query or "")]
    assert all(len(case.prompt) >= 20 for case in asked)


def test_the_same_number_makes_the_same_company(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        write(drawn(area("shop"), 2).world, tmp_path / folder)
    made = sorted((tmp_path / "a").iterdir())
    assert len(made) > 3
    for path in made:
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_most_sentences_are_read_over_a_company_of_each_area(eval_home: Path) -> None:
    found = measure(areas(), (0,), "test")
    unsound = [each for each in found["unsound"] if not each.endswith("selects nobody")]
    assert unsound == []
    assert found["prompts"] > 300
    assert found["right"] >= LEAST_RIGHT
    assert found["outcomes"].get("silently wrong", 0) <= MOST_SILENT * found["prompts"]
    assert "| all |" in table(found)[-1]
