import { useEffect, useRef, useState } from "react"

/** One line of the brief's Markdown: a heading, an item of a list, or text, with bold words in it. */
function Line({ text }) {
  const [, mark, said] = /^(#+ |\s*- )?(.*)$/.exec(text)
  const parts = said.split(/\*\*(.+?)\*\*/).map((part, at) => {
    const plain = part.replace(/\\([\\`*_{}[\]<>#|~])/g, "$1")
    return at % 2 ? <b key={at}>{plain}</b> : plain
  })
  if (!mark) return <p>{parts}</p>
  if (mark.startsWith("#")) return mark.length === 2 ? <p style={{ fontWeight: 650 }}>{parts}</p> : <p className="mu-part-title">{parts}</p>
  return <p style={{ paddingInlineStart: `${mark.length * 0.45}rem` }}><span aria-hidden="true">• </span>{parts}</p>
}

/** The hand-over brief, to read and to copy. */
function BriefCard({ props: p }) {
  const [copied, setCopied] = useState(null)
  const [shown, setShown] = useState(null)
  const text = useRef(null)
  const forms = { Markdown: p.markdown, JSON: JSON.stringify(p.brief, null, 2) }
  const copy = async (form) => {
    try {
      await navigator.clipboard.writeText(forms[form])
      setCopied(form)
    } catch {  // the browser does not let a page copy, as on an address without https
      setShown(form)
    }
  }
  useEffect(() => { if (shown) text.current.select() }, [shown])
  return (
    <section className="mu" data-card="brief" aria-label="Brief">
      <div className="mu-row mu-apart"><h3>The brief</h3><span className="mu-row">
        {Object.keys(forms).map((form) => <button key={form} className="mu-button mu-small" onClick={() => copy(form)}>{copied === form ? "Copied" : `Copy as ${form}`}</button>)}
      </span></div>
      {shown && <div><p className="mu-muted">This browser does not let the page copy. It is selected here: press Ctrl+C.</p><textarea ref={text} className="mu-input mu-code" rows={8} readOnly aria-label={`The brief as ${shown}`} value={forms[shown]} /></div>}
      <div style={{ overflowWrap: "anywhere" }}>
        {p.markdown.split(/```\n([\s\S]*?)\n```/).map((part, at) => at % 2
          ? <code key={at} className="mu-code mu-block">{part}</code>
          : part.split("\n").filter((line) => line.trim()).map((line, index) => <Line key={`${at}/${index}`} text={line} />))}
      </div>
    </section>
  )
}
