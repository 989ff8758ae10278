/** Everything of one condition, to change. */
function Form({ control, id, pending, failed, disabled, busy, patch, shape, pick, picking, find }) {
  return (
    <div className="mu-editor">
      {control.parts.map((given, index) => {
        const part = pending[nameOf(given)] || given
        const wrong = failed && failed.of && nameOf(failed.of) === nameOf(given)
        const common = { part, disabled, busy, invalid: wrong || undefined, id: `${id}-${index}`, onChange: patch, shape }
        return (
          <div key={index} className="mu-part" style={{ marginInlineStart: `${(part.level || 0) * 0.9}rem` }}>
            <div className="mu-row" role="group" aria-label={part.label || part.event || "How they are joined"}>
              {part.part === "comparison" && <Comparison {...common} />}
              {part.part === "window" && <Window {...common} />}
              {part.part === "after" && <After {...common} />}
              {part.part === "fixed" && <span>{part.text} <span className="mu-muted">(change it in the query below)</span></span>}
              {part.part === "group" && <Choose label="How these properties are joined" value={part.kind} options={[["and", "all of these hold"], ["or", "any of these holds"]]} disabled={disabled} busy={busy} onChange={(kind) => shape({ part: "group", path: part.path, kind })} />}
              {part.part === "users" && <Choose label="Of which users of the account" value={part.kind} options={[["any", "at least one user"], ["all", "every user"]]} disabled={disabled} busy={busy} onChange={(kind) => shape({ part: "users", path: part.path, kind })} />}
              {part.part === "rows" && part.properties > 0 && <button className="mu-button mu-small" disabled={disabled} onClick={() => pick({ what: "row", path: part.path, event: part.event, title: `Search the properties of ${part.event}` })}>Add a property of {part.event}</button>}
              {part.removable && <>
                <Tick quiet text="not" disabled={disabled} checked={part.excluded} busy={busy} onChange={() => shape({ part: "exclude", path: part.path })} />
                <button className="mu-button mu-small" disabled={disabled} aria-label={`Remove property: ${part.label}`} onClick={() => shape({ part: "remove", path: part.path })}>Remove</button>
              </>}
            </div>
            {wrong && <p className="mu-stop" role="alert">{failed.text}</p>}
            {picking && picking.what === "row" && part.part === "rows" && same(picking.path, part.path) && <Picker title={picking.title} event={picking.event} find={find} onPick={(field) => shape({ part: "row", path: part.path, property: field.name })} onClose={() => pick(null)} />}
          </div>
        )
      })}
      <div className="mu-row">
        <Tick text="Exclude: this must not hold" disabled={disabled} checked={control.excluded} busy={busy} onChange={() => shape({ part: "exclude", path: control.path })} />
        <button className="mu-button mu-small" disabled={disabled} onClick={() => pick({ what: "replace", path: control.path, title: "Search another field" })}>Another field…</button>
      </div>
      {picking && picking.what === "replace" && <Picker title={picking.title} find={find} onPick={(field) => shape({ part: "replace", path: control.path, field: picked(field) })} onClose={() => pick(null)} />}
    </div>
  )
}
