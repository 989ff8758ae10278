/** Why one person is in or out, condition by condition. */
function WhyCard({ props: p }) {
  return (
    <section className="mu" data-card="why" aria-label="In or out">
      <div className="mu-row mu-apart"><h3>{p.id}</h3><span className="mu-badge">{p.in ? "In the audience" : "Not in the audience"}</span></div>
      <ul className="mu-list">
        {p.conditions.map((condition, index) => (
          <li key={index} className="mu-condition" style={{ "--hue": condition.in ? "hsl(var(--primary))" : "hsl(0 72% 51%)" }}>
            <span><b>{condition.in ? "Holds" : "Does not hold"}:</b> {condition.english}</span>
            <span className="mu-muted">{condition.because}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
