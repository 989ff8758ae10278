import { useState } from "react"

/** The hand-over brief, to read and to copy. */
export default function BriefCard() {
  const p = props
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(p.markdown)
    setCopied(true)
  }
  return (
    <section className="mu" data-card="brief" aria-label="Brief">
      <div className="mu-row mu-apart"><h3>The brief</h3><button className="mu-button mu-small" onClick={copy}>{copied ? "Copied" : "Copy as Markdown"}</button></div>
      <div style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{p.markdown}</div>
    </section>
  )
}
