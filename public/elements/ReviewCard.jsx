import { useEffect, useState } from "react"

const HUES = ["#2f8f74", "#3b76c4", "#b7791f", "#9b51b5", "#c2504f", "#4f7f2a", "#0f8a9d", "#8a5a44"]
const hue = (index) => HUES[index % HUES.length]

/** One prompt, its words underlined in the colour of the condition that they made. */
function Prompt({ text, turn, conditions, unmatched, hovered }) {
  const letters = Array.from(text)
  const owner = new Array(letters.length).fill(null)
  conditions.forEach((condition, index) => {
    if (condition.turn !== turn) return
    condition.spans.forEach(([start, end]) => owner.fill(index, start, end))
  })
  unmatched.forEach(({ start, end }) => owner.fill("left", start, end))
  const pieces = []
  for (let at = 0; at < letters.length; ) {
    let end = at + 1
    while (end < letters.length && owner[end] === owner[at]) end++
    pieces.push({ text: letters.slice(at, end).join(""), owner: owner[at], at })
    at = end
  }
  return (
    <p className="mu-prompt">
      {pieces.map((piece) =>
        piece.owner === null ? <span key={piece.at}>{piece.text}</span>
        : piece.owner === "left" ? <mark key={piece.at} className="mu-left" style={{ background: "none", color: "inherit" }} title="No condition stands for these words">{piece.text}</mark>
        : <span key={piece.at} className="mu-word" data-on={hovered === piece.owner} style={{ "--hue": hue(piece.owner) }} title={conditions[piece.owner].english}>{piece.text}</span>
      )}
    </p>
  )
}

/** The controls of one comparison: an operator that the field's type has, and its values. */
function Comparison({ part, id, disabled, onChange }) {
  const operator = part.operators.find((each) => each.key === part.operator) || part.operators[0]
  const several = operator.most === null
  const values = part.values.length > 0 ? part.values : [""]
  const set = (index, text) => onChange({ ...part, values: values.map((each, at) => (at === index ? text : each)) })
  const choose = (key) => {
    const next = part.operators.find((each) => each.key === key)
    onChange({ ...part, operator: key, values: next.value === operator.value ? values : next.value === "duration" ? ["30"] : [""] })
  }
  const kind = operator.value === "duration" || operator.value === "month" || part.type === "number" ? "number" : operator.value === "same" && part.type === "date" ? "date" : "text"
  const closed = operator.value === "same" && part.type === "boolean"
  return (
    <div className="mu-row" role="group" aria-label={part.label}>
      <span className="mu-label">{part.label}</span>
      <select className="mu-input mu-fit" aria-label={`${part.label}: comparison`} disabled={disabled} value={operator.key} onChange={(event) => choose(event.target.value)}>
        {part.operators.map((each) => <option key={each.key} value={each.key}>{each.text}</option>)}
      </select>
      {operator.most !== 0 && values.slice(0, operator.most || values.length).map((value, index) => (
        <span key={index} className="mu-value">
          {closed
            ? <select className="mu-input mu-fit" aria-label={`${part.label}: value`} disabled={disabled} value={value} onChange={(event) => set(index, event.target.value)}>{!value && <option value="">choose</option>}<option value="true">true</option><option value="false">false</option></select>
            : <input className="mu-input mu-fit" type={kind} step="any" list={kind === "text" && part.suggestions.length > 0 ? `${id}-values` : undefined} aria-label={`${part.label}: value${several ? ` ${index + 1}` : ""}`} disabled={disabled} value={value} onChange={(event) => set(index, event.target.value)} />}
          {several && values.length > 1 && <button className="mu-button mu-small" disabled={disabled} aria-label={`Leave out ${value || "this value"}`} onClick={() => onChange({ ...part, values: values.filter((_, at) => at !== index) })}>×</button>}
        </span>
      ))}
      {several && <button className="mu-button mu-small" disabled={disabled} onClick={() => onChange({ ...part, values: [...values, ""] })}>Or another</button>}
      {operator.value === "duration" && <Unit label={part.label} part={part} disabled={disabled} onChange={onChange} />}
      {part.suggestions.length > 0 && <datalist id={`${id}-values`}>{part.suggestions.map((each) => <option key={each} value={each} />)}</datalist>}
    </div>
  )
}

function Unit({ label, part, disabled, onChange }) {
  return <select className="mu-input mu-fit" aria-label={`${label}: unit`} disabled={disabled} value={part.unit} onChange={(event) => onChange({ ...part, unit: event.target.value })}><option value="day">days</option><option value="hour">hours</option></select>
}

/** When an event must have happened: at any time, in the last N days, or between two of them. */
function Window({ part, disabled, onChange }) {
  const mode = part.oldest === null ? "any" : part.newest === null ? "last" : "between"
  const length = (name, label) => <input className="mu-input mu-fit mu-short" type="number" min={name === "oldest" ? 1 : 0} step="1" aria-label={`${part.label}: ${label}`} disabled={disabled} value={part[name] ?? ""} onChange={(event) => onChange({ ...part, [name]: event.target.value === "" ? "" : Math.max(0, Math.floor(Number(event.target.value))) })} />
  const choose = (next) => onChange({ ...part, newest: next === "between" ? part.newest ?? 0 : null, oldest: next === "any" ? null : part.oldest ?? 30 })
  return (
    <div className="mu-row" role="group" aria-label={part.label}>
      <span className="mu-label">{part.label}</span>
      <select className="mu-input mu-fit" aria-label={`${part.label}: window`} disabled={disabled} value={mode} onChange={(event) => choose(event.target.value)}>
        <option value="any">at any time</option><option value="last">in the last</option><option value="between">between</option>
      </select>
      {mode === "between" && <>{length("newest", "latest, how long ago")}<span>and</span></>}
      {mode !== "any" && <>{length("oldest", mode === "last" ? "how long" : "earliest, how long ago")}<Unit label={part.label} part={part} disabled={disabled} onChange={onChange} />{mode === "between" && <span>ago</span>}</>}
    </div>
  )
}

/** What the server is sent about a part. */
const change = (part) => part.part === "window"
  ? { part: "window", path: part.path, newest: part.newest, oldest: part.oldest, unit: part.unit }
  : { part: "comparison", path: part.path, operator: part.operator, values: part.values, unit: part.unit }

/** Everything of one condition, to change; what it would make of the audience is counted meanwhile. */
function Editor({ control, id, disabled, onApply, onClose }) {
  const [parts, setParts] = useState(control.parts)
  const [excluded, setExcluded] = useState(control.excluded)
  const [outcome, setOutcome] = useState(null)
  const changes = parts.filter((part, index) => part !== control.parts[index]).map(change)
  if (excluded !== control.excluded) changes.push({ part: "exclude", path: control.path })
  const sent = JSON.stringify(changes)
  useEffect(() => {
    setOutcome(null)
    if (changes.length === 0) return
    let wanted = true
    const timer = setTimeout(async () => {
      const answer = await callAction({ name: "try", payload: { changes } })
      if (wanted) setOutcome(answer.response)
    }, 400)
    return () => { wanted = false; clearTimeout(timer) }
  }, [sent])
  return (
    <div className="mu-editor">
      {parts.map((part, index) => {
        const set = (next) => setParts(parts.map((each, at) => (at === index ? next : each)))
        return part.part === "window"
          ? <Window key={index} part={part} disabled={disabled} onChange={set} />
          : <Comparison key={index} part={part} id={`${id}-${index}`} disabled={disabled} onChange={set} />
      })}
      <label className="mu-row"><input type="checkbox" disabled={disabled} checked={excluded} onChange={(event) => setExcluded(event.target.checked)} /> Exclude: this must not hold</label>
      {changes.length > 0 && <p className={outcome && outcome.problem ? "mu-stop" : "mu-note"} role="status" data-outcome={outcome ? "ready" : "counting"}>{outcome ? outcome.problem || outcome.text : "Counting…"}</p>}
      <div className="mu-row">
        <button className="mu-button mu-small mu-main" disabled={disabled || changes.length === 0 || Boolean(outcome && outcome.problem)} onClick={() => onApply(changes)}>Apply</button>
        <button className="mu-button mu-small" disabled={disabled} onClick={onClose}>Cancel</button>
      </div>
    </div>
  )
}

function Condition({ condition, index, control, removable, editable, act, hovered, setHovered, id }) {
  const [editing, setEditing] = useState(false)
  return (
    <li className="mu-condition" data-on={hovered === index} style={{ "--hue": hue(index) }} onMouseEnter={() => setHovered(index)} onMouseLeave={() => setHovered(null)}>
      <div className="mu-row mu-apart mu-top">
        <span className="mu-grow">{condition.english}</span>
        <span className="mu-row">
          {editable && control && !editing && <button className="mu-button mu-small" aria-label={`Edit: ${condition.english}`} onClick={() => setEditing(true)}>Edit</button>}
          {removable && <button className="mu-button mu-small" aria-label={`Remove: ${condition.english}`} onClick={() => act({ type: "remove", index })}>Remove</button>}
        </span>
      </div>
      <div className="mu-numbers">
        {condition.reach_text && <span>{condition.reach_text} on its own</span>}
        {condition.kept_text && <span>keeps {condition.kept_text}</span>}
        {condition.dropped_text && <span>drops {condition.dropped_text}</span>}
      </div>
      {editing && <Editor control={control} id={id} disabled={!editable} onApply={(changes) => act({ type: "change", changes })} onClose={() => setEditing(false)} />}
    </li>
  )
}

/** Conditions as they hang together: groups in groups, joined by and or by or. */
function Group({ node, top, editable, act, draw }) {
  if (node.condition !== undefined) return draw(node.condition)
  const words = node.kind === "and" ? "all of these" : "any of these"
  return (
    <li className={top ? "mu-group-top" : "mu-group"}>
      <div className="mu-row mu-muted">
        <span>{node.negated ? "Leave out people for whom" : "People for whom"}</span>
        {editable
          ? <select className="mu-input mu-fit" aria-label="How these conditions are joined" value={node.kind} onChange={(event) => act({ type: "change", changes: [{ part: "group", path: node.path, kind: event.target.value }] })}><option value="and">all of these</option><option value="or">any of these</option></select>
          : <b>{words}</b>}
        <span>hold</span>
      </div>
      <ul className="mu-list">{node.items.map((item, index) => <Group key={index} node={item} editable={editable} act={act} draw={draw} />)}</ul>
    </li>
  )
}

export default function ReviewCard() {
  const p = props
  const [hovered, setHovered] = useState(null)
  const [name, setName] = useState(p.name || "")
  const [query, setQuery] = useState(p.typed || p.query || "")
  const [words, setWords] = useState(null)
  const [busy, setBusy] = useState(null)

  const act = async (wanted) => {
    const renamed = ["remove", "change", "edit"].includes(wanted.type) && name.trim() && name !== p.name
    const decision = renamed ? { ...wanted, name: name.trim() } : wanted
    setBusy(decision.type)
    await callAction({ name: "review", payload: { interrupt_id: p.interrupt_id, decision } })
    setBusy(null)
  }
  const go = async (tool) => {
    setBusy(tool)
    await callAction({ name: "act", payload: { card: p.card, tool, arguments: {} } })
    setBusy(null)
  }
  const review = p.card === "review"
  const open = p.open && review && !busy
  const draw = (index) => <Condition key={index} condition={p.conditions[index]} index={index} control={(p.controls || [])[index]} removable={open && p.conditions.length > 1} editable={open} act={act} hovered={hovered} setHovered={setHovered} id={`part-${p.revision}-${index}`} />
  const changeable = p.edited || p.difference.length > 0 || p.prompts.length > 1
  return (
    <section className="mu" data-stale={!p.open} data-card={p.card} aria-label={review ? "Audience for review" : "Not complete yet"}>
      <div className="mu-row mu-apart">
        {p.open && review
          ? <input className="mu-input" style={{ flex: "1 1 14rem", fontWeight: 650, fontSize: "1.05rem" }} aria-label="Name of the audience" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
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
        {p.prompts.map((text, turn) => <Prompt key={turn} text={text} turn={turn} conditions={p.conditions} unmatched={turn === p.prompts.length - 1 ? p.unmatched : []} hovered={hovered} />)}
      </div>}

      <div>
        <div className="mu-row mu-apart">
          <h4>{p.conditions.length === 1 ? "Condition" : "Conditions"}</h4>
          {p.open && review && (p.can_redo || changeable) && <span className="mu-row">
            <button className="mu-button mu-small" disabled={!open || !p.can_undo} onClick={() => go("undo")}>Undo</button>
            <button className="mu-button mu-small" disabled={!open || !p.can_redo} onClick={() => go("redo")}>Redo</button>
          </span>}
        </div>
        <ul className="mu-list">
          {p.structure ? <Group node={p.structure} top={true} editable={open} act={act} draw={draw} /> : p.conditions.map((_, index) => draw(index))}
        </ul>
      </div>

      {p.assumptions.length > 0 && <div className="mu-note"><h4>Taken for granted</h4><ul className="mu-list">{p.assumptions.map((text) => <li key={text}>{text}</li>)}</ul></div>}
      {p.difference.length > 0 && <div className="mu-note"><h4>What changed</h4><ul className="mu-list">{p.difference.map((text) => <li key={text}>{text}</li>)}</ul></div>}
      {p.warnings.map((warning) => <p key={warning.message} className="mu-warn" role="note">{warning.message}</p>)}
      {p.unmatched.length > 0 && <p className="mu-stop" role="alert">No condition stands for: {p.unmatched.map((each) => `“${each.text}”`).join(", ")}. Say it in other words, or leave it out.</p>}
      {p.said && <p className="mu-stop" role="alert">{p.said}</p>}

      {p.query && <details open={Boolean(p.typed)}>
        <summary>The query, for experts</summary>
        <textarea className="mu-input mu-code" style={{ marginTop: ".5rem" }} rows={Math.min(8, 1 + Math.ceil(query.length / 70))} aria-label="Query" readOnly={!open} value={query} onChange={(event) => setQuery(event.target.value)} />
        {p.open && review && <button className="mu-button mu-small" disabled={!open || query === p.query} onClick={() => act({ type: "edit", query })}>Check and count</button>}
      </details>}

      {words !== null && p.open && <div>
        <label className="mu-muted" htmlFor={`words-${p.revision}`}>Describe it anew. This replaces the conditions above.</label>
        <textarea id={`words-${p.revision}`} className="mu-input" rows={3} maxLength={300} autoFocus value={words} onChange={(event) => setWords(event.target.value)} />
        <div className="mu-row"><button className="mu-button mu-main" disabled={!open || !words.trim()} onClick={() => act({ type: "respond", message: words.trim(), replace: true })}>Build again</button><button className="mu-button" disabled={!open} onClick={() => setWords(null)}>Keep as it is</button></div>
      </div>}
      {p.open && review && words === null && <div className="mu-row">
        <button className="mu-button mu-main" disabled={!open || !name.trim()} onClick={() => act({ type: "approve", name: name.trim() })}>{busy === "approve" ? "Saving…" : "Save"}</button>
        <button className="mu-button" disabled={!open} onClick={() => setWords(p.prompts[p.prompts.length - 1] || "")}>Modify</button>
        <button className="mu-button" disabled={!open} onClick={() => act({ type: "reject" })}>Discard</button>
        {busy && busy !== "approve" && <span className="mu-muted" role="status">Working…</span>}
      </div>}
      {!p.open && <p className="mu-muted">This card is out of date.</p>}
    </section>
  )
}
