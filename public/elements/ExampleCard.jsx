/** Descriptions to start from, made of the workspace's own fields. */
export default function ExampleCard() {
  const p = props
  return (
    <section className="mu" data-card="examples" aria-label="Examples">
      <h3>For example</h3>
      <div className="mu-grid">
        {p.examples.map((example) => (
          <button key={example.prompt} className="mu-pick" disabled={!p.open} onClick={() => sendUserMessage(example.prompt)}>
            <span>{example.prompt}</span><span className="mu-muted">{example.kind}</span>
          </button>
        ))}
      </div>
    </section>
  )
}
