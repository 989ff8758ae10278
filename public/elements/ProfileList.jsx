/** People found by their id; one click shows a person's traits and events. */
export default function ProfileList() {
  const p = props
  const look = (id) => callAction({ name: "act", payload: { card: p.card, tool: "show_profile", arguments: { id } } })
  return (
    <section className="mu" data-card="profiles" aria-label="Profiles">
      <h3>{p.text ? `People whose id has “${p.text}”` : "People"}</h3>
      <div className="mu-scroll"><table className="mu-table"><tbody>
        {p.profiles.map((profile) => (
          <tr key={profile.id}><td><button className="mu-button mu-small" onClick={() => look(profile.id)}>{profile.id}</button></td><td>{profile.summary}</td></tr>
        ))}
      </tbody></table></div>
    </section>
  )
}
