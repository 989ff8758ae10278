import { useState } from "react"

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

function Condition({ condition, index, removable, onRemove, hovered, setHovered }) {
  return (
    <li className="mu-condition" data-on={hovered === index} style={{ "--hue": hue(index) }} onMouseEnter={() => setHovered(index)} onMouseLeave={() => setHovered(null)}>
      <div className="mu-row mu-apart" style={{ flexWrap: "nowrap", alignItems: "flex-start" }}>
        <span>{condition.english}</span>
        {removable && <button className="mu-button mu-small" aria-label={`Remove: ${condition.english}`} onClick={onRemove}>Remove</button>}
      </div>
      <div className="mu-numbers">
        {condition.reach_text && <span>{condition.reach_text} on its own</span>}
        {condition.kept_text && <span>keeps {condition.kept_text}</span>}
        {condition.dropped_text && <span>drops {condition.dropped_text}</span>}
      </div>
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

  const act = async (decision) => {
    setBusy(decision.type)
    await callAction({ name: "review", payload: { interrupt_id: p.interrupt_id, decision } })
    setBusy(null)
  }
  const review = p.card === "review"
  const open = p.open && review && !busy
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
        <h4>{p.conditions.length === 1 ? "Condition" : "Conditions"}</h4>
        <ul className="mu-list">
          {p.conditions.map((condition, index) => <Condition key={index} condition={condition} index={index} removable={open && p.conditions.length > 1} onRemove={() => act({ type: "remove", index })} hovered={hovered} setHovered={setHovered} />)}
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
