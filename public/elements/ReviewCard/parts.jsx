/** One value of a comparison, in the control that its type wants. */
function Value({ part, operator, value, label, id, disabled, invalid, onChange }) {
  if (operator.value === "month") return <Choose label={label} invalid={invalid} value={value} disabled={disabled} options={[["", "choose"], ...MONTHS.map((name, at) => [String(at + 1), name])]} onChange={onChange} />
  if (part.type === "boolean" && operator.value === "same") return <Choose label={label} invalid={invalid} value={value} disabled={disabled} options={[...(value ? [] : [["", "choose"]]), ["true", "true"], ["false", "false"]]} onChange={onChange} />
  const dated = part.type === "date" || part.type === "timestamp"
  const day = dated && operator.value !== "duration" && (value === "" || /^\d{4}-\d\d-\d\d$/.test(value))
  const type = operator.value === "duration" || part.type === "number" ? "number" : day ? "date" : "text"
  return <input className="mu-input mu-fit" type={type} step="any" min={operator.value === "duration" ? 0 : undefined} list={type === "text" && part.suggestions.length > 0 ? `${id}-values` : undefined} aria-label={label} aria-invalid={invalid} disabled={disabled} value={value} onChange={(event) => onChange(event.target.value)} />
}

/** A comparison: what is taken of the events, an operator that the type has, and its values. */
function Comparison({ part, id, disabled, busy, invalid, onChange, shape }) {
  const operator = part.operators.find((each) => each.key === part.operator) || part.operators[0]
  const several = operator.most === null
  const values = part.values.length > 0 ? part.values : [""]
  const set = (index, text) => onChange({ ...part, values: values.map((each, at) => (at === index ? text : each)) })
  const choose = (key) => {
    const next = part.operators.find((each) => each.key === key)
    const against = next.value === "same" && next.most !== 0 ? part.against : null
    const fresh = next.value === "duration" ? ["30"] : next.value === "month" ? ["1"] : part.type === "boolean" ? ["true"] : [""]
    onChange({ ...part, operator: key, against, values: next.value === operator.value && part.values.length > 0 ? values : fresh })
  }
  const measure = part.measure
  const measured = (method, property) => {
    const there = measure.methods.find((each) => each.key === method).properties
    shape({ part: "measure", path: part.path, method, property: there.length === 0 ? null : there.includes(property) ? property : there[0] })
  }
  const of = measure && measure.methods.find((each) => each.key === measure.method)
  return (
    <>
      {!measure && <span className="mu-label">{part.label}</span>}
      {measure && <Choose label={`${part.label}: what is counted`} value={measure.method} options={measure.methods.map((each) => [each.key, each.text])} disabled={disabled} busy={busy} onChange={(method) => measured(method, measure.property)} />}
      {of && of.properties.length > 0 && <Choose label={`${part.label}: of which property`} value={measure.property} options={of.properties.map((name) => [name, name])} disabled={disabled} busy={busy} onChange={(name) => measured(measure.method, name)} />}
      <Choose label={`${part.label}: comparison`} value={operator.key} options={part.operators.map((each) => [each.key, each.text])} disabled={disabled} onChange={choose} />
      {part.rivals.length > 0 && operator.value === "same" && operator.most !== 0 && <Choose label={`${part.label}: compared with`} value={String(part.against ?? "value")} options={[["value", "a value"], ...part.rivals.map((each, at) => [String(at), `${each.kind} ${each.name}`])]} disabled={disabled} onChange={(at) => onChange({ ...part, against: at === "value" ? null : Number(at), values: [""] })} />}
      {part.against === null && operator.most !== 0 && values.slice(0, operator.most || values.length).map((value, index) => (
        <span key={index} className="mu-value">
          <Value part={part} operator={operator} value={value} id={id} label={`${part.label}: value${several && values.length > 1 ? ` ${index + 1}` : ""}`} disabled={disabled} invalid={invalid} onChange={(text) => set(index, text)} />
          {several && values.length > 1 && <button className="mu-button mu-small" disabled={disabled} aria-label={`Leave out ${value || "this value"}`} onClick={() => onChange({ ...part, values: values.filter((_, at) => at !== index) })}>×</button>}
        </span>
      ))}
      {several && part.against === null && <button className="mu-button mu-small" disabled={disabled} onClick={() => onChange({ ...part, values: [...values, ""] })}>Or another</button>}
      {operator.value === "duration" && <Unit part={part} disabled={disabled} onChange={onChange} />}
      {part.range && part.against === null && operator.most !== 0 && operator.value === "same" && <span className="mu-muted">seen: {part.range}</span>}
      {part.suggestions.length > 0 && <datalist id={`${id}-values`}>{part.suggestions.map((each) => <option key={each} value={each} />)}</datalist>}
    </>
  )
}

/** When an event must have happened: at any time, in the last N days, or between two of them. */
function Window({ part, disabled, invalid, onChange }) {
  const mode = part.oldest === null ? "any" : part.newest === null ? "last" : "between"
  const choose = (next) => onChange({ ...part, newest: next === "between" ? part.newest ?? 0 : null, oldest: next === "any" ? null : part.oldest ?? 30 })
  return (
    <>
      <span className="mu-label">{part.label}</span>
      <Choose label={`${part.label}: window`} value={mode} options={[["any", "at any time"], ["last", "in the last"], ["between", "between"]]} disabled={disabled} onChange={choose} />
      {mode === "between" && <><Length part={part} name="newest" label="latest, how long ago" least="0" disabled={disabled} invalid={invalid} onChange={onChange} /><span>and</span></>}
      {mode !== "any" && <><Length part={part} name="oldest" label={mode === "last" ? "how long" : "earliest, how long ago"} least="1" disabled={disabled} invalid={invalid} onChange={onChange} /><Unit part={part} disabled={disabled} onChange={onChange} />{mode === "between" && <span>ago</span>}</>}
    </>
  )
}

/** How soon after its parent an event must follow. */
function After({ part, disabled, invalid, onChange }) {
  return (
    <>
      <span className="mu-label">{part.label}</span>
      <Choose label={`${part.label}: window`} value={part.amount === null ? "any" : "within"} options={[["any", "at any time after"], ["within", "within"]]} disabled={disabled} onChange={(mode) => onChange({ ...part, amount: mode === "any" ? null : 7 })} />
      {part.amount !== null && <><Length part={part} name="amount" label="how long" least="1" disabled={disabled} invalid={invalid} onChange={onChange} /><Unit part={part} disabled={disabled} onChange={onChange} /></>}
    </>
  )
}

/** A part is known by what it is and where it stands. */
const nameOf = (part) => `${part.part}/${part.path}`

/** What the server is sent about a part. */
const change = (part) => part.part === "window" ? { part: "window", path: part.path, newest: part.newest, oldest: part.oldest, unit: part.unit }
  : part.part === "after" ? { part: "after", path: part.path, amount: part.amount, unit: part.unit }
  : { part: "comparison", path: part.path, operator: part.operator, values: part.values, against: part.against === null ? null : part.rivals[part.against], unit: part.unit }
