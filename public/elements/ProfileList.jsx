import { useState } from "react"

/** People, by id: of everybody or of the draft. One click shows a person's traits and events. */
function ProfileList({ props: p, callAction }) {
  const [words, setWords] = useState(p.text || "")
  const [inside, setInside] = useState(p.inside)
  const [busy, setBusy] = useState(false)
  const act = async (tool, values) => {
    setBusy(true)
    await callAction({ name: "act", payload: { card: p.card, tool, arguments: values } })
    setBusy(false)
  }
  return (
    <section className="mu" data-card="profiles" data-stale={!p.open} aria-label="Profiles">
      <h3>{p.inside ? "People in the audience" : p.text ? `People with “${p.text}”` : "People"}</h3>
      <form className="mu-row" onSubmit={(event) => { event.preventDefault(); act("find_profiles", { text: inside ? "" : words.trim(), inside }) }}>
        <input className="mu-input" style={{ flex: "1 1 10rem", width: "auto" }} aria-label="Search people" placeholder="An id, a name, a city…" disabled={!p.open || inside} value={words} onChange={(event) => setWords(event.target.value)} />
        {p.has_draft && <label className="mu-row mu-muted"><input type="checkbox" disabled={!p.open} checked={inside} onChange={(event) => setInside(event.target.checked)} /> only those in the draft</label>}
        <button className="mu-button mu-small" type="submit" disabled={!p.open || busy}>Search</button>
      </form>
      {p.said && <p className="mu-warn" role="alert">{p.said}</p>}
      {p.profiles.length === 0
        ? <p className="mu-muted">{p.inside ? "Nobody is in the audience." : "Nobody has that in an id or a trait. Try a part of it."}</p>
        : p.profiles.every((profile) => !profile.summary)
        ? <div className="mu-row">{p.profiles.map((profile) => <button key={profile.id} className="mu-button mu-small" disabled={!p.open || busy} onClick={() => act("show_profile", { id: profile.id })}>{profile.id}</button>)}</div>
        : <div className="mu-scroll"><table className="mu-table">
            <thead><tr><th>Person</th><th>{p.inside ? "What the conditions look at" : "Some traits"}</th></tr></thead>
            <tbody>{p.profiles.map((profile) => (
              <tr key={profile.id}><td><button className="mu-button mu-small" disabled={!p.open || busy} onClick={() => act("show_profile", { id: profile.id })}>{profile.id}</button></td><td>{profile.summary}</td></tr>
            ))}</tbody>
          </table></div>}
    </section>
  )
}
