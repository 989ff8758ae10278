/** How large an audience was, day by day: the numbers of the chart below it. */
function ReachCard({ props: p }) {
  return (
    <section className="mu" data-card="reach" aria-label="Reach by day">
      <h3>Reach by day</h3>
      <p className="mu-muted">Events count up to each day; traits are as they are now.</p>
      <details><summary>The numbers as a table</summary>
        <div className="mu-scroll" tabIndex={0} role="region" aria-label="The numbers"><table className="mu-table">
          <thead><tr><th>Day</th><th>Reach</th></tr></thead>
          <tbody>{p.rows.map((row) => <tr key={row.day_text}><td>{row.day_text}</td><td>{row.reach_text}</td></tr>)}</tbody>
        </table></div>
      </details>
    </section>
  )
}
