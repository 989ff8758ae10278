const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]

/** What was chosen is shown at once, and again as it stands when the server has answered. */
function useShown(value, answered) {
  const [of, setOf] = useState({ value, answered, shown: value })
  if (of.value !== value || of.answered !== answered) setOf({ value, answered, shown: value })
  return [of.shown, (shown) => setOf({ ...of, shown })]
}

/** One of a few words to choose. */
function Choose({ label, value, options, disabled, onChange, invalid, answered }) {
  const [shown, setShown] = useShown(value, answered)
  return (
    <select className="mu-input mu-fit" aria-label={label} aria-invalid={invalid} disabled={disabled} value={shown} onChange={(event) => { setShown(event.target.value); onChange(event.target.value) }}>
      {options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}
    </select>
  )
}

/** Yes or no. */
function Tick({ text, checked, disabled, onChange, answered, quiet }) {
  const [shown, setShown] = useShown(checked, answered)
  return <label className={`mu-row${quiet ? " mu-muted" : ""}`}><input type="checkbox" disabled={disabled} checked={shown} onChange={() => { setShown(!shown); onChange() }} /> {text}</label>
}

function Unit({ part, disabled, onChange }) {
  return <Choose label={`${part.label}: unit`} value={part.unit} options={[["day", "days"], ["hour", "hours"]]} disabled={disabled} onChange={(unit) => onChange({ ...part, unit })} />
}

/** A whole number of days or hours. */
function Length({ part, name, label, least, disabled, onChange, invalid }) {
  const set = (text) => onChange({ ...part, [name]: text === "" ? "" : Math.max(0, Math.floor(Number(text))) })
  return <input className="mu-input mu-fit mu-short" type="number" min={least} step="1" aria-label={`${part.label}: ${label}`} aria-invalid={invalid} disabled={disabled} value={part[name] ?? ""} onChange={(event) => set(event.target.value)} />
}
