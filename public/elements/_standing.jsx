
/**
 * What Chainlit draws of a card. It compiles a card's code again whenever anything of the page changes,
 * and would draw the card anew, without what somebody has begun in it. What was compiled first stays;
 * a card is drawn anew where what it says has changed.
 */
function standing(name, compiled) {
  const kept = (window.musterCards ||= {})
  const Card = (kept[name] ||= compiled)
  const { busy, ...said } = props
  return <Card key={JSON.stringify(said)} props={props} callAction={clicked} sendUserMessage={sendUserMessage} />
}

/** A click that the server did not take has no answer. The page says why, and the card can be used again. */
async function clicked(action) {
  try {
    return await callAction(action)
  } catch {
    return null
  }
}
