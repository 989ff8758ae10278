"""The dialogue as a page, a test or a script drives it.

    async with open_session(settings) as session:
        async for event in session.say(thread_id, "Customers in Spain who bought in the last 30 days"):
            ...                                              # agent.events.Event
        async for event in session.act(thread_id, "choose_strategy", {"strategy": "everyday"}): ...
        async for event in session.resume(thread_id, interrupt_id, {"type": "approve"}): ...
        view = await session.state(thread_id)                # agent.events.View, after a reload

- `thread_id` names one campaign; the page's own thread id will do. Nothing has to be made first.
- `say`: the person's words. While a review waits, the words may decide it ("save it as …", "discard
  it"); otherwise they go on with the draft and a new review follows with a new id.
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
