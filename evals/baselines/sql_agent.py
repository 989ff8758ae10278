"""(d) Vanna 2: an agent that writes SQL, which is run on the workspace's DuckDB file, read-only."""

from __future__ import annotations

import asyncio
import tempfile
from time import perf_counter
from typing import Any

from vanna import Agent, AgentConfig, ToolRegistry, User
from vanna.core.system_prompt import DefaultSystemPromptBuilder
from vanna.core.user import RequestContext, UserResolver
from vanna.integrations.duckdb import DuckDBRunner
from vanna.integrations.local import LocalFileSystem
from vanna.integrations.local.agent_memory import DemoAgentMemory
from vanna.integrations.openai import OpenAILlmService
from vanna.tools import RunSqlTool

from evals.baselines import Asker
from evals.baselines.asking import said
from evals.dataset import Case
from evals.scoring import Answered
from tools.context import ToolContext

ROUNDS = 3  # of tool calls
_ASK = "Select the ids of these {who}, one column called id, with one SELECT by run_sql: {prompt}"


class _Anybody(UserResolver):
    async def resolve_user(self, request_context: RequestContext) -> User:
        return User(id="eval", username="eval", email="eval@example.com", group_memberships=["all"])


class _Recording(DuckDBRunner):
    """Keeps the ids of the last selection."""

    selected: frozenset[str] | None = None
    sql: str | None = None

    async def run_sql(self, args: Any, context: Any) -> Any:
        found = await super().run_sql(args, context)
        self.sql = args.sql
        column = "id" if "id" in found.columns else found.columns[0]
        self.selected = frozenset(str(each) for each in found[column].dropna())
        return found


class _Metered(OpenAILlmService):
    tokens_in = 0
    tokens_out = 0

    async def send_request(self, request: Any) -> Any:
        answer = await super().send_request(request)
        usage = answer.usage or {}
        self.tokens_in += int(usage.get("prompt_tokens") or 0)
        self.tokens_out += int(usage.get("completion_tokens") or 0)
        return answer


def asker(context: ToolContext) -> Asker:
    settings = context.settings
    schema = _schema(context)
    today = f"{context.moment():%Y-%m-%d %H:%M} UTC"

    def ask_case(case: Case) -> Answered:
        started = perf_counter()
        runner = _Recording(str(context.workspace.path / "data.duckdb"), read_only=True)
        key = settings.openai_api_key
        model = _Metered(
            model=settings.model,
            api_key=key.get_secret_value() if key else "none",
            base_url=settings.openai_base_url,
            timeout=settings.model_timeout,
            max_retries=0,
        )
        who = "accounts" if case.type == "accounts" else "users"
        message = _ASK.format(who=who, prompt=said(case))
        failed = None
        try:
            asyncio.run(_run(model, runner, f"{schema}\nNow is {today}.", message))
        except Exception as error:  # whatever the agent's own code makes of the model's answer
            failed = f"{type(error).__name__}: {error}"[:300]
        return Answered(
            status="failed" if runner.selected is None else "draft",
            type=case.type,
            message=failed or runner.sql,
            members=runner.selected,
            ms=(perf_counter() - started) * 1000,
            tokens_in=model.tokens_in,
            tokens_out=model.tokens_out,
        )

    return ask_case


async def _run(model: _Metered, runner: _Recording, told: str, message: str) -> None:
    tools = ToolRegistry()
    with tempfile.TemporaryDirectory() as folder:
        tool = RunSqlTool(runner, file_system=LocalFileSystem(folder))
        tools.register_local_tool(tool, access_groups=["all"])
        agent = Agent(
            llm_service=model,
            tool_registry=tools,
            user_resolver=_Anybody(),
            agent_memory=DemoAgentMemory(),
            config=AgentConfig(stream_responses=False, max_tool_iterations=ROUNDS, temperature=0),
            system_prompt_builder=DefaultSystemPromptBuilder(
                f"You answer questions with DuckDB SQL, by the tool run_sql.\n{told}"
            ),
        )
        async for _ in agent.send_message(RequestContext(), message):
            pass


def _schema(context: ToolContext) -> str:
    """The tables with their columns and types, as DuckDB has them."""
    import duckdb

    with duckdb.connect(str(context.workspace.path / "data.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns "
            "ORDER BY table_name, ordinal_position"
        ).fetchall()
    tables: dict[str, list[str]] = {}
    for table, column, kind in rows:
        tables.setdefault(table, []).append(f"{column} {kind}")
    return "\n".join(f"{table}({', '.join(columns)})" for table, columns in tables.items())
