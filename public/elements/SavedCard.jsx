/** A success: what was saved, and a way to look at it. */
function SavedCard({ props: p, callAction }) {
  const view = () => callAction({ name: "act", payload: { card: p.card, tool: "list_audiences", arguments: {} } })
  return (
    <section className="mu" data-card="saved" data-audience={p.key} aria-label="Saved" role="status">
      <div className="mu-row mu-apart"><h3>Saved: {p.name}</h3><span className="mu-badge">{p.kind_text}</span></div>
      <p>{p.description}</p>
      {p.reach_text && <p className="mu-muted">{p.reach_text} when it was saved</p>}
      <details><summary>The query</summary><code className="mu-code" style={{ overflowWrap: "anywhere" }}>{p.query}</code></details>
      <div className="mu-row"><button className="mu-button" onClick={view}>View saved audiences</button></div>
    </section>
  )
}
