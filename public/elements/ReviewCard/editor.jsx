/** The name as it is being written, and the copy that is being changed: they outlive a redrawn card. */
const keptName = (id) => sessionStorage.getItem(`muster-name-${id}`)
const keepName = (id, name) => sessionStorage.setItem(`muster-name-${id}`, name)
const kept = (id) => { try { return JSON.parse(sessionStorage.getItem(`muster-edit-${id}`)) } catch { return null } }
const keep = (id, work) => work ? sessionStorage.setItem(`muster-edit-${id}`, JSON.stringify({ query: work.query, open: work.open, text: work.text, past: work.past.slice(-50), future: work.future })) : sessionStorage.removeItem(`muster-edit-${id}`)

/** Where the keys go on after what they pressed is gone: the first of these places that can be used. */
const goTo = (places) => window.musterGoTo(places)

/** Changing the conditions by hand: every change is made and counted on a copy, until it is applied. */
function Editor({ p, callAction, work, setWork, apply, hovered, setHovered }) {
  const [pending, setPending, typing] = useNow({})
  const [typed, setTyped, writing] = useNow(null)
  const [failed, setFailed] = useState(null)
  const [counts, setCounts] = useState(null)
  const [picking, setPicking] = useState(work.adding ? { what: "add", path: null, title: ADDING } : null)
  const [chosen, setChosen] = useState([])
  const [inTurn, busy, turns] = useTurns()
  const [follower, remember] = useTrail()
  const here = useRef(null)
  const moved = useRef(null)
  const taken = useRef(null)
  const refused = useRef(null)
  const size = useRef(0)
  const view = work.view
  const ask = async (payload) => {
    const answer = await callAction({ name: "ask", payload: { interrupt_id: p.interrupt_id, ...payload } })
    return answer && answer.response ? answer.response : { problem: { text: "Muster cannot be reached. Try again in a moment.", lost: true } }
  }
  const find = async (text, event) => (await ask({ what: "fields", text, ...(event ? { event } : {}) })).fields || []

  const now = useRef(work)
  const put = (next) => { now.current = next; setWork(next) }
  /** It is said until something succeeds that was begun later. */
  const fail = (problem) => setFailed({ ...problem, steps: turns.steps })

  /**
   * Ask for the copy with changes made. `about`: of each change, the part of the form, or "query";
   * `goes`: where the parts go, where the server cannot know, or null; `more`: what else changes.
   */
  const make = async (step, { query, changes, open, about, goes, more }) => {
    const answer = await ask({ what: "edit", query, changes, open })
    if (turns.over) return null
    if (answer.problem) {
      fail({ ...answer.problem, of: (about.length === 1 ? about[0] : about[answer.problem.change]) || null })
      return answer.problem.lost ? null : false
    }
    const went = goes === undefined ? answer.went : goes || alike(now.current.view, answer)
    remember(went)
    stand(answer, (path) => went[path.join()] || null, about, step)
    const [{ part, path, step: by } = {}] = changes
    if (part === "shift") moved.current = `${(leafAt(answer.structure, went[path.join()]) || { path: went[path.join()] }).path}/${by}`
    const { query: before, open: stood, past } = now.current
    const history = answer.query === before ? {} : { past: [...past, { query: before, open: stood, went }], future: [] }
    put({ ...now.current, ...history, view: answer, query: answer.query, open: answer.open, adding: false, ...more })
    return true
  }
  /** What somebody is at goes where the parts go that it is about. */
  const stand = (answer, goes, about, step) => {
    const carried = (each) => each && each.path ? placed(each, goes) : each
    const there = (part) => part && answer.control && answer.control.parts.some((each) => nameOf(each) === nameOf(part) && each.type === part.type)
    const left = Object.values(typing.current).filter((part) => !about.includes(part)).map(carried).filter(there)
    setPending(Object.fromEntries(left.map((part) => [nameOf(part), part])))
    setFailed((said) => {
      const of = said && carried(said.of)
      return said && said.steps >= step && (of || !said.of) ? { ...said, of } : null
    })
    setPicking(carried)
    setChosen((paths) => paths.map((path) => leafAt(answer.structure, goes(path))).filter(Boolean).map((leaf) => leaf.path))
  }
  /** Make what is typed into parts of the open condition, and open the condition of this number. */
  const settle = async (step, open) => {
    const tried = typing.current
    const parts = Object.values(tried)
    if (await make(step, { query: now.current.query, changes: parts.map(change), open, about: parts }) === false) refused.current = tried
  }
  /** Make the query that is typed, where that is not done yet; false where it cannot be. */
  const enter = async (step, text = writing.current) => {
    if (text === null || text !== writing.current || text === taken.current) return true
    const done = await make(step, { query: text, changes: [], open: null, about: ["query"], goes: null })
    taken.current = done ? text : null
    return Boolean(done)
  }
  const calm = () => { setPicking(null); setChosen([]) }
  const shape = (wanted) => {
    const goes = follower()
    calm()
    inTurn(async (step) => {
      if (!(await enter(step))) return
      setTyped(null)
      if (Object.keys(typing.current).length > 0) await settle(step, now.current.open)
      const there = placed(wanted, goes)
      if (!there) fail({ text: "This part of the audience is no longer there." })
      else await make(step, { query: now.current.query, changes: [there], open: now.current.open, about: [] })
    })
  }
  const open = (path) => {
    const goes = follower()
    calm()
    inTurn(async (step) => {
      if (!(await enter(step))) return
      setTyped(null)
      const leaf = path && leafAt(now.current.view.structure, goes(path))
      await settle(step, leaf ? leaf.condition : null)
    })
  }
  const step = (from, to) => {
    calm()
    inTurn(async (number) => {
      const entered = await enter(number)
      setTyped(null)
      if (!entered) return setFailed(null)  // it is taken back
      const [goal] = now.current[from].slice(-1)
      if (!goal) return
      setPending({})
      const { query, open } = now.current
      const { went = {} } = goal
      await make(number, { query: goal.query, changes: [], open: goal.open, about: [], goes: Object.keys(went).length === 0 ? null : from === "past" ? turned(went) : went, more: { [from]: now.current[from].slice(0, -1), [to]: [...now.current[to], { query, open, went }] } })
    })
  }

  useEffect(() => { if (!view) inTurn((step) => make(step, { query: work.query, changes: [], open: work.open, about: [] })) }, [])
  useEffect(() => {  // what is typed into parts is made once the typing rests, and what was made before is answered
    if (busy || pending === refused.current || Object.keys(pending).length === 0 || !view || !view.control) return
    const timer = setTimeout(() => inTurn((step) => settle(step, now.current.open)), 400)
    return () => clearTimeout(timer)
  }, [pending, busy])
  useEffect(() => {  // so is a query that is typed; it stays as typed for as long as somebody is at it
    if (typed === null || typed === taken.current) return
    const timer = setTimeout(() => inTurn((step) => enter(step, typed)), 600)
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

  if (!view) return failed
    ? <div><p className="mu-stop" role="alert">{failed.text}</p><button className="mu-button" onClick={() => setWork(null)}>Cancel</button></div>
    : <p className="mu-muted" role="status">Opening the editor…</p>
  const adder = (node, kind, beside = false) => {
    const at = picking && picking.what === "add" && (picking.path ? picking.beside === beside && same(picking.path, node.path) : node === view.structure && !beside)
    return (
      <div>
        <button className="mu-button mu-small" onClick={() => setPicking(at ? null : { what: "add", path: node.path, beside, title: ADDING })}>{!beside ? "Add a condition" : kind === "or" ? "Or: add an alternative" : "And: add a condition to this one"}</button>
        {at && <Picker title={picking.title} find={find} onPick={(field) => shape({ part: "add", path: node.path, kind, field: picked(field) })} onClose={() => setPicking(null)} />}
      </div>
    )
  }
  const choose = (path, on) => setChosen(on ? [...chosen, path] : chosen.filter((each) => !same(each, path)))
  const many = view.conditions.length
  const settled = Object.keys(pending).length === 0 && !busy && (typed === null || typed === taken.current)
  const wrong = failed && !settled && !busy  // what is typed cannot be: it is not in the copy
  const ready = settled && counts !== null
  const changed = view.query !== p.query
  const draw = (leaf, owner) => {
    const number = leaf.condition
    const condition = view.conditions[number]
    const count = counts && counts.conditions && counts.conditions[number]
    const opened = work.open === number && view.control
    return (
      <li key={number} className="mu-condition" data-on={hovered === number} style={{ "--hue": hue(number) }} onMouseEnter={() => setHovered(number)} onMouseLeave={() => setHovered(null)} onFocus={() => setHovered(number)} onBlur={() => setHovered(null)}>
        <div className="mu-row mu-apart mu-top">
          <span className="mu-grow">{many > 2 && <input type="checkbox" className="mu-check" aria-label={`Choose: ${condition.english}`} checked={chosen.some((path) => same(path, leaf.path))} onChange={(event) => choose(leaf.path, event.target.checked)} />}{condition.english}</span>
          <span className="mu-row mu-tools">
            <button className="mu-button mu-small" aria-expanded={Boolean(opened)} aria-label={`${opened ? "Close" : "Edit"}: ${condition.english}`} data-at={`edit-${number}`} onClick={() => open(opened ? null : leaf.path)}>{opened ? "Close" : "Edit"}</button>
            {many > 1 && <button className="mu-button mu-small" data-move={`${leaf.path}/-1`} aria-label={`Move up: ${condition.english}`} onClick={() => shape({ part: "shift", path: leaf.path, step: -1 })}>↑</button>}
            {many > 1 && <button className="mu-button mu-small" data-move={`${leaf.path}/1`} aria-label={`Move down: ${condition.english}`} onClick={() => shape({ part: "shift", path: leaf.path, step: 1 })}>↓</button>}
            {many > 1 && <button className="mu-button mu-small" aria-label={`Remove: ${condition.english}`} data-at={`remove-${number}`} onClick={() => { goTo([`remove-${number}`, `remove-${number - 1}`, "edit-0"]); shape({ part: "remove", path: leaf.path }) }}>Remove</button>}
          </span>
        </div>
        <Numbers condition={count || {}} waiting={!counts} unsaid={p.prompts.length > 0 && places(condition).length === 0} />
        {opened && <Form control={view.control} id={`part-${p.revision}-${number}`} pending={pending} failed={failed} busy={busy} patch={(part) => setPending({ ...typing.current, [nameOf(part)]: part })} shape={shape} pick={setPicking} picking={picking} find={find} />}
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
      <ul className="mu-list"><Group node={view.structure} top={true} edit={{ shape, adder, busy }} draw={draw} /></ul>
      {chosen.length > 1 && <div><button className="mu-button mu-small" onClick={() => shape({ part: "together", paths: chosen, kind: view.structure.kind === "or" && chosen[0].length === 1 ? "and" : "or" })}>Put the {chosen.length} chosen in a group</button></div>}
      <details open={work.text || undefined}>
        <summary>The query, for experts</summary>
        <textarea className="mu-input mu-code" style={{ marginTop: ".5rem" }} rows={Math.min(8, 1 + Math.ceil(work.query.length / 70))} aria-label="Query" aria-invalid={failed && failed.of === "query" ? true : undefined} value={typed ?? work.query} onChange={(event) => setTyped(event.target.value)} onBlur={() => settled && setTyped(null)} />
      </details>
      {failed && !(failed.of && failed.of.path) && <p className="mu-stop" role="alert">{failed.text}{typed !== null && failed.start != null && failed.end > failed.start && ` Here: “${Array.from(typed).slice(failed.start, failed.end).join("").slice(0, 80)}”.`}{failed.suggestions && failed.suggestions.length > 0 && ` Near to it: ${failed.suggestions.join(", ")}.`}</p>}
      <div className="mu-note" role="status" ref={(note) => { if (note && ready) size.current = note.offsetHeight }} style={{ minHeight: ready ? 0 : size.current }} data-outcome={ready ? "ready" : wrong ? "failed" : "counting"}>
        {wrong ? "Not counted: see what is wrong above." : !ready ? "Counting…" : counts.problem ? counts.problem.text
          : <>{counts.reach_text ? <><b data-live={counts.reach}>{counts.reach_text}</b> of {counts.universe_text} ({counts.share_text}){difference !== null && changed && <>, {difference === 0 ? "as many as before" : `${Math.abs(difference).toLocaleString("en-US")} ${difference > 0 ? "more" : "fewer"} than before`}</>}. </> : null}{sentence(counts.english)}</>}
      </div>
      {p.reach_text && <div className="mu-bar" role="img" aria-label={counts && counts.reach_text ? `${counts.share_text} of everybody` : "Counting"}><i style={{ width: `${(counts && counts.percent) || 0}%` }} /></div>}
      <div className="mu-row">
        <button className="mu-button mu-main" disabled={!changed || !settled} onClick={() => apply({ type: "edit", query: view.query })}>Apply</button>
        <button className="mu-button" onClick={() => { goTo([`edit-${work.open ?? 0}`, "edit-0"]); setWork(null) }}>Cancel</button>
        <span className="mu-muted">Nothing changes until you apply it.</span>
      </div>
    </div>
  )
}

const ADDING = "Search a field to add"

const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
