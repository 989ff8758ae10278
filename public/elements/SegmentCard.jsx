import { useState } from "react"

const PARTS = [["demographics", "Demographics"], ["geography", "Geography"], ["interests_behaviours", "Interests and behaviours"], ["pain_points", "Pain points"]]

/** The generated segments, each with its parts, its conditions and how many people it holds. */
export default function SegmentCard() {
  const p = props
  const [context, setContext] = useState(p.context || "")
  const [busy, setBusy] = useState(null)
  const act = async (payload) => {
    setBusy(payload.action)
    await callAction({ name: "step", payload })
    setBusy(null)
  }
  return (
    <section className="mu" data-card="segments" data-stale={!p.open} aria-label="AI segments">
      <h3>{p.segments.length > 0 ? `${p.segments.length} segments from your own people` : "AI segments"}</h3>
      <label className="mu-muted" htmlFor={`context-${p.card}`}>Anything to take into account (optional)</label>
      <textarea id={`context-${p.card}`} className="mu-input" rows={2} maxLength={300} disabled={!p.open} value={context} placeholder={p.placeholder} onChange={(event) => setContext(event.target.value)} />
      <div className="mu-row">
        <button className="mu-button mu-main" disabled={!p.open || busy !== null} onClick={() => act({ action: "generate_segments", context: context.trim() })}>
          {busy === "generate_segments" ? "Looking at your people…" : p.segments.length > 0 ? "Generate again" : "Generate segments"}
        </button>
        {p.segments.length > 0 && <span className="mu-muted">Generating again replaces all of them.</span>}
      </div>
      {p.note && <p className="mu-note">{p.note}</p>}
      <ul className="mu-list">
        {p.segments.map((segment) => (
          <li key={segment.key} className="mu-condition">
            <div className="mu-row mu-apart"><strong>{segment.name}</strong>{segment.reach_text && <span className="mu-badge" data-reach={segment.reach}>{segment.reach_text} ({segment.share_text})</span>}</div>
            <div className="mu-bar"><i style={{ width: `${segment.share || 0}%` }} /></div>
            {PARTS.map(([key, label]) => segment[key] && <span key={key}><b>{label}:</b> {segment[key]}</span>)}
            <details><summary>Conditions</summary>
              <ul className="mu-list">{segment.conditions.map((text) => <li key={text}>{text}</li>)}</ul>
              <code className="mu-code" style={{ overflowWrap: "anywhere" }}>{segment.query}</code>
            </details>
            {segment.overlap_text && <span className="mu-muted">{segment.overlap_text}</span>}
            {p.open && <div><button className="mu-button mu-small" disabled={busy !== null} onClick={() => act({ action: "use_segment", key: segment.key })}>Review as an audience</button></div>}
          </li>
        ))}
      </ul>
    </section>
  )
}
