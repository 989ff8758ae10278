import { useEffect, useRef, useState } from "react"

const HUES = ["#2f8f74", "#3b76c4", "#b7791f", "#9b51b5", "#c2504f", "#4f7f2a", "#0f8a9d", "#8a5a44"]
const hue = (index) => HUES[index % HUES.length]

/** One prompt, its words underlined in the colour of the condition that they made. */
function Prompt({ text, turn, conditions, unmatched, hovered }) {
  const letters = Array.from(text)
  const owner = new Array(letters.length).fill(null)
  conditions.forEach((condition, index) => {
    if (condition.turn !== turn) return
    condition.spans.forEach(([start, end]) => owner.fill(index, start, end))
  })
  unmatched.forEach(({ start, end }) => owner.fill("left", start, end))
  const pieces = []
  for (let at = 0; at < letters.length; ) {
    let end = at + 1
    while (end < letters.length && owner[end] === owner[at]) end++
    pieces.push({ text: letters.slice(at, end).join(""), owner: owner[at], at })
    at = end
  }
  return (
    <p className="mu-prompt">
      {pieces.map((piece) =>
        piece.owner === null ? <span key={piece.at}>{piece.text}</span>
        : piece.owner === "left" ? <mark key={piece.at} className="mu-left" style={{ background: "none", color: "inherit" }} title="No condition stands for these words">{piece.text}</mark>
        : <span key={piece.at} className="mu-word" data-on={hovered === piece.owner} style={{ "--hue": hue(piece.owner) }} title={conditions[piece.owner].english}>{piece.text}</span>
      )}
    </p>
  )
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]

/** What was chosen is shown at once, and again as it stands when the server has answered. */
function useShown(value, answered) {
  const [shown, setShown] = useState(value)
  useEffect(() => setShown(value), [value, answered])
  return [shown, setShown]
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
function Comparison({ part, id, disabled, invalid, onChange, shape }) {
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
    shape([{ part: "measure", path: part.path, method, property: there.length === 0 ? null : there.includes(property) ? property : there[0] }])
  }
  const of = measure && measure.methods.find((each) => each.key === measure.method)
  return (
    <>
      {!measure && <span className="mu-label">{part.label}</span>}
      {measure && <Choose label={`${part.label}: what is counted`} value={measure.method} options={measure.methods.map((each) => [each.key, each.text])} disabled={disabled} answered={invalid} onChange={(method) => measured(method, measure.property)} />}
      {of && of.properties.length > 0 && <Choose label={`${part.label}: of which property`} value={measure.property} options={of.properties.map((name) => [name, name])} disabled={disabled} onChange={(name) => measured(measure.method, name)} />}
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

/** What the server is sent about a part. */
const change = (part) => part.part === "window" ? { part: "window", path: part.path, newest: part.newest, oldest: part.oldest, unit: part.unit }
  : part.part === "after" ? { part: "after", path: part.path, amount: part.amount, unit: part.unit }
  : { part: "comparison", path: part.path, operator: part.operator, values: part.values, against: part.against === null ? null : part.rivals[part.against], unit: part.unit }

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

/** Everything of one condition, to change. */
function Form({ control, id, pending, failed, disabled, patch, shape, pick, picking, find }) {
  return (
    <div className="mu-editor">
      {control.parts.map((given, index) => {
        const part = pending[index] || given
        const wrong = failed && failed.index === index
        const common = { part, disabled, invalid: wrong || undefined, id: `${id}-${index}`, onChange: (next) => patch(index, next), shape }
        return (
          <div key={index} className="mu-part" style={{ marginInlineStart: `${(part.level || 0) * 0.9}rem` }}>
            <div className="mu-row" role="group" aria-label={part.label || part.event || "How they are joined"}>
              {part.part === "comparison" && <Comparison {...common} />}
              {part.part === "window" && <Window {...common} />}
              {part.part === "after" && <After {...common} />}
              {part.part === "fixed" && <span>{part.text} <span className="mu-muted">(change it in the query below)</span></span>}
              {part.part === "group" && <Choose label="How these properties are joined" value={part.kind} options={[["and", "all of these hold"], ["or", "any of these holds"]]} disabled={disabled} answered={failed} onChange={(kind) => shape([{ part: "group", path: part.path, kind }])} />}
              {part.part === "users" && <Choose label="Of which users of the account" value={part.kind} options={[["any", "at least one user"], ["all", "every user"]]} disabled={disabled} answered={failed} onChange={(kind) => shape([{ part: "users", path: part.path, kind }])} />}
              {part.part === "rows" && part.properties > 0 && <button className="mu-button mu-small" disabled={disabled} onClick={() => pick({ key: `row/${part.path}`, event: part.event, title: `Search the properties of ${part.event}`, make: (field) => ({ part: "row", path: part.path, property: field.name }) })}>Add a property of {part.event}</button>}
              {part.removable && <>
                <Tick quiet text="not" disabled={disabled} checked={part.excluded} answered={failed} onChange={() => shape([{ part: "exclude", path: part.path }])} />
                <button className="mu-button mu-small" disabled={disabled} aria-label={`Remove property: ${part.label}`} onClick={() => shape([{ part: "remove", path: part.path }])}>Remove</button>
              </>}
            </div>
            {wrong && <p className="mu-stop" role="alert">{failed.text}</p>}
            {picking && picking.key === `row/${part.path}` && part.part === "rows" && <Picker title={picking.title} event={picking.event} find={find} onPick={(field) => shape([picking.make(field)])} onClose={() => pick(null)} />}
          </div>
        )
      })}
      <div className="mu-row">
        <Tick text="Exclude: this must not hold" disabled={disabled} checked={control.excluded} answered={failed} onChange={() => shape([{ part: "exclude", path: control.path }])} />
        <button className="mu-button mu-small" disabled={disabled} onClick={() => pick({ key: "replace", title: "Search another field", make: (field) => ({ part: "replace", path: control.path, field: picked(field) }) })}>Another field…</button>
      </div>
      {picking && picking.key === "replace" && <Picker title={picking.title} find={find} onPick={(field) => shape([picking.make(field)])} onClose={() => pick(null)} />}
    </div>
  )
}

const picked = (field) => ({ kind: field.kind, name: field.name, event: field.event, owner: field.owner })

/** Conditions as they hang together: groups in groups, joined by and or by or. `draw` shows a leaf. */
function Group({ node, top, edit, draw }) {
  if (node.condition !== undefined) return <>{draw(node)}{top && edit && <li>{edit.adder(node, "and")}</li>}</>
  return (
    <li className={top ? "mu-group-top" : "mu-group"}>
      <div className="mu-row mu-muted">
        <span>{node.negated ? "Leave out people for whom" : "People for whom"}</span>
        {edit
          ? <Choose label="How these conditions are joined" value={node.kind} options={[["and", "all of these"], ["or", "any of these"]]} answered={edit.failed} onChange={(kind) => edit.shape([{ part: "group", path: node.path, kind }])} />
          : <b>{node.kind === "and" ? "all of these" : "any of these"}</b>}
        <span>hold</span>
        {edit && <Tick text="leave out" checked={node.negated} answered={edit.failed} onChange={() => edit.shape([{ part: "exclude", path: node.path }])} />}
        {edit && !top && <span className="mu-row mu-tools">
          <button className="mu-button mu-small" aria-label="Move the group up" onClick={() => edit.shape([{ part: "shift", path: node.path, step: -1 }])}>↑</button>
          <button className="mu-button mu-small" aria-label="Move the group down" onClick={() => edit.shape([{ part: "shift", path: node.path, step: 1 }])}>↓</button>
          <button className="mu-button mu-small" onClick={() => edit.shape([{ part: "dissolve", path: node.path }])}>Dissolve</button>
          <button className="mu-button mu-small" onClick={() => edit.shape([{ part: "remove", path: node.path }])}>Remove group</button>
        </span>}
      </div>
      <ul className="mu-list">{node.items.map((item) => <Group key={item.path.join()} node={item} edit={edit} draw={(leaf) => draw(leaf, node)} />)}</ul>
      {edit && edit.adder(node, node.kind)}
    </li>
  )
}

/** The copy that is being changed: it outlives a redrawn card, in the browser's session. */
const kept = (id) => { try { return JSON.parse(sessionStorage.getItem(`muster-edit-${id}`)) } catch { return null } }
const keep = (id, work) => work ? sessionStorage.setItem(`muster-edit-${id}`, JSON.stringify({ query: work.query, open: work.open, past: work.past.slice(-50), future: work.future })) : sessionStorage.removeItem(`muster-edit-${id}`)

/** Changing the conditions by hand: every change is made and counted on a copy, until it is applied. */
function Editor({ p, work, setWork, apply, hovered, setHovered }) {
  const [pending, setPending] = useState({})
  const [typed, setTyped] = useState(null)
  const [failed, setFailed] = useState(null)
  const [counts, setCounts] = useState(null)
  const [picking, setPicking] = useState(work.adding ? { key: "add/", ...ADDING } : null)
  const [chosen, setChosen] = useState([])
  const [busy, setBusy] = useState(false)
  const latest = useRef(0)
  const taken = useRef(null)
  const view = work.view
  const ask = async (payload) => {
    const answer = await callAction({ name: "ask", payload: { interrupt_id: p.interrupt_id, ...payload } })
    return answer && answer.response ? answer.response : { problem: { text: "Muster cannot be reached. Try again in a moment." } }
  }
  const find = async (text, event) => (await ask({ what: "fields", text, ...(event ? { event } : {}) })).fields || []

  const now = useRef(work)
  const put = (next) => { now.current = next; setWork(next) }
  /** What is typed into parts of the open condition and not made yet. */
  const unmade = () => {
    const at = Object.keys(pending).map(Number)
    return [at, at.map((index) => change({ ...pending[index], path: view.control.parts[index].path }))]
  }

  /** Ask for the copy with changes made. `at`: which parts they are about; `more`: what else changes. */
  const make = async (query, changes, open, at, more) => {
    const number = ++latest.current
    setBusy(true)
    const answer = await ask({ what: "edit", query, changes, open })
    if (number !== latest.current) return null
    setBusy(false)
    if (answer.problem) {
      const about = answer.problem.change
      const alone = at.length === 1 ? at[0] : about === null || about === undefined ? null : at[about]
      setFailed({ ...answer.problem, index: alone ?? null })
      return null
    }
    setFailed(null)
    setPending((left) => Object.fromEntries(Object.entries(left).filter(([key, part]) => part !== pending[key])))
    const { query: before, open: stood, past } = now.current
    const history = answer.query === before ? {} : { past: [...past, { query: before, open: stood }], future: [] }
    put({ ...now.current, ...history, view: answer, query: answer.query, open: answer.open, adding: false, ...more })
    return answer
  }
  const calm = () => { setPicking(null); setChosen([]); setTyped(null) }
  const shape = async (changes) => {
    const [at, typing] = unmade()
    calm()
    if (at.length === 0 || VALUES.includes(changes[0].part)) return make(work.query, [...typing, ...changes], work.open, [...at, null])
    const made = await make(work.query, typing, work.open, at)
    const paths = (of) => JSON.stringify(of && of.parts.map((part) => part.path))
    if (made && paths(made.control) === paths(view.control)) await make(made.query, changes, made.open, [null])
  }
  const open = (number) => { const [at, typing] = unmade(); calm(); make(work.query, typing, number, at) }
  const step = (from, to) => {
    const [goal] = work[from].slice(-1)
    setPending({})
    calm()
    make(goal.query, [], goal.open, [], { [from]: work[from].slice(0, -1), [to]: [...work[to], { query: work.query, open: work.open }] })
  }

  useEffect(() => { if (!view) make(work.query, [], work.open, []) }, [])
  useEffect(() => {  // what is typed into parts is made once the typing rests
    if (Object.keys(pending).length === 0 || !view || !view.control) return
    const timer = setTimeout(() => { const [at, typing] = unmade(); make(work.query, typing, work.open, at) }, 400)
    return () => clearTimeout(timer)
  }, [pending])
  useEffect(() => {  // so is a query that is typed; it stays as typed for as long as somebody is at it
    if (typed === null || typed === taken.current) return
    const timer = setTimeout(async () => { taken.current = (await make(typed, [], null, ["query"])) ? typed : null }, 600)
    return () => clearTimeout(timer)
  }, [typed])
  useEffect(() => {
    if (!view) return
    let wanted = true
    setCounts(null)
    ask({ what: "count", query: view.query }).then((answer) => wanted && setCounts(answer))
    return () => { wanted = false }
  }, [view && view.query])

  if (!view) return <p className="mu-muted" role="status">{failed ? failed.text : "Opening the editor…"}</p>
  const adder = (node, kind, beside) => {
    const key = `add/${node.path}/${kind}`
    return (
      <div>
        <button className="mu-button mu-small" onClick={() => setPicking(picking && picking.key === key ? null : { key, ...ADDING })}>{!beside ? "Add a condition" : kind === "or" ? "Or: add an alternative" : "And: add a condition to this one"}</button>
        {picking && (picking.key === key || (picking.key === "add/" && node === view.structure && !beside)) && <Picker title={picking.title} find={find} onPick={(field) => shape([{ part: "add", path: node.path, kind, field: picked(field) }])} onClose={() => setPicking(null)} />}
      </div>
    )
  }
  const choose = (path, on) => setChosen(on ? [...chosen, path] : chosen.filter((each) => each.join() !== path.join()))
  const many = view.conditions.length
  const settled = Object.keys(pending).length === 0 && !busy && (typed === null || typed === taken.current)
  const ready = settled && !failed && counts !== null
  const changed = view.query !== p.query
  const draw = (leaf, owner) => {
    const number = leaf.condition
    const condition = view.conditions[number]
    const count = counts && counts.conditions && counts.conditions[number]
    const opened = work.open === number && view.control
    return (
      <li key={number} className="mu-condition" data-on={hovered === number} style={{ "--hue": hue(number) }} onMouseEnter={() => setHovered(number)} onMouseLeave={() => setHovered(null)} onFocus={() => setHovered(number)} onBlur={() => setHovered(null)}>
        <div className="mu-row mu-apart mu-top">
          <span className="mu-grow">{many > 2 && <input type="checkbox" className="mu-check" aria-label={`Choose: ${condition.english}`} checked={chosen.some((path) => path.join() === leaf.path.join())} onChange={(event) => choose(leaf.path, event.target.checked)} />}{condition.english}</span>
          <span className="mu-row mu-tools">
            <button className="mu-button mu-small" aria-expanded={Boolean(opened)} aria-label={`${opened ? "Close" : "Edit"}: ${condition.english}`} onClick={() => open(opened ? null : number)}>{opened ? "Close" : "Edit"}</button>
            {many > 1 && <button className="mu-button mu-small" aria-label={`Move up: ${condition.english}`} onClick={() => shape([{ part: "shift", path: leaf.path, step: -1 }])}>↑</button>}
            {many > 1 && <button className="mu-button mu-small" aria-label={`Move down: ${condition.english}`} onClick={() => shape([{ part: "shift", path: leaf.path, step: 1 }])}>↓</button>}
            {many > 1 && <button className="mu-button mu-small" aria-label={`Remove: ${condition.english}`} onClick={() => shape([{ part: "remove", path: leaf.path }])}>Remove</button>}
          </span>
        </div>
        <Numbers condition={count || {}} waiting={!counts} />
        {opened && <Form control={view.control} id={`part-${p.revision}-${number}`} pending={pending} failed={failed} patch={(index, part) => setPending({ ...pending, [index]: part })} shape={shape} pick={setPicking} picking={picking} find={find} />}
        {opened && adder(leaf, owner && owner.kind === "or" ? "and" : "or", true)}
      </li>
    )
  }
  const difference = counts && counts.reach !== null && counts.reach !== undefined && p.reach !== null ? counts.reach - p.reach : null
  return (
    <div className="mu-editing">
      <div className="mu-row mu-apart"><h4>Changing the conditions</h4>
        <span className="mu-row">
          <button className="mu-button mu-small" disabled={work.past.length === 0} onClick={() => step("past", "future")}>Undo</button>
          <button className="mu-button mu-small" disabled={work.future.length === 0} onClick={() => step("future", "past")}>Redo</button>
        </span>
      </div>
      <ul className="mu-list"><Group node={view.structure} top={true} edit={{ shape, adder, failed }} draw={draw} /></ul>
      {chosen.length > 1 && <div><button className="mu-button mu-small" onClick={() => shape([{ part: "together", paths: chosen, kind: view.structure.kind === "or" && chosen[0].length === 1 ? "and" : "or" }])}>Put the {chosen.length} chosen in a group</button></div>}
      <details open={work.text || undefined}>
        <summary>The query, for experts</summary>
        <textarea className="mu-input mu-code" style={{ marginTop: ".5rem" }} rows={Math.min(8, 1 + Math.ceil(work.query.length / 70))} aria-label="Query" aria-invalid={failed && failed.index === "query" ? true : undefined} value={typed ?? work.query} onChange={(event) => setTyped(event.target.value)} onBlur={() => !failed && settled && setTyped(null)} />
      </details>
      {failed && typeof failed.index !== "number" && <p className="mu-stop" role="alert">{failed.text}{typed !== null && failed.start != null && failed.end > failed.start && ` Here: “${Array.from(typed).slice(failed.start, failed.end).join("").slice(0, 80)}”.`}{failed.suggestions && failed.suggestions.length > 0 && ` Near to it: ${failed.suggestions.join(", ")}.`}</p>}
      <div className="mu-note" role="status" data-outcome={ready ? "ready" : failed ? "failed" : "counting"}>
        {failed ? "Not counted: see what is wrong above." : !ready ? "Counting…" : counts.problem ? counts.problem.text
          : <>{counts.reach_text ? <><b data-live={counts.reach}>{counts.reach_text}</b> of {counts.universe_text} ({counts.share_text}){difference !== null && changed && <>, {difference === 0 ? "as many as before" : `${Math.abs(difference).toLocaleString("en-US")} ${difference > 0 ? "more" : "fewer"} than before`}</>}. </> : null}{counts.english}</>}
      </div>
      {counts && counts.reach_text && <div className="mu-bar" role="img" aria-label={`${counts.share_text} of everybody`}><i style={{ width: `${counts.percent}%` }} /></div>}
      <div className="mu-row">
        <button className="mu-button mu-main" disabled={!changed || !settled || Boolean(failed)} onClick={() => apply({ type: "edit", query: view.query })}>Apply</button>
        <button className="mu-button" onClick={() => setWork(null)}>Cancel</button>
        <span className="mu-muted">Nothing changes until you apply it.</span>
      </div>
    </div>
  )
}

const ADDING = { title: "Search a field to add" }
/** Changes that leave every part at its path, so that they can be made together with others. */
const VALUES = ["measure", "group", "users", "exclude"]

function Numbers({ condition, waiting }) {
  return (
    <div className="mu-numbers">
      {waiting && <span>counting…</span>}
      {condition.reach_text && <span>{condition.reach_text} on its own</span>}
      {condition.kept_text && <span>keeps {condition.kept_text}</span>}
      {condition.dropped_text && <span>drops {condition.dropped_text}</span>}
    </div>
  )
}

/** A refinement: what is gone, what has come, and the size before and after. */
function Change({ p }) {
  const now = p.conditions.map((each) => each.english)
  const before = p.changed_from ? p.changed_from.conditions : []
  const gone = before.filter((text) => !now.includes(text))
  const come = now.filter((text) => !before.includes(text))
  const size = (reach) => reach === null || reach === undefined ? null : reach.toLocaleString("en-US")
  return (
    <div className="mu-note" data-part="change"><h4>What changed</h4>
      <ul className="mu-list">{p.difference.map((text) => <li key={text}>{text}</li>)}</ul>
      {p.changed_from && (gone.length > 0 || come.length > 0) && <div className="mu-before">
        <div><h4>Before{size(p.changed_from.reach) && `: ${size(p.changed_from.reach)}`}</h4>{gone.map((text) => <div key={text}><span aria-hidden="true">− </span>{text}</div>)}</div>
        <div><h4>After{size(p.reach) && `: ${size(p.reach)}`}</h4>{come.map((text) => <div key={text}><span aria-hidden="true">+ </span>{text}</div>)}</div>
      </div>}
    </div>
  )
}

export default function ReviewCard() {
  const p = props
  const [hovered, setHovered] = useState(null)
  const [name, setName] = useState(p.name || "")
  const [words, setWords] = useState(null)
  const [acting, setBusy] = useState(null)
  const busy = acting || (p.busy ? "wait" : null)
  const review = p.card === "review"
  const [work, setWorking] = useState(() => {
    const stored = p.open && review ? kept(p.interrupt_id) : null
    return stored ? { ...stored, view: null } : null
  })
  const setWork = (next) => { keep(p.interrupt_id, next); setWorking(next) }

  const act = async (wanted) => {
    const renamed = wanted.type === "edit" && name.trim() && name !== p.name
    const decision = renamed ? { ...wanted, name: name.trim() } : wanted
    setBusy(decision.type)
    await callAction({ name: "review", payload: { interrupt_id: p.interrupt_id, decision } })
    setBusy(null)
  }
  const apply = (decision) => { keep(p.interrupt_id, null); setWorking(null); act(decision) }
  const go = async (tool) => {
    setBusy(tool)
    await callAction({ name: "act", payload: { card: p.card, tool, arguments: {} } })
    setBusy(null)
  }
  const remove = async (path) => {
    setBusy("remove")
    const answer = await callAction({ name: "ask", payload: { interrupt_id: p.interrupt_id, what: "edit", query: p.query, changes: [{ part: "remove", path }] } })
    await act({ type: "edit", query: (answer && answer.response && answer.response.query) || p.query })
  }
  const begin = (more) => setWork({ query: p.query, open: null, past: [], future: [], view: null, ...more })
  const open = p.open && review && !busy
  const editing = open && work
  const conditions = editing && work.view ? work.view.conditions : p.conditions
  const idle = p.prompts.map((_, turn) => turn).filter((turn) => turn < p.prompts.length - 1 && !conditions.some((each) => each.turn === turn && each.spans.length > 0))
  const draw = ({ condition: index, path }) => {
    const condition = p.conditions[index]
    return (
      <li key={index} className="mu-condition" data-on={hovered === index} style={{ "--hue": hue(index) }} onMouseEnter={() => setHovered(index)} onMouseLeave={() => setHovered(null)} onFocus={() => setHovered(index)} onBlur={() => setHovered(null)}>
        <div className="mu-row mu-apart mu-top">
          <span className="mu-grow">{condition.english}</span>
          {open && path && <span className="mu-row mu-tools">
            <button className="mu-button mu-small" aria-label={`Edit: ${condition.english}`} onClick={() => begin({ open: index })}>Edit</button>
            {p.conditions.length > 1 && <button className="mu-button mu-small" aria-label={`Remove: ${condition.english}`} onClick={() => remove(path)}>Remove</button>}
          </span>}
        </div>
        <Numbers condition={condition} />
      </li>
    )
  }
  const changeable = p.edited || p.difference.length > 0 || p.prompts.length > 1
  return (
    <section className="mu" data-stale={!p.open} data-card={p.card} aria-label={review ? "Audience for review" : "Not complete yet"}>
      <div className="mu-row mu-apart">
        {p.open && review
          ? <input className="mu-input" style={{ flex: "1 1 14rem", fontWeight: 650, fontSize: "1.05rem" }} aria-label="Name of the audience" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
          : <h3>{p.name}</h3>}
        <span className="mu-badge" title={p.kind_help}>{review ? p.kind_text : "Not complete yet"}</span>
      </div>
      {p.description && <p>{p.description}</p>}

      {p.reach_text
        ? <div>
            <div className="mu-row"><span className="mu-reach" data-reach={p.reach}>{p.reach_text}</span><span className="mu-muted">of {p.universe_text} ({p.share_text})</span></div>
            <div className="mu-bar" role="img" aria-label={`${p.share_text} of everybody`}><i style={{ width: `${p.percent}%` }} /></div>
          </div>
        : review && <p className="mu-muted">People cannot be counted: this workspace has no data, only a tracking plan.</p>}

      {p.prompts.length > 0 && <div>
        <h4>What you asked for</h4>
        {p.prompts.map((text, turn) => !idle.includes(turn) && <Prompt key={turn} text={text} turn={turn} conditions={conditions} unmatched={turn === p.prompts.length - 1 ? p.unmatched : []} hovered={hovered} />)}
        {idle.length > 0 && <details><summary>{idle.length === 1 ? "An earlier message" : `${idle.length} earlier messages`} that no condition comes from</summary>{idle.map((turn) => <p key={turn} className="mu-prompt">{p.prompts[turn]}</p>)}</details>}
      </div>}

      {editing
        ? <Editor key={p.interrupt_id} p={p} work={work} setWork={setWork} apply={apply} hovered={hovered} setHovered={setHovered} />
        : <div>
            <div className="mu-row mu-apart">
              <h4>{p.conditions.length === 1 ? "Condition" : "Conditions"}</h4>
              {p.open && review && (p.can_redo || changeable) && <span className="mu-row">
                <button className="mu-button mu-small" disabled={!open || !p.can_undo} onClick={() => go("undo")}>Undo</button>
                <button className="mu-button mu-small" disabled={!open || !p.can_redo} onClick={() => go("redo")}>Redo</button>
              </span>}
            </div>
            <ul className="mu-list">
              {p.structure ? <Group node={p.structure} top={true} draw={draw} /> : p.conditions.map((_, index) => draw({ condition: index }))}
            </ul>
            {open && <div className="mu-row" style={{ marginTop: ".5rem" }}>
              <button className="mu-button mu-small" onClick={() => begin({ adding: true })}>Add a condition</button>
              <button className="mu-button mu-small" onClick={() => begin({})}>Group, move, exclude</button>
              <button className="mu-button mu-small" onClick={() => begin({ text: true })}>Edit the query</button>
            </div>}
          </div>}

      {p.assumptions.length > 0 && <div className="mu-note"><h4>Taken for granted</h4><ul className="mu-list">{p.assumptions.map((text) => <li key={text}>{text}</li>)}</ul></div>}
      {p.difference.length > 0 && <Change p={p} />}
      {p.warnings.map((warning) => <p key={warning.message} className="mu-warn" role="note">{warning.message}</p>)}
      {p.unmatched.length > 0 && <p className="mu-stop" role="alert">No condition stands for: {p.unmatched.map((each) => `“${each.text}”`).join(", ")}. Say it in other words, or leave it out.</p>}
      {p.said && <p className="mu-stop" role="alert">{p.said}</p>}

      {p.query && !editing && <details>
        <summary>The query, for experts</summary>
        <code className="mu-code mu-block" style={{ overflowWrap: "anywhere" }}>{p.query}</code>
      </details>}

      {words !== null && p.open && !editing && <div>
        <label className="mu-muted" htmlFor={`words-${p.revision}`}>Describe it anew. This replaces the conditions above.</label>
        <textarea id={`words-${p.revision}`} className="mu-input" rows={3} maxLength={300} autoFocus value={words} onChange={(event) => setWords(event.target.value)} />
        <div className="mu-row"><button className="mu-button mu-main" disabled={!open || !words.trim()} onClick={() => act({ type: "respond", message: words.trim(), replace: true })}>Build again</button><button className="mu-button" disabled={!open} onClick={() => setWords(null)}>Keep as it is</button></div>
      </div>}
      {p.open && review && words === null && !editing && <div className="mu-row">
        <button className="mu-button mu-main" disabled={!open || !name.trim()} onClick={() => act({ type: "approve", name: name.trim() })}>{busy === "approve" ? "Saving…" : "Save"}</button>
        <button className="mu-button" disabled={!open} onClick={() => setWords(p.prompts[p.prompts.length - 1] || "")}>Modify</button>
        <button className="mu-button" disabled={!open} onClick={() => act({ type: "reject" })}>Discard</button>
        {busy && busy !== "approve" && <span className="mu-muted" role="status">Working…</span>}
      </div>}
      {!p.open && <p className="mu-muted">This card is out of date.</p>}
    </section>
  )
}
