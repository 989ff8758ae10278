/** Who did what, newest first. For owners. */
function AuditCard({ props: p }) {
  return (
    <section className="mu" data-card="audit" aria-label="Who did what">
      <h3>Who did what</h3>
      <div className="mu-scroll" tabIndex={0} role="region" aria-label="The list">
        <table className="mu-table">
          <thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">Of</th></tr></thead>
          <tbody>
            {p.rows.map((row, index) => (
              <tr key={index}>
                <td>{row.at}</td><td>{row.person}</td><td>{row.action_text}</td>
                <td><strong>{row.subject}</strong>{row.detail && <><br /><span className="mu-muted">{row.detail}</span></>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
