const HUES = ["#2f8f74", "#3b76c4", "#b7791f", "#9b51b5", "#c2504f", "#4f7f2a", "#0f8a9d", "#8a5a44"]
const hue = (index) => HUES[index % HUES.length]

/** Where in the prompts a condition comes from: what made it, and what was said later and changed it. */
const places = (condition) => [condition, ...(condition.later || [])].filter((each) => each.spans.length > 0)

/** One prompt, its words underlined in the colour of the condition that they made: either shows the other. */
function Prompt({ text, turn, conditions, unmatched, hovered, setHovered }) {
  const letters = Array.from(text)
  const owners = letters.map(() => [])
  const left = new Set()
  const each = ([start, end], mark) => { for (let at = start; at < Math.min(end, letters.length); at++) mark(at) }
  conditions.forEach((condition, index) => places(condition).filter((place) => place.turn === turn)
    .forEach((place) => place.spans.forEach((span) => each(span, (at) => owners[at].push(index)))))
  unmatched.forEach(({ start, end }) => each([start, end], (at) => left.add(at)))
  const kind = (at) => left.has(at) ? "left" : owners[at].join()
  const pieces = []
  for (let at = 0; at < letters.length; ) {
    let end = at + 1
    while (end < letters.length && kind(end) === kind(at)) end++
    pieces.push({ at, text: letters.slice(at, end).join(""), left: left.has(at), owners: owners[at] })
    at = end
  }
  return (
    <p className="mu-prompt">
      {pieces.map((piece) =>
        piece.left ? <mark key={piece.at} className="mu-left" style={{ background: "none", color: "inherit" }} title="No condition stands for these words">{piece.text}</mark>
        : piece.owners.length === 0 ? <span key={piece.at}>{piece.text}</span>
        : <span key={piece.at} className="mu-word" data-on={piece.owners.includes(hovered)} style={{ "--hue": hue(piece.owners[0]) }} title={piece.owners.map((index) => conditions[index].english).join("; ")} onMouseEnter={() => setHovered(piece.owners[0])} onMouseLeave={() => setHovered(null)}>{piece.text}</span>
      )}
    </p>
  )
}
