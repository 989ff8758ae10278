import { useState } from "react"

/** Saved audiences, and how many Dynamic Plus places are used. */
export default function AudienceList() {
  const p = props
  const [asking, setAsking] = useState(null)
  const [busy, setBusy] = useState(false)
  const act = async (tool, audience) => {
    setBusy(true)
    await callAction({ name: "act", payload: { card: p.card, tool, arguments: { audience } } })
    setBusy(false)
    setAsking(null)
  }
  if (p.audiences.length === 0)
    return <section className="mu" data-card="audiences"><p>No audience is saved yet. Say who a campaign is for, review what comes back, and save it.</p></section>
  return (
    <section className="mu" data-card="audiences" aria-label="Saved audiences">
      <div className="mu-row mu-apart"><h3>Saved audiences</h3>{p.limit_text && <span className="mu-badge">{p.limit_text}</span>}</div>
      <ul className="mu-list">
        {p.audiences.map((audience) => (
          <li key={audience.key} className="mu-condition" data-audience={audience.key}>
            <div className="mu-row mu-apart"><strong>{audience.name}</strong><span className="mu-badge">{audience.kind_text}</span></div>
            <span>{audience.description}</span>
            <details><summary>The query</summary><code className="mu-code" style={{ overflowWrap: "anywhere" }}>{audience.query}</code></details>
            {p.open && <div className="mu-row">
              <button className="mu-button mu-small" disabled={busy} onClick={() => act("edit_audience", audience.key)}>Use as a new draft</button>
              {asking === audience.key
                ? <><span>Delete it for good?</span><button className="mu-button mu-small" disabled={busy} onClick={() => act("delete_audience", audience.key)}>Delete</button><button className="mu-button mu-small" onClick={() => setAsking(null)}>Keep</button></>
                : <button className="mu-button mu-small" disabled={busy} onClick={() => setAsking(audience.key)}>Delete…</button>}
            </div>}
          </li>
        ))}
      </ul>
    </section>
  )
}
