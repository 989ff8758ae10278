import { useState } from "react"

/** One saved audience as it is today, and what can be done with it. */
function AudienceCard({ props: p, callAction }) {
  const [busy, setBusy] = useState(false)
  const act = async (tool, values) => {
    setBusy(true)
    await callAction({ name: "act", payload: { card: p.card, tool, arguments: values } })
    setBusy(false)
  }
  return (
    <section className="mu" data-card="audience" data-audience={p.key} aria-label={`Audience ${p.name}`}>
      <div className="mu-row mu-apart"><h3>{p.name}</h3><span className="mu-badge" title={p.kind_help}>{p.kind_text}</span></div>
      <p>{p.description}</p>
      {p.reach_text && <div>
        <div className="mu-row"><span className="mu-reach" data-reach={p.reach}>{p.reach_text}</span><span className="mu-muted">of {p.universe_text} ({p.share_text}) today</span></div>
        <div className="mu-bar" role="img" aria-label={`${p.share_text} of everybody`}><i style={{ width: `${p.percent}%` }} /></div>
      </div>}
      <ul className="mu-list">
        {p.conditions.map((condition, index) => (
          <li key={index} className="mu-condition"><span>{condition.english}</span>
            <div className="mu-numbers">
              {condition.reach_text && <span>{condition.reach_text} on its own</span>}
              {condition.kept_text && <span>keeps {condition.kept_text}</span>}
              {condition.dropped_text && <span>drops {condition.dropped_text}</span>}
            </div>
          </li>
        ))}
      </ul>
      <details><summary>The query</summary><code className="mu-code mu-block" style={{ overflowWrap: "anywhere" }}>{p.query}</code></details>
      {p.open && <div className="mu-row">
        <button className="mu-button mu-small" disabled={busy} onClick={() => act("edit_audience", { audience: p.key })}>Edit as a new draft</button>
        <button className="mu-button mu-small" disabled={busy} onClick={() => act("reach_by_day", { query: p.query })}>Reach by day</button>
        <button className="mu-button mu-small" disabled={busy} onClick={() => act("list_audiences", {})}>All saved audiences</button>
      </div>}
      {p.said && <p className="mu-warn" role="alert">{p.said}</p>}
    </section>
  )
}
