"""(d) Vanna 2: an agent that writes SQL, which is run on the workspace's DuckDB file, read-only.

As kindly as it allows: it is told what the other ways are told of the fields, calls that the model
writes as text are made, and the file's clock is the workspace's.
"""

from __future__ import annotations

import asyncio
import tempfile
from time import perf_counter
from typing import Any

from vanna import Agent, AgentConfig, ToolRegistry, User
from vanna.core.llm import LlmResponse
from vanna.core.system_prompt import DefaultSystemPromptBuilder
from vanna.core.tool import ToolCall
from vanna.core.user import RequestContext, UserResolver
from vanna.integrations.duckdb import DuckDBRunner
from vanna.integrations.local import LocalFileSystem
from vanna.integrations.local.agent_memory import DemoAgentMemory
from vanna.integrations.openai import OpenAILlmService
from vanna.tools import RunSqlTool

from evals.baselines import Asker
from evals.baselines.asking import MOST_TOKENS, said
from evals.baselines.flat import about
from evals.baselines.written_calls import sql_in
from evals.dataset import Case
from evals.scoring import Answered
from tools.context import ToolContext

ROUNDS = 3  # of tool calls
_INNER = ("event", "event_text", "event_source_id")  # of every event: its own name
_CLOCK = {"now": "TIMESTAMP", "current_timestamp": "TIMESTAMP", "get_current_timestamp": "TIMESTAMP",
          "today": "DATE", "current_date": "DATE"}  # fmt: skip
_ASK = "Select the ids of these {who}, one column called id, with one SELECT by run_sql: {prompt}"


class _Anybody(UserResolver):
    async def resolve_user(self, request_context: RequestContext) -> User:
        return User(id="eval", username="eval", email="eval@example.com", group_memberships=["all"])


class _Recording(DuckDBRunner):
    """Keeps the ids of the last selection, or what was wrong with the statement."""

    selected: frozenset[str] | None = None
    sql: str | None = None
    failed: str | None = None

    async def run_sql(self, args: Any, context: Any) -> Any:
        try:
            found = await super().run_sql(args, context)
        except Exception as error:  # the agent hands it to the model, which may try again
            self.failed = f"{args.sql}: {error}"
            raise
        self.sql = args.sql
        column = "id" if "id" in found.columns else found.columns[0]
        self.selected = frozenset(str(each) for each in found[column].dropna())
        return found


class _Metered(OpenAILlmService):
    """Asks as the other ways do, and reads calls that are written as text. When somebody is
    selected it is not asked again: all that could follow is a summary."""

    def __init__(self, runner: _Recording, **told: Any) -> None:
        super().__init__(**told)
        self.tokens_in = 0
        self.tokens_out = 0
        self.said: str | None = None
        self._runner = runner

    async def send_request(self, request: Any) -> Any:
        if self._runner.selected:
            return LlmResponse(content="Selected.", finish_reason="stop")
        try:
            answer = await super().send_request(request)
        except Exception as error:  # of the server; the agent would only say that something failed
            self._runner.failed = f"{type(error).__name__}: {error}"
            raise
        usage = answer.usage or {}
        self.tokens_in += int(usage.get("prompt_tokens") or 0)
        self.tokens_out += int(usage.get("completion_tokens") or 0)
        self.said = answer.content
        sql = None if answer.tool_calls else sql_in(answer.content or "")
        if sql is None:
            return answer
        call = ToolCall(id=f"call_{self.tokens_out}", name="run_sql", arguments={"sql": sql})
        return LlmResponse(content=None, tool_calls=[call], finish_reason="tool_calls")

    def _build_payload(self, request: Any) -> dict[str, Any]:
        payload: dict[str, Any] = super()._build_payload(request)
        return payload | {"temperature": 0, "max_tokens": MOST_TOKENS}


def asker(context: ToolContext) -> Asker:
    settings = context.settings
    schema = _schema(context)
    path = str(context.workspace.path / "data.duckdb")
    now = f"{context.moment():%Y-%m-%d %H:%M:%S}"
    clock = "; ".join(
        f"CREATE OR REPLACE TEMP MACRO {each}() AS {kind} '{now}'" for each, kind in _CLOCK.items()
    )

    def ask_case(case: Case) -> Answered:
        started = perf_counter()
        runner = _Recording(path, init_sql=clock, read_only=True)
        key = settings.openai_api_key
        model = _Metered(
            runner,
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
            asyncio.run(_run(model, runner, f"{schema}\nNow is {now} UTC.", message))
        except Exception as error:  # whatever the agent's own code makes of the model's answer
            failed = f"{type(error).__name__}: {error}"[:300]
        return Answered(
            status="failed" if runner.selected is None else "draft",
            type=case.type,
            message=_outcome(runner, model, failed),
            members=runner.selected,
            ms=(perf_counter() - started) * 1000,
            tokens_in=model.tokens_in,
            tokens_out=model.tokens_out,
        )

    return ask_case


def _outcome(runner: _Recording, model: _Metered, failed: str | None) -> str:
    """The statement that selected, or else what was wrong, or what was said in place of one."""
    if runner.selected is not None:
        return runner.sql or ""
    wrong = failed or runner.failed or f"No statement: {model.said!r}"
    return wrong[:300]


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
    """The tables with the columns that mean something, as DuckDB has them, and what the plan says."""
    import duckdb

    with duckdb.connect(str(context.workspace.path / "data.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns "
            "ORDER BY table_name, ordinal_position"
        ).fetchall()
    catalog = context.catalog
    told: dict[tuple[str, str], str] = {}
    for event in catalog.events:
        told[event.table, ""] = f"  -- event: {event.description or event.name}"
        told |= {(event.table, each.column): about(each) for each in event.properties}
    told |= {("users", each.column): about(each) for each in catalog.user_traits}
    told |= {("accounts", each.column): about(each) for each in catalog.account_traits}
    tables: dict[str, list[str]] = {}
    for table, column, kind in rows:
        if column not in _INNER:
            said = f"  -- {told[table, column]}" if (table, column) in told else ""
            tables.setdefault(table, []).append(f"  {column} {kind}{said}")
    return "\n".join(
        f"{table}{told.get((table, ''), '')}\n{chr(10).join(columns)}"
        for table, columns in tables.items()
    )
