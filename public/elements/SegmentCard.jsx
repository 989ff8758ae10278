import { useState } from "react"

/** The generated segments, each with its parts, its conditions and how many people it holds. */
export default function SegmentCard() {
  const p = props
  const [context, setContext] = useState(p.context || "")
  const [busy, setBusy] = useState(null)
  const act = async (tool, values) => {
    setBusy(tool)
    await callAction({ name: "act", payload: { card: p.card, tool, arguments: values } })
    setBusy(null)
  }
  return (
    <section className="mu" data-card="segments" data-stale={!p.open} aria-label="AI segments">
      <h3>{p.segments.length > 0 ? `${p.segments.length} segments from your own people` : "AI segments"}</h3>
      <label className="mu-muted" htmlFor={`context-${p.revision}`}>Anything to take into account (optional)</label>
      <textarea id={`context-${p.revision}`} className="mu-input" rows={2} maxLength={300} disabled={!p.open} value={context} placeholder="We launch a winter jacket; mostly repeat buyers" onChange={(event) => setContext(event.target.value)} />
      <div className="mu-row">
        <button className="mu-button mu-main" disabled={!p.open || busy !== null} onClick={() => act("generate_segments", { context: context.trim() })}>
          {busy === "generate_segments" ? "Looking at your people…" : p.segments.length > 0 ? "Generate again" : "Generate segments"}
        </button>
        {p.segments.length > 0 && <span className="mu-muted">Generating again replaces all of them.</span>}
      </div>
      {p.said && <p className="mu-warn" role="alert">{p.said}</p>}
      {p.how && <p className="mu-note">{p.how}</p>}
      <ul className="mu-list">
        {p.segments.map((segment) => (
          <li key={segment.key} className="mu-condition">
            <div className="mu-row mu-apart"><strong>{segment.name}</strong>{segment.reach_text && <span className="mu-badge" data-reach={segment.reach}>{segment.reach_text} ({segment.share_text})</span>}</div>
            <div className="mu-bar"><i style={{ width: `${segment.percent || 0}%` }} /></div>
            {!segment.grounded && <span className="mu-warn">Taken from the strategy's words alone, not found in data.</span>}
            {segment.parts.map((part) => <span key={part.label}><b>{part.label}:</b> {part.text}</span>)}
            <details><summary>Conditions</summary>
              <ul className="mu-list">{segment.english.map((text) => <li key={text}>{text}</li>)}</ul>
              <code className="mu-code" style={{ overflowWrap: "anywhere" }}>{segment.query}</code>
            </details>
            {segment.overlap_text && <span className="mu-muted">{segment.overlap_text}</span>}
            {p.open && segment.query && <div><button className="mu-button mu-small" disabled={busy !== null} onClick={() => act("use_segment", { segment: segment.key })}>Review as an audience</button></div>}
          </li>
        ))}
      </ul>
    </section>
  )
}
