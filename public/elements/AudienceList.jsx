import { useState } from "react"

/** Saved audiences, what can be done with each, and how many Dynamic Plus places are used. */
function AudienceList({ props: p, callAction }) {
  const [asking, setAsking] = useState(null)
  const [naming, setNaming] = useState(null)
  const [busy, setBusy] = useState(false)
  const act = async (tool, values) => {
    setBusy(true)
    await callAction({ name: "act", payload: { card: p.card, tool, arguments: values } })
    setBusy(false)
    setAsking(null)
    setNaming(null)
  }
  if (p.audiences.length === 0)
    return <section className="mu" data-card="audiences"><h3>Saved audiences</h3><p>None yet. Say below who a campaign is for, review what comes back, and save it.</p>{p.limit_text && <p className="mu-muted">{p.limit_text}</p>}</section>
  return (
    <section className="mu" data-card="audiences" aria-label="Saved audiences">
      <div className="mu-row mu-apart"><h3>Saved audiences</h3>{p.limit_text && <span className="mu-badge">{p.limit_text}</span>}</div>
      {p.full && <p className="mu-warn" role="note">All Dynamic Plus places are used. Delete one of those below to save another; your draft stays as it is.</p>}
      {p.said && <p className="mu-warn" role="alert">{p.said}</p>}
      <ul className="mu-list">
        {p.audiences.map((audience) => (
          <li key={audience.key} className="mu-condition" data-audience={audience.key}>
            <div className="mu-row mu-apart"><strong>{audience.name}</strong><span className="mu-badge">{audience.kind_text}</span></div>
            <span>{audience.description}</span>
            {p.open && naming && naming.key === audience.key && <form className="mu-row" onSubmit={(event) => { event.preventDefault(); act("rename_audience", { audience: audience.key, name: naming.name.trim() }) }}>
              <input className="mu-input" style={{ flex: "1 1 12rem", width: "auto" }} autoFocus aria-label={`New name of ${audience.name}`} maxLength={60} value={naming.name} onChange={(event) => setNaming({ ...naming, name: event.target.value })} />
              <button className="mu-button mu-small mu-main" type="submit" disabled={busy || !naming.name.trim() || naming.name.trim() === audience.name}>Rename</button>
              <button className="mu-button mu-small" type="button" onClick={() => setNaming(null)}>Keep</button>
            </form>}
            {p.open && <div className="mu-row">
              <button className="mu-button mu-small" disabled={busy} aria-label={`View ${audience.name}`} onClick={() => act("show_audience", { audience: audience.key })}>View</button>
              <button className="mu-button mu-small" disabled={busy} aria-label={`Edit ${audience.name} as a new draft`} onClick={() => act("edit_audience", { audience: audience.key })}>Edit as a new draft</button>
              <button className="mu-button mu-small" disabled={busy} aria-label={`Duplicate ${audience.name}`} onClick={() => act("edit_audience", { audience: audience.key, copied: true })}>Duplicate</button>
              <button className="mu-button mu-small" disabled={busy} aria-label={`Rename ${audience.name}`} onClick={() => setNaming({ key: audience.key, name: audience.name })}>Rename…</button>
              {asking === audience.key
                ? <span className="mu-row" role="group" aria-label={`Delete ${audience.name}?`}><span>Delete it for good?</span><button className="mu-button mu-small" autoFocus disabled={busy} onClick={() => act("delete_audience", { audience: audience.key })}>Delete</button><button className="mu-button mu-small" onClick={() => setAsking(null)}>Keep</button></span>
                : <button className="mu-button mu-small" disabled={busy} aria-label={`Delete ${audience.name}…`} onClick={() => setAsking(audience.key)}>Delete…</button>}
            </div>}
          </li>
        ))}
      </ul>
    </section>
  )
}
