"""The dialogue as a page, a test or a script drives it.

    async with open_session(settings) as session:
        async for event in session.say(thread_id, "Customers in Spain who bought in the last 30 days"):
            ...                                              # agent.events.Event
        async for event in session.act(thread_id, "choose_strategy", {"strategy": "everyday"}): ...
        async for event in session.resume(thread_id, interrupt_id, {"type": "approve"}): ...
        view = await session.state(thread_id)                # agent.events.View, after a reload

- `thread_id` names one campaign; the page's own thread id will do. Nothing has to be made first.
- `window`, one a page, remembers what the page has seen; see `Window`.
- `person` is who speaks, clicks or looks; a campaign is theirs who began it, and nobody else's.
- `say`: the person's words. While a review waits, the words may decide it ("save it as …", "discard
  it"); otherwise they go on with the draft and a new review follows with a new id.
- `state` says `unfinished` when a process was killed in the middle of a turn: `carry_on` finishes it.
- `stop`: the person has ended a turn; what it left undone is dropped, and never carried on.
- `act`: a click on a card; `action` is the name of a tool (`agent.toolbox.TOOLS`), `payload` its
  arguments. A click obeys the same rules as a model: what is not allowed comes back as a `notice`.
- `resume`: the decision on a review, by the id of its interrupt:
      {"type": "approve", "name": "…"?, "description": "…"?}      save it
      {"type": "edit", "query": "…", "name": "…"?}                conditions changed by hand; review again
      {"type": "respond", "message": "…", "replace": true|false}  Modify: describe it anew, or refine it
      {"type": "reject"}                                          discard the draft
  An id that is not pending, or a second click on the same one, does nothing but say so
  (`notice` with code `out_of_date`).
- Order of events: any number of `progress`, `card`, `notice` and `message`, then at most one `review`.
- Reads that change nothing (fields, live counts of an edited query, profiles) need no dialogue: call
  the tools of `tools/` on `session.tools(person)`.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any, cast
from weakref import WeakValueDictionary

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.types import Command, StateSnapshot

from agent.cards import current_cards, question_of
from agent.checkpoints import AWAY, is_away, open_checkpoints
from agent.commands.answers import answered
from agent.events import Event, Review, View, notice, review, token
from agent.graph import Graph, Surroundings, build_graph, clicked, spoken, stopped
from agent.intake import decline, decline_arguments
from agent.models import chat_model
from agent.review import Respond, decided_in_words, decision
from agent.state import Campaign, campaign_of, dumped
from agent.toolbox import UNEXPECTED
from agent.words import safe
from audience.problems import MusterError
from tools.context import LOCAL_PERSON, ToolContext
from tools.modelling.tracing import requests_alone
from workspace.opening import chosen_name, workspaces_folder
from workspace.settings import Settings, load_settings

log = logging.getLogger(__name__)

ELSEWHERE = "This went on in another window meanwhile; nothing was changed. Look, and choose again."


class NotYours(MusterError):
    """A dialogue that somebody else began."""

    code = "not_allowed"


@dataclass
class Window:
    """What one page has seen of a campaign: its `revision`, once it has seen any.

    Who clicks on a card has that in mind. When another window changed the campaign meanwhile, the
    click is not carried out: it could undo what was done there.
    """

    revision: int | None = None


class Session:
    """Every dialogue of one process. Made by `open_session`; safe for many threads of talk at once."""

    def __init__(
        self,
        settings: Settings,
        checkpointer: BaseCheckpointSaver[Any],
        model: Callable[[ToolContext], BaseChatModel] = chat_model,
    ) -> None:
        self._settings = settings
        self._checkpointer = checkpointer
        self._graph = build_graph(checkpointer)
        self._model = model
        self._contexts: dict[str, ToolContext] = {}
        self._opening = threading.Lock()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def tools(self, person: str = LOCAL_PERSON, workspace: str | None = None) -> ToolContext:
        """The workspace as `person` sees it, for reads that need no dialogue.

        A workspace that was imported anew meanwhile is opened anew.
        """
        name = chosen_name(self._settings, workspace)
        with self._opening:
            context = self._contexts.get(name)
            if context is None or not _is_current(context):
                context = ToolContext.open(self._settings, name)
                self._contexts[name] = context
        return replace(context, person=person)

    async def say(
        self,
        thread_id: str,
        text: str,
        *,
        person: str = LOCAL_PERSON,
        window: Window | None = None,
    ) -> AsyncIterator[Event]:
        """The person's words."""

        async def turn(run: _Run) -> None:
            declined = await asyncio.to_thread(decline, text, run.tools)
            if declined is not None:
                await run.go(declined)
                return
            pending = await run.pending()
            in_words = decided_in_words(text) if pending else None
            answer = answered(text.strip(), {"question": await run.question()})
            if pending is not None and in_words is not None:
                await run.go(_resumed(thread_id, pending, in_words.model_dump()))
            elif answer is not None:  # no model stands between a plain answer and what it answers
                await run.go(clicked(answer[0].tool, answer[0].arguments, text))
            else:
                await run.go(spoken(text))

        async for event in self._events(thread_id, person, window, turn):
            yield event

    async def act(
        self,
        thread_id: str,
        action: str,
        payload: dict[str, Any] | None = None,
        *,
        person: str = LOCAL_PERSON,
        window: Window | None = None,
    ) -> AsyncIterator[Event]:
        """A click: the tool `action` with the arguments `payload`."""

        async def turn(run: _Run) -> None:
            if window is not None and window.revision not in (None, await run.revision()):
                run.emit(notice("info", "out_of_date", ELSEWHERE))
                return
            declined = await asyncio.to_thread(decline_arguments, payload or {}, run.tools)
            await run.go(declined or clicked(action, payload or {}))

        async for event in self._events(thread_id, person, window, turn):
            yield event

    async def resume(
        self,
        thread_id: str,
        interrupt_id: str,
        payload: Any,
        *,
        person: str = LOCAL_PERSON,
        window: Window | None = None,
    ) -> AsyncIterator[Event]:
        """The decision on a review. One that is not pending any more changes nothing."""

        async def turn(run: _Run) -> None:
            chosen = decision(payload)
            if await run.pending() != interrupt_id:
                run.emit(
                    notice(
                        "info", "out_of_date", "That review is out of date; nothing was changed."
                    )
                )
                return
            declined = None
            if isinstance(chosen, Respond):
                declined = await asyncio.to_thread(decline, chosen.message, run.tools)
            await run.go(declined or _resumed(thread_id, interrupt_id, chosen.model_dump()))

        async for event in self._events(thread_id, person, window, turn):
            yield event

    async def carry_on(
        self, thread_id: str, *, person: str = LOCAL_PERSON, window: Window | None = None
    ) -> AsyncIterator[Event]:
        """Finish what a killed process left undone; nothing happens where nothing was left."""

        async def turn(run: _Run) -> None:
            await run.finish()

        async for event in self._events(thread_id, person, window, turn):
            yield event

    async def stop(
        self, thread_id: str, *, person: str = LOCAL_PERSON, window: Window | None = None
    ) -> AsyncIterator[Event]:
        """After a turn was cancelled by the person: back to where it began, with the words kept."""

        async def turn(run: _Run) -> None:
            await run.drop()

        async for event in self._events(thread_id, person, window, turn):
            yield event

    async def state(
        self, thread_id: str, *, person: str = LOCAL_PERSON, window: Window | None = None
    ) -> View:
        """Where the dialogue stands; for a page that was loaded again. Raises `NotYours`."""
        snapshot = await self._graph.aget_state(_config(thread_id))
        campaign = _own(campaign_of(snapshot.values), person)
        tools = await asyncio.to_thread(self.tools, person, campaign.workspace or None)
        if window is not None:
            window.revision = campaign.revision
        return {
            "campaign": dumped(campaign),
            "review": _review(snapshot),
            "cards": await asyncio.to_thread(current_cards, campaign, tools),
            "unfinished": bool(snapshot.next) and not snapshot.interrupts,
        }

    async def forget(self, thread_id: str) -> None:
        """Nothing of a dialogue is kept any more; what it saved stays."""
        await self._checkpointer.adelete_thread(thread_id)

    async def campaign(self, thread_id: str) -> Campaign:
        """The campaign itself, for those who want more than a view."""
        return campaign_of((await self._graph.aget_state(_config(thread_id))).values)

    async def review_id(self, thread_id: str) -> str | None:
        """The id of the review that waits; None when none does."""
        review = _review(await self._graph.aget_state(_config(thread_id)))
        return review and review["interrupt_id"]

    async def _events(
        self,
        thread_id: str,
        person: str,
        window: Window | None,
        turn: Callable[[_Run], Awaitable[None]],
    ) -> AsyncIterator[Event]:
        """The events of one turn. It runs on its own, so that a slow page does not hold the lock."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        task = asyncio.create_task(self._turn(thread_id, person, window, turn, queue))
        try:
            while (event := await queue.get()) is not None:
                yield event
            await task
        finally:
            if not task.done():  # the page stopped listening: so does the turn
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def _turn(
        self,
        thread_id: str,
        person: str,
        window: Window | None,
        turn: Callable[[_Run], Awaitable[None]],
        queue: asyncio.Queue[Event | None],
    ) -> None:
        lock = self._locks.setdefault(thread_id, asyncio.Lock())
        try:
            async with lock:
                try:
                    run = await self._run(thread_id, person, queue.put_nowait)
                except NotYours as error:
                    queue.put_nowait(notice("error", error.code, error.message))
                    return
                try:
                    await run.finish_saving()
                    await turn(run)
                except MusterError as error:
                    queue.put_nowait(notice("error", error.code, safe(error.message, 600)))
                snapshot = await self._graph.aget_state(_config(thread_id))
                if window is not None:
                    window.revision = campaign_of(snapshot.values).revision
                review = _review(snapshot)
                if review is not None:
                    queue.put_nowait(review)
        except Exception as error:
            if is_away(error):
                log.warning("A turn of a dialogue failed: %s", error)
                queue.put_nowait(notice("error", "store_unavailable", AWAY))
                return
            log.exception("A turn of a dialogue failed.")
            queue.put_nowait(notice("error", "unexpected", UNEXPECTED))
        finally:
            queue.put_nowait(None)

    async def _run(self, thread_id: str, person: str, emit: Callable[[Event], None]) -> _Run:
        snapshot = await self._graph.aget_state(_config(thread_id))
        campaign = _own(campaign_of(snapshot.values), person)
        tools = await asyncio.to_thread(self.tools, person, campaign.workspace or None)
        start = {}
        if not campaign.workspace:
            named = campaign.model_copy(
                update={"workspace": tools.workspace.name, "person": person}
            )
            start = {"campaign": dumped(named)}
        return _Run(
            self._graph, thread_id, Surroundings(tools, thread_id, self._model), emit, start
        )


@dataclass
class _Run:
    """One turn of one dialogue, under its lock."""

    graph: Graph
    thread_id: str
    surroundings: Surroundings
    emit: Callable[[Event], None]
    start: dict[str, Any]

    @property
    def tools(self) -> ToolContext:
        return self.surroundings.tools

    async def go(self, given: dict[str, Any] | Command[Any] | None) -> None:
        """Run the graph until it ends or waits, and pass on what it says."""
        if isinstance(given, dict):
            given = given | self.start
        with requests_alone():
            async for mode, event in self.graph.astream(
                cast(Any, given),
                _config(self.thread_id),
                context=self.surroundings,
                stream_mode=["custom", "messages"],
                durability="sync",
            ):
                if mode == "custom":
                    self.emit(cast(Event, event))
                elif isinstance(piece := cast(Any, event)[0], AIMessageChunk) and piece.text:
                    self.emit(token(str(piece.text)))

    async def question(self) -> dict[str, Any] | None:
        """The open question and its options."""
        snapshot = await self.graph.aget_state(_config(self.thread_id))
        text, options, _ = question_of(campaign_of(snapshot.values))
        return {"text": text, "options": list(options)} if text else None

    async def revision(self) -> int:
        return campaign_of((await self.graph.aget_state(_config(self.thread_id))).values).revision

    async def pending(self) -> str | None:
        review = _review(await self.graph.aget_state(_config(self.thread_id)))
        return review and review["interrupt_id"]

    async def finish_saving(self) -> None:
        """A save that was decided before the process was killed is carried out; it saves once."""
        snapshot = await self.graph.aget_state(_config(self.thread_id))
        if snapshot.next == ("save",):
            await self.go(None)

    async def finish(self) -> None:
        snapshot = await self.graph.aget_state(_config(self.thread_id))
        if snapshot.next and not snapshot.interrupts:
            await self.go(None)

    async def drop(self) -> None:
        """End what was stopped; the draft that stood before is reviewed again."""
        snapshot = await self.graph.aget_state(_config(self.thread_id))
        if snapshot.next and not snapshot.interrupts:
            await self.go(stopped(snapshot.values))


@asynccontextmanager
async def open_session(
    settings: Settings | None = None,
    *,
    model: Callable[[ToolContext], BaseChatModel] = chat_model,
) -> AsyncIterator[Session]:
    """One session for the process; open it once and close it at the end."""
    settings = settings or load_settings()
    async with open_checkpoints(settings) as checkpointer:
        yield Session(settings, checkpointer, model)


def _own(campaign: Campaign, person: str) -> Campaign:
    """The campaign, if it is `person`'s or nobody's yet. Raises `NotYours`."""
    if campaign.workspace and (campaign.person or LOCAL_PERSON) != person:
        raise NotYours("This chat is somebody else's. Start one of your own.")
    return campaign


def _resumed(thread_id: str, interrupt_id: str, chosen: dict[str, Any]) -> Command[Any]:
    # The same review saves once, whoever decides it and however often.
    return Command(resume={interrupt_id: chosen | {"request_key": f"{thread_id}:{interrupt_id}"}})


def _review(snapshot: StateSnapshot) -> Review | None:
    waiting = next(iter(snapshot.interrupts), None)
    return None if waiting is None else review(waiting.id, waiting.value)


def _config(thread_id: str) -> RunnableConfig:
    return {"configurable": {"thread_id": thread_id}, "recursion_limit": 50}


def _is_current(context: ToolContext) -> bool:
    link = workspaces_folder(context.settings) / context.workspace.name
    return link.resolve() == context.workspace.path
