"""(b) LangChain's self-query constructor, with a translator of its filters."""

from __future__ import annotations

from typing import Any

from langchain_classic.chains.query_constructor.base import load_query_constructor_runnable
from langchain_classic.chains.query_constructor.schema import AttributeInfo
from langchain_core.language_models import LLM
from langchain_core.structured_query import Comparison, FilterDirective, Operation, StructuredQuery

from evals.baselines import Asker
from evals.baselines.asking import MOST_TOKENS, in_query
from evals.baselines.flat import Attribute, attributes, condition
from evals.dataset import Case
from evals.scoring import Answered
from tools.context import ToolContext
from tools.modelling.client import ask
from workspace.settings import Settings


class _Model(LLM):
    """The model of the settings, so that its tokens are counted."""

    settings: Settings

    @property
    def _llm_type(self) -> str:
        return "muster-eval"

    def _call(self, prompt: str, stop: Any = None, run_manager: Any = None, **_: Any) -> str:
        messages = [{"role": "user", "content": prompt}]
        return ask(self.settings, messages, most=MOST_TOKENS).text


def asker(context: ToolContext) -> Asker:
    def ask_case(case: Case) -> Answered:
        known = {each.name: each for each in attributes(context.catalog, case.type == "accounts")}
        chain = load_query_constructor_runnable(
            _Model(settings=context.settings),
            "Customers of a company",
            [
                AttributeInfo(name=each.name, description=each.description, type=each.kind)
                for each in known.values()
            ],
        )

        def write(text: str) -> str:
            found: StructuredQuery = chain.invoke({"query": text})
            return "" if found.filter is None else translated(found.filter, known)

        return in_query(context, case, write)

    return ask_case


def translated(node: FilterDirective, known: dict[str, Attribute]) -> str:
    """A filter of LangChain's as text of our language. Raises `KeyError` and `ValueError`."""
    if isinstance(node, Comparison):
        return condition(known[node.attribute], node.comparator.value, node.value)
    if isinstance(node, Operation):
        parts = [f"({translated(each, known)})" for each in node.arguments]
        if node.operator.value == "not":
            return f"NOT {parts[0]}"
        return f" {node.operator.value.upper()} ".join(parts)
    raise ValueError(type(node).__name__)
