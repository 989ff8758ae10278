import { useState } from "react"

/** The two approaches, locked until there is a strategy. */
function ApproachCard({ props: p, callAction }) {
  const [busy, setBusy] = useState(false)
  const pick = async (key) => {
    setBusy(true)
    await callAction({ name: "act", payload: { card: p.card, tool: "choose_approach", arguments: { approach: key } } })
    setBusy(false)
  }
  return (
    <section className="mu" data-card="approaches" data-stale={!p.open} aria-label="Two approaches">
      <h3>How should the audience be chosen?</h3>
      {p.warning && <p className="mu-warn" role="alert">{p.warning}</p>}
      <div className="mu-grid">
        {p.approaches.map((approach) => (
          <button key={approach.key} className="mu-pick" aria-pressed={approach.selected} disabled={!p.open || busy || approach.locked} onClick={() => pick(approach.key)}>
            <strong>{approach.title}</strong>
            <span className="mu-muted">Best for</span>
            {approach.best_for.map((text) => <span key={text}>{text}</span>)}
            {approach.locked && <span className="mu-muted">Locked{approach.why && approach.why !== p.warning ? `. ${approach.why}` : ""}</span>}
          </button>
        ))}
      </div>
    </section>
  )
}
