/** How many people an audience shares with others: the numbers of the chart below it. */
function ComparisonCard({ props: p }) {
  return (
    <section className="mu" data-card="comparison" aria-label="Overlap">
      <h3>Overlap</h3>
      <div className="mu-scroll" tabIndex={0} role="region" aria-label="The numbers"><table className="mu-table">
        <thead><tr><th>Audience</th><th>In both</th><th>Share of this one</th><th>In all</th></tr></thead>
        <tbody>{p.audiences.map((audience) => (
          <tr key={`${audience.key}/${audience.name}`}><td><strong>{audience.name}</strong></td><td>{audience.both_text}</td><td>{audience.share_text}</td><td>{audience.reach_text}</td></tr>
        ))}</tbody>
      </table></div>
    </section>
  )
}
