/** One person: traits, and how often each event happened. */
export default function ProfileCard() {
  const p = props
  return (
    <section className="mu" data-card="profile" aria-label="Profile">
      <h3>{p.id}</h3>
      <div className="mu-scroll"><table className="mu-table">
        <thead><tr><th>Trait</th><th>Value</th></tr></thead>
        <tbody>{p.trait_rows.map(([name, value]) => <tr key={name}><td>{name}</td><td>{value}</td></tr>)}</tbody>
      </table></div>
      <div className="mu-scroll"><table className="mu-table">
        <thead><tr><th>Event</th><th>Times</th><th>Last</th></tr></thead>
        <tbody>{p.event_rows.map((event) => <tr key={event.name}><td>{event.name}</td><td>{event.count_text}</td><td>{event.last_text}</td></tr>)}</tbody>
      </table></div>
    </section>
  )
}
