/*
 * Keeps what somebody has begun to write. Chainlit draws the whole page anew when it learns which
 * profile a chat has, and the field to write in with it: without its text.
 */
{
  const FIELD = "chat-input"
  const write = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set
  let field = null
  let text = ""
  let place = ""

  const sent = () => {
    const button = document.getElementById("chat-submit")
    if (button && !button.disabled) text = ""
  }
  document.addEventListener("input", ({ target }) => {
    if (target.id === FIELD) [field, text, place] = [target, target.value, location.pathname]
  }, true)
  document.addEventListener("keydown", ({ target, key, shiftKey }) => {
    if (target.id === FIELD && key === "Enter" && !shiftKey) sent()
  }, true)
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("#chat-submit")) sent()
  }, true)

  new MutationObserver(() => {
    if (!text || field.isConnected) return
    const drawn = document.getElementById(FIELD)
    if (!drawn) return
    field = drawn
    // A chat keeps its text when it gets an address; another chat does not take it over.
    if (drawn.value || (place !== "/" && place !== location.pathname)) return
    write.call(drawn, text)
    drawn.dispatchEvent(new Event("input", { bubbles: true }))
  }).observe(document.documentElement, { childList: true, subtree: true })
}

/*
 * Shows what a click on a card has brought: a new card further down may be out of sight. What words
 * bring stands below them, which Chainlit shows already.
 */
{
  const still = matchMedia("(prefers-reduced-motion: reduce)")
  const seen = new Set()
  let clicked = false

  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element) clicked = target.closest(".mu button") !== null
  }, true)
  document.addEventListener("keydown", ({ target }) => {
    if (target.id === "chat-input") clicked = false
  }, true)

  // A card that changes is drawn anew in the step that it has; one that stands elsewhere has another.
  new MutationObserver(() => {
    for (const card of document.querySelectorAll(".step .mu[data-card]")) {
      const step = card.closest("[id^='step-']").id
      if (seen.has(step)) continue
      seen.add(step)
      if (clicked) card.scrollIntoView({ block: "nearest", behavior: still.matches ? "auto" : "smooth" })
    }
  }).observe(document.documentElement, { childList: true, subtree: true })
}

/*
 * Keeps the keys where they are in a card. Chainlit draws a card anew whenever something of it, or of
 * the page, changes, and the focus is lost with what had it.
 */
{
  const USABLE = "button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex]"
  const named = (each) => each.dataset.at || each.getAttribute("aria-label") || each.labels?.[0]?.textContent || each.textContent
  const usable = (step) => step ? [...step.querySelectorAll(USABLE)] : []
  let place = null
  let returning = false

  document.addEventListener("focusin", ({ target }) => {
    if (returning) return
    const step = target.closest(".mu") && target.closest("[id^='step-']")
    const all = usable(step)
    place = step ? { step: step.id, had: target, names: [named(target)], at: all.indexOf(target), of: all.length } : null
  })
  document.addEventListener("pointerdown", () => { place = null }, true)
  /** What is pressed goes away: the keys go on at the first of these that can be used. */
  window.musterGoTo = (names) => { if (place) Object.assign(place, { names, of: -1 }) }

  new MutationObserver(() => {
    if (!place || document.activeElement !== document.body) return
    const all = usable(document.getElementById(place.step))
    const found = place.names.map((name) => all.find((each) => named(each) === name)).find(Boolean)
      || (all.length === place.of ? all[place.at] : null)  // its text may change with what it did
    if (!found) return
    const { selectionStart, selectionEnd } = place.had
    returning = true
    found.focus({ preventScroll: true })
    returning = false
    if (typeof selectionStart === "number" && found.value === place.had.value) found.setSelectionRange(selectionStart, selectionEnd)
    place.had = found
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] })
}
