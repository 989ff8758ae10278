/** The name as it is being written, and the copy that is being changed: they outlive a redrawn card. */
const keptName = (id) => sessionStorage.getItem(`muster-name-${id}`)
const keepName = (id, name) => sessionStorage.setItem(`muster-name-${id}`, name)
const kept = (id) => { try { return JSON.parse(sessionStorage.getItem(`muster-edit-${id}`)) } catch { return null } }
const keep = (id, work) => work ? sessionStorage.setItem(`muster-edit-${id}`, JSON.stringify({ query: work.query, open: work.open, past: work.past.slice(-50), future: work.future })) : sessionStorage.removeItem(`muster-edit-${id}`)

/** Where the keys go on after what they pressed is gone: the first of these places that can be used. */
const goTo = (places) => window.musterGoTo(places)

/** Changing the conditions by hand: every change is made and counted on a copy, until it is applied. */
function Editor({ p, callAction, work, setWork, apply, hovered, setHovered }) {
  const [pending, setPending] = useState({})
  const [typed, setTyped] = useState(null)
  const [failed, setFailed] = useState(null)
  const [counts, setCounts] = useState(null)
  const [picking, setPicking] = useState(work.adding ? { key: "add/", ...ADDING } : null)
  const [chosen, setChosen] = useState([])
  const [busy, setBusy] = useState(false)
  const latest = useRef(0)
  const here = useRef(null)
  const moved = useRef(null)
  const taken = useRef(null)
  const size = useRef(0)
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
    if (answer.moved) moved.current = `${answer.moved.join()}/${changes[0].step}`
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
  useEffect(() => {  // what is typed into parts is made once the typing rests, and what was made before is answered
    if (busy || Object.keys(pending).length === 0 || !view || !view.control) return
    const timer = setTimeout(() => { const [at, typing] = unmade(); make(work.query, typing, work.open, at) }, 400)
    return () => clearTimeout(timer)
  }, [pending, busy])
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

  useEffect(() => {  // who moves a condition by keys stays at its arrow, wherever it went
    const arrow = moved.current && here.current && here.current.querySelector(`[data-move="${moved.current}"]`)
    moved.current = null
    if (arrow) arrow.focus()
  }, [view])

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
            <button className="mu-button mu-small" aria-expanded={Boolean(opened)} aria-label={`${opened ? "Close" : "Edit"}: ${condition.english}`} data-at={`edit-${number}`} onClick={() => open(opened ? null : number)}>{opened ? "Close" : "Edit"}</button>
            {many > 1 && <button className="mu-button mu-small" data-move={`${leaf.path}/-1`} aria-label={`Move up: ${condition.english}`} onClick={() => shape([{ part: "shift", path: leaf.path, step: -1 }])}>↑</button>}
            {many > 1 && <button className="mu-button mu-small" data-move={`${leaf.path}/1`} aria-label={`Move down: ${condition.english}`} onClick={() => shape([{ part: "shift", path: leaf.path, step: 1 }])}>↓</button>}
            {many > 1 && <button className="mu-button mu-small" aria-label={`Remove: ${condition.english}`} data-at={`remove-${number}`} onClick={() => { goTo([`remove-${number}`, `remove-${number - 1}`, "edit-0"]); shape([{ part: "remove", path: leaf.path }]) }}>Remove</button>}
          </span>
        </div>
        <Numbers condition={count || {}} waiting={!counts} unsaid={p.prompts.length > 0 && places(condition).length === 0} />
        {opened && <Form control={view.control} id={`part-${p.revision}-${number}`} pending={pending} failed={failed} patch={(index, part) => setPending({ ...pending, [index]: part })} shape={shape} pick={setPicking} picking={picking} find={find} />}
        {opened && adder(leaf, owner && owner.kind === "or" ? "and" : "or", true)}
      </li>
    )
  }
  const difference = counts && counts.reach !== null && counts.reach !== undefined && p.reach !== null ? counts.reach - p.reach : null
  return (
    <div className="mu-editing" ref={here}>
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
      <div className="mu-note" role="status" ref={(note) => { if (note && ready) size.current = note.offsetHeight }} style={{ minHeight: ready ? 0 : size.current }} data-outcome={ready ? "ready" : failed ? "failed" : "counting"}>
        {failed ? "Not counted: see what is wrong above." : !ready ? "Counting…" : counts.problem ? counts.problem.text
          : <>{counts.reach_text ? <><b data-live={counts.reach}>{counts.reach_text}</b> of {counts.universe_text} ({counts.share_text}){difference !== null && changed && <>, {difference === 0 ? "as many as before" : `${Math.abs(difference).toLocaleString("en-US")} ${difference > 0 ? "more" : "fewer"} than before`}</>}. </> : null}{sentence(counts.english)}</>}
      </div>
      {p.reach_text && <div className="mu-bar" role="img" aria-label={counts && counts.reach_text ? `${counts.share_text} of everybody` : "Counting"}><i style={{ width: `${(counts && counts.percent) || 0}%` }} /></div>}
      <div className="mu-row">
        <button className="mu-button mu-main" disabled={!changed || !settled || Boolean(failed)} onClick={() => apply({ type: "edit", query: view.query })}>Apply</button>
        <button className="mu-button" onClick={() => { goTo([`edit-${work.open ?? 0}`, "edit-0"]); setWork(null) }}>Cancel</button>
        <span className="mu-muted">Nothing changes until you apply it.</span>
      </div>
    </div>
  )
}

const ADDING = { title: "Search a field to add" }
/** Changes that leave every part at its path, so that they can be made together with others. */
const VALUES = ["measure", "group", "users", "exclude"]

const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
