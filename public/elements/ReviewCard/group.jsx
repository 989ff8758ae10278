/** Conditions as they hang together: groups in groups, joined by and or by or. `draw` shows a leaf. */
function Group({ node, top, edit, draw }) {
  if (node.condition !== undefined) return <>{draw(node)}{top && edit && <li>{edit.adder(node, "and")}</li>}</>
  return (
    <li className={top ? "mu-group-top" : "mu-group"}>
      <div className="mu-row mu-muted">
        <span>{node.negated ? "Leave out people for whom" : "People for whom"}</span>
        {edit
          ? <Choose label="How these conditions are joined" value={node.kind} options={[["and", "all of these"], ["or", "any of these"]]} busy={edit.busy} onChange={(kind) => edit.shape({ part: "group", path: node.path, kind })} />
          : <b>{node.kind === "and" ? "all of these" : "any of these"}</b>}
        <span>hold</span>
        {edit && <Tick text="leave out" checked={node.negated} busy={edit.busy} onChange={() => edit.shape({ part: "exclude", path: node.path })} />}
        {edit && !top && <span className="mu-row mu-tools">
          <button className="mu-button mu-small" data-move={`${node.path}/-1`} aria-label="Move the group up" onClick={() => edit.shape({ part: "shift", path: node.path, step: -1 })}>↑</button>
          <button className="mu-button mu-small" data-move={`${node.path}/1`} aria-label="Move the group down" onClick={() => edit.shape({ part: "shift", path: node.path, step: 1 })}>↓</button>
          <button className="mu-button mu-small" onClick={() => edit.shape({ part: "dissolve", path: node.path })}>Dissolve</button>
          <button className="mu-button mu-small" onClick={() => edit.shape({ part: "remove", path: node.path })}>Remove group</button>
        </span>}
      </div>
      <ul className="mu-list">{node.items.map((item) => <Group key={item.path.join()} node={item} edit={edit} draw={(leaf) => draw(leaf, node)} />)}</ul>
      {edit && edit.adder(node, node.kind)}
    </li>
  )
}
