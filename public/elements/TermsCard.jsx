import { useState } from "react"

/** What an owner accepts before an outside model is used. */
function TermsCard({ props: p, callAction }) {
  const [busy, setBusy] = useState(false)
  const accept = async () => {
    setBusy(true)
    await callAction({ name: "act", payload: { card: p.card, tool: "accept_terms", arguments: { version: p.version } } })
    setBusy(false)
  }
  const parts = p.text.split(/\n{2,}/)
  return (
    <section className="mu" data-card="terms" aria-label="Terms for an outside model">
      <h3>Terms for an outside model</h3>
      {p.model === null && <p className="mu-note">No outside model is configured: the built-in engine answers, and nothing leaves this machine.</p>}
      <details open={p.person === null}>
        <summary>The terms</summary>
        {parts.map((part, index) => part.startsWith("#")
          ? null
          : part.startsWith("- ")
            ? <ul key={index} style={{ paddingLeft: "1.2rem", listStyle: "disc" }}>{part.split(/\n- /).map((each) => <li key={each}>{each.replace(/^- /, "")}</li>)}</ul>
            : <p key={index} style={{ margin: ".5rem 0" }}>{part.replaceAll("`", "")}</p>)}
      </details>
      {p.person !== null
        ? <p className="mu-note" data-accepted>{`Accepted by ${p.person} on ${p.at}.`}</p>
        : p.may_accept
          ? <div className="mu-row"><button className="mu-button mu-main" disabled={busy || !p.open} onClick={accept}>{busy ? "Accepting…" : "Accept the terms"}</button></div>
          : <p className="mu-note">An owner of the workspace can accept them.</p>}
      {p.said && <p className="mu-warn" role="alert">{p.said}</p>}
    </section>
  )
}
