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
