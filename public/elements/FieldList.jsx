import { useState } from "react"

/** Events, properties and traits of the workspace, active and inactive. */
function FieldList({ props: p }) {
  const [words, setWords] = useState("")
  const [inactive, setInactive] = useState(true)
  const shown = p.fields.filter((field) => (inactive || field.active) && `${field.name} ${field.event || ""} ${field.values.join(" ")}`.toLowerCase().includes(words.trim().toLowerCase()))
  return (
    <section className="mu" data-card="fields" aria-label="Fields">
      <h3>{p.text ? `Fields near “${p.text}”` : "Fields of this workspace"}</h3>
      <div className="mu-row">
        <input className="mu-input" style={{ flex: "1 1 12rem", width: "auto" }} placeholder="Search names and values" aria-label="Search fields" value={words} onChange={(event) => setWords(event.target.value)} />
        <label className="mu-row mu-muted"><input type="checkbox" checked={inactive} onChange={(event) => setInactive(event.target.checked)} /> with inactive ones</label>
      </div>
      <div className="mu-scroll" tabIndex={0} role="region" aria-label="The fields">
        <table className="mu-table">
          <thead><tr><th>Field</th><th>Values</th><th>Last seen</th></tr></thead>
          <tbody>
            {shown.slice(0, 60).map((field) => (
              <tr key={`${field.kind}/${field.event || ""}/${field.name}`} style={field.active ? {} : { opacity: .6 }}>
                <td style={{ overflowWrap: "anywhere" }}><strong>{field.name}</strong><div className="mu-muted">{field.kind}{field.event && ` of ${field.event}`}{field.type && `, ${field.type}`}</div></td>
                <td style={{ overflowWrap: "anywhere" }}>{field.values.slice(0, 6).join(", ")}</td><td>{field.last_seen_text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length === 0 && <p className="mu-muted">No field has these words. Try another word, or show inactive ones.</p>}
      {shown.length > 60 && <p className="mu-muted">{shown.length - 60} more. Search to narrow them down.</p>}
    </section>
  )
}
