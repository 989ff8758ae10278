import { useState } from "react"

/** A question with its answers as buttons; nothing is decided until one is chosen. */
function QuestionCard({ props: p, callAction }) {
  const [busy, setBusy] = useState(null)
  const pick = async (option) => {
    setBusy(option)
    await callAction({ name: "act", payload: { card: p.card, tool: "answer_question", arguments: { option, question: p.question } } })
    setBusy(null)
  }
  return (
    <section className="mu" data-card="question" data-stale={!p.open} aria-label="A question">
      <p>{p.text}</p>
      <div className="mu-row">
        {p.options.map((option) => <button key={option.index} className="mu-button" disabled={!p.open || busy !== null} onClick={() => pick(option.index)}>{option.text}</button>)}
      </div>
    </section>
  )
}
