"""(c) LlamaIndex's auto-retriever: the filters that it would search with."""

from __future__ import annotations

from typing import Any

from llama_index.core import VectorStoreIndex
from llama_index.core.embeddings import MockEmbedding
from llama_index.core.indices.vector_store.retrievers import VectorIndexAutoRetriever
from llama_index.core.llms import CompletionResponse, CustomLLM, LLMMetadata
from llama_index.core.schema import QueryBundle
from llama_index.core.vector_stores.types import MetadataInfo, VectorStoreInfo

from evals.baselines import Asker
from evals.baselines.asking import MOST_TOKENS, in_query
from evals.baselines.flat import Attribute, attributes, condition
from evals.dataset import Case
from evals.scoring import Answered
from tools.context import ToolContext
from tools.modelling.client import ask
from workspace.settings import Settings

_COMPARISONS = {
    "==": "eq", "!=": "ne", ">": "gt", ">=": "gte", "<": "lt", "<=": "lte", "in": "in", "nin": "nin",
    "contains": "contain", "text_match": "contain", "text_match_insensitive": "contain",
}  # fmt: skip


class _Model(CustomLLM):
    """The model of the settings, so that its tokens are counted."""

    settings: Settings

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(context_window=16384, num_output=MOST_TOKENS)

    def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:
        messages = [{"role": "user", "content": prompt}]
        return CompletionResponse(text=ask(self.settings, messages, most=MOST_TOKENS).text)

    def stream_complete(self, prompt: str, formatted: bool = False, **_: Any) -> Any:
        raise NotImplementedError


def asker(context: ToolContext) -> Asker:
    index = VectorStoreIndex.from_documents([], embed_model=MockEmbedding(embed_dim=4))

    def ask_case(case: Case) -> Answered:
        known = {each.name: each for each in attributes(context.catalog, case.type == "accounts")}
        info = VectorStoreInfo(
            content_info="Customers of a company",
            metadata_info=[
                MetadataInfo(name=each.name, description=each.description, type=each.kind)
                for each in known.values()
            ],
        )
        retriever = VectorIndexAutoRetriever(
            index, vector_store_info=info, llm=_Model(settings=context.settings)
        )

        def write(text: str) -> str:
            found: Any = retriever.generate_retrieval_spec(QueryBundle(text))
            return " AND ".join(f"({_translated(each, known)})" for each in found.filters)

        return in_query(context, case, write)

    return ask_case


def _translated(each: Any, known: dict[str, Attribute]) -> str:
    return condition(known[each.key], _COMPARISONS[each.operator.value], each.value)
