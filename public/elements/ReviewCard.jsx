import { useEffect, useRef, useState } from "react"

/** How many people a condition holds, and whether it comes from words at all. */
function Numbers({ condition, waiting, unsaid }) {
  const size = useRef(0)
  return (
    <div className="mu-numbers" ref={(line) => { if (line && !waiting) size.current = line.offsetHeight }} style={{ minHeight: waiting ? size.current : 0 }}>
      {waiting && <span>counting…</span>}
      {condition.reach_text && <span>{condition.reach_text} on its own</span>}
      {condition.kept_text && <span>keeps {condition.kept_text}</span>}
      {condition.dropped_text && <span>drops {condition.dropped_text}</span>}
      {unsaid && <span>not from your words</span>}
    </div>
  )
}

/** A refinement: what is gone, what has come, and the size before and after. */
function Change({ p }) {
  const now = p.conditions.map((each) => each.english)
  const before = p.changed_from ? p.changed_from.conditions : []
  const gone = before.filter((text) => !now.includes(text))
  const come = now.filter((text) => !before.includes(text))
  const size = (reach) => reach === null || reach === undefined ? null : reach.toLocaleString("en-US")
  return (
    <div className="mu-note" data-part="change"><h4>What changed</h4>
      <ul className="mu-list">{p.difference.filter((text) => ![...gone, ...come].some((each) => text.endsWith(`: ${each}`))).map((text) => <li key={text}>{text}</li>)}</ul>
      {p.changed_from && (gone.length > 0 || come.length > 0) && <div className="mu-before">
        <div><h4>Before{size(p.changed_from.reach) && `: ${size(p.changed_from.reach)}`}</h4>{gone.map((text) => <div key={text}><span aria-hidden="true">− </span>{text}</div>)}</div>
        <div><h4>After{size(p.reach) && `: ${size(p.reach)}`}</h4>{come.map((text) => <div key={text}><span aria-hidden="true">+ </span>{text}</div>)}</div>
      </div>}
    </div>
  )
}

/**
 * A draft to look through, change and save. What it is made of is in the folder of its name.
 *
 * A card that is out of date, or busy, keeps its buttons: what stands below it must not move.
 */
function ReviewCard({ props: p, callAction }) {
  const [hovered, setHovered] = useState(null)
  const [name, setName] = useState(() => keptName(p.interrupt_id) || p.name || "")
  const [words, setWords] = useState(null)
  const [acting, setBusy] = useState(null)
  const busy = acting || (p.busy ? "wait" : null)
  const review = p.card === "review"
  const [work, setWorking] = useState(() => {
    const stored = p.open && review ? kept(p.interrupt_id) : null
    return stored ? { ...stored, view: null } : null
  })
  const rename = (next) => { keepName(p.interrupt_id, next); setName(next) }
  const setWork = (next) => { keep(p.interrupt_id, next); setWorking(next) }

  const act = async (wanted) => {
    const renamed = wanted.type === "edit" && name.trim() && name !== p.name
    const decision = renamed ? { ...wanted, name: name.trim() } : wanted
    setBusy(decision.type)
    await callAction({ name: "review", payload: { interrupt_id: p.interrupt_id, decision } })
    setBusy(null)
  }
  const apply = (decision) => { goTo([`edit-${work.open ?? 0}`, "edit-0"]); keep(p.interrupt_id, null); setWorking(null); act(decision) }
  const go = async (tool) => {
    goTo([tool, tool === "undo" ? "redo" : "undo", "edit-0"])
    setBusy(tool)
    await callAction({ name: "act", payload: { card: p.card, tool, arguments: {} } })
    setBusy(null)
  }
  const remove = async (path, index) => {
    goTo([`remove-${index}`, `remove-${index - 1}`, "edit-0"])
    setBusy("remove")
    const answer = await callAction({ name: "ask", payload: { interrupt_id: p.interrupt_id, what: "edit", query: p.query, changes: [{ part: "remove", path }] } })
    await act({ type: "edit", query: (answer && answer.response && answer.response.query) || p.query })
  }
  const modify = async () => {
    setBusy("modify")
    const answer = await callAction({ name: "ask", payload: { interrupt_id: p.interrupt_id, what: "words" } })
    setBusy(null)
    setWords((answer && answer.response && answer.response.words) || { text: p.prompts[0] || "", missing: "" })
  }
  const begin = (more) => setWork({ query: p.query, open: null, past: [], future: [], view: null, ...more })
  const open = p.open && review && !busy
  const editing = open && work
  const conditions = editing && work.view ? work.view.conditions : p.conditions
  const anew = useRef(null)
  useEffect(() => { if (anew.current) anew.current.scrollIntoView({ block: "nearest" }) }, [words === null])
  const idle = p.prompts.map((_, turn) => turn).filter((turn) => turn < p.prompts.length - 1 && !conditions.some((each) => places(each).some((place) => place.turn === turn)))
  const leftOver = p.unmatched.filter((each) => !p.question || !p.question.text.includes(`“${each.text}”`))  // the question's own words are said there
  const unsaid = (condition) => p.prompts.length > 0 && places(condition).length === 0
  const draw = ({ condition: index, path }) => {
    const condition = p.conditions[index]
    return (
      <li key={index} className="mu-condition" data-on={hovered === index} style={{ "--hue": hue(index) }} onMouseEnter={() => setHovered(index)} onMouseLeave={() => setHovered(null)} onFocus={() => setHovered(index)} onBlur={() => setHovered(null)}>
        <div className="mu-row mu-apart mu-top">
          <span className="mu-grow">{condition.english}</span>
          {review && path && <span className="mu-row mu-tools">
            <button className="mu-button mu-small" aria-label={`Edit: ${condition.english}`} data-at={`edit-${index}`} disabled={!open} onClick={() => begin({ open: index })}>Edit</button>
            {p.conditions.length > 1 && <button className="mu-button mu-small" aria-label={`Remove: ${condition.english}`} data-at={`remove-${index}`} disabled={!open} onClick={() => remove(path, index)}>Remove</button>}
          </span>}
        </div>
        <Numbers condition={condition} unsaid={unsaid(condition)} />
      </li>
    )
  }
  const changeable = p.edited || p.difference.length > 0 || p.prompts.length > 1
  return (
    <section className="mu" data-stale={!p.open} data-card={p.card} aria-label={review ? "Audience for review" : "Not complete yet"}>
      <div className="mu-row mu-apart">
        {review
          ? <textarea className="mu-input mu-name" aria-label="Name of the audience" rows={1} maxLength={60} disabled={!p.open} value={name} onChange={(event) => rename(event.target.value.replace(/\n/g, " "))} />
          : <h3>{p.name}</h3>}
        <span className="mu-badge" title={p.kind_help}>{review ? p.kind_text : "Not complete yet"}</span>
      </div>
      {p.description && <p>{p.description}</p>}

      {p.reach_text
        ? <div>
            <div className="mu-row"><span className="mu-reach" data-reach={p.reach}>{p.reach_text}</span><span className="mu-muted">of {p.universe_text} ({p.share_text})</span></div>
            <div className="mu-bar" role="img" aria-label={`${p.share_text} of everybody`}><i style={{ width: `${p.percent}%` }} /></div>
          </div>
        : review && <p className="mu-muted">People cannot be counted: this workspace has no data, only a tracking plan.</p>}

      {p.prompts.length > 0 && <div>
        <h4>What you asked for</h4>
        {p.prompts.map((text, turn) => !idle.includes(turn) && <Prompt key={turn} text={text} turn={turn} conditions={conditions} unmatched={turn === p.prompts.length - 1 ? p.unmatched : []} hovered={hovered} setHovered={setHovered} />)}
        {idle.length > 0 && <details><summary>{idle.length === 1 ? "An earlier message" : `${idle.length} earlier messages`} that no condition comes from</summary>{idle.map((turn) => <p key={turn} className="mu-prompt">{p.prompts[turn]}</p>)}</details>}
      </div>}

      {editing
        ? <Editor key={p.interrupt_id} p={p} callAction={callAction} work={work} setWork={setWork} apply={apply} hovered={hovered} setHovered={setHovered} />
        : <div>
            <div className="mu-row mu-apart">
              <h4>{p.conditions.length === 1 ? "Condition" : "Conditions"}</h4>
              {review && (p.can_redo || changeable) && <span className="mu-row">
                <button className="mu-button mu-small" data-at="undo" disabled={!open || !p.can_undo} onClick={() => go("undo")}>Undo</button>
                <button className="mu-button mu-small" data-at="redo" disabled={!open || !p.can_redo} onClick={() => go("redo")}>Redo</button>
              </span>}
            </div>
            <ul className="mu-list">
              {p.structure ? <Group node={p.structure} top={true} draw={draw} /> : p.conditions.map((_, index) => draw({ condition: index }))}
            </ul>
            {review && <div className="mu-row" style={{ marginTop: ".5rem" }}>
              <button className="mu-button mu-small" disabled={!open} onClick={() => begin({ adding: true })}>Add a condition</button>
              <button className="mu-button mu-small" disabled={!open} onClick={() => begin({})}>Group, move, exclude</button>
              <button className="mu-button mu-small" disabled={!open} onClick={() => begin({ text: true })}>Edit the query</button>
            </div>}
          </div>}

      {p.assumptions.length > 0 && <div className="mu-note"><h4>Taken for granted</h4><ul className="mu-list">{p.assumptions.map((text) => <li key={text}>{text}</li>)}</ul></div>}
      {p.difference.length > 0 && <Change p={p} />}
      {p.warnings.map((warning) => <p key={warning.message} className="mu-warn" role="note">{warning.message}</p>)}
      {leftOver.length > 0 && <p className="mu-stop" role="alert">No condition stands for: {leftOver.map((each) => `“${each.text}”`).join(", ")}. Say it in other words, or leave it out.</p>}
      {p.said && <p className="mu-stop" role="alert">{p.said}</p>}

      {p.cost && <p className="mu-muted">Asked {p.cost}</p>}
      {p.query && !editing && <details>
        <summary>The query, for experts</summary>
        <code className="mu-code mu-block" style={{ overflowWrap: "anywhere" }}>{p.query}</code>
      </details>}

      {words !== null && p.open && !editing && <div ref={anew} className="mu-part">
        <label className="mu-muted" htmlFor={`words-${p.revision}`}>Describe it anew. This replaces the conditions above.</label>
        <textarea id={`words-${p.revision}`} className="mu-input" rows={3} maxLength={300} autoFocus value={words.text} onChange={(event) => setWords({ ...words, text: event.target.value })} />
        {words.missing && <p className="mu-warn" role="note">{words.missing}</p>}
        <div className="mu-row"><button className="mu-button mu-main" disabled={!open || !words.text.trim()} onClick={() => act({ type: "respond", message: words.text.trim(), replace: true })}>Build again</button><button className="mu-button" disabled={!open} onClick={() => setWords(null)}>Keep as it is</button></div>
      </div>}
      {review && (words === null || !p.open) && !editing && <div className="mu-row">
        <button className="mu-button mu-main" disabled={!open || !name.trim()} onClick={() => act({ type: "approve", name: name.trim() })}>{busy === "approve" ? "Saving…" : "Save"}</button>
        <button className="mu-button" disabled={!open} onClick={modify}>Modify</button>
        <button className="mu-button" disabled={!open} onClick={() => act({ type: "reject" })}>Discard</button>
        {busy && busy !== "approve" && <span className="mu-muted" role="status">Working…</span>}
        {!p.open && <span className="mu-muted">This card is out of date.</span>}
      </div>}
      {!p.open && !review && <p className="mu-muted">This card is out of date.</p>}
    </section>
  )
}
