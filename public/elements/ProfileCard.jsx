/** One person: in or out of the draft and why, traits, and what happened last. */
function ProfileCard({ props: p }) {
  const why = p.why
  return (
    <section className="mu" data-card="profile" aria-label={`Profile ${p.id}`}>
      <div className="mu-row mu-apart"><h3>{p.id}</h3>{why && <span className="mu-badge">{why.in ? "In the draft" : "Not in the draft"}</span>}</div>
      {why && <ul className="mu-list">
        {why.conditions.map((condition, index) => (
          <li key={index} className="mu-condition" style={{ "--hue": condition.in ? "hsl(var(--primary))" : "hsl(0 72% 51%)" }}>
            <span><b>{condition.in ? "Holds" : "Does not hold"}:</b> {condition.english}</span>
            <span className="mu-muted">{condition.because}</span>
          </li>
        ))}
      </ul>}
      <details open><summary>Traits ({p.trait_rows.length})</summary>
        <div className="mu-scroll" tabIndex={0} role="region" aria-label="The traits"><table className="mu-table">
          <thead><tr><th>Trait</th><th>Value</th></tr></thead>
          <tbody>{p.trait_rows.map(([name, value]) => <tr key={name}><td>{name}</td><td>{value}</td></tr>)}</tbody>
        </table></div>
      </details>
      {p.recent.length === 0 ? <p className="mu-muted">No events of this person are known.</p> : <details open><summary>The newest events</summary>
        <div className="mu-scroll" tabIndex={0} role="region" aria-label="The events"><table className="mu-table">
          <thead><tr><th>What happened</th><th>With</th></tr></thead>
          <tbody>{p.recent.map((event, index) => <tr key={index}><td style={{ minWidth: "8.5rem" }}>{event.name}<div className="mu-muted">{event.when}</div></td><td className="mu-muted">{event.text}</td></tr>)}</tbody>
        </table></div>
      </details>}
    </section>
  )
}
