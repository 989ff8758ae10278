/*
 * What the page does besides Chainlit's own program. Chainlit draws parts of the page anew, and the whole
 * of it when it learns which profile or which address a chat has; with that goes what somebody is at.
 */
const drawn = []  // what is done whenever something has been drawn, or can be used again
new MutationObserver(() => drawn.forEach((each) => each()))
  .observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] })

const USABLE = "button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex]"
const named = (each) => each.dataset.at || each.getAttribute("aria-label") || each.labels?.[0]?.textContent || each.textContent
const stepOf = (each) => each.closest(".mu") && each.closest("[id^='step-']")
const usable = (step) => step ? [...step.querySelectorAll(USABLE)] : []

/* Keeps what somebody has begun to write: a message, or in a field of a card. */
{
  const FIELD = "chat-input"
  const begun = new Map()
  const forget = (step) => { for (const [key, { at }] of begun) if (at === step) begun.delete(key) }
  const write = (field, text) => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, text)
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
  const sent = () => {
    const button = document.getElementById("chat-submit")
    if (button && !button.disabled) begun.delete(FIELD)
  }
  document.addEventListener("input", ({ target }) => {
    if (target.id === FIELD) begun.set(FIELD, { field: target, text: target.value, place: location.pathname })
    const step = stepOf(target)
    if (step && target.matches("textarea, input:not([type=checkbox])"))
      begun.set(`${step.id} ${named(target)}`, { field: target, text: target.value, at: step.id, name: named(target) })
  }, true)
  document.addEventListener("keydown", ({ target, key, shiftKey }) => {
    if (target.id === FIELD && key === "Enter" && !shiftKey) sent()
  }, true)
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return
    if (target.closest("#chat-submit")) sent()
    const step = target.closest("button") && stepOf(target)
    if (step) forget(step.id)  // what is written goes with the click
  }, true)

  drawn.push(() => {
    for (const kept of begun.values()) {
      if (kept.field.isConnected) continue
      const field = kept.at
        ? usable(document.getElementById(kept.at)).find((each) => named(each) === kept.name)
        : document.getElementById(FIELD)
      if (!field) continue
      kept.field = field
      // A chat keeps its text when it gets an address; another chat does not take it over.
      const here = kept.at || (!field.value && (kept.place === "/" || kept.place === location.pathname))
      if (here && field.value !== kept.text) write(field, kept.text)
    }
  })
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
  drawn.push(() => {
    for (const card of document.querySelectorAll(".step .mu[data-card]")) {
      const step = card.closest("[id^='step-']").id
      if (seen.has(step)) continue
      seen.add(step)
      if (clicked) card.scrollIntoView({ block: "nearest", behavior: still.matches ? "auto" : "smooth" })
    }
  })
}

/* Keeps the keys where they are in a card that is drawn anew: the focus is lost with what had it. */
{
  let place = null
  let returning = false

  document.addEventListener("focusin", ({ target }) => {
    if (returning) return
    const step = stepOf(target)
    const all = usable(step)
    place = step ? { step: step.id, had: target, names: [named(target)], at: all.indexOf(target), of: all.length } : null
  })
  document.addEventListener("pointerdown", () => { place = null }, true)
  /** What is pressed goes away: the keys go on at the first of these that can be used. */
  window.musterGoTo = (names) => { if (place) Object.assign(place, { names, of: -1 }) }

  drawn.push(() => {
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
  })
}

/* A card that is drawn anew between the press and the release of a button takes the click all the same. */
{
  const CLICKED = "button, summary, input"
  const hit = ({ target }) => target instanceof Element ? target.closest(CLICKED) : null
  let pressed = null

  document.addEventListener("pointerdown", (event) => {
    const button = event.button === 0 ? hit(event) : null
    const step = button && stepOf(button)
    pressed = step ? { button, step: step.id, name: named(button) } : null
  }, true)
  document.addEventListener("pointerup", (event) => {
    const button = hit(event)
    const missed = pressed && button && !pressed.button.isConnected
    if (missed && stepOf(button)?.id === pressed.step && named(button) === pressed.name) button.click()
    pressed = null
  }, true)
}

/* A chat on a phone has its address, too: else a reload would begin another one. See `ui/page.py`. */
{
  const phone = matchMedia("(max-width: 767px)")
  window.addEventListener("message", ({ source, data }) => {
    const chat = source === window && phone.matches && data && data.chat
    if (chat && location.pathname !== `/thread/${chat}`) history.replaceState(history.state, "", `/thread/${chat}`)
  })
}

/* What the page asks of the server. */
{
  const ask = window.fetch
  const UNKNOWN = 410  // of a page that the server does not know: nothing was done, see ui/guarding.py
  const lost = () => new Response(JSON.stringify({ detail: "Muster cannot be reached. Try again in a moment." }), { status: 503, statusText: "Not sent" })

  window.fetch = async (address, options) => {
    const path = String(address)
    // Chainlit waits for this, which is for several servers in a row, before it connects. Where it has to
    // wait it connects as the session of before, and its page is deaf as the one that it has become.
    if (path.endsWith("/set-session-cookie")) return new Response("{}")
    if (!path.endsWith("/project/action")) return ask(address, options)
    // After a restart of the server the page connects again by itself, and a click is sent again.
    for (let left = 10; ; left--) {
      const answer = await ask(address, options).catch(lost)
      if (answer.status !== UNKNOWN || left === 0) return answer
      await new Promise((done) => setTimeout(done, 1000))
    }
  }
}
