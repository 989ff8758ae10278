import { useState } from "react"

/** What each event is for, as plain words are read: to see, and to correct. */
function RoleList({ props: p, callAction }) {
  const [words, setWords] = useState("")
  const [busy, setBusy] = useState(null)
  const set = async (event, role) => {
    setBusy(event)
    await callAction({ name: "act", payload: { card: p.card, tool: "set_event_role", arguments: { event, role: role || null } } })
    setBusy(null)
  }
  const shown = p.events.filter((each) => `${each.event} ${each.role_text}`.toLowerCase().includes(words.trim().toLowerCase()))
  return (
    <section className="mu" data-card="roles" data-stale={!p.open} aria-label="What events are for">
      <h3>What events are for</h3>
      <p className="mu-muted">“Customers who bought” is read by the event that is for purchases. Correct what is wrong: it counts from the next description on, for everybody here.</p>
      <input className="mu-input" aria-label="Search events" placeholder="Search events and roles" value={words} onChange={(event) => setWords(event.target.value)} />
      {p.said && <p className="mu-warn" role="alert">{p.said}</p>}
      <ul className="mu-list">
        {shown.slice(0, 60).map((each) => (
          <li key={each.event} className="mu-row mu-apart" data-event={each.event} data-role={each.role || ""}>
            <span className="mu-grow"><strong>{each.event}</strong> <span className="mu-muted">{each.role_text}</span></span>
            <select className="mu-input mu-fit" aria-label={`What ${each.event} is for`} disabled={!p.open || busy !== null} value={each.chosen} onChange={(event) => set(each.event, event.target.value)}>
              <option value="">as its name says</option>
              <option value="none">nothing of these</option>
              {p.choices.map(([key, text]) => <option key={key} value={key}>{text}</option>)}
            </select>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className="mu-muted">No event has these words. Try another word.</p>}
      {shown.length > 60 && <p className="mu-muted">{shown.length - 60} more. Search to narrow them down.</p>}
    </section>
  )
}
