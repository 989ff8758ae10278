/** How many people the draft shares with each saved audience. */
export default function ComparisonCard() {
  const p = props
  return (
    <section className="mu" data-card="comparison" aria-label="Overlap">
      <h3>Overlap with saved audiences</h3>
      <ul className="mu-list">
        {p.audiences.map((audience) => (
          <li key={audience.key} className="mu-condition">
            <div className="mu-row mu-apart"><strong>{audience.name}</strong><span className="mu-badge">{audience.both_text}</span></div>
            <div className="mu-bar"><i style={{ width: `${audience.percent}%` }} /></div>
            <span className="mu-muted">{audience.share_text} of the draft; {audience.reach_text} in all</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
