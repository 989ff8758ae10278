import { useState } from "react"

/** The generated segments, each with its parts, its conditions and how many people it holds. */
function SegmentCard({ props: p, callAction }) {
  const [context, setContext] = useState(p.context || "")
  const [acting, setBusy] = useState(null)
  const busy = acting || (p.busy ? "generate_segments" : null)
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
      {p.notes && p.notes.length > 0 && <ul className="mu-muted">{p.notes.map((note) => <li key={note}>{note}</li>)}</ul>}
      {p.sizes && p.sizes.length > 0 && (
        <figure className="mu-chart" data-chart="sizes">
          <figcaption>Size and overlap. {p.covered_text}</figcaption>
          {p.sizes.map((size) => <Bar key={size.key} label={size.name} percent={size.percent} text={size.text} />)}
          {p.overlaps.length > 0
            ? <details><summary>{p.overlaps.length} {p.overlaps.length === 1 ? "pair shares" : "pairs share"} people</summary><ul className="mu-list">{p.overlaps.map((pair) => <li key={pair}>{pair}</li>)}</ul></details>
            : <span className="mu-muted">Nobody is in two of them.</span>}
        </figure>
      )}
      <ul className="mu-list">
        {p.segments.map((segment) => (
          <li key={segment.key} className="mu-condition">
            <div className="mu-row mu-apart"><strong>{segment.name}</strong>{segment.reach_text && <span className="mu-badge" data-reach={segment.reach}>{segment.reach_text} ({segment.share_text})</span>}</div>
            {p.model !== "builtin" && segment.summary && <p className="mu-muted">{segment.summary}</p>}
            {!segment.grounded && <span className="mu-warn">Taken from the strategy's words alone, not found in data.</span>}
            {segment.parts.map((part) => <span key={part.label}><b>{part.label}:</b> {part.text}</span>)}
            {segment.profile.length > 0 && (
              <figure className="mu-chart" data-chart="profile">
                <figcaption>What sets it apart (thick bar: they; thin bar: all whom they are compared with)</figcaption>
                {segment.profile.map((fact) => <Bar key={fact.label} label={fact.label} percent={fact.own} base={fact.base} text={fact.text} />)}
              </figure>
            )}
            {segment.averages.length > 0 && (
              <figure className="mu-chart" data-chart="averages">
                <figcaption>On average (the longer bar is full)</figcaption>
                {segment.averages.map((each) => <Bar key={each.label} label={each.label} percent={each.own} base={each.base} text={each.text} />)}
              </figure>
            )}
            {segment.confidence_text && <span className="mu-muted">{segment.confidence_text}</span>}
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

/** One bar, with its number in words; `base` is drawn behind it. */
function Bar({ label, percent, base, text }) {
  return (
    <div className="mu-measure" role="img" aria-label={`${label}: ${text}`}>
      <span>{label}</span>
      <span className="mu-track">
        {base !== undefined && <i className="mu-base" style={{ width: `${Math.min(base, 100)}%` }} />}
        <i className={base === undefined ? "mu-own mu-whole" : "mu-own"} style={{ width: `${Math.min(percent, 100)}%` }} />
      </span>
      <span className="mu-muted">{text}</span>
    </div>
  )
}
