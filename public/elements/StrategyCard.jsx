import { useState } from "react"

/** Which strategy the campaign belongs to. */
function StrategyCard({ props: p, callAction }) {
  const [busy, setBusy] = useState(null)
  const pick = async (key) => {
    setBusy(key)
    await callAction({ name: "act", payload: { card: p.card, tool: "choose_strategy", arguments: { strategy: key } } })
    setBusy(null)
    // The approaches change where they stand, which may be out of sight.
    const [approaches] = [...document.querySelectorAll("[data-card='approaches']")].slice(-1)
    if (approaches) approaches.scrollIntoView({ block: "nearest" })
  }
  if (p.strategies.length === 0)
    return <section className="mu" data-card="strategies"><p>This workspace has no strategies. You can still describe an audience in your own words below.</p></section>
  return (
    <section className="mu" data-card="strategies" data-stale={!p.open} aria-label="Strategies">
      <h3>Which strategy is the campaign for?</h3>
      <div className="mu-grid">
        {p.strategies.map((strategy) => (
          <button key={strategy.key} className="mu-pick" aria-pressed={strategy.selected} disabled={!p.open || busy !== null} onClick={() => pick(strategy.key)}>
            <strong>{strategy.name}</strong>
            {strategy.product && <span>{strategy.product}</span>}
            <span className="mu-muted">{strategy.personas_text}</span>
          </button>
        ))}
      </div>
    </section>
  )
}
