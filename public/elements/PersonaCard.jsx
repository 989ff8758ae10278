import { useState } from "react"

/** Personas of the strategy: one to five for a campaign; the sixth is refused in place. */
function PersonaCard({ props: p, callAction }) {
  const [busy, setBusy] = useState(false)
  const chosen = p.selected
  const toggle = async (key) => {
    const next = chosen.includes(key) ? chosen.filter((each) => each !== key) : [...chosen, key]
    setBusy(true)
    await callAction({ name: "act", payload: { card: p.card, tool: "select_personas", arguments: { personas: next, how: "set" } } })
    setBusy(false)
  }
  return (
    <section className="mu" data-card="personas" data-stale={!p.open} aria-label="Personas">
      <div className="mu-stay">
        <div className="mu-row mu-apart">
          <h3>Choose up to {p.limit} personas</h3>
          <span className="mu-badge" aria-live="polite">{chosen.length} of {p.limit}</span>
        </div>
        {p.said && <p className="mu-warn" role="alert">{p.said}</p>}
      </div>
      <div className="mu-grid">
        {p.personas.map((persona) => (
          <button key={persona.key} className="mu-pick" role="checkbox" aria-checked={chosen.includes(persona.key)} disabled={!p.open || busy} onClick={() => toggle(persona.key)}>
            <strong>{persona.name}</strong>
            {persona.description && <span>{persona.description}</span>}
            {persona.details.map((detail) => <span key={detail.label} className="mu-muted"><b>{detail.label}:</b> {detail.text}</span>)}
          </button>
        ))}
      </div>
    </section>
  )
}
