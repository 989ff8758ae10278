const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]

/** What was chosen is shown at once; when nothing is waited for any more, what is. */
function useShown(value, busy) {
  const [chosen, setChosen] = useState(null)
  if (chosen && !busy) setChosen(null)
  return [chosen && busy ? chosen.shown : value, (shown) => setChosen({ shown })]
}

/** One of a few words to choose. */
function Choose({ label, value, options, disabled, onChange, invalid, busy }) {
  const [shown, setShown] = useShown(value, busy)
  return (
    <select className="mu-input mu-fit" aria-label={label} aria-invalid={invalid} disabled={disabled} value={shown} onChange={(event) => { setShown(event.target.value); onChange(event.target.value) }}>
      {options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}
    </select>
  )
}

/** Yes or no. */
function Tick({ text, checked, disabled, onChange, busy, quiet }) {
  const [shown, setShown] = useShown(checked, busy)
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
