/** State that what was begun before can read as it is now. */
function useNow(first) {
  const [value, setValue] = useState(first)
  const now = useRef(first)
  return [value, (next) => { now.current = next; setValue(next) }, now]
}

/**
 * Steps that are taken one after the other: what is begun while an answer is waited for is done after it.
 * `steps` counts those that were begun; `over`: nobody waits for them any more.
 */
function useTurns() {
  const [waiting, setWaiting] = useState(0)
  const turns = useRef({ last: Promise.resolve(), steps: 0, over: false }).current
  useEffect(() => {
    turns.over = false
    return () => { turns.over = true }
  }, [])
  const inTurn = (step) => {
    const number = ++turns.steps
    const take = async () => {
      try { if (!turns.over) await step(number) } finally { setWaiting((count) => count - 1) }
    }
    setWaiting((count) => count + 1)
    turns.last = turns.last.then(take, take)
  }
  return [inTurn, waiting > 0, turns]
}

/** Where the parts of the copy went with each answer, by the paths at which they stood. */
function useTrail() {
  const trail = useRef([]).current
  /** Of what stands there as it is seen now: where it stands when it is asked for; null: nowhere. */
  const follower = () => {
    const seen = trail.length
    return (path) => trail.slice(seen).reduce((at, went) => at && (went[at.join()] || null), path)
  }
  return [follower, (went) => trail.push(went)]
}

/** From where the parts went back to where they were. */
const turned = (went) => Object.fromEntries(Object.entries(went).map(([from, to]) => [to.join(), from === "" ? [] : from.split(",").map(Number)]))

/**
 * Where the parts went when the whole was written anew: a condition is known by its query, and everything
 * else by its place, where no place has come or gone.
 */
function alike(before, after) {
  const nodes = (node) => [node, ...(node.items || []).flatMap(nodes)]
  const query = (view, node) => node.condition === undefined ? null : view.conditions[node.condition].query
  const here = nodes(before.structure)
  const there = nodes(after.structure)
  const kept = here.length === there.length && here.every((node, at) => same(node.path, there[at].path))
  const went = {}
  const taken = []
  for (const node of here) {
    const twin = there.find((each) => !taken.includes(each) && query(before, node) !== null && query(after, each) === query(before, node))
    if (!twin) continue
    went[node.path.join()] = twin.path
    taken.push(twin)
  }
  here.forEach((node, at) => { if (kept && !went[node.path.join()] && !taken.includes(there[at])) went[node.path.join()] = node.path })
  return went
}

const same = (path, other) => path.join() === other.join()

/** What is about one place or several, where these are now; null where one of them is gone. */
function placed(about, goes) {
  if (!about.paths) return goes(about.path) && { ...about, path: goes(about.path) }
  const paths = about.paths.map(goes)
  return paths.every(Boolean) ? { ...about, paths } : null
}

/** The condition that stands at a path, or of which the part there is one. */
function leafAt(node, path) {
  if (!path) return null
  if (node.condition !== undefined) return node.path.every((index, at) => path[at] === index) ? node : null
  return node.items.map((item) => leafAt(item, path)).find(Boolean) || null
}
