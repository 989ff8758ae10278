/** Descriptions to start from, made of the workspace's own fields; how to begin, and what works best. */
function ExampleCard({ props: p, sendUserMessage }) {
  const list = (title, texts, Kind) => texts && texts.length > 0 && <div><h4>{title}</h4><Kind className="mu-steps">{texts.map((text) => <li key={text}>{text}</li>)}</Kind></div>
  return (
    <section className="mu" data-card="examples" aria-label="Examples and help">
      <h3>For example</h3>
      {p.examples.length === 0 && <p className="mu-muted">This workspace has no fields to make examples of yet.</p>}
      <div className="mu-grid">
        {p.examples.map((example) => (
          <button key={example.prompt} className="mu-pick" disabled={!p.open} onClick={() => sendUserMessage(example.prompt)}>
            <span className="mu-muted">{example.kind}</span><span>{example.prompt}</span>
          </button>
        ))}
      </div>
      {list("The first minute", p.first_minute, "ol")}
      {list("What works best", p.good_practice, "ul")}
    </section>
  )
}
