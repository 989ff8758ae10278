/** Fields to choose from, found by words: with their type, a few values, and when they were last seen. */
function Picker({ title, event, find, onPick, onClose }) {
  const [words, setWords] = useState("")
  const [found, setFound] = useState(null)
  useEffect(() => {
    let wanted = true
    const timer = setTimeout(async () => {
      const fields = await find(words, event)
      if (wanted) setFound(fields)
    }, words ? 300 : 0)
    return () => { wanted = false; clearTimeout(timer) }
  }, [words, event])
  return (
    <div className="mu-picker" onKeyDown={(key) => key.key === "Escape" && onClose()}>
      <div className="mu-row">
        <input className="mu-input" style={{ flex: "1 1 12rem", width: "auto" }} autoFocus aria-label={title} placeholder={event ? "Search properties and values" : "Search events, traits, properties, audiences"} value={words} onChange={(typed) => setWords(typed.target.value)} />
        <button className="mu-button mu-small" onClick={onClose}>Close</button>
      </div>
      <ul className="mu-list mu-found" aria-live="polite">
        {(found || []).map((field) => (
          <li key={`${field.kind}/${field.event || ""}/${field.owner}/${field.name}`}>
            <button className="mu-field" data-active={field.active} onClick={() => onPick(field)}>
              <strong>{field.title || field.name}</strong> <span className="mu-muted">{field.kind === "property" && !event ? `property of ${field.event}` : field.kind === "trait" ? `trait${field.owner === "account" ? " of accounts" : ""}` : field.kind === "audience" ? "saved audience" : field.kind}{field.type !== "event" && field.kind !== "audience" && `, ${field.type}`}{field.note && `, ${field.active ? field.note : "inactive"}`}</span>
              {field.examples.length > 0 && <span className="mu-muted mu-block">{field.examples.join(", ")}</span>}
            </button>
          </li>
        ))}
      </ul>
      {found === null ? <p className="mu-muted" role="status">Looking…</p> : found.length === 0 && <p className="mu-muted" role="status">No field has these words. Try another word.</p>}
    </div>
  )
}

const picked = (field) => ({ kind: field.kind, name: field.name, event: field.event, owner: field.owner })
