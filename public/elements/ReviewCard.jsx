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

function Condition({ condition, index, people, removable, onRemove, hovered, setHovered }) {
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
  const [query, setQuery] = useState(p.query || "")
  const [busy, setBusy] = useState(null)
  const [said, setSaid] = useState(null)

  const act = async (decision) => {
    setBusy(decision.kind)
    setSaid(null)
    const answer = await callAction({ name: "review", payload: { interrupt_id: p.interrupt_id, decision } })
    setBusy(null)
    if (answer && answer.response && answer.response.message) setSaid(answer.response.message)
  }
  const open = p.open && !busy
  return (
    <section className="mu" data-stale={!p.open} data-card="review" aria-label="Audience for review">
      <div className="mu-row mu-apart">
        {p.open
          ? <input className="mu-input" style={{ flex: "1 1 14rem", fontWeight: 650, fontSize: "1.05rem" }} aria-label="Name of the audience" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
          : <h3>{p.name}</h3>}
        <span className="mu-badge" title={p.kind_help}>{p.kind_text}</span>
      </div>
      {p.description && <p>{p.description}</p>}

      {p.reach_text
        ? <div>
            <div className="mu-row"><span className="mu-reach" data-reach={p.reach}>{p.reach_text}</span><span className="mu-muted">of {p.universe_text} {p.people} ({p.share_text})</span></div>
            <div className="mu-bar" role="img" aria-label={`${p.share_text} of all ${p.people}`}><i style={{ width: `${p.share}%` }} /></div>
          </div>
        : <p className="mu-muted">{p.no_count}</p>}

      {p.prompts.length > 0 && <div>
        <h4>What you asked for</h4>
        {p.prompts.map((text, turn) => <Prompt key={turn} text={text} turn={turn} conditions={p.conditions} unmatched={turn === p.prompts.length - 1 ? p.unmatched : []} hovered={hovered} />)}
      </div>}

      <div>
        <h4>{p.how_joined}</h4>
        <ul className="mu-list">
          {p.conditions.map((condition, index) => <Condition key={index} condition={condition} index={index} people={p.people} removable={open && p.conditions.length > 1} onRemove={() => act({ kind: "remove", index })} hovered={hovered} setHovered={setHovered} />)}
        </ul>
        {p.structure && <p className="mu-muted" style={{ marginTop: ".4rem" }}>{p.structure}</p>}
      </div>

      {p.assumptions.length > 0 && <div className="mu-note"><h4>Taken for granted</h4><ul className="mu-list">{p.assumptions.map((text) => <li key={text}>{text}</li>)}</ul></div>}
      {p.warnings.map((text) => <p key={text} className="mu-warn" role="note">{text}</p>)}
      {p.stop && <p className="mu-stop" role="alert">{p.stop}</p>}
      {said && <p className="mu-stop" role="alert">{said}</p>}

      {p.query && <details>
        <summary>The query, for experts</summary>
        <textarea className="mu-input mu-code" style={{ marginTop: ".5rem" }} rows={Math.min(8, 1 + Math.ceil(query.length / 70))} aria-label="Query" readOnly={!p.open} value={query} onChange={(event) => setQuery(event.target.value)} />
        {p.open && <button className="mu-button mu-small" disabled={!open || query === p.query} onClick={() => act({ kind: "edit", query })}>Check and count</button>}
      </details>}

      {p.open
        ? <div className="mu-row">
            <button className="mu-button mu-main" disabled={!open || !p.can_save || !name.trim()} onClick={() => act({ kind: "save", name: name.trim() })}>{busy === "save" ? "Saving…" : "Save"}</button>
            <button className="mu-button" disabled={!open} onClick={() => act({ kind: "modify" })}>Modify</button>
            <button className="mu-button" disabled={!open} onClick={() => act({ kind: "discard" })}>Discard</button>
            {busy && busy !== "save" && <span className="mu-muted" role="status">Working…</span>}
          </div>
        : <p className="mu-muted">{p.closed}</p>}
    </section>
  )
}
