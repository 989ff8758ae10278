"""One workspace shared by many threads: the same prompts give the same answers as alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tools.build_conditions import build
from tools.context import ToolContext

PROMPTS = (
    "Customers in Spain who bought in the last 30 days",
    "Customers who don't have a phone number",
    "People who viewed a product at least 3 times and did not buy in the last 14 days",
    "Shoppers whose loyalty tier is gold or platinum",
    "Customers who spent more than $500 in the last 90 days",
    "Subscribers who clicked an email last month",
)


def test_builds_side_by_side_are_the_builds_alone(shop: ToolContext) -> None:
    with ThreadPoolExecutor(8) as pool:  # first, so that nothing is cached yet
        together = list(pool.map(lambda prompt: build(shop, prompt, members=True), PROMPTS * 4))
    alone = {
        prompt: build(ToolContext.open(shop.settings), prompt, members=True).to_json() | {"ms": 0}
        for prompt in PROMPTS
    }
    for prompt, answer in zip(PROMPTS * 4, together, strict=True):
        assert answer.to_json() | {"ms": 0} == alone[prompt]
